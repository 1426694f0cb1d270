/* doc/markdown-out.c: a document as Markdown that reads back to the same tree.
 *
 * Characters that mean something are escaped. Entities stand for spaces at the ends of a text, and for a letter
 * beside ** where punctuation inside would keep it from opening or closing (which Chinese brackets do). */
#include <string.h>

#include "base/text.h"
#include "doc/doc.h"
#include "doc/marks.h"

/* The spaces of Unicode, beside which no ** opens or closes, and the byte order mark, which a source loses. */
#define SPACES " \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000\uFEFF"

typedef struct Writer {
    Buf *out;
    size_t start; /* where the text of the block or cell begins in out */
    bool shield;  /* behind a ** that closes after punctuation: no letter may follow as it is */
} Writer;

/* One row a kind of block. */
typedef struct Shape {
    void (*write)(Writer *writer, const struct Shape *shape, const Block *block);
    const char *mark; /* before the text */
} Shape;

static bool is_one_of(unsigned rune, const char *characters) {
    return rune && rune < 0x80 && strchr(characters, (int)rune);
}

static void write_entity(Buf *out, unsigned rune) { buf_printf(out, "&#%u;", rune); }

static bool is_digit(unsigned rune) { return rune >= '0' && rune <= '9'; }

/* Surely a letter or digit, surely space or punctuation: what is neither is treated as the worse of both. */
static bool is_word(unsigned rune) {
    return is_digit(rune) || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z') || text_is_han(rune);
}

static bool is_punctuation(unsigned rune) {
    bool ascii = rune >= ' ' && rune <= '~' && !is_word(rune);
    bool quotes_and_dashes = rune >= 0x2010 && rune <= 0x2027;
    bool chinese = (rune >= 0x3001 && rune <= 0x3003) || (rune >= 0x3008 && rune <= 0x3011) ||
                   (rune >= 0xFF08 && rune <= 0xFF09) || rune == 0xFF0C || rune == 0xFF1A || rune == 0xFF1B;
    return ascii || quotes_and_dashes || chinese;
}

static unsigned last_written(const Writer *writer) { return marks_last(writer->out->data, writer->out->size); }

/* Writes the last character anew as an entity, which begins and ends in punctuation. */
static void shield_last(Writer *writer) {
    unsigned rune = last_written(writer);
    while (((unsigned char)writer->out->data[--writer->out->size] & 0xC0) == 0x80) continue;
    write_entity(writer->out, rune);
}

/* 12. or 12) at the start of a text is no list, whatever runs the number and its point belong to. */
static bool is_behind_number(const Writer *writer) {
    size_t at = writer->start;
    while (at < writer->out->size && is_digit((unsigned char)writer->out->data[at])) at++;
    return at == writer->out->size && at > writer->start;
}

static bool is_first(const Writer *writer) { return writer->out->size == writer->start; }

static bool means_something(const Writer *writer, unsigned rune) {
    return is_one_of(rune, "\\`*_[]<>&#~!") || (is_first(writer) && is_one_of(rune, "+-^")) ||
           (is_one_of(rune, ".)") && is_behind_number(writer));
}

static void write_rune(Writer *writer, unsigned rune) {
    bool shielded = writer->shield && !is_punctuation(rune);
    writer->shield = false;
    if (rune == '|' || (is_first(writer) && marks_have(SPACES, rune)) || shielded)
        write_entity(writer->out, rune);
    else if (means_something(writer, rune))
        buf_printf(writer->out, "\\%c", (int)rune);
    else
        buf_rune(writer->out, rune);
}

static void write_text(Writer *writer, const char *text) {
    const char *end = text + strlen(text);
    for (unsigned rune; (rune = text_next(&text, end)) != 0;) write_rune(writer, rune);
}

/* A target or a title. The parser resolves entities before backslashes, hence not all are escaped alike. At the end it
 * drops the spaces of a target and takes a quotation mark behind any backslash for one more character of the title. */
static void write_quoted(Buf *out, char open, const char *text, char close) {
    buf_char(out, open);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool last = text[1] == '\0';
        if (c < ' ' || c == '|' || c == '&' || (last && is_one_of(c, " \\")))
            write_entity(out, c);
        else if (is_one_of(c, "\\<>\""))
            buf_printf(out, "\\%c", *text);
        else
            buf_char(out, *text);
    }
    buf_char(out, close);
}

