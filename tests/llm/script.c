/* Reading scripts and picking rules; see script.h. */
#include "tests/llm/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RULES = 256, MOST_WORDS = 40 };

struct script {
    struct rule rules[MOST_RULES];
    size_t count;
};

/* Where a rule is read. */
struct place {
    const char *path;
    int line;
    char *words[MOST_WORDS];
    size_t count;
};

/* ---- What there is ---- */

/* A space before and after each name, so that names can be looked for. */
static const char answers[] =
    " good refusal content_filter filter-input filter-broken length bad-json"
    " nonsense drift twin missing double stranger parts no-usage large slow"
    " stall cut drop redirect html echo-key raw batch ";
static const char options[] =
    " retry-after retry-after-ms retry-after-date should-retry code type"
    " message param unsupported unknown header delay chunked close status empty"
    " only polls end keep order style ";

static bool is_one_of(const char *list, const char *word)
{
    struct text sought = {0};
    text_format(&sought, " %s ", word);
    bool found = strstr(list, sought.bytes) != NULL;
    text_free(&sought);
    return found;
}

static _Noreturn void complain(const struct place *place, const char *what,
                               const char *word)
{
    give_up("%s:%d: %s: %s", place->path, place->line, what, word);
}

/* ---- Words ---- */

/* Cuts the next word out of a line; quotes hold a text with spaces together. */
static char *next_word(char **line)
{
    char *in = *line + strspn(*line, " ");
    if (!*in || *in == '#')
        return NULL;
    char *word = in, *out = in;
    for (bool quoted = false; *in && (quoted || *in != ' '); in++) {
        if (*in == '"')
            quoted = !quoted;
        else if (*in == '\\' && in[1])
            *out++ = *++in;
        else
            *out++ = *in;
    }
    *line = *in ? in + 1 : in;
    *out = '\0';
    return word;
}

static void add_option(struct rule *rule, const struct place *place, char *name,
                       char *value)
{
    if (!is_one_of(options, name))
        complain(place, "no such option", name);
    if (rule->option_count == MOST_OPTIONS)
        complain(place, "too many options", name);
    rule->options[rule->option_count++] =
        (struct option_of_rule){new_string(name), new_string(value)};
}

static void set_what(struct rule *rule, const struct place *place, char *what,
                     char *value)
{
    bool status = strspn(what, "0123456789") == 3 && strlen(what) == 3;
    if (!status && !is_one_of(answers, what))
        complain(place, rule->what ? "no such option" : "no such answer", what);
    if (rule->what)
        complain(place, "a second answer", what);
    rule->what = new_string(status ? "status" : what);
    rule->value = new_string(status ? what : value);
}

static enum resource resource_of(const struct place *place, const char *name)
{
    static const char *const names[] = {"chat", "files", "content", "batches",
                                        "other"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (!strcmp(names[i], name))
            return (enum resource)i;
    complain(place, "no such resource", name);
}

static char *word_after(const struct place *place, size_t *i)
{
    if (*i + 1 >= place->count)
        complain(place, "nothing comes after", place->words[*i]);
    return place->words[++*i];
}

static bool is_times(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    return digits > 0 && !strcmp(word + digits, "x");
}

/* Reads word *i, and the one after it where it wants one. */
static void read_word(struct rule *rule, const struct place *place, size_t *i)
{
    char *word = place->words[*i];
    char *value = strchr(word, '=');
    if (is_times(word)) {
        rule->left = (int)strtol(word, NULL, 10);
    } else if (!strcmp(word, "always")) {
        rule->left = -1;
    } else if (!strcmp(word, "if")) {
        rule->contains = new_string(word_after(place, i));
    } else if (!strcmp(word, "on")) {
        rule->on = resource_of(place, word_after(place, i));
    } else if (!strcmp(word, "unsupported") || !strcmp(word, "unknown")) {
        add_option(rule, place, word, word_after(place, i));
    } else if (value) {
        *value++ = '\0';
        if (is_one_of(options, word))
            add_option(rule, place, word, value);
        else
            set_what(rule, place, word, value);
    } else if (is_one_of(options, word)) {
        add_option(rule, place, word, "");
    } else {
        set_what(rule, place, word, "");
    }
}

/* ---- Rules ---- */

static void read_rule(struct script *script, struct place *place, char *line)
{
    struct rule rule = {.left = 1, .line = new_string(line)};
    place->count = 0;
    for (char *word = next_word(&line); word; word = next_word(&line)) {
        if (place->count == MOST_WORDS)
            complain(place, "too many words", word);
        place->words[place->count++] = word;
    }
    for (size_t i = 0; i < place->count; i++)
        read_word(&rule, place, &i);
    if (!place->count) {
        free(rule.line);
        return;
    }
    if (!rule.what)
        complain(place, "no answer", rule.line);
    if (script->count == MOST_RULES)
        complain(place, "too many rules", rule.line);
    rule.for_batch = !strcmp(rule.what, "batch");
    script->rules[script->count++] = rule;
}

struct script *script_read(const char *path)
{
    struct script *script = new_zero(sizeof(*script));
    if (!path)
        return script;
    struct text text = {0};
    text_read(&text, path);
    struct place place = {.path = path};
    char *line = text.bytes;
    while (line && *line) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        place.line++;
        read_rule(script, &place, line);
        line = end ? end + 1 : NULL;
    }
    text_free(&text);
    return script;
}

void script_free(struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        struct rule *rule = &script->rules[i];
        for (size_t k = 0; k < rule->option_count; k++) {
            free(rule->options[k].name);
            free(rule->options[k].value);
        }
        free(rule->line);
        free(rule->contains);
        free(rule->what);
        free(rule->value);
    }
    free(script);
}

static const struct rule *use(struct rule *rule)
{
    if (rule->left > 0)
        rule->left--;
    return rule;
}

const struct rule *
script_next(struct script *script, enum resource on, const char *body,
            bool (*fits)(const struct rule *rule, void *context), void *context)
{
    for (size_t i = 0; i < script->count; i++) {
        struct rule *rule = &script->rules[i];
        if (!rule->left || rule->for_batch || rule->on != on)
            continue;
        if (rule->contains && !strstr(body, rule->contains))
            continue;
        if (!fits || fits(rule, context))
            return use(rule);
    }
    return NULL;
}

const struct rule *script_next_batch(struct script *script)
{
    for (size_t i = 0; i < script->count; i++)
        if (script->rules[i].left && script->rules[i].for_batch)
            return use(&script->rules[i]);
    return NULL;
}

const char *rule_option(const struct rule *rule, const char *name)
{
    for (size_t i = 0; rule && i < rule->option_count; i++)
        if (!strcmp(rule->options[i].name, name))
            return rule->options[i].value;
    return NULL;
}

int64_t amount_of(const char *value)
{
    char *end = NULL;
    int64_t number = strtoll(value, &end, 10);
    switch (*end) {
    case 'k':
        return number << 10;
    case 'M':
        return number << 20;
    case 'G':
        return number << 30;
    default:
        return number;
    }
}

int64_t rule_number(const struct rule *rule, const char *name,
                    int64_t otherwise)
{
    const char *value = rule_option(rule, name);
    return value && *value ? amount_of(value) : otherwise;
}
