/* sheet/xlsx-in.c: xlsx in: the cells of a sheet, piece by piece.
 *
 * The XML of a piece becomes drafts of cells (type, style and text as they stand); a draft becomes a cell when its row
 * is asked for, so that shared texts are looked up for one row at a time. */
#include <stdlib.h>
#include <string.h>

#include "sheet/merges.h"
#include "sheet/number.h"
#include "sheet/texts.h"
#include "sheet/workbook.h"

#define DRAFT_TEXT_MAX ((size_t)SHEET_CELL_MAX * 4 + 1) /* kept: enough to see that a text is too long */
#define ESCAPE_SIZE    7                                /* of _x000D_ */

typedef struct CellType CellType;

typedef struct Draft {
    const CellType *type;
    size_t column;
    unsigned style;
    bool formula;
    size_t start, size; /* in texts */
} Draft;

typedef struct DraftRow {
    uint32_t number;
    size_t first, count; /* in drafts */
    bool hidden;
} DraftRow;

typedef enum { FAULT_NONE, FAULT_COLUMNS, FAULT_ORDER } Fault;

/* The sheet being read. Rows up to n_rows are complete; drafts behind them belong to the row still open. */
typedef struct Reading {
    PackagePart *part;
    XmlParser *parser;
    Buf text;
    Draft *drafts;
    size_t n_drafts;
    DraftRow *rows;
    size_t n_rows, given; /* given: rows handed out */
    DraftRow open;
    Draft cell; /* being read */
    size_t next_column;
    bool in_row, in_cell, in_value;
    TextRuns runs; /* of an inline text */
    Fault fault;   /* to be told after the rows before it */
} Reading;

typedef struct XlsxFile {
    SheetFile base;
    Package *package;
    Workbook *workbook;
    Texts *texts; /* read when the first sheet is selected */
    Reading *reading;
} XlsxFile;

static XlsxFile *xlsx_of(SheetFile *file) { return (XlsxFile *)file; }

/* --- drafts to cells --- */

static int refuse_cell(XlsxFile *file, Diag *diag, size_t column) {
    char name[SHEET_LETTERS_SIZE];
    sheet_column_name(column, name);
    diag_error(diag, sheet_place(&file->base, file->base.row->number), "sheet-damaged",
               "the cell in column %s cannot be read; open the file in Excel or WPS and save it anew", name);
    return -1;
}

/* The ASCII character that "_x000D_" stands for at the beginning of text; 0 when there is no such thing. */
static char escaped_character(const char *text) {
    if (strncmp(text, "_x00", 4) != 0 || strspn(text + 4, "0123456789abcdefABCDEF") != 2 || text[6] != '_') return 0;
    unsigned long code = strtoul(text + 4, NULL, 16);
    return code < 0x80 ? (char)code : 0;
}

/* Decodes in the pending text what XML cannot hold and OOXML writes as _x000D_ (ECMA-376 22.9.2.19). */
static void unescape(Row *row) {
    if (row_pending_size(row) < ESCAPE_SIZE) return;
    char *from = strstr(row_pending(row), "_x00"), *to = from;
    if (!from) return;
    while (*from) {
        char c = escaped_character(from);
        from += c ? ESCAPE_SIZE : 1;
        *to++ = c ? c : from[-1];
    }
    row_pending_cut(row, (size_t)(to - row_pending(row)));
}

static int add_as(XlsxFile *file, const Draft *draft, CellKind kind, Diag *diag) {
    Row *row = file->base.row;
    if (row_pending_is_long(row)) return sheet_refuse_text(&file->base, diag, row->number, draft->column);
    unescape(row);
    row_add_text(row, draft->column, kind);
    return 0;
}

static int add_text(XlsxFile *file, const Draft *draft, const char *text, Diag *diag) {
    row_text(file->base.row, text, draft->size);
    return add_as(file, draft, CELL_TEXT, diag);
}

