/* exchange/heading.c: reads the first rows of a sheet and lets every row, and every pair of neighbouring rows (a group
 * over its sub-columns, or a heading merged downwards), show how many fields it names. The best one is the heading. */
#include "exchange/heading.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "exchange/given.h"
#include "exchange/import.h"

/* --- the first rows, kept --- */

typedef struct Line {
    uint32_t row;
    const char **texts; /* NULL where a cell is empty */
    size_t n;
} Line;

typedef struct Top {
    SheetFile *file;
    Line *lines;
    size_t n_lines;
} Top;

static void keep_line(Top *top, uint32_t row, const Cell *cells, size_t n) {
    const char **texts = mem_array(top, const char *, n + 1);
    for (size_t i = 0; i < n; i++) texts[i] = cells[i].text[0] ? mem_strdup(texts, cells[i].text) : NULL;
    *mem_push(top, top->lines, top->n_lines) = (Line){row, texts, n};
}

/* 0, or 1 with findings. */
static int read_top(Top *top, SheetFile *file, size_t sheet, Diag *diag) {
    top->file = file;
    if (sheet_select(file, sheet, diag)) return 1;
    uint32_t row;
    const Cell *cells;
    size_t n;
    int more = 1;
    while (top->n_lines < IMPORT_HEADING_ROWS && (more = sheet_next(file, diag, &row, &cells, &n)) > 0)
        keep_line(top, row, cells, n);
    return more < 0;
}

static const char *text_at(const Line *line, size_t column) { return column < line->n ? line->texts[column] : NULL; }

/* The text over a column in a line: its own, or that of the cells it is merged with. */
static const char *text_over(const Top *top, const Line *line, size_t column) {
    const char *text = text_at(line, column);
    uint32_t row;
    size_t first, last;
    if (text || !sheet_merge_at(top->file, line->row, column, &row, &first, &last)) return text;
    for (size_t i = 0; i < top->n_lines; i++)
        if (top->lines[i].row == row) return text_at(&top->lines[i], first);
    return NULL;
}

/* --- how well a heading fits --- */

typedef struct Fit {
    size_t line;
    bool pair;      /* with the line below */
    size_t cells;   /* headings in it, without those of no interest */
    size_t matched; /* different meanings found */
    bool has_key;
    bool is_complete; /* no needed column is missing */
} Fit;

/* What one column is headed with, and what that means (NULL: nothing known). The text is NULL where there is no
 * heading. */
typedef struct Read {
    const char *text;
    const Meaning *meaning;
    const char *group; /* what stands over the text in a pair, or NULL */
} Read;

/* Sub-headings are tried with their group (基期 年度) and alone; a group alone heads only the column it stands in. */
static Read read_pair(const void *ctx, const Top *top, const Words *words, size_t line, size_t column) {
    const char *upper = text_at(&top->lines[line], column), *lower = text_at(&top->lines[line + 1], column);
    if (!lower) return (Read){.text = upper, .meaning = upper ? words_find(words, upper) : NULL};
    const char *group = text_over(top, &top->lines[line], column);
    const Meaning *meaning = group ? words_find(words, mem_printf(ctx, "%s %s", group, lower)) : NULL;
    return (Read){lower, meaning ? meaning : words_find(words, lower), group};
}

static Read read_column(const void *ctx, const Top *top, const Words *words, const Fit *fit, size_t column) {
    if (fit->pair) return read_pair(ctx, top, words, fit->line, column);
    const char *text = text_at(&top->lines[fit->line], column);
    return (Read){.text = text, .meaning = text ? words_find(words, text) : NULL};
}

static size_t width_of(const Top *top, const Fit *fit) {
    size_t width = top->lines[fit->line].n;
    if (fit->pair && top->lines[fit->line + 1].n > width) width = top->lines[fit->line + 1].n;
    return width;
}

bool heading_needs(const Field *field) { return field->required && !field->default_text.text; }

static bool names_key(const Ledger *ledger, const bool *named) {
    for (size_t i = 0; i < ledger->n_key; i++)
        if (heading_needs(ledger->key[i]) && !named[ledger->key[i]->index]) return false;
    return true;
}

static bool names_needed(const Ledger *ledger, const bool *named) {
    for (size_t i = 0; i < ledger->n_fields; i++)
        if (heading_needs(&ledger->fields[i]) && !named[i]) return false;
    return true;
}

