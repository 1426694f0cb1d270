/* exchange/row-in.c: tells records from what else stands in sheets, and reads cells by the kinds of their fields. */
#include "exchange/row-in.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"

#define TOTAL_OF     6u                 /* characters that tell what a total is of */
#define SECTIONS_MAX 30u                /* of a sheet, with a number of its own each */
#define SCRATCH_SIZE ((size_t)64 << 10) /* what most rows need */

struct RowReader {
    Store *store;
    const Ledger *ledger;
    const Heading *heading;
    Place sheet;
    Diag *diag;
    Refer *refer;
    const Column **by_field;  /* NULL: the sheet has none */
    Value *defaults;          /* by field */
    bool *formulas;           /* by column: said already that it holds formulas */
    const char **state_words; /* their labels, for "did you mean" */
    TALLOC_CTX *scratch;      /* of one row */
};

/* What a definition writes as the value of new records; definitions are checked when they are read. */
static void read_defaults(RowReader *reader) {
    const Ledger *ledger = reader->ledger;
    reader->defaults = mem_array(reader, Value, ledger->n_fields);
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        FieldInput input = {.text = field->default_text.text, .date = DATE_NONE};
        if (input.text && !field->to) (void)field_parse(reader, field, &input, &reader->defaults[i]);
    }
}

RowReader *row_reader_new(const void *ctx, Store *store, const Ledger *ledger, const Heading *heading, Place sheet,
                          Diag *diag) {
    RowReader *reader = mem_new(ctx, RowReader);
    *reader = (RowReader){.store = store, .ledger = ledger, .heading = heading, .sheet = sheet, .diag = diag};
    reader->refer = refer_new(reader, store);
    reader->scratch = mem_pool(reader, SCRATCH_SIZE);
    reader->formulas = mem_array(reader, bool, heading->n_columns);
    reader->by_field = mem_array(reader, const Column *, ledger->n_fields);
    for (size_t i = 0; i < heading->n_columns; i++) {
        const Field *field = heading->columns[i].meaning.field;
        if (field) reader->by_field[field->index] = &heading->columns[i];
    }
    reader->state_words = mem_array(reader, const char *, ledger->n_states);
    for (size_t i = 0; i < ledger->n_states; i++) reader->state_words[i] = label_text(ledger->states[i].label);
    read_defaults(reader);
    return reader;
}

bool row_reader_has(const RowReader *reader, const Field *field) { return reader->by_field[field->index] != NULL; }

static Place place_of(const RowReader *reader, uint32_t row, const Column *column) {
    Place at = reader->sheet;
    at.row = row;
    at.field = column ? column->text : NULL;
    return at;
}

/* --- rows that are no records --- */

static const Cell *cell_of(const Cell *cells, size_t n, const Column *column) {
    static const Cell empty = {.kind = CELL_EMPTY, .text = "", .date = DATE_NONE};
    if (column->place == COLUMN_GIVEN) return &column->given;
    return column->place < n ? &cells[column->place] : &empty;
}

static bool is_empty(const RowReader *reader, const Cell *cells, size_t n) {
    for (size_t i = 0; i < reader->heading->n_columns; i++) {
        const Column *column = &reader->heading->columns[i];
        const char *text = cell_of(cells, n, column)->text;
        if (column->place != COLUMN_GIVEN && text[strspn(text, " \t\r\n")]) return false;
    }
    return true;
}

static const Cell *first_text(const Cell *cells, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (cells[i].kind == CELL_TEXT) return &cells[i];
    return NULL;
}

/* 合计, 全县合计, 城关镇小计, 合计36家. */
static bool is_total(const void *ctx, const Cell *first) {
    static const char *const words[] = {"合计", "总计", "小计", "共计", "累计", "subtotal", "total"};
    bool may_be = first && (strstr(first->text, "计") || strstr(first->text, "otal"));
    if (!may_be) return false;
    const char *folded = text_fold(ctx, first->text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *at = strstr(folded, words[i]), *behind = at ? at + strlen(words[i]) : NULL;
        bool ends = at && !*behind && text_count(folded) <= text_count(words[i]) + TOTAL_OF;
        if (ends || (at == folded && behind && strpbrk(behind, "0123456789"))) return true;
    }
    return false;
}

