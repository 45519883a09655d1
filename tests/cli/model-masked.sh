# shellcheck shell=sh
# For transcripts of models: prompts may be worded anew, and ports are those that
# are free, so neither their tokens, costs and hashes nor ports are pinned.
#
# Those who read this file use what is set here.
# shellcheck disable=SC2034,SC2016

PRICES='{"date": "2026-11-01", "source": "invented", "currency": "USD",
 "models": {"writer": {"input": 10, "output": 40}}}'

masked() {
    sed -E 's/[0-9,]+ tokens of prompt(s?) and [0-9,]+/N tokens of prompt\1 and M/
        s/\$[0-9.]*[0-9]/$X/; s/[0-9a-f]{12}/HASH/g
        s/:[0-9]{4,5}(.v1)/:PORT\1/; s/[0-9.]+ kB/N kB/; s/test-[0-9]+$/test-N/'
}

# Runs a command; both of its outputs are one, without what is not pinned.
both() {
    "$@" >"${TMPDIR:-/tmp}/both" 2>&1
    _both_code=$?
    masked <"${TMPDIR:-/tmp}/both"
    return $_both_code
}
