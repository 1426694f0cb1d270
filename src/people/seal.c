/* people/seal.c: see seal.h. Owns the key in memory and wipes it at the end. */
#include "people/seal.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define KEY_SIZE   64 /* 32 bytes for the cipher, 32 for the nonces */
#define NONCE_SIZE 12
#define TAG_SIZE   16
#define PLAIN_MAX  65536 /* of the longest that is sealed: a form that was not saved */
static const char mark[] = "s1:";

struct Seal {
    bool has_key;
    unsigned char key[KEY_SIZE];
};

static int wipe(Seal *seal) {
    OPENSSL_cleanse(seal->key, sizeof seal->key);
    return 0;
}

static int make_key(const char *path, Seal *seal, Diag *diag) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool fine = file >= 0 && RAND_bytes(seal->key, KEY_SIZE) == 1 && write(file, seal->key, KEY_SIZE) == KEY_SIZE &&
                fsync(file) == 0;
    if (file >= 0) fine &= close(file) == 0;
    if (!fine)
        diag_error(diag, PLACE_FILE(path), "key", "the key file cannot be written; see to the rights of the folder");
    return fine ? 0 : 1;
}

static int read_key(const char *path, Seal *seal, Diag *diag) {
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool whole = file >= 0 && fstat(file, &about) == 0 && read(file, seal->key, KEY_SIZE) == KEY_SIZE &&
                 about.st_size == KEY_SIZE;
    if (file >= 0) (void)close(file);
    if (!whole)
        diag_error(diag, PLACE_FILE(path), "key", "the key file is missing or damaged; put back your copy of it");
    else if (about.st_mode & (S_IRWXG | S_IRWXO))
        diag_error(diag, PLACE_FILE(path), "key", "others can read the key file; run: chmod 600 on it");
    else
        return 0;
    return 1;
}

int seal_open(const void *ctx, const char *folder, bool create, Diag *diag, Seal **ret_seal) {
    Seal *seal = mem_new(ctx, Seal);
    talloc_set_destructor(seal, wipe);
    const char *path = mem_printf(seal, "%s/seal.key", folder);
    bool missing = access(path, F_OK) != 0;
    if (missing && !create) {
        diag_warn(diag, PLACE_FILE(path), "no-key",
                  "the key file is missing; personal numbers stay sealed until you put back your copy of it");
    } else if (missing ? make_key(path, seal, diag) : read_key(path, seal, diag)) {
        talloc_free(seal);
        return 1;
    } else {
        seal->has_key = true;
    }
    *ret_seal = seal;
    return 0;
}

static char *to_base64(const void *ctx, const unsigned char *bytes, size_t size) {
    char *text = mem_array(ctx, char, strlen(mark) + (size + 2) / 3 * 4 + 1);
    memcpy(text, mark, strlen(mark));
    (void)EVP_EncodeBlock((unsigned char *)text + strlen(mark), bytes, (int)size);
    return text;
}

bool seal_has_key(const Seal *seal) { return seal->has_key; }

static bool is_sealed(const char *text) { return strncmp(text, mark, strlen(mark)) == 0; }

char *seal_close_text(const void *ctx, const Seal *seal, const char *plain) {
    if (is_sealed(plain)) return mem_strdup(ctx, plain);
    if (!seal->has_key) return NULL;
    size_t size = strlen(plain);
    if (size > PLAIN_MAX) size = PLAIN_MAX;
    unsigned char nonce[EVP_MAX_MD_SIZE];
    unsigned int nonce_size = 0;
    mem_check(HMAC(EVP_sha256(), seal->key + 32, 32, (const unsigned char *)plain, size, nonce, &nonce_size));
    unsigned char *out = mem_array(ctx, unsigned char, NONCE_SIZE + size + TAG_SIZE);
    memcpy(out, nonce, NONCE_SIZE);
    EVP_CIPHER_CTX *cipher = mem_check(EVP_CIPHER_CTX_new());
    int part = 0;
    bool fine = EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), NULL, seal->key, nonce) == 1 &&
                EVP_EncryptUpdate(cipher, out + NONCE_SIZE, &part, (const unsigned char *)plain, (int)size) == 1 &&
                EVP_EncryptFinal_ex(cipher, out + NONCE_SIZE + part, &part) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_GET_TAG, TAG_SIZE, out + NONCE_SIZE + size) == 1;
    EVP_CIPHER_CTX_free(cipher);
    mem_check(fine ? out : NULL);
    return to_base64(ctx, out, NONCE_SIZE + size + TAG_SIZE);
}

char *seal_open_text(const void *ctx, const Seal *seal, const char *sealed) {
    if (!is_sealed(sealed)) return mem_strdup(ctx, sealed);
    if (!seal->has_key) return NULL;
    const char *text = sealed + strlen(mark);
    size_t length = strlen(text);
    if (length % 4 || length > (PLAIN_MAX + 64) * 2) return NULL;
    unsigned char *bytes = mem_array(ctx, unsigned char, length);
    int decoded = EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)length);
    if (decoded < 0) return NULL;
    size_t size = (size_t)decoded;
    for (size_t i = length; i > 0 && text[i - 1] == '='; i--) size--;
    if (size < NONCE_SIZE + TAG_SIZE) return NULL;
    size -= NONCE_SIZE + TAG_SIZE;
    char *plain = mem_array(ctx, char, size + 1);
    EVP_CIPHER_CTX *cipher = mem_check(EVP_CIPHER_CTX_new());
    int part = 0;
    bool fine = EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), NULL, seal->key, bytes) == 1 &&
                EVP_DecryptUpdate(cipher, (unsigned char *)plain, &part, bytes + NONCE_SIZE, (int)size) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, TAG_SIZE, bytes + NONCE_SIZE + size) == 1 &&
                EVP_DecryptFinal_ex(cipher, (unsigned char *)plain + part, &part) == 1;
    EVP_CIPHER_CTX_free(cipher);
    return fine ? plain : NULL;
}