static bool begins_note(const char *text) {
    static const char *const words[] = {"备注", "注:",    "注：",   "说明",       "填表", "制表",
                                        "填报", "审核人", "负责人", "单位负责人", "Note:"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strncmp(text, words[i], strlen(words[i]))) return true;
    return false;
}

/* Nothing but words such as 填表人：…, which stand below a table. */
static bool is_note(const Cell *cells, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (cells[i].kind != CELL_EMPTY && !(cells[i].kind == CELL_TEXT && begins_note(cells[i].text))) return false;
    return true;
}

/* 一、工业企业 or （二）农业企业 alone in its row: a line over the rows below it. */
static bool is_section(const void *ctx, const Cell *cells, size_t n) {
    const Cell *alone = NULL;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].kind == CELL_EMPTY) continue;
        if (alone) return false;
        alone = &cells[i];
    }
    const char *text = alone ? text_clean(ctx, alone->text) : "";
    for (unsigned i = 1; i <= SECTIONS_MAX; i++) {
        const char *number = text_han_number(i);
        const char *before = mem_printf(ctx, "%s、", number), *around = mem_printf(ctx, "(%s)", number);
        if (!strncmp(text, before, strlen(before)) || !strncmp(text, around, strlen(around))) return true;
    }
    return false;
}

/* The heading once more, as on every page of a printed list. */
static bool is_heading_again(const RowReader *reader, const Cell *cells, size_t n) {
    size_t same = 0;
    for (size_t i = 0; i < reader->heading->n_columns && same == i; i++) {
        const Column *column = &reader->heading->columns[i];
        same += column->place == COLUMN_GIVEN || !strcmp(cell_of(cells, n, column)->text, column->text);
    }
    return same == reader->heading->n_columns;
}

static bool is_no_record(RowReader *reader, uint32_t number, const Cell *cells, size_t n) {
    const Cell *first = first_text(cells, n);
    const char *what = is_total(reader->scratch, first)        ? "total-row"
                       : is_note(cells, n)                     ? "note-row"
                       : is_section(reader->scratch, cells, n) ? "section-row"
                       : is_heading_again(reader, cells, n)    ? "heading-row"
                                                               : NULL;
    if (what)
        diag_note(reader->diag, place_of(reader, number, NULL), what,
                  "the row that begins '%s' is no record; it was left out",
                  text_shorten(reader->scratch, first->text, 20));
    return what != NULL;
}

/* --- cells --- */

/* What is being read; texts live until the row is done. */
typedef struct Reading {
    RowReader *reader;
    ImportRow *row;
    const void *ctx; /* owns the row */
    bool *wrong;     /* by column; NULL: none is */
} Reading;

static void report(Reading *reading, DiagLevel level, const Column *column, const Cell *cell, const char *code,
                   Label say) {
    diag_add(reading->reader->diag, level, place_of(reading->reader, reading->row->number, column), code, cell->text,
             say);
    if (level != DIAG_ERROR) return;
    const Heading *heading = reading->reader->heading;
    if (!reading->wrong) reading->wrong = mem_array(reading->reader->scratch, bool, heading->n_columns);
    reading->wrong[column - heading->columns] = true;
}

static void set(const Reading *reading, const Field *field, Value value) {
    reading->row->record->values[field->index] = value;
}

static void mark_masked(const Reading *reading, const Field *field) {
    ImportRow *row = reading->row;
    if (!row->masked) row->masked = mem_array(reading->ctx, bool, reading->reader->ledger->n_fields);
    row->masked[field->index] = true;
}

