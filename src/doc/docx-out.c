/* doc/docx-out.c: the package around the document: fixed parts with the names of the fonts filled in, zipped in
 * memory. The same document gives the same bytes: every entry carries the first moment a zip file can name. */
#include <string.h>
#include <zip.h>

#include "base/embed.h"
#include "base/file.h"
#include "doc/docx.h"
#include "doc/markup.h"

#define DOS_TIME 0
#define DOS_DATE ((1 << 5) | 1) /* 1 January 1980 */

extern const EmbeddedFile doc_docx_files[];

/* In the order of the package: readers expect the content types first. */
static const struct Part {
    const char *path;
    const char *source; /* below doc/docx, or NULL for the document itself */
} PARTS[] = {
    {"[Content_Types].xml", "content-types.xml"},
    {"_rels/.rels", "package-rels.xml"},
    {"word/document.xml", NULL},
    {"word/_rels/document.xml.rels", "document-rels.xml"},
    {"word/styles.xml", "styles.xml"},
    {"word/settings.xml", "settings.xml"},
    {"word/fontTable.xml", "font-table.xml"},
    {"word/footer1.xml", "footer-odd.xml"},
    {"word/footer2.xml", "footer-even.xml"},
    {"docProps/core.xml", "core.xml"},
    {"docProps/app.xml", "app.xml"},
};

/* What stands between two @ in a fixed part. */
typedef struct Filling {
    const char *name;
    const char *text;
    bool is_markup;
} Filling;

static void add_filling(Buf *out, const Filling *fillings, const char *name, size_t size) {
    for (; fillings->name; fillings++)
        if (strlen(fillings->name) == size && memcmp(fillings->name, name, size) == 0) break;
    if (!fillings->name) return;
    if (fillings->is_markup)
        buf_add(out, fillings->text);
    else
        markup_add(out, fillings->text);
}

static Buf fill_part(const void *ctx, const char *source, const Filling *fillings) {
    Buf out = BUF_INIT(ctx);
    const EmbeddedFile *file = embed_find(doc_docx_files, source);
    const char *at = file->bytes;
    for (const char *mark; (mark = strchr(at, '@')) != NULL;) {
        const char *end = strchr(mark + 1, '@');
        buf_add_bytes(&out, at, (size_t)(mark - at));
        add_filling(&out, fillings, mark + 1, (size_t)(end - mark - 1));
        at = end + 1;
    }
    buf_add(&out, at);
    return out;
}

bool docx_zip_date(zip_t *archive, zip_int64_t index) {
    return zip_file_set_dostime(archive, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0) == 0;
}

/* The bytes belong to ctx and must live until the archive is closed. */
static bool add_part(zip_t *archive, const char *path, Buf bytes) {
    zip_source_t *source = zip_source_buffer(archive, bytes.data, bytes.size, 0);
    if (!source) return false;
    zip_int64_t index = zip_file_add(archive, path, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return docx_zip_date(archive, index);
}

static bool add_parts(zip_t *archive, const void *ctx, const Doc *doc, const DocFonts *fonts) {
    Buf document = BUF_INIT(ctx), relations = BUF_INIT(ctx);
    docx_write_document(doc, fonts, &document, &relations);
    const Filling fillings[] = {
        {"song", fonts->song, false},
        {"hei", fonts->hei, false},
        {"kai", fonts->kai, false},
        {"fang", fonts->fang, false},
        {"title", fonts->title, false},
        {"name", doc->title, false},
        {"lang", doc->lang, false},
        {"links", buf_text(&relations), true},
        {0},
    };
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        const struct Part *part = &PARTS[i];
        Buf bytes = part->source ? fill_part(ctx, part->source, fillings) : document;
        if (!add_part(archive, part->path, bytes)) return false;
    }
    return true;
}

bool docx_zip_bytes(const void *ctx, zip_source_t *source, char **ret_bytes, size_t *ret_size) {
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return false;
    char *bytes = mem_array(ctx, char, stat.size);
    bool whole = zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size;
    zip_source_close(source);
    *ret_bytes = bytes;
    *ret_size = (size_t)stat.size;
    return whole;
}

static bool zip_document(const void *ctx, const Doc *doc, const DocFonts *fonts, char **ret_bytes, size_t *ret_size) {
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!target) return false;
    zip_t *archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (archive) zip_source_keep(target);
    bool whole = archive && add_parts(archive, ctx, doc, fonts) && zip_close(archive) == 0;
    if (!whole && archive) zip_discard(archive);
    whole = whole && docx_zip_bytes(ctx, target, ret_bytes, ret_size);
    zip_source_free(target);
    return whole;
}

int doc_to_docx(const Doc *doc, const DocFonts *fonts, const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *bytes;
    size_t size;
    if (!zip_document(scratch, doc, fonts, &bytes, &size)) {
        diag_error(diag, PLACE_FILE(path), "docx", "the document cannot be packed; try again with more memory free");
        return 1;
    }
    return file_write(path, bytes, size, diag);
}
