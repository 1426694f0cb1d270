/* base/hash.c: digests by OpenSSL. The algorithms are fetched once a process, so that a digest is cheap. */
#include "base/hash.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct Hash {
    const EVP_MD *algorithm;
    EVP_MD_CTX *state;
};

/* A digest can only fail when the machine's OpenSSL is broken or lacks the algorithm. */
static void require(bool fine) {
    if (!fine) {
        fputs("kezhang: OpenSSL cannot compute the digest\n", stderr);
        abort();
    }
}

static EVP_MD *algorithms[2];

static void fetch_algorithms(void) {
    algorithms[HASH_SM3] = EVP_MD_fetch(NULL, "SM3", NULL);
    algorithms[HASH_SHA256] = EVP_MD_fetch(NULL, "SHA256", NULL);
}

static int hash_drop(Hash *hash) {
    EVP_MD_CTX_free(hash->state);
    return 0;
}

Hash *hash_new(const void *ctx, HashKind kind) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, fetch_algorithms);
    Hash *hash = mem_new(ctx, Hash);
    talloc_set_destructor(hash, hash_drop);
    hash->algorithm = algorithms[kind];
    hash->state = EVP_MD_CTX_new();
    require(hash->algorithm && hash->state && EVP_MD_get_size(hash->algorithm) == HASH_SIZE);
    return hash;
}

void hash_start(Hash *hash) { require(EVP_DigestInit_ex2(hash->state, hash->algorithm, NULL) == 1); }

void hash_add(Hash *hash, const void *bytes, size_t size) { require(EVP_DigestUpdate(hash->state, bytes, size) == 1); }

void hash_add_text(Hash *hash, const char *text) {
    hash_add(hash, text ? "t" : "n", 1);
    if (text) hash_add(hash, text, strlen(text) + 1);
}

void hash_add_number(Hash *hash, int64_t number) {
    char text[24];
    int size = snprintf(text, sizeof text, "%" PRId64, number);
    hash_add(hash, text, (size_t)size + 1);
}

void hash_end(Hash *hash, uint8_t ret_digest[HASH_SIZE]) {
    require(EVP_DigestFinal_ex(hash->state, ret_digest, NULL) == 1);
}

void hash_hex(const uint8_t digest[HASH_SIZE], char ret_text[HASH_HEX_SIZE]) {
    static const char DIGITS[] = "0123456789abcdef";
    for (size_t i = 0; i < HASH_SIZE; i++) {
        ret_text[2 * i] = DIGITS[digest[i] >> 4];
        ret_text[2 * i + 1] = DIGITS[digest[i] & 15];
    }
    ret_text[2 * HASH_SIZE] = '\0';
}

void hash_end_hex(Hash *hash, char ret_text[HASH_HEX_SIZE]) {
    uint8_t digest[HASH_SIZE];
    hash_end(hash, digest);
    hash_hex(digest, ret_text);
}
