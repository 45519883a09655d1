/* Keys and signatures that minisign made, and short ways to read them. */
#ifndef DATEBOOK_TESTS_BASE_SIGNATURE_FIXTURE_H
#define DATEBOOK_TESTS_BASE_SIGNATURE_FIXTURE_H

#include "datebook/signature.h"

#include <check.h>
#include <string.h>

#define MUST(call) ck_assert_msg(call, "%s: %s", #call, err.message)
#define MUST_FAIL(call, code_, message_)                                       \
    do {                                                                       \
        ck_assert_msg(!(call), "%s worked", #call);                            \
        ck_assert_str_eq(err.message, message_);                               \
        ck_assert_int_eq(err.code, code_);                                     \
    } while (0)

/* Made with minisign 0.11. */
static const char minisign_public[] =
    "untrusted comment: minisign public key 93FC81309571B4A0\n"
    "RWSgtHGVMIH8k7FwJ3XnIbjbQmjnc8Pq6RiGKls2hsb90VVZnsLr3gBt\n";
static const char minisign_secret[] =
    "untrusted comment: minisign encrypted secret key\n"
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAoL"
    "R"
    "xlTCB/"
    "JOEGbQWecwJYBI1qfj6Mnk1w7dIjV2JBxzP3UHtn9qGPrFwJ3XnIbjbQmjnc8Pq6RiGKl"
    "s2hsb90VVZnsLr3gBtAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
static const struct key_effort cheap = {32768, 1 << 20};

static struct arena arena;
static struct error err;

static inline struct public_key public_of(const char *text)
{
    struct public_key key;

    MUST(public_key_parse(text, strlen(text), "pub", &key, &err));
    return key;
}

static inline bool open_secret(const char *text, size_t length,
                               const char *phrase, struct secret_key *key)
{
    struct sealed_key sealed;

    return sealed_key_parse(text, length, "key", &sealed, &err) &&
           key_unseal(&sealed, phrase, "key", key, &err);
}

static inline struct secret_key secret_of(const char *text, const char *phrase)
{
    struct secret_key key;

    MUST(open_secret(text, strlen(text), phrase, &key));
    return key;
}

#endif
