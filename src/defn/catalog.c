/* defn/catalog.c: finding things in a catalog, by name or by what people call them. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kinds/kinds.h"
#include "defn/parts.h"

/* Everything that is looked for begins with its Name. */
const void *defn_find_named(const void *array, size_t n, size_t size, const char *name) {
    for (size_t i = 0; i < n; i++) {
        const Name *object = (const void *)((const char *)array + i * size);
        if (object->text && !strcmp(object->text, name)) return object;
    }
    return NULL;
}
#define FIND(array, n, name) defn_find_named((array), (n), sizeof *(array), (name))

const Field *ledger_find_field(const Ledger *ledger, const char *name) {
    return FIND(ledger->fields, ledger->n_fields, name);
}

bool ledger_orders_by(const Ledger *ledger, const Field *field) {
    bool listed = false;
    for (size_t i = 0; i < ledger->n_list; i++) listed |= ledger->list[i] == field;
    return listed && (field->kind->type == TYPE_DATE || field->kind == &kind_money);
}

const State *ledger_find_state(const Ledger *ledger, const char *name) {
    return FIND(ledger->states, ledger->n_states, name);
}

const Transition *ledger_find_transition(const Ledger *ledger, const char *name) {
    return FIND(ledger->transitions, ledger->n_transitions, name);
}

bool transition_leads_from(const Transition *transition, const State *state) {
    for (size_t i = 0; i < transition->n_from; i++)
        if (transition->from[i] == state) return true;
    return false;
}

const Ledger *catalog_find_ledger(const Catalog *catalog, const char *name) {
    return FIND(catalog->ledgers, catalog->n_ledgers, name);
}

const Indicator *catalog_find_indicator(const Catalog *catalog, const char *name) {
    return FIND(catalog->indicators, catalog->n_indicators, name);
}

const Report *catalog_find_report(const Catalog *catalog, const char *name) {
    return FIND(catalog->reports, catalog->n_reports, name);
}

const Board *catalog_find_board(const Catalog *catalog, const char *name) {
    return FIND(catalog->boards, catalog->n_boards, name);
}

const Role *catalog_find_role(const Catalog *catalog, const char *name) {
    return FIND(catalog->roles, catalog->n_roles, name);
}

/* --- what people call things --- */

/* Whether a folded word is what a person may call something. */
static bool is_called(const char *folded, const char *name) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    return name && !strcmp(folded, text_fold(scratch, name));
}

const Ledger *catalog_guess_ledger(const Catalog *catalog, const char *word) {
    const Ledger *ledger = catalog_find_ledger(catalog, word);
    if (ledger) return ledger;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *folded = text_fold(scratch, word);
    for (size_t i = 0; i < catalog->n_ledgers; i++) {
        const Label *title = &catalog->ledgers[i].title;
        if (is_called(folded, title->zh) || is_called(folded, title->en)) return &catalog->ledgers[i];
    }
    return NULL;
}

const Indicator *catalog_guess_indicator(const Catalog *catalog, const char *word) {
    const Indicator *indicator = catalog_find_indicator(catalog, word);
    if (indicator) return indicator;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *folded = text_fold(scratch, word);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Label *title = &catalog->indicators[i].title;
        if (is_called(folded, title->zh) || is_called(folded, title->en)) return &catalog->indicators[i];
    }
    return NULL;
}

const State *ledger_guess_state(const Ledger *ledger, const char *word) {
    for (size_t i = 0; i < ledger->n_states; i++) { /* almost always written exactly */
        const Label *label = &ledger->states[i].label;
        if (!strcmp(word, label->zh) || !strcmp(word, label->en)) return &ledger->states[i];
    }
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *folded = text_fold(scratch, word);
    for (size_t i = 0; i < ledger->n_states; i++) {
        const State *state = &ledger->states[i];
        if (is_called(folded, state->label.zh) || is_called(folded, state->label.en) ||
            is_called(folded, state->name.text))
            return state;
    }
    return NULL;
}

const Code *codelist_find(const CodeList *list, const char *word) {
    for (size_t i = 0; i < list->n_codes; i++) /* almost always written exactly */
        if (!strcmp(word, list->codes[i].name.text) || !strcmp(word, list->codes[i].label.zh)) return &list->codes[i];
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *folded = text_fold(scratch, word);
    for (size_t i = 0; i < list->n_codes; i++) {
        const Code *code = &list->codes[i];
        if (is_called(folded, code->name.text) || is_called(folded, code->label.zh) ||
            is_called(folded, code->label.en))
            return code;
        for (size_t k = 0; k < code->aliases.count; k++)
            if (is_called(folded, code->aliases.list[k].text)) return code;
    }
    return NULL;
}

const Code *codelist_nearest(const CodeList *list, const char *word) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char **labels = mem_array(scratch, const char *, list->n_codes + 1);
    for (size_t i = 0; i < list->n_codes; i++) labels[i] = list->codes[i].label.zh;
    const char *near = text_nearest(word, labels, list->n_codes);
    for (size_t i = 0; near && i < list->n_codes; i++)
        if (labels[i] == near) return &list->codes[i];
    return NULL;
}
