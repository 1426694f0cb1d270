/* sheet/test-sheet.h: what the tests of this folder share: a sheet as text, and files to read and to write. */
#ifndef SHEET_TEST_SHEET_H
#define SHEET_TEST_SHEET_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "sheet/sheet.h"

/* A file of test/import/files. */
static inline char *test_file(const void *ctx, const char *name) {
    const char *root = getenv("SOURCE_ROOT");
    return mem_printf(ctx, "%s/test/import/files/%s", root ? root : ".", name);
}

/* A name for a file of our own. */
static inline char *test_path(const void *ctx, const char *name) {
    return mem_printf(ctx, "/tmp/kezhang-sheet-%d-%s", (int)getpid(), name);
}

static inline char *test_write(const void *ctx, const char *name, const void *bytes, size_t size) {
    char *path = test_path(ctx, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* The rest of the selected sheet, a line a row: its number, then each cell as a letter for its kind (with = when a
 * formula made it) and its text; then what was found wrong. */
static inline const char *test_rows(const void *ctx, SheetFile *file, Diag *diag) {
    static const char KINDS[] = {[CELL_EMPTY] = '-', [CELL_TEXT] = 't',  [CELL_NUMBER] = 'n',    [CELL_DATE] = 'd',
                                 [CELL_BOOL] = 'b',  [CELL_ERROR] = 'e', [CELL_UNCOMPUTED] = 'u'};
    Buf out = BUF_INIT(ctx);
    uint32_t row;
    const Cell *cells;
    size_t count;
    int r;
    while ((r = sheet_next(file, diag, &row, &cells, &count)) > 0) {
        buf_printf(&out, "%u", row);
        for (size_t i = 0; i < count; i++) {
            buf_printf(&out, " %c%s:%s", KINDS[cells[i].kind], cells[i].formula ? "=" : "", cells[i].text);
        }
        buf_char(&out, '\n');
    }
    for (size_t i = 0; i < diag->count; i++) {
        const Finding *finding = &diag->list[i];
        buf_printf(&out, "! row %u %s\n", (unsigned)finding->at.row, finding->code);
    }
    assert_true((r < 0) == (diag->count > 0));
    return buf_text(&out);
}

/* A whole sheet in the form of test_rows(). */
static inline const char *test_sheet(const void *ctx, const char *path, size_t sheet) {
    Diag *diag = diag_new(ctx);
    SheetFile *file = NULL;
    if (sheet_open(ctx, path, diag, &file) != 0 || sheet_select(file, sheet, diag) != 0) {
        assert_int_equal(diag->count, 1);
        return mem_printf(ctx, "! %s\n", diag->list[0].code);
    }
    return test_rows(ctx, file, diag);
}

#endif
