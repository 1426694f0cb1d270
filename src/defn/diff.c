/* defn/diff.c: what leads from one catalog to another, as typed changes. Says which lose something; does nothing. */
#include <string.h>

#include "base/mem.h"
#include "defn/defn.h"
#include "defn/kind.h"

typedef struct Differ {
    const void *ctx;
    DefnChange *list;
    size_t count;
} Differ;

static void add(Differ *differ, DefnChange change, Place at, Label say) {
    change.at = at;
    change.say = say;
    *mem_push(differ->ctx, differ->list, differ->count) = change;
}
#define SAY(differ, ...) label_format((differ)->ctx, __VA_ARGS__)

/* A kind may change when every value of the old one is a value of the new one, stored and written alike. */
static bool widens(const Field *before, const Field *after) {
    static const char *const pairs[][2] = {
        {"text", "long_text"},   {"phone", "text"},    {"email", "text"},   {"url", "text"},
        {"credit_code", "text"}, {"division", "text"}, {"year", "integer"}, {"integer", "decimal"},
        {"percent", "decimal"},  {"money", "decimal"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (!strcmp(before->kind->name, pairs[i][0]) && !strcmp(after->kind->name, pairs[i][1]))
            return before->scale == after->scale;
    return false;
}

static void diff_codes(Differ *differ, DefnChange base, const Field *before, const Field *after) {
    if (!before->list || !after->list || before->list == after->list) return;
    for (size_t i = 0; i < before->list->n_codes; i++) {
        const Name *name = &before->list->codes[i].name;
        bool kept = false;
        for (size_t k = 0; k < after->list->n_codes && !kept; k++)
            kept = !strcmp(after->list->codes[k].name.text, name->text);
        if (kept) continue;
        base.kind = CHANGE_CODE_REMOVED;
        base.lossy = true;
        add(differ, base, after->list_name.at,
            SAY(differ, "%s.%s: '%s' is no longer in the list %s", base.after->name.text, after->name.text, name->text,
                after->list->name.text));
    }
}

static bool narrows(const Field *before, const Field *after) {
    bool upper = after->has_max && (!before->has_max || after->max < before->max);
    bool lower = after->has_min && (!before->has_min || after->min > before->min);
    return upper || lower;
}

/* "money", "decimal(3)" */
static const char *kind_words(const void *ctx, const Field *field) {
    return field->kind->uses & USES_SCALE ? mem_printf(ctx, "%s(%d)", field->kind->name, field->scale)
                                          : field->kind->name;
}

static bool same_kind(const Field *before, const Field *after) {
    return before->kind == after->kind && before->scale == after->scale;
}

/* Whether what is stored for one field can be read as the other's, if not always as one that it would take. */
static bool same_form(const Field *before, const Field *after) {
    const FieldKind *one = before->kind, *other = after->kind;
    return one->storage == other->storage && one->type == other->type && one->sealed == other->sealed &&
           before->scale == after->scale;
}

/* A field that would read what is stored as something else; the way out is a new field. True when there is such a
 * change. */
static bool diff_meaning(Differ *differ, DefnChange base) {
    const Field *before = base.field_before, *after = base.field_after;
    const char *ledger = base.after->name.text, *field = after->name.text;
    bool same_target = !before->to || !after->to || !strcmp(before->to->name.text, after->to->name.text);
    base.kind = CHANGE_FIELD_KIND;
    base.never = !same_target || !same_form(before, after);
    base.lossy = base.never || (!same_kind(before, after) && !widens(before, after));
    if (!same_kind(before, after))
        add(differ, base, after->kind_name.at,
            SAY(differ, "%s.%s: %s becomes %s", ledger, field, kind_words(differ->ctx, before),
                kind_words(differ->ctx, after)));
    else if (!same_target)
        add(differ, base, after->to_name.at,
            SAY(differ, "%s.%s: it refers to %s instead of %s", ledger, field, after->to->name.text,
                before->to->name.text));
    return base.never;
}

static const Field *find_column(const Field *rows, const char *name) {
    for (size_t i = 0; i < rows->n_rows; i++)
        if (!strcmp(rows->rows[i].name.text, name)) return &rows->rows[i];
    return NULL;
}

/* The columns of a child table. They stand in one JSON text, so no table changes. */
static void diff_columns(Differ *differ, DefnChange base) {
    const Field *before = base.field_before, *after = base.field_after;
    const char *ledger = base.after->name.text, *field = after->name.text;
    base.kind = CHANGE_COLUMN;
    for (size_t i = 0; i < after->n_rows; i++) {
        const Field *now = &after->rows[i], *then = find_column(before, now->name.text);
        DefnChange change = base;
        change.never = then && !same_form(then, now);
        change.lossy = change.never || (then && !widens(then, now));
        if (!then)
            add(differ, change, now->name.at, SAY(differ, "%s.%s.%s is new", ledger, field, now->name.text));
        else if (!same_kind(then, now))
            add(differ, change, now->name.at,
                SAY(differ, "%s.%s.%s: %s becomes %s", ledger, field, now->name.text, kind_words(differ->ctx, then),
                    kind_words(differ->ctx, now)));
    }
    base.lossy = true;
    for (size_t i = 0; i < before->n_rows; i++)
        if (!find_column(after, before->rows[i].name.text))
            add(differ, base, after->name.at,
                SAY(differ, "%s.%s.%s is gone", ledger, field, before->rows[i].name.text));
}

static void diff_field(Differ *differ, DefnChange base, const Field *before, const Field *after) {
    const char *ledger = base.after->name.text, *field = after->name.text;
    base.field_before = before;
    base.field_after = after;
    if (diff_meaning(differ, base)) return;
    if (after->required && !before->required) {
        base.kind = CHANGE_FIELD_REQUIRED;
        add(differ, base, after->name.at, SAY(differ, "%s.%s is now required", ledger, field));
    }
    if (narrows(before, after)) {
        base.kind = CHANGE_FIELD_NARROWED;
        add(differ, base, after->name.at,
            SAY(differ, "%s.%s: the bounds are narrower; old values stay", ledger, field));
    }
    if (before->search != after->search) {
        base.kind = CHANGE_INDEX;
        add(differ, base, after->name.at, SAY(differ, "%s.%s: what is searched changes", ledger, field));
    }
    diff_codes(differ, base, before, after);
    diff_columns(differ, base);
}

static void diff_fields(Differ *differ, DefnChange base) {
    for (size_t i = 0; i < base.after->n_fields; i++) {
        const Field *after = &base.after->fields[i], *before = ledger_find_field(base.before, after->name.text);
        DefnChange added = base;
        added.kind = CHANGE_FIELD_ADDED;
        added.field_after = after;
        if (before)
            diff_field(differ, base, before, after);
        else
            add(differ, added, after->name.at, SAY(differ, "%s.%s is new", base.after->name.text, after->name.text));
    }
    for (size_t i = 0; i < base.before->n_fields; i++) {
        const Field *before = &base.before->fields[i];
        if (ledger_find_field(base.after, before->name.text)) continue;
        DefnChange removed = base;
        removed.kind = CHANGE_FIELD_REMOVED;
        removed.lossy = true;
        removed.field_before = before;
        add(differ, removed, base.after->name.at,
            SAY(differ, "%s.%s is gone", base.after->name.text, before->name.text));
    }
}

static void diff_states(Differ *differ, DefnChange base) {
    for (size_t i = 0; i < base.after->n_states; i++) {
        const State *after = &base.after->states[i];
        if (ledger_find_state(base.before, after->name.text)) continue;
        base.kind = CHANGE_STATE_ADDED;
        add(differ, base, after->name.at,
            SAY(differ, "%s: the state %s is new", base.after->name.text, after->name.text));
    }
    for (size_t i = 0; i < base.before->n_states; i++) {
        const State *before = &base.before->states[i];
        if (ledger_find_state(base.after, before->name.text)) continue;
        base.kind = CHANGE_STATE_REMOVED;
        base.lossy = true;
        add(differ, base, base.after->name.at,
            SAY(differ, "%s: the state %s is gone", base.after->name.text, before->name.text));
    }
}

static bool same_day(const State *before, const State *after) {
    if (!before->date || !after->date) return before->date == after->date;
    return !strcmp(before->date->name.text, after->date->name.text);
}

/* Where the day of each state stands. */
static void diff_days(Differ *differ, DefnChange base) {
    base.kind = CHANGE_STATE_WAY;
    for (size_t i = 0; i < base.after->n_states; i++) {
        const State *after = &base.after->states[i], *before = ledger_find_state(base.before, after->name.text);
        if (!before || same_day(before, after)) continue;
        if (after->date)
            add(differ, base, after->name.at,
                SAY(differ, "%s: the day of the state %s now stands in %s", base.after->name.text, after->name.text,
                    after->date->name.text));
        else
            add(differ, base, after->name.at,
                SAY(differ, "%s: the day of the state %s stands in no field any more", base.after->name.text,
                    after->name.text));
    }
}

/* On one day the order of states decides which came first. */
static void diff_order(Differ *differ, DefnChange base) {
    size_t last = 0;
    for (size_t i = 0; i < base.after->n_states; i++) {
        const State *before = ledger_find_state(base.before, base.after->states[i].name.text);
        if (!before) continue;
        if (before->index < last) {
            base.kind = CHANGE_STATE_WAY;
            add(differ, base, base.after->states[i].name.at,
                SAY(differ, "%s: the states come in another order", base.after->name.text));
            return;
        }
        last = before->index;
    }
}

static bool same_fields(const Field *const *a, size_t n_a, const Field *const *b, size_t n_b) {
    if (n_a != n_b) return false;
    for (size_t i = 0; i < n_a; i++)
        if (strcmp(a[i]->name.text, b[i]->name.text)) return false;
    return true;
}

static bool orders_all(const Ledger *ledger, const Ledger *other) {
    for (size_t i = 0; i < ledger->n_list; i++) {
        const Field *theirs = ledger_find_field(other, ledger->list[i]->name.text);
        if (theirs && ledger_orders_by(ledger, ledger->list[i]) && !ledger_orders_by(other, theirs)) return false;
    }
    return true;
}

/* A column that comes or goes with its field is told of there. */
static void diff_list(Differ *differ, DefnChange base) {
    if (orders_all(base.before, base.after) && orders_all(base.after, base.before)) return;
    base.kind = CHANGE_LIST;
    add(differ, base, base.after->name.at,
        SAY(differ, "%s: what its list is kept in the order of changes", base.after->name.text));
}

static void diff_ledger(Differ *differ, const Ledger *before, const Ledger *after) {
    DefnChange base = {.before = before, .after = after};
    diff_fields(differ, base);
    diff_states(differ, base);
    diff_days(differ, base);
    diff_order(differ, base);
    if (!same_fields(before->key, before->n_key, after->key, after->n_key)) {
        base.kind = CHANGE_KEY;
        add(differ, base, after->name.at,
            SAY(differ, "%s: the key changes; it must still be unique", after->name.text));
    }
    bool same_title = !strcmp(before->shows->name.text, after->shows->name.text);
    if (!same_title || !same_fields(before->names, before->n_names, after->names, after->n_names)) {
        base.kind = CHANGE_INDEX;
        add(differ, base, after->name.at, SAY(differ, "%s: what records are named by changes", after->name.text));
    }
    diff_list(differ, base);
}

/* No figure loses anything; but what is indexed follows them. */
static void diff_indicators(Differ *differ, const Catalog *before, const Catalog *after) {
    const DefnChange change = {.kind = CHANGE_INDICATOR};
    for (size_t i = 0; i < after->n_indicators; i++) {
        const Indicator *now = &after->indicators[i], *then = catalog_find_indicator(before, now->name.text);
        if (!then)
            add(differ, change, now->name.at, SAY(differ, "the indicator %s is new", now->name.text));
        else if (strcmp(then->hash, now->hash))
            add(differ, change, now->name.at, SAY(differ, "%s is counted otherwise now", now->name.text));
    }
    for (size_t i = 0; i < before->n_indicators; i++) {
        const Indicator *then = &before->indicators[i];
        if (!catalog_find_indicator(after, then->name.text))
            add(differ, change, PLACE_NONE, SAY(differ, "the indicator %s is gone", then->name.text));
    }
}

size_t defn_diff(const void *ctx, const Catalog *before, const Catalog *after, DefnChange **ret_changes) {
    Differ differ = {.ctx = ctx};
    for (size_t i = 0; i < after->n_ledgers; i++) {
        const Ledger *now = &after->ledgers[i];
        const Ledger *then = before ? catalog_find_ledger(before, now->name.text) : NULL;
        if (then)
            diff_ledger(&differ, then, now);
        else
            add(&differ, (DefnChange){.kind = CHANGE_LEDGER_ADDED, .after = now}, now->name.at,
                SAY(&differ, "the ledger %s is new", now->name.text));
    }
    for (size_t i = 0; before && i < before->n_ledgers; i++) {
        const Ledger *then = &before->ledgers[i];
        if (catalog_find_ledger(after, then->name.text)) continue;
        add(&differ, (DefnChange){.kind = CHANGE_LEDGER_REMOVED, .lossy = true, .before = then}, PLACE_NONE,
            SAY(&differ, "the ledger %s is gone", then->name.text));
    }
    if (before) diff_indicators(&differ, before, after);
    *ret_changes = differ.list;
    return differ.count;
}
