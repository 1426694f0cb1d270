/* defn/link.c: names into pointers. Every name that leads nowhere is a finding with the nearest that does.
 * After it, and without findings, all pointers of the model but the expressions are set. */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "defn/parts.h"

typedef struct Linking {
    Catalog *catalog;
    Diag *diag;
} Linking;

/* Columns and words that every record has; a field of that name would hide them. */
static const char *const reserved[] = {"id",  "org", "version", "state",       "number",      "batch",
                                       "na",  "seq", "period",  "recorded_from", "recorded_to", "today",
                                       "and", "or",  "not",     "in",          "at",          "contains"};

/* --- finding by name in an array of objects that begin with their Name --- */

static const void *find_named(const void *array, size_t n, size_t size, const char *name) {
    for (size_t i = 0; i < n; i++) {
        const Name *object = (const void *)((const char *)array + i * size);
        if (object->text && !strcmp(object->text, name)) return object;
    }
    return NULL;
}

static const char *nearest_named(const void *ctx, const void *array, size_t n, size_t size, const char *name) {
    const char **names = mem_array(ctx, const char *, n + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const Name *object = (const void *)((const char *)array + i * size);
        if (object->text) names[count++] = object->text;
    }
    return text_nearest(name, names, count);
}

/* The object of that name; NULL with a finding when there is none, NULL without one when no name is written. */
#define RESOLVE(linking, name, array, n, what) resolve((linking), (name), (array), (n), sizeof *(array), (what))

static const void *resolve(Linking *linking, const Name *name, const void *array, size_t n, size_t size,
                           const char *what) {
    if (!name->text) return NULL;
    const void *found = find_named(array, n, size, name->text);
    if (found) return found;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *near = nearest_named(scratch, array, n, size, name->text);
    if (near)
        diag_error(linking->diag, name->at, "unknown-name", "there is no %s '%s'; did you mean '%s'?", what, name->text,
                   near);
    else
        diag_error(linking->diag, name->at, "unknown-name", "there is no %s '%s'; define it or correct the name", what,
                   name->text);
    return NULL;
}

static const Field *resolve_field(Linking *linking, const Ledger *ledger, const Name *name) {
    return RESOLVE(linking, name, ledger->fields, ledger->n_fields, "field");
}

static const State *resolve_state(Linking *linking, const Ledger *ledger, const Name *name) {
    return RESOLVE(linking, name, ledger->states, ledger->n_states, "state");
}

/* Resolves a list of field names into an array owned by the catalog; those not found are left out. */
static const Field **resolve_fields(Linking *linking, const Ledger *ledger, const Names *names, size_t *ret_count) {
    const Field **fields = mem_array(linking->catalog, const Field *, names->count + 1);
    size_t n = 0;
    for (size_t i = 0; i < names->count; i++) {
        const Field *field = resolve_field(linking, ledger, &names->list[i]);
        if (field) fields[n++] = field;
    }
    *ret_count = n;
    return fields;
}

static void check_twice(Linking *linking, const void *array, size_t n, size_t size, const char *what) {
    for (size_t i = 1; i < n; i++) {
        const Name *name = (const void *)((const char *)array + i * size);
        if (name->text && find_named(array, i, size, name->text))
            diag_error(linking->diag, name->at, "twice", "the %s '%s' is written twice; rename one", what, name->text);
    }
}

static void check_roles(Linking *linking, const Names *roles) {
    for (size_t i = 0; i < roles->count; i++)
        (void)RESOLVE(linking, &roles->list[i], linking->catalog->roles, linking->catalog->n_roles, "role");
}

/* --- fields --- */

typedef struct Attribute {
    unsigned use;
    const char *name;
    size_t written; /* offset of the Name or pointer that is set when it was written */
} Attribute;

