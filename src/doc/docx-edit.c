/* doc/docx-edit.c: parts replaced within the zip file, over libzip, which copies the others packed as they are. */
#include "doc/docx-edit.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/file.h"
#include "base/text.h"
#include "doc/docx.h"

#define PART_MAX      ((size_t)64 << 20)
#define OFFICE        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define OFFICE_STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define PACKAGE       "http://schemas.openxmlformats.org/package/2006/"
#define WORD          "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define COMMENTS_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
#define TYPES_PART    "[Content_Types].xml"
#define DECLARATION   "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

typedef struct EditPart {
    const char *name, *bytes;
    size_t size;
} EditPart;

/* --- names --- */

/* The value of an attribute by its whole name in the tag at `at`, or NULL. */
static char *attribute(const void *ctx, const char *at, const char *end, const char *name) {
    char *wanted = mem_printf(ctx, "%s=", name);
    size_t size = strlen(wanted);
    for (const char *found = at; (found = memmem(found, (size_t)(end - found), wanted, size)) != NULL; found += size) {
        const char *value = found + size + 1;
        const char *quote =
            strchr(" \t\r\n", found[-1]) && value < end ? memchr(value, value[-1], (size_t)(end - value)) : NULL;
        if (quote) return mem_strndup(ctx, value, (size_t)(quote - value));
    }
    return NULL;
}

DocxMain docx_main(const void *ctx, const char *xml, size_t size) {
    const char *end = xml + size, *at = xml;
    while (at < end && (*at != '<' || at[1] == '?' || at[1] == '!')) at++; /* a comment may come first */
    const char *close = at < end ? memchr(at, '>', (size_t)(end - at)) : NULL;
    if (!close) close = end;
    const char *colon = memchr(at, ':', strcspn(at, " \t\r\n>"));
    const char *prefix = colon ? mem_strndup(ctx, at + 1, (size_t)(colon - at - 1)) : "";
    char *name = attribute(ctx, at, close, *prefix ? mem_printf(ctx, "xmlns:%s", prefix) : "xmlns");
    DocxMain root = {.namespace = name ? name : WORD, .prefix = prefix, .declare = ""};
    root.strict = strstr(root.namespace, "purl.oclc.org") != NULL;
    if (strcmp(prefix, "w") != 0) root.declare = mem_printf(ctx, " xmlns:w=\"%s\"", root.namespace);
    return root;
}

const char *docx_sound_text(const void *ctx, const char *text) {
    Buf out = BUF_INIT(ctx);
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        unsigned rune = text_next(&at, end);
        buf_rune(&out, rune == 0xFFFE || rune == 0xFFFF ? 0xFFFD : rune);
    }
    return buf_text(&out);
}

/* --- parts --- */

int docx_part_bytes(const void *ctx, Package *package, const char *name, size_t max, Diag *diag, char **ret_bytes,
                    size_t *ret_size) {
    PackagePart *part;
    if (part_open(ctx, package, name, diag, &part) != 0) return 1;
    size_t size = (size_t)part_size(part), done = 0, n = 0;
    if (part_size(part) > max) {
        package_refuse(package, diag, docx_terms.bomb);
        return 1;
    }
    char *bytes = mem_array(ctx, char, size + 1);
    int r = 1;
    while (done < size && (r = part_read(part, bytes + done, size - done, diag, &n)) > 0) done += n;
    *ret_bytes = bytes;
    *ret_size = done;
    return r < 0 ? 1 : 0;
}

void edit_replace(DocxEdit *edit, const char *name, const char *bytes, size_t size) {
    *mem_push(edit->ctx, edit->list, edit->n) = (EditPart){.name = name, .bytes = bytes, .size = size};
}

/* Puts XML at the end of the outermost element of a part, which may be empty. */
static int append_to_part(DocxEdit *edit, const char *name, const char *child) {
    char *bytes;
    size_t size;
    if (docx_part_bytes(edit->ctx, edit->parts->package, name, PART_MAX, edit->diag, &bytes, &size) != 0) return 1;
    Buf out = BUF_INIT(edit->ctx);
    size_t at = size;
    while (at > 0 && !(bytes[at - 1] == '<' && bytes[at] == '/')) at--;
    if (at > 0) {
        buf_add_bytes(&out, bytes, at - 1);
        buf_add(&out, child);
        buf_add_bytes(&out, bytes + at - 1, size - (at - 1));
    } else { /* <Relationships xmlns="…"/> */
        for (at = size; at > 0 && !(bytes[at - 1] == '/' && bytes[at] == '>');) at--;
        size_t open = at;
        while (open > 0 && bytes[open - 1] != '<') open--;
        buf_add_bytes(&out, bytes, at ? at - 1 : 0);
        buf_printf(&out, ">%s</%.*s>", child, (int)strcspn(bytes + open, " \t\r\n/>"), bytes + open);
    }
    edit_replace(edit, name, out.data, out.size);
    return 0;
}

