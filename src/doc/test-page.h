/* doc/test-page.h: the lines of a PDF as poppler sees them, in millimetres from the top left of the page. */
#ifndef DOC_TEST_PAGE_H
#define DOC_TEST_PAGE_H

#include <math.h>

#include "base/text.h"
#include "doc/test-files.h"

#define POINTS_PER_MM  (72.0 / 25.4)
#define AREA_BOTTOM_MM 262.0 /* of the type area; page numbers stand below */
#define SAME_LINE_MM   2.0   /* pieces whose tops are nearer than this share a line */

typedef struct PageLine {
    int page;
    double left, right, top, bottom;
    char *text; /* without spaces */
    size_t n_chars;
} PageLine;

static inline void add_piece(const void *ctx, PageLine **lines, size_t *n_lines, PageLine piece) {
    PageLine *last = *n_lines ? &(*lines)[*n_lines - 1] : NULL;
    if (!last || last->page != piece.page || fabs(last->top - piece.top) > SAME_LINE_MM) {
        last = mem_push(ctx, *lines, *n_lines);
        *last = piece;
    } else {
        last->right = piece.right;
        last->text = mem_printf(ctx, "%s%s", last->text, piece.text);
    }
    last->n_chars = text_count(last->text);
}

/* Lines inside the type area, or with `below` those under it. */
static inline PageLine *lines_where(const void *ctx, const char *path, bool below, size_t *ret_n) {
    PageLine *lines = NULL;
    size_t n_lines = 0;
    char *boxes = output_of(ctx, mem_printf(ctx, "pdftotext -bbox '%s' -", path));
    PageLine piece = {0};
    for (char *save, *row = strtok_r(boxes, "\n", &save); row; row = strtok_r(NULL, "\n", &save)) {
        char text[512];
        if (strstr(row, "<page ")) piece.page++;
        if (sscanf(row, " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%511[^<]", &piece.left, &piece.top,
                   &piece.right, &piece.bottom, text) != 5)
            continue;
        piece.left /= POINTS_PER_MM, piece.right /= POINTS_PER_MM;
        piece.top /= POINTS_PER_MM, piece.bottom /= POINTS_PER_MM;
        piece.text = mem_strdup(ctx, text);
        if ((piece.top > AREA_BOTTOM_MM) == below) add_piece(ctx, &lines, &n_lines, piece);
    }
    *ret_n = n_lines;
    return lines;
}

static inline PageLine *page_lines_of(const void *ctx, const char *path, size_t *ret_n) {
    return lines_where(ctx, path, false, ret_n);
}

static inline PageLine *page_numbers_of(const void *ctx, const char *path, size_t *ret_n) {
    return lines_where(ctx, path, true, ret_n);
}

#endif
