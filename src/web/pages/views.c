/* web/pages/views.c: filters of a list that people keep under a name, for themselves or for all who may see the ledger.
 */
#include "web/views.h"

#include <string.h>

#include "base/mem.h"
#include "ledger/saved-view.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/url.h"

/* Kept queries are written into links: only what can stand behind the ? of an address. */
static bool is_query(const char *text) { return !strpbrk(text, "#<>\"' \r\n"); }

int views_fill(const Visit *visit, json_t *model) {
    SavedView *list;
    size_t n;
    const char *login = visit->account->login;
    json_t *array = page_array();
    page_set(model, "views", array);
    int fault = view_list(visit->ctx, visit->store, visit->ledger, login, &list, &n);
    for (size_t i = 0; !fault && i < n; i++) {
        json_t *view = page_object();
        page_set_text(view, "name", list[i].name);
        page_set_text(view, "url", mem_printf(visit->ctx, "%s?%s", url_list(visit->ctx, visit->ledger), list[i].query));
        page_set(view, "own", json_boolean(!strcmp(list[i].login, login)));
        page_set(view, "shared", json_boolean(list[i].shared));
        json_array_append_new(array, view);
    }
    return fault;
}

static int back(Visit *visit, const char *query, const char *words) {
    return visit_go_saying(visit, mem_printf(visit->ctx, "%s?%s", url_list(visit->ctx, visit->ledger), query), words);
}

static int save(Visit *visit) {
    const SavedView view = {.login = visit->account->login,
                            .name = visit_form(visit, "name"),
                            .query = visit_form(visit, "query"),
                            .shared = *visit_form(visit, "shared") != '\0'};
    if (!is_query(view.query)) return WEB_BAD;
    int result = view_save(visit->store, visit->ledger, &view, visit->now, visit->diag);
    if (result > 0) return WEB_WRONG;
    return result ? result : back(visit, view.query, _("The filters have been kept"));
}

static int drop(Visit *visit) {
    int result = view_drop(visit->store, visit->ledger, visit->account->login, visit_form(visit, "name"));
    if (result > 0) return WEB_MISSING;
    return result ? result : back(visit, "", _("The kept filters have been taken away"));
}

#define VIEWS API_PREFIX "/ledgers/{ledger}/views"
#define NAME                                                                                                           \
    { "name", INPUT_TEXT, {"名称", "its name"}, .required = true }

const WebRoute routes_views[] = {
    {HTTP_POST, "/ledgers/{ledger}/views", "ledger:read", save, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(VIEWS, {"保存筛选", "Keep filters under a name"}, api_views,
                INPUTS(NAME,
                       {"query", INPUT_TEXT, {"地址中 ? 之后的部分", "what stands behind the ? of the list's address"}},
                       {"shared", INPUT_YES, {"共享给能看该台账的人", "for all who may see the ledger"}}),
                "Views", .scope = "ledger:edit")},
    {HTTP_POST, "/ledgers/{ledger}/views/drop", "ledger:read", drop, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(VIEWS, {"删除保存的筛选", "Take kept filters away"}, api_views, INPUTS(NAME), "Views", "ledger:edit",
                HTTP_DELETE)},
    {0},
};
