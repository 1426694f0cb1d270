/* sheet/sheet.c: opening by content, and the calls that are the same for every format. */
#include "sheet/sheet.h"

#include <assert.h>
#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "sheet/backend.h"
#include "sheet/merges.h"

#define HEAD_SIZE 512 /* bytes by which a format is told */

/* What a file may begin with; the first that fits counts. Text that begins with none of these is csv. */
static const struct {
    const char *bytes;
    size_t size;
    const SheetBackend *backend; /* NULL: refused with these words */
    const char *say;
} SIGNATURES[] = {
    {"PK\3\4", 4, &SHEET_XLSX, NULL},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, &SHEET_XLS, NULL},
    {"%PDF", 4, NULL, "this is a PDF document, not a spreadsheet; ask for the xlsx file it was made from"},
    {"\x89PNG", 4, NULL, "this is a picture, not a spreadsheet; ask for the xlsx file"},
    {"\xFF\xD8\xFF", 3, NULL, "this is a picture, not a spreadsheet; ask for the xlsx file"},
    {"Rar!", 4, NULL, "this is an archive, not a spreadsheet; unpack it first"},
    {"7z\xBC\xAF", 4, NULL, "this is an archive, not a spreadsheet; unpack it first"},
    {"{\\rtf", 5, NULL, "this is a text document, not a spreadsheet; ask for the xlsx file"},
};

/* The same for markup, which may have a byte order mark and space before it and any case of letters. */
static const char *const MARKUP[] = {"<!doctype", "<html", "<table", "<meta", "<?xml", "<workbook"};

Place sheet_place(const SheetFile *file, uint32_t row) {
    const char *sheet = file->n_sheets > 1 ? file->sheets[file->selected].name : NULL;
    return (Place){.file = file->path, .sheet = sheet, .row = row};
}

int sheet_refuse_file(const SheetFile *file, Diag *diag, const char *code, const char *english) {
    diag_add(diag, DIAG_ERROR, PLACE_FILE(file->path), code, NULL,
             (Label){.zh = lang_tr(LANG_ZH, english), .en = english});
    return 1;
}

int sheet_refuse_column(const SheetFile *file, Diag *diag, uint32_t row, size_t column) {
    char name[SHEET_LETTERS_SIZE];
    sheet_column_name(column, name);
    diag_error(diag, sheet_place(file, row), "sheet-columns",
               "there is a value in column %s, at most %u columns are read; delete what stands to the right", name,
               SHEET_COLUMNS_MAX);
    return -1;
}

static int refuse_row(const SheetFile *file, Diag *diag) {
    diag_error(diag, sheet_place(file, 0), "sheet-rows", "there are more than %u rows; divide the file",
               SHEET_ROWS_MAX);
    return -1;
}

int sheet_refuse_text(const SheetFile *file, Diag *diag, uint32_t row, size_t column) {
    char name[SHEET_LETTERS_SIZE];
    sheet_column_name(column, name);
    diag_error(diag, sheet_place(file, row), "sheet-text",
               "the text in column %s has more than %u characters; shorten it or look for an unclosed quotation mark",
               name, SHEET_CELL_MAX);
    return -1;
}

static int file_end(SheetFile *file) {
    close(file->fd);
    return 0;
}

/* Whether the file begins as a web page or another XML document does. */
static bool is_markup(const char *head) {
    if (strncmp(head, "\xEF\xBB\xBF", 3) == 0) head += 3;
    while (isspace((unsigned char)*head)) head++;
    for (size_t i = 0; i < sizeof MARKUP / sizeof *MARKUP; i++) {
        if (strncasecmp(head, MARKUP[i], strlen(MARKUP[i])) == 0) return true;
    }
    return false;
}

/* The backend for a file with this beginning, or NULL and why there is none. */
static const SheetBackend *find_backend(const char *head, size_t size, const char **ret_say) {
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof *SIGNATURES; i++) {
        if (size < SIGNATURES[i].size || memcmp(head, SIGNATURES[i].bytes, SIGNATURES[i].size) != 0) continue;
        *ret_say = SIGNATURES[i].say;
        return SIGNATURES[i].backend;
    }
    *ret_say = "this is a web page or XML under the name of a spreadsheet; open it in Excel or WPS and save it as xlsx";
    return is_markup(head) ? NULL : &SHEET_CSV;
}