static Fit measure(const Top *top, const Words *words, const Ledger *ledger, size_t line, bool pair) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Fit fit = {.line = line, .pair = pair};
    bool *named = mem_array(scratch, bool, ledger->n_fields);
    for (size_t i = 0; i < width_of(top, &fit); i++) {
        Read read = read_column(scratch, top, words, &fit, i);
        if (!read.text || (read.meaning && read.meaning->kind == MEANS_NOTHING)) continue;
        fit.cells++;
        if (!read.meaning) continue;
        bool *seen = read.meaning->field ? &named[read.meaning->field->index] : NULL;
        fit.matched += !seen || !*seen;
        if (seen) *seen = true;
    }
    fit.has_key = names_key(ledger, named);
    fit.is_complete = names_needed(ledger, named);
    return fit;
}

static bool is_heading(const Fit *fit) { return fit->matched && (fit->has_key || 2 * fit->matched >= fit->cells); }

/* The line, or pair of lines, that names most; of equals a single line, and the first. */
static Fit find_best(const Top *top, const Words *words, const Ledger *ledger) {
    Fit best = {0};
    for (size_t i = 0; i < top->n_lines; i++) {
        Fit single = measure(top, words, ledger, i, false);
        if (single.matched > best.matched || (best.pair && single.matched == best.matched)) best = single;
        bool has_neighbour = i + 1 < top->n_lines && top->lines[i + 1].row == top->lines[i].row + 1;
        if (!has_neighbour) continue;
        Fit pair = measure(top, words, ledger, i, true);
        if (pair.matched > best.matched) best = pair;
    }
    return best;
}

/* The row that somebody chose: alone, or with the one above it where the two name more. False: it is empty. */
static bool fit_row(const Top *top, const Words *words, const Ledger *ledger, uint32_t row, Fit *ret_fit) {
    size_t i = 0;
    while (i < top->n_lines && top->lines[i].row != row) i++;
    if (i == top->n_lines) return false;
    *ret_fit = measure(top, words, ledger, i, false);
    if (i == 0 || top->lines[i - 1].row != row - 1) return true;
    Fit pair = measure(top, words, ledger, i - 1, true);
    if (pair.matched > ret_fit->matched) *ret_fit = pair;
    return true;
}

/* --- units --- */

/* The unit a field is kept in as a power of ten of yuan, or -1 when it holds no amount of money. */
static int own_power(const Field *field) {
    return strcmp(field->kind->name, "money") ? words_unit_power(field->unit) : 0;
}

static int sheet_power(const Top *top, const Fit *fit) {
    int power = -1;
    for (size_t i = 0; i < fit->line && power < 0; i++)
        for (size_t k = 0; k < top->lines[i].n && power < 0; k++)
            if (top->lines[i].texts[k]) power = words_sheet_power(top->lines[i].texts[k]);
    return power;
}

/* --- columns --- */

typedef struct Mapping {
    const Ledger *ledger;
    Place at; /* of the heading */
    Diag *diag;
    const ImportMapping *wanted;
    int sheet_power;
    Heading *heading;
} Mapping;

static Place place_of(const Mapping *mapping, const char *column) {
    Place at = mapping->at;
    at.field = column;
    return at;
}

static Column *column_meaning(const Heading *heading, const Meaning *meaning) {
    for (size_t i = 0; i < heading->n_columns; i++) {
        const Meaning *other = &heading->columns[i].meaning;
        if (other->kind == meaning->kind && other->field == meaning->field) return &heading->columns[i];
    }
    return NULL;
}

/* The unit of a heading, else of the group over it, else of the sheet. */
static int power_of(Mapping *mapping, const Field *field, const Read *read) {
    int own = own_power(field), given = words_heading_power(read->text);
    if (own < 0) return 0;
    if (given < 0 && read->group) given = words_heading_power(read->group);
    if (given < 0) given = mapping->sheet_power;
    if (given < 0 || given >= own) return given < 0 ? 0 : given - own;
    diag_error(mapping->diag, place_of(mapping, read->text), "smaller-unit",
               "'%s' is kept in %s, the column has a smaller unit; convert the column", label_text(field->label),
               field->unit);
    return 0;
}

static void report_unknown(const Mapping *mapping, const char *text) {
    diag_warn(mapping->diag, place_of(mapping, text), "unknown-heading",
              "the heading '%s' is not known to this ledger; the column was not read", text);
}

