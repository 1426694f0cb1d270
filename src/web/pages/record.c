/* web/pages/record.c: one record: what it says, the way it went, what belongs to it and what counts it; as it is, or as
 * it was known on a day. Seeing personal fields whole and withdrawing are asked for here. */
#include "web/record.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "people/journal.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/confirm.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/step.h"
#include "web/words.h"
#include "web/write.h"

#define REASON_MAX 500u /* characters */

/* --- the face --- */

const char *record_path(const Visit *visit, const Record *record, const char *below) {
    return mem_printf(visit->ctx, "%s%s", cell_record_url(visit, record->ledger, record->id), below);
}

void record_add_face(Visit *visit, const Record *record, json_t *model) {
    page_set_text(model, "title", record_title(visit->ctx, visit->store, record));
    page_set_text(model, "number", record->number);
    page_set(model, "state", cell_state_json(record->state));
    page_set_text(model, "path", record_path(visit, record, ""));
    page_set_text(model, "ledger_title", label_text(record->ledger->title));
    page_set_text(model, "ledger_path", mem_printf(visit->ctx, "/ledgers/%s", record->ledger->name.text));
}

/* --- as it was known on a day --- */

/* The changes made until then, and the record and its way as the last of them left it. */
static int go_back_to(RecordPage *page, Date day) {
    Visit *visit = page->visit;
    const Record *now = page->record;
    char instant[INSTANT_SIZE];
    instant_end_of(day, instant);
    Record *then;
    int result = record_load(visit->ctx, visit->store, now->ledger, now->id, instant, &then);
    if (result) return result;
    for (; page->n_changes && strcmp(page->changes->at, instant) > 0; page->n_changes--) page->changes++;
    page->record = then;
    page->as_at = day;
    page->withdrawn = false;
    return page->n_changes ? record_load_spans_before(visit->ctx, visit->store, then, page->changes->seq + 1) : 0;
}

static int read_as_at(RecordPage *page) {
    const char *text = visit_query(page->visit, "as_at");
    if (!*text) return 0;
    Date day = date_parse_lenient(text);
    if (day == DATE_NONE || day > date_today()) {
        diag_error(page->visit->diag, (Place){.field = _("As known on")}, "not-a-date",
                   "'%s' is no day that has come; write it as 2020-07-05", text);
        return 0;
    }
    int result = go_back_to(page, day);
    if (result == RECORD_E_NONE)
        diag_warn(page->visit->diag, (Place){.field = _("As known on")}, "not-known-yet",
                  "on %s this record was not known; below it stands as it is now", text);
    return result < 0 ? result : 0;
}

/* --- the page --- */

static int open_page(Visit *visit, const char *word, RecordPage *ret_page) {
    Record *record;
    int result = reach_named_ever(visit, word, &record);
    if (result) return result;
    *ret_page = (RecordPage){.visit = visit, .record = record, .as_at = DATE_NONE, .withdrawn = record->recorded_to};
    return change_history(visit->ctx, visit->store, visit->ledger, record->id, &ret_page->changes,
                          &ret_page->n_changes);
}

static void add_past(const RecordPage *page, json_t *model) {
    Visit *visit = page->visit;
    if (page->as_at != DATE_NONE) page_set_text(model, "as_at", date_iso(visit->ctx, page->as_at));
    if (!page->withdrawn || !page->n_changes) return;
    json_t *withdrawn = page_object();
    page_set_text(withdrawn, "at", words_moment(visit->ctx, page->changes[0].at));
    page_set_text(withdrawn, "who", words_person(visit, page->changes[0].actor));
    page_set_text(withdrawn, "reason", page->changes[0].reason);
    page_set(model, "withdrawn", withdrawn);
}

static void add_buttons(const RecordPage *page, json_t *model) {
    Visit *visit = page->visit;
    bool is_present = !page->withdrawn && page->as_at == DATE_NONE;
    page_set(model, "is_present", json_boolean(is_present));
    page_set(model, "steps", is_present ? step_list_json(visit, page->record) : page_array());
    page_set(model, "may_edit", json_boolean(is_present && visit_may(visit, "ledger:edit", visit->ledger)));
    page_set(model, "may_restore", json_boolean(page->withdrawn && visit_may(visit, "ledger:edit", visit->ledger)));
    page_set(model, "may_ask", json_boolean(is_present && visit_may(visit, "errand:ask", NULL)));
    page_set_text(model, "today", date_iso(visit->ctx, date_today()));
}

