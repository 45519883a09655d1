# review next and its terminal: kills, signals, sizes, kinds of terminals, and
# texts that would do harm to one.

$ export DATEBOOK_DATA="$TEST_DATA/small" && pty="$BUILD/tests/cli/pty"
$ datebook init -q
$ datebook -q generate --persona first --count 12 --seed 1
$ datebook -q review sample first --count 4
$ cp datebook.db base.db

# Killed between two keys: every answer that was given is there.

$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> type yana
> expect 2 of 4
> type yc4
> signal KILL
> end
> END

$ datebook sql "select json_extract(document, '\$.realistic') as realistic from reviews where name like 'opinion/%' order by 1"
$ datebook verify
$ printf 'expect 2 of 4\ntype yaya\n' | "$pty" 80x24 datebook review next first --reviewer ann

# Keys come one by one while it asks; whatever ends it gives the terminal back.

$ cp base.db datebook.db
$ for signal in INT TERM HUP QUIT; do printf 'expect realistic?\nmodes\nsignal %s\n' $signal | "$pty" 80x24 datebook review next first --reviewer ann; done
$ printf 'expect realistic?\nsend \\x03\n' | "$pty" 80x24 datebook review next first --reviewer ann
$ printf 'type yaq\n' | "$pty" 80x24 datebook review next first --reviewer ann
$ printf 'type ya\nhangup\n' | "$pty" 80x24 datebook review next first --reviewer ann
$ datebook sql "select count(*) from reviews where name like 'opinion/%'"

# Stopped and continued: the terminal is given back, and taken again.

$ "$pty" 80x24 datebook review next first --reviewer cleo << 'END'
> type y
> modes
> send \x1a
> stopped
> modes
> signal CONT
> drawn
> modes
> expect And the label?
> type aq
> END

# A lone Escape is a key; a key that sends a sequence is no letter of it.

$ "$pty" 80x24 datebook review next first --reviewer dora << 'END'
> type y
> expect And the label?
> type \e
> expect realistic?
> type y\e[D\e[1;5C\eOD\e[15~
> expect And the label?
> type \xc3\xbc
> show
> type q
> END

# Small terminals, and other sizes while it runs.

$ "$pty" 40x10 datebook review next first --reviewer emil << 'END'
> expect realistic?
> show
> type \x20
> show
> type b
> expect 1/4 space
> resize 120x20
> show
> resize 20x5
> show
> type oa long note that fills more than one line\nq
> END

# Marks are brackets where there are no colours, and lines scroll where there is
# nothing but lines.

$ printf 'show\nstyles\ntype q\n' | sed '1i expect realistic?' | NO_COLOR=1 "$pty" 60x24 datebook review next first --reviewer emil

$ printf 'expect realistic?\nsend yq\n' | TERM=dumb "$pty" 60x50 datebook review next first --reviewer emil

# Nothing in a document reaches the terminal as it is.

$ hostile=$TEST_DATA/personas/hostile.json
$ rm datebook.db; datebook init -q --no-library; datebook -q persona add "$hostile"; datebook -q generate --all --count 6
$ datebook -q review sample first --count 6
$ printf 'expect realistic?\nshow\ntype ya\nshow\ntype yc1\\n\\nw\nshow\ntype q\n' | "$pty" 80x30 datebook review next first --reviewer ann