static const Attribute attributes[] = {
    {USES_MIN, "min", offsetof(Field, min_text.text)},     {USES_MAX, "max", offsetof(Field, max_text.text)},
    {USES_SCALE, "scale", offsetof(Field, scale_text.text)}, {USES_UNIT, "unit", offsetof(Field, unit)},
    {USES_LIST, "list", offsetof(Field, list_name.text)},  {USES_TO, "to", offsetof(Field, to_name.text)},
    {USES_ROWS, "rows", offsetof(Field, rows)},
};
static const unsigned NEEDED = USES_LIST | USES_TO | USES_ROWS; /* a kind that uses these cannot do without */

static void check_attributes(Linking *linking, const Field *field) {
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        const Attribute *attribute = &attributes[i];
        const char *const *member = (const void *)((const char *)field + attribute->written);
        bool uses = field->kind->uses & attribute->use;
        if (*member && !uses)
            diag_error(linking->diag, field->name.at, "not-for-kind", "'%s' has no meaning for a field of kind %s; remove it",
                       attribute->name, field->kind->name);
        if (!*member && uses && (attribute->use & NEEDED))
            diag_error(linking->diag, field->name.at, "missing-key", "a field of kind %s needs '%s'; write it",
                       field->kind->name, attribute->name);
    }
}

/* A whole number written as an attribute, scaled like the field's values. */
static bool link_number(Linking *linking, const Name *text, int scale, int64_t *ret_units) {
    if (!text->text) return false;
    if (decimal_parse(text->text, scale, ret_units) == DECIMAL_OK) return true;
    diag_error(linking->diag, text->at, "not-a-number", "'%s' is not a number that fits here; correct it", text->text);
    return false;
}

static int link_scale(Linking *linking, const Name *text, int standard) {
    int64_t scale;
    if (!link_number(linking, text, 0, &scale)) return standard;
    if (scale >= 0 && scale <= 6) return (int)scale;
    diag_error(linking->diag, text->at, "bad-scale", "scale is the number of decimals, 0 to 6; correct it");
    return standard;
}

static void link_field(Linking *linking, Field *field, size_t index) {
    const Catalog *catalog = linking->catalog;
    field->index = index;
    if (!field->name.text || !field->kind_name.text) return; /* said already */
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
        if (!strcmp(field->name.text, reserved[i]))
            diag_error(linking->diag, field->name.at, "reserved", "every record has '%s' already; rename this field",
                       reserved[i]);
    field->kind = kind_find(field->kind_name.text);
    if (!field->kind) {
        const char *names[40];
        size_t n = 0;
        for (; kind_all[n]; n++) names[n] = kind_all[n]->name;
        const char *near = text_nearest(field->kind_name.text, names, n);
        diag_error(linking->diag, field->kind_name.at, "unknown-kind", "there is no kind of field '%s'; did you mean '%s'?",
                   field->kind_name.text, near ? near : "text");
        field->kind = kind_find("text"); /* so that everything else can still be checked */
        return;
    }
    check_attributes(linking, field);
    field->column = mem_printf(catalog, "\"%s\"", field->name.text);
    field->scale = link_scale(linking, &field->scale_text, field->kind->scale);
    bool is_number = field->kind->type == TYPE_NUMBER;
    field->has_min = link_number(linking, &field->min_text, is_number ? field->scale : 0, &field->min);
    field->has_max = link_number(linking, &field->max_text, is_number ? field->scale : 0, &field->max);
    field->list = RESOLVE(linking, &field->list_name, catalog->codelists, catalog->n_codelists, "code list");
    field->to = RESOLVE(linking, &field->to_name, catalog->ledgers, catalog->n_ledgers, "ledger");
    for (size_t i = 0; i < field->n_rows; i++) {
        link_field(linking, &field->rows[i], i);
        if (field->rows[i].kind && field->rows[i].kind->storage == STORE_JSON)
            diag_error(linking->diag, field->rows[i].name.at, "rows-in-rows",
                       "a child table has no child tables; use a ledger of its own");
    }
    check_twice(linking, field->rows, field->n_rows, sizeof(Field), "field");
}

