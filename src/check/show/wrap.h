/* check/show/wrap.h: lines of a terminal, broken where Chinese and Latin text may break. Private to check/.
 *
 * A line never begins with a closing sign nor ends with an opening one; what is put whole stays whole where a line has
 * room for it. */
#ifndef CHECK_WRAP_H
#define CHECK_WRAP_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"

typedef struct Wrap {
    FILE *out;
    bool colours;
    size_t width;  /* columns of a line */
    size_t indent; /* of the first line of a paragraph */
    size_t hang;   /* of its other lines */
    size_t column; /* where the line stands */
    Buf pending;   /* what must stay together, with its colours */
    size_t pending_width;
    bool begun;  /* something stands in the line */
    bool broken; /* the line was begun by a break, not by a paragraph */
    bool space;  /* due before what comes next, unless a line begins there */
    bool glue;   /* what comes next must not be parted from what is pending */
    bool word;   /* what is pending ends in a Latin letter or digit */
} Wrap;

/* As wide as the terminal, $COLUMNS, or 80. */
Wrap wrap_init(const void *ctx, FILE *out, bool colours);
/* style is an escape sequence, "" for none; used only with colours. */
void wrap_text(Wrap *wrap, const char *text, const char *style);
void wrap_whole(Wrap *wrap, const char *text, const char *style);
void wrap_end_line(Wrap *wrap); /* an empty line where nothing was put */

#endif
