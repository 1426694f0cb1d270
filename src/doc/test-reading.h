/* doc/test-reading.h: a reading as lines that a test can compare. */
#ifndef DOC_TEST_READING_H
#define DOC_TEST_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"
#include "doc/reading.h"

/* A line a part: its text behind `# ` for headings (as many as the level), `1:0,2 ` for cells, `* ` for notes. */
static inline char *lines_of(const void *ctx, const Reading *reading) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < reading->n_parts; i++) {
        const Part *part = &reading->parts[i];
        for (unsigned level = 0; level < part->level; level++) buf_char(&out, '#');
        if (part->level) buf_char(&out, ' ');
        if (part->kind == PART_CELL) buf_printf(&out, "%u:%u,%u ", part->table, part->row, part->column);
        if (part->kind == PART_NOTE) buf_add(&out, "* ");
        for (size_t k = part->from; k < part->to; k++) buf_rune(&out, reading->glyphs[k].rune);
        buf_char(&out, '\n');
    }
    buf_add(&out, "");
    return out.data;
}

/* The code points [start, end) of the text as given. */
static inline char *given_at(const void *ctx, const Reading *reading, uint32_t start, uint32_t end) {
    Buf out = BUF_INIT(ctx);
    const char *at = reading->given, *stop = at + strlen(at);
    for (uint32_t place = 0; place < end && at < stop; place++) {
        unsigned rune = text_next(&at, stop);
        if (place >= start) buf_rune(&out, rune);
    }
    buf_add(&out, "");
    return out.data;
}

/* Parts follow one another, none is empty; glyphs stand where they say, in the order of the text. */
static inline void assert_sound(const Reading *reading) {
    size_t at = 0;
    uint32_t place = 0;
    assert_int_equal(reading->n_given, text_count(reading->given));
    for (size_t i = 0; i < reading->n_parts; i++) {
        assert_int_equal(reading->parts[i].from, at);
        assert_true(reading->parts[i].to > at);
        at = reading->parts[i].to;
    }
    assert_int_equal(at, reading->n_glyphs);
    for (size_t i = 0; i < reading->n_glyphs; i++) {
        const Glyph *glyph = &reading->glyphs[i];
        assert_true(glyph->start >= place && glyph->end >= glyph->start && glyph->end <= reading->n_given);
        place = glyph->end;
    }
}

#endif
