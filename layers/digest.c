#include "layers/digest.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "engine/base/memory.h"

enum { BLOCK = 256 * 1024, BLOCKS = 4 };

struct hot_digest {
    EVP_MD_CTX *sum;
    bool failed;

    bool aside; /* the rest is for a thread of its own */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;    /* given or taken has changed, or all is given */
    uint64_t given, taken;   /* blocks; those between stand in the ring */
    bool all_given, dropped; /* dropped: nobody wants the result any more */
    size_t length[BLOCKS];
    unsigned char block[BLOCKS][BLOCK];
};

static void take(hot_digest *d, const void *bytes, size_t length)
{
    if (EVP_DigestUpdate(d->sum, bytes, length) != 1) d->failed = true;
}

/* ---- aside ---- */

/** Wait for a block; false when there will be no more. */
static bool next_block(hot_digest *d, size_t *at)
{
    pthread_mutex_lock(&d->lock);
    while (d->given == d->taken && !d->all_given) pthread_cond_wait(&d->moved, &d->lock);
    bool there = d->given != d->taken && !d->dropped;
    *at = (size_t)(d->taken % BLOCKS);
    pthread_mutex_unlock(&d->lock);
    return there;
}

static void *take_blocks(void *self)
{
    hot_digest *d = self;
    size_t at;
    while (next_block(d, &at)) {
        take(d, d->block[at], d->length[at]);
        pthread_mutex_lock(&d->lock);
        d->taken++;
        pthread_cond_signal(&d->moved);
        pthread_mutex_unlock(&d->lock);
    }
    return NULL;
}

static void give_block(hot_digest *d, const unsigned char *bytes, size_t length)
{
    pthread_mutex_lock(&d->lock);
    while (d->given - d->taken == BLOCKS) pthread_cond_wait(&d->moved, &d->lock);
    pthread_mutex_unlock(&d->lock);
    size_t at = (size_t)(d->given % BLOCKS);
    memcpy(d->block[at], bytes, length);
    d->length[at] = length;
    pthread_mutex_lock(&d->lock);
    d->given++;
    pthread_cond_signal(&d->moved);
    pthread_mutex_unlock(&d->lock);
}

/** Let the thread end: when it has taken all blocks, or at once. */
static void finish(hot_digest *d, bool dropped)
{
    if (!d->aside) return;
    pthread_mutex_lock(&d->lock);
    d->all_given = true;
    d->dropped = dropped;
    pthread_cond_signal(&d->moved);
    pthread_mutex_unlock(&d->lock);
    pthread_join(d->thread, NULL);
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->moved);
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
    hot_digest *d = hot_new_raw(1, aside ? sizeof *d : offsetof(hot_digest, block));
    *digest = NULL;
    if (!d) return HOT_MEMORY;
    memset(d, 0, offsetof(hot_digest, block));
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
    const unsigned char *from = bytes;
    if (!d->aside) {
        take(d, bytes, length);
        return;
    }
    for (size_t n; length; from += n, length -= n) {
        n = length < BLOCK ? length : BLOCK;
        give_block(d, from, n);
    }
}

hot_status hot_digest_end(hot_digest *d, char hex[HOT_DIGEST_HEX])
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    finish(d, false);
    if (EVP_DigestFinal_ex(d->sum, sum, &n) != 1) d->failed = true;
    hex[0] = 0;
    if (d->failed) return HOT_MEMORY;
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
