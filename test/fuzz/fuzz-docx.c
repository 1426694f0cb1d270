/* test/fuzz/fuzz-docx.c: a zip file as it is; any other bytes as one part of a docx, named by the first byte, so that
 * the fuzzer need not learn to pack. What was read gets comments, and the copy must read as the original does. */
#include <stdio.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"
#include "base/mem.h"
#include "fuzz-reading.h"

#define OFFICE             "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATION(id, part) "<Relationship Id='" id "' Type='" OFFICE part "' Target='" part ".xml'/>"

static const struct {
    char letter; /* 0: never replaced */
    const char *name, *xml;
} PARTS[] = {
    {0, "_rels/.rels",
     "<Relationships><Relationship Id='a' Type='" OFFICE
     "officeDocument' Target='word/document.xml'/></Relationships>"},
    {'r', "word/_rels/document.xml.rels",
     "<Relationships>" RELATION("a", "styles") RELATION("b", "numbering") RELATION("c", "footnotes")
         RELATION("d", "comments") "</Relationships>"},
    {'t', "[Content_Types].xml", "<Types/>"},
    {'d', "word/document.xml",
     "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>1</w:t>"
     "<w:footnoteReference w:id='1'/></w:r></w:p></w:body></w:document>"},
    {'s', "word/styles.xml",
     "<styles><style styleId='a'><name val='heading 1'/><numPr><numId val='1'/></numPr></style></styles>"},
    {'n', "word/numbering.xml",
     "<numbering><abstractNum abstractNumId='0'><lvl ilvl='0'><lvlText val='%1.'/></lvl></abstractNum>"
     "<num numId='1'><abstractNumId val='0'/></num></numbering>"},
    {'f', "word/footnotes.xml",
     "<w:footnotes xmlns:w='w'><w:footnote w:id='1'><w:p><w:r><w:t>2</w:t></w:r></w:p></w:footnote></w:footnotes>"},
    {'c', "word/comments.xml", "<w:comments xmlns:w='w'><w:comment w:id='1'/></w:comments>"},
};

static char *file_name(const void *ctx, const char *which) {
    return mem_printf(ctx, "/dev/shm/kezhang-fuzz-docx-%s-%d", which, (int)getpid());
}

static void put_comments(const char *path, const Reading *reading) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *copy = file_name(scratch, "copy"), *bytes;
    uint32_t third = reading->n_given / 3;
    const DocxComment comments[] = {
        {0, reading->n_given, "a"}, {third, 2 * third, "b\nc"}, {third, third, "d"}, {2 * third, third, "e"}};
    size_t size;
    Diag *diag = diag_new(scratch);
    if (docx_comment(path, copy, "f", comments, sizeof comments / sizeof *comments, diag) != 0) {
        if (diag->count != 1) abort();
        return;
    }
    if (file_read(scratch, copy, READING_FILE_MAX, diag, &bytes, &size) != 0) abort();
    Reading *again = fuzz_read(scratch, "copy", bytes, size);
    if (!again || strcmp(again->given, reading->given) != 0 || again->n_glyphs != reading->n_glyphs) abort();
    unlink(copy);
}

static void read_file(const char *path) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *bytes;
    size_t size;
    if (file_read(scratch, path, READING_FILE_MAX, diag_new(scratch), &bytes, &size) != 0) abort();
    Reading *reading = fuzz_read(scratch, "a.docx", bytes, size);
    if (reading && reading->form == READING_DOCX) put_comments(path, reading);
}

static void add_part(zip_t *zip, const char *name, const void *bytes, size_t size) {
    zip_source_t *source = zip_source_buffer(zip, bytes, size, 0);
    zip_int64_t index = zip_file_add(zip, name, source, 0);
    if (index < 0 || zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) < 0) abort();
}

static void pack(const char *path, const uint8_t *bytes, size_t size) {
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (!zip) abort();
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        if (PARTS[i].letter && bytes[0] == (uint8_t)PARTS[i].letter)
            add_part(zip, PARTS[i].name, bytes + 1, size - 1);
        else
            add_part(zip, PARTS[i].name, PARTS[i].xml, strlen(PARTS[i].xml));
    }
    if (zip_close(zip) < 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = file_name(scratch, "file");
    if (size == 0) return 0;
    if (bytes[0] == 'P') {
        if (file_write(path, bytes, size, diag_new(scratch)) != 0) abort();
    } else {
        pack(path, bytes, size);
    }
    read_file(path);
    unlink(path);
    return 0;
}
