/* A ring of blocks between one who fills them and a thread that hashes them. */
#include "src/base/hasher.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* One to fill, one to hash, and some for when the two are not in step. */
enum { BLOCKS = 4 };

struct hasher {
    struct hash *hash;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows up to the blocks */
    pthread_cond_t changed;
    unsigned passed; /* how many blocks were handed over, ever */
    unsigned hashed; /* how many of them are in the hash; at most `passed` */
    bool over;       /* no more will come */
    bool dropped;    /* nor is what came of use */
    char blocks[BLOCKS][HASHER_BLOCK];
};

/* Waits for a block to hash; false when there will be none. */
static bool next_block(struct hasher *hasher, const char **block)
{
    bool more;

    pthread_mutex_lock(&hasher->lock);
    while (hasher->hashed == hasher->passed && !hasher->over)
        pthread_cond_wait(&hasher->changed, &hasher->lock);
    more = hasher->hashed != hasher->passed && !hasher->dropped;
    *block = hasher->blocks[hasher->hashed % BLOCKS];
    pthread_mutex_unlock(&hasher->lock);
    return more;
}

static void *hash_blocks(void *data)
{
    struct hasher *hasher = data;
    const char *block;

    while (next_block(hasher, &block)) {
        hash_raw(hasher->hash, block, HASHER_BLOCK);
        pthread_mutex_lock(&hasher->lock);
        hasher->hashed++;
        pthread_cond_signal(&hasher->changed);
        pthread_mutex_unlock(&hasher->lock);
    }
    return NULL;
}

/* Signals go to the threads that were there before. */
static bool start_thread(struct hasher *hasher)
{
    sigset_t all;
    sigset_t before;
    bool ok;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    ok = !pthread_create(&hasher->thread, NULL, hash_blocks, hasher);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

static void release(struct hasher *hasher)
{
    pthread_cond_destroy(&hasher->changed);
    pthread_mutex_destroy(&hasher->lock);
    free(hasher);
}

struct hasher *hasher_start(struct hash *hash)
{
    struct hasher *hasher = malloc(sizeof *hasher);

    if (!hasher)
        return NULL;
    hasher->hash = hash;
    hasher->passed = 0;
    hasher->hashed = 0;
    hasher->over = false;
    hasher->dropped = false;
    /* With default attributes, neither asks for anything. */
    pthread_mutex_init(&hasher->lock, NULL);
    pthread_cond_init(&hasher->changed, NULL);
    if (start_thread(hasher))
        return hasher;
    release(hasher);
    return NULL;
}

char *hasher_block(struct hasher *hasher)
{
    return hasher->blocks[hasher->passed % BLOCKS];
}

/* Only the caller changes `passed`; the thread only reads it, under the lock.
 * One condition serves both sides, for at most one of them waits: the ring is
 * not empty and full at once. */
void hasher_pass(struct hasher *hasher)
{
    pthread_mutex_lock(&hasher->lock);
    hasher->passed++;
    pthread_cond_signal(&hasher->changed);
    while (hasher->passed - hasher->hashed == BLOCKS)
        pthread_cond_wait(&hasher->changed, &hasher->lock);
    pthread_mutex_unlock(&hasher->lock);
}

void hasher_stop(struct hasher *hasher, bool finish)
{
    if (!hasher)
        return;
    pthread_mutex_lock(&hasher->lock);
    hasher->over = true;
    hasher->dropped = !finish;
    pthread_cond_signal(&hasher->changed);
    pthread_mutex_unlock(&hasher->lock);
    pthread_join(hasher->thread, NULL);
    release(hasher);
}
