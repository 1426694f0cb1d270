/* sheet/decode.c: UTF-8 is checked and handed out where it lies; other encodings pass through iconv. */
#include "sheet/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define CHUNK       ((size_t)64 << 10)
#define GROWTH      2  /* UTF-8 bytes for one byte of GB18030 or UTF-16, at most */
#define SURE_RUNES  4  /* three-byte characters in a row that make UTF-8 certain: GBK hardly ever looks like them */
#define UTF16_ZEROS 64 /* in UTF-16 one byte of so many is zero, at least */
#define UTF8        "UTF-8"

struct Decoder {
    int fd;
    bool at_end;
    bool broken;
    const char *encoding; /* NULL until decided */
    iconv_t iconv;        /* (iconv_t)-1 for UTF-8 */
    uint64_t offset;      /* in the file, of raw[used] */
    size_t size, used;    /* of raw */
    char raw[CHUNK];
    char out[CHUNK * GROWTH];
};

static int decoder_end(Decoder *decoder) {
    if (decoder->iconv != (iconv_t)-1) iconv_close(decoder->iconv);
    return 0;
}

Decoder *decoder_new(const void *ctx, int fd) {
    Decoder *decoder = mem_new(ctx, Decoder);
    decoder->fd = fd;
    decoder->iconv = (iconv_t)-1;
    talloc_set_destructor(decoder, decoder_end);
    return decoder;
}

uint64_t decoder_offset(const Decoder *decoder) { return decoder->offset; }

const char *decoder_encoding(const Decoder *decoder) { return decoder->encoding ? decoder->encoding : UTF8; }

/* --- UTF-8 --- */

/* Bytes of the sequence a lead byte begins; 0 when it begins none. */
static size_t sequence_size(unsigned char lead) {
    if (lead < 0x80) return lead != 0;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Whether the bytes behind a lead byte are as they must be, as many as there are (RFC 3629). */
static bool continues(const unsigned char *at, size_t size) {
    static const struct {
        unsigned char lead, least, most;
    } SECOND[] = {{0xE0, 0xA0, 0xBF}, {0xED, 0x80, 0x9F}, {0xF0, 0x90, 0xBF}, {0xF4, 0x80, 0x8F}};
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xC0) != 0x80) return false;
    }
    for (size_t i = 0; size > 1 && i < sizeof SECOND / sizeof *SECOND; i++) {
        if (at[0] == SECOND[i].lead && (at[1] < SECOND[i].least || at[1] > SECOND[i].most)) return false;
    }
    return true;
}

/* Eight ASCII bytes, none of them NUL. */
static bool is_ascii_word(const unsigned char *at) {
    static const uint64_t HIGH = 0x8080808080808080u, ONES = 0x0101010101010101u;
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return ((word | (word - ONES)) & HIGH) == 0;
}

typedef enum { STOP_END, STOP_CUT, STOP_BAD } Stop;

/* The size of the well-formed beginning, and why it ends there: all of it, a character cut off, or bad bytes. */
static size_t good_size(const char *bytes, size_t size, Stop *ret_stop) {
    const unsigned char *start = (const unsigned char *)bytes, *end = start + size, *at = start;
    *ret_stop = STOP_END;
    while (at < end) {
        while (end - at >= 8 && is_ascii_word(at)) at += 8;
        if (at == end) break;
        size_t need = sequence_size(*at), have = (size_t)(end - at) < need ? (size_t)(end - at) : need;
        if (need == 0 || !continues(at, have))
            *ret_stop = STOP_BAD;
        else if (have < need)
            *ret_stop = STOP_CUT;
        if (*ret_stop != STOP_END) break;
        at += need;
    }
    return (size_t)(at - start);
}

/* --- which encoding --- */

/* Whether so much of a text can only be UTF-8, although a bad byte follows. */
static bool is_surely_utf8(const char *bytes, size_t size) {
    size_t runes = 0;
    for (size_t i = 0; i < size && runes < SURE_RUNES; i++) runes += ((unsigned char)bytes[i] & 0xF0) == 0xE0;
    return runes == SURE_RUNES;
}

static bool is_ascii(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)bytes[i] >= 0x80) return false;
    }
    return true;
}

