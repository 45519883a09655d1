/* What the files of the calendar share: the library as it was read, the cast
 * of one persona, and a meeting in the making. */
#ifndef CALENDAR_PARTS_H
#define CALENDAR_PARTS_H

#include "datebook/calendar.h"
#include "datebook/random.h"
#include "grid.h"
#include "line.h"
#include "pace.h"
#include "season.h"

/* ------------------------------------------------------------ library */

enum group {
    GROUP_MANAGER,
    GROUP_REPORTS,
    GROUP_PEERS,
    GROUP_TEAM,
    GROUP_EXECUTIVES,
    GROUP_CUSTOMER,
    GROUP_VENDOR,
    GROUP_CANDIDATE,
    GROUP_COMPANY,
    GROUP_NOBODY,
    GROUPS
};

enum cadence {
    CADENCE_NONE,
    CADENCE_DAILY,
    CADENCE_WEEKLY,
    CADENCE_BIWEEKLY,
    CADENCE_MONTHLY
};

enum level { LEVEL_IC, LEVEL_MANAGER, LEVEL_EXECUTIVE, LEVELS };
enum organizer { ORGANIZER_SELF, ORGANIZER_OTHER, ORGANIZER_EITHER };
enum firm_role { FIRM_OWN, FIRM_CUSTOMER, FIRM_VENDOR, FIRM_ROLES };

enum title {
    TITLE_EXECUTIVE,
    TITLE_MANAGER,
    TITLE_PEER,
    TITLE_CONTACT,
    TITLE_VENDOR,
    TITLES
};

struct texts {
    const char **items;
    size_t count;
};

/* Two lists of one name (vocabulary, file, persona) have different ids. */
struct word_list {
    const char *name;
    struct texts words;
    size_t id;
};

/* Where the words of a template are looked for: here, then further up. */
struct scope {
    struct word_list *lists;
    size_t count;
    const struct scope *parent;
};

enum slot_kind {
    SLOT_TEXT,
    SLOT_PERSON,
    SLOT_COMPANY,
    SLOT_DATE,
    SLOT_PHRASE,
    SLOT_SUBJECT,
    SLOT_WORD
};

/* Who is spoken of in a text. */
enum role {
    ROLE_SELF,
    ROLE_MANAGER,
    ROLE_REPORT,
    ROLE_PEER,
    ROLE_EXECUTIVE,
    ROLE_CONTACT,
    ROLE_VENDOR_CONTACT,
    ROLE_CANDIDATE,
    ROLES
};

enum form { FORM_FULL, FORM_FIRST, FORM_TITLE };

enum date_part {
    DATE_QUARTER,
    DATE_NEXT_QUARTER,
    DATE_LAST_QUARTER,
    DATE_MONTH,
    DATE_NEXT_MONTH,
    DATE_LAST_MONTH,
    DATE_YEAR,
    DATE_WEEK,
    DATE_WEEKDAY,
    DATE_SOON,
    DATE_PARTS
};

struct slot {
    enum slot_kind kind;
    int which;      /* role, firm role, date part, 0 pattern or 1 rule */
    enum form form; /* of a person */
    int nth;        /* 0 or 1 */
    size_t list;    /* id of a word list */
    const char *text;
    size_t length;
};

struct template
{
    const char *source; /* as it was written */
    uint32_t place;     /* where its uses are counted */
    struct slot *slots;
    size_t count;
    bool needs_report;
    bool dated;
    bool pattern; /* holds {pattern} */
    bool rule;    /* holds {rule} */
};

struct templates {
    struct template *items;
    size_t count;
};

enum { MINUTE_CHOICES = 16, GROUP_CHOICES = 8, TEMPLATE_PLACES = 4096 };

struct archetype {
    const char *name;
    struct texts kinds;
    int weight;
    enum cadence cadence;
    int minutes[MINUTE_CHOICES];
    size_t minutes_count;
    int people[2];
    enum group with[GROUP_CHOICES];
    size_t with_count;
    enum organizer organizer;
    int room;        /* percent */
    int hours[2];    /* of the start */
    unsigned days;   /* a bit a weekday, Monday first; 0: any working day */
    unsigned levels; /* a bit a level */
    struct season season;
    struct templates subjects;
    struct templates bodies;
};

struct archetypes {
    struct archetype *items;
    size_t count;
};

struct archetype_set {
    const char *function;
    struct texts synonyms;
    struct scope scope;
    struct archetypes archetypes;
    const char *file;
    const cJSON *threads; /* read for each persona; NULL when there are none */
    struct load *loads;
    size_t load_count;
    int travel; /* percent of the weeks */
};