/* --- states and transitions --- */

static void link_states(Linking *linking, Ledger *ledger) {
    if (!ledger->n_states) {
        ledger->states = mem_new(linking->catalog, State);
        ledger->n_states = 1;
        ledger->states[0] = (State){.name = {"kept", ledger->name.at}, .label = {"在册", "Kept"}};
    }
    if (ledger->n_states > DEFN_STATES_MAX)
        diag_error(linking->diag, ledger->name.at, "too-many", "a ledger has at most %u states; divide it", DEFN_STATES_MAX);
    check_twice(linking, ledger->states, ledger->n_states, sizeof(State), "state");
    for (size_t i = 0; i < ledger->n_states; i++) {
        State *state = &ledger->states[i];
        state->index = i;
        state->date = resolve_field(linking, ledger, &state->date_name);
        if (state->date && state->date->kind && state->date->kind->type != TYPE_DATE)
            diag_error(linking->diag, state->date_name.at, "wrong-kind", "'%s' is not a date; name a field of kind date",
                       state->date_name.text);
        state->number = resolve_field(linking, ledger, &state->number_name);
        state->needs = resolve_fields(linking, ledger, &state->need_names, &state->n_needs);
    }
}

static void link_transition(Linking *linking, const Ledger *ledger, Transition *transition) {
    transition->from = mem_array(linking->catalog, const State *, transition->from_names.count + 1);
    for (size_t i = 0; i < transition->from_names.count; i++) {
        const State *state = resolve_state(linking, ledger, &transition->from_names.list[i]);
        if (state) transition->from[transition->n_from++] = state;
    }
    transition->to = resolve_state(linking, ledger, &transition->to_name);
    transition->needs = resolve_fields(linking, ledger, &transition->need_names, &transition->n_needs);
    check_roles(linking, &transition->by);
}

/* --- ledgers --- */

/* The columns of a list may also name what every record has. */
static void link_list(Linking *linking, Ledger *ledger) {
    Names fields = {0};
    for (size_t i = 0; i < ledger->list_names.count; i++) {
        const Name *name = &ledger->list_names.list[i];
        if (strcmp(name->text, "state") && strcmp(name->text, "number"))
            *mem_push(linking->catalog, fields.list, fields.count) = *name;
    }
    ledger->list = resolve_fields(linking, ledger, &fields, &ledger->n_list);
}

static void link_names(Linking *linking, Ledger *ledger) {
    ledger->key = resolve_fields(linking, ledger, &ledger->key_names, &ledger->n_key);
    for (size_t i = 0; i < ledger->n_key; i++)
        if (!ledger->key[i]->required)
            diag_error(linking->diag, ledger->key_names.list[i].at, "key-not-required",
                       "'%s' is part of the key; make the field required", ledger->key[i]->name.text);
    ledger->shows = resolve_field(linking, ledger, &ledger->shows_name);
    ledger->names = resolve_fields(linking, ledger, &ledger->name_names, &ledger->n_names);
    if (ledger->n_names || !ledger->shows) return;
    ledger->names = mem_array(linking->catalog, const Field *, 2);
    if (ledger->n_key == 1 && ledger->key[0] != ledger->shows) ledger->names[ledger->n_names++] = ledger->key[0];
    ledger->names[ledger->n_names++] = ledger->shows;
}

static int compare_names(const void *a, const void *b) {
    const Field *const *one = a, *const *other = b;
    const char *left = (*one)->name.text, *right = (*other)->name.text;
    return strcmp(left ? left : "", right ? right : "");
}

static void sort_fields(Linking *linking, Ledger *ledger) {
    ledger->by_name = mem_array(linking->catalog, const Field *, ledger->n_fields + 1);
    for (size_t i = 0; i < ledger->n_fields; i++) ledger->by_name[i] = &ledger->fields[i];
    qsort(ledger->by_name, ledger->n_fields, sizeof *ledger->by_name, compare_names);
}

