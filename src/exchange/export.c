/* exchange/export.c: records as rows, written so that the import of the same file changes nothing. */
#include "exchange/export.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "exchange/refer.h"
#include "exchange/words.h"
#include "sheet/sheet.h"

#define EXACT_FLOAT_MAX ((int64_t)1 << 53) /* whole numbers up to here are exact in a cell */
#define PROGRESS_ROWS   1000
#define SHEET_NAME_MAX  31u /* characters, as Excel has it */

typedef struct Export {
    Store *store;
    const ExportOptions *options;
    const Ledger *ledger;
    const Field *const *fields;
    size_t n_fields;
    SheetWriter *sheet;
    Refer *refer;
    SheetColumn *columns;
    size_t n_columns;
    size_t state_column, number_column; /* 0: it has none */
    int64_t rows, all;
    size_t skipped;
    TALLOC_CTX *scratch; /* of one row */
} Export;

/* --- columns --- */

/* Numbers go as numbers and dates as dates, so that people can reckon with them; all else keeps its characters. */
static SheetColumnKind column_kind(const Field *field) {
    switch (field->kind->type) {
    case TYPE_NUMBER:
        return field->scale ? SHEET_AS_DECIMAL : SHEET_AS_INT;
    case TYPE_DATE:
        return SHEET_AS_DATE;
    default:
        return SHEET_AS_TEXT;
    }
}

static const char *const *code_labels(const void *ctx, const CodeList *list) {
    const char **labels = mem_array(ctx, const char *, list->n_codes);
    for (size_t i = 0; i < list->n_codes; i++) labels[i] = label_text(list->codes[i].label);
    return labels;
}

/* What may be chosen in a column: the codes of a single choice, yes and no. */
static void set_choices(const void *ctx, const Field *field, SheetColumn *column) {
    if (field->kind->type == TYPE_BOOL) {
        const char **both = mem_array(ctx, const char *, 2);
        both[0] = field_show(ctx, field, VALUE_OF_BOOL(true));
        both[1] = field_show(ctx, field, VALUE_OF_BOOL(false));
        column->choices = both;
        column->n_choices = 2;
    } else if (field->kind->type == TYPE_CODE) {
        column->choices = code_labels(ctx, field->list);
        column->n_choices = field->list->n_codes;
    }
}

static const char *heading_of(const void *ctx, const Field *field) {
    const char *label = label_text(field->label);
    bool is_money = !strcmp(field->kind->name, "money");
    const char *unit = is_money ? label_text((Label){"元", "yuan"}) : field->unit;
    return unit ? mem_printf(ctx, lang_current() == LANG_ZH ? "%s（%s）" : "%s (%s)", label, unit) : label;
}

static void add_field_column(const void *ctx, Export *export, const Field *field) {
    const char *help = label_text(field->help);
    SheetColumn column = {.heading = heading_of(ctx, field),
                          .note = help[0] ? help : NULL,
                          .kind = column_kind(field),
                          .scale = field->scale,
                          .required = field->required};
    set_choices(ctx, field, &column);
    export->columns[export->n_columns++] = column;
}

static void add_state_column(const void *ctx, Export *export) {
    const char **labels = mem_array(ctx, const char *, export->ledger->n_states);
    for (size_t i = 0; i < export->ledger->n_states; i++) labels[i] = label_text(export->ledger->states[i].label);
    export->state_column = export->n_columns;
    export->columns[export->n_columns++] = (SheetColumn){.heading = label_text(words_state),
                                                         .kind = SHEET_AS_TEXT,
                                                         .choices = labels,
                                                         .n_choices = export->ledger->n_states};
}

static void choose_fields(const void *ctx, Export *export) {
    const Ledger *ledger = export->ledger;
    export->fields = export->options->fields;
    export->n_fields = export->options->n_fields;
    if (export->fields) return;
    const Field **all = mem_array(ctx, const Field *, ledger->n_fields);
    for (size_t i = 0; i < ledger->n_fields; i++) all[i] = &ledger->fields[i];
    export->fields = all;
    export->n_fields = ledger->n_fields;
}

/* A ledger of one state has no column for it, nor one without own numbers for these. */
static void lay_columns(const void *ctx, Export *export) {
    const Ledger *ledger = export->ledger;
    choose_fields(ctx, export);
    export->columns = mem_array(ctx, SheetColumn, export->n_fields + 2);
    for (size_t i = 0; i < export->n_fields; i++) add_field_column(ctx, export, export->fields[i]);
    if (ledger->n_states > 1) add_state_column(ctx, export);
    if (!ledger->number.text) return;
    export->number_column = export->n_columns;
    export->columns[export->n_columns++] = (SheetColumn){.heading = label_text(words_number), .kind = SHEET_AS_TEXT};
}

