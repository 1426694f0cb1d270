/* doc/test-package.h: a docx made of parts that a test writes itself. */
#ifndef DOC_TEST_PACKAGE_H
#define DOC_TEST_PACKAGE_H

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"

#define TEST_OFFICE   "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TEST_WORD     "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define TEST_RELATION "<Relationship Id='%s' Type='" TEST_OFFICE "/%s' Target='%s'/>"

typedef struct TestPart {
    const char *name; /* "styles": of word/styles.xml */
    const char *xml;  /* its content within the root element */
} TestPart;

static inline void test_add(zip_t *zip, const char *name, const char *xml) {
    zip_source_t *source = zip_source_buffer(zip, xml, strlen(xml), 0);
    if (zip_file_add(zip, name, source, 0) < 0) abort();
}

static inline char *test_xml(const void *ctx, const char *root, const char *content) {
    return mem_printf(ctx,
                      "<?xml version='1.0' encoding='UTF-8'?><w:%s xmlns:w='" TEST_WORD
                      "' xmlns:m='m' xmlns:mc='mc' xmlns:wps='wps' xmlns:v='v'>%s</w:%s>",
                      root, content, root);
}

/* The bytes of a docx with this body and, ended by a part without a name, these other parts. Owned by ctx. */
static inline char *test_docx(const void *ctx, const char *body, const TestPart *parts, size_t *ret_size) {
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (!zip) abort();
    zip_source_keep(target);
    Buf relations = BUF_INIT(ctx), types = BUF_INIT(ctx);
    buf_add(&types, "<Types><Override PartName='/word/document.xml' ContentType='d'/>");
    for (; parts && parts->name; parts++) {
        buf_printf(&relations, TEST_RELATION, parts->name, parts->name, mem_printf(ctx, "%s.xml", parts->name));
        buf_printf(&types, "<Override PartName='/word/%s.xml' ContentType='p'/>", parts->name);
        test_add(zip, mem_printf(ctx, "word/%s.xml", parts->name), test_xml(ctx, parts->name, parts->xml));
    }
    buf_add(&types, "</Types>");
    test_add(zip, "[Content_Types].xml", types.data);
    test_add(zip, "_rels/.rels",
             mem_printf(ctx, "<Relationships>" TEST_RELATION "</Relationships>", "a", "officeDocument",
                        "word/document.xml"));
    test_add(zip, "word/_rels/document.xml.rels",
             mem_printf(ctx, "<Relationships>%s</Relationships>", buf_text(&relations)));
    test_add(zip, "word/document.xml", test_xml(ctx, "document", mem_printf(ctx, "<w:body>%s</w:body>", body)));
    if (zip_close(zip) < 0 || zip_source_open(target) < 0) abort();
    zip_stat_t about;
    if (zip_source_stat(target, &about) < 0) abort();
    char *bytes = mem_array(ctx, char, about.size);
    if (zip_source_read(target, bytes, about.size) != (zip_int64_t)about.size) abort();
    zip_source_close(target);
    zip_source_free(target);
    *ret_size = (size_t)about.size;
    return bytes;
}

/* A part of a docx as text, "" when it is not there. */
static inline char *test_part(const void *ctx, const char *path, const char *name) {
    Buf out = BUF_INIT(ctx);
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    if (!zip) abort();
    zip_file_t *file = zip_fopen(zip, name, 0);
    char bytes[4096];
    for (zip_int64_t n; file && (n = zip_fread(file, bytes, sizeof bytes)) > 0;) buf_add_bytes(&out, bytes, (size_t)n);
    if (file) zip_fclose(file);
    zip_discard(zip);
    buf_add(&out, "");
    return out.data;
}

#endif
