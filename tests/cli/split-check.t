# split check: meetings that say the same on both sides.

$ export DATEBOOK_DATA="$TEST_DATA/small"
$ datebook init -q
Made datebook.db with 2 personas.
$ datebook -q generate --all --count 12 --seed 1
v2: 24 meetings for 2 personas, labelled
$ datebook split check
compared 24 meetings of v2, likeness from 0.8
4 leaks: 4 train; their twins: 8 meetings

same  train       first  Talk about tea
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AlnVeu-HkWbFlFeG4vEmG3fNPw_YFSSKg
      heldout     second  Talk about tea
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AXqc-tuSOT2fWwaT4nKMDqXvmVN8GWfQV

same  train       first  Talk about coffee
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A6G8ownBgGm-zOrWrF63YaI1xWCUuLqC0
      heldout     second  Talk about coffee
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AJrV8VSwb4J-4f7rKlWjIHSm3Z4dlviVC

same  train       first  Talk about tea
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0ACA-T4agmYGcC822MOu6I0uROwV5NEoln
      heldout     second  Talk about tea
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AXqc-tuSOT2fWwaT4nKMDqXvmVN8GWfQV

same  train       first  Talk about tea
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AWq-Bb-q1y8r3fF3iquxoxkbf_RHeK72c
      heldout     second  Talk about tea
                  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AXqc-tuSOT2fWwaT4nKMDqXvmVN8GWfQV
! `datebook export --drop-leaks` leaves the training side of them out
? 1
$ datebook split check --json > out
! `datebook export --drop-leaks` leaves the training side of them out
? 1
$ sqlite3 :memory: "select json_valid(readfile('out')), json_extract(readfile('out'), '\$.split', '\$.threshold', '\$.checks[0].fold', '\$.checks[0].compared', '\$.checks[0].twins', '\$.checks[0].leaks[0].likeness', '\$.checks[0].leaks[0].exact', '\$.checks[0].leaks[0].meeting.part', '\$.checks[0].leaks[0].twin.persona')"
1|[null,0.8,null,24,8,1.0000,true,"train","second"]

# Both meetings of a leak say the same: the subjects prove it.

$ sqlite3 :memory: "select count(*) from json_each(readfile('out'), '\$.checks[0].leaks') where value ->> '\$.meeting.subject' <> value ->> '\$.twin.subject'"
0
$ datebook sql "select persona, count(*) from meetings group by 1"
persona	count(*)
first	12
second	12

# As of a version without meetings there is none.

$ datebook split check --at 1
compared 0 meetings of v1, likeness from 0.8
no leaks

# Not all of many are shown, unless they are asked for.

$ datebook -q generate --all --count 80 --seed 2
v3: 160 meetings for 2 personas, labelled
$ datebook split check -q | grep -c same
20
$ datebook split check -q | tail -n 2

19 leaks are not shown: --all shows them
$ datebook split check --all -q | grep -c same
39
$ datebook split check --json -q | grep -o likeness | wc -l
39

# Each fold is looked at; of one that is named, only that.

$ printf '{"id": "third", "name": "T", "tier": 3}' > third.json; datebook persona add -q third.json
added   third
v4: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --persona third --count 12 --seed 1
v5: 12 meetings for 1 persona, labelled
$ datebook split create cv -q --folds 2
v6: made split cv of 2 folds
  FOLD  TRAIN  HELD OUT
     1      1         2
     2      1         2
$ datebook split check cv | grep fold
fold 1: 39 leaks: 39 train; their twins: 104 meetings
fold 2: 12 leaks: 12 train; their twins: 122 meetings
! `datebook export --drop-leaks` leaves the training side of them out
$ datebook split check cv --fold 1 | grep fold
fold 1: 39 leaks: 39 train; their twins: 104 meetings
! `datebook export --drop-leaks` leaves the training side of them out