struct culture {
    struct texts first;
    struct texts last;
};

struct company {
    const char *name;
    const char *domain;
    enum firm_role role;
};

struct room {
    const char *name;
    int seats;
};

struct keep {
    const char *list;
    int words;
};

struct vocabulary {
    struct culture *cultures;
    size_t culture_count;
    struct company *companies;
    size_t company_count;
    struct texts titles[TITLES];
    struct room *rooms;
    size_t room_count;
    struct keep *keeps;
    size_t keep_count;
    struct scope words;
    struct templates exceptions;
    struct texts online;
    struct holiday *holidays;
    size_t holiday_count;
};

struct calendar_library {
    struct vocabulary vocabulary;
    struct archetype_set *sets;
    size_t set_count;
    size_t list_count; /* ids of word lists given out */
};

/* Whether the archetype has meetings on such a day of the week and year. */
bool archetype_allows(const struct archetype *archetype, civil_day day);
const struct archetype_set *library_set(const struct calendar_library *library,
                                        const char *function);

/* ------------------------------------------------------------ reading */

/* Where a value stands, for messages: "FILE: PATH: reason". */
struct reader {
    struct arena *arena;
    const char *file;
    size_t *next_list;
    struct error *err;
    bool phrases; /* {pattern} and {rule} mean something */
    bool subject; /* {subject} does */
};

bool data_fail(const struct reader *reader, const char *path,
               const char *format, ...) PRINTF_LIKE(3, 4);
/* "parent.name", "name" when parent is "", and "parent: name" behind the name
 * of a named item. */
const char *data_path(const struct reader *reader, const char *parent,
                      const char *name);
const char *data_item(const struct reader *reader, const char *list,
                      size_t index);

bool is_list_name(const char *name);

/* The array with room for one more element; NULL when memory runs out. */
void *list_room(struct arena *arena, const void *items, size_t count,
                size_t size, struct error *err);
bool texts_add(struct arena *arena, struct texts *texts, const char *text,
               struct error *err);

/* A list of texts, none empty, added to `texts`. */
bool read_texts(const struct reader *reader, const cJSON *list,
                const char *path, struct texts *texts);
/* {"list name": ["word", …]}, added to the scope. */
bool read_words(const struct reader *reader, const cJSON *object,
                const char *path, struct scope *scope);
bool read_templates(const struct reader *reader, const cJSON *list,
                    const char *path, const struct scope *scope,
                    struct templates *templates);
bool read_archetypes(const struct reader *reader, const cJSON *list,
                     const struct scope *scope, struct archetypes *archetypes);
bool read_members(const struct reader *reader, const cJSON *object,
                  const char *path, const char *const *known, size_t count);
bool read_vocabulary(const struct reader *reader, const cJSON *tree,
                     struct vocabulary *vocabulary);

/* Whether {name} is a person, a company, a date … and not a word list. */
bool is_placeholder(const char *name);
const struct word_list *scope_find(const struct scope *scope, const char *name);

/* --------------------------------------------------------------- cast */

struct person {
    const char *name;
    const char *first;
    const char *title;
    const char *address;
    bool external;
};

struct people {
    struct person *items;
    size_t count;
};

struct firm {
    const char *name;
    const char *domain;
    struct people people;
};

struct firms {
    struct firm *items;
    size_t count;
};

struct cast {
    enum level level;
    struct firm company; /* everybody else who works there */
    struct person self;
    struct people groups[GROUPS]; /* those inside the company, candidates */
    struct firms firms[FIRM_ROLES];
    struct person *rooms; /* in the order of the vocabulary */
};

/* The words of one list that this persona uses, by id. */
struct lists {
    struct texts *items;
    size_t *same; /* the list whose words these are */
    size_t count;
};

bool cast_make(struct arena *arena, const struct persona *persona,
               const struct vocabulary *vocabulary, const struct scope *own,
               uint64_t seed, struct cast *cast, struct error *err);
bool lists_make(struct arena *arena, const struct persona *persona,
                const struct calendar_library *library, const struct scope *own,
                size_t count, uint64_t seed, struct lists *lists,
                struct error *err);
enum level persona_level(const struct persona *persona);

/* ------------------------------------------------------------ options */

/* A way to make a meeting: one subject of one archetype, for pattern
 * archetypes with the phrases of one kind of rule. */
struct option {
    const struct archetype *archetype;
    const struct template *subject;
    const struct texts *phrases;
    uint32_t weight; /* 0 out of season */
    uint32_t base;   /* in season */
    bool told;       /* a thread has such a step */
    /* What the judge made of it, by importance and by prep needed. */
    uint32_t seen[8];
    uint32_t total;
};

