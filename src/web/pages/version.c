/* web/pages/version.c: one version of a record beside the one before it. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/change.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/record.h"
#include "web/words.h"

/* Side by side; `before` is NULL for the first version. What is equal is counted and shown apart. */
typedef struct Differences {
    RecordPage page;
    const Record *before, *after;
    json_t *changed, *same;
} Differences;

static void add_line(Differences *both, const char *label, const char *before, const char *after, bool differs) {
    json_t *line = page_object();
    page_set_text(line, "label", label);
    page_set_text(line, "before", before);
    page_set_text(line, "after", after);
    page_set(line, "was_blank", json_boolean(!*before));
    page_set(line, "is_blank", json_boolean(!*after));
    json_array_append_new(differs ? both->changed : both->same, line);
}

static const char *text_of(const Differences *both, const Record *record, const Field *field) {
    return record ? record_text(&both->page, record, field) : "";
}

/* Masked values may look alike and differ all the same: values are compared, not what is shown. */
static void add_field(Differences *both, const Field *field) {
    Value after = both->after->values[field->index];
    Value before = both->before ? both->before->values[field->index] : VALUE_OF_BLANK;
    if (before.kind == VALUE_BLANK && after.kind == VALUE_BLANK) return;
    add_line(both, label_text(field->label), text_of(both, both->before, field), text_of(both, both->after, field),
             !value_equal(before, after));
}

static void add_lines(Differences *both) {
    const Record *before = both->before, *after = both->after;
    const char *was = before ? label_text(before->state->label) : "", *is = label_text(after->state->label);
    const char *old = before && before->number ? before->number : "", *new = after->number ? after->number : "";
    add_line(both, _("State"), was, is, !before || before->state != after->state);
    if (*old || *new) add_line(both, _("Number"), old, new, strcmp(old, new) != 0);
    for (size_t i = 0; i < after->ledger->n_fields; i++) add_field(both, &after->ledger->fields[i]);
}

/* --- the change that wrote it --- */

static void add_change(Visit *visit, const Record *record, const ChangeRow *rows, size_t n, json_t *model) {
    for (size_t i = n; i-- > 0;) {
        if (rows[i].version != record->version) continue; /* the oldest of that version: a withdrawal names it again */
        page_set_text(model, "at", words_moment(visit->ctx, rows[i].at));
        page_set_text(model, "who", words_person(visit, rows[i].actor));
        page_set_text(model, "action", words_action(record->ledger, rows[i].action));
        page_set_text(model, "reason", rows[i].reason);
        return;
    }
}

static const char *version_path(Visit *visit, const Record *record, int64_t version) {
    return record_path(visit, record, mem_printf(visit->ctx, "/versions/%" PRId64, version));
}

static int load_both(Visit *visit, const Record *newest, Differences *ret_both) {
    Record *before = NULL, *after;
    int64_t version = visit_number(visit_segment(visit, "version"));
    int result = record_load_version(visit->ctx, visit->store, visit->ledger, newest->id, version, &after);
    if (!result && version > 1)
        result = record_load_version(visit->ctx, visit->store, visit->ledger, newest->id, version - 1, &before);
    if (result) return result < 0 ? result : WEB_MISSING;
    *ret_both = (Differences){.page = {.visit = visit, .record = after, .as_at = DATE_NONE},
                              .before = before,
                              .after = after,
                              .changed = page_array(),
                              .same = page_array()};
    return 0;
}

static int show_version(Visit *visit) {
    Record *newest;
    Differences both;
    ChangeRow *rows;
    size_t n;
    int result = reach_named_ever(visit, "ledger:read", &newest);
    if (!result) result = load_both(visit, newest, &both);
    if (result) return result;
    result = change_history(visit->ctx, visit->store, visit->ledger, newest->id, &rows, &n);
    json_t *model = page_object();
    int64_t version = both.after->version;
    add_lines(&both);
    record_add_face(visit, newest, model);
    if (!result) add_change(visit, both.after, rows, n, model);
    page_set(model, "version", json_integer(version));
    page_set(model, "has_before", json_boolean(both.before != NULL));
    page_set(model, "n_same", json_integer((json_int_t)json_array_size(both.same)));
    page_set(model, "changed", both.changed);
    page_set(model, "same", both.same);
    page_set_text(model, "older_url", version > 1 ? version_path(visit, newest, version - 1) : NULL);
    page_set_text(model, "newer_url", version < newest->version ? version_path(visit, newest, version + 1) : NULL);
    return result ? result : frame_show(visit, "version", record_title(visit->ctx, visit->store, newest), model);
}

const WebRoute routes_version[] = {
    {HTTP_GET, "/ledgers/{ledger}/{id}/versions/{version}", "ledger:read", show_version,
     .api = API(API_PREFIX "/ledgers/{ledger}/records/{id}/versions/{version}",
                {"一条记录的一个版本", "One version of a record"},
                api_version, .gives = "Record")},
    {0},
};
