/* Help texts, all made from the table of commands. */
#include "cli.h"

#include "parse.h"

#include <string.h>

static void pad(struct buf *out, size_t from, int width)
{
    int used = text_width(buf_string(out) + from);

    do
        buf_char(out, ' ');
    while (++used < width);
}

/* Columns of the first bytes of a text. */
static int width_of(const char *text, size_t bytes)
{
    int width = 0;

    for (size_t i = 0; i < bytes; i++)
        width += ((unsigned char)text[i] & 0xC0) != 0x80;
    return width;
}

/* A text in lines of at most 79 columns, of which `used` are taken already;
 * further lines are indented.  An end of line before a blank or an empty line
 * stays; any other is a blank. */
static void wrap(struct buf *out, const char *text, int used, int indent)
{
    const char *gap = "";

    while (*text) {
        size_t length = strcspn(text, " \n");
        int width = width_of(text, length);
        if (*gap && used + 1 + width > 79) {
            buf_format(out, "\n%*s", indent, "");
            used = indent;
            gap = "";
        }
        buf_text(out, gap);
        buf_add(out, text, length);
        used += (int)strlen(gap) + width;
        text += length;
        gap = *text ? " " : "";
        if (*text == '\n' && strchr(" \n", text[1])) {
            length = strspn(text, "\n");
            buf_add(out, text, length);
            text += length;
            length = strspn(text, " ");
            buf_add(out, text, length);
            used = (int)length;
            gap = "";
            text += length;
        } else {
            text += *text != '\0';
        }
    }
    buf_char(out, '\n');
}

/* All commands, or those of a group. */
static void list_commands(struct buf *out, const char *group)
{
    size_t length = group ? strlen(group) : 0;

    for (size_t i = 0; commands[i]; i++) {
        const char *name = commands[i]->name;
        size_t from = out->length;
        if (group && (strncmp(name, group, length) != 0 || name[length] != ' '))
            continue;
        buf_format(out, "  %s", name);
        pad(out, from, 21);
        buf_format(out, "%s\n", commands[i]->summary);
    }
}

void help_group(struct buf *out, const char *group)
{
    buf_format(out, "usage: datebook %s COMMAND [OPTIONS] [ARGUMENTS]\n\n",
               group);
    list_commands(out, group);
    buf_format(out, "\n`datebook %s COMMAND --help` explains one of them.\n",
               group);
}

void help_overview(struct buf *out)
{
    buf_text(out, "datebook keeps a synthetic, labelled meeting dataset in one "
                  "SQLite file in\nwhich every change is a version.\n\n"
                  "usage: datebook [GLOBAL] COMMAND [OPTIONS] [ARGUMENTS]\n\n");
    list_commands(out, NULL);
    buf_text(out,
             "\nThe way through: init, generate, relabel after a rule edit, "
             "diff, export.\n`datebook COMMAND --help` explains one of them. "
             "A version is written 7, v7, a\ntag, HEAD, or HEAD~2.\n");
}

static void list_option(struct buf *out, const struct command_option *option)
{
    size_t start = out->length;

    if (!option->help)
        return;
    if (!*option->name) {
        buf_format(out, "\n%s:\n", option->help);
        return;
    }
    if (option->letter)
        buf_format(out, "  -%c, --%s", option->letter, option->name);
    else
        buf_format(out, "  --%s", option->name);
    if (option->value)
        buf_format(out, " %s", option->value);
    pad(out, start, 28);
    wrap(out, option->help, text_width(buf_string(out) + start), 28);
}

static void list_options(struct buf *out, const struct command *command)
{
    if (command->options[0].name)
        buf_text(out, "\nOptions:\n");
    for (int i = 0; i < COMMAND_OPTIONS && command->options[i].name; i++)
        list_option(out, &command->options[i]);
    buf_text(out, "\nGlobal options:\n");
    for (int i = 0; i < GLOBAL_OPTIONS; i++)
        if (command->json || strcmp(global_options[i].name, "json") != 0)
            list_option(out, &global_options[i]);
}

void help_command(struct buf *out, const struct command *command)
{
    buf_format(out, "datebook %s: %s\n\nusage: datebook %s%s%s%s\n",
               command->name, command->summary, command->name,
               command->options[0].name ? " [OPTIONS]" : "",
               *command->arguments ? " " : "", command->arguments);
    if (command->details) {
        buf_char(out, '\n');
        wrap(out, command->details, 0, 0);
    }
    list_options(out, command);
    if (command->json) {
        buf_text(out, "\nWith --json: ");
        wrap(out, command->json, 13, 0);
    }
    buf_text(out, "\nExamples:\n");
    for (int i = 0; i < COMMAND_EXAMPLES && command->examples[i].command; i++)
        buf_format(out, "  datebook %s\n      %s\n",
                   command->examples[i].command, command->examples[i].what);
}