static int add_error(XlsxFile *file, const Draft *draft, const char *text, Diag *diag) {
    row_text(file->base.row, text, draft->size);
    return add_as(file, draft, CELL_ERROR, diag);
}

static int add_uncomputed(XlsxFile *file, const Draft *draft, const char *text, Diag *diag) {
    (void)text;
    row_text(file->base.row, "=", 1);
    return add_as(file, draft, CELL_UNCOMPUTED, diag);
}

static int add_shared(XlsxFile *file, const Draft *draft, const char *text, Diag *diag) {
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (*end || !file->texts || !texts_add_to(file->texts, number, file->base.row))
        return refuse_cell(file, diag, draft->column);
    return add_as(file, draft, CELL_TEXT, diag);
}

/* What a person sees and means: 95%, not 0.95. */
static void add_percent(Row *row, size_t column, double number) {
    char text[NUMBER_SIZE];
    number_percent_text(number, text);
    row_text(row, text, strlen(text));
    row_add_text(row, column, CELL_TEXT);
}

static int add_number(XlsxFile *file, const Draft *draft, const char *text, Diag *diag) {
    char *end;
    double number = strtod(text, &end);
    if (*end) return refuse_cell(file, diag, draft->column);
    const Workbook *workbook = file->workbook;
    switch (draft->style < workbook->n_styles ? workbook->shows[draft->style] : SHOWS_NUMBER) {
    case SHOWS_DATE: row_add_date(file->base.row, draft->column, number, workbook->since_1904); break;
    case SHOWS_PERCENT: add_percent(file->base.row, draft->column, number); break;
    case SHOWS_NUMBER: row_add_number(file->base.row, draft->column, number); break;
    }
    return 0;
}

static int add_bool(XlsxFile *file, const Draft *draft, const char *text, Diag *diag) {
    (void)diag;
    row_add_bool(file->base.row, draft->column, strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
    return 0;
}

/* Strict OOXML: "2020-06-30" or "2020-06-30T12:30:00". */
static int add_iso_date(XlsxFile *file, const Draft *draft, const char *text, Diag *diag) {
    char day[DATE_ISO_SIZE];
    int hours = 0, minutes = 0;
    double seconds = 0;
    snprintf(day, sizeof day, "%s", text);
    Date date = date_parse_iso(day);
    if (date == DATE_NONE) return add_text(file, draft, text, diag);
    if (draft->size > DATE_ISO_SIZE) sscanf(text + DATE_ISO_SIZE, "%2d:%2d:%lf", &hours, &minutes, &seconds);
    double serial = number_of_date(date) + (hours * 3600 + minutes * 60 + seconds) / DAY_SECONDS;
    row_add_date(file->base.row, draft->column, serial, false);
    return 0;
}

struct CellType {
    const char *name;                                                             /* ECMA-376 18.18.11 */
    int (*add)(XlsxFile *file, const Draft *draft, const char *text, Diag *diag); /* 0, -1 with findings */
};

static const CellType TYPES[] = {
    {"n", add_number}, {"s", add_shared}, {"str", add_text},   {"inlineStr", add_text},
    {"b", add_bool},   {"e", add_error},  {"d", add_iso_date},
};

/* What a program writes that has no calculator: the formula and no value. One that gives the empty text is a "str". */
static const CellType UNCOMPUTED = {"", add_uncomputed};

/* A number when nothing is said. */
static const CellType *find_type(const char *name) {
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (strcmp(TYPES[i].name, name) == 0) return &TYPES[i];
    }
    return &TYPES[0];
}

/* --- XML to drafts --- */

static void stop(Reading *reading, Fault fault) {
    reading->fault = fault;
    xml_stop(reading->parser);
}

static void start_row(Reading *reading, const XmlAttributes *attributes) {
    uint32_t number = xml_attribute_number(attributes, "r", reading->open.number + 1);
    if (number <= reading->open.number) stop(reading, FAULT_ORDER);
    char hidden[8] = "";
    xml_attribute(attributes, "hidden", hidden, sizeof hidden);
    bool is_hidden = !strcmp(hidden, "1") || !strcmp(hidden, "true");
    reading->open = (DraftRow){.number = number, .first = reading->n_drafts, .hidden = is_hidden};
    reading->next_column = 0;
    reading->in_row = true;
}

