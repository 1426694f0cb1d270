/* sheet/marked.c: a sheet of any readable file copied to xlsx, cell for cell, with some cells marked. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "sheet/backend.h"
#include "sheet/number.h"
#include "sheet/xlsx-book.h"

#define WIDTH_ROWS  64u /* rows that decide how wide the columns are */
#define WIDTH_MIN   8u
#define WIDTH_MAX   40u
#define LONG_NUMBER 1e11 /* from here Excel would show an exponent */

typedef struct Copy {
    XlsxBook *book;
    lxw_worksheet *sheet;
    const SheetFile *from;
    const SheetMark *marks; /* not yet made */
    size_t n_marks;
    size_t widths[SHEET_COLUMNS_MAX];
    bool failed;
} Copy;

static const char *number_format(const Cell *cell) {
    if (cell->kind == CELL_DATE) return cell->number == floor(cell->number) ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm:ss";
    bool is_long =
        cell->kind == CELL_NUMBER && fabs(cell->number) >= LONG_NUMBER && cell->number == trunc(cell->number);
    if (is_long) return "0";
    return cell->kind == CELL_TEXT ? "@" : "General";
}

static lxw_error put_cell(Copy *copy, lxw_row_t row, lxw_col_t column, const Cell *cell, XlsxLook look) {
    lxw_format *format = xlsx_book_format(copy->book, look, number_format(cell));
    switch (cell->kind) {
    case CELL_TEXT:
    case CELL_ERROR:
        return worksheet_write_string(copy->sheet, row, column, cell->text, format);
    case CELL_NUMBER:
        return worksheet_write_number(copy->sheet, row, column, cell->number, format);
    case CELL_BOOL:
        return worksheet_write_boolean(copy->sheet, row, column, cell->number != 0, format);
    case CELL_DATE: {
        double time = cell->number - floor(cell->number);
        return worksheet_write_number(copy->sheet, row, column, number_of_date(cell->date) + time, format);
    }
    case CELL_EMPTY:
    case CELL_UNCOMPUTED:
        break;
    }
    return look == LOOK_PLAIN ? LXW_NO_ERROR : worksheet_write_blank(copy->sheet, row, column, format);
}

/* All that is said of a cell of the row at hand, one mark a line; NULL when nothing is. */
static char *words_for(const void *ctx, const Copy *copy, uint32_t row, size_t column) {
    char *words = NULL;
    for (size_t i = 0; i < copy->n_marks && copy->marks[i].row == row; i++) {
        const SheetMark *mark = &copy->marks[i];
        if (mark->column == column)
            words = mem_printf(ctx, "%s%s%s", words ? words : "", words ? "\n" : "", mark->words);
    }
    return words;
}

/* Columns of the row that are marked reach up to here. */
static size_t marked_columns(const Copy *copy, uint32_t row) {
    size_t columns = 0;
    for (size_t i = 0; i < copy->n_marks && copy->marks[i].row == row; i++) {
        if (copy->marks[i].column >= columns) columns = copy->marks[i].column + 1;
    }
    return columns < SHEET_COLUMNS_MAX ? columns : SHEET_COLUMNS_MAX;
}

/* Titles reach over many columns and say nothing about the width of one. */
static void note_width(Copy *copy, uint32_t row, size_t column, const Cell *cell) {
    uint32_t first_row;
    size_t first, last;
    if (row > WIDTH_ROWS || sheet_merge_at(copy->from, row, column, &first_row, &first, &last)) return;
    size_t width = text_width(cell->text) + 2;
    if (width > copy->widths[column]) copy->widths[column] = width;
}

static void drop_marks(Copy *copy, uint32_t row) {
    while (copy->n_marks > 0 && copy->marks->row <= row) {
        copy->marks++;
        copy->n_marks--;
    }
}

static void copy_row(Copy *copy, uint32_t row, const Cell *cells, size_t count) {
    static const Cell EMPTY = {.kind = CELL_EMPTY, .text = ""};
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t columns = marked_columns(copy, row);
    if (columns < count) columns = count;
    for (size_t i = 0; i < columns; i++) {
        const Cell *cell = i < count ? &cells[i] : &EMPTY;
        const char *words = words_for(scratch, copy, row, i);
        lxw_error error = put_cell(copy, row - 1, (lxw_col_t)i, cell, words ? LOOK_MARKED : LOOK_PLAIN);
        if (error != LXW_NO_ERROR) copy->failed = true;
        if (words) xlsx_book_comment(copy->book, copy->sheet, row - 1, (lxw_col_t)i, words);
        note_width(copy, row, i, cell);
    }
    drop_marks(copy, row);
}

/* Marks in rows that have no cells, up to the row before this one. */
static void copy_empty_rows(Copy *copy, uint64_t before) {
    while (copy->n_marks > 0 && copy->marks->row < before) copy_row(copy, copy->marks->row, NULL, 0);
}

/* 0, 1 with findings. */
static int copy_rows(Copy *copy, SheetFile *file, Diag *diag) {
    uint32_t row;
    const Cell *cells;
    size_t count;
    int r;
    while ((r = sheet_next(file, diag, &row, &cells, &count)) > 0) {
        if (row > LXW_ROW_MAX)
            return sheet_refuse_file(file, diag, "sheet-rows",
                                     "there are more rows than an xlsx sheet holds; divide the file");
        copy_empty_rows(copy, row);
        copy_row(copy, row, cells, count);
    }
    if (r < 0) return 1;
    copy_empty_rows(copy, (uint64_t)LXW_ROW_MAX + 1);
    return 0;
}

/* Ranges are told before any row is written; without a format the library writes no cells for them. */
static void copy_merges(Copy *copy) {
    for (size_t i = 0; i < copy->from->n_merges; i++) {
        const SheetMerge *merge = &copy->from->merges[i];
        worksheet_merge_range(copy->sheet, merge->first_row - 1, (lxw_col_t)merge->first, merge->last_row - 1,
                              (lxw_col_t)merge->last, "", NULL);
    }
}

static void set_widths(const Copy *copy) {
    for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++) {
        size_t width = copy->widths[i];
        if (width <= WIDTH_MIN) continue;
        worksheet_set_column(copy->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)(width < WIDTH_MAX ? width : WIDTH_MAX),
                             NULL);
    }
}

static int copy_sheet(const void *ctx, SheetFile *file, OutFile *out, const SheetMark *marks, size_t n, Diag *diag) {
    Copy *copy = mem_new(ctx, Copy);
    *copy = (Copy){.from = file, .marks = marks, .n_marks = n, .book = xlsx_book_new(copy, out)};
    copy->sheet = xlsx_book_add_sheet(copy->book, sheet_name(file, file->selected), 1);
    if (copy->sheet) {
        copy_merges(copy);
        if (copy_rows(copy, file, diag) != 0) return 1;
        set_widths(copy);
    }
    if (copy->failed) return out_refuse(out, diag, "a cell was refused");
    return xlsx_book_close(copy->book, diag);
}

int sheet_write_marked(const char *from, size_t sheet, const char *to, const SheetMark *marks, size_t n, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    SheetFile *file;
    OutFile *out;
    if (sheet_open(scratch, from, diag, &file) != 0 || sheet_select(file, sheet, diag) != 0) return 1;
    if (out_open(scratch, to, diag, &out) != 0 || copy_sheet(scratch, file, out, marks, n, diag) != 0) return 1;
    return out_commit(out, diag);
}
