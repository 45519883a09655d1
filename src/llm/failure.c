/* libcurl's results as sentences: those that a user meets have their own, for
 * the others libcurl's words do. */
#include "src/llm/failure.h"

#include <stdio.h>
#include <string.h>

bool failure_is_final(const struct exchange *exchange, CURLcode result)
{
    switch (result) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_URL_MALFORMAT:
        return true;
    case CURLE_UNSUPPORTED_PROTOCOL:
        /* Also of a reply that is not HTTP at all. */
        return exchange->requested_at < 0;
    default:
        return false;
    }
}

/* What libcurl says of it, without what could do harm on a terminal. */
static const char *curl_says(struct exchange *exchange, CURLcode result)
{
    char *says = exchange->curl_says;
    size_t length = strlen(says);

    while (length && strchr("\n .", says[length - 1]))
        says[--length] = '\0';
    if (!length)
        return curl_easy_strerror(result);
    for (char *at = says; *at; at++)
        if ((unsigned char)*at < 0x20 || (unsigned char)*at > 0x7E)
            *at = '?';
    return says;
}

static const char *system_says(struct exchange *exchange, CURLcode result)
{
    long number = 0;
    const char *text;

    curl_easy_getinfo(exchange->easy, CURLINFO_OS_ERRNO, &number);
    text = number ? strerrordesc_np((int)number) : NULL;
    return text ? text : curl_says(exchange, result);
}

static void say(struct exchange *exchange, const char *before,
                const char *after)
{
    snprintf(exchange->failure, sizeof exchange->failure, "%s%.256s%s", before,
             exchange->common->host, after);
}

static void say_because(struct exchange *exchange, const char *before,
                        const char *why)
{
    snprintf(exchange->failure, sizeof exchange->failure, "%s%.256s: %s",
             before, exchange->common->host, why);
}

/* "… within 0.15 s", "… within 120 s" */
static void say_late(struct exchange *exchange, const char *what,
                     int64_t milliseconds)
{
    snprintf(exchange->failure, sizeof exchange->failure,
             "%s %.256s within %.4g s", what, exchange->common->host,
             (double)milliseconds / 1000);
}

void failure_say_overdue(struct exchange *exchange)
{
    say_late(exchange, "no answer from",
             exchange->common->options.first_byte_ms);
}

static void say_timed_out(struct exchange *exchange)
{
    const struct transport_options *options = &exchange->common->options;

    if (exchange->requested_at >= 0)
        say_late(exchange, "no whole reply from", options->whole_ms);
    else
        say_late(exchange, "no connection to",
                 options->connect_ms < options->whole_ms ? options->connect_ms
                                                         : options->whole_ms);
}

void failure_say(struct exchange *exchange, CURLcode result)
{
    if (exchange->sent_twice)
        result = CURLE_GOT_NOTHING;
    switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
        say_timed_out(exchange);
        break;
    case CURLE_COULDNT_RESOLVE_HOST:
        say(exchange, "cannot find the address of ", "");
        break;
    case CURLE_COULDNT_CONNECT:
        say_because(exchange, "cannot connect to ",
                    system_says(exchange, result));
        break;
    case CURLE_PEER_FAILED_VERIFICATION:
        say_because(exchange, "cannot trust ", curl_says(exchange, result));
        break;
    case CURLE_SSL_CACERT_BADFILE:
        snprintf(exchange->failure, sizeof exchange->failure,
                 "cannot read certificates from %s",
                 exchange->common->ca_file ? exchange->common->ca_file
                                           : "the system's store");
        break;
    case CURLE_GOT_NOTHING:
        say(exchange, "", " ended the connection without a reply");
        break;
    case CURLE_PARTIAL_FILE:
        say(exchange, "", " ended the connection in the middle of a reply");
        break;
    default:
        say_because(exchange, "", curl_says(exchange, result));
    }
}