/* Of two columns for one field the one with its own name is read; otherwise nobody can tell which. */
static void settle_twins(Mapping *mapping, Column *other, size_t place, const Read *read) {
    bool is_own = words_are_own(read->meaning, read->text), was_own = words_are_own(&other->meaning, other->text);
    if (is_own == was_own) {
        diag_error(mapping->diag, place_of(mapping, read->text), "two-columns",
                   "the columns '%s' and '%s' mean the same; delete or rename one of them", other->text, read->text);
        return;
    }
    report_unknown(mapping, was_own ? read->text : other->text);
    if (was_own) return;
    other->place = place;
    other->text = text_clean(mapping->heading->columns, read->text);
    other->power = power_of(mapping, read->meaning->field, read);
}

static void add_column(const void *ctx, Mapping *mapping, size_t place, Read read) {
    Heading *heading = mapping->heading;
    Column *other = column_meaning(heading, read.meaning);
    if (other) {
        settle_twins(mapping, other, place, &read);
        return;
    }
    Column column = {.place = place, .text = text_clean(ctx, read.text), .meaning = *read.meaning};
    if (read.meaning->field) column.power = power_of(mapping, read.meaning->field, &read);
    *mem_push(ctx, heading->columns, heading->n_columns) = column;
}

/* What the caller says of a column takes the place of what its heading says. */
static Read read_as_wanted(const void *ctx, const Mapping *mapping, size_t place, Read read) {
    static const Meaning nothing = {.kind = MEANS_NOTHING};
    const ImportMapping *wanted = mapping->wanted;
    if (!wanted->columns) return read;
    char letter[SHEET_LETTERS_SIZE];
    sheet_column_name(place, letter);
    if (!read.text) read.text = mem_strdup(ctx, letter);
    read.meaning = &nothing;
    for (size_t i = 0; i < wanted->n_columns; i++) {
        if (wanted->columns[i].place != place) continue;
        Meaning *meaning = mem_new(ctx, Meaning);
        if (words_meaning(mapping->ledger, wanted->columns[i].means, meaning)) read.meaning = meaning;
    }
    return read;
}

/* Headings that mean nothing known: named, so that nobody believes they were read. Returns them for "did you mean". */
static size_t map_columns(const void *ctx, const Top *top, const Words *words, const Fit *fit, Mapping *mapping,
                          const char **ret_unknown) {
    size_t n_unknown = 0;
    for (size_t i = 0; i < width_of(top, fit); i++) {
        Read read = read_as_wanted(ctx, mapping, i, read_column(ctx, top, words, fit, i));
        if (!read.text) continue;
        if (!read.meaning) {
            ret_unknown[n_unknown++] = read.text;
            report_unknown(mapping, read.text);
        } else if (read.meaning->kind != MEANS_NOTHING) {
            add_column(ctx, mapping, i, read);
        }
    }
    return n_unknown;
}

static const char *list_headings(const void *ctx, const Heading *heading, const char *const *unknown,
                                 size_t n_unknown) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < heading->n_columns; i++)
        buf_printf(&out, "%s%s", out.size ? "、" : "", heading->columns[i].text);
    for (size_t i = 0; i < n_unknown; i++) buf_printf(&out, "%s%s", out.size ? "、" : "", unknown[i]);
    return buf_text(&out);
}

static void report_missing(const void *ctx, Mapping *mapping, const char *const *unknown, size_t n_unknown) {
    const char *found = list_headings(ctx, mapping->heading, unknown, n_unknown);
    for (size_t i = 0; i < mapping->ledger->n_fields; i++) {
        const Field *field = &mapping->ledger->fields[i];
        if (!heading_needs(field) || column_meaning(mapping->heading, &(Meaning){MEANS_FIELD, field})) continue;
        const char *label = label_text(field->label), *near = text_nearest(label, unknown, n_unknown);
        if (near)
            diag_error(mapping->diag, place_of(mapping, label), "missing-column",
                       "the column '%s' is missing; is '%s' meant? rename it", label, near);
        else
            diag_error(mapping->diag, place_of(mapping, label), "missing-column",
                       "the column '%s' is missing; add it (found: %s)", label, found);
    }
}

/* --- the sheet --- */

static Place place_in(const char *path, const SheetFile *file, size_t sheet, uint32_t row) {
    return (Place){.file = path, .sheet = sheet_name(file, sheet), .row = row};
}

/* What is looked for, and in which file. */
typedef struct Looking {
    const void *ctx;
    SheetFile *file;
    const char *path; /* to name in findings */
    const ImportMapping *wanted;
    const Ledger *ledger;
    const Words *words;
    Diag *diag;
} Looking;

