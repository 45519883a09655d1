# What `make quickstart` runs, with fewer meetings.

$ quickstart() { DATEBOOK_COUNT=20 "$SOURCE/scripts/quickstart" >log 2>err; }
$ quickstart
$ grep '^\$' log
\$ datebook --db quickstart.db init
\$ datebook --db quickstart.db generate --all --count 20 --seed 1
\$ datebook --db quickstart.db tag quickstart
\$ datebook --db quickstart.db export --held-out-fraction 0.25 --seed 2 --drop-leaks --output exports/quickstart
\$ datebook --db quickstart.db stats
$ ls exports/quickstart
README.md
croissant.json
data
manifest.json
statistics.json

# Again: the same file is made again, and the export is the same.

$ cp -R exports/quickstart first
$ quickstart; head -n 1 log
quickstart.db is as an earlier quickstart left it; it is made again.
$ diff -r first exports/quickstart
$ ls *.db
quickstart.db

# Work that was done in the file is kept.

$ datebook -q --db quickstart.db generate --all --count 1 --seed 2 > log
$ quickstart; head -n 1 log
quickstart.db holds more than quickstart put there; it is kept as quickstart-1.db.
$ diff -r first exports/quickstart
$ ls *.db
quickstart-1.db
quickstart.db

# One that fails leaves nothing half-made.

$ rm *.db; "$SOURCE/scripts/quickstart" false
\
\$ datebook --db quickstart.db init
! quickstart: stopped; quickstart.db is removed.
? 1
$ ls *.db
! ls: cannot access '*.db': No such file or directory
? 2
