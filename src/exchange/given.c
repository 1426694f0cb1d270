/* exchange/given.c: a column that every row has the same cell in. */
#include "exchange/given.h"

#include "base/mem.h"

static const Column *find_field(const Heading *heading, const Field *field) {
    for (size_t i = 0; i < heading->n_columns; i++)
        if (heading->columns[i].meaning.field == field) return &heading->columns[i];
    return NULL;
}

static void add_column(const void *ctx, Heading *heading, const Field *field, const char *value) {
    const Cell cell = {.kind = CELL_TEXT, .text = mem_strdup(ctx, value), .date = DATE_NONE};
    *mem_push(ctx, heading->columns, heading->n_columns) = (Column){
        .place = COLUMN_GIVEN, .text = label_text(field->label), .meaning = {MEANS_FIELD, field}, .given = cell};
}

void given_add(const void *ctx, const ImportMapping *wanted, const Words *words, Place at, Diag *diag,
               Heading *heading) {
    for (size_t i = 0; i < wanted->n_given; i++) {
        const ImportGiven *given = &wanted->given[i];
        const Meaning *meaning = words_find(words, given->field);
        const Field *field = meaning ? meaning->field : NULL;
        at.field = given->field;
        if (!field)
            diag_error(diag, at, "given-unknown", "this ledger has no field '%s' to give a value; correct the name",
                       given->field);
        else if (find_field(heading, field))
            diag_warn(diag, at, "given-not-taken",
                      "the sheet has the column '%s'; the value given for it was not taken",
                      find_field(heading, field)->text);
        else
            add_column(ctx, heading, field, given->value);
    }
}
