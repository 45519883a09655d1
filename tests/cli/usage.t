# What is typed wrongly is answered with exit code 2 and what to type instead.

$ datebook
! datebook: which command?
! hint: `datebook --help` lists the commands
? 2
$ datebook perona list
! datebook: unknown command "perona"
! hint: did you mean `datebook persona`?
? 2
$ datebook persona
! datebook: persona needs one of add, list, show, remove
! hint: `datebook --help` lists the commands
? 2
$ datebook persona lst
! datebook: unknown command "persona lst"
! hint: did you mean `datebook persona list`?
? 2
$ datebook persona xyzzy
! datebook: unknown command "persona xyzzy"
! hint: persona has add, list, show, remove
? 2
$ datebook genrate --all
! datebook: unknown command "genrate"
! hint: did you mean `datebook generate`?
? 2
$ datebook xyzzy
! datebook: unknown command "xyzzy"
! hint: `datebook --help` lists the commands
? 2
$ datebook ''
! datebook: unknown command ""
! hint: `datebook --help` lists the commands
? 2
$ datebook s
! datebook: "s" could be one of status, show, stats, sql
! hint: write more of the name
? 2
$ datebook pe s
! datebook: persona show needs ID
! hint: `datebook persona show --help` shows how it is used
? 2

# Options.

$ datebook generate --seeed 3
! datebook: unknown option --seeed
! hint: did you mean --seed?
? 2
$ datebook log --lmit=3
! datebook: unknown option --lmit
! hint: did you mean --limit?
? 2
$ datebook log --xyzzy
! datebook: unknown option --xyzzy
! hint: `datebook log --help` lists the options
? 2
$ datebook log -x
! datebook: unknown option -x
! hint: `datebook log --help` lists the options
? 2
$ datebook -x
! datebook: unknown option -x
! hint: `datebook --help` lists the options
? 2
$ datebook generate --seed
! datebook: --seed needs a value (N)
? 2
$ datebook generate --all=yes
! datebook: --all takes no value
? 2
$ datebook --json=3 log
! datebook: --json takes no value
? 2
$ datebook generate --seed 1 --all --seed 2
! datebook: --seed is given twice
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook --db a log --db b
! datebook: --db is given twice
? 2
$ datebook --db '' log
! datebook: --db needs a file name
? 2
$ datebook persona show a --json --jso --at 1 --at 2
! datebook: --at is given twice
! hint: `datebook persona show --help` shows how it is used
? 2

# Arguments.

$ datebook log x
! datebook: unexpected argument "x"
! hint: `datebook log --help` shows how it is used
? 2
$ datebook persona show
! datebook: persona show needs ID
! hint: `datebook persona show --help` shows how it is used
? 2
$ datebook persona show a b
! datebook: unexpected argument "b"
! hint: `datebook persona show --help` shows how it is used
? 2
$ datebook diff
! datebook: diff needs FROM [TO], or --other FILE
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook sql
! datebook: sql needs QUERY
! hint: `datebook sql --help` shows how it is used
? 2
$ datebook history
! datebook: history needs MEETING|PERSONA
! hint: `datebook history --help` shows how it is used
? 2

# Control characters of what was typed do not reach the terminal.

$ escape=$(printf '\033[31m')
$ datebook "$escape"
! datebook: unknown command "\x1b[31m"
! hint: `datebook --help` lists the commands
? 2
$ datebook "log" "$escape"
! datebook: unexpected argument "\x1b[31m"
! hint: `datebook log --help` shows how it is used
? 2
$ datebook log "--$escape"
! datebook: unknown option --\x1b[31m
! hint: `datebook log --help` lists the options
? 2

# A unique start of a name is enough, of commands and of options; the value of a
# switch may be given again.

$ datebook per lis
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook --db x.db ini --no-lib -q
Made x.db with 0 personas.
$ datebook per lis --db=x.db --quie -q
$ ls | grep -v -e "-shm\$" -e "-wal\$"
x.db

# A command that made nothing made no file.

$ datebook --version
datebook 0.1.0
$ datebook log --version
datebook 0.1.0
