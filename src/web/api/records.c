/* web/api/records.c: ledgers and their records. */
#include <string.h>

#include "base/mem.h"
#include "defn/kind.h"
#include "ledger/once.h"
#include "web/api/api.h"
#include "web/listing.h"
#include "web/reach.h"
#include "web/write.h"

/* --- ledgers --- */

static json_t *field_json(const Field *field) {
    json_t *object = page_object();
    page_set_text(object, "name", field->name.text);
    page_set_text(object, "kind", field->kind->name);
    page_set(object, "label", json_label(field->label));
    page_set(object, "required", json_boolean(field->required));
    if (field->unit) page_set_text(object, "unit", field->unit);
    if (field->to) page_set_text(object, "to", field->to->name.text);
    if (field->list) {
        json_t *codes = page_object();
        for (size_t i = 0; i < field->list->n_codes; i++)
            page_set(codes, field->list->codes[i].name.text, json_label(field->list->codes[i].label));
        page_set(object, "codes", codes);
    }
    json_t *rows = field->n_rows ? page_array() : NULL;
    for (size_t i = 0; i < field->n_rows; i++) json_array_append_new(rows, field_json(&field->rows[i]));
    if (rows) page_set(object, "rows", rows);
    return object;
}

static json_t *ledger_json(const Ledger *ledger, bool whole) {
    json_t *object = page_object();
    page_set_text(object, "name", ledger->name.text);
    page_set(object, "title", json_label(ledger->title));
    page_set(object, "area", json_integer(ledger->area));
    if (!whole) return object;
    json_t *fields = page_array(), *states = page_object(), *steps = page_array();
    for (size_t i = 0; i < ledger->n_fields; i++) json_array_append_new(fields, field_json(&ledger->fields[i]));
    for (size_t i = 0; i < ledger->n_states; i++)
        page_set(states, ledger->states[i].name.text, json_label(ledger->states[i].label));
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        json_t *step = page_object();
        page_set_text(step, "name", ledger->transitions[i].name.text);
        page_set(step, "label", json_label(ledger->transitions[i].label));
        page_set_text(step, "to", ledger->transitions[i].to->name.text);
        json_array_append_new(steps, step);
    }
    page_set(object, "fields", fields);
    page_set(object, "states", states);
    page_set(object, "steps", steps);
    return object;
}

static int list_ledgers(Visit *visit) {
    const Catalog *catalog = visit->store->catalog;
    json_t *array = page_array(), *answer = page_object();
    for (size_t i = 0; i < catalog->n_ledgers; i++)
        if (visit_may(visit, "ledger:read", &catalog->ledgers[i]))
            json_array_append_new(array, ledger_json(&catalog->ledgers[i], false));
    page_set(answer, "ledgers", array);
    return api_answer(visit, answer);
}

static int show_ledger(Visit *visit) { return api_answer(visit, ledger_json(visit->ledger, true)); }

/* --- reading records --- */

int api_records(Visit *visit) {
    Query query;
    QueryPage page;
    int fault = listing_read_page(visit, &query);
    if (fault) return fault < 0 ? fault : WEB_WRONG;
    fault = query_page(visit->ctx, visit->store, &query, &page);
    if (fault) return fault;
    json_t *answer = page_object(), *records = page_array();
    for (size_t i = 0; i < page.count; i++)
        json_array_append_new(records, api_record_json(visit, page.records[i], false));
    page_set(answer, "records", records);
    page_set_text(answer, "next", page.has_after ? query_place_text(visit->ctx, &page.places[page.count - 1]) : NULL);
    return api_answer(visit, answer);
}

/* The record that the path names, as it stands or as it was known at the end of a day. */
static int load(Visit *visit, Record **ret_record) {
    char instant[INSTANT_SIZE];
    const char *as_at = visit_query(visit, "as_at");
    Date day = date_parse_iso(as_at);
    if (*as_at && day == DATE_NONE) {
        diag_error(visit->diag, (Place){.field = "as_at"}, "not-a-date", "'%s' is no day; write it as 2020-07-05",
                   as_at);
        return WEB_WRONG;
    }
    int result = reach_named(visit, "ledger:read", ret_record);
    if (result || !*as_at) return result;
    instant_end_of(day, instant);
    result = record_load(visit->ctx, visit->store, visit->ledger, (*ret_record)->id, instant, ret_record);
    return result == 1 ? WEB_MISSING : result;
}

int api_record(Visit *visit) {
    Record *record;
    int result = load(visit, &record);
    return result ? result : api_answer(visit, api_record_json(visit, record, false));
}

