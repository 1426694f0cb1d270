/* web/pages/home.c: the desk: what waits for somebody, what he did, what he began and what was copied to him; and
 * beside it how the targets stand and what changed. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/errand.h"
#include "ledger/work.h"
#include "web/cells.h"
#include "web/desk.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/record.h"
#include "web/term.h"
#include "web/url.h"
#include "web/words.h"

#define ERRANDS_MOST 50u /* of what waits; more are seldom */

/* --- rows --- */

/* What is asked of him about a record, or was copied to him; nothing when it is gone or no longer his to see. */
static int add_errand(Visit *visit, const Errand *errand, json_t *rows) {
    Record *record;
    const Ask ask = {.word = "ledger:read", .ledger = catalog_find_ledger(visit->store->catalog, errand->ledger)};
    int result = ask.ledger ? reach_record(visit, &ask, errand->record, &record) : WEB_MISSING;
    if (result) return result < 0 ? result : 0;
    json_t *row = page_object();
    record_add_face(visit, record, row);
    page_set_text(row, "kind", errand_kind_label(errand->kind));
    page_set_text(row, "asker", words_person(visit, errand->asker));
    page_set_text(row, "note", errand->note);
    page_set_text(row, "day", words_moment(visit->ctx, errand->asked_at));
    page_set(row, "is_new", json_boolean(errand->answer == ERRAND_OPEN));
    page_set(row, "light", term_json(visit, errand->due));
    json_array_append_new(rows, row);
    return 0;
}

static void add_item(const Visit *visit, const WorkItem *item, json_t *rows) {
    json_t *row = page_object();
    page_set_text(row, "title", item->title);
    page_set_text(row, "number", item->number);
    page_set(row, "state", cell_state_json(item->state));
    page_set_text(row, "path", cell_record_url(visit, item->ledger, item->record));
    page_set_text(row, "ledger_title", label_text(item->ledger->title));
    page_set_text(row, "action", item->action ? words_action(item->ledger, item->action) : NULL);
    page_set_text(row, "day", item->at ? words_moment(visit->ctx, item->at) : words_day(visit->ctx, item->entered_on));
    bool waits = !item->at && item->entered_on != DATE_NONE;
    page_set_text(row, "days", waits ? mem_printf(visit->ctx, _("%lld days"), (long long)item->days) : NULL);
    page_set(row, "light", term_json(visit, item->due_on));
    json_array_append_new(rows, row);
}

/* --- the four lists --- */

typedef struct Tab Tab;
struct Tab {
    const char *path;
    Label title, empty;
    /* Adds the rows behind what the address says, and tells where the next page begins (NULL: none). 0, or a fault. */
    int (*fill)(const Tab *tab, Visit *visit, json_t *rows, const char **ret_after);
    int (*work)(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);
};

static int fill_work(const Tab *tab, Visit *visit, json_t *rows, const char **ret_after) {
    QueryPlace place;
    WorkPage page;
    const char *text = visit_query(visit, "after");
    bool by_day = tab->work == work_todo;
    bool goes_on = by_day ? query_place_parse_day(text, &place)
                          : query_place_parse(visit->ctx, &(Query){0}, text, &place);
    int fault = tab->work(visit->ctx, visit->store, visit->mandate, goes_on ? &place : NULL, &page);
    for (size_t i = 0; i < page.count && !fault; i++) add_item(visit, &page.items[i], rows);
    if (!fault && page.has_after) *ret_after = query_place_text(visit->ctx, &page.last);
    return fault;
}

static int add_errands(Visit *visit, const ErrandAsk *ask, json_t *rows, int64_t *ret_last) {
    Errands errands;
    int fault = errand_list(visit->ctx, visit->store, ask, &errands);
    for (size_t i = 0; i < errands.count && !fault; i++) fault = add_errand(visit, &errands.list[i], rows);
    *ret_last = errands.count == ask->most ? errands.list[errands.count - 1].id : 0;
    return fault;
}

/* What others ask of him, and he has not answered yet. */
static ErrandAsk asked_of(const Visit *visit) {
    return (ErrandAsk){.by = ERRANDS_OF_TAKER, .login = visit->mandate->login, .open = true, .most = ERRANDS_MOST,
                       .kinds = 1u << ERRAND_HAND_ON | 1u << ERRAND_SIGN};
}

/* First what is asked, then what stands in his way. */
static int fill_todo(const Tab *tab, Visit *visit, json_t *rows, const char **ret_after) {
    const ErrandAsk ask = asked_of(visit);
    int64_t last;
    int fault = *visit_query(visit, "after") ? 0 : add_errands(visit, &ask, rows, &last);
    return fault ? fault : fill_work(tab, visit, rows, ret_after);
}

