/* web/pages/audit.c: the four logs, for the audit administrator: what was written, who came in, who was given what, and
 * who saw personal fields, why. */
#include <string.h>

#include "base/mem.h"
#include "ledger/change.h"
#include "people/journal.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/url.h"
#include "web/words.h"

#define ROWS_MOST 100

typedef struct Filling {
    Visit *visit;
    json_t *rows;
    int64_t last; /* seq of the last change */
} Filling;

/* Four cells: time, who, what, about what. */
static void add_row(const Filling *filling, const char *at, const char *who, const char *what, const char *about) {
    json_t *row = page_object();
    page_set_text(row, "at", words_moment(filling->visit->ctx, at));
    page_set_text(row, "who", who);
    page_set_text(row, "what", what);
    page_set_text(row, "about", about);
    json_array_append_new(filling->rows, row);
}

/* --- changes --- */

static int add_change(const ChangeRow *change, void *data) {
    Filling *filling = data;
    const void *ctx = filling->visit->ctx;
    const Ledger *ledger = catalog_find_ledger(filling->visit->store->catalog, change->ledger);
    const char *who = change->behalf ? mem_printf(ctx, _("%s for %s"), change->actor, change->behalf) : change->actor;
    const char *title = ledger ? label_text(ledger->title) : change->ledger;
    const char *about = mem_printf(ctx, change->reason ? "%s #%lld v%lld: %s" : "%s #%lld v%lld", title,
                                   (long long)change->record, (long long)change->version, change->reason);
    add_row(filling, change->at, who, ledger ? words_action(ledger, change->action) : change->action, about);
    filling->last = change->seq;
    return 0;
}

static int fill_changes(Filling *filling, const char *login) {
    int64_t before = visit_number(visit_query(filling->visit, "before"));
    return change_each(filling->visit->store, login, before, ROWS_MOST, add_change, filling);
}

/* --- people --- */

static void add_sign_in(const JournalRow *row, void *data) {
    add_row(data, row->at, row->login, journal_words(row->outcome), row->address);
}

static int fill_sign_ins(Filling *filling, const char *login) {
    return journal_each_sign_in(&filling->visit->people, login, ROWS_MOST, add_sign_in, filling);
}

static void add_deed(const JournalDeed *deed, void *data) {
    const Filling *filling = data;
    const char *about = mem_printf(filling->visit->ctx, "%s %s", deed->login, deed->detail ? deed->detail : "");
    add_row(filling, deed->at, deed->actor, journal_words(deed->action), about);
}

static int fill_deeds(Filling *filling, const char *login) {
    return journal_each_deed(&filling->visit->people, login, ROWS_MOST, add_deed, filling);
}

static void add_disclosure(const Disclosure *disclosure, void *data) {
    const Filling *filling = data;
    const Ledger *ledger = catalog_find_ledger(filling->visit->store->catalog, disclosure->ledger);
    const char *title = ledger ? label_text(ledger->title) : disclosure->ledger;
    const char *about = mem_printf(filling->visit->ctx, "%s #%lld", title, (long long)disclosure->record);
    add_row(filling, disclosure->at, disclosure->login, disclosure->reason, about);
}

static int fill_disclosures(Filling *filling, const char *login) {
    return journal_each_disclosure(&filling->visit->people, login, ROWS_MOST, add_disclosure, filling);
}

/* --- the page --- */

static const struct {
    const char *word;
    Label title;
    int (*fill)(Filling *filling, const char *login); /* login NULL: everybody's */
} logs[] = {
    {"changes", {"记录变更", "Records"}, fill_changes},
    {"sign-ins", {"登录", "Sign-ins"}, fill_sign_ins},
    {"grants", {"账号与授权", "Accounts and roles"}, fill_deeds},
    {"disclosures", {"查看个人信息", "Personal fields seen"}, fill_disclosures},
};
#define LOGS (sizeof logs / sizeof logs[0])

static int show_audit(Visit *visit) {
    const char *word = visit_query(visit, "log"), *login = visit_query(visit, "login");
    Filling filling = {.visit = visit, .rows = page_array()};
    json_t *model = page_object(), *tabs = page_array();
    size_t chosen = 0;
    for (size_t i = 0; i < LOGS; i++) {
        if (!strcmp(logs[i].word, word)) chosen = i;
    }
    for (size_t i = 0; i < LOGS; i++) {
        json_t *tab = page_object();
        page_set_text(tab, "title", label_text(logs[i].title));
        page_set_text(
            tab, "path",
            url_with(visit->ctx, "/audit", NULL, URL_CHANGES({"log", logs[i].word}, {"login", *login ? login : NULL})));
        page_set(tab, "here", json_boolean(i == chosen));
        json_array_append_new(tabs, tab);
    }
    page_set(model, "rows", filling.rows);
    page_set(model, "tabs", tabs);
    int fault = logs[chosen].fill(&filling, *login ? login : NULL);
    page_set(model, "any", json_boolean(json_array_size(filling.rows) > 0));
    page_set_text(model, "log", logs[chosen].word);
    page_set_text(model, "login", login);
    if (filling.last && json_array_size(filling.rows) == ROWS_MOST)
        page_set_text(model, "next_url",
                      url_with(visit->ctx, "/audit", &visit->request->query,
                               URL_CHANGES({"before", mem_printf(visit->ctx, "%lld", (long long)filling.last)})));
    return fault ? fault : frame_show(visit, "audit", _("Audit"), model);
}

const WebRoute routes_audit[] = {
    {HTTP_GET, "/audit", "audit:read", show_audit,
     .api = API(API_PREFIX "/audit", {"日志：记录变更、登录、授权、查看个人信息", "The logs, the newest first"}, api_audit,
                INPUTS({"log", INPUT_TEXT,
                        {"changes、sign-ins、grants 或 disclosures", "changes, sign-ins, grants or disclosures"},
                        .required = true},
                       {"login", INPUT_TEXT, {"只看某账号", "of one account alone"}},
                       {"before", INPUT_NUMBER, {"上一页的 next", "next of the page before"}}),
                "Log")},
    {0},
};
