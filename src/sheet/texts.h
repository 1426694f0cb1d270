/* sheet/texts.h: the shared texts of an xlsx file, by number. Few stay in memory, many go to a temporary file, so
 * that a million different texts need no more memory than a thousand. */
#ifndef SHEET_TEXTS_H
#define SHEET_TEXTS_H

#include "base/xml.h"
#include "sheet/row.h"

typedef struct Texts Texts;

/* A text in an xlsx file: the runs of an <si> or <is>, without the phonetic ones. Embedded in who reads XML. */
typedef struct TextRuns {
    int in_text;     /* within <t> */
    int in_phonetic; /* within <rPh> */
} TextRuns;

void text_runs_start(TextRuns *runs, const char *name);
void text_runs_end(TextRuns *runs, const char *name);
bool text_runs_take(const TextRuns *runs); /* whether text here counts */

/* Owned by ctx. 0, 1 with findings. */
int texts_read(const void *ctx, Package *package, const char *part, Diag *diag, Texts **ret_texts);
/* Adds a text to the pending text of row. False when there is none with this number. */
bool texts_add_to(Texts *texts, size_t number, Row *row);

#endif
