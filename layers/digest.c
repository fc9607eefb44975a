#include "layers/digest.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "engine/base/memory.h"

/* At most 64 MiB stand in the queue: a sum is taken at half the speed that rows are read at, and
 * who reads goes on to other work while the rest of it is taken. */
enum { BLOCK = 256 * 1024, BLOCKS = 256 };

typedef struct block {
    struct block *next;
    size_t length;
    unsigned char bytes[BLOCK];
} block;

struct hot_digest {
    EVP_MD_CTX *sum;
    bool failed;

    bool aside; /* the rest is for a thread of its own */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;    /* what stands below has changed */
    block *first, *last;     /* the queue */
    block *spare;            /* to be filled again */
    size_t made;             /* blocks there are */
    bool all_given, dropped; /* dropped: nobody wants the result any more */

    block *open;  /* being filled; the adder's alone */
    bool starved; /* there was no memory for a single block */
};

static void take(hot_digest *d, const void *bytes, size_t length)
{
    if (EVP_DigestUpdate(d->sum, bytes, length) != 1) d->failed = true;
}

/* ---- aside ---- */

/** Wait for a block; NULL when there will be no more. */
static block *next_block(hot_digest *d)
{
    pthread_mutex_lock(&d->lock);
    while (!d->first && !d->all_given) pthread_cond_wait(&d->moved, &d->lock);
    block *b = d->dropped ? NULL : d->first;
    if (b) d->first = b->next;
    pthread_mutex_unlock(&d->lock);
    return b;
}

static void *take_blocks(void *self)
{
    hot_digest *d = self;
    for (block *b; (b = next_block(d)) != NULL;) {
        take(d, b->bytes, b->length);
        pthread_mutex_lock(&d->lock);
        b->next = d->spare;
        d->spare = b;
        pthread_cond_signal(&d->moved);
        pthread_mutex_unlock(&d->lock);
    }
    return NULL;
}

/** A block to fill: one that was taken, or a new one; where there can be no more, wait. NULL where
 * there is no memory for the first. */
static block *empty_block(hot_digest *d)
{
    block *b = NULL;
    pthread_mutex_lock(&d->lock);
    if (!d->spare && d->made < BLOCKS) b = hot_new_raw(1, sizeof *b);
    if (b) {
        d->made++;
    } else {
        while (!d->spare && d->made) pthread_cond_wait(&d->moved, &d->lock);
        b = d->spare;
        if (b) d->spare = b->next;
    }
    pthread_mutex_unlock(&d->lock);
    if (b) b->length = 0;
    return b;
}

static void give_open(hot_digest *d)
{
    block *b = d->open;
    b->next = NULL;
    pthread_mutex_lock(&d->lock);
    if (d->first)
        d->last->next = b;
    else
        d->first = b;
    d->last = b;
    pthread_cond_signal(&d->moved);
    pthread_mutex_unlock(&d->lock);
    d->open = NULL;
}

static void add_aside(hot_digest *d, const unsigned char *from, size_t length)
{
    while (length) {
        if (!d->open) d->open = empty_block(d);
        d->starved = d->starved || !d->open;
        if (d->starved) return;
        size_t room = BLOCK - d->open->length, n = length < room ? length : room;
        memcpy(d->open->bytes + d->open->length, from, n);
        d->open->length += n;
        from += n;
        length -= n;
        if (n == room) give_open(d);
    }
}

static void free_blocks(block *b)
{
    while (b) {
        block *next = b->next;
        hot_free(b);
        b = next;
    }
}

/** Let the thread end: when it has taken all blocks, or at once. */
static void finish(hot_digest *d, bool dropped)
{
    if (!d->aside) return;
    if (d->open) give_open(d);
    pthread_mutex_lock(&d->lock);
    d->all_given = true;
    d->dropped = dropped;
    pthread_cond_signal(&d->moved);
    pthread_mutex_unlock(&d->lock);
    pthread_join(d->thread, NULL);
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->moved);
    free_blocks(d->first);
    free_blocks(d->spare);
    d->aside = false;
}

/** Where no thread is to be had, the digest is taken as bytes are added. */
static void begin_aside(hot_digest *d)
{
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->moved, NULL);
    d->aside = pthread_create(&d->thread, NULL, take_blocks, d) == 0;
    if (d->aside) return;
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->moved);
}

/* ---- the digest ---- */

hot_status hot_digest_new(bool aside, hot_digest **digest)
{
    hot_digest *d = hot_new(1, sizeof *d);
    *digest = NULL;
    if (!d) return HOT_MEMORY;
    /* No configuration of the machine may say how a sum is taken, or load code for it. */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    d->sum = EVP_MD_CTX_new();
    if (!d->sum || EVP_DigestInit_ex(d->sum, EVP_sha256(), NULL) != 1) {
        hot_digest_free(d);
        return HOT_MEMORY;
    }
    if (aside) begin_aside(d);
    *digest = d;
    return HOT_OK;
}

void hot_digest_add(hot_digest *d, const void *bytes, size_t length)
{
    if (d->aside)
        add_aside(d, bytes, length);
    else
        take(d, bytes, length);
}

hot_status hot_digest_end(hot_digest *d, char hex[HOT_DIGEST_HEX])
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    finish(d, false);
    if (EVP_DigestFinal_ex(d->sum, sum, &n) != 1) d->failed = true;
    hex[0] = 0;
    if (d->failed || d->starved) return HOT_MEMORY;
    for (size_t k = 0; k < n; k++) {
        hex[2 * k] = "0123456789abcdef"[sum[k] >> 4];
        hex[2 * k + 1] = "0123456789abcdef"[sum[k] & 15];
    }
    hex[2 * n] = 0;
    return HOT_OK;
}

hot_status hot_digest_of(const void *bytes, size_t length, char hex[HOT_DIGEST_HEX])
{
    hot_digest *d;
    HOT_TRY(hot_digest_new(false, &d));
    hot_digest_add(d, bytes, length);
    hot_status status = hot_digest_end(d, hex);
    hot_digest_free(d);
    return status;
}

void hot_digest_free(hot_digest *d)
{
    if (!d) return;
    finish(d, true);
    EVP_MD_CTX_free(d->sum);
    hot_free(d);
}
