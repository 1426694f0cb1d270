/* test/fuzz/fuzz-xlsx.c: a zip file as it is; any other bytes as one part of an xlsx file, named by the first byte, so
 * that the fuzzer need not learn to pack. */
#include <string.h>
#include <zip.h>

#include "fuzz-sheet.h"

#define OFFICE                     "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATION(id, type, target) "<Relationship Id='" id "' Type='" OFFICE type "' Target='" target "'/>"

static const struct {
    char letter; /* 0: never replaced */
    const char *name, *xml;
} PARTS[] = {
    {0, "_rels/.rels", "<Relationships>" RELATION("a", "officeDocument", "xl/workbook.xml") "</Relationships>"},
    {'r', "xl/_rels/workbook.xml.rels",
     "<Relationships>" RELATION("a", "worksheet", "sheet.xml") RELATION("b", "sharedStrings", "texts.xml")
         RELATION("c", "styles", "styles.xml") "</Relationships>"},
    {'w', "xl/workbook.xml", "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='a'/></sheets></workbook>"},
    {'s', "xl/sheet.xml",
     "<worksheet><sheetData><row><c t='s'><v>0</v></c><c s='1'><v>44012</v></c></row></sheetData></worksheet>"},
    {'t', "xl/texts.xml", "<sst><si><t>a</t></si></sst>"},
    {'n', "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"},
};

static void add_part(zip_t *zip, const char *name, const void *bytes, size_t size) {
    zip_source_t *source = zip_source_buffer(zip, bytes, size, 0);
    zip_int64_t index = zip_file_add(zip, name, source, 0);
    if (index < 0 || zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) < 0) abort();
}

static int fuzz_part(const uint8_t *bytes, size_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *path = mem_printf(scratch, "/dev/shm/kezhang-fuzz-part-%d", (int)getpid());
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (!zip) abort();
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        bool replaced = PARTS[i].letter && bytes[0] == (uint8_t)PARTS[i].letter;
        if (replaced)
            add_part(zip, PARTS[i].name, bytes + 1, size - 1);
        else
            add_part(zip, PARTS[i].name, PARTS[i].xml, strlen(PARTS[i].xml));
    }
    if (zip_close(zip) < 0) abort();
    fuzz_read_file(path);
    unlink(path);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    bool is_zip = size == 0 || bytes[0] == 'P';
    return is_zip ? fuzz_sheet(bytes, size) : fuzz_part(bytes, size);
}