static void link_ledger(Linking *linking, Ledger *ledger) {
    if (ledger->n_fields > DEFN_FIELDS_MAX)
        diag_error(linking->diag, ledger->name.at, "too-many", "a ledger has at most %u fields; divide it", DEFN_FIELDS_MAX);
    check_twice(linking, ledger->fields, ledger->n_fields, sizeof(Field), "field");
    for (size_t i = 0; i < ledger->n_fields; i++) link_field(linking, &ledger->fields[i], i);
    link_states(linking, ledger);
    check_twice(linking, ledger->transitions, ledger->n_transitions, sizeof(Transition), "transition");
    for (size_t i = 0; i < ledger->n_transitions; i++) link_transition(linking, ledger, &ledger->transitions[i]);
    link_names(linking, ledger);
    link_list(linking, ledger);
    sort_fields(linking, ledger);
    check_roles(linking, &ledger->edit);
    ledger->table = mem_printf(linking->catalog, "l_%s", ledger->name.text);
    for (size_t i = 0; i < ledger->n_checks; i++) {
        Check *check = &ledger->checks[i];
        check->level = check->level_name.text && !strcmp(check->level_name.text, "warn") ? DIAG_WARN : DIAG_ERROR;
        if (check->level_name.text && check->level == DIAG_ERROR && strcmp(check->level_name.text, "error"))
            diag_error(linking->diag, check->level_name.at, "bad-level", "level is error or warn; correct it");
    }
}

static void link_codelist(Linking *linking, CodeList *list) {
    check_twice(linking, list->codes, list->n_codes, sizeof(Code), "code");
    list->words = mem_array(linking->catalog, const char *, list->n_codes + 1);
    for (size_t i = 0; i < list->n_codes; i++) list->words[i] = list->codes[i].name.text ? list->codes[i].name.text : "";
}

/* The list `indicators`: every indicator by code, title and aliases. */
static void make_indicator_list(Linking *linking) {
    Catalog *catalog = linking->catalog;
    CodeList list = {.name = {.text = "indicators"}, .title = {"指标", "Indicators"}};
    list.codes = mem_array(catalog, Code, catalog->n_indicators + 1);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        list.codes[list.n_codes++] = (Code){indicator->name, indicator->title, indicator->aliases};
    }
    *mem_push(catalog, catalog->codelists, catalog->n_codelists) = list;
}

/* --- indicators --- */

static const char *const kind_names[] = {"flow", "stock", "ratio", "growth", "rank", "stated", NULL};
static const char *const measure_names[] = {"count", "distinct", "sum", "avg", "ratio", "growth", "stated", NULL};

const char *indicator_kind_name(IndicatorKind kind) { return kind_names[kind]; }
const char *measure_kind_name(MeasureKind measure) { return measure_names[measure]; }

/* The index of the first word of a text in a list; -1 with a finding. */
static int link_word(Linking *linking, const Name *text, const char *const *words, const char *what) {
    if (!text->text) return 0;
    size_t size = strcspn(text->text, " ");
    for (int i = 0; words[i]; i++)
        if (strlen(words[i]) == size && !strncmp(words[i], text->text, size)) return i;
    diag_error(linking->diag, text->at, "unknown-word", "'%.*s' is no %s; see the definition language", (int)size,
               text->text, what);
    return -1;
}

/* "ratio a / b" and "growth a": the indicators a and b. */
static void link_operands(Linking *linking, Indicator *indicator) {
    const Name *text = &indicator->measure_text;
    char *rest = mem_strdup(linking->catalog, text->text + strcspn(text->text, " "));
    char *slash = strchr(rest, '/');
    bool is_ratio = indicator->measure == MEASURE_RATIO;
    if (is_ratio != (slash != NULL)) {
        diag_error(linking->diag, text->at, "bad-measure", "write 'ratio INDICATOR / INDICATOR' or 'growth INDICATOR'");
        return;
    }
    if (slash) *slash = '\0';
    const Catalog *catalog = linking->catalog;
    Name a = {text_clean(catalog, rest), text->at};
    indicator->a = RESOLVE(linking, &a, catalog->indicators, catalog->n_indicators, "indicator");
    if (!slash) return;
    Name b = {text_clean(catalog, slash + 1), text->at};
    indicator->b = RESOLVE(linking, &b, catalog->indicators, catalog->n_indicators, "indicator");
}

