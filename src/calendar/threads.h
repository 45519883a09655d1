/* Threads: stories of one-off meetings over weeks, about one customer, project
 * or candidate. */
#ifndef CALENDAR_THREADS_H
#define CALENDAR_THREADS_H

#include "parts.h"

enum { ABOUT_MAX = 6, STEPS_MAX = 12 };

enum about_kind { ABOUT_PERSON, ABOUT_FIRM, ABOUT_DATE, ABOUT_WORD };

/* A placeholder that means the same in every step. */
struct about {
    enum about_kind kind;
    int which;        /* role, or firm role */
    const char *name; /* as it is written */
    size_t list;      /* id of a word list */
};

struct step {
    struct archetype archetype;
    const struct archetype *like; /* NULL: none */
    int after[2];                 /* working days after the step before */
    int chance;                   /* percent */
};

struct thread {
    const char *name;
    int weight;
    unsigned levels;
    struct season season; /* of the first step */
    struct about about[ABOUT_MAX];
    size_t about_count;
    struct step *steps;
    size_t count;
};

struct threads {
    struct thread *items;
    size_t count;
};

/* Reads a "threads" list.  A step "like" an archetype takes the first one of
 * that name in `search`, a list of lists. */
bool read_threads(const struct reader *reader, const cJSON *list,
                  const struct scope *scope,
                  const struct archetypes *const *search, size_t count,
                  struct threads *threads);

/* What a persona brings along, and the threads that it may have. */
struct own {
    struct scope scope;
    struct archetypes archetypes;
    struct threads threads; /* its function's and the common ones as well */
    size_t list_count;      /* ids of word lists given out */
};

/* ERROR_INPUT names the source, the field and the reason. */
bool own_read(struct arena *arena, const struct persona *persona,
              const struct calendar_library *library, const char *source,
              struct own *own, struct error *err);

/* --------------------------------------------------------- telling */

/* A step as this persona has it: one option a subject. */
struct scene {
    const struct step *step;
    struct options options;
};

/* A thread as this persona has it. */
struct plot {
    const struct thread *thread;
    struct scene *scenes;
    size_t count;
    uint32_t weight;
};

/* A thread that is open, or one that may begin. */
struct telling {
    const struct plot *plot;    /* NULL: free */
    size_t scene;               /* the next one */
    civil_day begun;            /* day of the first step */
    civil_day opens;            /* the next step: from here on */
    civil_day closes;           /* until here, better */
    civil_minute told;          /* end of the step before */
    uint32_t values[ABOUT_MAX]; /* of what the thread is about */
    uint32_t people[ROLES];     /* who else keeps turning up */
    uint32_t crowd;             /* with whom groups begin */
    bool offered;               /* for the place that is being filled */
};

/* Makes the placeholders mean what they mean in this thread. */
void telling_fill(const struct telling *telling, struct fill *fill);

enum { OPEN_MAX = 48, FRESH_MAX = 2, ENDED_MAX = 64 };

/* What must not begin again too soon. */
struct ended {
    const struct plot *plot;
    uint32_t value;
    civil_day until;
};

/* All the stories of one persona. */
struct stories {
    struct plot *plots;
    size_t plot_count;
    uint32_t *weights; /* of the plots, as the season has them */
    const struct lists *lists;
    const struct cast *cast;
    struct random *random;
    struct telling open[OPEN_MAX];
    struct telling fresh[FRESH_MAX]; /* for the place being filled */
    struct ended ended[ENDED_MAX];
    size_t ended_count; /* of all time; the oldest are forgotten */
    int64_t told;       /* one-off meetings that belong to a thread */
    int64_t singles;    /* all one-off meetings */
    civil_day day;      /* of the place being filled */
    int offers;         /* made for this place */
    bool urgent;        /* a step waits too long already */
};

/* The threads that fit the persona, none begun yet. */
bool stories_make(struct arena *arena, struct calendar *calendar,
                  const struct own *own, struct error *err);
/* Some threads are under way when the calendar begins. */
void stories_begin(struct stories *stories, civil_day monday, int64_t singles);
/* Meetings that threads tell are rarer outside of them. */
void stories_claim(const struct stories *stories, struct options *options);
/* Gets ready for a place on a day. */
void stories_place(struct stories *stories, civil_day day);
/* The customers that open threads are about, a bit each. */
uint64_t stories_customers(const struct stories *stories);
/* A step that may take the place, with a subject in *option; NULL for an
 * ordinary meeting. */
struct telling *stories_offer(struct stories *stories, struct option **option);
/* What speaks for a draft beside its label, in the unit of mix_gain. */
int64_t stories_gain(const struct stories *stories, const struct draft *draft);
/* Whether a step that was told before ends only after a start. */
bool stories_hinder(const struct draft *draft, civil_minute start);
/* A one-off meeting took its place. */
void stories_count(struct stories *stories, const struct draft *draft);

#endif
