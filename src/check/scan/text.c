/* check/scan/text.c: folding a reading. One pass; every rune keeps its place in the text as given. */
#include "check/scan/text.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/translit.h"
#include "check/scan/numeral.h"

#define PINYIN_MAX 7   /* letters of a syllable in brackets */
#define WRAP_MAX   160 /* columns: texts with longer lines are not hard-wrapped */
#define WRAP_MIN   32
#define WRAP_SHARE 55 /* percent of the longest line that most lines of a hard-wrapped text have */
#define WRAP_LEAST 30 /* percent that a line which goes on has at least */

#define HAN_FROM        0x3400u
#define HAN_TO          0x9FFFu
#define FULL_WIDTH_FROM 0xFF01u
#define FULL_WIDTH_TO   0xFF5Eu
#define FULL_WIDTH_GAP  0xFEE0u

/* Characters that look alike to a reader, and what they are taken for. */
static const struct {
    uint32_t rune, means;
} alike[] = {
    {0x3000, ' '},    {0xA0, ' '},      {'\t', ' '},   {'\r', ' '},      {0x2009, ' '},    {0xFE6A, '%'},
    {0x2236, ':'},    {0x2013, 0x2014}, {0x2212, '-'}, {0x301C, '~'},    {0x223C, '~'},    {0x3014, '['},
    {0x3015, ']'},    {0xFF3B, '['},    {0xFF3D, ']'}, {0x3007, 0x96F6}, {0x25CB, 0x96F6}, {0x25EF, 0x96F6},
    {0x2015, 0x2014}, {0x2500, 0x2014}, {0xFF0E, '.'}, {0xFF0C, ','},    {0x2014, 0x2014}, {0x201F, 0x201C},
};

static bool is_nothing(uint32_t rune) {
    return rune == 0xFEFF || rune == 0xAD || (rune >= 0x200B && rune <= 0x200F) || (rune >= 0x2060 && rune <= 0x2064);
}

static uint32_t simplify(uint32_t rune) {
    if (rune < 0x80) return rune;
    const char *simple = translit_rune(&translit_simplify, rune);
    return *simple ? text_next(&simple, simple + strlen(simple)) : rune;
}

static uint32_t fold(uint32_t rune) {
    if (rune >= HAN_FROM && rune <= HAN_TO) return simplify(rune); /* most runes: none of these is in the table */
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++)
        if (alike[i].rune == rune) return alike[i].means;
    if (rune >= FULL_WIDTH_FROM && rune <= FULL_WIDTH_TO) return rune - FULL_WIDTH_GAP;
    return simplify(rune);
}

/* --- pinyin in brackets --- */

/* Latin small letters, plain or with a tone. */
static bool is_pinyin_letter(uint32_t rune) {
    return (rune >= 'a' && rune <= 'z') || (rune >= 0xE0 && rune <= 0xFC) || rune == 0x101 || rune == 0x113 ||
           rune == 0x11B || rune == 0x12B || rune == 0x144 || rune == 0x148 || rune == 0x14D || rune == 0x16B ||
           (rune >= 0x1CE && rune <= 0x1DC) || rune == 0x1F9;
}

static bool is_vowel(uint32_t rune) { return rune > 0x80 || strchr("aeiou", (int)rune); }

/* The glyphs of a syllable in the bracket that begins here; 0 when there is none. */
static size_t pinyin_size(const Glyph *glyph, const Glyph *end) {
    size_t size = 1;
    bool vowel = false;
    for (; glyph + size < end && size <= PINYIN_MAX && is_pinyin_letter(glyph[size].rune); size++)
        vowel |= is_vowel(glyph[size].rune);
    return vowel && glyph + size < end && fold(glyph[size].rune) == ')' ? size + 1 : 0;
}

/* --- lines that a program broke --- */

static bool ends_sentence(uint32_t rune) {
    return rune == 0x3002 || rune == 0xFF01 || rune == 0xFF1F || rune == 0xFF1B || rune == ';' || rune == '!' ||
           rune == '?' || rune == ':' || rune == 0xFF1A || rune == 0x201D || rune == '|';
}

/* Columns: a Chinese character takes two. */
static size_t part_width(const Reading *reading, const Part *part) {
    size_t width = 0;
    for (size_t i = part->from; i < part->to; i++) width += reading->glyphs[i].rune < 0x80 ? 1 : 2;
    return width;
}

static bool is_share(size_t width, size_t longest, size_t percent) { return width * 100 >= longest * percent; }

/* The width at which the lines of a text are broken; 0 where they are paragraphs. */
static size_t find_wrap(const Reading *reading) {
    size_t longest = 0, full = 0;
    if (reading->form != READING_TEXT) return 0;
    for (size_t i = 0; i < reading->n_parts && longest <= WRAP_MAX; i++) {
        size_t width = part_width(reading, &reading->parts[i]);
        if (width > longest) longest = width;
    }
    if (longest > WRAP_MAX || longest < WRAP_MIN) return 0;
    for (size_t i = 0; i < reading->n_parts; i++)
        full += is_share(part_width(reading, &reading->parts[i]), longest, WRAP_SHARE);
    return full > 1 && full * 2 >= reading->n_parts ? longest : 0; /* one line alone shows no width */
}

/* 一、 二 3. (4) －: a line that begins so is a new one; not 0.6. */
static bool begins_item(const Glyph *glyph) {
    uint32_t rune = fold(glyph->rune), next = fold(glyph[1].rune);
    bool number = numeral_is_part(rune) && rune != '0' && (next == 0x3001 || next == '.' || next == ' ' || next == ',');
    return number || rune == '(' || rune == ' ' || rune == '-' || rune == 0x2014 || rune == '#';
}

