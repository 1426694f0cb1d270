/* sheet/sheet.h: spreadsheets in and out, row by row, in constant memory.
 *
 * Knows files, sheets, rows and cells; not what a column means. Reading tells what is in the file and
 * repairs nothing: a number that arrived as a float stays a float and says so. Bounds: SHEET_* below. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/diag.h"

#define SHEET_FILE_MAX     ((size_t)512 << 20) /* bytes of a file */
#define SHEET_UNPACKED_MAX ((uint64_t)4 << 30) /* bytes of one unpacked part */
#define SHEET_RATIO_MAX    200                 /* unpacked : packed, beyond 64 MiB: a bomb */
#define SHEET_ROWS_MAX     2000000u
#define SHEET_COLUMNS_MAX  512u
#define SHEET_CELL_MAX     32767u /* characters in a cell, as Excel has it */

typedef enum {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_NUMBER, /* a float, as Excel and xls store every number */
    CELL_DATE,   /* a number with a date format */
    CELL_BOOL,
    CELL_ERROR,      /* #N/A and its kin: text holds the word */
    CELL_UNCOMPUTED, /* a formula that no program has computed yet: text is "=" */
} CellKind;

typedef struct Cell {
    CellKind kind;
    const char *text; /* what a person sees, UTF-8, never NULL; numbers with up to 17 significant digits, dates ISO,
                         with " hh:mm:ss" when there is a time of day; a time alone is CELL_TEXT "hh:mm:ss" */
    double number;    /* also of a date (its serial day, in the file's own date system) and of a bool (1, 0) */
    Date date;
    bool formula; /* the value was computed by a formula (kept value) */
} Cell;

typedef struct SheetFile SheetFile;

/* Opens xlsx, xls or csv by content, not by name. csv: UTF-8 with or without BOM, GB18030/GBK, UTF-16; separator
 * comma, semicolon or tab. Encrypted, truncated or oversized files, zip bombs and other formats are findings
 * with what to do. Owned by ctx. 0, 1 with findings. */
int sheet_open(const void *ctx, const char *path, Diag *diag, SheetFile **ret_file);
/* What findings call it from now on, and a csv its sheet, where that is not its path. */
void sheet_call(SheetFile *file, const char *name);
size_t sheet_count(const SheetFile *file);                   /* visible and hidden sheets; csv has one */
const char *sheet_name(const SheetFile *file, size_t sheet); /* csv: the file's base name */
bool sheet_is_hidden(const SheetFile *file, size_t sheet);   /* xls: never known */
const char *sheet_format(const SheetFile *file);             /* "xlsx", "xls", "csv" */

/* Begins reading a sheet (from 0), from its first row. 0, or 1 with findings. */
int sheet_select(SheetFile *file, size_t sheet, Diag *diag);
/* The next row that has any cell: DB-like, 1 = a row, 0 = end, negative = the file is broken (finding in diag).
 * ret_row is its number from 1 as the program that shows the file counts it. Cells are lent until the next call.
 * A merged range gives its value in its first cell only; the calls below tell the rest. */
int sheet_next(SheetFile *file, Diag *diag, uint32_t *ret_row, const Cell **ret_cells, size_t *ret_count);
/* Whether the row last read is hidden, by hand or by a filter; csv and xls do not tell. */
bool sheet_row_is_hidden(const SheetFile *file);
/* For a cell (row from 1, column from 0) inside a merged range: true and the range's first cell and last column.
 * Slow: for headings. csv and xls tell no ranges. */
bool sheet_merge_at(const SheetFile *file, uint32_t row, size_t column, uint32_t *ret_row, size_t *ret_column,
                    size_t *ret_last);
/* The last row of the merged range that begins in this cell; the cell's own row when none does. */
uint32_t sheet_merged_to(const SheetFile *file, uint32_t row, size_t column);
/* 0…1: how far into the file reading is, for a progress bar. */
double sheet_progress(const SheetFile *file);

/* Column name of a number from 0: A, Z, AA. */
#define SHEET_LETTERS_SIZE 8
void sheet_column_name(size_t column, char ret_name[SHEET_LETTERS_SIZE]);

/* --- writing --- */

typedef enum { SHEET_AS_TEXT, SHEET_AS_INT, SHEET_AS_DECIMAL, SHEET_AS_DATE } SheetColumnKind;

typedef struct SheetColumn {
    const char *heading;
    const char *note;           /* comment on the heading cell, or NULL */
    SheetColumnKind kind;       /* SHEET_AS_TEXT cells are formatted "@": long codes keep their digits */
    int scale;                  /* decimals shown */
    bool required;              /* coloured heading */
    const char *const *choices; /* drop-down from a hidden sheet; NULL = free */
    size_t n_choices;
    unsigned width; /* in characters; 0 = by heading */
} SheetColumn;

typedef struct SheetWriter SheetWriter;

/* Starts a file of kind "xlsx" or "csv" (UTF-8 with BOM) with one sheet, heading row frozen; rows beyond what an xlsx
 * sheet holds go on in further sheets with the same headings. Written beside path and renamed at the end. Constant
 * memory. The columns are lent until the writer is closed. Owned by ctx. 0, or 1 with findings. */
int sheet_writer_open(const void *ctx, const char *path, const char *format, const char *sheet,
                      const SheetColumn *columns, size_t n, Diag *diag, SheetWriter **ret_writer);
/* Cells of the row being written, in any order; NULL, "" and DATE_NONE leave the cell empty. Texts are copied. */
void sheet_put_text(SheetWriter *writer, size_t column, const char *text);
void sheet_put_number(SheetWriter *writer, size_t column, double number);
void sheet_put_date(SheetWriter *writer, size_t column, Date date);
/* 0, or 1 when writing has failed: stop then, sheet_writer_close() says why. */
int sheet_end_row(SheetWriter *writer);
/* Finishes, renames and frees the writer; without it the unfinished file disappears with ctx. 0, or 1 with findings
 * (disk full). */
int sheet_writer_close(SheetWriter *writer, Diag *diag);

/* A copy of one sheet of an xlsx, xls or csv file as xlsx with some cells marked red and commented, for handing back.
 * Values stand where they stood, formulas as what they gave; merged ranges are kept as far as sheet_merge_at() knows
 * them. marks are sorted by row. 0, or 1 with findings. */
typedef struct SheetMark {
    uint32_t row;  /* from 1 */
    size_t column; /* from 0 */
    const char *words;
} SheetMark;
int sheet_write_marked(const char *from, size_t sheet, const char *to, const SheetMark *marks, size_t n, Diag *diag);

#endif
