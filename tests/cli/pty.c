/* Runs a program on a terminal, types, and prints the screens.
 *
 *   pty COLUMNSxROWS COMMAND [ARGUMENT...] < SCRIPT
 *
 * A line of the script is a step; an empty one and "# text" are none:
 *
 *   expect TEXT    wait until a whole screen has the text
 *   type KEYS      one key after the other, each once the screen was drawn anew
 *                  after the one before; \n is Enter, \e Escape, \b Backspace,
 *                  \xHH a byte; what follows \e[ or \eO up to a letter or "~"
 *                  goes with it
 *   send BYTES     all at once, and no waiting
 *   show           print the screen
 *   styles         print the texts that are not plain, with their renditions
 *   modes          print how the terminal is set
 *   resize CxR     another size; wait until the screen was drawn anew
 *   run COMMAND    a command of the shell, beside the program
 *   signal NAME    INT, TERM, HUP, QUIT, TSTP, CONT, STOP or KILL
 *   stopped        wait until the program is stopped
 *   drawn          wait until the screen was drawn anew
 *   hangup         take the terminal away
 *   end            wait until the program ends; print what is left on the
 * screen
 *
 * The end of the script is an "end", unless there was one.  "Drawn anew" is the
 * sequence that ends a screen, ESC [ J, or the end of the program.  Nothing
 * waits for a time: what does not come within 30 seconds is an error.
 *
 * The program is no leader of a session, so that it can be stopped.  It shares
 * no code with the program that it tests: sequences that it does not know are
 * printed as <ESC...>. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

enum { ROWS = 100, COLUMNS = 300, LINE = 4096, PATIENCE = 30000 };

struct cell {
    wchar_t characters[3]; /* a letter and its marks */
    char rendition[12];    /* "1;4" */
};

struct screen {
    int columns;
    int rows;
    int column;
    int row;
    struct cell cells[ROWS][COLUMNS];
    char rendition[12];
    char pending[LINE]; /* bytes of a sequence or character that is not whole */
    size_t pending_length;
    long drawn;   /* how often it was drawn */
    bool drawing; /* a part of it came, and not yet its end */
};

/* What the parent of the program tells. */
struct report {
    int status;
    struct termios modes; /* in which the program left the terminal */
};

struct session {
    int master;
    int reports; /* statuses of the program, from its parent */
    pid_t program;
    bool stopped;
    bool ended;
    struct report report;
    bool hung_up;
    bool told; /* how it ended */
    struct screen screen;
};

static void fail(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));
static void show(const struct screen *screen);
static struct session session;

static void fail(const char *format, ...)
{
    va_list args;

    printf("pty: ");
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
    show(&session.screen);
    fflush(stdout);
    if (session.program && !session.ended)
        kill(session.program, SIGKILL);
    exit(1);
}

/* ---- The screen ---- */

static void clear_cells(struct screen *screen, int row, int from)
{
    for (int i = from; i < COLUMNS; i++)
        screen->cells[row][i] = (struct cell){{0}, ""};
}

static void new_line(struct screen *screen)
{
    if (screen->row + 1 < screen->rows) {
        screen->row++;
        return;
    }
    memmove(screen->cells[0], screen->cells[1],
            (ROWS - 1) * sizeof screen->cells[0]);
    clear_cells(screen, screen->row, 0);
}

static void put_wide(struct screen *screen, wchar_t c)
{
    int width = wcwidth(c);
    struct cell *cell;

    if (width < 0)
        width = 1;
    if (!width && screen->column) {
        cell = &screen->cells[screen->row][screen->column - 1];
        cell->characters[cell->characters[1] ? 2 : 1] = c;
        return;
    }
    if (screen->column + width > screen->columns) {
        screen->column = 0;
        new_line(screen);
    }
    cell = &screen->cells[screen->row][screen->column];
    *cell = (struct cell){{c, 0, 0}, ""};
    memcpy(cell->rendition, screen->rendition, sizeof cell->rendition);
    if (width == 2)
        cell[1] = (struct cell){{L'\0', 0, 0}, "wide"};
    screen->column += width;
}

static void put_plain(struct screen *screen, const char *text)
{
    for (; *text; text++)
        put_wide(screen, (wchar_t)(unsigned char)*text);
}

