/* A terminal that is asked key by key: keys in, whole screens out.
 *
 * While it is open, keys come one by one and are not shown as they are typed.
 * However the program ends, the terminal is left as it was found; stopping the
 * program (^Z) gives it back as well, until the program goes on. */
#ifndef DATEBOOK_CMD_TERMINAL_H
#define DATEBOOK_CMD_TERMINAL_H

#include "datebook/arena.h"
#include "datebook/buf.h"

/* ---- Keys ---- */

enum key_kind {
    KEY_CHARACTER, /* of `text`, one character that can be shown */
    KEY_ENTER,
    KEY_BACKSPACE,
    KEY_KILL, /* ^U: takes back all that was typed */
    KEY_ESCAPE,
    KEY_UP,
    KEY_DOWN,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_REDRAW, /* no key: the screen has to be drawn again, in its new size */
    KEY_END,    /* nothing more comes: ^D, or the terminal is gone */
    KEY_OTHER   /* a key that means nothing here */
};

struct key {
    enum key_kind kind;
    char text[5]; /* UTF-8 of a character, else "" */
};

/* The key at the start of what was read.  Returns the bytes that it took; 0
 * when they may be the start of a longer one, which cannot be when `all` of
 * what comes is there. */
size_t key_decode(const char *bytes, size_t length, bool all, struct key *key);

/* Whether a key is this character. */
bool key_is(const struct key *key, char character);

/* ---- Text on a screen ---- */

/* Bytes within a text that change how what follows is shown, up to
 * STYLE_PLAIN: they take no column.  No text that went through terminal_text
 * holds them, for it has no control characters. */
#define STYLE_MARK "\001"   /* underlined and bold: the words of a rule */
#define STYLE_STRONG "\002" /* bold */
#define STYLE_FAINT "\003"
#define STYLE_PLAIN "\004"

/* What a text is drawn for. */
struct look {
    int columns;
    int rows;
    bool styled; /* styles are shown; else marks want [brackets] */
};

/* ---- The terminal ---- */

struct terminal;

/* Whether standard input and standard output are a terminal. */
bool terminal_is_there(void);

/* ERROR_USAGE without a terminal.  One at a time.  Close before anything else
 * is printed; NULL is fine. */
struct terminal *terminal_open(struct arena *arena, struct error *err) CHECKED;
void terminal_close(struct terminal *terminal);

/* As of now: the size can change with every key.  Of a terminal that does not
 * know its size 80x24; never less than 20x4. */
struct look terminal_look(const struct terminal *terminal);

/* Clears the screen and shows a text, lines of which end in a newline but for
 * the last; the cursor stays behind it.  Lines should fit the columns. */
bool terminal_show(struct terminal *terminal, const struct buf *text,
                   struct error *err) CHECKED;

/* Clears the screen, for what is printed after it was closed. */
bool terminal_clear(struct terminal *terminal, struct error *err) CHECKED;

/* Waits for a key.  ERROR_INTERRUPTED when a signal asks the program to end. */
bool terminal_key(struct terminal *terminal, struct key *key,
                  struct error *err) CHECKED;

#endif
