/* Plain letters for addresses: accents go by Unicode's own decomposition, and a
 * few letters that have none by a table. */
#include "datebook/slug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static void plain_letters(const char *name, char joint, char *text, size_t size)
{
    static const struct {
        const char *from;
        const char *to;
    } special[] = {{"ł", "l"}, {"Ł", "l"}, {"ø", "o"}, {"Ø", "o"}, {"ß", "ss"},
                   {"đ", "d"}, {"Đ", "d"}, {"ı", "i"}, {"æ", "ae"}};
    size_t used = 0;

    while (*name && used + 3 < size) {
        size_t i = 0;
        if (isalnum((unsigned char)*name)) {
            text[used++] = (char)tolower((unsigned char)*name++);
            continue;
        }
        if (*name == ' ' && joint && used && text[used - 1] != joint)
            text[used++] = joint;
        while (i < sizeof special / sizeof *special &&
               strncmp(name, special[i].from, strlen(special[i].from)) != 0)
            i++;
        if (i < sizeof special / sizeof *special) {
            for (const char *c = special[i].to; *c; c++)
                text[used++] = *c;
            name += strlen(special[i].from);
        } else {
            name++;
        }
    }
    while (used && text[used - 1] == joint)
        used--;
    text[used] = '\0';
}

void slug_make(const char *name, char joint, char *text, size_t size)
{
    utf8proc_uint8_t *bare = NULL;
    utf8proc_ssize_t length = utf8proc_map(
        (const utf8proc_uint8_t *)name, 0, &bare,
        UTF8PROC_NULLTERM | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);

    plain_letters(length < 0 ? name : (const char *)bare, joint, text, size);
    free(bare);
}