/* After its page has written the reason down. */
int api_unmasked(Visit *visit) {
    Record *record;
    int result = reach_named_ever(visit, "ledger:read", &record);
    return result ? result : api_answer(visit, api_record_json(visit, record, true));
}

int api_version(Visit *visit) {
    Record *record;
    int result = reach_named_ever(visit, "ledger:read", &record);
    if (!result)
        result = record_load_version(visit->ctx, visit->store, visit->ledger, record->id,
                                     visit_number(visit_segment(visit, "version")), &record);
    if (result) return result < 0 ? result : WEB_MISSING;
    return api_answer(visit, api_record_json(visit, record, false));
}

static int show_history(Visit *visit) {
    Record *record;
    ChangeRow *rows;
    size_t n;
    int result = load(visit, &record);
    if (!result) result = change_history(visit->ctx, visit->store, visit->ledger, record->id, &rows, &n);
    if (result) return result;
    json_t *array = page_array(), *answer = page_object();
    for (size_t i = 0; i < n; i++) json_array_append_new(array, api_change_json(&rows[i]));
    page_set(answer, "changes", array);
    return api_answer(visit, answer);
}

/* --- writing records --- */

/* What is asked of one record: from the body. */
typedef struct Wanted {
    Write write;
    bool withdraws;
    Once once; /* key NULL: none was sent */
    Written written;
} Wanted;

static int apply(Writer *writer, Diag *diag, Wanted *wanted) {
    const Write *write = &wanted->write;
    if (!wanted->withdraws) return transition_apply(writer, write, diag, &wanted->written);
    wanted->written = (Written){WRITTEN_UPDATED, write->before->id, write->before->version};
    return transition_withdraw(writer, write->before, write->reason, diag);
}

/* Sent again with the same key it is not done again. */
static int do_write(Writer *writer, Store *store, Diag *diag, void *data) {
    Wanted *wanted = data;
    int result = wanted->once.key ? once_find(store, &wanted->once, &wanted->written) : ONCE_NEW;
    if (result == ONCE_OTHER) api_refuse_key(diag);
    if (result != ONCE_NEW) return result < 0 ? result : 0;
    result = apply(writer, diag, wanted);
    return result || !wanted->once.key || diag->errors ? result : once_keep(store, &wanted->once, &wanted->written);
}

/* Values as they are with those of the body put in; state, reason and effective day besides. */
static int read_wanted(Visit *visit, const json_t *body, const Record *before, Wanted *wanted) {
    const Ledger *ledger = visit->ledger;
    Value *values = mem_array(visit->ctx, Value, ledger->n_fields);
    if (before) memcpy(values, before->values, ledger->n_fields * sizeof(Value));
    const json_t *given = json_object_get(body, "values");
    int fault = given ? api_values_read(visit, ledger, given, values) : 0;
    const char *reason = json_text_in(body, "reason"), *day = json_text_in(body, "effective_on");
    wanted->write = (Write){.ledger = ledger,
                            .before = before,
                            .values = values,
                            .effective = date_parse_iso(day),
                            .reason = *reason ? reason : NULL};
    if (*day && wanted->write.effective == DATE_NONE)
        diag_error(visit->diag, (Place){.field = "effective_on"}, "not-a-date",
                   "'%s' is no day; write it as 2020-07-05", day);
    return fault ? fault : visit->diag->errors ? WEB_WRONG : api_key(visit, &wanted->once);
}

/* Writes and answers with the record as it then stands. */
static int carry_out(Visit *visit, Wanted *wanted, unsigned status) {
    Record *record;
    int result = write_run(visit, do_write, wanted);
    if (result) return result;
    result = record_load(visit->ctx, visit->store, visit->ledger, wanted->written.id, NULL, &record);
    if (result) return result < 0 ? result : WEB_MISSING;
    http_status(visit->response, status);
    return api_answer(visit, api_record_json(visit, record, false));
}

static int create(Visit *visit) {
    json_t *body;
    Wanted wanted = {0};
    int result = api_body(visit, &body);
    if (!result) result = read_wanted(visit, body, NULL, &wanted);
    return result ? result : carry_out(visit, &wanted, 201);
}

/* Somebody who read an older version has not seen what he would overwrite. */
static int check_version(Visit *visit, const json_t *body, const Record *record) {
    const json_t *version = json_object_get(body, "version");
    if (json_integer_value(version) == record->version) return 0;
    diag_error(visit->diag, (Place){.field = "version"}, "version",
               "the record stands at version %lld; read it again and send that number", (long long)record->version);
    return json_is_integer(version) ? WEB_CONFLICT : WEB_WRONG;
}

