/* sheet/xlsx-cells.c: cells from the temporary file of their sheet straight into the zip.
 *
 * The library would copy them once more and compress them by zlib's default, which is half of the time of a large
 * export. Here it makes a workbook without them, and they are put behind the <sheetData> of their sheet, compressed for
 * speed. Assumes the library's constant-memory mode; promises constant memory as well, and that every cell is in the
 * file. */
#include "sheet/xlsx-cells.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

#include "base/mem.h"

#define CUT_OFF   "a temporary file was cut off"
#define BEGINNING "<sheetData>"
#define FRAME_MAX ((zip_uint64_t)16 << 20) /* a sheet without its cells: columns, rules, merges */
#define FASTEST   1                        /* of zlib's levels */
#define FIRST_DAY ((zip_uint16_t)33)       /* 1980-01-01, as the library dates its entries */

/* The text of one sheet, in its three parts. */
typedef struct Sheet {
    char *frame; /* up to and with <sheetData>, then the rest */
    zip_uint64_t size, split;
    FILE *file;         /* the cells */
    zip_uint64_t cells; /* bytes of them */
    zip_uint64_t at;    /* read of the whole */
    zip_error_t error;
} Sheet;

struct XlsxCells {
    Sheet *sheets;
    size_t n;
};

static int close_files(XlsxCells *cells) {
    for (size_t i = 0; i < cells->n; i++)
        if (cells->sheets[i].file) fclose(cells->sheets[i].file);
    return 0;
}

/* NULL, or what is wrong with a temporary file. */
static const char *take_file(Sheet *sheet, lxw_worksheet *from) {
    FILE *file = from->optimize_tmpfile;
    if (ferror(file)) return CUT_OFF;
    if (fflush(file)) return strerrordesc_np(errno);
    off_t size = ftello(file);
    FILE *empty = tmpfile();
    if (size < 0 || !empty) return strerrordesc_np(errno);
    rewind(file);
    from->optimize_tmpfile = from->file = empty;
    *sheet = (Sheet){.file = file, .cells = (zip_uint64_t)size};
    return NULL;
}

XlsxCells *xlsx_cells_take(const void *ctx, lxw_worksheet *const *sheets, size_t n, const char **ret_reason) {
    XlsxCells *cells = mem_new(ctx, XlsxCells);
    cells->sheets = mem_array(cells, Sheet, n);
    talloc_set_destructor(cells, close_files);
    for (; cells->n < n; cells->n++) {
        *ret_reason = take_file(&cells->sheets[cells->n], sheets[cells->n]);
        if (*ret_reason) return NULL;
    }
    return cells;
}

/* --- a sheet as libzip reads it --- */

/* Bytes of the frame from `at` on, as many as fit and stand before `end`. */
static zip_int64_t read_frame(Sheet *sheet, char *to, zip_uint64_t at, zip_uint64_t end, zip_uint64_t room) {
    zip_uint64_t n = end - at < room ? end - at : room;
    memcpy(to, sheet->frame + at, n);
    sheet->at += n;
    return (zip_int64_t)n;
}

static zip_int64_t read_file(Sheet *sheet, char *to, zip_uint64_t room) {
    size_t n = fread(to, 1, room, sheet->file);
    sheet->at += n;
    if (n > 0) return (zip_int64_t)n;
    zip_error_set(&sheet->error, ZIP_ER_READ, errno);
    return -1;
}

static zip_int64_t read_sheet(Sheet *sheet, char *to, zip_uint64_t room) {
    zip_uint64_t behind = sheet->split + sheet->cells;
    if (sheet->at < sheet->split) return read_frame(sheet, to, sheet->at, sheet->split, room);
    if (sheet->at < behind) return read_file(sheet, to, behind - sheet->at < room ? behind - sheet->at : room);
    return read_frame(sheet, to, sheet->at - sheet->cells, sheet->size, room);
}

static zip_int64_t serve(void *state, void *data, zip_uint64_t size, zip_source_cmd_t command) {
    Sheet *sheet = state;
    zip_stat_t *about = data;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    case ZIP_SOURCE_OPEN:
        sheet->at = 0;
        rewind(sheet->file);
        return 0;
    case ZIP_SOURCE_READ:
        return read_sheet(sheet, data, size);
    case ZIP_SOURCE_STAT:
        zip_stat_init(about);
        about->valid = ZIP_STAT_SIZE;
        about->size = sheet->size + sheet->cells;
        return sizeof *about;
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&sheet->error, data, size);
    default:
        return 0;
    }
}

/* --- into the file --- */

/* The entry as the library wrote it, without cells. */
static bool read_entry(const void *ctx, zip_t *zip, zip_uint64_t index, Sheet *sheet) {
    zip_stat_t about;
    if (zip_stat_index(zip, index, 0, &about) || about.size > FRAME_MAX) return false;
    zip_file_t *entry = zip_fopen_index(zip, index, 0);
    if (!entry) return false;
    sheet->frame = mem_array(ctx, char, about.size + 1);
    sheet->size = about.size;
    bool whole = zip_fread(entry, sheet->frame, about.size) == (zip_int64_t)about.size;
    return zip_fclose(entry) == 0 && whole;
}

static bool put_sheet(const void *ctx, zip_t *zip, Sheet *sheet, const char *name) {
    zip_int64_t found = zip_name_locate(zip, name, 0);
    if (found < 0 || !read_entry(ctx, zip, (zip_uint64_t)found, sheet)) return false;
    const char *beginning = strstr(sheet->frame, BEGINNING);
    if (!beginning) return false;
    sheet->split = (zip_uint64_t)(beginning - sheet->frame) + strlen(BEGINNING);
    zip_source_t *source = zip_source_function(zip, serve, sheet);
    if (!source) return false;
    /* libzip 1.7 heeds the level of an entry that is new, not of one that is replaced */
    zip_int64_t added = zip_delete(zip, (zip_uint64_t)found) ? -1 : zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t index = (zip_uint64_t)added;
    return !zip_set_file_compression(zip, index, ZIP_CM_DEFLATE, FASTEST) &&
           !zip_file_set_dostime(zip, index, 0, FIRST_DAY, 0);
}

const char *xlsx_cells_put(const void *ctx, XlsxCells *cells, const char *path) {
    zip_t *zip = zip_open(path, 0, NULL);
    if (!zip) return CUT_OFF;
    bool fine = true;
    for (size_t i = 0; i < cells->n && fine; i++) {
        if (!cells->sheets[i].cells) continue;
        fine = put_sheet(ctx, zip, &cells->sheets[i], mem_printf(ctx, "xl/worksheets/sheet%zu.xml", i + 1));
    }
    if (fine && !zip_close(zip)) return NULL;
    const char *reason = mem_strdup(ctx, zip_strerror(zip));
    zip_discard(zip);
    return reason;
}
