# What corrections say of rules, and what hangs on a rule.

$ cat > kim.json <<'END'
> {"id": "kim", "name": "Kim", "tier": 1, "importance_criteria": {"always_important": ["board"], "rarely_important": ["lunch", "stand-up"]},
>  "prep_time_needs": {"requires_prep": ["Board papers (45 min)"]}, "rsvp_rules": {"always_accept": [{"any": ["sync"], "name": "what is called sync"}]},
>  "archetypes": [{"name": "x", "weight": 100, "subjects": ["Board papers", "Team lunch", "Budget"]}]}
> END
$ datebook -q init --no-library > out; datebook -q generate --persona kim.json --count 12 --seed 2
added   kim
v1: 12 meetings for 1 persona, labelled
$ datebook review rules
! nobody corrected what a rule decided
! next: datebook review list
$ datebook -q review sample first --count 12 > out; datebook -q review sample second --count 12 --seed 2 > out
$ datebook sql "SELECT subject, importance, prep_minutes, rsvp, count(*) n FROM meetings JOIN labels USING (meeting) GROUP BY 1, 2, 3, 4"
subject	importance	prep_minutes	rsvp	n
1:1: Parisa and Phuong	medium	0	tentative	1
Bluebird sync	medium	0	accept	1
Board papers	critical	45	accept	5
First call with Daichi Saito, Payroll Specialist	medium	0	tentative	1
Stand-up	low	0	decline	2
Team lunch	low	0	decline	1
Yifan meets us: Backend Engineer	medium	0	tentative	1

# Marit blames one of two rules, Quill the only one that there is, and a third
# meeting is an exception.

$ pick() { datebook sql "SELECT meeting FROM meetings WHERE subject = '$1' ORDER BY meeting LIMIT 1 OFFSET ${2:-0}" | tail -n 1; }
$ says() { printf '{"sample":"%s","reviewer":"%s","meeting":"%s","realistic":true%s}\n' "$1" "$2" "$(pick "$3" "$5")" "$4"; }
$ { says first marit 'Board papers' ',"importance":"high","prep_time_minutes":0,"cause":"rule","rule":"Always important: board"'
>   says first quill 'Board papers'
>   says first quill 'Board papers' ',"importance":"medium","cause":"rule"' 1
>   says first quill 'Team lunch' ',"importance":"medium","cause":"exception"'
>   says second quill 'Bluebird sync' ',"rsvp":"decline","cause":"rule"'
>   says second marit 'Bluebird sync' ',"prep_time_minutes":15,"cause":"rule"'
> } > answers; datebook -q review record answers
v4: 2 reviewers on 2 samples: 6 opinions

# Preparation of the sync was corrected where no rule decided.

$ datebook review rules
PERSONA AND RULE                      CORRECTED  SAID WRONG  EXCEPTIONS  CHANGES
kim
  Always important: board                2 of 3           2           0    41.7%
  Always accept: what is called sync     1 of 2           1           0     8.3%
  Rarely important: lunch                1 of 1           0           1     8.3%
  Requires prep: Board papers            1 of 3           0           0    41.7%

CHANGES: labels of the persona that would be others without the rule.
! to change a rule: edit the persona's file, then `datebook persona add FILE` and `datebook relabel --dry-run`
$ datebook review rules second
PERSONA AND RULE                      CORRECTED  SAID WRONG  EXCEPTIONS  CHANGES
kim
  Always accept: what is called sync     1 of 2           1           0     8.3%

CHANGES: labels of the persona that would be others without the rule.
! to change a rule: edit the persona's file, then `datebook persona add FILE` and `datebook relabel --dry-run`
$ datebook review rules --limit 1
PERSONA AND RULE           CORRECTED  SAID WRONG  EXCEPTIONS  CHANGES
kim
  Always important: board     2 of 3           2           0    41.7%

CHANGES: labels of the persona that would be others without the rule.
! more rules were corrected: --limit N lists them
! to change a rule: edit the persona's file, then `datebook persona add FILE` and `datebook relabel --dry-run`
$ datebook review rules first --limit 1 --json -q
{"version":4,"sample":"first","rules":[{"persona":"kim","rule":"Always important: board","judged":3,"corrected":2,"said_wrong":2,"exceptions":0,"labels":5,"would_change":5,"persona_labels":12}]}
$ datebook review rules --at 3
! nobody corrected what a rule decided
! next: datebook review list
$ datebook review rules third
! datebook: there is no sample "third"
! hint: `datebook review list` lists the samples
? 3
$ datebook review rules first second
! datebook: unexpected argument "second"
! hint: `datebook review rules --help` shows how it is used
? 2
$ datebook review rules --limit 0
! datebook: --limit takes a whole number from 1 to 1000000, not "0"
! hint: `datebook review rules --help` shows how it is used
? 2

# A rule that is gone, and labels that are not made again yet.

$ sed 's/"board"/"board papers"/' kim.json > new.json; datebook -q persona add new.json > out
$ datebook review rules first
PERSONA AND RULE               CORRECTED  SAID WRONG  EXCEPTIONS  CHANGES
kim
  Always important: board         2 of 3           2           0     gone
  Rarely important: lunch         1 of 1           0           1     8.3%
  Requires prep: Board papers     1 of 3           0           0    41.7%

CHANGES: labels of the persona that would be others without the rule.
! the labels of kim are stale: what `relabel` would change is among the changes
! to change a rule: edit the persona's file, then `datebook persona add FILE` and `datebook relabel --dry-run`
$ datebook -q relabel > out; datebook review rules first
PERSONA AND RULE           CORRECTED  SAID WRONG  EXCEPTIONS  CHANGES
kim
  Rarely important: lunch     1 of 1           0           1     8.3%

CHANGES: labels of the persona that would be others without the rule.
! to change a rule: edit the persona's file, then `datebook persona add FILE` and `datebook relabel --dry-run`

# The reviewers are not named.

$ datebook review rules --json | grep -ciE 'marit|quill'
0
? 1