/* ESC [ parameters final */
static void obey(struct screen *screen, const char *sequence, size_t length)
{
    char final = sequence[length - 1];

    if (length == 3 && final == 'H') {
        screen->row = screen->column = 0;
        screen->drawing = true;
    } else if (length == 3 && final == 'K') {
        clear_cells(screen, screen->row, screen->column);
    } else if (length == 3 && final == 'J') {
        clear_cells(screen, screen->row, screen->column);
        for (int i = screen->row + 1; i < ROWS; i++)
            clear_cells(screen, i, 0);
        screen->drawn++;
        screen->drawing = false;
    } else if (final == 'm' && length - 3 < sizeof screen->rendition) {
        memcpy(screen->rendition, sequence + 2, length - 3);
        screen->rendition[length - 3] = '\0';
        if (!strcmp(screen->rendition, "0"))
            screen->rendition[0] = '\0';
    } else {
        put_plain(screen, "<ESC");
        for (size_t i = 1; i < length; i++)
            put_wide(screen, (wchar_t)(unsigned char)sequence[i]);
        put_plain(screen, ">");
    }
}

static bool is_final(char c)
{
    return c >= 0x40 && c < 0x7F;
}

/* Whether the pending bytes were whole, and are done with. */
static bool take_pending(struct screen *screen)
{
    const char *bytes = screen->pending;
    size_t length = screen->pending_length;
    mbstate_t state = {0};
    wchar_t c;
    size_t got;

    if (bytes[0] == '\033') {
        if (length == 1 ||
            (bytes[1] == '[' && (length == 2 || !is_final(bytes[length - 1]))))
            return false;
        obey(screen, bytes, length);
        return true;
    }
    got = mbrtowc(&c, bytes, length, &state);
    if (got == (size_t)-2)
        return false;
    if (bytes[0] == '\n')
        new_line(screen);
    else if (bytes[0] == '\r')
        screen->column = 0;
    else if (got == (size_t)-1 || (unsigned char)bytes[0] < 0x20 ||
             bytes[0] == 0x7F || (c >= 0x80 && c < 0xA0))
        put_plain(screen, "<control>");
    else
        put_wide(screen, c);
    return true;
}

static void put_bytes(struct screen *screen, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (screen->pending_length == LINE)
            fail("a sequence without end");
        screen->pending[screen->pending_length++] = bytes[i];
        if (take_pending(screen))
            screen->pending_length = 0;
    }
}

/* A row without the blanks at its end. */
static const char *row_text(const struct screen *screen, int row, int from,
                            int to)
{
    static char text[COLUMNS * 3 * 4 + 1];
    size_t length = 0;
    size_t last = 0;

    for (int i = from; i < to; i++) {
        const struct cell *cell = &screen->cells[row][i];
        if (!strcmp(cell->rendition, "wide"))
            continue;
        if (!cell->characters[0])
            text[length++] = ' ';
        for (int k = 0; k < 3 && cell->characters[k]; k++)
            length += (size_t)wctomb(text + length, cell->characters[k]);
        if (cell->characters[0] && cell->characters[0] != L' ')
            last = length;
    }
    text[last] = '\0';
    return text;
}

static void show(const struct screen *screen)
{
    int last = screen->rows - 1;

    while (last >= 0 && !*row_text(screen, last, 0, screen->columns))
        last--;
    printf("--- %dx%d\n", screen->columns, screen->rows);
    for (int i = 0; i <= last; i++)
        printf("%s\n", row_text(screen, i, 0, screen->columns));
    printf("---\n");
}

static void show_styles(const struct screen *screen)
{
    for (int row = 0; row < screen->rows; row++)
        for (int i = 0; i < screen->columns;) {
            const char *rendition = screen->cells[row][i].rendition;
            int end = i + 1;
            while (end < screen->columns &&
                   (!strcmp(screen->cells[row][end].rendition, rendition) ||
                    !strcmp(screen->cells[row][end].rendition, "wide")))
                end++;
            if (*rendition)
                printf("%s: %s\n", rendition, row_text(screen, row, i, end));
            i = end;
        }
}

static bool has_text(const struct screen *screen, const char *text)
{
    for (int row = 0; row < screen->rows; row++)
        if (strstr(row_text(screen, row, 0, screen->columns), text))
            return true;
    return false;
}

/* ---- The program ---- */

