/* The fields of the events of one side; for src/quality only. */
#ifndef DATEBOOK_QUALITY_AGAINST_PROFILE_H
#define DATEBOOK_QUALITY_AGAINST_PROFILE_H

#include "src/quality/against_format.h"

/* A field under its parent, in the order in which events have them. */
struct profile_node {
    const char *name; /* "start"; "[]" for the elements of a list */
    const char *path;
    struct profile_node *parent;
    struct profile_node *first; /* of its own fields */
    struct profile_node *last;
    struct profile_node *next;   /* after it, in its parent */
    struct profile_node *follow; /* where the last one was found: the next is
                                    mostly the one after it */
    struct field_form form;
    struct field_profile profile;
    int64_t latest; /* the event that had it last */
};

enum { PROFILE_FIELDS = 500, PROFILE_DEPTH = 16 };

struct profile {
    struct arena *arena;
    struct profile_node root;
    int64_t events;
    size_t fields;
    bool crowded; /* more than PROFILE_FIELDS, or deeper than PROFILE_DEPTH */
};

void profile_start(struct profile *profile, struct arena *arena);

/* Adds an event but for its labels. */
bool profile_add(struct profile *profile, const cJSON *event,
                 struct error *err) CHECKED;

/* The field after `node` in a walk through all of them, each before its own;
 * start with the root.  NULL after the last. */
const struct profile_node *profile_next(const struct profile_node *node);

/* The field of a name, or NULL. */
struct profile_node *profile_child(const struct profile_node *parent,
                                   const char *name);

#endif
