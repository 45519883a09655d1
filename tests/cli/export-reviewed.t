# Labels that people settled take the place of the rules' in an export that asks
# for them, and corrections become preference pairs.

$ cat > kim.json <<'END'
> {"id": "kim", "name": "Kim", "tier": 1, "importance_criteria": {"always_important": ["board", "budget"], "rarely_important": ["lunch"]},
>  "prep_time_needs": {"requires_prep": ["Board papers (45 min)"], "optional_prep": ["Demos (20 min)"]},
>  "archetypes": [{"name": "x", "weight": 100, "subjects": ["Board papers", "Team lunch", "Budget"]}]}
> END
$ sed 's/kim/uma/; s/Kim/Uma/; s/"tier": 1/"tier": 1, "role": "validation"/' kim.json > uma.json
$ datebook -q init --no-library > out; datebook -q generate --persona kim.json,uma.json --count 12 --seed 2
added   kim
added   uma
v1: 24 meetings for 2 personas, labelled
$ datebook sql "SELECT subject, count(*) n FROM meetings WHERE persona = 'kim' GROUP BY subject"
subject	n
1:1: Parisa and Phuong	1
Aspen: email templates, who owns it?	1
Board papers	4
Daily stand-up	2
Demo, weekly	1
No meetings please	1
Open door - agenda changed	1
Team lunch	1

# Marit and Quill judge some of Kim's meetings, and Odile decides where they
# differ.

$ datebook -q review sample first --count 24 > out
$ pick() { datebook sql "SELECT meeting FROM meetings WHERE persona = 'kim' AND subject = '$1' ORDER BY meeting LIMIT 1" | tail -n 1; }
$ says() { printf '{"sample":"first","reviewer":"%s","meeting":"%s","realistic":true%s}\n' "$1" "$(pick "$2")" "$3"; }
$ { says marit 'Daily stand-up'; says quill 'Daily stand-up'
>   says marit 'Board papers' ',"importance":"high","cause":"exception"'
>   says quill 'Board papers' ',"importance":"high","cause":"exception","note":"A rehearsal,\nwithout the board"'
>   says marit 'Demo, weekly' ',"importance":"low","prep_time_minutes":15,"cause":"rule"'
>   says quill 'Demo, weekly'
>   says odile 'Demo, weekly' ',"importance":"high","cause":"rule","note":"as Marit said","decision":true'
>   says marit 'Team lunch' ',"rsvp":"accept","cause":"rule"'
> } > answers; datebook -q review record answers
v3: 3 reviewers on first: 7 opinions, 1 decision

$ datebook export --allow-leaks --output oracle --format graph,csv,trl-dpo,kto --task importance,prep,rsvp -q > out
$ datebook export --allow-leaks --output reviewed --format graph,csv,trl-dpo,kto --task importance,prep,rsvp --labels reviewed > out
! 3 of the labels were reviewed, 2 of them corrected; the others are the oracle's
$ grep -h '"labels"' oracle/manifest.json reviewed/manifest.json
  "labels": {"source": "oracle", "reviewed": 0, "stale_allowed": false},
  "labels": {"source": "reviewed", "reviewed": 3, "corrected": 2, "outdated": 0, "stale_allowed": false},
$ datebook verify --export reviewed
reviewed is whole: 16 files as its manifest says, 264 rows, 2 personas, each on one side
exported from v3 of datebook.db

# What differs: two meetings.  The lunch is not settled, and keeps its label.

$ told() { sed 's/.*"subject":\("[^"]*"\).*\("importance_label".*\),"persona_id.*/\1 \2/' $1/data/graph/train.jsonl | sort; }
$ told oracle > a; told reviewed > b; diff a b
6c6
< "Board papers" "importance_label":"critical","prep_needed":true,"prep_time_minutes":45,"reasoning":"Always important: board; Requires prep: Board papers"
---
\> "Board papers" "importance_label":"high","prep_needed":true,"prep_time_minutes":45,"reasoning":"A rehearsal, without the board; Requires prep: Board papers"
9c9
< "Demo, weekly" "importance_label":"medium","prep_needed":false,"prep_time_minutes":0,"reasoning":"No specific rule matched"
---
\> "Demo, weekly" "importance_label":"high","prep_needed":false,"prep_time_minutes":0,"reasoning":"Corrected by review"
? 1
$ diff -q oracle/data/graph/heldout.jsonl reviewed/data/graph/heldout.jsonl
$ tr -d '\r' < reviewed/data/csv/train.csv | grep -oE ',(critical|high|medium|low),[^.]*(review|rehearsal)[^.]*'
,high,true,45,accept,"A rehearsal, without the board; Requires prep: Board papers",2025-11-24T16:00:00
,high,false,0,tentative,Corrected by review,2025-11-24T16:00:00

# A correction is chosen, and what the rules say is rejected, with their reason;
# other tasks keep their pairs.

