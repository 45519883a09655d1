/* Keys and signatures: what minisign made is read, what we make is in its
 * form, and nothing that was changed in any byte passes. */
#include "signature_fixture.h"

/* Made with minisign 0.11 with the same key, but for the locked form of that
 * key, which minisign opens with "sesame". */
static const char locked_secret[] =
    "untrusted comment: datebook encrypted secret key\n"
    "RWRTY0IyRySs9MXMWvKGipqb7+"
    "Zk1nk4ng9L0MdyFucp49jEoLcAgAAAAAAAAAAAEAAAAAAAg8g"
    "4Nk0La9JLfkeRSH2KCLbPgilNw/7C2uI/"
    "WAauVRh0qshEpCgq3I6JfiMjSXCdHGmygj7mlPgHUn"
    "No4W4gqFO73JFbEgojE0y70p9lxFAVg4zy/W37torX2pjYxH28MD7GQFIJ+3E=\n";
static const char message[] = "a message\n";
static const char legacy[] =
    "untrusted comment: signature from minisign secret key\n"
    "RWSgtHGVMIH8k+8HRgflvZ5xN5hTZAP7H/"
    "HP7TmzGCjiQmfNES4p4HB383mMMvQIs1E6QrEkIUC"
    "zoao6EyJY7ZFXslH3Sn9Yuwk=\n"
    "trusted comment: legacy\n"
    "fTNppIt4+y4gflkdB/"
    "48frHIJQO+Xp2oTCjXeEuIrC5XOF0H5bG8AiN5QO7c+Bg9rN+2JHdiK0+"
    "jvjBB1OI5Dg==\n";
