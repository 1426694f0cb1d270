/* sheet/xlsx-out.c: xlsx out: headings, formats by column, drop-downs, and a further sheet when one is full.
 *
 * The choices of drop-downs stand in a hidden sheet, since Excel takes at most 255 characters of them in the rule
 * itself. */
#include <string.h>

#include "base/text.h"
#include "sheet/number.h"
#include "sheet/writer.h"
#include "sheet/xlsx-book.h"
#include "sheet/xlsx-row.h"

#define CODES_SHEET       "代码"
#define CODES_SHEET_OTHER "代码表" /* when the first name is the data's own */
#define WIDTH_MIN         8u
#define WIDTH_MAX         60u
#define HEADING_ROOM      4u /* for the filter button */
#define DATE_FORMAT       "yyyy-mm-dd"

typedef struct XlsxWriter {
    SheetWriter base;
    XlsxBook *book;
    const char *codes; /* name of the hidden sheet; NULL when no column has choices */
    lxw_worksheet *sheet;
    XlsxRow *cells;
    lxw_row_t row; /* the next one of this sheet, from 0 */
    unsigned serial;
    XlsxStyle *styles;     /* by column */
    XlsxStyle headings[2]; /* of columns that may be blank, and of those that must not */
    bool failed;
} XlsxWriter;

static XlsxWriter *xlsx_of(SheetWriter *writer) { return (XlsxWriter *)writer; }

static const char *number_format(const SheetColumn *column) {
    static const char *const DECIMALS[] = {"0",       "0.0",      "0.00",      "0.000",      "0.0000",
                                           "0.00000", "0.000000", "0.0000000", "0.00000000", "0.000000000"};
    static const int MOST = (int)(sizeof DECIMALS / sizeof *DECIMALS) - 1;
    switch (column->kind) {
    case SHEET_AS_INT:
        return DECIMALS[0];
    case SHEET_AS_DECIMAL:
        return DECIMALS[column->scale > MOST ? MOST : column->scale];
    case SHEET_AS_DATE:
        return DATE_FORMAT;
    case SHEET_AS_TEXT:
        break;
    }
    return "@";
}

/* --- drop-downs --- */

static bool has_choices(const SheetWriter *writer) {
    for (size_t i = 0; i < writer->n; i++) {
        if (writer->columns[i].n_choices > 0) return true;
    }
    return false;
}

/* Column i of the hidden sheet holds the choices of column i. */
static void write_codes(XlsxWriter *xlsx) {
    const SheetWriter *writer = &xlsx->base;
    lxw_worksheet *sheet = xlsx_book_add_sheet(xlsx->book, xlsx->codes, 1);
    bool more = sheet != NULL;
    for (lxw_row_t row = 0; more && row < LXW_ROW_MAX; row++) {
        more = false;
        for (size_t i = 0; i < writer->n; i++) {
            if (row >= writer->columns[i].n_choices) continue;
            worksheet_write_string(sheet, row, (lxw_col_t)i, writer->columns[i].choices[row], NULL);
            more = true;
        }
    }
    if (sheet) worksheet_hide(sheet);
}

static void add_dropdown(const XlsxWriter *xlsx, size_t column) {
    size_t n = xlsx->base.columns[column].n_choices;
    if (n == 0) return;
    char name[SHEET_LETTERS_SIZE], range[96];
    sheet_column_name(column, name);
    snprintf(range, sizeof range, "='%s'!$%s$1:$%s$%zu", xlsx->codes, name, name, n);
    lxw_col_t at = (lxw_col_t)column;
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA, .value_formula = range};
    worksheet_data_validation_range(xlsx->sheet, 1, at, LXW_ROW_MAX - 1, at, &rule);
}

/* Asked for a list, libxlsxwriter 1.1.4 copies the formula twice and loses one copy; so rules become lists here. */
static void make_lists(const XlsxWriter *xlsx) {
    lxw_data_val_obj *rule;
    STAILQ_FOREACH(rule, xlsx->sheet->data_validations, list_pointers)
    rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
}

/* --- sheets --- */

static double column_width(const SheetColumn *column) {
    size_t width = column->width ? column->width : text_width(column->heading) + HEADING_ROOM;
    return (double)(width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width);
}

