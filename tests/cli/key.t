# Keys to sign with: two files in the formats of minisign, never replaced.

$ datebook key new team > out
! the secret key has no pass phrase: who has the file can sign; --passphrase asks for one
$ sed 's/[0-9A-F]\{16\}/ID/' out
Key ID
  team.key  the secret half: keep it
  team.pub  the public half: give it to those who check
$ stat -c '%a %n' team.*
600 team.key
644 team.pub
$ for f in team.key team.pub; do sed 's/[0-9A-F]\{16\}$/ID/; 2s/[A-Za-z0-9+/=]/x/g' $f; done
untrusted comment: datebook secret key
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
untrusted comment: datebook public key ID
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
$ datebook key new team
! datebook: team.key exists already
! hint: keys are never replaced: choose another name
? 3
$ rm team.key; datebook key new team -q; ls team.*
team.pub
! datebook: team.pub exists already
! hint: keys are never replaced: choose another name
$ ln -s elsewhere link.key; datebook key new link; ls
link.key
out
team.pub
! datebook: link.key exists already

# Only when both names are free, and the folder is there, is anything written.

$ datebook key new no/where
! datebook: cannot make no/where.key: No such file or directory
? 3
$ datebook key new ''
! datebook: key new needs a NAME for the files
! hint: `datebook key new --help` shows how it is used
? 2
$ datebook key new folder/
! datebook: key new needs a NAME for the files
! hint: `datebook key new --help` shows how it is used
? 2
$ mkdir -p sub; datebook key new sub/k -q > out; ls sub
k.key
k.pub

# With a pass phrase from a file; there is no terminal here to ask on.

$ echo 'open sesame' > phrase; chmod 600 phrase
$ datebook key new locked --passphrase-file phrase | sed 's/[0-9A-F]\{16\}/ID/'
Key ID
  locked.key  the secret half, locked with the pass phrase: keep it
  locked.pub  the public half: give it to those who check
$ datebook key new locked2 --passphrase
! datebook: there is no terminal to ask for the pass phrase
! hint: give it with --passphrase-file FILE
? 3
$ datebook key new locked2 --passphrase --passphrase-file phrase
! datebook: --passphrase and --passphrase-file are two ways to say the same
! hint: `datebook key new --help` shows how it is used
? 2
$ : > empty; datebook key new locked2 --passphrase-file empty
! datebook: there is no pass phrase in the first line of empty
? 3
$ datebook key new locked2 --passphrase-file missing
! datebook: cannot read missing: No such file or directory
? 3
$ ls
empty
link.key
locked.key
locked.pub
out
phrase
sub
team.pub
$ chmod 644 phrase; datebook key new seen --passphrase-file phrase > out; chmod 600 phrase
! others may read the pass phrase in phrase: chmod 600 phrase
$ datebook key new j --passphrase-file phrase --json | sed 's/[0-9A-F]\{16\}/ID/'
{"key_id":"ID","secret":"j.key","public":"j.pub","passphrase":true}

# The public half again.

$ datebook key show locked.pub | cmp - locked.pub
$ datebook key show --secret locked.key --passphrase-file phrase | cmp - locked.pub
$ datebook key show sub/k.pub | cmp - sub/k.pub
$ datebook key show --secret sub/k.key | cmp - sub/k.pub
$ datebook key show sub/k.pub --json | sed 's/:"[^"]*"/:"…"/g'
{"key_id":"…","public_key":"…"}
$ datebook key show --secret locked.key
! datebook: there is no terminal to ask for the pass phrase
! hint: give it with --passphrase-file FILE
? 3
$ echo wrong > other; chmod 600 other; datebook key show --secret locked.key --passphrase-file other
! datebook: the pass phrase of locked.key is wrong, or the key is damaged
? 3
$ datebook key show locked.key
! datebook: locked.key is no public key
? 3
$ datebook key show --secret locked.pub
! datebook: others may read or change the secret key locked.pub (mode 644)
! hint: chmod 600 locked.pub
? 3
$ chmod 600 locked.pub; datebook key show --secret locked.pub
! datebook: locked.pub is no secret key
? 3
$ datebook key show
! datebook: key show needs a FILE, or --secret FILE
! hint: `datebook key show --help` shows how it is used
? 2
$ datebook key show --secret locked.key locked.pub
! datebook: key show needs a FILE, or --secret FILE
! hint: `datebook key show --help` shows how it is used
? 2
$ datebook key show missing.pub
! datebook: cannot read missing.pub: No such file or directory
? 3

# A secret key that others could read is not used.

$ chmod 640 sub/k.key; datebook key show --secret sub/k.key
! datebook: others may read or change the secret key sub/k.key (mode 640)
! hint: chmod 600 sub/k.key
? 3
$ chmod 602 sub/k.key; datebook key show --secret sub/k.key
! datebook: others may read or change the secret key sub/k.key (mode 602)
! hint: chmod 600 sub/k.key
? 3
$ chmod 600 sub/k.key; datebook key show --secret sub/k.key > out

# The group.

$ datebook key
! datebook: key needs one of new, show
! hint: `datebook --help` lists the commands
? 2
$ datebook key --help
usage: datebook key COMMAND [OPTIONS] [ARGUMENTS]

  key new            make a key to sign exports and tags with
  key show           print a public key with its id

`datebook key COMMAND --help` explains one of them.
$ datebook ke nw
! datebook: unknown command "key nw"
! hint: did you mean `datebook key new`?
? 2
$ datebook key new --help | sed '/^Global/,/^$/d'
datebook key new: make a key to sign exports and tags with

usage: datebook key new [OPTIONS] NAME

Writes NAME.key, the secret half, for you alone (mode 600), and NAME.pub. Both
are in the formats of minisign, which can use them as well. Files that exist
are never replaced. A pass phrase locks the secret half; it is the first line
of FILE, or asked for on the terminal.

Options:
  --passphrase              ask for a pass phrase
  --passphrase-file FILE    take it from a file

With --json: {"key_id", "secret", "public", "passphrase"}: two paths, and
whether it is locked

Examples:
  datebook key new team
      team.key and team.pub
  datebook key new team --passphrase
      with a pass phrase