static void start_cell(Reading *reading, const XmlAttributes *attributes) {
    char name[16] = "", type[16] = "";
    uint32_t row;
    size_t column = reading->next_column;
    if (xml_attribute(attributes, "r", name, sizeof name)) merges_read_cell(name, &row, &column);
    xml_attribute(attributes, "t", type, sizeof type);
    reading->next_column = column + 1;
    reading->in_cell = true;
    reading->runs = (TextRuns){0};
    reading->cell = (Draft){
        .type = find_type(type),
        .column = column,
        .style = xml_attribute_number(attributes, "s", 0),
        .start = reading->text.size,
    };
}

/* A cell without a value is only formatted: nothing, unless a formula stands there. */
static void end_cell(Reading *reading) {
    reading->in_cell = false;
    Draft *cell = &reading->cell;
    cell->size = reading->text.size - cell->start;
    if (cell->size == 0 && cell->formula && cell->type == &TYPES[0]) cell->type = &UNCOMPUTED;
    if (cell->size == 0 && cell->type != &UNCOMPUTED) return;
    buf_char(&reading->text, '\0');
    if (cell->column >= SHEET_COLUMNS_MAX || reading->open.count >= SHEET_COLUMNS_MAX) {
        stop(reading, FAULT_COLUMNS);
        return;
    }
    *mem_push(reading, reading->drafts, reading->n_drafts) = *cell;
    reading->open.count++;
}

static void end_row(Reading *reading) {
    reading->in_row = false;
    if (reading->open.count > 0) *mem_push(reading, reading->rows, reading->n_rows) = reading->open;
}

static void on_start(void *data, const char *name, const XmlAttributes *attributes) {
    Reading *reading = data;
    if (reading->in_cell) {
        text_runs_start(&reading->runs, name);
        if (strcmp(name, "v") == 0) reading->in_value = true;
        if (strcmp(name, "f") == 0) reading->cell.formula = true;
    } else if (reading->in_row && strcmp(name, "c") == 0) {
        start_cell(reading, attributes);
    } else if (strcmp(name, "row") == 0) {
        start_row(reading, attributes);
    }
}

static void on_end(void *data, const char *name) {
    Reading *reading = data;
    if (reading->in_cell) {
        text_runs_end(&reading->runs, name);
        if (strcmp(name, "v") == 0) reading->in_value = false;
        if (strcmp(name, "c") == 0) end_cell(reading);
    } else if (strcmp(name, "row") == 0) {
        end_row(reading);
    } else if (strcmp(name, "sheetData") == 0) {
        xml_stop(reading->parser);
    }
}

static void on_text(void *data, const char *bytes, size_t size) {
    Reading *reading = data;
    if (!reading->in_value && !text_runs_take(&reading->runs)) return;
    if (!reading->in_cell || reading->text.size - reading->cell.start >= DRAFT_TEXT_MAX) return;
    buf_add_bytes(&reading->text, bytes, size);
}

/* --- rows --- */

/* Forgets the rows handed out and moves the row still open to the front. */
static void forget_given(Reading *reading) {
    size_t first = reading->in_row ? reading->open.first : reading->n_drafts;
    size_t count = reading->n_drafts - first;
    size_t start = count > 0          ? reading->drafts[first].start
                   : reading->in_cell ? reading->cell.start
                                      : reading->text.size;
    if (count > 0) memmove(reading->drafts, reading->drafts + first, count * sizeof *reading->drafts);
    for (size_t i = 0; i < count; i++) reading->drafts[i].start -= start;
    if (reading->in_cell) reading->cell.start -= start;
    reading->open.first = 0;
    reading->n_drafts = count;
    reading->text.size -= start;
    if (start > 0) memmove(reading->text.data, reading->text.data + start, reading->text.size + 1);
    reading->n_rows = reading->given = 0;
}