$ pairs() { diff oracle/data/$1/train.jsonl reviewed/data/$1/train.jsonl | grep '^>' | sed 's/.*Subject: \([^\\]*\).*\("chosen".*\)/\1 \2/; s/.*Subject: \([^\\]*\).*\("completion".*\)/\1 \2/'; }
$ pairs trl-dpo-importance
Board papers "chosen":[{"role":"assistant","content":"{\"reasoning\":\"A rehearsal, without the board\",\"importance\":\"high\"}"}],"rejected":[{"role":"assistant","content":"{\"reasoning\":\"Always important: board\",\"importance\":\"critical\"}"}]}
Demo, weekly "chosen":[{"role":"assistant","content":"{\"reasoning\":\"Corrected by review\",\"importance\":\"high\"}"}],"rejected":[{"role":"assistant","content":"{\"reasoning\":\"No specific rule matched\",\"importance\":\"medium\"}"}]}
$ pairs kto-importance
Board papers "completion":[{"role":"assistant","content":"{\"reasoning\":\"A rehearsal, without the board\",\"importance\":\"high\"}"}],"label":true}
Board papers "completion":[{"role":"assistant","content":"{\"reasoning\":\"Always important: board\",\"importance\":\"critical\"}"}],"label":false}
Demo, weekly "completion":[{"role":"assistant","content":"{\"reasoning\":\"Corrected by review\",\"importance\":\"high\"}"}],"label":true}
Demo, weekly "completion":[{"role":"assistant","content":"{\"reasoning\":\"No specific rule matched\",\"importance\":\"medium\"}"}],"label":false}
$ pairs trl-dpo-prep
Demo, weekly "chosen":[{"role":"assistant","content":"{\"reasoning\":\"Confirmed by review\",\"prep_needed\":false,\"prep_time_minutes\":0}"}],"rejected":[{"role":"assistant","content":"{\"reasoning\":\"Requires prep: Board papers\",\"prep_needed\":true,\"prep_time_minutes\":45}"}]}
$ pairs trl-dpo-rsvp
Board papers "chosen":[{"role":"assistant","content":"{\"reasoning\":\"No RSVP rule matched; importance: high\",\"rsvp\":\"accept\"}"}],"rejected":[{"role":"assistant","content":"{\"reasoning\":\"No RSVP rule matched; importance: medium\",\"rsvp\":\"tentative\"}"}]}
Demo, weekly "chosen":[{"role":"assistant","content":"{\"reasoning\":\"Confirmed by review\",\"rsvp\":\"tentative\"}"}],"rejected":[{"role":"assistant","content":"{\"reasoning\":\"No RSVP rule matched; importance: low\",\"rsvp\":\"decline\"}"}]}

# No name of a reviewer is in it, also where a note has one.

$ grep -rilE 'marit|quill|odile' reviewed
? 1
$ grep -A 3 '^People reviewed' reviewed/README.md; grep -c 'reviewed' oracle/README.md
People reviewed 3 of the labels; what they said took the place of what the rules say. They corrected
2 of them, and confirmed the others. The reasoning of what was corrected is their note, or
"Corrected by review"; the bad answer of a preference is then that of the rules. Rules that gave another
value are not quoted.
0
? 1

# The same bytes again, and as of the version, whatever is said later.

$ datebook export --allow-leaks --output again --format graph,csv,trl-dpo,kto --task importance,prep,rsvp --labels reviewed -q > out; diff -r reviewed again
$ says odile '1:1: Parisa and Phuong' ',"importance":"high","cause":"rule","decision":true' > more; datebook -q review record more
v4: odile on first: 1 decision
$ datebook export --allow-leaks --at 3 --output again --format graph,csv,trl-dpo,kto --task importance,prep,rsvp --labels reviewed -q > out; diff -r reviewed again
$ datebook export --allow-leaks --output json --labels reviewed --json -q | sed 's/,"leaks.*//'
{"version":4,"folder":"json","replaced":false,"reviewed":4,"corrected":3,"outdated":0

# A relabel changes what was judged: it is open again, and left out.

$ sed -i 's/"board"/"board papers"/' kim.json; datebook -q persona add kim.json > out; datebook -q relabel > out
$ datebook export --allow-leaks --output json --labels reviewed > out
! 3 of the labels were reviewed, 2 of them corrected; the others are the oracle's
! 1 label changed after people settled it: open again in `datebook review list`, and the oracle's until then
$ grep '"labels"' json/manifest.json
  "labels": {"source": "reviewed", "reviewed": 3, "corrected": 2, "outdated": 1, "stale_allowed": false},

# A manifest whose counts cannot be.

$ sed -i 's/"corrected": 2/"corrected": 20/' reviewed/manifest.json; datebook verify --export reviewed
reviewed/manifest.json: "labels" does not say how many were reviewed, and corrected of them; export again, or fetch the folder anew
! 1 finding in reviewed
? 1
