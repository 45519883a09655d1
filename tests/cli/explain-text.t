# A text that is in no database, by a persona of it, or by a file without one.

$ cp "$TEST_DATA/personas/reference.json" .
$ datebook explain --persona reference.json --subject "Q4 Pipeline Review with VP Sales" --body "Quarterly pipeline review focusing on \$2M in deals closing this quarter. Need updated forecast and risk assessment for all active opportunities."
persona  reference
subject  [Q4] [Pipeline] [Review] with [VP] Sales
preview  [Quarterly] [pipeline] [review] focusing on $2M in [deals] closing this [quarter]. Need updated forecast and risk assessment for all active opportunities.
label    critical, prep 30 minutes, accept
because  Always important: pipeline; Always important: quarter; Matches priority: Close Q4 deals ($2M pipeline); Requires prep: Deal reviews with leadership

RULE                                                      WHERE
Always important: pipeline                       decided  subject "Pipeline", preview "pipeline"
Always important: quarter                        decided  preview "Quarterly", preview "quarter"
Matches priority: Close Q4 deals ($2M pipeline)  decided  subject "Q4"
Requires prep: Deal reviews with leadership      decided  subject "Review", subject "VP", preview "review", preview "deals"

$ ls
reference.json

$ datebook explain --persona reference.json --subject "Lunch" --people "Ana Diaz, Bo Li" --json > out; sqlite3 :memory: "SELECT json_valid(readfile('out')), json_extract(readfile('out'), '\$.meeting', '\$.people', '\$.importance', '\$.reasoning')"
1|[null,"Ana Diaz\nBo Li\n","medium","No specific rule matched"]

$ datebook explain --persona reference --subject "Lunch"
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4

$ datebook init --no-library; datebook persona add reference.json
Made datebook.db with 0 personas.
added   reference
v1: 1 added, 0 changed, 0 unchanged
! next: datebook persona add FILE-OR-FOLDER
$ datebook explain --persona refrence --subject "Lunch"
! datebook: there is no persona "refrence"
! hint: did you mean reference?
? 3

$ datebook explain --persona sales_reference --subject "Lunch" --at 0
! datebook: there is no persona "sales_reference" in v0
! hint: `datebook persona list --at 0` lists them
? 3

$ datebook explain --persona reference.json --subject "Lunch" --at 1
! datebook: --at goes with a persona of the database
! hint: `datebook explain --help` shows how it is used
? 2

# What does not go together.

$ datebook explain
! datebook: explain needs a MEETING, or --persona and --subject
! hint: `datebook explain --help` shows how it is used
? 2
$ datebook explain --subject "Lunch"
! datebook: a text needs --persona and --subject
! hint: `datebook explain --help` shows how it is used
? 2
$ datebook explain --persona reference.json --body "Lunch"
! datebook: a text needs --persona and --subject
! hint: `datebook explain --help` shows how it is used
? 2
$ datebook explain AAk --persona reference.json
! datebook: a MEETING goes without --persona, --subject, --body and --people
! hint: `datebook explain --help` shows how it is used
? 2