/* --- rows --- */

static void put_number(const Export *export, size_t column, const Field *field, Value value) {
    bool is_exact = value.units >= -EXACT_FLOAT_MAX && value.units <= EXACT_FLOAT_MAX;
    if (is_exact) /* a whole number divided once is the double nearest to its decimal */
        sheet_put_number(export->sheet, column, (double)value.units / (double)decimal_power(value.scale));
    else
        sheet_put_text(export->sheet, column, field_show(export->scratch, field, value));
}

static bool is_hidden(const Export *export, const Field *field) {
    return !export->options->unmasked && (field->personal || field->kind->sealed);
}

static void put_value(const Export *export, size_t column, const Field *field, Value value) {
    SheetWriter *sheet = export->sheet;
    if (value.kind == VALUE_BLANK) return;
    if (value.kind == VALUE_NA)
        sheet_put_text(sheet, column, "-");
    else if (is_hidden(export, field))
        sheet_put_text(sheet, column, field_show_masked(export->scratch, field, value));
    else if (field->to)
        sheet_put_text(sheet, column, refer_name(export->refer, field->to, value.units));
    else if (value.kind == VALUE_NUMBER)
        put_number(export, column, field, value);
    else if (value.kind == VALUE_DATE)
        sheet_put_date(sheet, column, value.date);
    else
        sheet_put_text(sheet, column, field_show(export->scratch, field, value));
}

/* Whether the caller wants to go on. */
static bool goes_on(const Export *export) {
    const ExportOptions *options = export->options;
    return !options->progress || export->rows % PROGRESS_ROWS ||
           options->progress(export->rows, export->all, options->data);
}

enum { EXPORT_SHEET_FAILED = 1, EXPORT_ENDED };

static int put_record(const Record *record, void *data) {
    Export *export = data;
    if (export->skipped < export->options->skip) {
        export->skipped++;
        return 0;
    }
    for (size_t i = 0; i < export->n_fields; i++)
        put_value(export, i, export->fields[i], record->values[export->fields[i]->index]);
    if (export->state_column) sheet_put_text(export->sheet, export->state_column, label_text(record->state->label));
    if (export->number_column) sheet_put_text(export->sheet, export->number_column, record->number);
    talloc_free_children(export->scratch);
    export->rows++;
    return !goes_on(export) ? EXPORT_ENDED : sheet_end_row(export->sheet) ? EXPORT_SHEET_FAILED : 0;
}

/* All rows of one unchanging state. What the sheet refuses it says when it is closed. */
static int put_records(Export *export, Diag *diag) {
    Store *store = export->store;
    int fault = db_begin(store->db, DB_SNAPSHOT);
    if (fault) return store_fault(store, fault, diag);
    fault = query_count(store, &export->options->query, &export->all);
    if (!fault) fault = query_each(store, &export->options->query, put_record, export);
    db_rollback(store->db);
    if (fault == EXPORT_ENDED) diag_error(diag, PLACE_NONE, "ended", "it was cancelled, and there is no file");
    return fault < 0 ? store_fault(store, fault, diag) : fault == EXPORT_ENDED;
}

/* --- the file --- */

static const char *sheet_title(const void *ctx, const Ledger *ledger) {
    char *title = text_shorten(ctx, label_text(ledger->title), SHEET_NAME_MAX - 1);
    for (char *at = title; *at; at++)
        if (strchr("[]:*?/\\", *at)) *at = ' ';
    return title;
}

int export_file(Store *store, const char *path, const ExportOptions *options, Diag *diag, int64_t *ret_rows) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Export export = {.store = store, .options = options, .ledger = options->query.ledger};
    export.refer = refer_new(scratch, store);
    if (options->titles) refer_use_titles(export.refer);
    export.scratch = talloc_new(scratch);
    lay_columns(scratch, &export);
    int result = sheet_writer_open(scratch, path, file_extension(path), sheet_title(scratch, export.ledger),
                                   export.columns, export.n_columns, diag, &export.sheet);
    if (!result && !options->template_only) result = put_records(&export, diag);
    if (!result) result = sheet_writer_close(export.sheet, diag);
    if (!result) *ret_rows = export.rows;
    return result;
}