static void link_indicator(Linking *linking, Indicator *indicator) {
    const Catalog *catalog = linking->catalog;
    int kind = link_word(linking, &indicator->kind_name, kind_names, "kind of indicator");
    int measure = link_word(linking, &indicator->measure_text, measure_names, "measure");
    if (kind < 0 || measure < 0 || !indicator->measure_text.text) return;
    indicator->kind = (IndicatorKind)kind;
    indicator->measure = (MeasureKind)measure;
    bool derived = indicator->measure == MEASURE_RATIO || indicator->measure == MEASURE_GROWTH;
    indicator->scale = link_scale(linking, &indicator->scale_text, indicator->measure == MEASURE_GROWTH ? 1 : 2);
    if (derived) link_operands(linking, indicator);
    if (derived == (indicator->of_name.text != NULL))
        diag_error(linking->diag, indicator->name.at, "bad-measure",
                   derived ? "a ratio or growth is of indicators; remove 'of'" : "'of' is missing; name the ledger that is counted");
    if (derived && indicator->where_text.text)
        diag_error(linking->diag, indicator->where_text.at, "bad-measure",
                   "a ratio or growth has no condition of its own; put it into its indicators");
    indicator->of = RESOLVE(linking, &indicator->of_name, catalog->ledgers, catalog->n_ledgers, "ledger");
    indicator->reported =
        RESOLVE(linking, &indicator->reported_name, catalog->indicators, catalog->n_indicators, "indicator");
    indicator->expected =
        RESOLVE(linking, &indicator->expected_name, catalog->indicators, catalog->n_indicators, "indicator");
}

/* A ratio of a ratio of itself would never end. */
static bool leads_back(const Indicator *from, const Indicator *to, unsigned depth) {
    if (!from || depth > 8) return from != NULL;
    if (from == to) return true;
    return leads_back(from->a, to, depth + 1) || leads_back(from->b, to, depth + 1);
}

static void check_circles(Linking *linking) {
    for (size_t i = 0; i < linking->catalog->n_indicators; i++) {
        const Indicator *indicator = &linking->catalog->indicators[i];
        if (leads_back(indicator->a, indicator, 0) || leads_back(indicator->b, indicator, 0))
            diag_error(linking->diag, indicator->measure_text.at, "circle",
                       "'%s' is computed from itself; break the circle", indicator->name.text);
    }
}

/* --- reports --- */

static void link_report(Linking *linking, Report *report) {
    const Catalog *catalog = linking->catalog;
    check_twice(linking, report->lists, report->n_lists, sizeof(ReportList), "list");
    for (size_t i = 0; i < report->n_lists; i++) {
        ReportList *list = &report->lists[i];
        list->of = RESOLVE(linking, &list->of_name, catalog->ledgers, catalog->n_ledgers, "ledger");
        if (list->of) list->order = resolve_field(linking, list->of, &list->order_name);
    }
}

void defn_link(Catalog *catalog, Diag *diag) {
    Linking linking = {catalog, diag};
    make_indicator_list(&linking);
    for (size_t i = 0; i < catalog->n_codelists; i++) link_codelist(&linking, &catalog->codelists[i]);
    for (size_t i = 0; i < catalog->n_ledgers; i++) link_ledger(&linking, &catalog->ledgers[i]);
    for (size_t i = 0; i < catalog->n_indicators; i++) link_indicator(&linking, &catalog->indicators[i]);
    check_circles(&linking);
    for (size_t i = 0; i < catalog->n_reports; i++) link_report(&linking, &catalog->reports[i]);
}