/* The parent of the program: tells what becomes of it. */
static void watch(const char *terminal, char **command, int reports)
{
    struct report report = {0};
    int tty;
    pid_t child;

    setsid();
    tty = open(terminal, O_RDWR);
    child = fork();
    if (!child) {
        setpgid(0, 0);
        signal(SIGTTOU, SIG_IGN);
        tcsetpgrp(tty, getpid());
        signal(SIGTTOU, SIG_DFL);
        dup2(tty, 0);
        dup2(tty, 1);
        dup2(tty, 2);
        close(tty);
        execvp(command[0], command);
        _exit(127);
    }
    /* Losing the terminal is the program's business. */
    signal(SIGHUP, SIG_IGN);
    if (write(reports, &child, sizeof child) < 0)
        _exit(1);
    while (waitpid(child, &report.status, WUNTRACED) == child) {
        tcgetattr(tty, &report.modes);
        if (write(reports, &report, sizeof report) < 0)
            _exit(1);
        if (!WIFSTOPPED(report.status))
            break;
    }
    _exit(0);
}

static void set_size(const char *text)
{
    struct winsize size = {0};
    struct screen *screen = &session.screen;

    if (sscanf(text, "%dx%d", &screen->columns, &screen->rows) != 2 ||
        screen->columns < 1 || screen->columns > COLUMNS || screen->rows < 1 ||
        screen->rows > ROWS)
        fail("no size: %s", text);
    size.ws_col = (unsigned short)screen->columns;
    size.ws_row = (unsigned short)screen->rows;
    ioctl(session.master, TIOCSWINSZ, &size);
}

static void start(const char *size, char **command)
{
    int reports[2];

    session.master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (session.master < 0 || grantpt(session.master) ||
        unlockpt(session.master) || pipe2(reports, O_CLOEXEC))
        fail("no terminal: %s", strerror(errno));
    set_size(size);
    setenv("TERM", "xterm", 0);
    if (!fork()) {
        const char *terminal = ptsname(session.master);
        close(reports[0]);
        close(session.master);
        watch(terminal, command, reports[1]);
    }
    close(reports[1]);
    session.reports = reports[0];
    if (read(session.reports, &session.program, sizeof session.program) !=
        sizeof session.program)
        fail("the program did not start");
}

/* Waits for something of the program. */
static void wait_more(const char *what)
{
    struct pollfd wait[2] = {
        {.fd = session.master, .events = POLLIN},
        {.fd = session.ended ? -1 : session.reports, .events = POLLIN}};
    char bytes[4096];
    ssize_t got;

    if (poll(wait, 2, PATIENCE) == 0)
        fail("waited in vain for: %s", what);
    /* First all that it wrote, then that it ended. */
    if (session.master >= 0 && wait[0].revents) {
        got = read(session.master, bytes, sizeof bytes);
        if (got > 0) {
            put_bytes(&session.screen, bytes, (size_t)got);
            return;
        }
        close(session.master);
        session.master = -1;
        return;
    }
    if (!wait[1].revents)
        return;
    if (read(session.reports, &session.report, sizeof session.report) !=
        sizeof session.report)
        fail("the program got lost");
    session.stopped = WIFSTOPPED(session.report.status);
    session.ended = !session.stopped;
}

static void wait_drawn(long before, const char *what)
{
    while (session.screen.drawn <= before && !session.ended)
        wait_more(what);
}

static const char *modes_text(const struct termios *modes)
{
    bool lines = modes->c_lflag & ICANON;

    return modes->c_lflag & ECHO ? (lines ? "lines, echo" : "keys, echo")
                                 : (lines ? "lines, no echo" : "keys, no echo");
}

static void end(void)
{
    while (!session.ended || session.master >= 0)
        wait_more("the end");
    if (session.told)
        return;
    session.told = true;
    show(&session.screen);
    if (WIFSIGNALED(session.report.status))
        printf("killed by signal %d", WTERMSIG(session.report.status));
    else
        printf("exit %d", WEXITSTATUS(session.report.status));
    if (session.hung_up || ((session.report.modes.c_lflag & ICANON) &&
                            (session.report.modes.c_lflag & ECHO)))
        printf("\n");
    else
        printf(", and the terminal is left with %s\n",
               modes_text(&session.report.modes));
}

/* ---- Steps ---- */

