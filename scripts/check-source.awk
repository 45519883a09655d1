# The rules of scripts/check-source.  `headers` says for each public header
# which folder of src/ it belongs to: "arena=base rules=rules …".

function report(line, text) {
    printf "%s:%d: %s\n", FILENAME, line, text
    found = 1
}

function words(list, set,    n, i, names) {
    n = split(list, names, " ")
    for (i = 1; i <= n; i++)
        set[names[i]] = 1
}

BEGIN {
    max_file = 600
    max_function = 70
    # A folder may use its own level and those below.
    level["base"] = 0
    level["store"] = 1
    level["graph"] = level["persona"] = level["rules"] = 2
    level["calendar"] = level["llm"] = 2
    level["dataset"] = level["quality"] = level["web"] = level["split"] = level["review"] = 3
    level["export"] = 4
    level["cmd"] = 5
    words("graph persona rules calendar", pure)
    n = split(headers, pairs, " ")
    for (i = 1; i <= n; i++) {
        split(pairs[i], pair, "=")
        owner[pair[1]] = pair[2]
    }
    words("strcpy strcat sprintf vsprintf gets strtok atoi atol atoll atof" \
          " rand srand random drand48 setjmp longjmp alloca mktemp tmpnam", banned)
    words("exit _exit abort system popen printf vprintf puts putchar perror", \
          banned_in_library)
    words("time gettimeofday clock_gettime clock localtime localtime_r" \
          " gmtime gmtime_r setlocale", banned_above_base)
}

FNR == 1 {
    finish_file()
    file = FILENAME
    is_c = file ~ /\.[ch]$/
    is_source = file ~ /\.(c|h|awk|sh|sql)$/ || file ~ /^scripts\//
    in_comment = 0
    function_start = 0
    folder = ""
    if (file ~ /^src\/[a-z]+\//) {
        folder = file
        sub(/^src\//, "", folder)
        sub(/\/.*$/, "", folder)
    } else if (file ~ /^include\/datebook\//) {
        folder = file
        sub(/^include\/datebook\//, "", folder)
        sub(/\.h$/, "", folder)
        folder = owner[folder]
    }
    is_library = file ~ /^(src|include)\// && file != "src/main.c" && \
                 folder != "cmd"
    if (is_c && !/^\/\*/)
        report(1, "the file opens without a comment on its purpose")
}

{ lines = FNR }

/[ \t\r]$/ { report(FNR, "white space at the end of the line") }

/\t/ && file !~ /(^|\/)Makefile$|\.t$/ { report(FNR, "a tab") }

/\/[h]ome\/|\/[w]ork\/|\/[t]mp\/wt/ { report(FNR, "a path of one machine") }

is_c { check_c(code_of($0)) }

END {
    finish_file()
    exit found
}

function finish_file() {
    if (file == "" || !is_source || lines <= max_file)
        return
    printf "%s:%d: more than %d lines\n", file, lines, max_file
    found = 1
}

# The line without comments, and with empty string literals.
function code_of(text,    out, i, two) {
    if (text ~ /^[ \t]*#[ \t]*include/)
        return text
    gsub(/\\./, "", text)
    out = ""
    while (text != "") {
        if (in_comment) {
            i = index(text, "*/")
            if (!i)
                return out
            text = substr(text, i + 2)
            in_comment = 0
            continue
        }
        if (!match(text, /\/\*|\/\/|"[^"]*"|'[^']*'/))
            return out text
        out = out substr(text, 1, RSTART - 1)
        two = substr(text, RSTART, 2)
        if (two == "//")
            return out
        if (two == "/*") {
            in_comment = 1
            text = substr(text, RSTART + 2)
        } else {
            out = out "\"\""
            text = substr(text, RSTART + RLENGTH)
        }
    }
    return out
}

function check_c(code) {
    if (code ~ /^[ \t]*#[ \t]*include/)
        check_include(code)
    else
        check_calls(code)
    check_function(code)
}

# The length of functions, in the form that clang-format gives them.
function check_function(code) {
    if (code == "{")
        function_start = FNR
    else if (code == "}" && function_start) {
        if (FNR - function_start + 1 > max_function)
            report(function_start, "a function of more than " max_function \
                                   " lines")
        function_start = 0
    }
}

function check_include(code,    name) {
    name = code
    sub(/^[^"<]*["<]/, "", name)
    sub(/[">].*$/, "", name)
    if (file !~ /^(src|include)\//)
        return
    if (name ~ /^\.\.\//)
        report(FNR, "an include of another folder: " name)
    if (name == "sqlite3.h" && folder != "store")
        report(FNR, "sqlite3.h outside of src/store")
    if (name ~ /^(statements|migrations)\.h$/ && folder != "store")
        report(FNR, name " outside of src/store")
    if (name ~ /^src\// && index(name, "src/" folder "/") != 1)
        report(FNR, "a private header of another folder: " name)
    if (name ~ /^datebook\// && folder != "")
        check_arrow(name)
}

function check_arrow(name,    target) {
    target = name
    sub(/^datebook\//, "", target)
    sub(/\.h$/, "", target)
    target = owner[target]
    if (target == "" || target == folder)
        return
    if (level[target] > level[folder])
        report(FNR, folder " stands below " target " and does not include " name)
    else if (target == "store" && folder in pure)
        report(FNR, folder " knows nothing of the store")
}

function check_calls(code,    name, before) {
    if (file ~ /^(src|include|examples)\// && folder != "store" && \
        code ~ /(^|[^A-Za-z0-9_])sqlite3_/)
        report(FNR, "sqlite3_ outside of src/store")
    while (match(code, /[A-Za-z_][A-Za-z0-9_]*[ ]*\(/)) {
        before = RSTART > 1 ? substr(code, RSTART - 1, 1) : ""
        name = substr(code, RSTART, RLENGTH - 1)
        code = substr(code, RSTART + RLENGTH)
        sub(/ +$/, "", name)
        if (before == "." || before == ">")
            continue
        if (name in banned)
            report(FNR, name "() is not used here")
        else if (is_library && name in banned_in_library)
            report(FNR, "library code does not call " name "()")
        else if (is_library && folder != "base" && name in banned_above_base)
            report(FNR, "only src/base calls " name "()")
    }
}
