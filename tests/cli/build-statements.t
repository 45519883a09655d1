# The generator behind sql/*.sql: comments go, strings stay.

$ statements() { awk -v want="$1" -f "$SOURCE/tools/statements.awk" /dev/null *.sql; }
$ cat >label.sql <<'END'
> -- Statements about labels; it's a remark.
>
> -- name: label_insert
> -- Adds a label.
> INSERT INTO label (a, b) -- "why"
> VALUES (:a, 'it''s; -- no comment \ "x" ??( /* */')   ;   -- done
>
> -- name: label_two
> SELECT "odd "" name;", 'first
>   second  ' /* a
> comment ; here */ FROM t
>
>   WHERE x = ?;
> END
$ statements header | grep STATEMENT_
    STATEMENT_LABEL_INSERT,
    STATEMENT_LABEL_TWO,
    STATEMENT_COUNT
extern const struct statement_source statement_sources[STATEMENT_COUNT + 1];
$ statements source | sed -n '/^const/,$p'
const struct statement_source statement_sources[STATEMENT_COUNT + 1] = {
    {"label_insert", "label.sql",
        "INSERT INTO label (a, b)\n"
        "VALUES (:a, 'it''s; -- no comment \\ \"x\" \?\?( /* */')   ;"
    },
    {"label_two", "label.sql",
        "SELECT \"odd \"\" name;\", 'first\n"
        "  second  '\n"
        " FROM t\n"
        "  WHERE x = \?;"
    },
    {NULL, NULL, NULL},
};

# What is wrong stops the build with file and line.

$ wrong() { cat >wrong.sql; statements source >/dev/null; }
$ wrong <<'END'
> -- name: label_insert
> SELECT 1;
> END
! wrong.sql:1: statement label_insert was already defined in label.sql:3
? 1
$ wrong <<'END'
>
> SELECT 1;
> END
! wrong.sql:2: text outside a named statement
? 1
$ wrong <<'END'
> -- name: a
> SELECT 1
>
> -- name: b
> SELECT 2;
> END
! wrong.sql:1: statement a has no ;
? 1
$ wrong <<'END'
> -- name: a
> SELECT 1
> END
! wrong.sql:1: statement a has no ;
? 1
$ wrong <<'END'
> -- name: a
> SELECT 1; SELECT 2;
> END
! wrong.sql:2: text outside a named statement
? 1
$ wrong <<'END'
> -- name: a
> SELECT
> 'text;
> END
! wrong.sql:3: text without closing '
? 1
$ wrong <<'END'
> -- name: a
> SELECT 1; /* text
> END
! wrong.sql:2: comment without */
? 1
$ wrong <<'END'
> -- name: a
> ;
> END
! wrong.sql:2: statement a is empty
? 1
$ wrong <<'END'
> -- name: Two words
> SELECT 1;
> END
! wrong.sql:1: a name is made of a-z, 0-9 and _, not "Two words"
? 1

# No files make an empty table.

$ rm *.sql; awk -v want=source -f "$SOURCE/tools/statements.awk" /dev/null | tail -n 3
const struct statement_source statement_sources[STATEMENT_COUNT + 1] = {
    {NULL, NULL, NULL},
};
