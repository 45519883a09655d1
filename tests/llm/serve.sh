# shellcheck shell=sh
# Starts the scripted server from a shell; a transcript reads this file in:
#
#   $ . "$SOURCE/tests/llm/serve.sh"
#   $ serve <<END             or  serve script.txt [OPTION...]   or  serve
#   > 429 retry-after-ms=50
#   > END
#   $ served calls
#   2
#
# serve        sets URL (http://127.0.0.1:PORT/v1), AZURE (the same without
#              /v1), PORT, LOG and SERVER (its process).  Options are those of
#              the server; with --tls FOLDER the URLs begin with
#              https://localhost, see tests/llm/certificates.
# served       prints the counts of LOG, or the one that is named
# serve_stop   ends the server that was started last and waits for it
#
# A server ends with the shell that started it, and after two minutes.  It wants
# $SOURCE and $BUILD, as tests/cli/run sets them.
#
# Those who read this file use what is set here.
# shellcheck disable=SC2034

_serve_program=$BUILD/tests/llm/server
: "${_serve_count:=0}"

serve() {
    _serve_count=$((_serve_count + 1))
    _serve_folder=${TMPDIR:-/tmp}/serve.$$.$_serve_count
    LOG=$_serve_folder/log
    mkdir "$_serve_folder" && mkfifo "$_serve_folder/port" || return 1
    : >"$LOG"
    case ${1--} in
    -*) cat >"$_serve_folder/script" ;;
    *)
        cp "$1" "$_serve_folder/script" || return 1
        shift
        ;;
    esac
    _serve_scheme=http://127.0.0.1
    case " $* " in
    *" --tls "*) _serve_scheme=https://localhost ;;
    esac
    if [ ! -x "$_serve_program" ]; then
        echo "serve: there is no $_serve_program; run \`make tests\`" >&2
        return 1
    fi
    "$_serve_program" --port-file /dev/stdout --log "$LOG" \
        --script "$_serve_folder/script" "$@" \
        </dev/null >"$_serve_folder/port" 2>"$_serve_folder/out" &
    SERVER=$!
    # Waits for the port, or for the server to die: then the fifo ends.
    if ! read -r PORT <"$_serve_folder/port"; then
        cat "$_serve_folder/out" >&2
        return 1
    fi
    AZURE=$_serve_scheme:$PORT
    URL=$AZURE/v1
}

served() {
    "$_serve_program" --summary "$LOG" "$@"
}

serve_stop() {
    kill "$SERVER" 2>/dev/null
    wait "$SERVER"
}
