/* Reading a file that neither its reader nor SQLite may leave a mark on. */
#ifndef DATEBOOK_STORE_READING_H
#define DATEBOOK_STORE_READING_H

#include "internal.h"

/* Whether this user could leave the file and its folder as they are found:
 * SQLite makes and removes files beside a database that it reads. */
bool reading_may_write(const char *path);

/* Whether a log or journal stands beside the file, without which the file says
 * too little. */
bool reading_has_journal(const char *path);

/* The URI under which SQLite reads a file without locks and without files
 * beside it; the caller frees it. */
char *reading_uri(const char *path, struct error *err) CHECKED;

/* How the file looks now, in such a way that any later change shows; not taken
 * when the file cannot be looked at. */
struct store_stamp reading_stamp(const char *path);

#endif