struct options {
    struct option *items;
    size_t count;
};

/* The set of the persona's function; NULL when nobody knows it. */
const struct archetype_set *function_set(const struct calendar_library *library,
                                         const struct persona *persona);
bool options_make(struct arena *arena, const struct persona *persona,
                  const struct calendar_library *library,
                  const struct archetypes *own, enum level level,
                  struct options *series, struct options *singles,
                  struct error *err);

/* Leaves out what has no season on any of the days of a week. */
void options_season(struct options *options, civil_day monday, unsigned days);

/* How many words two texts share: without case, plural, and empty words. */
int words_shared(const char *one, const char *other);
int words_count(const char *text);

/* ------------------------------------------------------------- drafts */

enum { PEOPLE_MAX = 500, ATTENDEES_MAX = PEOPLE_MAX + 4 };

struct telling; /* a thread that is open */
struct stories; /* all of them */

struct draft {
    struct event event; /* points into what follows */
    struct line subject;
    struct line preview;
    struct attendee attendees[ATTENDEES_MAX];
    const struct person *organizer;
    const struct person *partner; /* the other one of two */
    struct option *option;
    struct telling *telling;          /* NULL: of no thread */
    const struct template *bodies[2]; /* NULL: fewer */
    int minutes;
    struct calendar_verdict verdict;
};

/* What the placeholders of one meeting stand for; a value counts only when
 * its stamp is the current one. */
struct pick {
    uint32_t stamp;
    size_t index;
};

struct fill {
    const struct cast *cast;
    const struct lists *lists;
    struct random *random;
    uint32_t stamp;
    struct pick *words; /* two a list */
    struct pick people[ROLES][2];
    struct pick firms[FIRM_ROLES][2];
    /* of the meeting in the making */
    const struct archetype *archetype;
    const char *phrase;
    const char *subject;
    const struct telling *telling; /* NULL: of no thread */
    civil_day day;
    civil_day period; /* whose quarter and month are meant */
    civil_day soon;   /* the day that {date} speaks of */
};

bool fill_make(struct arena *arena, struct fill *fill, const struct cast *cast,
               const struct lists *lists, struct random *random,
               struct error *err);
void fill_start(struct fill *fill, const struct archetype *archetype,
                const char *phrase, civil_day day);
const struct firm *fill_firm(struct fill *fill, enum firm_role role, int nth);
const struct person *fill_person(struct fill *fill, enum role role, int nth);
/* What the first of a kind stands for in this meeting; any number will do. */
void fill_word(struct fill *fill, size_t list, uint32_t value);
void fill_set_firm(struct fill *fill, enum firm_role role, uint32_t value);
void fill_set_person(struct fill *fill, enum role role, uint32_t value);
/* Whether the texts so far spoke of this one. */
const struct person *fill_spoken(const struct fill *fill, enum role role,
                                 int nth);

void template_write(const struct template *template, struct fill *fill,
                    struct line *line);
/* What there was so far; it steers what comes next. */
struct attendee_balance {
    int64_t types[3]; /* attendees */
    int64_t meetings;
    int64_t regular; /* instances of series as they always are */
    int64_t own;     /* organized by the persona */
    int64_t peopled; /* meetings with attendees */
    int64_t listed;  /* whose organizer is among them */
};

struct drafting {
    struct fill fill;
    const struct vocabulary *vocabulary;
    struct attendee_balance balance;
    const char *time_zone;
    uint64_t customers; /* that threads are about, a bit each */
    /* On the day of the draft the persona is in a city elsewhere. */
    bool away;
    uint32_t city;
    size_t city_list;               /* the count of lists when there is none */
    uint16_t uses[TEMPLATE_PLACES]; /* of bodies, in meetings that were kept */
};

/* Makes texts, people, and organizer; start and end on `day`, at an hour that
 * the caller puts right. */
void draft_make(struct drafting *drafting, struct draft *draft,
                struct option *option, civil_day day);
/* The same for the next step of a thread; NULL for none. */
void draft_tell(struct drafting *drafting, struct draft *draft,
                struct telling *telling, struct option *option, civil_day day);
/* Answers of the persona and of the others, once the time is known. */
void draft_respond(struct drafting *drafting, struct draft *draft);
/* Remembers the bodies of a meeting that was kept: others come first now. */
void draft_kept(struct drafting *drafting, const struct draft *draft);
void response_time(struct random *random, struct event *event);
/* What speaks for a draft on a day away, in the unit of mix_gain. */
int64_t draft_away_gain(const struct drafting *drafting,
                        const struct draft *draft);
