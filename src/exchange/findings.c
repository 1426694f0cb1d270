/* exchange/findings.c: a Diag that passes everything on. */
#include "exchange/findings.h"

#include <stdlib.h>

#include "base/mem.h"
#include "defn/kind.h"
#include "exchange/import.h"

static void add_mark(Findings *findings, const Finding *finding, const Column *column) {
    if (!findings->keeps_marks || finding->level != DIAG_ERROR || findings->n_marks == IMPORT_MARKS_MAX) return;
    const char *words = mem_strdup(findings, label_text(finding->say));
    bool stands = column && column->place != COLUMN_GIVEN;
    size_t place = stands ? column->place : findings->heading->columns[0].place;
    *mem_push(findings, findings->marks, findings->n_marks) = (SheetMark){(uint32_t)finding->at.row, place, words};
}

/* What stood in the column, when only the record is left to tell. */
static const char *value_in(const void *ctx, const Findings *findings, const Column *column) {
    const Field *field = column ? column->meaning.field : NULL;
    if (!findings->record || !field || field->to) return NULL;
    return field_show_masked(ctx, field, findings->record->values[field->index]);
}

static void pass_on(const Finding *finding, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Findings *findings = data;
    const Column *column = heading_column(findings->heading, finding->at.field);
    Place at = finding->at;
    if (column) at.field = column->text;
    const char *value = finding->value ? finding->value : value_in(scratch, findings, column);
    diag_add(findings->user, finding->level, at, finding->code, value, finding->say);
    if (at.row) add_mark(findings, finding, column);
}

Findings *findings_new(const void *ctx, Diag *user, const Heading *heading, bool keeps_marks) {
    Findings *findings = mem_new(ctx, Findings);
    *findings = (Findings){
        .diag = {.on_add = pass_on, .data = findings}, .user = user, .heading = heading, .keeps_marks = keeps_marks};
    return findings;
}

static int compare_marks(const void *a, const void *b) {
    const SheetMark *one = a, *other = b;
    if (one->row != other->row) return one->row < other->row ? -1 : 1;
    return one->column < other->column ? -1 : one->column > other->column;
}

void findings_sort(Findings *findings) {
    if (findings->n_marks) qsort(findings->marks, findings->n_marks, sizeof *findings->marks, compare_marks);
}
