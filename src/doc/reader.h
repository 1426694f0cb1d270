/* doc/reader.h: a reading as it grows, and the forms that fill it. */
#ifndef DOC_READER_H
#define DOC_READER_H

#include "base/mem.h"
#include "doc/reading.h"

#define READING_NO_DOCUMENT "this is no text, web page or docx; save the document as docx and give that"

typedef struct Reader {
    Reading *reading;
    const char *name; /* of the file, for findings */
    Diag *diag;
    Part part;     /* being gathered; its `from` is its first glyph */
    bool visible;  /* it holds more than white space */
    bool overfull; /* a bound is passed: nothing more is taken */
    size_t glyph_room;
} Reader;

void reader_begin(Reader *reader, const void *ctx, ReadingForm form);
/* One more character of the part being gathered. */
void reader_glyph(Reader *reader, uint32_t rune, uint32_t start, uint32_t end);
/* Ends the part being gathered, which is left out when it holds white space alone, and begins the next. */
void reader_part(Reader *reader, PartKind kind, unsigned level);
void reader_cell(Reader *reader, unsigned table, unsigned row, unsigned column); /* the same for a cell */
/* A finding about the whole file; always 1. */
int reader_refuse(Reader *reader, const char *code, const char *english);

bool rune_is_space(uint32_t rune);                        /* nothing to see */
uint32_t runes_between(const char *from, const char *to); /* code points of sound UTF-8 */

/* The forms: each reads the text as given, which is in the reading. 0, 1 with a finding. */
int read_plain(Reader *reader);
int read_markdown(Reader *reader);
int read_html(Reader *reader);
int read_docx(Reader *reader, const char *bytes, size_t size); /* and finds the text as given */

/* Whether bytes that are ASCII in their lower half begin as HTML does. */
bool html_begins(const char *bytes, size_t size);
/* The encoding that HTML declares of itself, as text_decode names it, or NULL. */
const char *html_charset(const char *bytes, size_t size);

#endif
