# minisign, the well-known tool, takes what datebook made, and the reverse.
# needs: minisign

$ datebook -q init
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 2
v2: 16 meetings for 8 personas, labelled
$ echo 'open sesame' > phrase; chmod 600 phrase
$ datebook -q key new ours --passphrase-file phrase > out
$ minisign -G -W -p theirs.pub -s theirs.key > out
$ holds() { minisign -V -q -p "$1" -m "$2" && echo good; }
$ ours() { datebook verify --export a --key theirs.pub | sed -n 's/signed with .*: /good: /p'; }

# Our signature with our key, and with theirs.

$ datebook -q export --output a --sign ours.key --passphrase-file phrase > out
$ holds ours.pub a/manifest.json
good
$ minisign -V -q -p theirs.pub -m a/manifest.json 2> /dev/null || echo bad
bad
$ datebook -q export --output a --sign theirs.key > out
$ holds theirs.pub a/manifest.json
good

# Their signature, of both kinds, with their key and with ours.

$ rm a/manifest.json.minisig; minisign -S -s theirs.key -m a/manifest.json -t 'by minisign'; ours
good: by minisign
$ minisign -S -l -s theirs.key -m a/manifest.json -t 'of the older kind'; ours
good: of the older kind
$ minisign -S -s ours.key -m a/manifest.json < phrase > out 2>&1; datebook verify --export a --key ours.pub | grep -c '^signed with'
1

# A tag: its statement and signature come out of the list.

$ datebook -q tag release --sign theirs.key > out
$ datebook tag --list --json > tags
$ part() { sqlite3 :memory: "SELECT writefile('$1', json_extract(readfile('tags'), '\$.tags[0].$2'))"; }
$ part statement statement > out; part statement.minisig signature > out
$ holds theirs.pub statement
good
$ sed 's/[0-9a-f]\{64\}/HASH/' statement
datebook tag
name: release
version: 2
chain_hash: HASH
content_hash: HASH
