# shellcheck shell=sh
# Runs the commands of one transcript in one shell, so that `cd` and variables
# last, and keeps what each gives: out.N, err.N, code.N.
#
#   sh driver.sh WORK COUNT MERGE
#
# The names below are long because the commands share them.
_driver_work=$1
_driver_count=$2
_driver_merge=$3
_driver_number=0
_driver_code=0
set --

_driver_status() {
    return "$_driver_code"
}

while [ "$_driver_number" -lt "$_driver_count" ]; do
    _driver_number=$((_driver_number + 1))
    if [ "$_driver_merge" = 1 ]; then
        {
            _driver_status
            # shellcheck source=/dev/null
            . "$_driver_work/command.$_driver_number"
        } >"$_driver_work/out.$_driver_number" 2>&1 </dev/null
    else
        {
            _driver_status
            # shellcheck source=/dev/null
            . "$_driver_work/command.$_driver_number"
        } >"$_driver_work/out.$_driver_number" \
            2>"$_driver_work/err.$_driver_number" </dev/null
    fi
    _driver_code=$?
    echo "$_driver_code" >"$_driver_work/code.$_driver_number"
done
