/* Additive increase and multiplicative decrease, as TCP does it: the number in
 * flight doubles with each round of replies until the server has enough, and
 * from then on grows by one a round and is halved when it is too much. */
#include "src/llm/pacing.h"

enum {
    FIRST_ALLOWED = 4,
    MINUTE = 60000,      /* in milliseconds */
    FIRST_BACKOFF = 500, /* milliseconds */
    LONGEST_BACKOFF = 30000,
    LONGEST_SPREAD = 1000, /* over which what follows a pause is spread */
    MOST_JITTER = 1000,    /* that is added to a wait that the server named */
    LONGEST_RESET = MINUTE
};

/* Beyond this a cap is none; products with it stay far from overflow. */
static const int64_t largest = 1000000000;

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greatest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- Buckets ---- */

/* `rate` a minute.  What a full bucket holds and what flows in during a whole
 * minute are together one more than the rate; so no minute, wherever it begins,
 * sees more than the rate. */
static void bucket_start(struct pacing_bucket *bucket, int64_t rate,
                         int64_t burst, int64_t now)
{
    *bucket = (struct pacing_bucket){.at = now};
    if (rate <= 0)
        return;
    rate = least(rate, largest);
    burst = least(burst, rate / 60 + 1);
    bucket->refill = rate - burst + 1;
    bucket->most = burst * MINUTE;
    bucket->level = bucket->most;
}

static int64_t bucket_level(const struct pacing_bucket *bucket, int64_t now)
{
    int64_t passed = least(now - bucket->at, largest);

    return least(bucket->most, bucket->level + passed * bucket->refill);
}

static void bucket_take(struct pacing_bucket *bucket, int64_t now,
                        int64_t count)
{
    if (!bucket->refill)
        return;
    bucket->level = bucket_level(bucket, now) - count * MINUTE;
    bucket->at = now;
}

/* Milliseconds until the bucket holds so much; -1: never. */
static int64_t bucket_wait(const struct pacing_bucket *bucket, int64_t now,
                           int64_t wanted)
{
    int64_t missing;

    if (!bucket->refill)
        return 0;
    if (wanted > bucket->most)
        return -1;
    missing = wanted - bucket_level(bucket, now);
    if (missing <= 0)
        return 0;
    return (missing + bucket->refill - 1) / bucket->refill;
}

/* ---- Room ---- */

void pacing_start(struct pacing *pacing, int concurrency, int64_t rpm,
                  int64_t tpm, uint64_t seed, int64_t now)
{
    *pacing = (struct pacing){
        .concurrency = concurrency,
        .allowed = (int)least(FIRST_ALLOWED, concurrency),
        .slow_start = true,
        .paused_until = now,
        .next_send = now,
        .typical = 1,
    };
    bucket_start(&pacing->requests, rpm, concurrency, now);
    bucket_start(&pacing->tokens, tpm, largest, now);
    random_start(&pacing->random, seed, "pace", NULL);
}

/* What must be in the bucket of tokens for `calls` calls: the last of them may
 * be larger than what is there, or a call above the cap would never go. */
static int64_t tokens_wanted(const struct pacing *pacing, int64_t calls)
{
    return (calls - 1) * pacing->typical * MINUTE + 1;
}

/* How many calls the caps let through. */
static int64_t capped(const struct pacing *pacing, int64_t now, int64_t room)
{
    if (pacing->requests.refill)
        room = least(room, bucket_level(&pacing->requests, now) / MINUTE);
    if (pacing->tokens.refill && room > 0) {
        int64_t each = pacing->typical * MINUTE;
        int64_t level = bucket_level(&pacing->tokens, now);
        room = level <= 0 ? 0 : least(room, (level + each - 1) / each);
    }
    return room;
}

int pacing_room(const struct pacing *pacing, int64_t now, int in_flight)
{
    int64_t room = pacing->allowed - in_flight;

    if (room <= 0 || now < pacing->paused_until)
        return 0;
    if (pacing->spread_left > 0)
        room = now < pacing->next_send ? 0 : 1;
    return (int)capped(pacing, now, room);
}

