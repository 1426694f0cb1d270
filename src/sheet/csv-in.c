/* sheet/csv-in.c: csv in (RFC 4180, leniently): records to rows, in one pass over decoded pieces.
 *
 * A record is a row, also a blank one, as spreadsheet programs count them. Line ends are LF, CRLF or CR. Every cell is
 * text; ="00123", by which Excel is told to keep zeros, is the text 00123. */
#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "sheet/backend.h"
#include "sheet/decode.h"
#include "sheet/separator.h"

typedef enum {
    AT_START, /* of a cell */
    IN_PLAIN,
    IN_QUOTES,
    AFTER_QUOTE, /* a quotation mark in a quoted cell: its end, or the first half of "" */
} State;

typedef struct CsvFile {
    SheetFile base;
    Decoder *decoder;
    const char *at, *end; /* of the piece being read */
    const char *separator;
    size_t separator_size;
    bool special[256]; /* bytes at which an unquoted cell may end */
    bool after_cr;     /* an LF here belongs to the CR before it */
    State state;
    size_t column;
} CsvFile;

static CsvFile *csv_of(SheetFile *file) { return (CsvFile *)file; }

/* Moves on to the next piece. 1, 0 at the end, -1 with findings. */
static int refill(CsvFile *csv, Diag *diag) {
    size_t size = 0;
    int r = decoder_next(csv->decoder, &csv->at, &size);
    csv->end = r > 0 ? csv->at + size : csv->at;
    if (r < 0) {
        diag_error(diag, sheet_place(&csv->base, csv->base.row->number), "sheet-encoding",
                   "byte %" PRIu64 " is not text in %s; save the file as csv in UTF-8 or as xlsx",
                   decoder_offset(csv->decoder) + 1, decoder_encoding(csv->decoder));
    }
    return r;
}

static void use_separator(CsvFile *csv, const char *separator) {
    csv->separator = separator;
    csv->separator_size = strlen(separator);
    memset(csv->special, 0, sizeof csv->special);
    csv->special['\n'] = csv->special['\r'] = csv->special[(unsigned char)separator[0]] = true;
}

/* Takes the text out of ="text", where quotation marks stand twice. */
static void unwrap(Row *row) {
    size_t size = row_pending_size(row), length = 0;
    char *text = row_pending(row);
    if (size < 3 || text[0] != '=' || text[1] != '"' || text[size - 1] != '"') return;
    for (size_t i = 2; i + 1 < size; i++) {
        if (text[i] != '"') continue;
        if (text[i + 1] != '"' || i + 2 >= size) return;
        i++;
    }
    for (size_t i = 2; i + 1 < size; i++) {
        text[length++] = text[i];
        if (text[i] == '"') i++;
    }
    row_pending_cut(row, length);
}

/* Makes a cell of the pending text. 0, -1 with findings. */
static int end_cell(CsvFile *csv, Diag *diag) {
    Row *row = csv->base.row;
    unwrap(row);
    size_t column = csv->column++;
    csv->state = AT_START;
    if (row_pending_size(row) == 0) return 0;
    if (column >= SHEET_COLUMNS_MAX) return sheet_refuse_column(&csv->base, diag, row->number, column);
    if (row_pending_is_long(row)) return sheet_refuse_text(&csv->base, diag, row->number, column);
    row_add_text(row, column, CELL_TEXT);
    return 0;
}

/* Adds up to `end` to the pending text. 0, -1 with findings when it grows without end. */
static int take(CsvFile *csv, const char *end, Diag *diag) {
    Row *row = csv->base.row;
    row_text(row, csv->at, (size_t)(end - csv->at));
    csv->at = end;
    if (row_pending_size(row) <= (size_t)SHEET_CELL_MAX * 4) return 0;
    return sheet_refuse_text(&csv->base, diag, row->number, csv->column);
}

/* Outside quotation marks: 0 to go on, 1 at the end of a record, -1 with findings. */
static int read_plain(CsvFile *csv, Diag *diag) {
    const char *at = csv->at;
    while (at < csv->end && !csv->special[(unsigned char)*at]) at++;
    if (take(csv, at, diag) < 0) return -1;
    if (at == csv->end) return 0;
    if (*at == '\n' || *at == '\r') {
        csv->after_cr = *at == '\r';
        csv->at = at + 1;
        return end_cell(csv, diag) < 0 ? -1 : 1;
    }
    if ((size_t)(csv->end - at) >= csv->separator_size && memcmp(at, csv->separator, csv->separator_size) == 0) {
        csv->at = at + csv->separator_size;
        return end_cell(csv, diag);
    }
    return take(csv, at + 1, diag); /* only the first byte of a full-width comma */
}