/* A name for a new part that no other has. */
static const char *new_comments_name(const DocxEdit *edit) {
    const char *document = edit->parts->document, *slash = strrchr(document, '/');
    int folder = slash ? (int)(slash + 1 - document) : 0;
    char *name = mem_printf(edit->ctx, "%.*scomments.xml", folder, document);
    for (unsigned i = 1; package_has(edit->parts->package, name); i++)
        name = mem_printf(edit->ctx, "%.*scomments%u.xml", folder, document, i);
    return name;
}

static int relate_comments(DocxEdit *edit, const char *name) {
    const char *part = relations_part(edit->ctx, edit->parts->document);
    const char *child = mem_printf(edit->ctx,
                                   "<Relationship xmlns=\"" PACKAGE "relationships\" Id=\"rIdAddedComments\" "
                                   "Type=\"%s/comments\" Target=\"/%s\"/>",
                                   edit->main->strict ? OFFICE_STRICT : OFFICE, name);
    if (package_has(edit->parts->package, part)) return append_to_part(edit, part, child);
    const char *xml = mem_printf(
        edit->ctx, DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">%s</Relationships>", child);
    edit_replace(edit, part, xml, strlen(xml));
    return 0;
}

int edit_add_comments(DocxEdit *edit, const char *comments) {
    if (edit->parts->comments) return append_to_part(edit, edit->parts->comments, comments);
    const char *name = new_comments_name(edit);
    const char *xml = mem_printf(edit->ctx, DECLARATION "<w:comments xmlns:w=\"%s\">%s</w:comments>",
                                 edit->main->namespace, comments);
    const char *type = mem_printf(edit->ctx,
                                  "<Override xmlns=\"" PACKAGE "content-types\" PartName=\"/%s\" "
                                  "ContentType=\"" COMMENTS_TYPE "\"/>",
                                  name);
    edit_replace(edit, name, xml, strlen(xml));
    return append_to_part(edit, TYPES_PART, type) != 0 || relate_comments(edit, name) != 0;
}

/* --- the package --- */

static bool put_part(zip_t *zip, const EditPart *part) {
    zip_source_t *source = zip_source_buffer(zip, part->bytes, part->size, 0);
    if (!source) return false;
    zip_int64_t at = zip_name_locate(zip, part->name, 0);
    if (at < 0) at = zip_name_locate(zip, part->name, ZIP_FL_NOCASE);
    zip_int64_t done = at < 0 ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8)
                              : zip_file_replace(zip, (zip_uint64_t)at, source, 0);
    if (done < 0) zip_source_free(source);
    return done >= 0 && docx_zip_date(zip, at < 0 ? done : at);
}

static bool put_parts(zip_t *zip, const DocxEdit *edit) {
    for (size_t i = 0; i < edit->n; i++)
        if (!put_part(zip, &edit->list[i])) return false;
    return true;
}

int edit_write(DocxEdit *edit, const char *bytes, size_t size, const char *copy) {
    char *given = mem_check(malloc(size)); /* libzip frees a buffer that it keeps the beginning of, lent or not */
    memcpy(given, bytes, size);
    zip_source_t *target = mem_check(zip_source_buffer_create(given, size, 1, NULL));
    zip_t *zip = zip_open_from_source(target, 0, NULL);
    if (zip) zip_source_keep(target);
    bool whole = zip && put_parts(zip, edit) && zip_close(zip) == 0;
    if (!whole && zip) zip_discard(zip);
    char *packed;
    size_t packed_size;
    whole = whole && docx_zip_bytes(edit->ctx, target, &packed, &packed_size);
    zip_source_free(target);
    return whole ? file_write(copy, packed, packed_size, edit->diag)
                 : package_refuse(edit->parts->package, edit->diag, docx_terms.damaged);
}
