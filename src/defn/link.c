/* defn/link.c: names into pointers. Every name that leads nowhere is a finding with the nearest that does.
 * After it, and without findings, all pointers of the model but the expressions are set. */
#include "defn/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "base/text.h"

#define INDICATOR_LIST "indicators"

/* What is said of a name that leads nowhere, with and without one that is near, and of one that stands twice; NULL
 * where that is seen elsewhere or cannot be. */
static const struct {
    const char *near, *none, *twice;
} words[] = {
    [THING_LEDGER] = {"there is no ledger '%s'; did you mean '%s'?",
                      "there is no ledger '%s'; define it or correct the name"},
    [THING_FIELD] = {"there is no field '%s'; did you mean '%s'?",
                     "there is no field '%s'; define it or correct the name",
                     "the field '%s' is written twice; rename one"},
    [THING_STATE] = {"there is no state '%s'; did you mean '%s'?",
                     "there is no state '%s'; define it or correct the name",
                     "the state '%s' is written twice; rename one"},
    [THING_TRANSITION] = {.twice = "the transition '%s' is written twice; rename one"},
    [THING_CODELIST] = {"there is no code list '%s'; did you mean '%s'?",
                        "there is no code list '%s'; define it or correct the name"},
    [THING_CODE] = {.twice = "the code '%s' is written twice; rename one"},
    [THING_INDICATOR] = {"there is no indicator '%s'; did you mean '%s'?",
                         "there is no indicator '%s'; define it or correct the name"},
    [THING_REPORT_LIST] = {.twice = "the list '%s' is written twice; rename one"},
    [THING_ROLE] = {"there is no role '%s'; did you mean '%s'?", "there is no role '%s'; define it or correct the name",
                    "the role '%s' is written twice; rename one"},
};

/* --- finding by name --- */

static const char *nearest_named(const void *ctx, const void *array, size_t n, size_t size, const char *name) {
    const char **names = mem_array(ctx, const char *, n + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const Name *object = (const void *)((const char *)array + i * size);
        if (object->text) names[count++] = object->text;
    }
    return text_nearest(name, names, count);
}

const void *link_resolve(const Linking *linking, const Name *name, const void *array, size_t n, size_t size,
                         Thing thing) {
    if (!name->text) return NULL;
    const void *found = defn_find_named(array, n, size, name->text);
    if (found) return found;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *near = nearest_named(scratch, array, n, size, name->text);
    if (near)
        diag_error(linking->diag, name->at, "unknown-name", words[thing].near, name->text, near);
    else
        diag_error(linking->diag, name->at, "unknown-name", words[thing].none, name->text);
    return NULL;
}

const Field *link_field_named(const Linking *linking, const Ledger *ledger, const Name *name) {
    return RESOLVE(linking, name, ledger->fields, ledger->n_fields, THING_FIELD);
}

void link_check_roles(const Linking *linking, const Names *roles) {
    for (size_t i = 0; i < roles->count; i++) {
        const Name *name = &roles->list[i];
        const Role *role = RESOLVE(linking, name, linking->catalog->roles, linking->catalog->n_roles, THING_ROLE);
        if (role && role->apart)
            diag_error(linking->diag, name->at, "apart", "'%s' keeps apart from business; name another role",
                       name->text);
    }
}

void link_check_twice(const Linking *linking, const void *array, size_t n, size_t size, Thing thing) {
    for (size_t i = 1; i < n; i++) {
        const Name *name = (const void *)((const char *)array + i * size);
        if (name->text && defn_find_named(array, i, size, name->text))
            diag_error(linking->diag, name->at, "twice", words[thing].twice, name->text);
    }
}

static const char *list_known(const void *ctx, const char *const *known) {
    Buf list = BUF_INIT(ctx);
    for (size_t i = 0; known[i]; i++) buf_printf(&list, "%s%s", i ? ", " : "", known[i]);
    return buf_text(&list);
}

int link_word(const Linking *linking, const Name *text, const char *const *known, const char *finding) {
    if (!text->text) return -1;
    size_t size = strcspn(text->text, " ");
    for (int i = 0; known[i]; i++)
        if (strlen(known[i]) == size && !strncmp(known[i], text->text, size)) return i;
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_error(linking->diag, text->at, "unknown-word", finding, (int)size, text->text, list_known(scratch, known));
    return -1;
}

/* --- what people call things --- */

static void add_word(Callings *callings, const Name *by, const char *word) {
    if (word && by->text) *mem_push(callings->ctx, callings->list, callings->count) = (Called){word, by};
}

void link_add_calling(Callings *callings, const Name *by, Label label, const Names *aliases) {
    add_word(callings, by, label.zh);
    add_word(callings, by, label.en);
    for (size_t i = 0; i < aliases->count; i++) add_word(callings, by, aliases->list[i].text);
}

/* By word; of one word in the order of the file. */
static int compare_callings(const void *a, const void *b) {
    const Called *one = a, *other = b;
    int order = strcmp(one->word, other->word);
    return order ? order : (one->by > other->by) - (one->by < other->by);
}

