/* defn/link-ledger.c: a ledger: its fields, the way of its states, and the fields it is known by. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "defn/kind.h"
#include "defn/link.h"

#define SERIAL_DIGITS_MAX 9 /* {serial:9} */

static const State *resolve_state(const Linking *linking, const Ledger *ledger, const Name *name) {
    return RESOLVE(linking, name, ledger->states, ledger->n_states, THING_STATE);
}

/* Resolves a list of field names into an array owned by the catalog; those not found are left out. */
static const Field **resolve_fields(const Linking *linking, const Ledger *ledger, const Names *names,
                                    size_t *ret_count) {
    const Field **fields = mem_array(linking->catalog, const Field *, names->count + 1);
    size_t n = 0;
    for (size_t i = 0; i < names->count; i++) {
        const Field *field = link_field_named(linking, ledger, &names->list[i]);
        if (field) fields[n++] = field;
    }
    *ret_count = n;
    return fields;
}

/* --- fields --- */

static void link_fields(const Linking *linking, Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Callings callings = {.ctx = scratch};
    if (ledger->n_fields > DEFN_FIELDS_MAX)
        diag_error(linking->diag, ledger->name.at, "too-many",
                   "there are %zu fields, and a ledger has at most %u; divide it", ledger->n_fields, DEFN_FIELDS_MAX);
    link_check_twice(linking, ledger->fields, ledger->n_fields, sizeof(Field), THING_FIELD);
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        link_field(linking, ledger, &ledger->fields[i], i);
        link_add_calling(&callings, &field->name, field->label, &field->aliases);
    }
    link_check_callings(linking, &callings);
}

static int compare_names(const void *a, const void *b) {
    const Field *const *one = a, *const *other = b;
    const char *left = (*one)->name.text, *right = (*other)->name.text;
    return strcmp(left ? left : "", right ? right : "");
}

static void sort_fields(const Linking *linking, Ledger *ledger) {
    ledger->by_name = mem_array(linking->catalog, const Field *, ledger->n_fields + 1);
    for (size_t i = 0; i < ledger->n_fields; i++) ledger->by_name[i] = &ledger->fields[i];
    qsort(ledger->by_name, ledger->n_fields, sizeof *ledger->by_name, compare_names);
}

/* --- states and transitions --- */

static void link_state(const Linking *linking, const Ledger *ledger, State *state) {
    state->date = link_field_named(linking, ledger, &state->date_name);
    if (state->date && state->date->kind && state->date->kind->type != TYPE_DATE)
        diag_error(linking->diag, state->date_name.at, "wrong-kind", "'%s' is not a date; name a field of kind date",
                   state->date_name.text);
    for (size_t i = 0; state->date && i < state->index; i++)
        if (ledger->states[i].date == state->date)
            diag_error(linking->diag, state->date_name.at, "same-date",
                       "'%s' is already the day of '%s'; give each state a date field of its own",
                       state->date_name.text, ledger->states[i].name.text);
    state->number = link_field_named(linking, ledger, &state->number_name);
    state->needs = resolve_fields(linking, ledger, &state->need_names, &state->n_needs);
}

static void link_states(const Linking *linking, Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Callings callings = {.ctx = scratch};
    if (!ledger->n_states) {
        ledger->states = mem_new(linking->catalog, State);
        ledger->n_states = 1;
        ledger->states[0] = (State){.name = {"kept", ledger->name.at}, .label = {"在册", "Kept"}};
    }
    if (ledger->n_states > DEFN_STATES_MAX)
        diag_error(linking->diag, ledger->name.at, "too-many",
                   "there are %zu states, and a ledger has at most %u; divide it", ledger->n_states, DEFN_STATES_MAX);
    link_check_twice(linking, ledger->states, ledger->n_states, sizeof(State), THING_STATE);
    for (size_t i = 0; i < ledger->n_states; i++) {
        State *state = &ledger->states[i];
        state->index = i;
        link_state(linking, ledger, state);
        link_term(linking, ledger, state);
        link_add_calling(&callings, &state->name, state->label, &(Names){0});
    }
    link_check_callings(linking, &callings);
}

/* What is to be completed is a text of several lines, without which nothing is given back. */
static void link_returns(const Linking *linking, const Ledger *ledger, Transition *transition) {
    const Field *field = transition->returns = link_field_named(linking, ledger, &transition->returns_name);
    if (!field) return;
    if (field->kind && strcmp(field->kind->name, "long_text"))
        diag_error(linking->diag, transition->returns_name.at, "wrong-kind",
                   "'%s' holds one line; name a field of kind long_text", field->name.text);
    transition->needs[transition->n_needs++] = field; /* resolve_fields leaves room for one more */
}

/* The change log calls by these words what is done to a record besides its steps. */
static bool is_word_of_log(const char *word) {
    static const char *const words[] = {"create", "edit", "withdraw", "restore", "undo"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strcmp(words[i], word)) return true;
    return false;
}

