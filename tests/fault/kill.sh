#!/bin/sh
# Kills `generate` and `relabel` with SIGKILL at many points.  Afterwards the
# file is sound and holds exactly what it held before the command, or exactly
# what it holds after it; and running the command again gives the latter.
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
points=${KILL_POINTS:-24}
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
    rm -f work.db work.db-*
    cp "$kind.db" work.db
}

# verdict WHERE: what a kill left behind.
verdict() {
    sound=$(sqlite3 work.db 'PRAGMA integrity_check; PRAGMA foreign_key_check' 2>&1)
    now=$(content work.db)
    if [ "$sound" != ok ]; then
        fail "$kind, $1: integrity_check: $sound"
    elif [ "$now" != "$before" ] && [ "$now" != "$after" ]; then
        fail "$kind, $1: the file holds neither what it held before nor after"
    elif [ "$now" = "$before" ] && ! "$datebook" $arguments >log 2>&1; then
        fail "$kind, $1: the command fails afterwards: $(cat log)"
    elif [ "$(content work.db)" != "$after" ]; then
        fail "$kind, $1: the command afterwards gives something else"
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
        persona 1:1 >persona.json &&
        "$datebook" -q --db relabel.db persona add persona.json
}

for file in "$datebook" "$killer"; do
    [ -e "$file" ] || { echo "kill.sh: there is no $file; run \`make\` first" >&2; exit 2; }
done
if prepare >log 2>&1; then
    for kind in generate relabel; do
        arguments="-q --db work.db $kind"
        [ $kind = relabel ] ||
            arguments="$arguments --persona tier1_kill_test --count 400 --seed 2"
        if measure; then
            kill_in_calls
            kill_after_delays
        fi
    done
else
    fail "preparing: $(cat log)"
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