static const char prehashed[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUSgtHGVMIH8k17FFTTmrWFSO9KQ66x6d1Ljc6H6zoYOmpAgb3rNEJ6Z8KfFTMxZH0NME3x2By"
    "8"
    "0J6kniLeaSzlBxgq1qInYyA0=\n"
    "trusted comment: prehashed\n"
    "3HXMm68JlpCFid3cbmS+UrUEO+Oqxsxum9MPDKOYPp9MG0QY6wZptDj+"
    "WiXk68jnAdVhWwnqISF"
    "kA6yjGWkRAQ==\n";

static const size_t untrusted_length = 19; /* "untrusted comment: " */

static void teardown(void)
{
    arena_free(&arena);
}

static bool check_text(const char *text, size_t length,
                       const struct public_key *key, const void *bytes,
                       size_t size)
{
    struct signature signature;

    return signature_parse(&arena, text, length, "sig", &signature, &err) &&
           signature_check(&signature, key, bytes, size, "sig", &err);
}

static bool check_message(const char *text)
{
    struct public_key key = public_of(minisign_public);

    return check_text(text, strlen(text), &key, message, strlen(message));
}

static const char *sign_message(const struct secret_key *key,
                                const char *comment)
{
    struct buf text = BUF_EMPTY;
    const char *copy;

    signature_make(key, message, strlen(message), comment, &text);
    MUST(buf_ok(&text, &err));
    copy = arena_text(&arena, text.data, &err);
    buf_free(&text);
    return copy;
}

/* ---- Against minisign ---- */

START_TEST(minisign_files_are_read)
{
    struct public_key key = public_of(minisign_public);
    struct secret_key secret = secret_of(minisign_secret, NULL);
    struct public_key half;
    char id[KEY_ID_TEXT_SIZE];

    key_id_text(key.id, id);
    ck_assert_str_eq(id, "93FC81309571B4A0");
    key_public(&secret, &half);
    ck_assert_mem_eq(&half, &key, sizeof key);
    MUST(check_message(legacy));
    MUST(check_message(prehashed));
    secret = secret_of(locked_secret, "sesame");
    key_public(&secret, &half);
    ck_assert_mem_eq(&half, &key, sizeof key);
}
END_TEST

/* Ed25519 draws no random numbers, so the signature lines must be the same. */
START_TEST(signatures_are_those_of_minisign)
{
    struct secret_key secret = secret_of(minisign_secret, NULL);
    const char *ours = sign_message(&secret, "prehashed");

    ck_assert_str_eq(strchr(ours, '\n'), strchr(prehashed, '\n'));
    ck_assert_int_eq(strncmp(ours, "untrusted comment: ", 19), 0);
}
END_TEST

START_TEST(keys_go_round)
{
    struct buf text = BUF_EMPTY;
    char sealed_text[SEALED_KEY_TEXT_SIZE];
    struct sealed_key sealed;
    struct secret_key made;
    struct secret_key again;
    struct public_key half;
    struct public_key parsed;

    key_make(&made);
    for (int locked = 0; locked < 2; locked++) {
        const char *phrase = locked ? "a pass phrase" : NULL;
        MUST(key_seal(&made, phrase, &cheap, &sealed, &err));
        ck_assert_int_eq(sealed.locked, locked);
        sealed_key_text(&sealed, sealed_text);
        again = secret_of(sealed_text, phrase);
        ck_assert_mem_eq(&made, &again, sizeof made);
    }
    key_public(&made, &half);
    public_key_text(&half, &text);
    parsed = public_of(text.data);
    ck_assert_mem_eq(&half, &parsed, sizeof half);
    buf_free(&text);
    key_wipe(&made);
    ck_assert(sodium_is_zero((unsigned char *)&made, sizeof made));
}
END_TEST

START_TEST(a_locked_key_does_not_show_its_secret)
{
    struct secret_key secret = secret_of(minisign_secret, NULL);
    struct sealed_key one;
    struct sealed_key two;

    MUST(key_seal(&secret, "x", &cheap, &one, &err));
    MUST(key_seal(&secret, "x", &cheap, &two, &err));
    for (size_t i = 0; i + 16 <= sizeof one.bytes; i++) {
        ck_assert_mem_ne(one.bytes + i, secret.bytes, 16);
        ck_assert_mem_ne(one.bytes + i, secret.bytes + 32, 16);
    }
    /* The salt is random. */
    ck_assert_mem_ne(one.bytes + 54, two.bytes + 54, 104);
}
END_TEST

/* ---- What is refused ---- */

START_TEST(a_wrong_pass_phrase_is_refused)
{
    static const char *const wrong[] = {"Sesame", "sesame ", "sesam", ""};
    struct secret_key key;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        MUST_FAIL(
            open_secret(locked_secret, strlen(locked_secret), wrong[i], &key),
            ERROR_INPUT,
            "the pass phrase of key is wrong, or the key is damaged");
}
END_TEST

START_TEST(another_key_is_refused)
{
    struct secret_key secret = secret_of(minisign_secret, NULL);
    struct secret_key other;
    struct public_key half;
    const char *text = sign_message(&secret, "c");

    key_make(&other);
    memset(other.id, 0x5a, sizeof other.id);
    key_public(&other, &half);
    MUST_FAIL(check_text(text, strlen(text), &half, message, strlen(message)),
              ERROR_FOUND,
              "sig was made with the key 93FC81309571B4A0, not "
              "5A5A5A5A5A5A5A5A");
    /* The id alone proves nothing. */
    memcpy(half.id, secret.id, sizeof half.id);
    MUST_FAIL(check_text(text, strlen(text), &half, message, strlen(message)),
              ERROR_FOUND,
              "sig does not fit what it signs: one of them was changed");
}
END_TEST

/* Each byte of a signature, but for the text of its untrusted comment, with
 * each of its bits turned. */
static void flip_signature(const char *text)
{
    size_t length = strlen(text);
    size_t first_end = (size_t)(strchr(text, '\n') - text);
    struct public_key key = public_of(minisign_public);
    char *copy = arena_bytes(&arena, text, length, &err);
    struct arena scratch = ARENA_EMPTY;
    struct signature signature;

    for (size_t i = 0; i < length - 1; i++)
        for (int bit = 0; bit < 8; bit++) {
            if (i >= untrusted_length && i < first_end)
                continue;
            copy[i] = (char)(text[i] ^ 1 << bit);
            ck_assert_msg(!signature_parse(&scratch, copy, length, "sig",
                                           &signature, &err) ||
                              !signature_check(&signature, &key, message,
                                               strlen(message), "sig", &err),
                          "byte %zu, bit %d", i, bit);
            copy[i] = text[i];
            arena_reset(&scratch);
        }
    arena_free(&scratch);
    MUST(check_text(copy, length, &key, message, strlen(message)));
}

START_TEST(every_flipped_bit_of_a_signature_is_refused)
{
    struct secret_key secret = secret_of(minisign_secret, NULL);

    flip_signature(sign_message(&secret, "datebook manifest.json"));
    flip_signature(legacy);
    flip_signature(sign_message(&secret, ""));
}
END_TEST

START_TEST(every_flipped_bit_of_a_message_is_refused)
{
    struct public_key key = public_of(minisign_public);
    char copy[sizeof message];

    for (size_t i = 0; i < strlen(message); i++)
        for (int bit = 0; bit < 8; bit++) {
            memcpy(copy, message, sizeof copy);
            copy[i] = (char)(copy[i] ^ 1 << bit);
            MUST_FAIL(check_text(prehashed, strlen(prehashed), &key, copy,
                                 strlen(message)),
                      ERROR_FOUND,
                      "sig does not fit what it signs: one of them was "
                      "changed");
            ck_assert(!check_text(legacy, strlen(legacy), &key, copy,
                                  strlen(message)));
        }
    ck_assert(!check_text(prehashed, strlen(prehashed), &key, message,
                          strlen(message) - 1));
}
END_TEST

START_TEST(a_changed_trusted_comment_is_told)
{
    const char *text = arena_text(&arena, prehashed, &err);

    *strstr(text, ": prehashed\n") = ':';
    *(strstr(text, "prehashed\n") + 1) = 'R';
    MUST_FAIL(check_message(text), ERROR_FOUND,
              "the trusted comment of sig was changed");
}
END_TEST

/* Every shorter text and every longer one. */
START_TEST(cut_and_longer_signatures_are_refused)
{
    struct public_key key = public_of(minisign_public);
    size_t length = strlen(prehashed);

    /* Without the last end of line nothing is missing. */
    for (size_t i = 0; i < length - 1; i++)
        ck_assert(!check_text(prehashed, i, &key, message, strlen(message)));
    MUST(check_text(prehashed, length - 1, &key, message, strlen(message)));
    MUST_FAIL(check_message(arena_format(&arena, &err, "%s\n", prehashed)),
              ERROR_INPUT, "sig is no signature");
    ck_assert(!check_message(arena_format(&arena, &err, "%sx", prehashed)));
    ck_assert(!check_message(
        arena_format(&arena, &err, "%s%s", prehashed, prehashed)));
    ck_assert(!check_message(arena_format(&arena, &err, " %s", prehashed)));
}
END_TEST

/* Of an open key: its checksum covers it.  Our text of it, and minisign's,
 * which has no checksum, so that there only the key id may change unseen. */
START_TEST(every_flipped_bit_of_a_secret_key_is_refused)
{
    struct secret_key secret = secret_of(minisign_secret, NULL);
    struct secret_key out;
    struct sealed_key sealed;
    char text[SEALED_KEY_TEXT_SIZE];
    size_t first_end;

    MUST(key_seal(&secret, NULL, &cheap, &sealed, &err));
    sealed_key_text(&sealed, text);
    first_end = (size_t)(strchr(text, '\n') - text);
    for (size_t i = 0; i < strlen(text) - 1; i++)
        for (int bit = 0; bit < 8; bit++) {
            if (i >= untrusted_length && i < first_end)
                continue;
            text[i] = (char)(text[i] ^ 1 << bit);
            ck_assert_msg(!open_secret(text, strlen(text), NULL, &out),
                          "byte %zu, bit %d", i, bit);
            text[i] = (char)(text[i] ^ 1 << bit);
        }
    MUST(open_secret(text, strlen(text), NULL, &out));
    memcpy(text, minisign_secret, sizeof minisign_secret);
    text[120] = text[120] == 'A' ? 'B' : 'A';
    ck_assert(!open_secret(text, strlen(text), NULL, &out));
}
END_TEST

/* Of a locked key: a byte of each part, for each try costs a derivation. */
START_TEST(a_damaged_locked_key_is_refused)
{
    static const size_t parts[] = {0, 2, 4, 6, 37, 54, 61, 62, 125, 126, 157};
    struct secret_key out;
    struct sealed_key sealed;
    struct sealed_key bad;
    char text[SEALED_KEY_TEXT_SIZE];

    MUST(sealed_key_parse(locked_secret, strlen(locked_secret), "key", &sealed,
                          &err));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bad = sealed;
        bad.bytes[parts[i]] ^= 1;
        sealed_key_text(&bad, text);
        ck_assert_msg(!open_secret(text, strlen(text), "sesame", &out),
                      "byte %zu", parts[i]);
    }
}
END_TEST

