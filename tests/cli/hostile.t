# Text of data never reaches the terminal with its control characters.

$ hostile=$TEST_DATA/personas/hostile.json
$ raw() { LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]\\|\342\200[\216\217\252-\256]\\|\342\201[\246-\251]\\|\302[\200-\237]')" "$1"; }
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook persona add "$hostile"
added   hostile
v1: 1 added, 0 changed, 0 unchanged
$ datebook persona list
PERSONA  TIER  ROLE   SINCE  MEETINGS  LABELS  NAME
hostile     3  train     v1         0  -       Red \u202eevil\u202c \u200bAlert
$ sed 's/Red/Blue/; s/planning/plan/' "$hostile" > h.json
$ datebook -q generate --persona hostile --count 20
v2: 20 meetings for 1 persona, labelled
$ datebook persona add h.json
changed hostile
        name: "Red \u202eevil\u202c \u200bAlert" -> "Blue \u202eevil\u202c \u200bAlert"
        importance_criteria.always_important: removed "planning"
        importance_criteria.always_important: added "plan"
        archetypes "h": bodies removed "\u200fRed"
        archetypes "h": bodies added "\u200fBlue"
v3: 0 added, 1 changed, 0 unchanged
! 20 labels are now stale; next: datebook relabel
$ datebook relabel > out 2>&1; raw out
0
? 1
$ for c in status stats log 'show HEAD' 'diff 0' 'diff 0 --rows' 'persona show hostile'; do datebook $c > out 2>&1; echo "$c: $(wc -l < out) $(raw out)" | sed 's/: [1-9][0-9]* /: /'; done
status: 0
stats: 0
log: 0
show HEAD: 0
diff 0: 0
diff 0 --rows: 0
persona show hostile: 0
$ datebook sql 'select name, document from personas' > out; raw out
0
? 1
$ datebook sql 'select subject, preview, document from meetings' > out; raw out
0
? 1
$ for m in $(datebook sql 'select meeting from meetings' | tail -n +2); do datebook explain $m; datebook history $m; done > all 2> errors
$ raw all
0
? 1
$ cat errors

# JSON is for programs: control characters are escaped, other text is as it is.

$ datebook persona list --json | tee out
{"version":4,"personas":[{"id":"hostile","name":"Blue ‮evil‬ ​Alert","tier":3,"role":"train","since":3,"meetings":20,"stale":false}]}
$ raw out
1
$ datebook persona show hostile
{
  "id": "hostile",
  "name": "Blue \u202eevil\u202c \u200bAlert",
  "tier": 3,
  "importance_criteria": {
    "always_important": [
      "sync\u202e",
      "plan"
    ]
  },
  "archetypes": [
    {
      "name": "h",
      "weight": 100,
      "subjects": [
        "Sync \u2066now\u2069",
        "Planning\u202e"
      ],
      "bodies": [
        "\u200fBlue"
      ]
    }
  ],
  "own\u001b[31m": "line one\nline two\u001b]0;title\u0007\u009b1m"
}

# File names and arguments too.

$ name=$(printf 'a\033[31mb\r.json')
$ datebook persona add "$name"
! datebook: cannot read a\x1b[31mb .json: No such file or directory
? 3
$ cp "$hostile" "$name"; datebook persona add "$name"
changed hostile
        name: "Blue \u202eevil\u202c \u200bAlert" -> "Red \u202eevil\u202c \u200bAlert"
        importance_criteria.always_important: removed "plan"
        importance_criteria.always_important: added "planning"
        archetypes "h": bodies removed "\u200fBlue"
        archetypes "h": bodies added "\u200fRed"
v5: 0 added, 1 changed, 0 unchanged
! 20 labels are now stale; next: datebook relabel
$ echo '{' > "$name"; datebook persona add "$name"
! datebook: a\x1b[31mb .json:2:1: the JSON ends too early
? 3
$ datebook explain "$name"
! datebook: there is no meeting "a\x1b[31mb .json"
! hint: ids are matched whole and by case; `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` lists some
? 3
$ datebook show "$name"
! datebook: there is no version or tag "a\x1b[31mb .json"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
$ datebook tag "$name"
! datebook: "a\x1b[31mb .json" cannot be the name of a tag
! hint: use letters, digits, and . _ - / after the first character; not HEAD, and not a number
? 3
$ datebook sql "select '$name' as \"$name\""
a\x1b[31mb .json
a\x1b[31mb .json
$ datebook --db "$name" status
! datebook: a\x1b[31mb .json: the file could not be read: file is not a database
! hint: name a datebook database with --db FILE
? 4
$ datebook --db "$name.db" init -q
Made a\x1b[31mb .json.db with 8 personas.
$ datebook export --output "$name"
! datebook: no persona is left to hold out
! hint: name some with --held-out, or choose another --held-out-fraction or --seed
? 3
$ printf '{"id": "x", "name": "\\u001b[31m", "tier": 1}' > t.json; datebook persona add t.json
! datebook: t.json: name: holds the control character U+001B
? 3
$ printf '{"id": "x", "name": "A", "tier": 1, "rsvp_rules": {"\033[31m": 1}}' > t.json; datebook persona add t.json
! datebook: t.json:1:53: a control character, which must be escaped in a text
? 3
$ printf '{"id": "x", "name": "A", "tier": 1, "rsvp_rules": {"\\u001b[31m": 1}}' > t.json; datebook persona add t.json
added   x
v6: 1 added, 0 changed, 0 unchanged
$ datebook persona show x > out; raw out
0
? 1
$ printf '{"id": "x\\u001b", "name": "A", "tier": 1}' > t.json; datebook persona add t.json
! datebook: t.json: id: may hold only letters A-Z and a-z, digits, "_", "-" and "."
! hint: files are named after it: tier1_sales_manager_pipeline.json
? 3