static void report_stranger(Reading *reading, const Column *column, const Cell *cell, const char *words, int result) {
    RowReader *reader = reading->reader;
    const Ledger *ledger = column->meaning.field->to;
    const char *title = label_text(ledger->title);
    if (result == RECORD_E_SEVERAL) {
        report(reading, DIAG_ERROR, column, cell, "several-records",
               refer_tell_apart(reader->scratch, reader->refer, ledger, words));
        return;
    }
    const char *near = refer_suggest(reader->refer, ledger, words);
    Label say =
        near ? label_format(reader->scratch, "'%s' is not in %s; did you mean '%s'?", words, title, near)
             : label_format(reader->scratch, "'%s' is not in %s; add it there first or correct the name", words, title);
    report(reading, DIAG_ERROR, column, cell, "unknown-record", say);
}

static int read_reference(Reading *reading, const Column *column, const Cell *cell, Value words) {
    RowReader *reader = reading->reader;
    const Field *field = column->meaning.field;
    int64_t id;
    int result = refer_find(reader->refer, field->to, words.text, &id);
    if (result < 0) return result;
    if (!result)
        set(reading, field, VALUE_OF_INT(id));
    else
        report_stranger(reading, column, cell, words.text, result);
    return 0;
}

static int read_field(Reading *reading, const Column *column, const Cell *cell) {
    RowReader *reader = reading->reader;
    const Field *field = column->meaning.field;
    bool is_hidden = (field->personal || field->kind->sealed) && strchr(cell->text, '*');
    if (is_hidden) {
        mark_masked(reading, field);
        return 0;
    }
    const FieldInput input = {
        .text = cell->text,
        .is_number = cell->kind == CELL_NUMBER,
        .number = cell->number,
        .date = cell->kind == CELL_DATE ? cell->date : DATE_NONE,
        .power = column->power,
    };
    Value value = VALUE_OF_BLANK;
    FieldProblem problem = field_parse(reader->scratch, field, &input, &value);
    if (problem.level != DIAG_NOTE) report(reading, problem.level, column, cell, problem.code, problem.say);
    if (problem.level == DIAG_ERROR) return 0;
    if (field->to && value.kind == VALUE_TEXT) return read_reference(reading, column, cell, value);
    set(reading, field, value_copy(reading->row->record, value));
    return 0;
}

static void read_state(Reading *reading, const Column *column, const Cell *cell) {
    RowReader *reader = reading->reader;
    const char *text = text_clean(reader->scratch, cell->text);
    if (!text[0]) return;
    reading->row->state = ledger_guess_state(reader->ledger, text);
    if (reading->row->state) return;
    const char *near = text_nearest(text, reader->state_words, reader->ledger->n_states);
    Label say = near ? label_format(reader->scratch, "there is no state '%s'; did you mean '%s'?", text, near)
                     : label_format(reader->scratch, "there is no state '%s'; write one of the ledger's states", text);
    report(reading, DIAG_ERROR, column, cell, "unknown-state", say);
}

static void warn_of_formula(const Reading *reading, const Column *column) {
    RowReader *reader = reading->reader;
    bool *said = &reader->formulas[column - reader->heading->columns];
    if (*said) return;
    *said = true;
    diag_warn(reader->diag, place_of(reader, reading->row->number, column), "formula",
              "'%s' is computed by formulas; the values last shown were taken", column->text);
}

static int read_cell(Reading *reading, const Column *column, const Cell *cell) {
    RowReader *reader = reading->reader;
    if (cell->kind == CELL_EMPTY) return 0;
    if (cell->kind == CELL_ERROR) {
        report(reading, DIAG_ERROR, column, cell, "error-cell",
               label_format(reader->scratch,
                            "the spreadsheet shows the error %s; correct its formula or type the value", cell->text));
        return 0;
    }
    if (cell->kind == CELL_UNCOMPUTED) {
        report(reading, DIAG_ERROR, column, cell, "uncomputed",
               label_format(reader->scratch,
                            "the formula here was never computed; open the file in Excel or WPS and save it"));
        return 0;
    }
    if (cell->formula) warn_of_formula(reading, column);
    switch (column->meaning.kind) {
    case MEANS_FIELD:
        return read_field(reading, column, cell);
    case MEANS_STATE:
        read_state(reading, column, cell);
        break;
    case MEANS_NUMBER:
        reading->row->record->number = text_clean(reading->row->record, cell->text);
        break;
    case MEANS_NOTHING:
        break;
    }
    return 0;
}