/* How a meeting shows on such a day. */
enum event_show_as show_away(enum event_show_as show_as);
void balance_count(struct attendee_balance *balance, const struct event *event,
                   int64_t times);

/* ---------------------------------------------------------------- mix */

struct mix {
    const struct calendar_mix *wanted;
    int64_t meetings;
    int64_t levels[4];
    int64_t prep;
    int64_t prep_minutes;
};

void mix_count(struct mix *mix, const struct calendar_verdict *verdict,
               int64_t times);
int mix_cell(const struct calendar_verdict *verdict);
/* The cell that is missed most, and how well a verdict serves. */
int mix_wanted(const struct mix *mix);
int64_t mix_gain(const struct mix *mix, const struct calendar_verdict *verdict);
/* No verdict is worth more. */
int64_t mix_most(const struct mix *mix);
/* Whether a verdict leads the average minutes of preparation no further off. */
bool mix_fits_minutes(const struct mix *mix,
                      const struct calendar_verdict *verdict);

/* Sums of weights for each wanted cell, from what is known of the options. */
struct wheel {
    uint64_t *sums[8];
    size_t count;
    bool reached[8];   /* whether looking for a cell pays */
    uint64_t learn_at; /* drafts that it waits for */
};

bool wheel_make(struct arena *arena, struct wheel *wheel,
                const struct options *options, struct error *err);
/* Learns from the start, and then when there is something new to learn. */
void wheel_learn(struct wheel *wheel, const struct options *options,
                 bool judged);
/* The cell that is missed most of those worth looking for. */
int wheel_cell(const struct wheel *wheel, const struct mix *mix);
size_t wheel_draw(const struct wheel *wheel, int cell, struct random *random);

/* ------------------------------------------------------------- series */

struct series {
    struct event event; /* as its occurrences are; times of day only */
    const struct person *partner;
    const struct archetype *archetype;
    enum cadence cadence;
    int weekday;
    int phase;  /* which week of two, which week of the month */
    int minute; /* of the day */
    int minutes;
    struct calendar_verdict verdict;
};

/* ---------------------------------------------------------------- ids */

enum { ID_SIZE = 85, MASTER_SIZE = 69, ETAG_SIZE = 37, LINK_SIZE = 360 };

struct ident {
    unsigned char key[32];
};

void ident_start(struct ident *ident, uint64_t seed, const char *persona);
/* `length` is 68 or 84; the text ends in a NUL. */
void ident_make(const struct ident *ident, const char *what, uint64_t batch,
                uint64_t ordinal, size_t length, char *text);
void ident_etag(const struct ident *ident, const char *id,
                char text[ETAG_SIZE]);
void ident_link(const char *id, char text[LINK_SIZE]);

/* What a meeting of the week was made from. */
struct origin {
    const char *id; /* of the meeting */
    const struct archetype *archetype;
    const struct series *series; /* NULL: a single meeting */
};

struct calendar {
    struct arena week; /* what calendar_week gives */
    const struct calendar_library *library;
    struct calendar_options options;
    struct random random;
    struct cast cast;
    struct lists lists;
    struct drafting drafting;
    struct ident ident;
    struct options standing;
    struct options singles;
    struct wheel wheel;
    struct mix mix;
    struct series *series;
    size_t series_count;
    struct stories *stories;
    struct pace *pace;
    struct pace_week now;
    int weekly_minutes;
    civil_day monday;   /* of the next week */
    uint64_t ordinal;   /* of the next meeting */
    uint64_t *subjects; /* hashes of the subjects used lately */
    struct draft *drafts[2];
    struct grid grid;
    struct event *events;   /* of the week in the making */
    struct origin *origins; /* of them, in the order in which they were made */
    size_t event_count;
};

/* Chooses the standing series; needs everything but `series`. */
bool series_make(struct arena *arena, struct calendar *calendar,
                 struct options *options, struct error *err);
/* Adds this week's occurrences and exceptions. */
bool series_week(struct calendar *calendar, civil_day monday, unsigned days,
                 struct error *err);

/* Judges a draft; without a judge every verdict is medium without prep. */
bool calendar_ask(struct calendar *calendar, struct draft *draft,
                  struct error *err);
/* Remembers a subject; false when it was used lately. */
bool calendar_new_subject(struct calendar *calendar, const char *subject,
                          bool remember);
/* Gives a draft to the week: copies its texts and attendees, gives ids. */
bool calendar_add(struct calendar *calendar, const struct event *event,
                  const struct archetype *archetype,
                  const struct series *series, struct error *err);

#endif