/* Replaces \n, \e, \b and \xHH by their bytes. */
static void unescape(char *text)
{
    char *to = text;

    for (; *text; text++) {
        unsigned byte = 0;
        if (*text != '\\') {
            *to++ = *text;
            continue;
        }
        text++;
        if (*text == 'x' && sscanf(text + 1, "%2x", &byte) == 1) {
            *to++ = (char)byte;
            text += 2;
        } else {
            *to++ = *text == 'n'   ? '\r'
                    : *text == 'e' ? '\033'
                    : *text == 'b' ? '\177'
                                   : *text;
        }
    }
    *to = '\0';
}

/* The bytes of the key at the start of a text. */
static size_t key_size(const char *text)
{
    size_t size = 1;

    if (text[0] == '\033' && (text[1] == '[' || text[1] == 'O')) {
        size = 2;
        while (text[size] && !is_final(text[size]))
            size++;
        return size + (text[size] != '\0');
    }
    while (((unsigned char)text[size] & 0xC0) == 0x80)
        size++;
    return size;
}

static void send_bytes(const char *bytes, size_t length)
{
    if (write(session.master, bytes, length) != (ssize_t)length)
        fail("cannot type: %s", strerror(errno));
}

static void type(char *keys)
{
    unescape(keys);
    wait_drawn(0, "a first screen");
    for (size_t size; *keys; keys += size) {
        long before = session.screen.drawn;
        size = key_size(keys);
        if (session.ended)
            fail("the program ended before: %s", keys);
        send_bytes(keys, size);
        wait_drawn(before, "a screen after a key");
    }
}

static void send_signal(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"INT", SIGINT},   {"TERM", SIGTERM}, {"HUP", SIGHUP},
                   {"QUIT", SIGQUIT}, {"TSTP", SIGTSTP}, {"CONT", SIGCONT},
                   {"STOP", SIGSTOP}, {"KILL", SIGKILL}};

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (!strcmp(name, signals[i].name)) {
            session.stopped = session.stopped && signals[i].number != SIGCONT;
            kill(session.program, signals[i].number);
            return;
        }
    fail("no signal: %s", name);
}

static void show_modes(void)
{
    struct termios modes;

    if (tcgetattr(session.master, &modes))
        fail("no modes: %s", strerror(errno));
    printf("%s\n", modes_text(&modes));
}

static void run_command(const char *command)
{
    fflush(stdout);
    if (system(command) < 0)
        fail("cannot run: %s", command);
}

static void step(char *line)
{
    char *rest = line + strcspn(line, " ");
    long drawn = session.screen.drawn;

    if (*rest)
        *rest++ = '\0';
    if (!strcmp(line, "expect")) {
        while (session.screen.drawing || !has_text(&session.screen, rest)) {
            if (session.ended && session.master < 0)
                fail("the program ended without: %s", rest);
            wait_more(rest);
        }
    } else if (!strcmp(line, "type")) {
        type(rest);
    } else if (!strcmp(line, "send")) {
        unescape(rest);
        send_bytes(rest, strlen(rest));
    } else if (!strcmp(line, "show")) {
        show(&session.screen);
    } else if (!strcmp(line, "styles")) {
        show_styles(&session.screen);
    } else if (!strcmp(line, "modes")) {
        show_modes();
    } else if (!strcmp(line, "resize")) {
        set_size(rest);
        wait_drawn(drawn, "a screen of the new size");
    } else if (!strcmp(line, "run")) {
        run_command(rest);
    } else if (!strcmp(line, "signal")) {
        send_signal(rest);
    } else if (!strcmp(line, "drawn")) {
        wait_drawn(drawn, "a screen");
    } else if (!strcmp(line, "stopped")) {
        while (!session.stopped && !session.ended)
            wait_more("a stop");
    } else if (!strcmp(line, "hangup")) {
        close(session.master);
        session.master = -1;
        session.hung_up = true;
    } else if (!strcmp(line, "end")) {
        end();
    } else if (*line && *line != '#') {
        fail("no step: %s", line);
    }
}

int main(int argc, char **argv)
{
    static char line[LINE];

    setlocale(LC_CTYPE, "");
    if (argc < 3) {
        fputs("usage: pty COLUMNSxROWS COMMAND [ARGUMENT...] < SCRIPT\n",
              stderr);
        return 2;
    }
    start(argv[1], argv + 2);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        step(line);
    }
    end();
    return 0;
}
