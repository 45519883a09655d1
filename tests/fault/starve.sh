#!/bin/sh
# Runs commands of the real program with one piece of memory missing, at many
# points, those of the C library and of start and end included.  A command ends
# by itself, and either does and prints what it does with all memory, or says
# that it ran out and leaves the file as it was, or as it is to become.
#
#   BUILD=build tests/fault/starve.sh
#   STARVE_POINTS=100000 tests/fault/starve.sh      all points
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
starve=$build/tests/fault/starve.so
points=${STARVE_POINTS:-30}
for file in "$datebook" "$starve"; do
    [ -e "$file" ] || { echo "starve.sh: there is no $file; run \`make\` first" >&2; exit 2; }
done
# A sanitizer brings a malloc of its own.
if grep -q __asan_init "$datebook"; then
    echo "0 passed, 0 failed"
    exit 0
fi
folder=$(mktemp -d "${TMPDIR:-/tmp}/datebook-starve.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
cd "$folder" || exit 2

export SOURCE_DATE_EPOCH=1764000000 TZ=UTC LC_ALL=C.UTF-8
export DATEBOOK_DATA="$source/tests/data/small"
export DATEBOOK_DB=work.db
passed=0
failed=0

fail() {
    failed=$((failed + 1))
    echo "FAIL  $arguments, $*"
}

# Everything that the folder holds but what was printed; an empty folder is
# none.
content() {
    sqlite3 work.db .dump | cksum
    cat out/* 2>/dev/null | cksum
}

fresh() {
    rm -rf work.db work.db-* out
    cp whole.db work.db
}

# verdict WHERE CODE: what a command with too little memory did.
verdict() {
    if [ "$2" = 0 ] && ! cmp -s printed wanted; then
        fail "$1: prints something else: $(diff printed wanted | head -3)"
    elif [ "$2" = 0 ] && grep -q 'the export is not recorded' remarks; then
        # It says so: the files are whole all the same.
        if [ "$(content)" = "$unrecorded" ]; then
            passed=$((passed + 1))
        else
            fail "$1: says that it is not recorded, and does something else"
        fi
    elif [ "$2" = 0 ] && [ "$(content)" != "$after" ]; then
        fail "$1: does something else"
    elif [ "$2" = 0 ]; then
        passed=$((passed + 1))
    elif [ "$2" != 70 ] || ! grep -q '^datebook: .*out of memory' remarks; then
        fail "$1: exit code $2: $(head -3 remarks)"
    elif find . -name '*.tmp-*' | grep -q .; then
        fail "$1: leaves temporary files"
    elif [ "$(content)" != "$before" ] && [ "$(content)" != "$after" ]; then
        fail "$1: leaves something between before and after"
    else
        passed=$((passed + 1))
    fi
}

starve_all() {
    fresh
    before=$(content)
    STARVE_COUNT=count LD_PRELOAD=$starve "$datebook" $arguments >wanted 2>remarks ||
        { fail "$(cat remarks)"; return; }
    after=$(content)
    # The database of before, the files of after: a line each.
    unrecorded=$(echo "$before" | sed -n 1p; echo "$after" | sed -n 2p)
    count=$(cat count)
    step=$((count / points + 1))
    number=1
    while [ "$number" -le "$count" ]; do
        fresh
        # The shell's word on a child that crashed goes into the remarks.
        { STARVE_AT=$number LD_PRELOAD=$starve "$datebook" $arguments >printed; } 2>remarks
        verdict "request $number of $count missing" $?
        number=$((number + (number < 8 ? 1 : step)))
    done
}

if ! "$datebook" -q init >remarks 2>&1 ||
    ! "$datebook" -q generate --all --count 5 --seed 1 >remarks 2>&1 ||
    ! "$datebook" -q persona add "$DATEBOOK_DATA/edited/first.json" >remarks 2>&1; then
    arguments=preparing
    fail "$(cat remarks)"
else
    mv work.db whole.db
    for arguments in 'generate --all --count 3 --seed 2' relabel 'diff 1 --rows' \
        'export --allow-stale --allow-leaks --output out' 'persona list --json' 'sql SELECT(meeting)FROM(labels)' status; do
        starve_all
    done
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