static void start_column(XlsxWriter *xlsx, size_t i) {
    const SheetColumn *column = &xlsx->base.columns[i];
    lxw_col_t at = (lxw_col_t)i;
    worksheet_set_column(xlsx->sheet, at, at, column_width(column), xlsx->styles[i].format);
    xlsx_row_text(xlsx->cells, i, &xlsx->headings[column->required], column->heading);
    if (column->note) xlsx_book_comment(xlsx->book, xlsx->sheet, 0, at, column->note);
    add_dropdown(xlsx, i);
}

static void start_sheet(XlsxWriter *xlsx) {
    xlsx->sheet = xlsx_book_add_sheet(xlsx->book, xlsx->base.sheet, ++xlsx->serial);
    xlsx->row = 1;
    xlsx->failed = !xlsx->sheet;
    if (xlsx->failed) return;
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    xlsx_row_begin(xlsx->cells, 0);
    for (size_t i = 0; i < xlsx->base.n; i++) start_column(xlsx, i);
    xlsx_row_end(xlsx->cells, xlsx->sheet);
    make_lists(xlsx);
}

static void end_sheet(const XlsxWriter *xlsx) {
    if (xlsx->base.n > 0) worksheet_autofilter(xlsx->sheet, 0, 0, xlsx->row - 1, (lxw_col_t)(xlsx->base.n - 1));
}

static int xlsx_start(SheetWriter *writer, Diag *diag) {
    (void)diag; /* what fails here is told by finish() */
    XlsxWriter *xlsx = xlsx_of(writer);
    xlsx->book = xlsx_book_new(xlsx, writer->out);
    xlsx->cells = xlsx_row_new(xlsx, writer->n);
    xlsx->styles = mem_array(xlsx, XlsxStyle, writer->n);
    for (size_t i = 0; i < writer->n; i++)
        xlsx->styles[i] = xlsx_style(xlsx_book_format(xlsx->book, LOOK_PLAIN, number_format(&writer->columns[i])));
    xlsx->headings[false] = xlsx_style(xlsx_book_format(xlsx->book, LOOK_HEADING, "@"));
    xlsx->headings[true] = xlsx_style(xlsx_book_format(xlsx->book, LOOK_REQUIRED, "@"));
    if (has_choices(writer)) xlsx->codes = strcmp(writer->sheet, CODES_SHEET) == 0 ? CODES_SHEET_OTHER : CODES_SHEET;
    start_sheet(xlsx);
    if (xlsx->codes) write_codes(xlsx);
    return 0;
}

/* --- rows --- */

static void put_cell(const XlsxWriter *xlsx, size_t column, const WriteCell *cell) {
    XlsxStyle *style = &xlsx->styles[column];
    switch (cell->kind) {
    case CELL_TEXT:
        xlsx_row_text(xlsx->cells, column, style, writer_text(&xlsx->base, cell->text));
        break;
    case CELL_NUMBER:
        xlsx_row_number(xlsx->cells, column, style, cell->number);
        break;
    case CELL_DATE:
        xlsx_row_number(xlsx->cells, column, style, number_of_date(cell->date));
        break;
    default:
        break;
    }
}

static int xlsx_row(SheetWriter *writer) {
    XlsxWriter *xlsx = xlsx_of(writer);
    if (!xlsx->failed && xlsx->row == LXW_ROW_MAX) {
        end_sheet(xlsx);
        start_sheet(xlsx);
    }
    if (xlsx->failed) return 1;
    xlsx_row_begin(xlsx->cells, xlsx->row);
    for (size_t i = 0; i < writer->n; i++) put_cell(xlsx, i, &writer->cells[i]);
    xlsx_row_end(xlsx->cells, xlsx->sheet);
    xlsx->row++;
    return 0;
}

static int xlsx_finish(SheetWriter *writer, Diag *diag) {
    XlsxWriter *xlsx = xlsx_of(writer);
    if (!xlsx->failed) end_sheet(xlsx);
    return xlsx_book_close(xlsx->book, diag);
}

const WriterKind SHEET_WRITE_XLSX = {
    .format = "xlsx",
    .size = sizeof(XlsxWriter),
    .start = xlsx_start,
    .row = xlsx_row,
    .finish = xlsx_finish,
};
