/* sheet/decode.h: a text file of unknown encoding as UTF-8, piece by piece.
 *
 * Knows UTF-8 and UTF-16 with or without a byte order mark and GB18030 (with it GBK and GB2312). The encoding is
 * decided at the first bytes that are not ASCII; everything after is checked against that decision. */
#ifndef SHEET_DECODE_H
#define SHEET_DECODE_H

#include <stddef.h>
#include <stdint.h>

typedef struct Decoder Decoder;

Decoder *decoder_new(const void *ctx, int fd); /* reads fd from its beginning; lent, not closed */
/* The next piece, lent until the next call; pieces end between characters. 1, 0 at the end, -1 when the bytes at
 * decoder_offset() are not text (NUL included); then it stays -1. */
int decoder_next(Decoder *decoder, const char **ret_text, size_t *ret_size);
uint64_t decoder_offset(const Decoder *decoder);      /* of the first byte not handed out */
const char *decoder_encoding(const Decoder *decoder); /* name for people; lent for ever */

#endif
