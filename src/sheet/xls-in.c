/* sheet/xls-in.c: xls (BIFF) in over freexl, which loads a whole file; XLS_MAX bounds that.
 *
 * freexl does not tell hidden sheets, merged ranges, formulas and booleans (they come as 1 and 0), and gives cells with
 * an error as empty. */
#include <freexl.h>
#include <string.h>
#include <sys/mman.h>

#include "sheet/backend.h"
#include "sheet/number.h"

#define XLS_MAX ((uint64_t)64 << 20)

typedef struct XlsFile {
    SheetFile base;
    const void *book;
    unsigned rows;
    unsigned short columns;
    unsigned at; /* the next row, from 0 */
} XlsFile;

/* Closes the book when the file ends. */
typedef struct Handle {
    const void *book;
} Handle;

static XlsFile *xls_of(SheetFile *file) { return (XlsFile *)file; }

static int handle_end(Handle *handle) {
    if (handle->book) freexl_close(handle->book);
    return 0;
}

/* Whether the compound file holds the stream in which an encrypted xlsx lies (MS-OFFCRYPTO 2.3.4.4). */
static bool is_encrypted_xlsx(const SheetFile *file) {
    static const char NAME[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    char *bytes = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, file->fd, 0);
    if (bytes == MAP_FAILED) return false;
    bool found = memmem(bytes, file->size, NAME, sizeof NAME) != NULL;
    munmap(bytes, file->size);
    return found;
}

static int refuse_encrypted(const SheetFile *file, Diag *diag) {
    return sheet_refuse_file(file, diag, "sheet-encrypted",
                             "the file is encrypted; remove the password and save it again");
}

static int refuse_unopened(const SheetFile *file, int error, Diag *diag) {
    if (is_encrypted_xlsx(file)) return refuse_encrypted(file, diag);
    if (error == FREEXL_BIFF_WORKBOOK_NOT_FOUND)
        return sheet_refuse_file(file, diag, "sheet-kind",
                                 "this is an Office document but not a spreadsheet; ask for the xlsx file");
    return sheet_refuse_file(
        file, diag, "sheet-damaged",
        "the file is damaged or cut off; fetch it again, or open it in Excel or WPS and save it as xlsx");
}

static int xls_open(SheetFile *base, Diag *diag) {
    XlsFile *file = xls_of(base);
    if (base->size > XLS_MAX)
        return sheet_refuse_file(base, diag, "sheet-file", "the xls file is larger than 64 MiB; save it as xlsx");
    Handle *handle = mem_new(file, Handle);
    int error = freexl_open(base->path, &handle->book);
    talloc_set_destructor(handle, handle_end);
    if (error != FREEXL_OK) return refuse_unopened(base, error, diag);
    file->book = handle->book;
    unsigned password = 0, n = 0;
    freexl_get_info(file->book, FREEXL_BIFF_PASSWORD, &password);
    if (password == FREEXL_BIFF_OBFUSCATED) return refuse_encrypted(base, diag);
    freexl_get_info(file->book, FREEXL_BIFF_SHEET_COUNT, &n);
    for (unsigned i = 0; i < n && i <= UINT16_MAX; i++) {
        const char *name = NULL;
        freexl_get_worksheet_name(file->book, (unsigned short)i, &name);
        mem_push(file, base->sheets, base->n_sheets)->name = mem_strdup(file, name ? name : "");
    }
    if (base->n_sheets > 0) return 0;
    return sheet_refuse_file(base, diag, "sheet-none",
                             "there is no sheet with cells in the file; choose the file with the data");
}

static int xls_select(SheetFile *base, Diag *diag) {
    XlsFile *file = xls_of(base);
    file->at = 0;
    if (freexl_select_active_worksheet(file->book, (unsigned short)base->selected) == FREEXL_OK &&
        freexl_worksheet_dimensions(file->book, &file->rows, &file->columns) == FREEXL_OK)
        return 0;
    return refuse_unopened(base, FREEXL_OK, diag);
}

/* freexl gives dates as "2020-06-30" and "2020-06-30 12:30:00". Those of years we do not keep stay text. */
static void add_date(Row *row, size_t column, const char *text) {
    char day[DATE_ISO_SIZE];
    int hours = 0, minutes = 0, seconds = 0;
    snprintf(day, sizeof day, "%s", text);
    Date date = date_parse_iso(day);
    if (date == DATE_NONE) {
        row_text(row, text, strlen(text));
        row_add_text(row, column, CELL_TEXT);
        return;
    }
    if (strlen(text) > 11) sscanf(text + 11, "%2d:%2d:%2d", &hours, &minutes, &seconds);
    double time = (hours * 3600 + minutes * 60 + seconds) / 86400.0;
    row_add_date(row, column, number_of_date(date) + time, false);
}

static int add_cell(XlsFile *file, size_t column, const FreeXL_CellValue *value, Diag *diag) {
    Row *row = file->base.row;
    if (value->type != FREEXL_CELL_NULL && column >= SHEET_COLUMNS_MAX)
        return sheet_refuse_column(&file->base, diag, row->number, column);
    switch (value->type) {
    case FREEXL_CELL_INT:
        row_add_number(row, column, value->value.int_value);
        break;
    case FREEXL_CELL_DOUBLE:
        row_add_number(row, column, value->value.double_value);
        break;
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
        add_date(row, column, value->value.text_value);
        break;
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_TIME:
        row_text(row, value->value.text_value, strlen(value->value.text_value));
        if (row_pending_is_long(row)) return sheet_refuse_text(&file->base, diag, row->number, column);
        row_add_text(row, column, CELL_TEXT);
        break;
    default:
        break;
    }
    return 0;
}

static int xls_next(SheetFile *base, Diag *diag) {
    XlsFile *file = xls_of(base);
    if (file->at >= file->rows) return 0;
    unsigned at = file->at++;
    row_begin(base->row, file, at + 1);
    for (unsigned short column = 0; column < file->columns; column++) {
        FreeXL_CellValue value = {.type = FREEXL_CELL_NULL};
        if (freexl_get_cell_value(file->book, at, column, &value) != FREEXL_OK) continue;
        if (add_cell(file, column, &value, diag) < 0) return -1;
    }
    return 1;
}

static double xls_progress(const SheetFile *base) {
    const XlsFile *file = (const XlsFile *)base;
    return file->rows ? (double)file->at / file->rows : 0;
}

const SheetBackend SHEET_XLS = {
    .format = "xls",
    .size = sizeof(XlsFile),
    .open = xls_open,
    .select = xls_select,
    .next = xls_next,
    .progress = xls_progress,
};
