/* sheet/write.c: the calls that are the same for every format. A row waits until it is complete. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "sheet/writer.h"

static const WriterKind *const KINDS[] = {&SHEET_WRITE_XLSX, &SHEET_WRITE_CSV};

static const WriterKind *find_kind(const char *format) {
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(KINDS[i]->format, format) == 0) return KINDS[i];
    }
    return NULL;
}

static int refuse(Diag *diag, const char *path, const char *english) {
    diag_add(diag, DIAG_ERROR, PLACE_FILE(path), "sheet-write", NULL,
             (Label){.zh = lang_tr(LANG_ZH, english), .en = english});
    return 1;
}

static void clear_row(SheetWriter *writer) {
    buf_clear(&writer->text);
    memset(writer->cells, 0, writer->n * sizeof *writer->cells);
}

int sheet_writer_open(const void *ctx, const char *path, const char *format, const char *sheet,
                      const SheetColumn *columns, size_t n, Diag *diag, SheetWriter **ret_writer) {
    const WriterKind *kind = find_kind(format);
    if (!kind) return refuse(diag, path, "files of this kind are not written; ask for xlsx or csv");
    if (n > SHEET_COLUMNS_MAX) return refuse(diag, path, "there are more columns than a sheet is given; choose fewer");
    SheetWriter *writer = mem_check(talloc_zero_size(ctx, kind->size));
    writer->kind = kind;
    writer->sheet = mem_strdup(writer, sheet);
    writer->columns = columns;
    writer->n = n;
    writer->cells = mem_array(writer, WriteCell, n);
    writer->text = BUF_INIT(writer);
    if (out_open(writer, path, diag, &writer->out) != 0 || kind->start(writer, diag) != 0) {
        talloc_free(writer);
        return 1;
    }
    *ret_writer = writer;
    return 0;
}

/* Keeps a text with the row; where it begins. */
static size_t keep(SheetWriter *writer, const char *text) {
    size_t at = writer->text.size;
    buf_add_bytes(&writer->text, text, strlen(text) + 1);
    return at;
}

static WriteCell *cell_at(SheetWriter *writer, size_t column) {
    assert(column < writer->n);
    return &writer->cells[column];
}

void sheet_put_text(SheetWriter *writer, size_t column, const char *text) {
    if (!text || !*text) return;
    WriteCell *cell = cell_at(writer, column);
    cell->kind = CELL_TEXT;
    cell->text = keep(writer, text);
    bool is_long = writer->text.size - cell->text > SHEET_CELL_MAX && text_count(text) > SHEET_CELL_MAX;
    if (is_long && writer->long_row == 0) writer->long_row = writer->rows + 1;
}

void sheet_put_number(SheetWriter *writer, size_t column, double number) {
    WriteCell *cell = cell_at(writer, column);
    cell->kind = CELL_NUMBER;
    cell->number = number;
}

void sheet_put_date(SheetWriter *writer, size_t column, Date date) {
    if (date == DATE_NONE) return;
    WriteCell *cell = cell_at(writer, column);
    cell->kind = CELL_DATE;
    cell->date = date;
}

int sheet_end_row(SheetWriter *writer) {
    if (writer->long_row != 0) return 1;
    int r = writer->kind->row(writer);
    clear_row(writer);
    writer->rows++;
    return r;
}

int sheet_writer_close(SheetWriter *writer, Diag *diag) {
    int r = 0;
    if (writer->long_row != 0) {
        Place at = {.file = writer->out->path, .row = writer->long_row + 1};
        diag_error(diag, at, "sheet-text", "a text has more than %u characters, which no cell holds; shorten it",
                   SHEET_CELL_MAX);
        r = 1;
    }
    if (r == 0) r = writer->kind->finish(writer, diag);
    if (r == 0) r = out_commit(writer->out, diag);
    talloc_free(writer);
    return r;
}
