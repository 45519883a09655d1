# What is wrong with the form of documents, with labels, and with a file that
# lost some of its rows.  No failure hides another.

$ datebook -q init --no-library
Made datebook.db with 0 personas.
$ datebook -q persona add "$TEST_DATA/personas/reference.json"
added   reference
v1: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --all --count 60
v2: 60 meetings for 1 persona, labelled
$ sqlite3 datebook.db "UPDATE meeting SET id = 'm' || (meeting & 0xffff), document = json_set(document, '\$.id', 'm' || (meeting & 0xffff))"
$ datebook validate --only form,label,duplicate,id
v2: 60 meetings of 1 persona

CHECK             MEASURED  WANTED
form.document            0  none          ok
form.fields              0  none          ok
form.types               0  none          ok
form.values              0  none          ok
form.times               0  none          ok
form.zones               0  none          ok
form.order               0  none          ok
form.attendees           0  none          ok
form.series              0  none          ok
form.labels              0  none          ok
form.facts               0  none          ok
label.missing            0  none          ok
label.equal         100.0%  100%          ok
label.consistent    100.0%  at least 95%  ok
label.keyword       100.0%  100%          ok
label.reasoning          0  none          ok
label.prep               0  none          ok
id.unique                0  none          ok
duplicate.exact          0  none          ok

all checks hold

# One flaw of each kind, in documents of their own; two things wrong in m9.

$ flaw() { sqlite3 datebook.db "UPDATE meeting SET document = $2 WHERE id = '$1'"; }
$ flaw m1 "json_remove(document, '\$.organizer')"
$ flaw m2 "json_set(document, '\$.subject', 7)"
$ flaw m3 "json_set(document, '\$.showAs', 'Busy')"
$ flaw m4 "json_set(document, '\$.start.dateTime', '2026-01-05T10:00:00')"
$ flaw m5 "json_set(document, '\$.end.timeZone', 'UTC')"
$ flaw m6 "json_set(document, '\$.end', document -> '\$.start')"
$ flaw m7 "json_remove(document, '\$.attendees[0].status')"
$ flaw m8 "json_set(document, '\$.recurrence', json('{}'))"
$ flaw m9 "json_set(document, '\$.reasoning', 'because', '\$.attendees[0].type', 'Required', '\$.responseStatus.time', 'today')"
$ flaw m10 "substr(document, 1, 100)"
$ flaw m11 "'[1, 2]'"
$ sqlite3 datebook.db "DELETE FROM meeting_fact WHERE meeting & 0xffff IN (11, 12)"
$ datebook validate --only form
v2: 60 meetings of 1 persona

CHECK           MEASURED  WANTED
form.document          2  none    FAILED
form.fields            1  none    FAILED
form.types             1  none    FAILED
form.values            2  none    FAILED
form.times             2  none    FAILED
form.zones             1  none    FAILED
form.order             1  none    FAILED
form.attendees         1  none    FAILED
form.series            1  none    FAILED
form.labels            1  none    FAILED
form.facts             2  none    FAILED

  form.document: 2, wanted none
    documents that are no JSON object
      m10
        document:1:79: not valid JSON here
      m11
        a list
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.fields: 1, wanted none
    documents without id, subject, start, end, organizer or attendees
      m1
        organizer: is missing
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.types: 1, wanted none
    documents in which a field of Graph has another JSON type
      m2
        subject: a number
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.values: 2, wanted none
    documents with a word that is not one of Graph's, letter by letter
      m3
        showAs: Busy
      m9
        type: Required
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.times: 2, wanted none
    documents with a time that is not in Graph's form
      m4
        dateTime: 2026-01-05T10:00:00
      m9
        time: today
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.zones: 1, wanted none
    documents whose time zone is empty, or another at the end
      m5
        Asia/Shanghai: UTC
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.order: 1, wanted none
    documents that do not end after they start
      m6
        2026-05-11T15:15:00.0000000: is no later than the start
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.attendees: 1, wanted none
    documents with an attendee that lacks type, status or emailAddress
      m7
        status: is missing
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.series: 1, wanted none
    documents whose type does not agree with recurrence or seriesMasterId
      m8
        singleInstance: with a recurrence
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.labels: 1, wanted none
    documents that hold a field in which a label is exported
      m9
        reasoning
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.facts: 2, wanted none
    meetings of which the file has lost what was taken from the document
      m11
      m12
      datebook verify