void link_check_callings(const Linking *linking, const Callings *callings) {
    const Name *told = NULL; /* who was found last: in two languages is not worth two findings */
    if (callings->count) qsort(callings->list, callings->count, sizeof *callings->list, compare_callings);
    for (size_t i = 1; i < callings->count; i++) {
        const Called *one = &callings->list[i - 1], *other = &callings->list[i];
        bool is_same = !strcmp(one->by->text, other->by->text); /* written twice, and said already */
        if (is_same || other->by == told || strcmp(one->word, other->word)) continue;
        told = other->by;
        diag_error(linking->diag, other->by->at, "same-word", "'%s' already means '%s'; call '%s' something else",
                   one->word, one->by->text, other->by->text);
    }
}

/* --- numbers --- */

bool link_read_number(const Linking *linking, const Name *text, int scale, int64_t *ret_units) {
    if (!text->text) return false;
    if (decimal_parse(text->text, scale, ret_units) == DECIMAL_OK) return true;
    if (scale)
        diag_error(linking->diag, text->at, "not-a-number", "'%s' is not a number with at most %d decimals; correct it",
                   text->text, scale);
    else
        diag_error(linking->diag, text->at, "not-a-number", "'%s' is not a whole number of up to 18 digits; correct it",
                   text->text);
    return false;
}

int link_read_scale(const Linking *linking, const Name *text, int standard) {
    int64_t scale;
    if (!link_read_number(linking, text, 0, &scale)) return standard;
    if (scale >= 0 && scale <= 6) return (int)scale;
    diag_error(linking->diag, text->at, "bad-scale", "scale is the number of decimals, 0 to 6; correct it");
    return standard;
}

/* --- code lists --- */

/* Codes are stored as words between bars: |a|b|. */
static void check_code(const Linking *linking, const Name *code) {
    if (!code->text) return;
    if (!code->text[0] || strchr(code->text, '|'))
        diag_error(linking->diag, code->at, "bad-code", "a code is a word without |; write one");
}

static void link_codelist(const Linking *linking, CodeList *list) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Callings callings = {.ctx = scratch};
    if (!strcmp(list->name.text, INDICATOR_LIST))
        diag_error(linking->diag, list->name.at, "reserved", "the list '%s' is made by the program; rename this one",
                   INDICATOR_LIST);
    link_check_twice(linking, list->codes, list->n_codes, sizeof(Code), THING_CODE);
    list->words = mem_array(linking->catalog, const char *, list->n_codes + 1);
    for (size_t i = 0; i < list->n_codes; i++) {
        const Code *code = &list->codes[i];
        check_code(linking, &code->name);
        link_add_calling(&callings, &code->name, code->label, &code->aliases);
        list->words[i] = code->name.text ? code->name.text : "";
    }
    link_check_callings(linking, &callings);
}

/* The list `indicators`: every indicator by code, title and aliases. */
static void add_indicator_list(const Linking *linking) {
    Catalog *catalog = linking->catalog;
    CodeList list = {.name = {.text = INDICATOR_LIST}, .title = {"指标", "Indicators"}};
    list.codes = mem_array(catalog, Code, catalog->n_indicators + 1);
    list.words = mem_array(catalog, const char *, catalog->n_indicators + 1);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        list.words[i] = indicator->name.text;
        list.codes[list.n_codes++] = (Code){indicator->name, indicator->title, indicator->aliases};
    }
    *mem_push(catalog, catalog->codelists, catalog->n_codelists) = list;
}

/* --- areas and reports --- */

/* Menus and boards look for an area by its number. */
static void link_areas(const Linking *linking) {
    Area *areas = linking->catalog->areas;
    for (size_t i = 0; i < linking->catalog->n_areas; i++) {
        if (!link_read_number(linking, &areas[i].number_text, 0, &areas[i].number)) continue;
        size_t k = 0;
        while (areas[k].number != areas[i].number) k++;
        if (k < i)
            diag_error(linking->diag, areas[i].number_text.at, "twice", "the area %s is written twice; renumber one",
                       areas[i].number_text.text);
    }
}

static void link_report(const Linking *linking, Report *report) {
    const Catalog *catalog = linking->catalog;
    link_check_roles(linking, &report->signed_by);
    if (report->months && (report->months < 1 || 12 % report->months))
        diag_error(linking->diag, report->name.at, "bad-months",
                   "a report is written for 1, 3, 6 or 12 months; write one of them");
    link_check_twice(linking, report->lists, report->n_lists, sizeof(ReportList), THING_REPORT_LIST);
    for (size_t i = 0; i < report->n_lists; i++) {
        ReportList *list = &report->lists[i];
        list->of = RESOLVE(linking, &list->of_name, catalog->ledgers, catalog->n_ledgers, THING_LEDGER);
    }
}

void defn_link(Catalog *catalog, const DefnSources *sources, Diag *diag) {
    const Linking linking = {catalog, sources, diag};
    link_roles(&linking);
    link_areas(&linking);
    for (size_t i = 0; i < catalog->n_codelists; i++) link_codelist(&linking, &catalog->codelists[i]);
    add_indicator_list(&linking);
    for (size_t i = 0; i < catalog->n_ledgers; i++) link_ledger(&linking, &catalog->ledgers[i]);
    link_indicators(&linking);
    link_boards(&linking);
    for (size_t i = 0; i < catalog->n_reports; i++) link_report(&linking, &catalog->reports[i]);
}
