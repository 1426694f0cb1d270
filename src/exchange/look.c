/* exchange/look.c: the top of a file, for somebody who decides how it is read. */
#include <string.h>

#include "base/mem.h"
#include "exchange/heading.h"
#include "exchange/import.h"

typedef struct Look {
    const void *ctx;
    SheetFile *file;
    Diag *diag;
    ImportLook *result;
} Look;

static void list_sheets(const Look *look) {
    ImportLook *result = look->result;
    result->n_sheets = sheet_count(look->file);
    result->sheets = mem_array(look->ctx, const char *, result->n_sheets);
    for (size_t i = 0; i < result->n_sheets; i++)
        result->sheets[i] = sheet_is_hidden(look->file, i) ? NULL : mem_strdup(look->ctx, sheet_name(look->file, i));
}

static void keep_line(const Look *look, uint32_t row, const Cell *cells, size_t n) {
    const char **texts = mem_array(look->ctx, const char *, n + 1);
    for (size_t i = 0; i < n; i++) texts[i] = mem_strdup(texts, cells[i].text);
    *mem_push(look->ctx, look->result->lines, look->result->n_lines) = (ImportLine){row, texts, n};
}

static int read_lines(const Look *look, size_t sheet) {
    uint32_t row;
    const Cell *cells;
    size_t n;
    int more = 1;
    look->result->n_lines = 0;
    if (sheet_select(look->file, sheet, look->diag)) return 1;
    while (look->result->n_lines < IMPORT_LOOK_ROWS &&
           (more = sheet_next(look->file, look->diag, &row, &cells, &n)) > 0)
        keep_line(look, row, cells, n);
    return more < 0;
}

static size_t count_texts(const ImportLine *line) {
    size_t n = 0;
    for (size_t i = 0; i < line->n; i++) n += *line->texts[i] != '\0';
    return n;
}

/* Where nothing is understood the heading is most likely the first of the fullest rows. */
static uint32_t guess_heading(const ImportLook *result) {
    const ImportLine *best = NULL;
    for (size_t i = 0; i < result->n_lines && i < IMPORT_HEADING_ROWS; i++)
        if (!best || count_texts(&result->lines[i]) > count_texts(best)) best = &result->lines[i];
    return best ? best->row : 1;
}

/* --- columns --- */

static const char *meaning_at(const Heading *heading, size_t place) {
    for (size_t i = 0; i < heading->n_columns; i++)
        if (heading->columns[i].place == place) return words_name(&heading->columns[i].meaning);
    return "";
}

static bool is_used(const ImportLook *result, size_t place) {
    for (size_t i = 0; i < result->n_lines; i++)
        if (result->lines[i].row >= result->mapping.heading && place < result->lines[i].n &&
            *result->lines[i].texts[place])
            return true;
    return false;
}

static const char *heading_at(const Look *look, size_t place) {
    const ImportLook *result = look->result;
    char letter[SHEET_LETTERS_SIZE];
    for (size_t i = 0; i < result->n_lines; i++)
        if (result->lines[i].row == result->mapping.heading && place < result->lines[i].n &&
            *result->lines[i].texts[place])
            return result->lines[i].texts[place];
    sheet_column_name(place, letter);
    return mem_strdup(look->ctx, letter);
}

static void list_columns(const Look *look, const Heading *heading) {
    ImportMapping *mapping = &look->result->mapping;
    ImportColumn *columns = NULL;
    size_t width = 0;
    for (size_t i = 0; i < look->result->n_lines; i++)
        if (look->result->lines[i].n > width) width = look->result->lines[i].n;
    for (size_t place = 0; place < width; place++)
        if (is_used(look->result, place))
            *mem_push(look->ctx, columns, mapping->n_columns) =
                (ImportColumn){place, heading_at(look, place), meaning_at(heading, place)};
    mapping->columns = columns;
}

static bool has_column(const Heading *heading, const Field *field) {
    for (size_t i = 0; i < heading->n_columns; i++) {
        const Column *column = &heading->columns[i];
        if (column->meaning.field == field && column->place != COLUMN_GIVEN) return true;
    }
    return false;
}

static void list_missing(const Look *look, const Ledger *ledger, const Heading *heading) {
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        if (heading_needs(field) && !has_column(heading, field))
            *mem_push(look->ctx, look->result->missing, look->result->n_missing) = field;
    }
}

/* --- the look --- */

int import_look(const void *ctx, const Ledger *ledger, const char *path, const char *name, const ImportMapping *wanted,
                Diag *diag, ImportLook *ret_look) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Look look = {.ctx = ctx, .diag = diag, .result = ret_look};
    Heading heading;
    *ret_look = (ImportLook){0};
    if (sheet_open(scratch, path, diag, &look.file)) return 1;
    sheet_call(look.file, name);
    list_sheets(&look);
    (void)heading_find(scratch, look.file, name, wanted, ledger, diag, &heading);
    if (heading.broken) return 1;
    size_t sheet = heading.last_row || !wanted->sheet ? heading.sheet : wanted->sheet - 1;
    if (sheet >= ret_look->n_sheets || read_lines(&look, sheet)) return 1;
    ret_look->mapping.sheet = sheet + 1;
    ret_look->mapping.heading = heading.last_row ? heading.last_row : guess_heading(ret_look);
    list_columns(&look, &heading);
    list_missing(&look, ledger, &heading);
    ret_look->mapping.given = wanted->given;
    ret_look->mapping.n_given = wanted->n_given;
    return 0;
}