static void write_run(Writer *writer, const Run *run) {
    bool linked = run->link || run->anchor;
    if (linked) {
        buf_char(writer->out, '[');
        writer->shield = false;
    }
    write_text(writer, run->text);
    if (!linked) return;
    buf_add(writer->out, "](");
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/?#@%+,.=_-";
    if (run->link && run->link[strspn(run->link, plain)] == '\0')
        buf_add(writer->out, run->link);
    else
        write_quoted(writer->out, '<', run->link ? run->link : "", '>');
    if (run->anchor) {
        buf_char(writer->out, ' ');
        write_quoted(writer->out, '"', run->anchor, '"');
    }
    buf_char(writer->out, ')');
}

/* ** opens before a letter; before a bracket only behind space or punctuation. */
static void open_strong(Writer *writer, const Run *first) {
    bool linked = first->link || first->anchor;
    bool before_word = !linked && is_word(marks_first(first->text));
    if (!before_word && !is_first(writer) && !is_punctuation(last_written(writer))) shield_last(writer);
    buf_add(writer->out, "**");
    writer->start = writer->out->size;
}

static void end_text(Writer *writer) {
    if (!is_first(writer) && marks_have(SPACES, last_written(writer))) shield_last(writer);
}

static void close_strong(Writer *writer) {
    end_text(writer);
    writer->shield = !is_word(last_written(writer));
    buf_add(writer->out, "**");
}

static void write_runs(Writer *writer, const Run *runs, size_t n_runs) {
    writer->start = writer->out->size;
    writer->shield = false;
    bool strong = false;
    for (size_t i = 0; i < n_runs; i++) {
        if (!*runs[i].text) continue;
        if (strong && !runs[i].strong) close_strong(writer);
        if (!strong && runs[i].strong) open_strong(writer, &runs[i]);
        strong = runs[i].strong;
        write_run(writer, &runs[i]);
    }
    if (strong) close_strong(writer);
    end_text(writer);
}

static bool has_text(const Block *block) {
    for (size_t i = 0; i < block->n_runs; i++)
        if (*block->runs[i].text) return true;
    return false;
}

static void write_block(Writer *writer, const Shape *shape, const Block *block) {
    if (!has_text(block)) return;
    buf_add(writer->out, shape->mark);
    write_runs(writer, block->runs, block->n_runs);
    buf_add(writer->out, "\n\n");
}

static void write_heading(Writer *writer, const Shape *shape, const Block *block) {
    if (!has_text(block)) return;
    for (int i = 0; i < block_level(block); i++) buf_char(writer->out, '#');
    write_block(writer, shape, block);
}

/* The rule, and the label as a quoted line: an empty one, so that no flush paragraph is taken for the label. */
static void write_annex(Writer *writer, const Shape *shape, const Block *block) {
    buf_add(writer->out, "---\n\n");
    if (has_text(block))
        write_block(writer, shape, block);
    else
        buf_add(writer->out, ">\n\n");
}

static void write_table(Writer *writer, const Shape *shape, const Block *block) {
    for (size_t row = 0; row < block->n_rows; row++) {
        buf_char(writer->out, '|');
        for (size_t column = 0; column < block->n_columns; column++) {
            const DocCell *cell = block_cell(block, row, column);
            buf_char(writer->out, ' ');
            write_runs(writer, cell->runs, cell->n_runs);
            buf_add(writer->out, shape->mark);
        }
        buf_char(writer->out, '\n');
        if (row) continue;
        buf_char(writer->out, '|');
        for (size_t column = 0; column < block->n_columns; column++) buf_add(writer->out, " --- |");
        buf_char(writer->out, '\n');
    }
    buf_char(writer->out, '\n');
}

static const Shape SHAPES[] = {
    [BLOCK_TITLE] = {write_block, "# "}, [BLOCK_HEADING] = {write_heading, "# "}, [BLOCK_PARAGRAPH] = {write_block, ""},
    [BLOCK_FLUSH] = {write_block, "> "}, [BLOCK_SIGNATURE] = {write_block, "^ "}, [BLOCK_TABLE] = {write_table, " |"},
    [BLOCK_ANNEX] = {write_annex, "> "},
};

void doc_to_markdown(const Doc *doc, Buf *out) {
    Writer writer = {.out = out};
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const Shape *shape = &SHAPES[doc->blocks[i].kind];
        shape->write(&writer, shape, &doc->blocks[i]);
    }
}
