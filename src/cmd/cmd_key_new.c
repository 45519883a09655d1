/* datebook key new */
#include "keys.h"

#include <string.h>
#include <unistd.h>

/* Twice, for nobody sees what was typed. */
static bool ask_twice(char pass_phrase[PASS_PHRASE_SIZE], struct error *err)
{
    char again[PASS_PHRASE_SIZE];
    bool ok = ask_pass_phrase("Pass phrase: ", pass_phrase, err) &&
              ask_pass_phrase("The same again: ", again, err);

    if (ok && strcmp(pass_phrase, again) != 0)
        ok = error_set(err, ERROR_INPUT, "the pass phrases differ");
    sodium_memzero(again, sizeof again);
    return ok;
}

static bool take_pass_phrase(struct cli *cli,
                             char pass_phrase[PASS_PHRASE_SIZE], bool *given,
                             struct error *err)
{
    bool ask = cli_flag(cli, "passphrase");

    if (ask && cli_flag(cli, "passphrase-file"))
        return cli_usage(cli, err,
                         "--passphrase and --passphrase-file are two ways to "
                         "say the same");
    if (!option_pass_phrase(cli, pass_phrase, given, err))
        return false;
    if (!ask)
        return true;
    *given = true;
    return ask_twice(pass_phrase, err);
}

struct new_key {
    const char *secret_path;
    const char *public_path;
    struct public_key half;
    bool locked;
};

static bool is_taken(const char *path, struct error *err)
{
    if (access(path, F_OK))
        return false;
    error_set(err, ERROR_INPUT, "%s exists already", path);
    error_hint(err, "keys are never replaced: choose another name");
    return true;
}

/* Both names are looked at first: a key with half of its files is none. */
static bool name_files(struct cli *cli, struct new_key *made, struct error *err)
{
    const char *name = cli->arguments[0];
    size_t length = strlen(name);

    if (!length || name[length - 1] == '/')
        return cli_usage(cli, err, "key new needs a NAME for the files");
    made->secret_path = arena_format(&cli->arena, err, "%s.key", name);
    made->public_path = arena_format(&cli->arena, err, "%s.pub", name);
    return made->secret_path && made->public_path &&
           !is_taken(made->secret_path, err) &&
           !is_taken(made->public_path, err);
}

static bool write_files(const struct new_key *made,
                        const struct sealed_key *sealed, struct error *err)
{
    if (!secret_key_write(made->secret_path, sealed, err))
        return false;
    if (public_key_write(made->public_path, &made->half, err))
        return true;
    unlink(made->secret_path);
    return false;
}

static bool make_key(struct new_key *made, const char *pass_phrase,
                     struct error *err)
{
    static const struct key_effort effort = KEY_EFFORT;
    struct sealed_key sealed;
    struct secret_key key;
    bool ok;

    key_make(&key);
    key_public(&key, &made->half);
    made->locked = pass_phrase != NULL;
    ok = key_seal(&key, pass_phrase, &effort, &sealed, err) &&
         write_files(made, &sealed, err);
    key_wipe(&key);
    sodium_memzero(&sealed, sizeof sealed);
    return ok;
}

static void print(struct cli *cli, const struct new_key *made)
{
    struct buf *out = &cli->out;
    char id[KEY_ID_TEXT_SIZE];

    key_id_text(made->half.id, id);
    if (cli->json) {
        buf_format(out, "{\"key_id\":\"%s\",\"secret\":", id);
        buf_json(out, made->secret_path);
        buf_text(out, ",\"public\":");
        buf_json(out, made->public_path);
        buf_format(out, ",\"passphrase\":%s}\n",
                   made->locked ? "true" : "false");
        return;
    }
    buf_format(out, "Key %s\n  ", id);
    terminal_text(out, made->secret_path);
    buf_format(out, "  the secret half%s: keep it\n  ",
               made->locked ? ", locked with the pass phrase" : "");
    terminal_text(out, made->public_path);
    buf_text(out, "  the public half: give it to those who check\n");
    if (!made->locked)
        cli_note(cli, "the secret key has no pass phrase: who has the file can "
                      "sign; --passphrase asks for one");
}

static bool run(struct cli *cli, struct error *err)
{
    char pass_phrase[PASS_PHRASE_SIZE] = "";
    struct new_key made;
    bool given = false;
    bool ok = name_files(cli, &made, err) &&
              take_pass_phrase(cli, pass_phrase, &given, err) &&
              make_key(&made, given ? pass_phrase : NULL, err);

    sodium_memzero(pass_phrase, sizeof pass_phrase);
    cli->done = ok;
    if (ok)
        print(cli, &made);
    return ok;
}

const struct command command_key_new = {
    .name = "key new",
    .summary = "make a key to sign exports and tags with",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "Writes NAME.key, the secret half, for you alone (mode 600), and "
        "NAME.pub. Both are in\nthe formats of minisign, which can use them as "
        "well. Files that exist are never\nreplaced. A pass phrase locks the "
        "secret half; it is the first line of FILE, or asked\nfor on the "
        "terminal.",
    .json = "{\"key_id\", \"secret\", \"public\", \"passphrase\"}: two paths, "
            "and whether it is\nlocked",
    .options = {{"passphrase", 0, NULL, "ask for a pass phrase"},
                {"passphrase-file", 0, "FILE", "take it from a file"}},
    .examples = {{"key new team", "team.key and team.pub"},
                 {"key new team --passphrase", "with a pass phrase"}},
    .run = run,
};
