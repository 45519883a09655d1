# shellcheck shell=sh
# What the measurements share: a folder of their own, timing, medians, ratios.
# Those who read this file use what is set here.
# shellcheck disable=SC2034

set -u

cd "$(dirname "$0")/../.." || exit 2
source=$(pwd)
build=${BUILD:-build}
case $build in
/*) ;;
*) build=$source/$build ;;
esac
rows=${BENCH_N:-100000}
rounds=${BENCH_ROUNDS:-3}
bench=$source/tests/bench
measure=$build/tests/bench/measure
folder=$(mktemp -d "${BENCH_FOLDER:-$build}/bench.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
cd "$folder" || exit 2
mkdir times
export SOURCE_DATE_EPOCH=1764000000 TZ=UTC LC_ALL=C.UTF-8
export DATEBOOK_DATA="$source/personas"
unset DATEBOOK_DB

has() {
    command -v "$1" >/dev/null 2>&1
}

db() {
    file=$1
    shift
    "$build/datebook" -q --db "$file" "$@"
}

# Preparing must work, or there is nothing to measure.
must() {
    "$@" >log 2>&1 || { echo "bench: $*: $(cat log)" >&2; exit 1; }
}

# timed NAME COMMAND...: one measurement; standard output goes to out.
timed() {
    name=$1
    shift
    if ! "$measure" "times/$name" "$@" >out 2>log; then
        echo "bench: $*: $(cat log)" >&2
        exit 1
    fi
}

ours() {
    name=$1
    file=$2
    shift 2
    timed "$name" "$build/datebook" -q --db "$file" "$@"
}

# median NAME COLUMN: 1 wall seconds, 2 processor seconds; 3 is the largest
# resident set of all rounds, in KiB.
median() {
    if [ "$2" = 3 ]; then
        awk '$3 > most { most = $3 } END { print most + 0 }' "times/$1"
    else
        awk -v column="$2" '{ print $column }' "times/$1" | sort -n |
            awk '{ line[NR] = $0 } END { print line[int((NR + 1) / 2)] }'
    fi
}

progress() {
    echo "bench: $*" >&2
}

# Output

# row NAME ROWS TEXT: our own figures.
row() {
    awk -v text="$3" -v rows="$2" -v wall="$(median "$1" 1)" \
        -v cpu="$(median "$1" 2)" -v rss="$(median "$1" 3)" 'BEGIN {
            printf "%-28s %9.3f %9.3f %12.0f %8.1f\n", text, wall, cpu,
                rows / wall, rss / 1024
        }'
}

# aim TEXT OURS OTHER least|most FACTOR [COLUMN]: OTHER takes FACTOR times as
# long as we do at least, or we take FACTOR times as long as OTHER at most; by
# wall clock unless another column is named.
aim() {
    if [ ! -f "times/$2" ] || [ ! -f "times/$3" ]; then
        printf '%-46s not measured: the other program is not installed\n' "$1"
        return
    fi
    ratio "$1" "$(median "$2" "${6:-1}")" "$(median "$3" "${6:-1}")" "$4" "$5"
}

ratio() {
    awk -v text="$1" -v ours="$2" -v other="$3" -v kind="$4" -v factor="$5" 'BEGIN {
            ratio = kind == "least" ? other / ours : ours / other
            met = kind == "least" ? ratio >= factor : ratio <= factor
            printf "%-46s %10.3f %10.3f %8.2fx   at %s %gx   %s\n", text, ours,
                other, ratio, kind, factor, met ? "met" : "NOT MET"
        }'
}

for file in "$build/datebook" "$measure"; do
    [ -x "$file" ] || { echo "bench: there is no $file; run \`make bench\`" >&2; exit 2; }
done
has python3 || progress 'no python3: the reference is left out'
has sqldiff || progress 'no sqldiff (Debian package sqlite3-tools): left out'
