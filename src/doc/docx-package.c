/* doc/docx-package.c: whether a zip file is a docx, and where its parts are. */
#include "base/mem.h"
#include "doc/docx-read.h"

#define DAMAGED "the docx is damaged or cut off; fetch it again, or open it in Word or WPS and save it anew"

const PackageTerms docx_terms = {
    .unpacked_max = (uint64_t)200 << 20,
    .ratio_max = 200,
    .depth_max = 10000,
    .damaged = {"reading-damaged", DAMAGED},
    .broken = {"reading-damaged", DAMAGED},
    .bomb = {"reading-size", "the docx unpacks to far more than a document holds; take out what is not text"},
    .encrypted = {"reading-locked",
                  "the file is protected by a password, or is of Word before 2007; save it as docx without a password"},
};

static const char *find_part(const void *ctx, const DocxParts *parts, const Relations *relations, const char *type) {
    const char *name = relations_find(relations, NULL, type);
    return name && package_has(parts->package, name) ? mem_strdup(ctx, name) : NULL;
}

static int find_parts(const void *ctx, DocxParts *parts, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Relations *relations;
    if (!package_has(parts->package, relations_part(scratch, parts->document))) return 0;
    if (relations_read(scratch, parts->package, parts->document, diag, &relations) != 0) return 1;
    parts->styles = find_part(ctx, parts, relations, "styles");
    parts->numbering = find_part(ctx, parts, relations, "numbering");
    parts->footnotes = find_part(ctx, parts, relations, "footnotes");
    parts->endnotes = find_part(ctx, parts, relations, "endnotes");
    parts->comments = find_part(ctx, parts, relations, "comments");
    return 0;
}

int docx_open(const void *ctx, const char *name, const char *bytes, size_t size, Diag *diag, DocxParts *ret_parts) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    DocxParts parts = {0};
    Relations *relations;
    if (package_open_bytes(ctx, name, bytes, size, &docx_terms, diag, &parts.package) != 0) return 1;
    if (!package_has(parts.package, "_rels/.rels"))
        return package_refuse(parts.package, diag, (PackageSay){"reading-kind", READING_NO_DOCUMENT});
    if (relations_read(scratch, parts.package, "", diag, &relations) != 0) return 1;
    parts.document = find_part(ctx, &parts, relations, "officeDocument");
    if (!parts.document) return package_refuse(parts.package, diag, docx_terms.damaged);
    if (find_parts(ctx, &parts, diag) != 0) return 1;
    *ret_parts = parts;
    return 0;
}
