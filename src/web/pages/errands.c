/* web/pages/errands.c: handing a record on, having it signed, sending copies; and the answers of whoever is asked. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ledger/errand.h"
#include "procedure/taker.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/record.h"
#include "web/write.h"

/* --- asking --- */

static bool is_chosen(const Visit *visit, const char *login) {
    const HttpFields *form = &visit->request->form;
    for (size_t i = 0; i < form->count; i++)
        if (!strcmp(form->list[i].name, "taker") && !strcmp(form->list[i].value, login)) return true;
    return false;
}

static json_t *takers_json(const Visit *visit, const Takers *takers) {
    json_t *array = page_array();
    for (size_t i = 0; i < takers->count; i++) {
        const Taker *taker = &takers->list[i];
        json_t *object = page_object();
        page_set_text(object, "login", taker->login);
        page_set_text(object, "name", taker->name);
        page_set_text(object, "roles", taker->roles);
        page_set(object, "chosen", json_boolean(is_chosen(visit, taker->login)));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *kinds_json(ErrandKind chosen) {
    static const char *const about[ERRAND_KINDS] = {
        [ERRAND_HAND_ON] = N_("Somebody else sees to it."),
        [ERRAND_SIGN] = N_("They say what they think before it goes on. Ask several, and it waits for each."),
        [ERRAND_COPY] = N_("They know of it; nothing waits."),
    };
    json_t *array = page_array();
    for (ErrandKind kind = 0; kind < ERRAND_KINDS; kind++) {
        json_t *object = page_object();
        page_set_text(object, "word", errand_kind_word(kind));
        page_set_text(object, "label", errand_kind_label(kind));
        page_set_text(object, "about", _(about[kind]));
        page_set(object, "chosen", json_boolean(kind == chosen));
        json_array_append_new(array, object);
    }
    return array;
}

static int show_form(Visit *visit, const Record *record, const char *kind_word) {
    Takers takers;
    int fault = taker_list(visit->ctx, visit->store, record, visit->mandate->login, visit->now, &takers);
    if (fault) return fault;
    ErrandKind kind = errand_kind_find(kind_word);
    json_t *model = page_object();
    record_add_face(visit, record, model);
    page_set(model, "kinds", kinds_json(kind == ERRAND_KINDS ? ERRAND_SIGN : kind));
    page_set(model, "any", json_boolean(takers.count > 0));
    page_set(model, "takers", takers_json(visit, &takers));
    page_set_text(model, "note", visit_form(visit, "note"));
    page_set_text(model, "due", visit_form(visit, "due"));
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "errand", _("Hand on, sign, copy"), model);
}

static int ask(Visit *visit) {
    Record *record;
    int result = reach_named(visit, "ledger:read", &record);
    return result ? result : show_form(visit, record, visit_query(visit, "kind"));
}

/* --- what was asked --- */

typedef struct Asking {
    Errand errand; /* but for the taker */
    const char *takers[TAKERS_ASKED_MAX];
    size_t n_takers;
} Asking;

static const char *read_words(Visit *visit, const char *name) {
    return text_shorten(visit->ctx, text_clean(visit->ctx, visit_form(visit, name)), ERRAND_WORDS_MAX);
}

/* Only those who were offered: others could not see the record. */
static void read_takers(Visit *visit, const Takers *offered, Asking *asking) {
    for (size_t i = 0; i < offered->count && asking->n_takers < TAKERS_ASKED_MAX; i++)
        if (is_chosen(visit, offered->list[i].login)) asking->takers[asking->n_takers++] = offered->list[i].login;
    if (!asking->n_takers)
        diag_error(visit->diag, (Place){.field = _("Who")}, "nobody-chosen", "nobody is chosen; choose who is asked");
    if (asking->n_takers > 1 && asking->errand.kind == ERRAND_HAND_ON)
        diag_error(visit->diag, (Place){.field = _("Who")}, "one-only",
                   "a record is handed on to one person; choose one");
}

static void read_due(Visit *visit, Asking *asking) {
    const char *text = visit_form(visit, "due");
    asking->errand.due = *text ? date_parse_lenient(text) : DATE_NONE;
    if (*text && (asking->errand.due == DATE_NONE || asking->errand.due < date_today()))
        diag_error(visit->diag, (Place){.field = _("Until")}, "not-a-date",
                   "'%s' is no day to come; choose one from today on", text);
}

static int read_asking(Visit *visit, const Record *record, Asking *ret_asking) {
    Takers offered;
    int fault = taker_list(visit->ctx, visit->store, record, visit->mandate->login, visit->now, &offered);
    if (fault) return fault;
    *ret_asking = (Asking){.errand = {.kind = errand_kind_find(visit_form(visit, "kind")),
                                      .ledger = record->ledger->name.text,
                                      .record = record->id,
                                      .asker = visit->mandate->login,
                                      .asked_at = visit->now,
                                      .note = read_words(visit, "note")}};
    if (ret_asking->errand.kind == ERRAND_KINDS) return WEB_BAD;
    read_takers(visit, &offered, ret_asking);
    read_due(visit, ret_asking);
    return 0;
}

/* Who is asked already is passed over. */
static int do_ask(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)writer;
    (void)diag;
    Asking *asking = data;
    int result = 0;
    for (size_t i = 0; i < asking->n_takers && result >= 0; i++) {
        asking->errand.taker = asking->takers[i];
        result = errand_add(store, &asking->errand);
    }
    return result < 0 ? result : 0;
}

