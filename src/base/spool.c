/* A queue of blocks between one who fills them and a thread that writes them.
 * A block belongs to who holds it: the file that fills it, the queue, the
 * thread, or the list of free ones. */
#include "datebook/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BEHIND = 4, /* blocks that wait before the caller lends a hand */
    SPARE = 12  /* blocks beside those of open files */
};

/* The two lines of a file: the caller's side fills blocks and counts what it
 * hands over, the thread's side hashes and writes. */
struct spool_part {
    struct spool *spool;
    const char *told; /* its name in messages */
    struct spool_file *file;
    struct block *block;
    int fd; /* -1 once closed */
    struct sha256 *hash;
    struct compressor *compressor; /* NULL: none */
    int64_t bytes;                 /* that were written */
    struct spool_part *next;
};

struct block {
    struct block *next;
    struct spool_part *part;
    size_t length;
    int64_t offset;
    bool written; /* by the caller; it is still to be hashed */
    bool last;
    char bytes[SPOOL_BLOCK];
};

struct spool {
    pthread_t thread;
    bool alone; /* there is no thread */
    struct spool_part *parts;
    size_t blocks;        /* that were allocated */
    size_t open;          /* files that may hold one */
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t filled;
    pthread_cond_t emptied;
    struct block *first;
    struct block *last;
    struct block *free;
    size_t waiting;
    bool busy;
    bool over;
    int fault; /* errno of the first fault; 0: none */
    const char *fault_of;
};

/* ---- The thread's side ---- */

static void note_fault(struct spool *spool, const char *told, int code)
{
    pthread_mutex_lock(&spool->lock);
    if (!spool->fault) {
        spool->fault = code ? code : EIO;
        spool->fault_of = told;
    }
    pthread_mutex_unlock(&spool->lock);
}

static bool has_fault(struct spool *spool)
{
    bool fault;

    pthread_mutex_lock(&spool->lock);
    fault = spool->fault;
    pthread_mutex_unlock(&spool->lock);
    return fault;
}

static bool write_at(const struct spool_part *part, const char *bytes,
                     size_t length, int64_t offset)
{
    while (length) {
        ssize_t wrote = pwrite(part->fd, bytes, length, offset);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        bytes += wrote;
        length -= (size_t)wrote;
        offset += wrote;
    }
    return true;
}

static bool store(struct spool_part *part, const void *bytes, size_t length,
                  bool written)
{
    if (!written && !write_at(part, bytes, length, part->bytes))
        return false;
    part->bytes += (int64_t)length;
    errno = 0;
    return sha256_add(part->hash, bytes, length);
}

static bool store_piece(void *context, const void *bytes, size_t length)
{
    return store(context, bytes, length, false);
}

static bool take(struct spool_part *part, const struct block *block)
{
    errno = 0;
    if (!part->compressor)
        return store(part, block->bytes, block->length, block->written);
    return compressor_add(part->compressor, block->bytes, block->length,
                          store_piece, part) &&
           (!block->last ||
            compressor_end(part->compressor, store_piece, part));
}

static void release(struct spool_part *part)
{
    if (part->fd >= 0)
        close(part->fd);
    part->fd = -1;
    compressor_free(part->compressor);
    part->compressor = NULL;
    sha256_free(part->hash);
    part->hash = NULL;
}

static bool finish(struct spool_part *part)
{
    int fd = part->fd;
    bool ok = sha256_end(part->hash, part->file->sha256);

    part->fd = -1;
    part->file->bytes = part->bytes;
    errno = 0;
    ok = close(fd) == 0 && ok;
    release(part);
    return ok;
}

static void process(struct block *block)
{
    struct spool_part *part = block->part;
    struct spool *spool = part->spool;

    if (has_fault(spool))
        return;
    if (!take(part, block) || (block->last && !finish(part)))
        note_fault(spool, part->told, errno);
}

static struct block *next_block(struct spool *spool)
{
    struct block *block;

