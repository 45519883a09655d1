# Makes a C table of migrations/NNNN_name.sql, the whole text of each.
#
#   LC_ALL=C awk -f tools/migrations.awk /dev/null migrations/*.sql
#
# The numbers must run 0001, 0002, 0003 … in the order of the files; a gap, a
# doubled number or another kind of name stops the build.

function fail(text) {
    if (!failed)
        printf "%s: %s\n", FILENAME, text > "/dev/stderr"
    failed = 1
    exit 1
}

# One line of text as a line of C; `?` is escaped because of trigraphs.
function c_line(text,    i, c, out) {
    out = ""
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\" || c == "\"" || c == "?")
            c = "\\" c
        else if (c == "\t")
            c = "\\t"
        else if (c == "\r")
            c = "\\r"
        out = out c
    }
    return out
}

BEGIN {
    print "/* Made from migrations/ by tools/migrations.awk. */"
    print "#include \"migrations.h\"\n"
    print "const struct migration migrations[] = {"
    for (i = 1; i < ARGC; i++)
        if (ARGV[i] != "/dev/null")
            check(ARGV[i])
}

function check(path,    base) {
    FILENAME = path
    base = path
    sub(/^.*\//, "", base)
    if (base !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+\.sql$/)
        fail("a migration is named NNNN_name.sql")
    if (substr(base, 1, 4) + 0 != ++expected)
        fail(sprintf("number %04d was expected here", expected))
}

FNR == 1 {
    if (count++)
        print "    },"
    base = FILENAME
    sub(/^.*\//, "", base)
    sub(/\.sql$/, "", base)
    printf "    {%d, \"%s\",\n", substr(base, 1, 4), substr(base, 6)
}

{ printf "        \"%s\\n\"\n", c_line($0) }

END {
    if (failed)
        exit 1
    if (count != expected) {
        print "migrations: a file is empty" > "/dev/stderr"
        exit 1
    }
    if (count)
        print "    },"
    print "    {0, NULL, NULL},"
    print "};\n"
    printf "const size_t migration_count = %d;\n", count
}