/* Opens a regular file of a size we read. The descriptor, or -1 with findings. */
static int open_file(const char *path, Diag *diag, uint64_t *ret_size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not keep us waiting */
    struct stat about;
    const char *say = NULL;
    if (fd < 0 || fstat(fd, &about) < 0 || !S_ISREG(about.st_mode)) {
        say = "the file cannot be read; check its name and your rights";
    } else if (about.st_size == 0) {
        say = "the file is empty; choose the file with the data";
    } else if ((uint64_t)about.st_size > SHEET_FILE_MAX) {
        say = "the file is larger than 512 MiB; divide it or save it as csv without pictures";
    }
    if (!say) {
        *ret_size = (uint64_t)about.st_size;
        return fd;
    }
    SheetFile nothing = {.path = path};
    sheet_refuse_file(&nothing, diag, "sheet-file", say);
    if (fd >= 0) close(fd);
    return -1;
}

int sheet_open(const void *ctx, const char *path, Diag *diag, SheetFile **ret_file) {
    uint64_t size;
    int fd = open_file(path, diag, &size);
    if (fd < 0) return 1;
    char head[HEAD_SIZE + 1] = {0};
    ssize_t got = pread(fd, head, HEAD_SIZE, 0);
    const char *say;
    const SheetBackend *backend = find_backend(head, got < 0 ? 0 : (size_t)got, &say);
    SheetFile *file = mem_check(talloc_zero_size(ctx, backend ? backend->size : sizeof *file));
    file->backend = backend;
    file->path = mem_strdup(file, path);
    file->fd = fd;
    file->size = size;
    file->row = mem_new(file, Row);
    talloc_set_destructor(file, file_end);
    int r = backend ? backend->open(file, diag) : sheet_refuse_file(file, diag, "sheet-kind", say);
    if (r != 0) {
        talloc_free(file);
        return r;
    }
    *ret_file = file;
    return 0;
}

void sheet_call(SheetFile *file, const char *name) {
    file->path = mem_strdup(file, name);
    if (file->backend == &SHEET_CSV) file->sheets[0].name = mem_strdup(file, file_base_name(name));
}

size_t sheet_count(const SheetFile *file) { return file->n_sheets; }

const char *sheet_name(const SheetFile *file, size_t sheet) { return file->sheets[sheet].name; }

bool sheet_is_hidden(const SheetFile *file, size_t sheet) { return file->sheets[sheet].hidden; }

const char *sheet_format(const SheetFile *file) { return file->backend->format; }

int sheet_select(SheetFile *file, size_t sheet, Diag *diag) {
    assert(sheet < file->n_sheets);
    file->selected = sheet;
    file->n_merges = 0;
    return file->backend->select(file, diag);
}

int sheet_next(SheetFile *file, Diag *diag, uint32_t *ret_row, const Cell **ret_cells, size_t *ret_count) {
    int r;
    while ((r = file->backend->next(file, diag)) > 0) {
        if (file->row->number > SHEET_ROWS_MAX) return refuse_row(file, diag);
        if (!row_end(file->row)) continue;
        *ret_row = file->row->number;
        *ret_cells = file->row->cells;
        *ret_count = file->row->count;
        return 1;
    }
    return r;
}

bool sheet_row_is_hidden(const SheetFile *file) { return file->row->hidden; }

bool sheet_merge_at(const SheetFile *file, uint32_t row, size_t column, uint32_t *ret_row, size_t *ret_column,
                    size_t *ret_last) {
    for (size_t i = 0; i < file->n_merges && file->merges[i].first_row <= row; i++) {
        const SheetMerge *merge = &file->merges[i];
        if (row > merge->last_row || column < merge->first || column > merge->last) continue;
        *ret_row = merge->first_row;
        *ret_column = merge->first;
        *ret_last = merge->last;
        return true;
    }
    return false;
}

uint32_t sheet_merged_to(const SheetFile *file, uint32_t row, size_t column) {
    if (!file->n_merges) return row;
    const SheetMerge cell = {.first_row = row, .first = column};
    const SheetMerge *merge = bsearch(&cell, file->merges, file->n_merges, sizeof cell, merges_compare);
    return merge ? merge->last_row : row;
}

double sheet_progress(const SheetFile *file) {
    double done = file->backend->progress(file);
    return done < 1 ? done : 1;
}

void sheet_column_name(size_t column, char ret_name[SHEET_LETTERS_SIZE]) {
    char reversed[8];
    size_t n = 0;
    for (size_t rest = column + 1; rest > 0 && n < sizeof reversed - 1; rest = (rest - 1) / 26) {
        reversed[n++] = (char)('A' + (rest - 1) % 26);
    }
    for (size_t i = 0; i < n; i++) ret_name[i] = reversed[n - 1 - i];
    ret_name[n] = '\0';
}
