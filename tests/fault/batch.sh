#!/bin/sh
# Kills the commands of batches with SIGKILL in the N-th call that changes a
# file, at many points.  Afterwards the file is sound, the same commands come to
# the end, one batch was created, every request was run once by the provider, and
# every meeting is there.
#
#   BUILD=build tests/fault/batch.sh
#   BATCH_POINTS=1000 tests/fault/batch.sh          all points
set -u

cd "$(dirname "$0")/../.." || exit 2
SOURCE=$(pwd)
BUILD=${BUILD:-build}
case $BUILD in
/*) ;;
*) BUILD=$SOURCE/$BUILD ;;
esac
datebook=$BUILD/datebook
killer=$BUILD/tests/fault/killer.so
server=$BUILD/tests/llm/server
points=${BATCH_POINTS:-10}
for file in "$datebook" "$killer" "$server"; do
    [ -e "$file" ] || { echo "batch.sh: there is no $file; run \`make tests\` first" >&2; exit 2; }
done
folder=$(mktemp -d "${TMPDIR:-/tmp}/datebook-batch.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
cd "$folder" || exit 2

TMPDIR=$folder
export SOURCE BUILD TMPDIR
export SOURCE_DATE_EPOCH=1764000000 TZ=UTC LC_ALL=C.UTF-8
export DATEBOOK_DATA="$SOURCE/personas" DATEBOOK_DB=work.db
export OPENAI_API_KEY=sk-test-0123456789
unset OPENAI_BASE_URL http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
# The sanitizer's runtime need not be the first library.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0"
passed=0
failed=0
count=20

# shellcheck source=tests/llm/serve.sh
. "$SOURCE/tests/llm/serve.sh"

fail() {
    failed=$((failed + 1))
    echo "FAIL  $*"
}

# Starts from a database and no files of requests.
fresh() {
    rm -f work.db work.db-* ./*.jsonl ./*.jsonl.tmp-*
    cp "$1" work.db
    [ ! -f "$2" ] || cp "$2" requests.jsonl
    # shellcheck disable=SC2119
    serve </dev/null || exit 2
    OPENAI_BASE_URL=$URL
    export OPENAI_BASE_URL
}

# The calls that a command makes, and the command killed in one of them.
calls_of() {
    KILL_COUNT=count LD_PRELOAD=$killer "$datebook" "$@" >log 2>&1
    cat count
}
killed() {
    number=$1
    shift
    # The shell's word on the child that was killed goes into the log.
    { KILL_AT=$number LD_PRELOAD=$killer "$datebook" "$@"; } >log 2>&1
}

say() {
    "$datebook" "$@" >>log 2>&1
}

# What all must come to: each request run once, and no meeting missing.
verdict() {
    say batch status --watch --poll 5
    say batch collect
    say generate --resume
    came=$(sqlite3 work.db 'SELECT count(*) FROM meeting')
    lines=$(served lines)
    made=$(grep -c '"POST","path":"/v1/batches"' "$LOG")
    if ! "$datebook" verify --deep >sound 2>&1; then
        fail "$*: $(cat sound)"
    elif [ "$made" != 1 ]; then
        fail "$*: $made batches were created: $(cat log)"
    elif [ "$lines" != "$requests" ]; then
        fail "$*: the provider ran $lines requests, not $requests: $(cat log)"
    elif [ "$came" != $count ]; then
        fail "$*: $came meetings, not $count: $(cat log)"
    else
        passed=$((passed + 1))
    fi
    serve_stop
}

# each CALLS COMMAND...: calls the function `try` with some numbers up to CALLS.
each() {
    calls=$1
    number=1
    while [ "$number" -le "$calls" ]; do
        try "$number"
        number=$((number + calls / points + 1))
    done
}

# ---- Requests into a file ----

write_out() {
    # What was killed may have left a file with its name, or none.
    say generate --resume --batch-out rest.jsonl
    submitted=0
    for file in requests.jsonl rest.jsonl; do
        [ -f $file ] && say batch submit $file && submitted=$((submitted + 1))
    done
    [ $submitted = 1 ] || fail "$*: $submitted files were submitted"
}

try_out() {
    fresh planned.db none
    killed "$1" -q generate --resume --batch-out requests.jsonl
    write_out "batch-out, call $1"
    verdict "batch-out, call $1"
}

# ---- A file to the provider, and back ----

try_submit() {
    fresh batched.db kept
    killed "$1" -q batch submit requests.jsonl
    say batch submit requests.jsonl
    # What the provider has is not written into another file.
    say generate --resume --batch-out rest.jsonl
    [ ! -f rest.jsonl ] || fail "batch submit, call $1: requests are written again"
    verdict "batch submit, call $1"
}

try_collect() {
    fresh batched.db kept
    say batch submit requests.jsonl
    say batch status --watch --poll 5
    killed "$1" -q batch collect
    verdict "batch collect, call $1"
}

# Results in two files, of which the one that was being taken is taken again.
try_in() {
    fresh batched.db kept
    "$server" --run-batch requests.jsonl --output all >log 2>&1
    head -n $((requests / 2)) all >first.jsonl
    tail -n +$((requests / 2 + 1)) all >second.jsonl
    killed "$1" -q generate --batch-in second.jsonl,first.jsonl
    say generate --batch-in first.jsonl,second.jsonl
    came=$(sqlite3 work.db 'SELECT count(*) FROM meeting')
    tries=$(sqlite3 work.db 'SELECT max(tries) FROM request')
    if ! "$datebook" verify --deep >sound 2>&1; then
        fail "batch-in, call $1: $(cat sound)"
    elif [ "$came" != $count ] || [ "$tries" != 1 ]; then
        fail "batch-in, call $1: $came meetings, not $count, $tries tries: $(cat log)"
    else
        passed=$((passed + 1))
    fi
    serve_stop
}

# A job whose requests wait, for its file had no folder, and the same with its
# requests in a file.
prepare() {
    "$datebook" -q init || return 1
    "$datebook" -q generate --provider batch --model model-1 \
        --persona tier2_ic_engineer_deep_work --count $count \
        --batch-out none/requests.jsonl
    sqlite3 work.db 'PRAGMA wal_checkpoint(TRUNCATE)' &&
        cp work.db planned.db &&
        "$datebook" -q generate --resume --batch-out requests.jsonl &&
        cp requests.jsonl kept &&
        sqlite3 work.db 'PRAGMA wal_checkpoint(TRUNCATE)' &&
        cp work.db batched.db
}

if ! prepare >log 2>&1; then
    fail "preparing: $(cat log)"
    echo "$passed passed, $failed failed"
    exit 1
fi
requests=$(sqlite3 batched.db 'SELECT count(*) FROM request')

fresh planned.db none
calls=$(calls_of -q generate --resume --batch-out requests.jsonl)
serve_stop
try() { try_out "$@"; }
each "$calls"

fresh batched.db kept
calls=$(calls_of -q batch submit requests.jsonl)
"$datebook" batch status --watch --poll 5 >log 2>&1
collecting=$(calls_of -q batch collect)
serve_stop
try() { try_submit "$@"; }
each "$calls"
try() { try_collect "$@"; }
each "$collecting"

fresh batched.db kept
"$server" --run-batch requests.jsonl --output results.jsonl >log 2>&1
calls=$(calls_of -q generate --batch-in results.jsonl)
serve_stop
try() { try_in "$@"; }
each "$calls"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
