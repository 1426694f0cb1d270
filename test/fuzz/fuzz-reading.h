/* test/fuzz/fuzz-reading.h: what holds of every reading. */
#ifndef FUZZ_READING_H
#define FUZZ_READING_H

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "doc/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Parts follow one another and none is empty; places are in order and within the text, which is UTF-8. */
static inline void fuzz_check_reading(const Reading *reading) {
    size_t at = 0;
    uint32_t place = 0;
    if (!text_is_valid(reading->given, strlen(reading->given))) abort();
    if (text_count(reading->given) != reading->n_given || reading->n_parts == 0) abort();
    for (size_t i = 0; i < reading->n_parts; i++) {
        const Part *part = &reading->parts[i];
        if (part->from != at || part->to <= part->from) abort();
        if ((part->kind == PART_CELL) != (part->table > 0)) abort();
        if ((part->kind == PART_HEADING) != (part->level > 0)) abort();
        at = part->to;
    }
    if (at != reading->n_glyphs) abort();
    for (size_t i = 0; i < reading->n_glyphs; i++) {
        const Glyph *glyph = &reading->glyphs[i];
        if (glyph->start < place || glyph->end < glyph->start || glyph->end > reading->n_given) abort();
        place = glyph->end;
    }
}

/* A reading of bytes, or NULL with exactly one finding. Owned by ctx. */
static inline Reading *fuzz_read(const void *ctx, const char *name, const void *bytes, size_t size) {
    Reading *reading = NULL;
    Diag *diag = diag_new(ctx);
    int r = reading_from_bytes(ctx, name, bytes, size, diag, &reading);
    if (diag->count != (r == 0 ? 0 : 1)) abort();
    if (r != 0) return NULL;
    fuzz_check_reading(reading);
    return reading;
}

#endif