static int change(Visit *visit, const Transition *transition, bool withdraws) {
    json_t *body;
    Record *record;
    Wanted wanted = {.withdraws = withdraws};
    int result = api_body(visit, &body);
    if (!result) result = load(visit, &record);
    if (!result) result = check_version(visit, body, record);
    if (!result) result = read_wanted(visit, body, record, &wanted);
    if (result) return result;
    wanted.write.transition = transition;
    if (!withdraws) return carry_out(visit, &wanted, 200);
    result = write_run(visit, do_write, &wanted);
    if (!result) http_status(visit->response, 204);
    return result;
}

static int edit(Visit *visit) { return change(visit, NULL, false); }
static int withdraw(Visit *visit) { return change(visit, NULL, true); }

static int step(Visit *visit) {
    const Transition *transition = ledger_find_transition(visit->ledger, visit_segment(visit, "step"));
    return transition ? change(visit, transition, false) : WEB_MISSING;
}

const WebInput api_list_inputs[] = {
    {"q", INPUT_TEXT, {"搜索词", "words of the search box"}},
    {"where", INPUT_TEXT, {"条件表达式", "a condition: state = registered and owner.town = 349901101"}},
    {"sort", INPUT_TEXT, {"排序字段，前加 - 为倒序", "a field, number or state; - before it turns it round"}},
    {"rows", INPUT_NUMBER, {"每页行数，至多 100", "rows of a page, at most 100"}},
    {"after", INPUT_TEXT, {"上一页的 next", "next of the page before"}},
    {0},
};

#define VALUES {"values", INPUT_VALUES, {"各字段的值", "values by field; what is not sent stays"}}
#define REASON {"reason", INPUT_TEXT, {"理由", "why, where it is asked for"}}
#define VERSION {"version", INPUT_NUMBER, {"读到的版本", "the version that was read"}, .required = true}

static const WebInput create_inputs[] = {VALUES, REASON, {0}};
static const WebInput edit_inputs[] = {VERSION, VALUES, REASON, {0}};
static const WebInput withdraw_inputs[] = {VERSION, REASON, {0}};
static const WebInput step_inputs[] = {
    VERSION, VALUES, REASON, {"effective_on", INPUT_DAY, {"生效日期", "the day from which it holds"}}, {0}};

#define RECORDS API_PREFIX "/ledgers/{ledger}/records"
#define JSON_BODY .takes = HTTP_TAKES_JSON, .body_max = API_BODY_MAX, .waits = true, .once_inside = true

const WebRoute routes_api_records[] = {
    {HTTP_GET, API_PREFIX "/ledgers", "member", list_ledgers,
     .about = {"台账目录", "The ledgers"}, .gives = "Ledgers"},
    {HTTP_GET, API_PREFIX "/ledgers/{ledger}", "ledger:read", show_ledger,
     .about = {"台账定义：字段、状态、步骤", "The definition of a ledger: fields, states, steps"}, .gives = "Ledger"},
    {HTTP_POST, RECORDS, "ledger:edit", create, JSON_BODY, .status = 201,
     .about = {"登记一条记录", "Enter a record"}, .inputs = create_inputs, .gives = "Record"},
    {HTTP_PATCH, RECORDS "/{id}", "ledger:edit", edit, JSON_BODY,
     .about = {"修改一条记录", "Change a record"}, .inputs = edit_inputs, .gives = "Record"},
    {HTTP_DELETE, RECORDS "/{id}", "ledger:edit", withdraw, JSON_BODY,
     .about = {"撤下一条记录，须写理由", "Withdraw a record, with a reason"}, .inputs = withdraw_inputs},
    {HTTP_POST, RECORDS "/{id}/steps/{step}", "ledger:read", step, JSON_BODY, .scope = "ledger:edit",
     .about = {"办理一个步骤", "Take a step"}, .inputs = step_inputs, .gives = "Record"},
    {HTTP_GET, RECORDS "/{id}/history", "ledger:read", show_history,
     .about = {"一条记录的变更", "The changes of a record"}, .gives = "Changes"},
    {HTTP_GET, API_PREFIX "/ledgers/{ledger}/views", "ledger:read", api_views,
     .about = {"保存的筛选", "Kept filters: one's own, and those that others share"}, .gives = "Views"},
    {HTTP_GET, API_PREFIX "/ledgers/{ledger}/drafts", "ledger:edit", api_drafts,
     .about = {"我的草稿", "One's own drafts"}, .gives = "Drafts"},
    {HTTP_GET, RECORDS "/{id}/errands", "ledger:read", api_errands,
     .about = {"一条记录的转办、会签、抄送", "What was asked about a record"}, .gives = "Errands"},
    {0},
};
