# Output that cannot be written is told, with exit code 3; a reader that has
# seen enough ends the command.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook log > /dev/full
! datebook: cannot write to standard output: No space left on device
? 3
$ datebook log --json > /dev/full
! datebook: cannot write to standard output: No space left on device
? 3
$ datebook --help > /dev/full
! datebook: cannot write to standard output: No space left on device
? 3
$ datebook tag first > /dev/full
! datebook: cannot write to standard output: No space left on device
! hint: the work is done all the same
? 3
$ datebook tag --list
v1      first
$ datebook backup copy.db > /dev/full
! datebook: cannot write to standard output: No space left on device
! hint: the work is done all the same
? 3
$ datebook --db copy.db log | wc -l
2
$ datebook key new team > /dev/full 2> why
? 3
$ tail -n 1 why; rm team.* why
hint: the work is done all the same
$ datebook restore v0 -q > /dev/full
! datebook: cannot write to standard output: No space left on device
! hint: the work is done all the same: see version 2
? 3
$ datebook restore v1 -q > log
$ datebook prune --keep-last 1 > /dev/full
! datebook: cannot write to standard output: No space left on device
! hint: the work is done all the same
? 3
$ datebook prune --keep-last 1 > /dev/full
! datebook: cannot write to standard output: No space left on device
? 3
$ datebook tag --delete first -q > /dev/full
! datebook: cannot write to standard output: No space left on device
! hint: the work is done all the same
? 3
$ datebook log >&-
! datebook: cannot write to standard output: Bad file descriptor
? 3
$ numbers='with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'
$ datebook sql "$numbers" > /dev/full
! datebook: cannot write to standard output: No space left on device
? 3
$ datebook sql "$numbers" | head -n 3
i
1
2
$ datebook sql --json "$numbers" | head -c 40
{"columns":["i"],"rows":[["1"],["2"],["3
\ (no newline)

# A closed stream is not taken by a file: what was written is whole.

$ datebook -q generate --all --count 1
v4: 8 meetings for 8 personas, labelled
$ datebook export --output a > log
$ datebook export --output b >&- 2>&- <&-
? 3
$ cmp a/data/graph/train.jsonl b/data/graph/train.jsonl; cmp a/manifest.json b/manifest.json
