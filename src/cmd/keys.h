/* Keys that options name, and their pass phrases. */
#ifndef DATEBOOK_CMD_KEYS_H
#define DATEBOOK_CMD_KEYS_H

#include "cli.h"

#include "datebook/signature.h"

/* Asks on the terminal, without showing what is typed.  ERROR_INPUT when there
 * is no terminal; ERROR_INTERRUPTED when the user gives up. */
bool ask_pass_phrase(const char *prompt, char pass_phrase[PASS_PHRASE_SIZE],
                     struct error *err) CHECKED;

/* The pass phrase in the file that --passphrase-file names; *given is false
 * without that option. */
bool option_pass_phrase(struct cli *cli, char pass_phrase[PASS_PHRASE_SIZE],
                        bool *given, struct error *err) CHECKED;

/* The secret key in the file that an option names; a locked one is opened with
 * --passphrase-file, else by asking.  *given is false without the option. */
bool option_secret_key(struct cli *cli, const char *option,
                       struct secret_key *key, bool *given,
                       struct error *err) CHECKED;

#endif
