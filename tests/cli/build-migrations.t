# The generator behind migrations/: whole texts, in order of number.

$ migrations() { awk -f "$SOURCE/tools/migrations.awk" /dev/null *.sql; }
$ printf 'CREATE TABLE t (x); -- a "b" \\ ?\n\n\tINSERT INTO t VALUES (1);' >0001_initial.sql
$ echo 'DROP TABLE t;' >0002_drop.sql
$ migrations
/* Made from migrations/ by tools/migrations.awk. */
\#include "migrations.h"

const struct migration migrations[] = {
    {1, "initial",
        "CREATE TABLE t (x); -- a \"b\" \\ \?\n"
        "\n"
        "\tINSERT INTO t VALUES (1);\n"
    },
    {2, "drop",
        "DROP TABLE t;\n"
    },
    {0, NULL, NULL},
};

const size_t migration_count = 2;

# A gap, a doubled number, another name, an empty file stop the build.

$ echo ';' >0004_gap.sql; migrations >/dev/null
! 0004_gap.sql: number 0003 was expected here
? 1
$ rm 0004_gap.sql
$ echo ';' >0002_again.sql; migrations >/dev/null
! 0002_drop.sql: number 0003 was expected here
? 1
$ rm 0002_again.sql
$ echo ';' >3.sql; migrations >/dev/null
! 3.sql: a migration is named NNNN_name.sql
? 1
$ rm 3.sql
$ : >0003_empty.sql; migrations >/dev/null
! migrations: a file is empty
? 1
$ rm 0003_empty.sql
