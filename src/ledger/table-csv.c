/* ledger/table-csv.c: see table-csv.h. The reader holds one row. */
#include "ledger/table-csv.h"

#include <stdint.h>
#include <string.h>

/* --- writing --- */

void table_csv_cell(Buf *out, const char *text, bool first) {
    if (!first) buf_char(out, ',');
    if (!text) return;
    if (*text && !text[strcspn(text, ",\"\r\n")]) {
        buf_add(out, text);
        return;
    }
    buf_char(out, '"');
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        buf_add_bytes(out, text, (size_t)(quote - text));
        buf_add(out, "\"\"");
    }
    buf_add(out, text);
    buf_char(out, '"');
}

void table_csv_hex(Buf *out, const void *bytes, size_t size, bool first) {
    static const char digits[] = "0123456789abcdef";
    if (!size) {
        table_csv_cell(out, bytes ? "" : NULL, first);
        return;
    }
    if (!first) buf_char(out, ',');
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++) {
        buf_char(out, digits[at[i] >> 4]);
        buf_char(out, digits[at[i] & 15]);
    }
}

void table_csv_end_row(Buf *out) { buf_add(out, "\r\n"); }

/* --- reading --- */

typedef enum { AT_START, IN_PLAIN, IN_QUOTED, BEHIND_QUOTE, BEHIND_CR } Where;

struct TableCsv {
    TableCsvTake take;
    void *data;
    Where where;
    Buf row;        /* the cells so far, each with its NUL */
    size_t *starts; /* where in it each cell begins; NULL_CELL for null */
    size_t n;
    const char **cells;
};
#define NULL_CELL SIZE_MAX

TableCsv *table_csv_new(const void *ctx, TableCsvTake take, void *data) {
    TableCsv *csv = mem_new(ctx, TableCsv);
    csv->take = take;
    csv->data = data;
    csv->row = BUF_INIT(csv);
    return csv;
}

static void begin_cell(TableCsv *csv, Where where) {
    *mem_push(csv, csv->starts, csv->n) = csv->row.size;
    csv->where = where;
}

static void end_cell(TableCsv *csv) {
    if (csv->where == AT_START)
        *mem_push(csv, csv->starts, csv->n) = NULL_CELL;
    else
        buf_char(&csv->row, '\0');
    csv->where = AT_START;
}

static int end_row(TableCsv *csv) {
    TALLOC_FREE(csv->cells);
    csv->cells = mem_array(csv, const char *, csv->n);
    for (size_t i = 0; i < csv->n; i++)
        csv->cells[i] = csv->starts[i] == NULL_CELL ? NULL : csv->row.data + csv->starts[i];
    int result = csv->take(csv->cells, csv->n, csv->data);
    buf_clear(&csv->row);
    csv->n = 0;
    csv->where = AT_START;
    return result;
}

/* A character outside of quotes that does not belong to a text. */
static int take_mark(TableCsv *csv, char c) {
    if (csv->where == BEHIND_CR) return c == '\n' ? end_row(csv) : TABLE_CSV_E_BROKEN;
    if (c == ',' || c == '\r') {
        end_cell(csv);
        if (c == '\r') csv->where = BEHIND_CR;
    } else if (c == '"' && csv->where == AT_START) {
        begin_cell(csv, IN_QUOTED);
    } else if (c == '"' && csv->where == BEHIND_QUOTE) {
        buf_char(&csv->row, '"');
        csv->where = IN_QUOTED;
    } else if (csv->where == AT_START && c != '\n') {
        begin_cell(csv, IN_PLAIN);
        buf_char(&csv->row, c);
    } else {
        return TABLE_CSV_E_BROKEN;
    }
    return 0;
}

/* How many of the bytes simply go on with the text of the cell. */
static size_t text_run(Where where, const char *bytes, size_t size) {
    size_t n = 0;
    if (where == IN_QUOTED) {
        const char *quote = memchr(bytes, '"', size);
        n = quote ? (size_t)(quote - bytes) : size;
    } else if (where == IN_PLAIN) {
        while (n < size && bytes[n] != ',' && bytes[n] != '\r') n++;
    }
    return n;
}

int table_csv_feed(TableCsv *csv, const char *bytes, size_t size) {
    int result = 0;
    while (!result && size) {
        size_t run = text_run(csv->where, bytes, size);
        buf_add_bytes(&csv->row, bytes, run);
        bytes += run;
        size -= run;
        if (csv->row.size > TABLE_CSV_ROW_MAX) return TABLE_CSV_E_BROKEN;
        if (!size) break;
        if (csv->where == IN_QUOTED)
            csv->where = BEHIND_QUOTE;
        else
            result = take_mark(csv, *bytes);
        bytes++;
        size--;
    }
    return result;
}

bool table_csv_is_whole(const TableCsv *csv) { return csv->where == AT_START && !csv->n; }
