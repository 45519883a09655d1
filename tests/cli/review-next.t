# review next: a reviewer, a terminal, one key after the other.  What pty does
# is told at the top of tests/cli/pty.c.

$ export DATEBOOK_DATA="$TEST_DATA/small" && pty="$BUILD/tests/cli/pty"
$ datebook init -q
$ datebook -q generate --persona first --count 12 --seed 1
$ datebook -q review sample first --count 4
$ cp datebook.db base.db

# Without a terminal it says what else there is.

$ datebook review next first --reviewer ann
$ datebook review next first
$ datebook review next
$ datebook review next first --reviewer "ann b"
$ echo show | "$pty" 80x24 datebook review next fist --reviewer ann

# Agreeing, correcting with a wrong rule, and skipping; then the rest.

$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> show
> styles
> type y
> show
> type a
> show
> type nc
> show
> type 4
> show
> type 45\n
> show
> type d
> show
> type w
> show
> type 1
> show
> type s
> show
> type yoWarum? Zu spät 日本\n
> show
> type a
> END

$ datebook sql "select json_extract(document, '\$.realistic') as realistic, json_extract(document, '\$.importance') as importance, json_extract(document, '\$.prep_minutes') as prep, json_extract(document, '\$.rsvp') as rsvp, json_extract(document, '\$.cause') as cause, json_extract(document, '\$.rule') as rule, json_extract(document, '\$.note') as note, json_extract(document, '\$.version') as version from reviews where name like 'opinion/%'"
$ datebook log | head -n 4
$ datebook verify

# What was skipped is still open, and the last answer says what comes next.

$ printf 'type ya\n' | "$pty" 80x24 datebook review next first --reviewer ann
$ echo end | "$pty" 80x24 datebook review next first --reviewer ann

# --all asks again about what was answered; what says the same is no version.

$ printf 'expect answered\nshow\ntype yaq\n' | "$pty" 80x24 datebook review next first --reviewer ann --all

$ datebook log | sed -n 2p

# Blind: neither label nor marks before the answer.

$ cp base.db datebook.db
$ "$pty" 110x24 datebook review next first --reviewer ben --blind << 'END'
> expect realistic?
> show
> type y3
> show
> type \n15\n
> show
> type a
> show
> type s
> expect Enter saves the answer first
> type e
> show
> type oon the road\n
> type \n
> expect 1 of 4
> type y415\nt
> show
> type q
> END

$ datebook sql "select json_extract(document, '\$.blind') as blind, json_extract(document, '\$.importance') as importance, json_extract(document, '\$.cause') as cause, json_extract(document, '\$.note') as note from reviews where name like 'opinion/%'"

# Undo puts back what there was before, answer by answer, as new versions.

$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> type u
> show
> type yana
> expect 2 of 4
> type u
> show
> type u
> expect 0 of 4
> expect Taken back
> type u
> expect no answer
> type nasuq
> END

$ datebook log | head -n 7
$ datebook sql "select name, json_extract(document, '\$.realistic') from reviews"

# A replaced answer comes back.

$ printf 'type ya\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann | tail -n 4
$ printf 'type noshorter\\na\ntype u\nshow\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann --all

$ datebook sql "select json_extract(document, '\$.realistic') as realistic from reviews where name like 'opinion/%'"