START_TEST(a_key_that_asks_for_all_memory_is_refused)
{
    struct secret_key secret = secret_of(minisign_secret, NULL);
    struct sealed_key sealed;
    char text[SEALED_KEY_TEXT_SIZE];

    MUST(key_seal(&secret, "x", &cheap, &sealed, &err));
    sealed.bytes[46 + 5] = 1;
    sealed_key_text(&sealed, text);
    MUST_FAIL(sealed_key_parse(text, strlen(text), "key", &sealed, &err),
              ERROR_INPUT,
              "the secret key key asks for more memory or time than any key "
              "does");
}
END_TEST

START_TEST(cut_and_longer_keys_are_refused)
{
    size_t length = strlen(minisign_public);
    struct public_key key;
    struct sealed_key sealed;

    for (size_t i = 0; i < length - 1; i++)
        ck_assert(!public_key_parse(minisign_public, i, "pub", &key, &err));
    MUST(public_key_parse(minisign_public, length - 1, "pub", &key, &err));
    for (size_t i = 0; i < strlen(minisign_secret) - 1; i++)
        ck_assert(!sealed_key_parse(minisign_secret, i, "key", &sealed, &err));
    MUST_FAIL(public_key_parse(minisign_secret, strlen(minisign_secret), "pub",
                               &key, &err),
              ERROR_INPUT, "pub is no public key");
    MUST_FAIL(sealed_key_parse(minisign_public, length, "key", &sealed, &err),
              ERROR_INPUT, "key is no secret key");
    ck_assert(
        !public_key_parse(arena_format(&arena, &err, "%s\n", minisign_public),
                          length + 1, "pub", &key, &err));
}
END_TEST