11 checks fail
? 1

# Labels that the rules did not make.

$ sqlite3 datebook.db "DELETE FROM label WHERE meeting & 0xffff = 20"
$ sqlite3 datebook.db "UPDATE label SET importance = (importance + 1) % 4 WHERE meeting & 0xffff = 21"
$ sqlite3 datebook.db "UPDATE label SET rules = x'fe7f' WHERE meeting & 0xffff = 22"
$ sqlite3 datebook.db "UPDATE label SET rules = x'', importance = 3, prep_minutes = 30 WHERE meeting & 0xffff = 23"
$ sqlite3 datebook.db "UPDATE meeting_fact SET subject = 'Talk', preview = 'Again.', start = 29460000, minutes = 30 WHERE meeting & 0xffff BETWEEN 31 AND 40"
$ datebook -q relabel
Every label is fresh; HEAD stays at v2.
$ sqlite3 datebook.db "UPDATE label SET importance = 0 WHERE meeting & 0xffff = 37"
$ datebook validate --only label,duplicate
v2: 60 meetings of 1 persona

CHECK             MEASURED  WANTED
label.missing            1  none          FAILED
label.equal          84.5%  100%          FAILED
label.consistent     83.8%  at least 95%  FAILED
label.keyword       100.0%  100%          ok
label.reasoning          4  none          FAILED
label.prep               1  none          FAILED
duplicate.exact          9  none          FAILED

  label.missing: 1, wanted none
    meetings without a label
      m20
      datebook verify
  label.equal: 84.5%, wanted 100%
    labels that are what the rules of the persona say
      m21
        by the rules medium, 0 min, tentative
      m22
        another reasoning
      m23
        another reasoning
      and 6 more
      datebook explain ID
  label.consistent: 83.8%, wanted at least 95%
    meetings of the same words that have the importance of most of them
      m31
        most of the same words are medium
      m33
        most of the same words are medium
      m36
        most of the same words are medium
      and 3 more
      datebook explain ID
  label.reasoning: 4, wanted none
    labels without a reasoning, or with one that names no rule of the persona
      m21
        gives no reason
      m22
        names a rule that there is not
      m23
        gives no reason
      and 1 more
      datebook explain ID
  label.prep: 1, wanted none
    labels with minutes but no rule that asks for preparation, or vice versa
      m23
        minutes without a rule
      datebook explain ID
  duplicate.exact: 9, wanted none
    meetings that another one of the persona equals in words, start and length
      m32
      m33
      m34
      and 6 more
      datebook explain ID

6 checks fail
? 1

# A persona whose document is damaged: the rest is checked all the same.

$ sqlite3 datebook.db "UPDATE persona SET document = '{}'"
$ datebook validate --only persona,label.equal,form.values,form.document --skip persona.library,persona.tiers,persona.diversity
v2: 60 meetings of 1 persona

CHECK             MEASURED  WANTED
form.document            2  none    FAILED
form.values              2  none    FAILED
label.equal           0.0%  100%    not judged
persona.document         1  none    FAILED

  form.document: 2, wanted none
    documents that are no JSON object
      m10
        document:1:79: not valid JSON here
      m11
        a list
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  form.values: 2, wanted none
    documents with a word that is not one of Graph's, letter by letter
      m3
        showAs: Busy
      m9
        type: Required
      datebook sql "SELECT document FROM meetings WHERE meeting = 'ID'"
  persona.document: 1, wanted none
    personas whose document or rules cannot be read
      reference
      datebook verify

3 checks fail
? 1
