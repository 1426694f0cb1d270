/* sheet/xlsx-book.c: over libxlsxwriter in constant-memory mode.
 *
 * The library does not look whether its temporary files took what it wrote. So the streams are asked before the file
 * is put together, and the sheets in it are measured afterwards. */
#include "sheet/xlsx-book.h"

#include <errno.h>
#include <string.h>
#include <zip.h>

#include "base/mem.h"
#include "base/text.h"

#define NAME_MAX_RUNES   31u /* of a sheet */
#define SERIAL_RUNES     5u  /* kept free for " (12)" */
#define COMMENT_RUNES    1000u
#define COMMENT_WIDTH    2.0 /* times the default box */
#define LINE_RUNES       24u /* of a comment so wide */
#define LINES_DEFAULT    4.0
#define TEMPORARY_BUFFER ((size_t)256 << 10)
#define CUT_OFF          "a temporary file was cut off"

typedef struct KnownFormat {
    XlsxLook look;
    const char *number_format; /* lent for ever */
    lxw_format *format;
} KnownFormat;

struct XlsxBook {
    OutFile *out;
    lxw_workbook *book;
    lxw_worksheet **sheets;
    size_t n_sheets;
    KnownFormat *formats;
    size_t n_formats;
    unsigned comments;
    const char *failure; /* the first; NULL = none */
};

static int book_end(XlsxBook *book) {
    lxw_workbook_free(book->book);
    return 0;
}

XlsxBook *xlsx_book_new(const void *ctx, OutFile *out) {
    XlsxBook *book = mem_new(ctx, XlsxBook);
    book->out = out;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = mem_strdup(book, out->folder)};
    book->book = mem_check(workbook_new_opt(out->name, &options));
    talloc_set_destructor(book, book_end);
    return book;
}

/* Without the characters Excel forbids in names and without an apostrophe at either end. */
static const char *tidy_name(const void *ctx, const char *name, unsigned serial) {
    char *tidy = text_shorten(ctx, name, NAME_MAX_RUNES - SERIAL_RUNES);
    for (char *at = tidy; *at; at++) {
        if (strchr("[]:*?/\\'", *at) || (unsigned char)*at < ' ') *at = '_';
    }
    if (!*tidy) tidy = mem_strdup(ctx, "Sheet");
    return serial > 1 ? mem_printf(ctx, "%s (%u)", tidy, serial) : tidy;
}

lxw_worksheet *xlsx_book_add_sheet(XlsxBook *book, const char *name, unsigned serial) {
    lxw_worksheet *sheet = workbook_add_worksheet(book->book, tidy_name(book, name, serial));
    if (!sheet || !sheet->optimize_tmpfile) {
        book->failure = strerrordesc_np(errno);
        return NULL;
    }
    setvbuf(sheet->optimize_tmpfile, NULL, _IOFBF, TEMPORARY_BUFFER);
    *mem_push(book, book->sheets, book->n_sheets) = sheet;
    return sheet;
}

static lxw_format *make_format(XlsxBook *book, XlsxLook look, const char *number_format) {
    static const lxw_color_t FILLS[] = {
        [LOOK_MARKED] = 0xFF7C80, [LOOK_HEADING] = 0xDDEBF7, [LOOK_REQUIRED] = 0xF8CBAD};
    lxw_format *format = mem_check(workbook_add_format(book->book));
    format_set_num_format(format, number_format);
    if (look != LOOK_PLAIN) format_set_bg_color(format, FILLS[look]);
    if (look == LOOK_HEADING || look == LOOK_REQUIRED) {
        format_set_bold(format);
        format_set_border(format, LXW_BORDER_THIN);
        format_set_align(format, LXW_ALIGN_CENTER);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        format_set_text_wrap(format);
    }
    return format;
}

lxw_format *xlsx_book_format(XlsxBook *book, XlsxLook look, const char *number_format) {
    for (size_t i = 0; i < book->n_formats; i++) {
        const KnownFormat *known = &book->formats[i];
        if (known->look == look && strcmp(known->number_format, number_format) == 0) return known->format;
    }
    lxw_format *format = make_format(book, look, number_format);
    *mem_push(book, book->formats, book->n_formats) =
        (KnownFormat){.look = look, .number_format = number_format, .format = format};
    return format;
}

void xlsx_book_comment(XlsxBook *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *words) {
    if (book->comments == XLSX_COMMENTS_MAX) return;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *text = text_shorten(scratch, words, COMMENT_RUNES);
    double lines = 2 + (double)text_count(text) / LINE_RUNES;
    lxw_comment_options options = {
        .x_scale = COMMENT_WIDTH,
        .y_scale = lines > LINES_DEFAULT ? lines / LINES_DEFAULT : 1,
    };
    if (worksheet_write_comment_opt(sheet, row, column, text, &options) == LXW_NO_ERROR)
        book->comments++;
    else
        book->failure = "a comment was refused";
}

/* Bytes of cells each sheet has in its temporary file; a failure when they did not all get there. */
static void measure_sheets(XlsxBook *book, uint64_t *sizes) {
    for (size_t i = 0; i < book->n_sheets && !book->failure; i++) {
        FILE *file = book->sheets[i]->optimize_tmpfile;
        if (ferror(file))
            book->failure = CUT_OFF;
        else if (fflush(file) != 0)
            book->failure = strerrordesc_np(errno);
        long size = ftell(file);
        sizes[i] = size > 0 ? (uint64_t)size : 0;
    }
}

/* Whether the finished file holds all sheets, each with at least its cells. */
static bool is_whole(const char *path, const uint64_t *sizes, size_t n) {
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    if (!zip) return false;
    bool whole = true;
    for (size_t i = 0; i < n && whole; i++) {
        char name[64];
        zip_stat_t about;
        snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
        whole = zip_stat(zip, name, 0, &about) == 0 && about.size >= sizes[i];
    }
    zip_discard(zip);
    return whole;
}

int xlsx_book_close(XlsxBook *book, Diag *diag) {
    uint64_t *sizes = mem_array(book, uint64_t, book->n_sheets + 1);
    measure_sheets(book, sizes);
    if (book->failure) return out_refuse(book->out, diag, book->failure);
    talloc_set_destructor(book, NULL);
    lxw_error error = workbook_close(book->book);
    if (error != LXW_NO_ERROR) return out_refuse(book->out, diag, lxw_strerror(error));
    return is_whole(book->out->name, sizes, book->n_sheets) ? 0 : out_refuse(book->out, diag, CUT_OFF);
}
