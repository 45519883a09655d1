/* Whether the company that a subject names takes part.
 *
 * No list of companies is needed: the domain of an address spells the name, and
 * a company is known from the first meeting in which somebody of it is.  The
 * persona's own company is the domain that is there every time; while two
 * domains have always been there, nothing is said. */
#include "src/quality/measure.h"

#include "src/quality/distinct.h"
#include "src/quality/word_hash.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DOMAINS = 16, NAME_WORDS = 5 };

/* The domains of one meeting, or those that have always been there. */
struct domains {
    uint64_t names[DOMAINS];
    size_t count;
};

struct company_measure {
    struct sums *sums;
    struct distinct known; /* names of companies, as hashes */
    struct domains always;
    bool started;
};

struct company_measure *company_measure_new(struct sums *sums,
                                            struct error *err)
{
    struct company_measure *measure = calloc(1, sizeof *measure);

    if (measure)
        measure->sums = sums;
    else
        error_memory(err);
    return measure;
}

void company_measure_free(struct company_measure *measure)
{
    if (!measure)
        return;
    distinct_free(&measure->known);
    free(measure);
}

static bool has_domain(const struct domains *domains, uint64_t name)
{
    for (size_t i = 0; i < domains->count; i++)
        if (domains->names[i] == name)
            return true;
    return false;
}

/* ---- Names ---- */

/* FNV-1a over letters and digits alone: "fourth-coffee", "Fourth Coffee" and
 * "fourthcoffee" are one. */
static uint64_t add_letters(uint64_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (isalnum((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80)
            hash = hash_byte(hash, tolower((unsigned char)text[i]));
    return hash;
}

/* The part before the first dot, without an "inc" at its end. */
static uint64_t company_name(const char *domain)
{
    size_t length = strcspn(domain, ".");

    if (length > 3 && !strncasecmp(domain + length - 3, "inc", 3))
        length -= 3;
    return hash_mix(add_letters(HASH_START, domain, length));
}

/* ---- One meeting ---- */

static void add_domain(struct domains *domains, const cJSON *holder)
{
    const char *address =
        json_member_text(json_member(holder, "emailAddress"), "address");
    const char *at = address ? strrchr(address, '@') : NULL;
    const char *type = json_member_text(holder, "type");
    uint64_t name;

    if (!at || domains->count == DOMAINS ||
        (type && !strcasecmp(type, "resource")))
        return;
    name = company_name(at + 1);
    if (!has_domain(domains, name))
        domains->names[domains->count++] = name;
}

static struct domains domains_of(const cJSON *document)
{
    struct domains domains = {.count = 0};
    const cJSON *attendees = json_member(document, "attendees");
    const cJSON *attendee;

    add_domain(&domains, json_member(document, "organizer"));
    cJSON_ArrayForEach (attendee, attendees) {
        add_domain(&domains, attendee);
    }
    return domains;
}

static void keep_common(struct domains *always, const struct domains *now)
{
    size_t kept = 0;

    for (size_t i = 0; i < always->count; i++)
        if (has_domain(now, always->names[i]))
            always->names[kept++] = always->names[i];
    always->count = kept;
}

/* The longest name of a known company that starts at a word; 0 for none.
 * *words says how many words it has. */
static uint64_t name_at(const struct company_measure *measure,
                        const struct words *from, int *words)
{
    struct words at = *from;
    struct word word;
    uint64_t hash = HASH_START;
    uint64_t found = 0;

    for (int i = 1; i <= NAME_WORDS && words_next(&at, &word); i++) {
        hash = add_letters(hash, word.folded, word.length);
        if (!distinct_has(&measure->known, hash_mix(hash)))
            continue;
        found = hash_mix(hash);
        *words = i;
    }
    return found;
}

enum named { NAMES_NOBODY, NAMES_PRESENT, NAMES_ABSENT };

static enum named companies_named(const struct company_measure *measure,
                                  const char *subject,
                                  const struct domains *domains)
{
    enum named named = NAMES_NOBODY;
    struct words words;
    struct word word;

    words_start(&words, subject, strlen(subject));
    for (;;) {
        int skip = 1;
        uint64_t name = name_at(measure, &words, &skip);
        if (name && has_domain(domains, name))
            return NAMES_PRESENT;
        if (name)
            named = NAMES_ABSENT;
        while (skip--)
            if (!words_next(&words, &word))
                return named;
    }
}

bool company_measure_meeting(struct company_measure *measure,
                             const struct measured *meeting, struct error *err)
{
    struct domains domains = domains_of(meeting->document);
    const char *subject = meeting->facts->subject;
    bool fresh;

    for (size_t i = 0; i < domains.count; i++)
        if (!distinct_add(&measure->known, domains.names[i], &fresh, err))
            return false;
    if (measure->started)
        keep_common(&measure->always, &domains);
    else if (domains.count)
        measure->always = domains;
    measure->started = measure->started || domains.count;
    if (measure->always.count == 1 && domains.count > 1 &&
        companies_named(measure, subject, &domains) == NAMES_ABSENT)
        sum_flaw(measure->sums, CHECK_PEOPLE_COMPANY, meeting->key, subject);
    measure->sums->of[CHECK_PEOPLE_COMPANY].whole++;
    return true;
}
