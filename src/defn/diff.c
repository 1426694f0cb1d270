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

/* A kind may change without loss when every value of the old one is a value of the new one, written alike. */
static bool widens(const FieldKind *before, const FieldKind *after) {
    static const char *const pairs[][2] = {
        {"text", "long_text"}, {"phone", "text"}, {"email", "text"},    {"url", "text"},       {"code", "text"},
        {"credit_code", "text"}, {"division", "text"}, {"integer", "year"}, {"year", "integer"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (!strcmp(before->name, pairs[i][0]) && !strcmp(after->name, pairs[i][1])) return true;
    return false;
}

static void diff_codes(Differ *differ, DefnChange base, const Field *before, const Field *after) {
    if (!before->list || !after->list || before->list == after->list) return;
    for (size_t i = 0; i < before->list->n_codes; i++) {
        const Name *name = &before->list->codes[i].name;
        bool kept = false;
        for (size_t k = 0; k < after->list->n_codes && !kept; k++) kept = !strcmp(after->list->codes[k].name.text, name->text);
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

static bool reindexes(const Field *before, const Field *after) { return before->search != after->search; }

static void diff_field(Differ *differ, DefnChange base, const Field *before, const Field *after) {
    const char *ledger = base.after->name.text, *field = after->name.text;
    base.field_before = before;
    base.field_after = after;
    if (before->kind != after->kind) {
        base.kind = CHANGE_FIELD_KIND;
        base.lossy = !widens(before->kind, after->kind);
        add(differ, base, after->kind_name.at,
            SAY(differ, "%s.%s: kind %s becomes %s", ledger, field, before->kind->name, after->kind->name));
        return;
    }
    if (before->scale != after->scale) {
        base.kind = CHANGE_FIELD_SCALE;
        base.lossy = true; /* stored numbers would mean something else */
        add(differ, base, after->name.at, SAY(differ, "%s.%s: %d decimals become %d", ledger, field, before->scale, after->scale));
    }
    base.lossy = false;
    if (after->required && !before->required) {
        base.kind = CHANGE_FIELD_REQUIRED;
        add(differ, base, after->name.at, SAY(differ, "%s.%s is now required", ledger, field));
    }
    if (narrows(before, after)) {
        base.kind = CHANGE_FIELD_NARROWED;
        add(differ, base, after->name.at, SAY(differ, "%s.%s: the bounds are narrower; old values stay", ledger, field));
    }
    if (reindexes(before, after)) {
        base.kind = CHANGE_INDEX;
        add(differ, base, after->name.at, SAY(differ, "%s.%s: what is searched changes", ledger, field));
    }
    diff_codes(differ, base, before, after);
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
        add(differ, removed, base.after->name.at, SAY(differ, "%s.%s is gone", base.after->name.text, before->name.text));
    }
}

static void diff_states(Differ *differ, DefnChange base) {
    for (size_t i = 0; i < base.after->n_states; i++) {
        const State *after = &base.after->states[i];
        if (ledger_find_state(base.before, after->name.text)) continue;
        base.kind = CHANGE_STATE_ADDED;
        add(differ, base, after->name.at, SAY(differ, "%s: the state %s is new", base.after->name.text, after->name.text));
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

static bool same_names(const Names *a, const Names *b) {
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->list[i].text, b->list[i].text)) return false;
    return true;
}

static void diff_ledger(Differ *differ, const Ledger *before, const Ledger *after) {
    DefnChange base = {.before = before, .after = after};
    diff_fields(differ, base);
    diff_states(differ, base);
    if (!same_names(&before->key_names, &after->key_names)) {
        base.kind = CHANGE_KEY;
        add(differ, base, after->name.at, SAY(differ, "%s: the key changes; it must still be unique", after->name.text));
    }
}

static void diff_indicators(Differ *differ, const Catalog *before, const Catalog *after) {
    for (size_t i = 0; i < after->n_indicators; i++) {
        const Indicator *now = &after->indicators[i], *then = catalog_find_indicator(before, now->name.text);
        if (then && strcmp(then->hash, now->hash))
            add(differ, (DefnChange){.kind = CHANGE_INDICATOR}, now->name.at,
                SAY(differ, "%s is counted otherwise now", now->name.text));
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
        add(&differ, (DefnChange){.kind = CHANGE_LEDGER_REMOVED, .lossy = true, .before = then}, then->name.at,
            SAY(&differ, "the ledger %s is gone", then->name.text));
    }
    if (before) diff_indicators(&differ, before, after);
    *ret_changes = differ.list;
    return differ.count;
}
