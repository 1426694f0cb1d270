/* sheet/xlsx-row.c: see xlsx-row.h. Texts stand in the cells themselves, as the library writes them without a table. */
#include "sheet/xlsx-row.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "sheet/sheet.h"

#define WHOLE_MAX   1e15 /* whole numbers below are written digit by digit */
#define NUMBER_ROOM 32
#define NAME_ROOM   8

struct XlsxRow {
    char (*names)[NAME_ROOM]; /* of the columns: A, B … */
    lxw_row_t number;
    char behind_name[NUMBER_ROOM]; /* 12" s=" */
    size_t last_column;
    Buf text;
};

XlsxStyle xlsx_style(lxw_format *format) { return (XlsxStyle){.format = format}; }

XlsxRow *xlsx_row_new(const void *ctx, size_t n) {
    XlsxRow *row = mem_new(ctx, XlsxRow);
    row->names = mem_check(talloc_zero_size(row, n * NAME_ROOM));
    for (size_t i = 0; i < n; i++) sheet_column_name(i, row->names[i]);
    row->text = BUF_INIT(row);
    return row;
}

void xlsx_row_begin(XlsxRow *row, lxw_row_t number) {
    row->number = number;
    (void)snprintf(row->behind_name, sizeof row->behind_name, "%u\" s=\"", number + 1);
    buf_clear(&row->text);
}

/* --- cells --- */

/* `<c r="A12" s="3` */
static void begin_cell(XlsxRow *row, size_t column, XlsxStyle *style) {
    if (!*style->index) (void)snprintf(style->index, sizeof style->index, "%d", lxw_format_get_xf_index(style->format));
    if (!row->text.size) buf_printf(&row->text, "<row r=\"%u\">", row->number + 1);
    buf_add(&row->text, "<c r=\"");
    buf_add(&row->text, row->names[column]);
    buf_add(&row->text, row->behind_name);
    buf_add(&row->text, style->index);
    row->last_column = column;
}

/* Markup, and what no XML holds, which Excel writes by its number. */
static void add_special(Buf *out, unsigned char c) {
    switch (c) {
    case '&':
        buf_add(out, "&amp;");
        return;
    case '<':
        buf_add(out, "&lt;");
        return;
    case '>':
        buf_add(out, "&gt;");
        return;
    default:
        buf_printf(out, "_x%04X_", c);
    }
}

static bool is_special(unsigned char c) {
    return c == '&' || c == '<' || c == '>' || (c < ' ' && c != '\t' && c != '\n');
}

static void add_escaped(Buf *out, const char *text) {
    for (const char *from = text;; text++) {
        if (*text && !is_special((unsigned char)*text)) continue;
        buf_add_bytes(out, from, (size_t)(text - from));
        if (!*text) return;
        add_special(out, (unsigned char)*text);
        from = text + 1;
    }
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

void xlsx_row_text(XlsxRow *row, size_t column, XlsxStyle *style, const char *text) {
    bool has_edges = is_space(text[0]) || is_space(text[strlen(text) - 1]);
    begin_cell(row, column, style);
    buf_add(&row->text, has_edges ? "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" : "\" t=\"inlineStr\"><is><t>");
    add_escaped(&row->text, text);
    buf_add(&row->text, "</t></is></c>");
}

static void add_whole(Buf *out, int64_t number) {
    char digits[NUMBER_ROOM], *at = digits + sizeof digits;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0) *--at = '-';
    buf_add_bytes(out, at, (size_t)(digits + sizeof digits - at));
}

void xlsx_row_number(XlsxRow *row, size_t column, XlsxStyle *style, double number) {
    begin_cell(row, column, style);
    buf_add(&row->text, "\"><v>");
    if (fabs(number) < WHOLE_MAX && trunc(number) == number)
        add_whole(&row->text, (int64_t)number);
    else
        buf_printf(&row->text, "%.16G", number);
    buf_add(&row->text, "</v></c>");
}

/* --- into the sheet --- */

/* The sheet says at its beginning which cells it has. */
static void note_range(const XlsxRow *row, lxw_worksheet *sheet) {
    lxw_col_t last = (lxw_col_t)row->last_column;
    sheet->dim_rowmin = sheet->dim_colmin = 0;
    if (row->number > sheet->dim_rowmax) sheet->dim_rowmax = row->number;
    if (last > sheet->dim_colmax) sheet->dim_colmax = last;
}

void xlsx_row_end(XlsxRow *row, lxw_worksheet *sheet) {
    if (!row->text.size) return;
    buf_add(&row->text, "</row>");
    (void)fwrite(row->text.data, 1, row->text.size, sheet->optimize_tmpfile);
    note_range(row, sheet);
}