static int show(RecordPage *page) {
    typedef int (*Part)(const RecordPage *, json_t *);
    static const Part parts[] = {record_add_values,  record_add_course,  record_add_errands,
                                 record_add_related, record_add_counted, record_add_history};
    Visit *visit = page->visit;
    json_t *model = page_object();
    int fault = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !fault; i++) fault = parts[i](page, model);
    if (fault) {
        json_decref(model);
        return fault;
    }
    record_add_face(visit, page->record, model);
    page_set(model, "version", json_integer(page->record->version));
    page_set_text(model, "changed_at", words_moment(visit->ctx, page->record->recorded_from));
    add_past(page, model);
    add_buttons(page, model);
    confirm_add(visit, model);
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "record", record_title(visit->ctx, visit->store, page->record), model);
}

static int show_record(Visit *visit) {
    RecordPage page;
    int result = open_page(visit, "ledger:read", &page);
    if (!result) result = read_as_at(&page);
    return result ? result : show(&page);
}

/* --- what asks for a reason --- */

/* What was written, without outer space; NULL and a finding when nothing was. */
static const char *read_reason(Visit *visit) {
    const char *reason = text_clean(visit->ctx, visit_form(visit, "reason"));
    if (*reason) return text_shorten(visit->ctx, reason, REASON_MAX);
    diag_error(visit->diag, (Place){.field = _("Reason")}, "no-reason",
               "a reason is missing; write in a few words why");
    return NULL;
}

static int show_again(RecordPage *page) {
    int fault = show(page);
    return fault ? fault : WEB_WRONG;
}

/* Written down first: who cannot be named sees nothing. */
static int unmask(Visit *visit) {
    RecordPage page;
    int result = open_page(visit, "ledger:read", &page);
    if (result) return result;
    const char *reason = read_reason(visit);
    result = confirm_check(visit);
    if (result < 0) return result;
    if (!reason || result) return show_again(&page);
    result = journal_disclose(&visit->people, &(Disclosure){.at = visit->now,
                                                            .login = visit->mandate->login,
                                                            .address = visit->request->remote,
                                                            .ledger = visit->ledger->name.text,
                                                            .record = page.record->id,
                                                            .reason = reason});
    if (result) return result;
    page.unmasked = true;
    return show(&page);
}

/* To the recycle bin and back. */
typedef struct Removal {
    int (*act)(Writer *writer, const Record *record, const char *reason, Diag *diag);
    const Record *record;
    const char *reason;
} Removal;

static int do_remove(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)store;
    const Removal *removal = data;
    return removal->act(writer, removal->record, removal->reason, diag);
}

static int run_removal(RecordPage *page, Removal *removal, const char *said) {
    Visit *visit = page->visit;
    removal->record = page->record;
    removal->reason = read_reason(visit);
    if (!removal->reason) return show_again(page);
    int result = write_run(visit, do_remove, removal);
    if (result == DB_FAULT_CONSTRAINT) return WEB_CONFLICT; /* somebody was faster */
    if (result == WEB_WRONG) return show_again(page);
    return result ? result : visit_go_saying(visit, record_path(visit, page->record, ""), said);
}

static int withdraw(Visit *visit) {
    RecordPage page;
    int result = open_page(visit, "ledger:edit", &page);
    if (result) return result;
    if (page.withdrawn || page.record->version != visit_number(visit_form(visit, "version"))) return WEB_CONFLICT;
    return run_removal(&page, &(Removal){.act = transition_withdraw}, _("The record has been withdrawn"));
}

static int restore(Visit *visit) {
    RecordPage page;
    int result = open_page(visit, "ledger:edit", &page);
    if (result) return result;
    if (!page.withdrawn) return WEB_CONFLICT;
    return run_removal(&page, &(Removal){.act = transition_restore}, _("The record has been brought back"));
}

#define RECORD_API API_PREFIX "/ledgers/{ledger}/records/{id}"
#define REASON     {"reason", INPUT_TEXT, {"理由", "why"}, .required = true}

const WebRoute routes_record[] = {
    {HTTP_GET, "/ledgers/{ledger}/{id}", "ledger:read", show_record, .lasts = true,
     .api = API(RECORD_API, {"一条记录，可指定某日", "One record, also as it stood on a day"}, api_record,
                INPUTS({"as_at", INPUT_DAY, {"按当日所知", "as it was known at the end of that day"}}), "Record")},
    {HTTP_POST, "/ledgers/{ledger}/{id}/unmask", "personal:unmask", unmask, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true,
     .api = API(RECORD_API "/unmask",
                {"说明理由后查看个人信息", "One record with its personal fields whole; the reason is written down"},
                api_unmasked, INPUTS(REASON), "Record")},
    {HTTP_POST, "/ledgers/{ledger}/{id}/restore", "ledger:edit", restore, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(RECORD_API "/restore", {"从回收站恢复", "Bring a withdrawn record back"}, api_record, INPUTS(REASON),
                "Record")},
    {HTTP_POST, "/ledgers/{ledger}/{id}/withdraw", "ledger:edit", withdraw, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true},
    {0},
};
