/* From the bytes of a terminal to keys. */
#include "src/cmd/terminal.h"

#include <check.h>

static void expect(const char *bytes, bool all, size_t taken,
                   enum key_kind kind, const char *text)
{
    struct key key;
    size_t size = key_decode(bytes, strlen(bytes), all, &key);

    ck_assert_msg(size == taken, "%zu bytes of \"%s\", not %zu", size, bytes,
                  taken);
    if (!size)
        return;
    ck_assert_msg(key.kind == kind, "\"%s\" is %d, not %d", bytes,
                  (int)key.kind, (int)kind);
    ck_assert_str_eq(key.text, text);
}

START_TEST(characters)
{
    expect("a", false, 1, KEY_CHARACTER, "a");
    expect("yn", false, 1, KEY_CHARACTER, "y");
    expect(" ", false, 1, KEY_CHARACTER, " ");
    expect("ü!", false, 2, KEY_CHARACTER, "ü");
    expect("日本", false, 3, KEY_CHARACTER, "日");
    expect("😀", false, 4, KEY_CHARACTER, "😀");
    expect("", true, 0, KEY_OTHER, "");
}
END_TEST

/* What came in two reads is one character; what never comes is none. */
START_TEST(parts_of_characters)
{
    expect("\303", false, 0, KEY_OTHER, "");
    expect("\303", true, 1, KEY_OTHER, "");
    expect("\360\237\230", false, 0, KEY_OTHER, "");
    expect("\360\237\230", true, 1, KEY_OTHER, "");
    expect("\377a", false, 1, KEY_OTHER, "");
    expect("\300\200", false, 1, KEY_OTHER, "");
    expect("\302\233", false, 2, KEY_OTHER, ""); /* CSI of eight bits */
    expect("\302\205", false, 2, KEY_OTHER, "");
}
END_TEST

START_TEST(control_keys)
{
    expect("\r", false, 1, KEY_ENTER, "");
    expect("\n", false, 1, KEY_ENTER, "");
    expect("\177", false, 1, KEY_BACKSPACE, "");
    expect("\b", false, 1, KEY_BACKSPACE, "");
    expect("\025", false, 1, KEY_KILL, "");
    expect("\004", false, 1, KEY_END, "");
    expect("\001", false, 1, KEY_OTHER, "");
    expect("\t", false, 1, KEY_OTHER, "");
}
END_TEST

/* No letter of a sequence is taken for an answer. */
START_TEST(sequences)
{
    expect("\033[A", false, 3, KEY_UP, "");
    expect("\033[Bq", false, 3, KEY_DOWN, "");
    expect("\033OA", false, 3, KEY_UP, "");
    expect("\033[5~", false, 4, KEY_PAGE_UP, "");
    expect("\033[6~a", false, 4, KEY_PAGE_DOWN, "");
    expect("\033[1;5D", false, 6, KEY_OTHER, "");
    expect("\033[15~", false, 5, KEY_OTHER, "");
    expect("\033[99999999999999999999~", false, 23, KEY_OTHER, "");
    expect("\033OP", false, 3, KEY_OTHER, "");
    expect("\033a", false, 2, KEY_OTHER, "");
}
END_TEST

START_TEST(escape_alone)
{
    expect("\033", false, 0, KEY_ESCAPE, "");
    expect("\033", true, 1, KEY_ESCAPE, "");
    expect("\033\033", false, 1, KEY_ESCAPE, "");
    expect("\033[", false, 0, KEY_OTHER, "");
    expect("\033[", true, 2, KEY_OTHER, "");
    expect("\033[12", false, 0, KEY_OTHER, "");
    expect("\033[12", true, 4, KEY_OTHER, "");
    expect("\033O", true, 2, KEY_OTHER, "");
    expect("\033[1\ry", false, 3, KEY_OTHER, "");
}
END_TEST

START_TEST(comparing)
{
    struct key key = {KEY_CHARACTER, "y"};

    ck_assert(key_is(&key, 'y'));
    ck_assert(!key_is(&key, 'n'));
    key = (struct key){KEY_OTHER, "y"};
    ck_assert(!key_is(&key, 'y'));
}
END_TEST

Suite *terminal_keys_suite(void);

Suite *terminal_keys_suite(void)
{
    Suite *suite = suite_create("terminal_keys");
    TCase *tests = tcase_create("terminal_keys");

    tcase_add_test(tests, characters);
    tcase_add_test(tests, parts_of_characters);
    tcase_add_test(tests, control_keys);
    tcase_add_test(tests, sequences);
    tcase_add_test(tests, escape_alone);
    tcase_add_test(tests, comparing);
    suite_add_tcase(suite, tests);
    return suite;
}