static int report_fault(XlsxFile *file, Diag *diag) {
    const Reading *reading = file->reading;
    if (reading->fault == FAULT_COLUMNS)
        return sheet_refuse_column(&file->base, diag, reading->open.number, reading->cell.column);
    diag_error(diag, sheet_place(&file->base, reading->open.number), "sheet-damaged",
               "the rows of the sheet are out of order; open the file in Excel or WPS and save it anew");
    return -1;
}

static int fill_row(XlsxFile *file, const DraftRow *draft_row, Diag *diag) {
    const Reading *reading = file->reading;
    row_begin(file->base.row, file, draft_row->number);
    file->base.row->hidden = draft_row->hidden;
    for (size_t i = 0; i < draft_row->count; i++) {
        const Draft *draft = &reading->drafts[draft_row->first + i];
        if (draft->type->add(file, draft, reading->text.data + draft->start, diag) < 0) return -1;
        if (draft->formula) row_set_formula(file->base.row, draft->column);
    }
    return 1;
}

static int xlsx_next(SheetFile *base, Diag *diag) {
    XlsxFile *file = xlsx_of(base);
    Reading *reading = file->reading;
    while (reading->given == reading->n_rows) {
        if (reading->fault != FAULT_NONE) return report_fault(file, diag);
        forget_given(reading);
        int r = xml_read_piece(reading->parser, reading->part, diag);
        if (r < 0) return r;
        if (r == 0 && reading->n_rows == 0) return 0;
    }
    return fill_row(file, &reading->rows[reading->given++], diag);
}

static const PackageTerms TERMS = {
    .unpacked_max = SHEET_UNPACKED_MAX,
    .ratio_max = SHEET_RATIO_MAX,
    .depth_max = 64,
    .damaged = {"sheet-damaged",
                "the file is damaged or cut off; fetch it again, or open it in Excel or WPS and save it anew"},
    .broken = {"sheet-damaged", "the file is damaged inside; open it in Excel or WPS and save it anew"},
    .bomb = {"sheet-bomb", "the file unpacks to far more than a spreadsheet holds; save the data as csv"},
    .encrypted = {"sheet-encrypted", "the file is encrypted; remove the password and save it again"},
};

static int xlsx_select(SheetFile *base, Diag *diag) {
    static const XmlEvents EVENTS = {.start = on_start, .end = on_end, .text = on_text};
    XlsxFile *file = xlsx_of(base);
    const char *part = file->workbook->parts[base->selected];
    talloc_free(file->reading);
    Reading *reading = file->reading = mem_new(file, Reading);
    if (!file->texts && file->workbook->texts_part &&
        texts_read(file, file->package, file->workbook->texts_part, diag, &file->texts) != 0)
        return 1;
    if (merges_read(reading, file->package, part, diag, &base->merges, &base->n_merges) != 0) return 1;
    if (part_open(reading, file->package, part, diag, &reading->part) != 0) return 1;
    reading->text = BUF_INIT(reading);
    reading->parser = xml_new(reading, &EVENTS, reading, TERMS.depth_max);
    return 0;
}

static int xlsx_open(SheetFile *base, Diag *diag) {
    XlsxFile *file = xlsx_of(base);
    if (package_open(base, base->path, &TERMS, diag, &file->package) != 0) return 1;
    if (workbook_read(file, file->package, diag, &file->workbook) != 0) return 1;
    base->sheets = file->workbook->sheets;
    base->n_sheets = file->workbook->n_sheets;
    return 0;
}

static double xlsx_progress(const SheetFile *base) {
    const XlsxFile *file = (const XlsxFile *)base;
    return file->reading && file->reading->part ? part_progress(file->reading->part) : 0;
}

const SheetBackend SHEET_XLSX = {
    .format = "xlsx",
    .size = sizeof(XlsxFile),
    .open = xlsx_open,
    .select = xlsx_select,
    .next = xlsx_next,
    .progress = xlsx_progress,
};
