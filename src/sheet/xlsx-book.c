/* sheet/xlsx-book.c: over libxlsxwriter in constant-memory mode.
 *
 * The library does not look whether its temporary files took what it wrote. So the cells in them are taken out of its
 * hands before the file is put together: see xlsx-cells.c. */
#include "sheet/xlsx-book.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "sheet/xlsx-cells.h"

#define NAME_MAX_RUNES   31u /* of a sheet */
#define SERIAL_RUNES     5u  /* kept free for " (12)" */
#define COMMENT_RUNES    1000u
#define COMMENT_WIDTH    2.0 /* times the default box */
#define LINE_RUNES       24u /* of a comment so wide */
#define LINES_DEFAULT    4.0
#define TEMPORARY_BUFFER ((size_t)256 << 10)

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

int xlsx_book_close(XlsxBook *book, Diag *diag) {
    const char *failure = book->failure;
    XlsxCells *cells = failure ? NULL : xlsx_cells_take(book, book->sheets, book->n_sheets, &failure);
    if (!cells) return out_refuse(book->out, diag, failure);
    talloc_set_destructor(book, NULL);
    lxw_error error = workbook_close(book->book);
    failure = error == LXW_NO_ERROR ? xlsx_cells_put(book, cells, book->out->name) : lxw_strerror(error);
    return failure ? out_refuse(book->out, diag, failure) : 0;
}
