# shellcheck shell=sh
# For transcripts of one endpoint, after serve.sh and model-masked.sh.
#
# ask COUNT [OPTION...]   generates with the model of the server at $URL, for
#                         the persona $p; both outputs, masked
# again [OPTION...]       resumes with it
# logged EXPRESSION [CONDITION]   of every line e of $LOG, a JSON object, those
#                         of requests ("path") unless told otherwise
#
# fields                  what the bodies of requests hold besides model and
#                         messages, with how many in a row
#
# Those who read this file set p, and model where it is not writer.
# shellcheck disable=SC2154

ask() {
    both datebook generate --persona "$p" --provider openai \
        --base-url "$URL" --model "${model:-writer}" --count "$@"
}

again() {
    both datebook generate --resume --base-url "$URL" "$@"
}

logged() {
    {
        echo '['
        paste -sd, "$LOG"
        echo ']'
    } >"$TMPDIR/log.json"
    sqlite3 :memory: "SELECT $1 FROM
        (SELECT value AS e FROM json_each(CAST(readfile('$TMPDIR/log.json') AS TEXT)))
        WHERE ${2-e ->> 'path' IS NOT NULL}"
}

fields() {
    logged "(SELECT group_concat(key, ' ') FROM json_each(e, '\$.body')
        WHERE key NOT IN ('model', 'messages'))
        || coalesce(' ' || (e ->> '\$.body.response_format.type'), '')" |
        uniq -c | sed 's/^ *//'
}