static void link_transition(const Linking *linking, const Ledger *ledger, Transition *transition) {
    if (transition->name.text && is_word_of_log(transition->name.text))
        diag_error(linking->diag, transition->name.at, "word-of-log",
                   "'%s' is a word of the change log itself; call the transition otherwise", transition->name.text);
    transition->from = mem_array(linking->catalog, const State *, transition->from_names.count + 1);
    for (size_t i = 0; i < transition->from_names.count; i++) {
        const Name *name = &transition->from_names.list[i];
        const State *state = resolve_state(linking, ledger, name);
        if (!state) continue;
        transition->from[transition->n_from++] = state;
        if (state->final)
            diag_error(linking->diag, name->at, "leaves-end",
                       "'%s' is final and cannot be left; remove it here, or its 'final'", name->text);
    }
    transition->to = resolve_state(linking, ledger, &transition->to_name);
    transition->needs = resolve_fields(linking, ledger, &transition->need_names, &transition->n_needs);
    link_returns(linking, ledger, transition);
    link_check_roles(linking, &transition->by);
}

/* --- what a record is known by --- */

/* The columns of a list may also name what every record has. */
static void link_list(const Linking *linking, Ledger *ledger) {
    Names fields = {0};
    for (size_t i = 0; i < ledger->list_names.count; i++) {
        const Name *name = &ledger->list_names.list[i];
        if (strcmp(name->text, "state") && strcmp(name->text, "number"))
            *mem_push(linking->catalog, fields.list, fields.count) = *name;
    }
    ledger->list = resolve_fields(linking, ledger, &fields, &ledger->n_list);
}

static void link_key(const Linking *linking, Ledger *ledger) {
    ledger->key = resolve_fields(linking, ledger, &ledger->key_names, &ledger->n_key);
    for (size_t i = 0; i < ledger->key_names.count; i++) {
        const Name *name = &ledger->key_names.list[i];
        const Field *field = ledger_find_field(ledger, name->text);
        if (field && !field->required)
            diag_error(linking->diag, name->at, "key-not-required",
                       "'%s' is part of the key; write required: true at the field", name->text);
    }
}

static void link_joined(const Linking *linking, Ledger *ledger) {
    ledger->joined = resolve_fields(linking, ledger, &ledger->joined_names, &ledger->n_joined);
    for (size_t i = 0; i < ledger->n_joined; i++) {
        const Field *field = ledger->joined[i];
        if (strcmp(field->kind->name, "text") != 0 || field->personal)
            diag_error(linking->diag, ledger->joined_names.list[i].at, "joined-not-text",
                       "'%s' cannot be part of a joined name; name fields of kind text that are not personal",
                       field->name.text);
    }
}

static void link_names(const Linking *linking, Ledger *ledger) {
    link_joined(linking, ledger);
    ledger->shows = link_field_named(linking, ledger, &ledger->shows_name);
    ledger->names = resolve_fields(linking, ledger, &ledger->name_names, &ledger->n_names);
    if (ledger->n_names || !ledger->shows) return;
    ledger->names = mem_array(linking->catalog, const Field *, 2);
    if (ledger->n_key == 1 && ledger->key[0] != ledger->shows) ledger->names[ledger->n_names++] = ledger->key[0];
    ledger->names[ledger->n_names++] = ledger->shows;
}

/* --- the own number --- */

/* Whether a word in braces is {serial:DIGITS}; without digits the number grows as it will. */
static bool is_serial(const char *word, size_t size) {
    if (size == 6) return !strncmp(word, "serial", size);
    return size == 8 && !strncmp(word, "serial:", 7) && word[7] >= '1' && word[7] <= '0' + SERIAL_DIGITS_MAX;
}

/* Fixed text around {year}, {month} and one {serial}; without it all records would get one number. */
static void check_number(const Linking *linking, const Name *pattern) {
    if (!pattern->text) return;
    size_t serials = 0;
    bool fine = true;
    for (const char *at = strchr(pattern->text, '{'); fine && at; at = strchr(at, '{')) {
        size_t size = strcspn(++at, "}");
        bool serial = is_serial(at, size);
        fine = at[size] &&
               (serial || (size == 4 && !strncmp(at, "year", size)) || (size == 5 && !strncmp(at, "month", size)));
        serials += serial;
    }
    if (!fine || serials != 1)
        diag_error(linking->diag, pattern->at, "bad-number",
                   "a number is made of text, {year}, {month} and one {serial:4}; write it like AB-{year}-{serial:4}");
}

static void link_check(const Linking *linking, Check *check) {
    if (!check->level_name.text) return;
    check->level = strcmp(check->level_name.text, "warn") ? DIAG_ERROR : DIAG_WARN;
    if (check->level == DIAG_ERROR && strcmp(check->level_name.text, "error"))
        diag_error(linking->diag, check->level_name.at, "bad-level", "'%s' is no level; write error or warn",
                   check->level_name.text);
}

void link_ledger(const Linking *linking, Ledger *ledger) {
    link_fields(linking, ledger);
    link_states(linking, ledger);
    link_check_twice(linking, ledger->transitions, ledger->n_transitions, sizeof(Transition), THING_TRANSITION);
    for (size_t i = 0; i < ledger->n_transitions; i++) link_transition(linking, ledger, &ledger->transitions[i]);
    link_key(linking, ledger);
    link_names(linking, ledger);
    link_list(linking, ledger);
    sort_fields(linking, ledger);
    check_number(linking, &ledger->number);
    link_check_roles(linking, &ledger->edit);
    ledger->table = mem_printf(linking->catalog, "l_%s", ledger->name.text);
    for (size_t i = 0; i < ledger->n_checks; i++) link_check(linking, &ledger->checks[i]);
}
