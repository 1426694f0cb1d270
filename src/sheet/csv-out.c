/* sheet/csv-out.c: csv out: UTF-8 with a byte order mark (without it Excel reads GBK), CRLF, quotation marks where
 * needed, and nothing that is run as a formula. Marks have no place in it and are left out. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "sheet/number.h"
#include "sheet/writer.h"

#define BUFFER ((size_t)256 << 10)

typedef struct CsvWriter {
    SheetWriter base;
    FILE *file;
    int error; /* errno of the first failure */
} CsvWriter;

static CsvWriter *csv_of(SheetWriter *writer) { return (CsvWriter *)writer; }

static int csv_end(CsvWriter *csv) {
    if (csv->file) fclose(csv->file);
    return 0;
}

static bool needs_quotes(const char *text) {
    size_t size = strlen(text);
    return size > 0 && (strpbrk(text, ",;\t\"\r\n") || text[0] == ' ' || text[size - 1] == ' ');
}

static void put_quoted(FILE *file, const char *text, const char *mark) {
    for (; *text; text++) {
        if (*text == '"') fputs(mark, file);
        putc(*text, file);
    }
}

/* Programs that show the file run such a cell as a formula, whoever wrote it. */
static bool is_formula(const char *text) { return text[0] != '\0' && text[1] != '\0' && strchr("=+-@\t\r", text[0]); }

/* A formula becomes one that gives its text, ="text": our reader and Excel both show it as it was. */
static void put_text(FILE *file, const char *text) {
    if (is_formula(text)) {
        fputs("\"=\"\"", file);
        put_quoted(file, text, "\"\"\"");
        fputs("\"\"\"", file);
    } else if (needs_quotes(text)) {
        putc('"', file);
        put_quoted(file, text, "\"");
        putc('"', file);
    } else {
        fputs(text, file);
    }
}

static void put_cell(CsvWriter *csv, const WriteCell *cell) {
    char text[NUMBER_SIZE];
    switch (cell->kind) {
    case CELL_TEXT:
        put_text(csv->file, writer_text(&csv->base, cell->text));
        break;
    case CELL_NUMBER:
        number_text(cell->number, text);
        fputs(text, csv->file);
        break;
    case CELL_DATE:
        date_format_iso(cell->date, text);
        fputs(text, csv->file);
        break;
    default:
        break;
    }
}

static int check(CsvWriter *csv) {
    if (ferror(csv->file) && csv->error == 0) csv->error = errno;
    return csv->error != 0;
}

static int csv_row(SheetWriter *writer) {
    CsvWriter *csv = csv_of(writer);
    for (size_t i = 0; i < writer->n; i++) {
        if (i > 0) putc(',', csv->file);
        put_cell(csv, &writer->cells[i]);
    }
    fputs("\r\n", csv->file);
    return check(csv);
}

static int csv_start(SheetWriter *writer, Diag *diag) {
    CsvWriter *csv = csv_of(writer);
    csv->file = fopen(writer->out->name, "we");
    talloc_set_destructor(csv, csv_end);
    if (!csv->file) return out_refuse(writer->out, diag, strerrordesc_np(errno));
    setvbuf(csv->file, NULL, _IOFBF, BUFFER);
    fputs("\xEF\xBB\xBF", csv->file);
    for (size_t i = 0; i < writer->n; i++) {
        if (i > 0) putc(',', csv->file);
        put_text(csv->file, writer->columns[i].heading);
    }
    fputs("\r\n", csv->file);
    return 0;
}

static int csv_finish(SheetWriter *writer, Diag *diag) {
    CsvWriter *csv = csv_of(writer);
    FILE *file = csv->file;
    if (fflush(file) != 0) check(csv);
    csv->file = NULL;
    if (fclose(file) != 0 && csv->error == 0) csv->error = errno;
    return csv->error ? out_refuse(writer->out, diag, strerrordesc_np(csv->error)) : 0;
}

const WriterKind SHEET_WRITE_CSV = {
    .format = "csv",
    .size = sizeof(CsvWriter),
    .start = csv_start,
    .row = csv_row,
    .finish = csv_finish,
};