static int fill_copied(const Tab *tab, Visit *visit, json_t *rows, const char **ret_after) {
    (void)tab;
    const ErrandAsk ask = {.by = ERRANDS_OF_TAKER, .login = visit->mandate->login, .most = WORK_PAGE,
                           .kinds = 1u << ERRAND_COPY, .after = visit_number(visit_query(visit, "after"))};
    int64_t last;
    int fault = add_errands(visit, &ask, rows, &last);
    if (!fault && last) *ret_after = mem_printf(visit->ctx, "%" PRId64, last);
    return fault;
}

static const Tab tabs[] = {
    {"/todo", {"待办", "To do"}, {"没有待办的事", "Nothing waits for you"}, fill_todo, work_todo},
    {"/done", {"已办", "Done"}, {"还没有办过的事", "You have done nothing here yet"}, fill_work, work_done},
    {"/started", {"我发起的", "Started by me"}, {"还没有登记过记录", "You have entered no record yet"}, fill_work, work_started},
    {"/copied", {"抄送我的", "Copied to me"}, {"没有抄送给您的记录", "Nothing was copied to you"}, fill_copied, NULL},
};
#define TABS (sizeof tabs / sizeof tabs[0])

/* --- the pages --- */

static json_t *tabs_json(const Tab *here) {
    json_t *array = page_array();
    for (size_t i = 0; i < TABS; i++) {
        json_t *object = page_object();
        page_set_text(object, "path", tabs[i].path);
        page_set_text(object, "title", label_text(tabs[i].title));
        page_set(object, "here", json_boolean(&tabs[i] == here));
        json_array_append_new(array, object);
    }
    return array;
}

static const char *count_words(const Visit *visit, int64_t count) {
    return count > WORK_COUNT_MOST ? mem_printf(visit->ctx, "%d+", WORK_COUNT_MOST)
                                   : mem_printf(visit->ctx, "%" PRId64, count);
}

/* How much waits, on the tab itself. */
static int add_counts(Visit *visit, json_t *todo) {
    const ErrandAsk ask = asked_of(visit);
    Errands errands;
    WorkCount count;
    int fault = work_count(visit->store, visit->mandate, &count);
    if (!fault) fault = errand_list(visit->ctx, visit->store, &ask, &errands);
    if (fault) return fault;
    int64_t waiting = count.waiting + (int64_t)errands.count;
    page_set_text(todo, "count", waiting ? count_words(visit, waiting) : NULL);
    page_set_text(todo, "late", count.late ? count_words(visit, count.late) : NULL);
    return 0;
}

static int fill_tab(Visit *visit, const Tab *tab, json_t *model) {
    json_t *rows = page_array();
    const char *after = NULL;
    int fault = tab->fill(tab, visit, rows, &after);
    page_set(model, "any", json_boolean(json_array_size(rows) > 0));
    page_set(model, "rows", rows);
    page_set_text(model, "list_title", label_text(tab->title));
    page_set_text(model, "empty", label_text(tab->empty));
    json_t *all = tabs_json(tab);
    page_set(model, "tabs", all);
    if (!fault && tab->work == work_todo) fault = add_counts(visit, json_array_get(all, 0));
    if (after) page_set_text(model, "next_url", url_with(visit->ctx, tab->path, NULL, URL_CHANGES({"after", after})));
    return fault;
}

static int show_home(Visit *visit) {
    json_t *model = page_object();
    int fault = fill_tab(visit, &tabs[0], model);
    if (!fault) fault = desk_add_targets(visit, model);
    if (!fault) fault = desk_add_recent(visit, model);
    page_set(model, "is_desk", json_true());
    page_set_text(model, "title", mem_printf(visit->ctx, _("Good day, %s"), visit->session->account->name));
    return fault ? fault : frame_show(visit, "home", _("Desk"), model);
}

static int show_tab(Visit *visit) {
    const Tab *tab = tabs;
    while (strcmp(tab->path, visit->request->path)) tab++; /* only the paths below come here */
    json_t *model = page_object();
    int fault = fill_tab(visit, tab, model);
    page_set_text(model, "title", label_text(tab->title));
    return fault ? fault : frame_show(visit, "home", label_text(tab->title), model);
}

const WebRoute routes_home[] = {
    {HTTP_GET, "/", "member", show_home, .waits = true},
    {HTTP_GET, "/todo", "member", show_tab},
    {HTTP_GET, "/done", "member", show_tab},
    {HTTP_GET, "/started", "member", show_tab},
    {HTTP_GET, "/copied", "member", show_tab},
    {0},
};
