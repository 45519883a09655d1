#!/bin/sh
# Kills `generate` with a model with SIGKILL at many points, while a server
# counts what it is asked.  Resuming then gives the same meetings as a run that
# nobody killed, and no request was sent twice but those that were in flight.
# The same with two kills, and with a disk that is full from some call on.
#
#   BUILD=build tests/fault/model.sh
#
# The moment is the N-th call that changes a file (see killer.c): before and
# after requests and replies are written down, within the plan, and within the
# version at the end.
set -u

cd "$(dirname "$0")/../.." || exit 2
SOURCE=$(pwd)
build=${BUILD:-build}
case $build in
/*) ;;
*) build=$SOURCE/$build ;;
esac
BUILD=$build
datebook=$build/datebook
killer=$build/tests/fault/killer.so
points=${KILL_POINTS:-24}
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/datebook-model.XXXXXX") || exit 2
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM HUP
cd "$TMPDIR" || exit 2

# shellcheck source=tests/llm/serve.sh
. "$SOURCE/tests/llm/serve.sh"
export SOURCE_DATE_EPOCH=1764000000 TZ=UTC LC_ALL=C.UTF-8
export DATEBOOK_DATA="$SOURCE/personas"
export OPENAI_API_KEY=sk-kill-test-0123456789
unset DATEBOOK_DB OPENAI_BASE_URL OPENAI_MODEL
# The sanitizer's runtime need not be the first library.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0"
passed=0
failed=0

fail() {
    failed=$((failed + 1))
    echo "FAIL  $*"
}

persona() {
    cat <<END
{"id": "tier1_kill_test", "name": "Kill Test", "tier": 1,
 "demographics": {"level": "Manager", "function": "Sales"},
 "importance_criteria": {"always_important": ["renewal"], "usually_important": ["review"],
   "sometimes_important": ["update"], "rarely_important": ["social"]},
 "prep_time_needs": {"requires_prep": ["Reviews (30 min: numbers)"]}}
END
}

# model ARGUMENT...: a generation with the server that was started last.
model() {
    "$datebook" -q --db work.db generate --provider openai --base-url "$URL" \
        --concurrency 4 "$@"
}

ask() {
    model --model kill --persona tier1_kill_test --count 24 --per-call 2
}

resume() {
    model --resume
}

number() {
    sqlite3 work.db "$1" 2>/dev/null || echo 0
}

fresh() {
    rm -f work.db work.db-* work.db.*
    cp start.db work.db
}

content() {
    "$datebook" --db work.db show HEAD --json | grep -o '"content_hash":"[0-9a-f]*"'
}

# Some replies do not do, so that every kind of request is there when the end
# comes.
script() {
    cat <<END
if "system" bad-json
429 retry-after-ms=1
length
twin
refusal
END
}

# verdict WHERE: after the kill, go on and look at what it came to.
verdict() {
    in_flight=$((before + $(number 'SELECT count(*) FROM request WHERE state = 1')))
    jobs=$(number 'SELECT count(*) FROM job WHERE state = 0')
    versions=$(number 'SELECT count(*) FROM version')
    if [ "$versions" -gt "$versions_before" ]; then
        : # all was done
    elif [ "$jobs" = 1 ]; then
        resume >log 2>&1 || fail "$1: resuming fails: $(cat log)"
    else
        ask >log 2>&1 || fail "$1: asking again fails: $(cat log)"
    fi
    again=$(($(served calls) - $(served distinct)))
    if [ "$(number 'SELECT count(*) FROM meeting')" != 24 ]; then
        fail "$1: $(number 'SELECT count(*) FROM meeting') meetings and not 24"
    elif [ "$again" -gt $((in_flight + retries)) ]; then
        fail "$1: $again calls were repeated, $in_flight were in flight"
    elif [ "$(served violations)" != 0 ]; then
        fail "$1: $(served violations) requests of a wrong shape"
    elif ! "$datebook" --db work.db verify --deep >log 2>&1; then
        fail "$1: the file is damaged: $(cat log)"
    elif grep -q "$OPENAI_API_KEY" work.db log; then
        fail "$1: the key is in the file"
    else
        passed=$((passed + 1))
    fi
}

# A server whose replies are all good gives the same meetings in whatever order
# they come; then the content must be that of a run that was not killed.
same_content() {
    if [ "$(content)" = "$expected" ]; then
        passed=$((passed + 1))
    else
        fail "$1: the meetings are not those of a run that was not killed"
    fi
}

begin() {
    fresh
    before=0
    "$1" >rules
    serve rules
}

# In the N-th call that changes a file, for some N up to a number.
kill_in_calls() {
    step=$((calls / points + 1))
    at=1
    while [ "$at" -le "$calls" ]; do
        begin "$1"
        # The shell's word on the child that was killed goes into the log.
        { KILL_AT=$at LD_PRELOAD=$killer ask; } >log 2>&1
        verdict "$1 replies, killed in call $at of $calls"
        [ "$1" != good ] || same_content "killed in call $at of $calls"
        serve_stop 2>/dev/null
        # The last calls, one by one, are those that make the version.
        [ "$at" -le $((calls - 12)) ] || step=1
        at=$((at + step))
    done
}

# In the middle, and once more while going on from there.
kill_twice() {
    step=$((calls / points + 1))
    at=1
    while [ "$at" -le $((calls / 2)) ]; do
        begin good
        { KILL_AT=$((calls / 2)) LD_PRELOAD=$killer ask; } >log 2>&1
        before=$(number 'SELECT count(*) FROM request WHERE state = 1')
        { KILL_AT=$at LD_PRELOAD=$killer resume; } >log 2>&1
        verdict "killed, and again in call $at"
        same_content "killed, and again in call $at"
        serve_stop 2>/dev/null
        at=$((at + step))
    done
}

# The disk is full from some call on: that is said, and what came before is
# there.
fill_disk() {
    step=$((2 * calls / points + 1))
    at=1
    while [ "$at" -le $((calls - 12)) ]; do
        begin good
        FULL_AT=$at LD_PRELOAD=$killer ask >log 2>&1
        code=$?
        # What is left to do after the version is made needs no room.
        if [ $code = 0 ] && [ "$(number 'SELECT count(*) FROM meeting')" = 24 ]; then
            :
        elif [ $code != 4 ] || ! grep -q 'disk is full' log; then
            fail "disk full from call $at on: exit $code: $(cat log)"
        elif [ "$(number 'SELECT count(*) FROM request WHERE state = 2')" -gt 0 ] &&
            ! grep -q 'generate --resume' log; then
            fail "disk full from call $at on: no word of resuming: $(cat log)"
        fi
        verdict "disk full from call $at on"
        same_content "disk full from call $at on"
        serve_stop 2>/dev/null
        at=$((at + step))
    done
}

good() {
    :
}

bad() {
    script
}

persona >tier1_kill_test.json
if ! "$datebook" -q --db start.db init --no-library >log 2>&1 ||
    ! "$datebook" -q --db start.db persona add tier1_kill_test.json >log 2>&1; then
    fail "cannot prepare: $(cat log)"
fi
versions_before=$(sqlite3 start.db 'SELECT count(*) FROM version')

fresh
serve </dev/null
KILL_COUNT=count LD_PRELOAD=$killer ask >log 2>&1 || fail "good replies: $(cat log)"
calls=$(cat count)
expected=$(content)
retries=0
[ "$(served calls)" = "$(served distinct)" ] || fail "calls were repeated without a kill"
serve_stop 2>/dev/null
kill_in_calls good
kill_twice
fill_disk
retries=1 # of the rate limit
kill_in_calls bad
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
