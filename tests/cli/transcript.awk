# Reads a transcript (see README.md) in one of two ways:
#
#   mode=cut     writes each command to WORK/command.N and prints their number
#   mode=render  prints the transcript with what came out (WORK/out.N, err.N,
#                code.N) in place of what was expected
#
# So a transcript is right when rendering it gives the same file.  With
# markdown=1 only what stands in ```console blocks is read, the rest is copied.

BEGIN {
    dots = "…"
    commands = 0
    pending = 0
    inside = !markdown
}

# Lines outside of the blocks of a page

markdown && !inside {
    if (/^```console[ \t]*$/)
        inside = 1
    copy($0)
    next
}

markdown && /^```[ \t]*$/ {
    inside = 0
    flush()
    copy($0)
    current = 0
    next
}

# Lines of a transcript

/^\$ / {
    flush()
    copy($0)
    current = ++commands
    in_command = 1
    command_line(substr($0, 3))
    next
}

in_command && /^>( |$)/ {
    copy($0)
    command_line(substr($0, 3))
    next
}

/^#/ {
    flush()
    copy($0)
    current = 0
    next
}

{
    in_command = 0
    lines[++pending] = $0
}

END {
    flush()
    if (mode == "cut")
        print commands
}

function copy(text) {
    if (mode == "render")
        print text
}

function command_line(text) {
    if (mode == "cut")
        print text > (work "/command." commands)
}

# Prints what came out of the command before, and the layout after it.
function flush(    i, layout) {
    in_command = 0
    for (layout = 0; pending > 0 && lines[pending] == ""; layout++)
        pending--
    if (mode == "render") {
        if (current)
            render()
        else
            for (i = 1; i <= pending; i++)
                print lines[i]
        for (i = 0; i < layout; i++)
            print ""
    }
    pending = 0
}

function render(    i, outs, errs, code) {
    outs = errs = 0
    for (i = 1; i <= pending; i++)
        if (lines[i] ~ /^!( |$)/)
            expected_err[++errs] = lines[i]
        else if (lines[i] !~ /^\? /)
            expected_out[++outs] = lines[i]
    if ((getline code < (work "/code." current)) <= 0)
        code = "not run"
    close(work "/code." current)
    stream(work "/out." current, expected_out, outs, "")
    stream(work "/err." current, expected_err, errs, "!")
    if (code != "0")
        print "? " code
}

# One stream: keeps an expected line that fits, with its wildcards.
function stream(path, expected, count, mark,    n, text, i, j, cut) {
    n = 0
    while ((getline text < path) > 0)
        actual[++n] = text
    close(path)
    cut = n > 0 && system("test -n \"$(tail -c 1 '" path "')\"") == 0
    i = 1
    for (j = 1; j <= n; j++) {
        if (i <= count && expected[i] == spell(dots, mark, 1)) {
            print expected[i++]
            if (i > count)
                return
            while (j <= n && !fits(expected[i], actual[j], mark))
                j++
            if (j > n)
                return
        }
        if (i <= count && fits(expected[i], actual[j], mark))
            print expected[i]
        else
            print spell(actual[j], mark, 0, j == n)
        i++
    }
    if (i == count && expected[i] == spell(dots, mark, 1))
        print expected[i]
    if (cut)
        print (mark == "" ? "\\ (no newline)" : mark " \\ (no newline)")
}

# A line of output as it stands in a transcript.
function spell(text, mark, wildcard, last) {
    if (mark != "")
        return text == "" ? mark : mark " " text
    if (text == dots && !wildcard)
        return "\\" text
    if (!markdown && text ~ /^[$!?>#\\]/ || text == "" && last)
        return "\\" text
    return text
}

function fits(pattern, text, mark) {
    if (pattern == spell(text, mark, 0, 0) || pattern == spell(text, mark, 0, 1))
        return 1
    if (pattern !~ / \(glob\)$/)
        return 0
    pattern = substr(pattern, 1, length(pattern) - 7)
    return glob(pattern, spell(text, mark, 0, 0))
}

# `…` in the pattern stands for any text.
function glob(pattern, text,    n, i, at, parts) {
    n = split(pattern, parts, dots)
    if (n < 2)
        return pattern == text
    if (substr(text, 1, length(parts[1])) != parts[1])
        return 0
    text = substr(text, length(parts[1]) + 1)
    for (i = 2; i < n; i++) {
        if (parts[i] == "")
            continue
        at = index(text, parts[i])
        if (!at)
            return 0
        text = substr(text, at + length(parts[i]))
    }
    return length(text) >= length(parts[n]) && \
        substr(text, length(text) - length(parts[n]) + 1) == parts[n]
}
