/* doc/title.c: the lines of a title. GB/T 9704 asks that each line keeps words whole and that the lines form a
 * trapezoid or a diamond: words come from ICU's dictionary, the shape from trying widths. */
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "doc/layout.h"
#include "doc/marks.h"

/* Half characters of 2号 (22 pt) that fit the type area. */
#define TITLE_COLUMNS ((size_t)(LAYOUT_AREA_WIDTH_MM * LAYOUT_POINTS_PER_MM * 2 / 22.0))
#define TAPER_COLUMNS 2u /* a line is longer than the next one by at least one character */

typedef struct Word {
    size_t end;   /* byte behind it */
    size_t width; /* columns */
} Word;

typedef struct Words {
    Word *list;
    size_t count;
} Words;

/* Adds a piece of the title, to the word before it where no line may part the two. */
static void add_word(const void *ctx, Words *words, const char *text, size_t start, size_t end) {
    char *piece = mem_strndup(ctx, text + start, end - start);
    unsigned before = start ? marks_last(text, start) : 0;
    bool joined = words->count && marks_keep_together(before, marks_first(piece));
    Word *word = joined ? &words->list[words->count - 1] : mem_push(ctx, words->list, words->count);
    word->end = end;
    word->width += layout_columns(piece);
    talloc_free(piece);
}

/* The whole title is one word where ICU lacks its data. */
static Words words_of(const void *ctx, const char *text) {
    Words words = {0};
    UErrorCode error = U_ZERO_ERROR;
    UText *source = utext_openUTF8(NULL, text, -1, &error);
    UBreakIterator *iterator = ubrk_open(UBRK_WORD, "zh", NULL, 0, &error);
    ubrk_setUText(iterator, source, &error);
    size_t start = 0;
    if (U_SUCCESS(error))
        for (int32_t end = ubrk_next(iterator); end != UBRK_DONE; end = ubrk_next(iterator)) {
            add_word(ctx, &words, text, start, (size_t)end);
            start = (size_t)end;
        }
    if (!words.count) add_word(ctx, &words, text, 0, strlen(text));
    if (iterator) ubrk_close(iterator);
    utext_close(source);
    return words;
}

/* Fills lines up to a width; a wider word has a line of its own. Writes the ends where asked to. */
static size_t fill(const Words *words, size_t width, size_t *ret_ends) {
    size_t lines = 0, used = 0;
    for (size_t i = 0; i < words->count; i++) {
        if (!lines || used + words->list[i].width > width) {
            lines++;
            used = 0;
        }
        used += words->list[i].width;
        if (ret_ends) ret_ends[lines - 1] = words->list[i].end;
    }
    return lines;
}

static size_t fill_tapered(const Words *words, size_t *ret_ends) {
    size_t width = TITLE_COLUMNS;
    size_t lines = fill(words, width, NULL);
    while (width > 1 && fill(words, width - 1, NULL) == lines) width--;
    size_t tapered = width + TAPER_COLUMNS;
    return fill(words, tapered < TITLE_COLUMNS ? tapered : TITLE_COLUMNS, ret_ends);
}

/* Gives each line its part of the runs; an anchor stays with the first part. */
static void share_runs(const void *ctx, const Block *title, const size_t *ends, DocCell *lines) {
    size_t line = 0, at = 0;
    for (size_t i = 0; i < title->n_runs; i++) {
        Run rest = title->runs[i];
        while (*rest.text) {
            size_t size = strlen(rest.text), room = ends[line] - at;
            Run *part = mem_push(ctx, lines[line].runs, lines[line].n_runs);
            *part = rest;
            part->text = mem_strndup(ctx, rest.text, size < room ? size : room);
            at += strlen(part->text);
            rest.text += strlen(part->text);
            rest.anchor = NULL;
            if (at == ends[line]) line++;
        }
    }
}

DocCell *layout_title_lines(const void *ctx, const Block *title, size_t *ret_lines) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Words words = words_of(scratch, layout_text(scratch, title->runs, title->n_runs));
    size_t *ends = mem_array(scratch, size_t, words.count);
    *ret_lines = fill_tapered(&words, ends);
    DocCell *lines = mem_array(ctx, DocCell, *ret_lines);
    share_runs(ctx, title, ends, lines);
    return lines;
}
