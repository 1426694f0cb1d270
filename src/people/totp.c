/* people/totp.c: see totp.h. */
#include "people/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "people/people.h"

#define SECRET_BYTES_MAX 64

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* Five bits a letter; TOTP_SECRET_SIZE bytes end with a whole one. */
char *totp_secret(const void *ctx) {
    unsigned char bytes[TOTP_SECRET_SIZE];
    char *text = mem_array(ctx, char, TOTP_SECRET_SIZE * 8 / 5 + 1);
    people_random(bytes, sizeof bytes);
    for (size_t bit = 0; bit < TOTP_SECRET_SIZE * 8; bit += 5) {
        unsigned pair = (unsigned)bytes[bit / 8] << 8 | (bit / 8 + 1 < TOTP_SECRET_SIZE ? bytes[bit / 8 + 1] : 0);
        text[bit / 5] = base32[pair >> (11 - bit % 8) & 31];
    }
    OPENSSL_cleanse(bytes, sizeof bytes);
    return text;
}

char *totp_uri(const void *ctx, const char *issuer, const char *login, const char *secret) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *escaped = mem_array(scratch, char, strlen(issuer) * 3 + 1), *out = escaped;
    for (const unsigned char *c = (const unsigned char *)issuer; *c; c++) out += sprintf(out, "%%%02X", *c);
    return mem_printf(ctx, "otpauth://totp/%s:%s?secret=%s&issuer=%s", escaped, login, secret, escaped);
}

/* The number of bytes, 0 when it is no base32. */
static size_t decode(const char *secret, unsigned char bytes[SECRET_BYTES_MAX]) {
    unsigned held = 0, bits = 0;
    size_t n = 0;
    for (const char *c = secret; *c; c++) {
        const char *at = strchr(base32, *c);
        if (!at || n == SECRET_BYTES_MAX) return 0;
        held = (held << 5 | (unsigned)(at - base32)) & 0xFFF;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes[n++] = (unsigned char)(held >> bits);
    }
    return n;
}

int totp_code(const char *secret, int64_t step) {
    static const int moduli[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    unsigned char key[SECRET_BYTES_MAX], message[8], digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    size_t n = decode(secret, key);
    for (int i = 0; i < 8; i++) message[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    if (!n || !HMAC(EVP_sha1(), key, (int)n, message, sizeof message, digest, &size)) return -1;
    const unsigned char *at = digest + (digest[size - 1] & 15);
    int number = (at[0] & 127) << 24 | at[1] << 16 | at[2] << 8 | at[3];
    OPENSSL_cleanse(key, sizeof key);
    return number % moduli[TOTP_DIGITS];
}

int64_t totp_match(const char *secret, const char *code, int64_t now, int64_t after) {
    int64_t found = 0;
    if (strlen(code) != TOTP_DIGITS) return 0;
    for (int64_t step = now / TOTP_STEP - TOTP_DRIFT; step <= now / TOTP_STEP + TOTP_DRIFT; step++) {
        char wanted[16];
        (void)snprintf(wanted, sizeof wanted, "%0*d", TOTP_DIGITS, totp_code(secret, step));
        if (step > after && !CRYPTO_memcmp(wanted, code, TOTP_DIGITS)) found = step;
    }
    return found;
}
