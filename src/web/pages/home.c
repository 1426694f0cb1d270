/* web/pages/home.c: the desk: what waits for somebody, what he did, what he began and what was copied to him; and
 * beside it how the targets stand and what changed. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/desk.h"
#include "web/pages/pages.h"
#include "web/record.h"
#include "web/term.h"
#include "web/url.h"
#include "web/words.h"
#include "web/worklist.h"

/* --- rows --- */

/* What is asked of him about a record, or was copied to him. */
static void add_errand(Visit *visit, const WorklistErrand *asked, json_t *rows) {
    const Errand *errand = &asked->errand;
    json_t *row = page_object();
    record_add_face(visit, asked->record, row);
    page_set_text(row, "kind", errand_kind_label(errand->kind));
    page_set_text(row, "asker", words_person(visit, errand->asker));
    page_set_text(row, "note", errand->note);
    page_set_text(row, "day", words_moment(visit->ctx, errand->asked_at));
    page_set(row, "is_new", json_boolean(errand->answer == ERRAND_OPEN));
    page_set(row, "light", term_json(visit, errand->due));
    json_array_append_new(rows, row);
}

static void add_item(const Visit *visit, const WorkItem *item, json_t *rows) {
    json_t *row = page_object();
    page_set_text(row, "title", item->title);
    page_set_text(row, "number", item->number);
    page_set(row, "state", cell_state_json(item->state));
    page_set_text(row, "path", cell_record_url(visit, item->ledger, item->record));
    page_set_text(row, "ledger_title", label_text(item->ledger->title));
    page_set_text(row, "action", item->action ? words_action(item->ledger, item->action) : NULL);
    page_set_text(row, "day", item->at ? words_moment(visit->ctx, item->at) : date_iso(visit->ctx, item->entered_on));
    bool waits = !item->at && item->entered_on != DATE_NONE;
    page_set_text(row, "days", waits ? mem_printf(visit->ctx, _("%lld days"), (long long)item->days) : NULL);
    page_set(row, "light", term_json(visit, item->due_on));
    json_array_append_new(rows, row);
}

/* --- the four lists --- */

/* By WorklistKind. */
typedef struct Tab {
    const char *path;
    Label title, empty;
} Tab;

static const Tab tabs[WORKLISTS] = {
    [WORKLIST_TODO] = {"/todo", {"待办", "To do"}, {"没有待办的事", "Nothing waits for you"}},
    [WORKLIST_DONE] = {"/done", {"已办", "Done"}, {"还没有办过的事", "You have done nothing here yet"}},
    [WORKLIST_STARTED] = {"/started", {"我发起的", "Started by me"}, {"还没有登记过记录", "You have entered no record yet"}},
    [WORKLIST_COPIED] = {"/copied", {"抄送我的", "Copied to me"}, {"没有抄送给您的记录", "Nothing was copied to you"}},
};

/* --- the pages --- */

static json_t *tabs_json(const Tab *here) {
    json_t *array = page_array();
    for (size_t i = 0; i < WORKLISTS; i++) {
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
    WorkCount count;
    int fault = worklist_count(visit, &count);
    if (fault) return fault;
    page_set_text(todo, "count", count.waiting ? count_words(visit, count.waiting) : NULL);
    page_set_text(todo, "late", count.late ? count_words(visit, count.late) : NULL);
    return 0;
}

static int fill_tab(Visit *visit, const Tab *tab, json_t *model) {
    json_t *rows = page_array();
    Worklist list;
    int fault = worklist_read(visit, (WorklistKind)(tab - tabs), &list);
    for (size_t i = 0; i < list.n_errands && !fault; i++) add_errand(visit, &list.errands[i], rows);
    for (size_t i = 0; i < list.n_items && !fault; i++) add_item(visit, &list.items[i], rows);
    page_set(model, "any", json_boolean(json_array_size(rows) > 0));
    page_set(model, "rows", rows);
    page_set_text(model, "list_title", label_text(tab->title));
    page_set_text(model, "empty", label_text(tab->empty));
    json_t *all = tabs_json(tab);
    page_set(model, "tabs", all);
    if (!fault && tab == &tabs[WORKLIST_TODO]) fault = add_counts(visit, json_array_get(all, WORKLIST_TODO));
    if (list.after)
        page_set_text(model, "next_url", url_with(visit->ctx, tab->path, NULL, URL_CHANGES({"after", list.after})));
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

#define WORK_API(path, zh, en, answer)                                                                                \
    API(API_PREFIX path, {zh, en}, answer, INPUTS({"after", INPUT_TEXT, {"上一页的 next", "next of the page before"}}),  \
        "Work", .scope = "ledger:read")

const WebRoute routes_home[] = {
    {HTTP_GET, "/", "member", show_home, .waits = true},
    {HTTP_GET, "/todo", "member", show_tab, .api = WORK_API("/work/todo", "待办", "What waits", api_todo)},
    {HTTP_GET, "/done", "member", show_tab, .api = WORK_API("/work/done", "已办", "What one did", api_done)},
    {HTTP_GET, "/started", "member", show_tab,
     .api = WORK_API("/work/started", "我发起的", "What one entered", api_started)},
    {HTTP_GET, "/copied", "member", show_tab,
     .api = WORK_API("/work/copied", "抄送我的", "What was copied to one", api_copied)},
    {0},
};