/* No paragraph ends so. */
static bool leaves_open(uint32_t rune) { return rune == ',' || rune == 0xFF0C || rune == 0x3001; }

/* Whether a line goes on in the next one. */
static bool goes_on(const Reading *reading, size_t index, size_t wrap) {
    if (reading->form != READING_TEXT || index + 1 >= reading->n_parts) return false;
    const Part *line = &reading->parts[index], *next = line + 1;
    const Glyph *last = &reading->glyphs[line->to - 1], *first = &reading->glyphs[next->from];
    bool broken = wrap && is_share(part_width(reading, line), wrap, WRAP_LEAST) && !ends_sentence(last->rune);
    bool fresh = next->to - next->from < 2 || begins_item(first);
    return !next->apart && (broken || leaves_open(last->rune)) && (!fresh || numeral_is_part(last->rune));
}

/* --- the pass --- */

/* A rune as it stands for a glyph. */
static void put(Text *text, uint32_t rune, const Glyph *of) {
    uint32_t at = (uint32_t)text->size, glyph = (uint32_t)(of - text->reading->glyphs);
    const Stride *last = text->n_strides ? &text->strides[text->n_strides - 1] : NULL;
    text->runes[text->size++] = rune;
    if (!last || glyph - last->glyph != at - last->rune)
        *mem_push(text, text->strides, text->n_strides) = (Stride){at, glyph};
}

static bool is_word(uint32_t rune) { return rune < 0x80 && rune > ' '; }
static bool is_digit(uint32_t rune) { return rune >= '0' && rune <= '9'; }

/* 1. 5 and 1 560 000: a space within a number that a converter or a careful hand left there. */
static bool is_in_number(const Text *text, const Glyph *next, const Glyph *end) {
    if (!text->size || next == end) return false;
    uint32_t last = text->runes[text->size - 1], before = text->size > 1 ? text->runes[text->size - 2] : 0;
    uint32_t rune = fold(next->rune);
    if (last == '.') return is_digit(before) && is_digit(rune);
    if (!is_digit(last)) return false;
    if (rune == '.') return next + 1 < end && is_digit(fold(next[1].rune));
    size_t group = 0;
    while (next + group < end && is_digit(fold(next[group].rune))) group++;
    return group == 3;
}

/* A space says something only between two words of Latin letters or digits. */
static bool space_counts(const Text *text, const Glyph *next, const Glyph *end) {
    uint32_t rune = fold(next->rune);
    return text->size && is_word(text->runes[text->size - 1]) && is_word(rune) && rune != '%' &&
           !is_in_number(text, next, end);
}

static void add_part(Text *text, const Part *part) {
    const Glyph *glyph = text->reading->glyphs + part->from, *end = text->reading->glyphs + part->to;
    const Glyph *space = NULL;
    while (glyph < end) {
        uint32_t rune = fold(glyph->rune);
        bool aside = rune == '(' && text->size && text_is_han(text->runes[text->size - 1]);
        size_t pinyin = aside ? pinyin_size(glyph, end) : 0;
        if (pinyin) {
            glyph += pinyin;
            continue;
        }
        if (rune == ' ') space = glyph;
        if (rune != ' ' && rune >= ' ' && !is_nothing(rune)) {
            if (space && space_counts(text, glyph, end)) put(text, ' ', space);
            space = NULL;
            put(text, rune, glyph);
        }
        glyph++;
    }
}

/* --- places --- */

static const Glyph *glyph_of(const Text *text, size_t rune) {
    size_t low = 0, high = text->n_strides;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (text->strides[middle].rune <= rune)
            low = middle;
        else
            high = middle;
    }
    return &text->reading->glyphs[text->strides[low].glyph + (rune - text->strides[low].rune)];
}

uint32_t text_start(const Text *text, size_t rune) { return glyph_of(text, rune)->start; }
uint32_t text_end(const Text *text, size_t rune) { return glyph_of(text, rune)->end; }

/* --- the whole --- */

Text *text_fold_reading(const void *ctx, const Reading *reading) {
    Text *text = mem_new(ctx, Text);
    size_t room = reading->n_glyphs + reading->n_parts + 1;
    text->reading = reading;
    text->runes = mem_array(text, uint32_t, room);
    size_t wrap = find_wrap(reading);
    for (size_t i = 0; i < reading->n_parts; i++) {
        Paragraph paragraph = {.from = text->size, .part = &reading->parts[i]};
        add_part(text, &reading->parts[i]);
        while (goes_on(reading, i, wrap)) add_part(text, &reading->parts[++i]);
        paragraph.to = text->size;
        if (paragraph.to == paragraph.from) continue;
        put(text, '\n', glyph_of(text, text->size - 1));
        *mem_push(text, text->paragraphs, text->n_paragraphs) = paragraph;
    }
    return text;
}

uint32_t *text_fold_runes(const void *ctx, const char *word, size_t *ret_size) {
    const char *end = word + strlen(word);
    uint32_t *runes = mem_array(ctx, uint32_t, strlen(word) + 1);
    size_t size = 0;
    for (uint32_t rune; (rune = text_next(&word, end)) != 0;)
        if (fold(rune) != ' ') runes[size++] = fold(rune);
    *ret_size = size;
    return runes;
}

char *text_between(const void *ctx, const Text *text, size_t from, size_t to) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf out = BUF_INIT(scratch);
    for (size_t i = from; i < to; i++) buf_rune(&out, text->runes[i]);
    return mem_strdup(ctx, buf_text(&out));
}
