# Makes a C table of the named statements in sql/*.sql.
#
#   LC_ALL=C awk -v want=header -f tools/statements.awk /dev/null sql/*.sql
#   LC_ALL=C awk -v want=source -f tools/statements.awk /dev/null sql/*.sql
#
# A statement stands under the comment that names it:
#
#   -- name: label_insert
#   -- What it does, in as many comment lines as that takes.
#   INSERT INTO label (meeting, importance) VALUES (:meeting, :importance);
#
# Comments and empty lines are left out of the table, strings and quoted names
# stay as they are.  A doubled name, text outside a named statement, and a
# statement without `;` stop the build with file and line.

function fail(line, text) {
    if (!failed)
        printf "%s:%d: %s\n", file, line, text > "/dev/stderr"
    failed = 1
    exit 1
}

# One character of a C string; `?` is escaped because of trigraphs.
function c_char(c) {
    if (c == "\\" || c == "\"" || c == "?")
        return "\\" c
    if (c == "\t")
        return "\\t"
    if (c == "\r")
        return "\\r"
    return c
}

function finish_file() {
    if (quote != "")
        fail(quote_line, quote == "*" ? "comment without */" \
                                      : "text without closing " quote)
    if (name != "")
        fail(name_line, "statement " name " has no ;")
}

function open_statement(line_text) {
    if (name != "")
        fail(name_line, "statement " name " has no ;")
    name = line_text
    sub(/^-- name:[ \t]*/, "", name)
    sub(/[ \t]+$/, "", name)
    name_line = FNR
    if (name !~ /^[a-z][a-z0-9_]*$/)
        fail(FNR, "a name is made of a-z, 0-9 and _, not \"" name "\"")
    if (name in seen)
        fail(FNR, "statement " name " was already defined in " seen[name])
    seen[name] = file ":" FNR
    body = ""
}

function close_statement() {
    names[count] = name
    files[count] = file
    bodies[count] = body
    count++
    name = ""
}

# Adds one line of text to the open statement; `quote` is the quote or comment
# that is still open, "" when there is none.
function scan(line_text,    i, c, two, length_, out, kept, ended) {
    length_ = length(line_text)
    out = ""
    kept = 0 # length of `out` up to its last character that is no space
    for (i = 1; i <= length_; i++) {
        c = substr(line_text, i, 1)
        two = substr(line_text, i, 2)
        if (quote == "*") {
            if (two == "*/") {
                quote = ""
                i++
            }
            continue
        }
        if (quote == "") {
            if (two == "--")
                break
            if (two == "/*") {
                quote = "*"
                quote_line = FNR
                i++
                continue
            }
            if (c != " " && c != "\t") {
                if (ended || name == "")
                    fail(FNR, "text outside a named statement")
                if (c == "'" || c == "\"" || c == "`") {
                    quote = c
                    quote_line = FNR
                }
            }
        } else if (c == quote)
            quote = "" # a doubled quote closes here and opens again
        if (c == ";" && quote == "") {
            if (body == "" && out ~ /^[ \t]*$/)
                fail(FNR, "statement " name " is empty")
            ended = 1
        }
        out = out c_char(c)
        if (quote != "" || (c != " " && c != "\t"))
            kept = length(out)
    }
    if (quote == "" || quote == "*")
        out = substr(out, 1, kept)
    if (out != "" || (quote != "" && quote != "*"))
        body = body "        \"" out (ended ? "" : "\\n") "\"\n"
    if (ended)
        close_statement()
}

BEGIN { count = 0 }

FNR == 1 {
    if (file != "")
        finish_file()
    file = FILENAME
}

quote == "" && /^-- name:/ {
    open_statement($0)
    next
}

{ scan($0) }

END {
    if (failed)
        exit 1
    finish_file()
    if (failed)
        exit 1
    print "/* Made from sql/ by tools/statements.awk. */"
    if (want == "header")
        print_header()
    else
        print_source()
}

function print_header(    i) {
    print "#ifndef DATEBOOK_STATEMENTS_H"
    print "#define DATEBOOK_STATEMENTS_H\n"
    print "enum statement_id {"
    for (i = 0; i < count; i++)
        printf "    STATEMENT_%s,\n", toupper(names[i])
    print "    STATEMENT_COUNT\n};\n"
    print "struct statement_source {"
    print "    const char *name; /* \"label_insert\" */"
    print "    const char *file; /* \"sql/label.sql\" */"
    print "    const char *sql;"
    print "};\n"
    print "/* By statement_id; one empty entry follows the last. */"
    print "extern const struct statement_source" \
          " statement_sources[STATEMENT_COUNT + 1];\n"
    print "#endif"
}

function print_source(    i) {
    print "#include \"statements.h\"\n"
    print "#include <stddef.h>\n"
    print "const struct statement_source" \
          " statement_sources[STATEMENT_COUNT + 1] = {"
    for (i = 0; i < count; i++)
        printf "    {\"%s\", \"%s\",\n%s    },\n", names[i], files[i], bodies[i]
    print "    {NULL, NULL, NULL},"
    print "};"
}
