/** @file digest.h
 *  The door to SHA-256, by which inputs and manifests are known.
 *
 *  Source  FIPS 180-4, as libcrypto has it for each processor.
 */
#ifndef HOT_LAYERS_DIGEST_H
#define HOT_LAYERS_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"

enum { HOT_DIGEST_HEX = 65 }; /**< bytes of a digest in lower-case hex, its zero included */

typedef struct hot_digest hot_digest;

/** Begin. `aside`: on a thread of its own, so that who adds bytes goes on while they are taken;
 * they are copied into blocks, as many as are needed and 64 MiB at most, and adding waits only
 * where all those are full.
 *  @return HOT_OK, or HOT_MEMORY; *digest is then NULL */
HOT_MUST_USE hot_status hot_digest_new(bool aside, hot_digest **digest);

void hot_digest_add(hot_digest *digest, const void *bytes, size_t length);

/** End: nothing may be added after it. Waits for what was not taken yet.
 *  @return HOT_OK, or HOT_MEMORY (hex is "") */
HOT_MUST_USE hot_status hot_digest_end(hot_digest *digest, char hex[HOT_DIGEST_HEX]);

/** All at once: that of some bytes. */
HOT_MUST_USE hot_status hot_digest_of(const void *bytes, size_t length, char hex[HOT_DIGEST_HEX]);

/** May be NULL, and at any time: bytes that were not taken yet are let go. */
void hot_digest_free(hot_digest *digest);

#endif