/* A flipped bit of a public key makes it another key, under which no signature
 * holds. */
START_TEST(every_flipped_bit_of_a_public_key_is_noticed)
{
    size_t first_end =
        (size_t)(strchr(minisign_public, '\n') - minisign_public);
    char text[sizeof minisign_public];
    struct public_key key;

    memcpy(text, minisign_public, sizeof text);
    for (size_t i = 0; i < sizeof text - 2; i++)
        for (int bit = 0; bit < 8; bit++) {
            if (i >= untrusted_length && i < first_end)
                continue;
            text[i] = (char)(minisign_public[i] ^ 1 << bit);
            ck_assert(
                !public_key_parse(text, sizeof text - 1, "pub", &key, &err) ||
                !check_text(prehashed, strlen(prehashed), &key, message,
                            strlen(message)));
            text[i] = minisign_public[i];
        }
}
END_TEST

Suite *signature_suite(void);
Suite *signature_suite(void)
{
    Suite *suite = suite_create("signature");
    TCase *tcase = tcase_create("signature");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, minisign_files_are_read);
    tcase_add_test(tcase, signatures_are_those_of_minisign);
    tcase_add_test(tcase, keys_go_round);
    tcase_add_test(tcase, a_locked_key_does_not_show_its_secret);
    tcase_add_test(tcase, a_wrong_pass_phrase_is_refused);
    tcase_add_test(tcase, another_key_is_refused);
    tcase_add_test(tcase, every_flipped_bit_of_a_signature_is_refused);
    tcase_add_test(tcase, every_flipped_bit_of_a_message_is_refused);
    tcase_add_test(tcase, a_changed_trusted_comment_is_told);
    tcase_add_test(tcase, cut_and_longer_signatures_are_refused);
    tcase_add_test(tcase, every_flipped_bit_of_a_secret_key_is_refused);
    tcase_add_test(tcase, a_damaged_locked_key_is_refused);
    tcase_add_test(tcase, a_key_that_asks_for_all_memory_is_refused);
    tcase_add_test(tcase, cut_and_longer_keys_are_refused);
    tcase_add_test(tcase, every_flipped_bit_of_a_public_key_is_noticed);
    suite_add_tcase(suite, tcase);
    return suite;
}