    pthread_mutex_lock(&spool->lock);
    spool->busy = false;
    if (!spool->first)
        pthread_cond_signal(&spool->emptied);
    while (!spool->first && !spool->over)
        pthread_cond_wait(&spool->filled, &spool->lock);
    block = spool->first;
    if (block) {
        spool->first = block->next;
        spool->waiting--;
        spool->busy = true;
    }
    pthread_mutex_unlock(&spool->lock);
    return block;
}

static void give_back(struct spool *spool, struct block *block)
{
    pthread_mutex_lock(&spool->lock);
    block->next = spool->free;
    spool->free = block;
    pthread_cond_signal(&spool->emptied);
    pthread_mutex_unlock(&spool->lock);
}

static void *work(void *data)
{
    struct spool *spool = data;
    struct block *block;

    while ((block = next_block(spool))) {
        process(block);
        give_back(spool, block);
    }
    return NULL;
}

/* ---- The caller's side ---- */

/* Signals go to the threads that were there before. */
static bool start_thread(struct spool *spool)
{
    sigset_t all;
    sigset_t before;
    bool ok;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    ok = !pthread_create(&spool->thread, NULL, work, spool);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

struct spool *spool_open(struct error *err)
{
    struct spool *spool = calloc(1, sizeof *spool);

    if (!spool) {
        error_memory(err);
        return NULL;
    }
    /* With default attributes, none of them asks for anything. */
    pthread_mutex_init(&spool->lock, NULL);
    pthread_cond_init(&spool->filled, NULL);
    pthread_cond_init(&spool->emptied, NULL);
    spool->alone = !start_thread(spool);
    return spool;
}

static bool tell(const struct spool *spool, struct error *err)
{
    if (spool->fault == ENOMEM)
        return error_memory(err);
    return error_set(err, ERROR_INPUT, "cannot write %s: %s", spool->fault_of,
                     strerror(spool->fault));
}

static bool tell_errno(const char *told, struct error *err)
{
    if (errno == ENOMEM)
        return error_memory(err);
    return error_set(err, ERROR_INPUT, "cannot write %s: %s", told,
                     strerror(errno));
}

/* An empty block: a free one, a new one, or the next that the thread is done
 * with.  Without a thread every block but those of files is free. */
static struct block *take_block(struct spool *spool, struct error *err)
{
    struct block *block = NULL;

    pthread_mutex_lock(&spool->lock);
    while (!spool->free && spool->blocks >= spool->open + SPARE)
        pthread_cond_wait(&spool->emptied, &spool->lock);
    block = spool->free;
    if (block)
        spool->free = block->next;
    pthread_mutex_unlock(&spool->lock);
    if (block)
        return block;
    block = malloc(sizeof *block);
    if (!block) {
        error_memory(err);
        return NULL;
    }
    spool->blocks++;
    return block;
}

static bool new_block(struct spool_file *file, struct error *err)
{
    struct spool_part *part = file->part;

    part->block = take_block(part->spool, err);
    if (!part->block)
        return false;
    file->room = part->block->bytes;
    file->left = SPOOL_BLOCK;
    return true;
}

/* Where the thread has enough to do, the caller writes its block by itself: so
 * both processors are busy, whichever part of the work is the larger. */
static bool lend_a_hand(const struct spool_part *part, struct block *block)
{
    struct spool *spool = part->spool;
    size_t waiting;

    pthread_mutex_lock(&spool->lock);
    waiting = spool->waiting;
    pthread_mutex_unlock(&spool->lock);
    if (waiting < BEHIND || part->compressor)
        return true;
    block->written = true;
    return write_at(part, block->bytes, block->length, block->offset);
}

static bool enqueue(struct spool *spool, struct block *block, struct error *err)
{
    bool fault;

    block->next = NULL;
    if (spool->alone) {
        process(block);
        give_back(spool, block);
        return !spool->fault || tell(spool, err);
    }
    pthread_mutex_lock(&spool->lock);
    if (spool->first)
        spool->last->next = block;
    else
        spool->first = block;
    spool->last = block;
    spool->waiting++;
    fault = spool->fault;
    pthread_cond_signal(&spool->filled);
    pthread_mutex_unlock(&spool->lock);
    return !fault || tell(spool, err);
}

static bool pass(struct spool_file *file, bool last, struct error *err)
{
    struct spool_part *part = file->part;
    struct block *block = part->block;

    block->part = part;
    block->length = SPOOL_BLOCK - file->left;
    block->offset = file->content;
    block->written = false;
    block->last = last;
    part->block = NULL;
    file->content += (int64_t)block->length;
    file->left = 0;
    if (!lend_a_hand(part, block)) {
        give_back(part->spool, block);
        return tell_errno(part->told, err);
    }
    return enqueue(part->spool, block, err);
}

static bool open_part(struct spool_part *part, const char *path,
                      enum compression compression, struct error *err)
{
    part->hash = sha256_new(err);
    if (!part->hash)
        return false;
    if (compression != COMPRESS_NONE) {
        part->compressor = compressor_new(compression, err);
        if (!part->compressor)
            return false;
    }
    part->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return part->fd >= 0 || tell_errno(part->told, err);
}

struct spool_file *spool_create(struct spool *spool, struct arena *arena,
                                const char *path, const char *told,
                                enum compression compression, struct error *err)
{
    struct spool_file *file = arena_zero(arena, 1, sizeof *file, err);
    struct spool_part *part =
        file ? arena_zero(arena, 1, sizeof *part, err) : NULL;

    if (!part)
        return NULL;
    part->fd = -1;
    part->told = arena_text(arena, told, err);
    if (!part->told || !open_part(part, path, compression, err)) {
        release(part);
        return NULL;
    }
    file->part = part;
    part->file = file;
    part->spool = spool;
    part->next = spool->parts;
    spool->parts = part;
    spool->open++;
    return file;
}

bool spool_add_more(struct spool_file *file, const void *bytes, size_t length,
                    struct error *err)
{
    const char *from = bytes;

    while (length) {
        size_t some;
        if (!file->part->block && !new_block(file, err))
            return false;
        some = length < file->left ? length : file->left;
        memcpy(file->room, from, some);
        file->room += some;
        file->left -= some;
        from += some;
        length -= some;
        if (!file->left && !pass(file, false, err))
            return false;
    }
    return true;
}

int64_t spool_content(const struct spool_file *file)
{
    size_t used = file->part->block ? SPOOL_BLOCK - file->left : 0;

    return file->content + (int64_t)used;
}

bool spool_end(struct spool_file *file, struct error *err)
{
    bool ok =
        (file->part->block || new_block(file, err)) && pass(file, true, err);

    file->part->spool->open--;
    return ok;
}

bool spool_wait(struct spool *spool, struct error *err)
{
    pthread_mutex_lock(&spool->lock);
    while (!spool->alone && (spool->first || spool->busy))
        pthread_cond_wait(&spool->emptied, &spool->lock);
    pthread_mutex_unlock(&spool->lock);
    return !spool->fault || tell(spool, err);
}

static void free_blocks(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

/* What is still queued is of no use: who closes early has given up. */
void spool_close(struct spool *spool)
{
    if (!spool)
        return;
    pthread_mutex_lock(&spool->lock);
    spool->over = true;
    free_blocks(spool->first);
    spool->first = NULL;
    pthread_cond_signal(&spool->filled);
    pthread_mutex_unlock(&spool->lock);
    if (!spool->alone)
        pthread_join(spool->thread, NULL);
    for (struct spool_part *part = spool->parts; part; part = part->next) {
        free(part->block);
        release(part);
    }
    free_blocks(spool->free);
    pthread_cond_destroy(&spool->filled);
    pthread_cond_destroy(&spool->emptied);
    pthread_mutex_destroy(&spool->lock);
    free(spool);
}
