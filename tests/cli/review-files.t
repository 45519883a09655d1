# What is in the way of a file is found before anything is changed.

$ datebook -q init
Made datebook.db with 8 personas.
$ mkdir -p out/tier1_sales_manager_pipeline_meetings.jsonl
$ datebook generate --persona tier1_sales_manager_pipeline --count 2 --output-dir out
! datebook: cannot write out/tier1_sales_manager_pipeline_meetings.jsonl: it is a folder
? 3
$ datebook sql 'SELECT count(*) FROM meetings'
count(*)
0
$ ls out
tier1_sales_manager_pipeline_meetings.jsonl

# An export with something in the way leaves the earlier one alone.

$ datebook -q generate --all --count 2
v2: 16 meetings for 8 personas, labelled
$ datebook -q export --held-out tier1_sales_manager_pipeline --output a > out.txt; cp -R a first
$ rm a/README.md; mkfifo a/README.md
$ datebook export --held-out tier2_ic_engineer_deep_work --output a
! datebook: a is an export, but README.md in it is not of it
! hint: an export takes the place of the whole folder: move that file away, or name another folder
? 3
$ rm a/README.md; cp first/README.md a; diff -r first a

# What a database left that is gone does not come back in a new one.

$ sqlite3 datebook.db "PRAGMA wal_checkpoint; INSERT INTO tag (name, version) VALUES ('old', 2)" '.shell cp datebook.db-wal left' > /dev/null
$ rm datebook.db; cp left datebook.db-wal
$ datebook init
! datebook: datebook.db-wal was left by a database that is no longer there
! hint: it may hold that database's last changes: put both back together, or remove it
? 4
$ datebook generate --all --count 1
! datebook: datebook.db-wal was left by a database that is no longer there
! hint: it may hold that database's last changes: put both back together, or remove it
? 4
$ rm datebook.db-wal
$ datebook -q init
Made datebook.db with 8 personas.

# A program in somebody's own bin folder does not take the folder beside it for
# the library.

$ mkdir -p home/bin home/personas && cp $(command -v datebook) home/bin
$ echo '{}' > home/personas/mine.json
$ (unset DATEBOOK_DATA; home/bin/datebook --db home/new.db init 2>&1) | grep -c mine.json
0
? 1