static int read_quoted(CsvFile *csv, Diag *diag) {
    const char *quote = memchr(csv->at, '"', (size_t)(csv->end - csv->at));
    if (take(csv, quote ? quote : csv->end, diag) < 0) return -1;
    if (quote) {
        csv->at++;
        csv->state = AFTER_QUOTE;
    }
    return 0;
}

/* Reads one cell or a part of it: 0 to go on, 1 at the end of a record, -1 with findings. */
static int read_some(CsvFile *csv, Diag *diag) {
    switch (csv->state) {
    case AT_START:
        csv->state = *csv->at == '"' ? IN_QUOTES : IN_PLAIN;
        csv->at += csv->state == IN_QUOTES;
        return 0;
    case AFTER_QUOTE:
        csv->state = *csv->at == '"' ? IN_QUOTES : IN_PLAIN;
        return csv->state == IN_QUOTES ? take(csv, csv->at + 1, diag) : 0;
    case IN_QUOTES:
        return read_quoted(csv, diag);
    case IN_PLAIN:
        return read_plain(csv, diag);
    }
    return 0;
}

/* The file ends here: 1 = a last record without a line end, 0 = nothing more, -1 with findings. */
static int end_file(CsvFile *csv, Diag *diag) {
    if (csv->state == IN_QUOTES) {
        diag_error(diag, sheet_place(&csv->base, csv->base.row->number), "sheet-quote",
                   "a quotation mark opened in this row is never closed; close it or double it");
        return -1;
    }
    bool nothing = csv->state == AT_START && csv->column == 0;
    return nothing ? 0 : end_cell(csv, diag) < 0 ? -1 : 1;
}

static int csv_next(SheetFile *file, Diag *diag) {
    CsvFile *csv = csv_of(file);
    row_begin(file->row, file, file->row->number + 1);
    csv->column = 0;
    csv->state = AT_START;
    for (;;) {
        if (csv->at == csv->end) {
            int more = refill(csv, diag);
            if (more <= 0) return more < 0 ? -1 : end_file(csv, diag);
        }
        if (csv->after_cr && *csv->at == '\n') {
            csv->after_cr = false;
            csv->at++;
            continue;
        }
        csv->after_cr = false;
        int r = read_some(csv, diag);
        if (r != 0) return r;
    }
}

static int csv_select(SheetFile *file, Diag *diag) {
    CsvFile *csv = csv_of(file);
    talloc_free(csv->decoder);
    csv->decoder = decoder_new(csv, file->fd);
    csv->at = csv->end = NULL;
    csv->after_cr = false;
    row_begin(file->row, file, 0);
    if (refill(csv, diag) < 0) return 1;
    use_separator(csv, separator_guess(csv->at, (size_t)(csv->end - csv->at)));
    return 0;
}

/* A csv file is any text: the first piece shows whether it is one. */
static int csv_open(SheetFile *file, Diag *diag) {
    file->sheets = mem_array(file, SheetInfo, 1);
    file->sheets[0].name = mem_strdup(file, file_base_name(file->path));
    file->n_sheets = 1;
    Decoder *decoder = decoder_new(file, file->fd);
    const char *text;
    size_t size;
    int r = decoder_next(decoder, &text, &size);
    talloc_free(decoder);
    if (r >= 0) return 0;
    return sheet_refuse_file(file, diag, "sheet-kind",
                             "this is neither a spreadsheet nor text; save the data as xlsx, xls or csv");
}

static double csv_progress(const SheetFile *file) {
    const CsvFile *csv = (const CsvFile *)file;
    return csv->decoder ? (double)decoder_offset(csv->decoder) / (double)file->size : 0;
}

const SheetBackend SHEET_CSV = {
    .format = "csv",
    .size = sizeof(CsvFile),
    .open = csv_open,
    .select = csv_select,
    .next = csv_next,
    .progress = csv_progress,
};
