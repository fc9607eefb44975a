/* digest: the published sums, and the same sum however the bytes come. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "layers/digest.h"

/* FIPS 180-2, appendix B, and the sum of nothing. */
static const struct {
    const char *text, *hex;
} published[] = {
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
};

static void as_published(void **unused)
{
    (void)unused;
    for (size_t k = 0; k < sizeof published / sizeof *published; k++) {
        char hex[HOT_DIGEST_HEX];
        assert_int_equal(hot_digest_of(published[k].text, strlen(published[k].text), hex), HOT_OK);
        assert_string_equal(hex, published[k].hex);
    }
}

/** A million times "a", in pieces of any length, on the same thread and aside. */
static void in_pieces(void **unused)
{
    (void)unused;
    static const size_t pieces[] = {17, 63, 4096, 262144, 262145, 1000000};
    char *text = hot_new_raw(1000000, 1), hex[HOT_DIGEST_HEX];
    assert_non_null(text);
    memset(text, 'a', 1000000);
    for (size_t k = 0; k < 2 * sizeof pieces / sizeof *pieces; k++) {
        hot_digest *digest;
        assert_int_equal(hot_digest_new(k % 2, &digest), HOT_OK);
        for (size_t at = 0, n; at < 1000000; at += n) {
            n = 1000000 - at < pieces[k / 2] ? 1000000 - at : pieces[k / 2];
            hot_digest_add(digest, text + at, n);
        }
        assert_int_equal(hot_digest_end(digest, hex), HOT_OK);
        hot_digest_free(digest);
        assert_string_equal(hex,
                            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    hot_free(text);
}

/** Freed before its end, with bytes still to be taken. */
static void dropped(void **unused)
{
    (void)unused;
    char *text = hot_new(1, 3 << 20);
    assert_non_null(text);
    for (int round = 0; round < 20; round++) {
        hot_digest *digest;
        assert_int_equal(hot_digest_new(true, &digest), HOT_OK);
        hot_digest_add(digest, text, (size_t)(round + 1) << 17);
        hot_digest_free(digest);
    }
    hot_digest_free(NULL);
    hot_free(text);
}

/** More than stands in the queue at once, given faster than it is taken. */
static void more_than_the_queue_holds(void **unused)
{
    (void)unused;
    enum { PIECE = 1 << 20, PIECES = 80 };
    char *text = hot_new(1, PIECE), hex[2][HOT_DIGEST_HEX];
    assert_non_null(text);
    for (int aside = 0; aside < 2; aside++) {
        hot_digest *digest;
        assert_int_equal(hot_digest_new(aside, &digest), HOT_OK);
        for (int k = 0; k < PIECES; k++) {
            memset(text, 'a' + k % 26, PIECE); /* what was given may change */
            hot_digest_add(digest, text, PIECE);
        }
        assert_int_equal(hot_digest_end(digest, hex[aside]), HOT_OK);
        hot_digest_free(digest);
    }
    assert_string_equal(hex[0], hex[1]);
    hot_free(text);
}

/** Without a single block there is no sum; one suffices. */
static void with_little_memory(void **unused)
{
    (void)unused;
    char *text = hot_new(1, 3 << 20), hex[2][HOT_DIGEST_HEX];
    assert_non_null(text);
    assert_int_equal(hot_digest_of(text, 3 << 20, hex[0]), HOT_OK);
    for (int blocks = 0; blocks < 3; blocks++) {
        hot_digest *digest;
        hot_memory_fail_after(1 + blocks);
        assert_int_equal(hot_digest_new(true, &digest), HOT_OK);
        hot_digest_add(digest, text, 3 << 20);
        assert_int_equal(hot_digest_end(digest, hex[1]), blocks ? HOT_OK : HOT_MEMORY);
        hot_memory_fail_after(-1);
        hot_digest_free(digest);
        assert_string_equal(hex[1], blocks ? hex[0] : "");
    }
    hot_free(text);
}

static void without_memory(void **unused)
{
    (void)unused;
    hot_digest *digest;
    hot_memory_fail_after(0);
    hot_status status = hot_digest_new(true, &digest);
    hot_memory_fail_after(-1);
    assert_int_equal(status, HOT_MEMORY);
    assert_null(digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_published),
        cmocka_unit_test(in_pieces),
        cmocka_unit_test(dropped),
        cmocka_unit_test(more_than_the_queue_holds),
        cmocka_unit_test(with_little_memory),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}