static int post(Visit *visit) {
    Record *record;
    Asking asking;
    int result = reach_named(visit, "ledger:read", &record);
    if (!result) result = read_asking(visit, record, &asking);
    if (result) return result;
    if (visit->diag->errors) {
        result = show_form(visit, record, visit_form(visit, "kind"));
        return result ? result : WEB_WRONG;
    }
    result = write_run(visit, do_ask, &asking);
    return result ? result : visit_go_saying(visit, record_path(visit, record, ""), _("They have been asked"));
}

/* --- answering --- */

typedef struct Answering {
    Errand errand;
    ErrandAnswer answer;
    const char *actor, *opinion, *now;
    bool is_late; /* somebody answered meanwhile */
} Answering;

static int do_answer(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)writer;
    (void)diag;
    Answering *answering = data;
    int result = errand_answer(store, answering->errand.id, answering->answer, answering->actor, answering->opinion,
                               answering->now);
    answering->is_late = result == 1;
    return result < 0 ? result : 0;
}

/* Who is asked answers. */
static bool is_his(Visit *visit, const Answering *answering) {
    if (answering->answer == ERRAND_TAKEN_BACK) return record_takes_back(visit, &answering->errand);
    return errand_takes(answering->errand.kind, answering->answer) &&
           !strcmp(answering->errand.taker, visit->mandate->login);
}

static int answer(Visit *visit) {
    Record *record;
    Answering answering = {.now = visit->now, .actor = visit->mandate->login, .opinion = read_words(visit, "opinion")};
    int result = reach_named(visit, "ledger:read", &record);
    if (!result)
        result = errand_find(visit->ctx, visit->store, visit_number(visit_segment(visit, "errand")), &answering.errand);
    if (result) return result < 0 ? result : WEB_MISSING;
    answering.answer = errand_answer_find(visit_form(visit, "answer"));
    if (answering.errand.record != record->id) return WEB_MISSING;
    if (!is_his(visit, &answering)) return WEB_REFUSED;
    if (answering.answer == ERRAND_DISAGREED && !*answering.opinion) {
        diag_error(visit->diag, (Place){.field = _("Opinion")}, "no-opinion",
                   "say in a few words what you do not agree with");
        return WEB_WRONG;
    }
    result = write_run(visit, do_answer, &answering);
    if (result) return result;
    if (answering.is_late) return WEB_CONFLICT;
    return visit_go_saying(visit, record_path(visit, record, ""), _("Your answer is kept"));
}

static const WebInput ask_inputs[] = {
    {"kind", INPUT_TEXT, {"hand_on 转办、sign 会签、copy 抄送", "hand_on, sign or copy"}, .required = true},
    {"taker", INPUT_TEXTS, {"请谁，账号", "logins of who is asked"}, .required = true},
    {"note", INPUT_TEXT, {"说明", "what for"}},
    {"due", INPUT_DAY, {"截止日期", "until when"}},
    {0},
};
static const WebInput answer_inputs[] = {
    {"answer", INPUT_TEXT, {"done 已办、agree 同意、disagree 不同意、take_back 收回", "done, agree, disagree or take_back"},
     .required = true},
    {"opinion", INPUT_TEXT, {"意见", "what one thinks of it"}},
    {0},
};

#define ERRANDS API_PREFIX "/ledgers/{ledger}/records/{id}/errands"

const WebRoute routes_errands[] = {
    {HTTP_GET, "/ledgers/{ledger}/{id}/errands/new", "errand:ask", ask, .waits = true,
     .api = API(ERRANDS "/takers", {"可以请的人", "Who can be asked"}, api_takers, .gives = "Takers")},
    {HTTP_POST, "/ledgers/{ledger}/{id}/errands", "errand:ask", post, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(ERRANDS, {"转办、会签或抄送", "Hand a record on, have it signed, send copies"}, api_errands, ask_inputs,
                "Errands")},
    {HTTP_POST, "/ledgers/{ledger}/{id}/errands/{errand}", "ledger:read", answer, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true,
     .api = API(ERRANDS "/{errand}", {"办结、会签意见或收回", "Answer one, or take it back"}, api_errands, answer_inputs,
                "Errands", .scope = "errand:ask")},
    {0},
};
