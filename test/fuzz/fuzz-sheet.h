/* test/fuzz/fuzz-sheet.h: reads bytes as a spreadsheet: every sheet, every row. */
#ifndef FUZZ_SHEET_H
#define FUZZ_SHEET_H

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "sheet/sheet.h"

#define FUZZ_SHEETS 8u

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline void fuzz_read_sheet(SheetFile *file, size_t sheet, Diag *diag) {
    uint32_t row, before = 0;
    const Cell *cells;
    size_t count;
    if (sheet_select(file, sheet, diag) != 0) return;
    while (sheet_next(file, diag, &row, &cells, &count) > 0) {
        if (row <= before || count == 0 || count > SHEET_COLUMNS_MAX) abort();
        before = row;
    }
}

static inline void fuzz_read_file(const char *path) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    SheetFile *file;
    if (sheet_open(scratch, path, diag, &file) == 0) {
        for (size_t i = 0; i < sheet_count(file) && i < FUZZ_SHEETS; i++) fuzz_read_sheet(file, i, diag);
    } else if (diag->count == 0) {
        abort();
    }
}

/* The bytes go through a file in memory, since sheets are opened by name. */
static inline int fuzz_sheet(const uint8_t *bytes, size_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = mem_printf(scratch, "/dev/shm/kezhang-fuzz-%d", (int)getpid());
    FILE *out = fopen(path, "w");
    if (!out || fwrite(bytes, 1, size, out) != size || fclose(out) != 0) abort();
    fuzz_read_file(path);
    unlink(path);
    return 0;
}

#endif
