/* base/test-hash.c: published digests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"

typedef struct Vector {
    HashKind kind;
    const char *text;
    const char *hex;
} Vector;

/* GB/T 32905-2016 appendix A, FIPS 180-4. */
static const Vector VECTORS[] = {
    {HASH_SM3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
    {HASH_SM3, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
     "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
    {HASH_SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {HASH_SHA256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
};

static void test_vectors(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hashes[] = {[HASH_SM3] = hash_new(scratch, HASH_SM3), [HASH_SHA256] = hash_new(scratch, HASH_SHA256)};
    for (size_t i = 0; i < sizeof VECTORS / sizeof *VECTORS; i++) {
        Hash *hash = hashes[VECTORS[i].kind];
        uint8_t digest[HASH_SIZE];
        char hex[HASH_HEX_SIZE];
        hash_start(hash);
        for (const char *at = VECTORS[i].text; *at; at++) hash_add(hash, at, 1);
        hash_end(hash, digest);
        hash_hex(digest, hex);
        assert_string_equal(hex, VECTORS[i].hex);
    }
}

static void test_start_forgets(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SM3);
    uint8_t digest[HASH_SIZE];
    char hex[HASH_HEX_SIZE];
    hash_start(hash);
    hash_add(hash, "never ended", 11);
    hash_start(hash);
    hash_add(hash, "abc", 3);
    hash_end(hash, digest);
    hash_hex(digest, hex);
    assert_string_equal(hex, VECTORS[0].hex);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_vectors), cmocka_unit_test(test_start_forgets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