int64_t pacing_until_room(const struct pacing *pacing, int64_t now,
                          int in_flight)
{
    int room = pacing_room(pacing, now, in_flight);
    int64_t requests;
    int64_t tokens;
    int64_t wait = greatest(0, pacing->paused_until - now);

    if (in_flight + room >= pacing->allowed)
        return -1;
    if (pacing->spread_left > 0) {
        if (room > 0)
            return -1; /* one at a time: it must be sent first */
        wait = greatest(wait, pacing->next_send - now);
    }
    requests =
        bucket_wait(&pacing->requests, now, (int64_t)(room + 1) * MINUTE);
    tokens = bucket_wait(&pacing->tokens, now, tokens_wanted(pacing, room + 1));
    if (requests < 0 || tokens < 0)
        return -1;
    return greatest(wait, greatest(requests, tokens));
}

int64_t pacing_pause_left(const struct pacing *pacing, int64_t now)
{
    return greatest(0, pacing->paused_until - now);
}

/* Even over 0 … limit. */
static int64_t at_random(struct pacing *pacing, int64_t limit)
{
    return random_below(&pacing->random, (uint32_t)limit + 1);
}

int64_t pacing_send(struct pacing *pacing, int64_t now, int64_t tokens)
{
    tokens = least(largest, greatest(1, tokens));
    pacing->typical = tokens;
    bucket_take(&pacing->requests, now, 1);
    bucket_take(&pacing->tokens, now, tokens);
    if (pacing->spread_left > 0 && now >= pacing->paused_until) {
        pacing->spread_left--;
        pacing->next_send = now + at_random(pacing, 2 * pacing->spread_gap);
    }
    return ++pacing->sent;
}

/* ---- What replies say ---- */

static void pause_for(struct pacing *pacing, int64_t now, int64_t wait)
{
    if (now + wait <= pacing->paused_until)
        return;
    pacing->paused_until = now + wait;
    pacing->next_send = pacing->paused_until;
    pacing->spread_left = pacing->allowed;
    pacing->spread_gap = least(wait / 4, LONGEST_SPREAD) / pacing->allowed;
}

void pacing_good(struct pacing *pacing, int64_t number)
{
    /* What was sent before the halving says nothing of the new pace. */
    if (number <= pacing->halved)
        return;
    pacing->strikes = 0;
    if (pacing->allowed >= pacing->concurrency)
        return;
    pacing->good++;
    if (pacing->slow_start || pacing->good >= pacing->allowed) {
        pacing->allowed++;
        pacing->good = 0;
    }
}

/* A whole round may be refused at once; it is halved for the first only, as
 * what was sent before was not sent at the new pace. */
static bool halve(struct pacing *pacing, int64_t number)
{
    if (number <= pacing->halved)
        return false;
    pacing->halved = pacing->sent;
    pacing->allowed = (int)greatest(1, pacing->allowed / 2);
    pacing->slow_start = false;
    pacing->good = 0;
    pacing->strikes++;
    return true;
}

void pacing_limited(struct pacing *pacing, int64_t now, int64_t number,
                    int64_t wait)
{
    bool first = halve(pacing, number);

    if (wait >= 0)
        pause_for(pacing, now,
                  wait + at_random(pacing, least(wait / 4, MOST_JITTER)));
    else if (first)
        pause_for(pacing, now, pacing_backoff(pacing, pacing->strikes + 1, -1));
}

void pacing_exhausted(struct pacing *pacing, int64_t now, int64_t reset)
{
    /* It names the moment when all is back; some of it is sooner. */
    if (reset > 0)
        pause_for(pacing, now, least(reset, LONGEST_RESET));
}

int64_t pacing_backoff(struct pacing *pacing, int tries, int64_t wait)
{
    int doublings = (int)least(10, greatest(0, tries - 1));
    int64_t longest =
        least((int64_t)FIRST_BACKOFF << doublings, LONGEST_BACKOFF);

    return greatest(wait, longest - at_random(pacing, longest / 4));
}
