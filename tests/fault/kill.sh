#!/bin/sh
# Kills commands that write with SIGKILL at many points.  Afterwards the file is
# sound and holds exactly what it held before the command, or exactly what it
# holds after it; and running the command again gives the latter.
#
#   BUILD=build tests/fault/kill.sh
#
# Two ways of choosing the moment: in the N-th call that changes a file (exact,
# see killer.c), and after a delay from outside (which also meets moments of
# pure computing).  No delay decides whether a test passes.
#
# $arguments below is a list of words.
# shellcheck disable=SC2086
set -u

cd "$(dirname "$0")/../.." || exit 2
source=$(pwd)
build=${BUILD:-build}
case $build in
/*) ;;
*) build=$source/$build ;;
esac
datebook=$build/datebook
killer=$build/tests/fault/killer.so
points=${KILL_POINTS:-16}
folder=$(mktemp -d "${TMPDIR:-/tmp}/datebook-kill.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
cd "$folder" || exit 2

export SOURCE_DATE_EPOCH=1764000000 TZ=UTC LC_ALL=C.UTF-8
export DATEBOOK_DATA="$source/personas"
unset DATEBOOK_DB
# The sanitizer's runtime need not be the first library.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0"
passed=0
failed=0

fail() {
    failed=$((failed + 1))
    echo "FAIL  $*"
}

# persona PHRASE: a persona for whom that phrase is critical.
persona() {
    cat <<END
{"id": "tier1_kill_test", "name": "Kill Test", "tier": 1,
 "demographics": {"level": "Manager", "function": "Sales"},
 "importance_criteria": {"always_important": ["$1"], "usually_important": ["review"],
   "sometimes_important": ["update"], "rarely_important": ["social"]},
 "prep_time_needs": {"requires_prep": ["Reviews (30 min: numbers)"]}}
END
}

# Everything that the file holds, in one hash; all lines of the dump but those
# of the file's settings are data.
content() {
    sqlite3 "$1" .dump | cksum
}

fresh() {
    rm -f work.db work.db-* work.db.*
    cp "$kind.db" work.db
}

deep() {
    "$datebook" --db work.db verify --deep >log 2>&1
}

# verdict WHERE: what a kill left behind.
verdict() {
    sound=$(sqlite3 work.db 'PRAGMA integrity_check; PRAGMA foreign_key_check' 2>&1)
    now=$(content work.db)
    # A deep check would upgrade an old file before the command does.
    if [ "$sound" = ok ] && [ "$kind" != upgrade ]; then
        deep || sound=$(cat log)
    fi
    if [ "$sound" != ok ]; then
        fail "$kind, $1: the file is damaged: $sound"
    elif [ "$now" != "$before" ] && [ "$now" != "$after" ]; then
        fail "$kind, $1: the file holds neither what it held before nor after"
    elif [ "$now" = "$before" ] && ! "$datebook" $arguments >log 2>&1; then
        fail "$kind, $1: the command fails afterwards: $(cat log)"
    elif [ "$(content work.db)" != "$after" ]; then
        fail "$kind, $1: the command afterwards gives something else"
    elif ! deep; then
        fail "$kind, $1: the file is damaged afterwards: $(cat log)"
    else
        passed=$((passed + 1))
    fi
}

# The content before and after, and that one run is like another.
measure() {
    before=$(content "$kind.db")
    fresh
    if ! "$datebook" $arguments >log 2>&1; then
        fail "$kind: $(cat log)"
        return 1
    fi
    after=$(content work.db)
    if [ "$before" = "$after" ]; then
        fail "$kind changes nothing"
        return 1
    fi
    fresh
    KILL_COUNT=count LD_PRELOAD=$killer "$datebook" $arguments >log 2>&1
    calls=$(cat count)
    if [ "$(content work.db)" != "$after" ]; then
        fail "$kind gives something else the second time"
        return 1
    fi
}

# In the N-th call: the first few, the last few, and some evenly between.
kill_in_calls() {
    number=1
    step=$((calls / points + 1))
    while [ "$number" -le "$calls" ]; do
        fresh
        # The shell's word on the child that was killed goes into the log.
        { KILL_AT=$number LD_PRELOAD=$killer "$datebook" $arguments; } >log 2>&1
        verdict "killed in call $number of $calls"
        if [ "$number" -lt 8 ] || [ "$number" -ge $((calls - 12)) ]; then
            number=$((number + 1))
        elif [ $((number + step)) -gt $((calls - 12)) ]; then
            number=$((calls - 12))
        else
            number=$((number + step))
        fi
    done
}

# After 0, 1, 2, 4 … milliseconds, growing by an eighth, until the command is
# done before it is killed.
kill_after_delays() {
    delay=0
    alive=yes
    while [ $alive = yes ]; do
        fresh
        "$datebook" $arguments >log 2>&1 &
        child=$!
        sleep "$((delay / 1000)).$(printf %03d $((delay % 1000)))"
        kill -KILL "$child" 2>/dev/null
        { wait "$child"; } 2>/dev/null
        [ $? -gt 128 ] || alive=no
        verdict "killed after $delay ms"
        delay=$((delay + 1 + delay / 8))
    done
}

prepare() {
    persona pipeline >persona.json
    "$datebook" -q --db generate.db init --no-library &&
        "$datebook" -q --db generate.db persona add persona.json &&
        "$datebook" -q --db generate.db generate --persona tier1_kill_test --count 400 --seed 1 &&
        cp generate.db relabel.db &&
        cp generate.db merge.db &&
        persona 1:1 >persona.json &&
        "$datebook" -q --db relabel.db persona add persona.json &&
        cp relabel.db prune.db &&
        "$datebook" -q --db prune.db relabel &&
        cp prune.db restore.db &&
        cp generate.db other.db &&
        "$datebook" -q --db other.db generate --persona tier1_kill_test --count 100 --seed 5 &&
        cp "$source/tests/data/schemas/schema-1.db" upgrade.db
}

# The words of a command.
words_of() {
    case $1 in
    generate) echo "generate --persona tier1_kill_test --count 400 --seed 2" ;;
    relabel) echo relabel ;;
    prune) echo "prune --keep-last 1" ;;
    restore) echo "restore 2" ;;
    merge) echo "merge other.db" ;;
    upgrade) echo log ;;
    esac
}

for file in "$datebook" "$killer"; do
    [ -e "$file" ] || { echo "kill.sh: there is no $file; run \`make\` first" >&2; exit 2; }
done
if prepare >log 2>&1; then
    for kind in generate relabel prune restore merge upgrade; do
        words=$(words_of $kind)
        "$datebook" "${words%% *}" --help >/dev/null 2>&1 || continue
        arguments="-q --db work.db $words"
        measure || continue
        kill_in_calls
        case $kind in generate | relabel) kill_after_delays ;; esac
    done
else
    fail "preparing: $(cat log)"
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
