# needs: xmllint
# What --junit writes is XML, whatever stands in ids, names and texts.

$ datebook -q init --no-library
Made datebook.db with 0 personas.
$ echo '{"id": "a-b.c_1", "name": "P", "tier": 1}' > one.json
$ datebook -q persona add one.json "$TEST_DATA/personas/reference.json"
added   a-b.c_1
added   reference
v1: 2 added, 0 changed, 0 unchanged
$ datebook -q generate --all --count 55
v2: 110 meetings for 2 personas, labelled
$ sqlite3 datebook.db "UPDATE meeting SET id = '<a href=\"' || char((meeting & 0xffff) * 3) || char(55296 + (meeting & 0xffff)) || '&]]>' || x'ff80' || meeting"
$ datebook validate --junit out.xml -v -q > text; echo $?
1
$ xmllint --noout out.xml
$ xmllint --xpath "concat(count(//testcase) = //testsuites/@tests, ' ', count(//failure) = //testsuites/@failures, ' ', count(//skipped) = //testsuites/@skipped, ' ', sum(//testsuite/@tests) = //testsuites/@tests)" out.xml
true true true true
$ xmllint --xpath '//testsuite/@name' out.xml
 name="all meetings"
 name="a-b.c_1"
 name="reference"