/* UTF-16 without a mark: separators and digits have zero bytes, many and all on the same side; else NULL. */
static const char *guess_utf16(const char *bytes, size_t size) {
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < size; i++) zeros[i & 1] += bytes[i] == '\0';
    if (size % 2 != 0 || (zeros[0] == 0) == (zeros[1] == 0) || zeros[0] + zeros[1] <= size / UTF16_ZEROS) return NULL;
    return zeros[1] ? "UTF-16LE" : "UTF-16BE";
}

/* The encoding the bytes show; NULL while they are ASCII and leave it open. */
static const char *guess_encoding(const char *bytes, size_t size) {
    const char *utf16 = guess_utf16(bytes, size);
    if (utf16) return utf16;
    if (is_ascii(bytes, size)) return NULL;
    Stop stop;
    size_t good = good_size(bytes, size, &stop);
    return stop != STOP_BAD || is_surely_utf8(bytes, good) ? UTF8 : "GB18030";
}

/* Takes a byte order mark at the beginning of the file; its encoding, or NULL. */
static const char *take_mark(Decoder *decoder) {
    static const struct {
        const char *bytes;
        size_t size;
        const char *encoding;
    } MARKS[] = {{"\xEF\xBB\xBF", 3, UTF8}, {"\xFF\xFE", 2, "UTF-16LE"}, {"\xFE\xFF", 2, "UTF-16BE"}};
    for (size_t i = 0; decoder->offset == 0 && i < sizeof MARKS / sizeof *MARKS; i++) {
        if (decoder->size < MARKS[i].size || memcmp(decoder->raw, MARKS[i].bytes, MARKS[i].size) != 0) continue;
        decoder->used = MARKS[i].size;
        decoder->offset = MARKS[i].size;
        return MARKS[i].encoding;
    }
    return NULL;
}

static void decide(Decoder *decoder) {
    const char *encoding = take_mark(decoder);
    if (!encoding) encoding = guess_encoding(decoder->raw, decoder->size);
    decoder->encoding = encoding;
    if (encoding && strcmp(encoding, UTF8) != 0) decoder->iconv = iconv_open(UTF8, encoding);
}

/* --- pieces --- */

/* Keeps what was not handed out and reads until the buffer is full or the file ends. */
static void fill(Decoder *decoder) {
    decoder->size -= decoder->used;
    memmove(decoder->raw, decoder->raw + decoder->used, decoder->size);
    decoder->used = 0;
    while (decoder->size < CHUNK && !decoder->at_end) {
        ssize_t n = pread(decoder->fd, decoder->raw + decoder->size, CHUNK - decoder->size,
                          (off_t)(decoder->offset + decoder->size));
        if (n < 0 && errno == EINTR) continue;
        decoder->at_end = n <= 0;
        decoder->broken = n < 0;
        if (n > 0) decoder->size += (size_t)n;
    }
}

static void use(Decoder *decoder, size_t size) {
    decoder->used += size;
    decoder->offset += size;
}

static size_t check(Decoder *decoder, const char **ret_text) {
    Stop stop;
    *ret_text = decoder->raw + decoder->used;
    size_t size = good_size(*ret_text, decoder->size - decoder->used, &stop);
    decoder->broken = stop == STOP_BAD || (stop == STOP_CUT && decoder->at_end);
    use(decoder, size);
    return size;
}

static size_t convert(Decoder *decoder, const char **ret_text) {
    char *from = decoder->raw + decoder->used, *to = decoder->out;
    size_t left = decoder->size - decoder->used, room = sizeof decoder->out;
    bool stopped = iconv(decoder->iconv, &from, &left, &to, &room) == (size_t)-1;
    decoder->broken = stopped && (errno == EILSEQ || decoder->at_end);
    use(decoder, decoder->size - decoder->used - left);
    *ret_text = decoder->out;
    size_t size = (size_t)(to - decoder->out);
    const char *nul = memchr(decoder->out, '\0', size);
    if (nul) decoder->broken = true;
    return nul ? (size_t)(nul - decoder->out) : size;
}

int decoder_next(Decoder *decoder, const char **ret_text, size_t *ret_size) {
    if (decoder->broken) return -1;
    fill(decoder);
    if (!decoder->encoding) decide(decoder);
    if (decoder->used == decoder->size) return decoder->broken ? -1 : 0;
    *ret_size = decoder->iconv == (iconv_t)-1 ? check(decoder, ret_text) : convert(decoder, ret_text);
    return *ret_size > 0 ? 1 : -1;
}