/* --- rows --- */

/* A key that is left blank is the default; other defaults are for new records only. */
static void fill_key(const Reading *reading) {
    const Ledger *ledger = reading->reader->ledger;
    for (size_t i = 0; i < ledger->n_key; i++) {
        size_t at = ledger->key[i]->index;
        Value *value = &reading->row->record->values[at];
        if (value->kind == VALUE_BLANK) *value = reading->reader->defaults[at];
    }
}

/* A refused row does not come to the door, which would say what is missing: everything is said at once. */
static void report_missing(Reading *reading) {
    static const Cell nothing = {.text = NULL};
    const RowReader *reader = reading->reader;
    const ImportRow *row = reading->row;
    for (size_t i = 0; i < reader->heading->n_columns; i++) {
        const Column *column = &reader->heading->columns[i];
        const Field *field = column->meaning.field;
        if (!field || !field->required || reading->wrong[i] || (row->masked && row->masked[field->index])) continue;
        if (row->record->values[field->index].kind == VALUE_BLANK)
            report(reading, DIAG_ERROR, column, &nothing, "required",
                   label_format(reader->scratch, "'%s' is missing; fill it", label_text(field->label)));
    }
}

static int read_cells(Reading *reading, const Cell *cells, size_t n) {
    const Heading *heading = reading->reader->heading;
    int fault = 0;
    for (size_t i = 0; i < heading->n_columns && !fault; i++)
        fault = read_cell(reading, &heading->columns[i], cell_of(cells, n, &heading->columns[i]));
    return fault;
}

/* Whether a reference to the ledger itself leads nowhere: it may mean a row further up that has not been taken yet. */
static int find_waiting(RowReader *reader, const Cell *cells, size_t n, bool *ret_waits) {
    for (size_t i = 0; i < reader->heading->n_columns; i++) {
        const Column *column = &reader->heading->columns[i];
        const Field *field = column->meaning.field;
        if (!field || field->to != reader->ledger) continue;
        const char *words = text_clean(reader->scratch, cell_of(cells, n, column)->text);
        int64_t id;
        int result = words[0] ? refer_find(reader->refer, reader->ledger, words, &id) : 0;
        if (result < 0) return result;
        *ret_waits |= result == RECORD_E_NONE;
    }
    return 0;
}

int row_read(RowReader *reader, const void *ctx, uint32_t number, const Cell *cells, size_t n, bool is_last,
             ImportRow *ret_row) {
    talloc_free_children(reader->scratch);
    if (is_empty(reader, cells, n) || is_no_record(reader, number, cells, n)) return ROW_E_NOTHING;
    bool waits = false;
    int fault = is_last ? 0 : find_waiting(reader, cells, n, &waits);
    if (fault || waits) return fault ? fault : ROW_E_WAITS;
    *ret_row = (ImportRow){.number = number, .record = record_new(ctx, reader->ledger)};
    Reading reading = {.reader = reader, .row = ret_row, .ctx = ctx};
    fault = read_cells(&reading, cells, n);
    if (fault) return fault;
    fill_key(&reading);
    if (!reading.wrong) return 0;
    report_missing(&reading);
    return ROW_E_REFUSED;
}

void row_fill_defaults(const RowReader *reader, Record *record) {
    for (size_t i = 0; i < reader->ledger->n_fields; i++)
        if (record->values[i].kind == VALUE_BLANK) record->values[i] = reader->defaults[i];
}