static void refuse(const Looking *looking) {
    const Ledger *ledger = looking->ledger;
    size_t sheet = looking->wanted->sheet;
    Buf wanted = BUF_INIT(looking->ctx);
    for (size_t i = 0; i < ledger->n_fields; i++)
        if (ledger->fields[i].required)
            buf_printf(&wanted, "%s%s", wanted.size ? "、" : "", label_text(ledger->fields[i].label));
    Place at = sheet ? place_in(looking->path, looking->file, sheet - 1, 0) : PLACE_FILE(looking->path);
    diag_error(looking->diag, at, "no-heading",
               "no heading of '%s' was found in the first %u rows; it needs the columns %s: take an export as the form",
               label_text(ledger->title), IMPORT_HEADING_ROWS, buf_text(&wanted));
}

/* What is found in one sheet. */
typedef struct Found {
    Top *top;
    Fit fit;
    size_t sheet;
} Found;

/* Whether what is looked for stands in the sheet whose top this is; `whole`: with every needed column. */
static bool fits(const Looking *looking, const Top *top, bool whole, Fit *ret_fit) {
    if (looking->wanted->heading)
        return fit_row(top, looking->words, looking->ledger, looking->wanted->heading, ret_fit);
    *ret_fit = find_best(top, looking->words, looking->ledger);
    return is_heading(ret_fit) && (ret_fit->is_complete || !whole);
}

/* Looks through the sheets for one whose heading fits. 0, 1 there is none, negative: broken, with findings. */
static int look(const Looking *looking, bool whole, Found *ret_found) {
    const size_t only = looking->wanted->sheet;
    for (size_t i = 0; i < sheet_count(looking->file); i++) {
        if (only ? i + 1 != only : sheet_is_hidden(looking->file, i)) continue;
        Top *top = mem_new(looking->ctx, Top);
        if (read_top(top, looking->file, i, looking->diag)) return -1;
        *ret_found = (Found){.top = top, .sheet = i};
        if (fits(looking, top, whole, &ret_found->fit)) return 0;
        talloc_free(top);
    }
    return 1;
}

static int map_heading(const void *ctx, const Top *top, const Fit *fit, const Words *words, Mapping *mapping) {
    size_t errors = mapping->diag->errors;
    const char **unknown = mem_array(top, const char *, width_of(top, fit) + 1);
    mapping->sheet_power = sheet_power(top, fit);
    size_t n_unknown = map_columns(ctx, top, words, fit, mapping, unknown);
    given_add(ctx, mapping->wanted, words, mapping->at, mapping->diag, mapping->heading);
    report_missing(top, mapping, unknown, n_unknown);
    return mapping->diag->errors > errors;
}

int heading_find(const void *ctx, SheetFile *file, const char *path, const ImportMapping *wanted, const Ledger *ledger,
                 Diag *diag, Heading *ret_heading) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    *ret_heading = (Heading){0};
    if (wanted->sheet > sheet_count(file)) {
        diag_error(diag, PLACE_FILE(path), "no-sheet", "there is no sheet %zu, the file has %zu; choose one of them",
                   wanted->sheet, sheet_count(file));
        return 1;
    }
    const Words *words = words_new(scratch, ledger);
    const Looking looking = {scratch, file, path, wanted, ledger, words, diag};
    Found found;
    int result = look(&looking, true, &found);
    if (result > 0) result = look(&looking, false, &found);
    if (result > 0) refuse(&looking);
    ret_heading->broken = result < 0;
    if (result) return 1;
    const Fit *fit = &found.fit;
    uint32_t last_row = found.top->lines[fit->line + fit->pair].row;
    *ret_heading = (Heading){.sheet = found.sheet, .last_row = last_row};
    Mapping mapping = {.ledger = ledger,
                       .at = place_in(path, file, found.sheet, last_row),
                       .diag = diag,
                       .wanted = wanted,
                       .heading = ret_heading};
    return map_heading(ctx, found.top, fit, words, &mapping) || sheet_select(file, found.sheet, diag);
}

const Column *heading_column(const Heading *heading, const char *name) {
    for (size_t i = 0; name && i < heading->n_columns; i++) {
        const Column *column = &heading->columns[i];
        const Field *field = column->meaning.field;
        const char *label = field                                  ? label_text(field->label)
                            : column->meaning.kind == MEANS_NUMBER ? label_text(words_number)
                                                                   : "";
        if (!strcmp(column->text, name) || !strcmp(label, name)) return column;
    }
    return NULL;
}
