# review next beside others: nothing is locked while somebody thinks, and no
# answer is saved to a question that is another one by now.

$ export DATEBOOK_DATA="$TEST_DATA/small" && pty="$BUILD/tests/cli/pty"
$ datebook init -q
$ datebook -q generate --persona first --count 12 --seed 1
$ datebook -q review sample first --count 3
$ cp datebook.db base.db

# The label is changed between question and answer.

$ sed 's/"coffee"/"coffee", "tea", "pipeline", "deal", "talk"/' "$DATEBOOK_DATA/first.json" > first.json
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run datebook -q persona add first.json && datebook -q relabel
> type ya
> show
> type ya
> expect 1 of 3
> type q
> END

$ datebook log | head -n 3

# What was answered before a relabel is open again.

$ cp base.db datebook.db
$ printf 'type yayaya\n' | "$pty" 80x24 datebook review next first --reviewer ann
$ datebook -q persona add first.json && datebook -q relabel
$ printf 'expect again\nshow\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann

$ printf 'expect again\nshow\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann --blind

# The same name on two terminals: the second to answer is told.

$ cp base.db datebook.db
$ printf 'type na\ntype q\n' > other
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run "$BUILD/tests/cli/pty" 80x24 datebook review next first --reviewer ann < other
> type ya
> show
> type ya
> expect 1 of 3
> run "$BUILD/tests/cli/pty" 80x24 datebook review next first --reviewer ann --all < other
> type u
> show
> type q
> END

# Another reviewer does not matter.

$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run "$BUILD/tests/cli/pty" 80x24 datebook review next first --reviewer ben < other
> type ya
> expect 1 of 3
> type q
> END

# The meeting goes away; the sample goes away.

$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run datebook persona remove first
> type ya
> END
$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run datebook -q review remove first
> type ya
> END

# While another program writes, an answer cannot be saved: it is not lost, but
# tried again when the reviewer says so.

$ cp base.db datebook.db; mkfifo pipe; sqlite3 datebook.db < pipe & exec 5> pipe; echo "begin immediate;" >&5
$ while sqlite3 datebook.db "begin immediate; rollback" 2> err; do :; done
$ "$pty" 160x24 datebook --wait 0 review next first --reviewer ann << 'END' | sed 's/process [0-9]*[^,]*/process PID/; s/for [0-9]* s/for N s/'
> type ya
> show
> type \n
> expect tries again
> run echo "rollback;" >&5; until sqlite3 datebook.db "begin immediate; rollback" 2> err; do :; done
> type \n
> expect 1 of 3
> type q
> END
$ exec 5>&-; wait; datebook verify
