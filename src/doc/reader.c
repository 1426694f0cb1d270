/* doc/reader.c: a reading as it grows. Owns the bounds: a reading beyond them takes nothing more and says so. */
#include "doc/reader.h"

#include "base/text.h"

#define FIRST_ROOM ((size_t)64)

void reader_begin(Reader *reader, const void *ctx, ReadingForm form) {
    reader->reading = mem_new(ctx, Reading);
    reader->reading->form = form;
    reader->reading->given = "";
    reader->part = (Part){.kind = PART_TEXT};
}

bool rune_is_space(uint32_t rune) {
    return rune <= ' ' || rune == 0x85 || rune == 0xA0 || rune == 0x3000 || rune == 0xFEFF ||
           (rune >= 0x2000 && rune <= 0x200D) || rune == 0x2028 || rune == 0x2029 || rune == 0x202F;
}

uint32_t runes_between(const char *from, const char *to) {
    uint32_t n = 0;
    for (; from < to; from++) n += ((unsigned char)*from & 0xC0) != 0x80;
    return n;
}

/* Doubles the room up to the bound, which one block of memory can hold. */
static void grow(Reader *reader) {
    Reading *reading = reader->reading;
    size_t room = reader->glyph_room ? 2 * reader->glyph_room : FIRST_ROOM;
    if (room > READING_GLYPHS_MAX) room = READING_GLYPHS_MAX;
    reading->glyphs = mem_check(talloc_realloc_size(reading, reading->glyphs, room * sizeof *reading->glyphs));
    reader->glyph_room = room;
}

void reader_glyph(Reader *reader, uint32_t rune, uint32_t start, uint32_t end) {
    Reading *reading = reader->reading;
    if (reading->n_glyphs == READING_GLYPHS_MAX) reader->overfull = true;
    if (reader->overfull) return;
    if (reading->n_glyphs == reader->glyph_room) grow(reader);
    reading->glyphs[reading->n_glyphs++] = (Glyph){.rune = rune, .start = start, .end = end};
    reader->visible = reader->visible || !rune_is_space(rune);
}

static void end_part(Reader *reader) {
    Reading *reading = reader->reading;
    if (!reader->visible) reading->n_glyphs = reader->part.from;
    if (reader->visible && reading->n_parts == READING_PARTS_MAX) reader->overfull = true;
    if (reader->visible && !reader->overfull) {
        Part *part = mem_push(reading, reading->parts, reading->n_parts);
        *part = reader->part;
        part->to = reading->n_glyphs;
    }
    reader->visible = false;
}

void reader_part(Reader *reader, PartKind kind, unsigned level) {
    end_part(reader);
    reader->part = (Part){.kind = kind, .from = reader->reading->n_glyphs, .level = level};
}

void reader_cell(Reader *reader, unsigned table, unsigned row, unsigned column) {
    reader_part(reader, PART_CELL, 0);
    reader->part.table = table;
    reader->part.row = row;
    reader->part.column = column;
}

int reader_refuse(Reader *reader, const char *code, const char *english) {
    diag_add(reader->diag, DIAG_ERROR, PLACE_FILE(reader->name), code, NULL,
             (Label){.zh = lang_tr(LANG_ZH, english), .en = english});
    return 1;
}
