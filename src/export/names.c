/* The words of the command line and of the manifest. */
#include "datebook/export.h"

#include <string.h>

static const char *const formats[EXPORT_FORMATS] = {
    "graph", "sft", "dpo", "trl-sft", "trl-dpo", "kto", "csv"};

static const char *const sources[LABEL_SOURCES] = {"oracle", "reviewed"};

static int find(const char *const *names, int count, const char *name)
{
    int at = 0;

    while (at < count && strcmp(names[at], name) != 0)
        at++;
    return at;
}

const char *format_name(enum export_format format)
{
    return formats[format];
}

enum export_format format_named(const char *name)
{
    return (enum export_format)find(formats, EXPORT_FORMATS, name);
}

bool format_has_task(enum export_format format)
{
    return format != FORMAT_GRAPH && format != FORMAT_CSV;
}

const char *label_source_name(enum label_source source)
{
    return sources[source];
}

enum label_source label_source_named(const char *name)
{
    return (enum label_source)find(sources, LABEL_SOURCES, name);
}
