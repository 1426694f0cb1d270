/* sheet/workbook.c: _rels/.rels → workbook.xml → its relationships → sheets, styles. */
#include "sheet/workbook.h"

#include <string.h>

#include "base/xml.h"
#include "sheet/number.h"

#define SHEETS_MAX 4096u
#define STYLES_MAX 65536u

/* --- workbook.xml --- */

typedef struct BookReading {
    Workbook *workbook;
    const Relations *relations;
    bool is_workbook; /* the first element is one */
    bool begun;
} BookReading;

static void add_sheet(BookReading *reading, const XmlAttributes *attributes) {
    Workbook *workbook = reading->workbook;
    const char *id = xml_attribute_copy(workbook, attributes, "id");
    const char *part = id ? relations_find(reading->relations, id, "worksheet") : NULL;
    if (!part || workbook->n_sheets == SHEETS_MAX) return;
    char state[16] = "";
    xml_attribute(attributes, "state", state, sizeof state);
    const char *name = xml_attribute_copy(workbook, attributes, "name");
    size_t n = workbook->n_sheets;
    *mem_push(workbook, workbook->parts, n) = mem_strdup(workbook, part);
    *mem_push(workbook, workbook->sheets, workbook->n_sheets) = (SheetInfo){
        .name = name ? name : "",
        .hidden = strcmp(state, "hidden") == 0 || strcmp(state, "veryHidden") == 0,
    };
}

static void on_workbook(void *data, const char *name, const XmlAttributes *attributes) {
    BookReading *reading = data;
    if (!reading->begun) reading->is_workbook = strcmp(name, "workbook") == 0;
    reading->begun = true;
    if (strcmp(name, "sheet") == 0) add_sheet(reading, attributes);
    if (strcmp(name, "workbookPr") == 0) reading->workbook->since_1904 = xml_attribute_yes(attributes, "date1904");
}

/* --- styles.xml --- */

typedef struct CustomFormat {
    unsigned id;
    NumberShows shows;
} CustomFormat;

typedef struct StyleReading {
    Workbook *workbook;
    CustomFormat *formats; /* those that show more than a number */
    size_t n_formats;
    bool in_cell_styles;
} StyleReading;

static void add_format(StyleReading *reading, const XmlAttributes *attributes) {
    char code[256];
    if (!xml_attribute(attributes, "formatCode", code, sizeof code) || reading->n_formats == STYLES_MAX) return;
    const CustomFormat format = {xml_attribute_number(attributes, "numFmtId", 0), number_format_shows(code)};
    if (format.shows != SHOWS_NUMBER) *mem_push(reading->workbook, reading->formats, reading->n_formats) = format;
}

static NumberShows style_shows(const StyleReading *reading, unsigned id) {
    for (size_t i = 0; i < reading->n_formats; i++) {
        if (reading->formats[i].id == id) return reading->formats[i].shows;
    }
    return number_format_id_shows(id);
}

static void on_style(void *data, const char *name, const XmlAttributes *attributes) {
    StyleReading *reading = data;
    Workbook *workbook = reading->workbook;
    if (strcmp(name, "numFmt") == 0) add_format(reading, attributes);
    if (strcmp(name, "cellXfs") == 0) reading->in_cell_styles = true;
    if (!reading->in_cell_styles || strcmp(name, "xf") != 0 || workbook->n_styles == STYLES_MAX) return;
    unsigned id = xml_attribute_number(attributes, "numFmtId", 0);
    *mem_push(workbook, workbook->shows, workbook->n_styles) = style_shows(reading, id);
}

static void on_style_end(void *data, const char *name) {
    StyleReading *reading = data;
    if (strcmp(name, "cellXfs") == 0) reading->in_cell_styles = false;
}

static int read_styles(Package *package, Workbook *workbook, Diag *diag) {
    static const XmlEvents EVENTS = {.start = on_style, .end = on_style_end};
    StyleReading reading = {.workbook = workbook};
    return workbook->styles_part ? xml_read_part(package, workbook->styles_part, &EVENTS, &reading, diag) : 0;
}

/* --- the whole --- */

/* What else a zip file may be, told by a part it has; NULL when it is none of these. */
static const char *find_other(const Package *package) {
    static const struct {
        const char *part;
        const char *say;
    } OTHERS[] = {
        {"word/document.xml",
         "this is a Word document, not a spreadsheet; ask for the xlsx file or copy its table into one"},
        {"ppt/presentation.xml", "this is a presentation, not a spreadsheet; ask for the xlsx file"},
        {"xl/workbook.bin", "this is a binary workbook (xlsb), which is not read; save it as xlsx"},
        {"content.xml", "this is an OpenDocument file, which is not read; save it as xlsx"},
    };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        if (package_has(package, OTHERS[i].part)) return OTHERS[i].say;
    }
    return NULL;
}

static int refuse_kind(const Package *package, const char *say, Diag *diag) {
    return package_refuse(package, diag, (PackageSay){"sheet-kind", say});
}

static int refuse_archive(const Package *package, Diag *diag) {
    return refuse_kind(package, "this is an archive, not a spreadsheet; unpack it first", diag);
}

static const char *copy_part(Workbook *workbook, const Package *package, const char *part) {
    return part && package_has(package, part) ? mem_strdup(workbook, part) : NULL;
}

static int read_book(Package *package, const char *part, const Relations *relations, Workbook *workbook, Diag *diag) {
    static const XmlEvents EVENTS = {.start = on_workbook};
    BookReading reading = {.workbook = workbook, .relations = relations};
    if (xml_read_part(package, part, &EVENTS, &reading, diag) != 0) return 1;
    if (!reading.is_workbook) return refuse_archive(package, diag);
    if (workbook->n_sheets > 0) return 0;
    return package_refuse(
        package, diag,
        (PackageSay){"sheet-none", "there is no sheet with cells in the file; choose the file with the data"});
}

int workbook_read(const void *ctx, Package *package, Diag *diag, Workbook **ret_workbook) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *other = find_other(package);
    if (other) return refuse_kind(package, other, diag);
    if (!package_has(package, "_rels/.rels")) return refuse_archive(package, diag);
    Relations *relations;
    if (relations_read(scratch, package, "", diag, &relations) != 0) return 1;
    const char *part = relations_find(relations, NULL, "officeDocument");
    if (!part || !package_has(package, part)) return refuse_archive(package, diag);
    if (relations_read(scratch, package, part, diag, &relations) != 0) return 1;
    Workbook *workbook = mem_new(ctx, Workbook);
    workbook->texts_part = copy_part(workbook, package, relations_find(relations, NULL, "sharedStrings"));
    workbook->styles_part = copy_part(workbook, package, relations_find(relations, NULL, "styles"));
    *ret_workbook = workbook;
    int r = read_book(package, part, relations, workbook, diag);
    return r != 0 ? r : read_styles(package, workbook, diag);
}
