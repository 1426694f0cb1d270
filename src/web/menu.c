/* web/menu.c: see menu.h. */
#include "web/menu.h"

#include <string.h>

#include "base/mem.h"
#include "web/frame.h"
#include "web/url.h"

static void add_entry(json_t *list, const char *title, const char *path, const char *here) {
    json_t *entry = page_object();
    page_set_text(entry, "title", title);
    page_set_text(entry, "path", path);
    page_set(entry, "here", json_boolean(!strcmp(path, here)));
    json_array_append_new(list, entry);
}

/* --- the ledgers --- */

/* The ledgers of one kind of work that he may see; NULL when there are none. */
static json_t *area_json(const Visit *visit, const Area *area) {
    const Catalog *catalog = visit->store->catalog;
    json_t *ledgers = page_array();
    bool open = false;
    for (size_t i = 0; i < catalog->n_ledgers; i++) {
        const Ledger *ledger = &catalog->ledgers[i];
        if (ledger->area != area->number || !visit_may(visit, "ledger:read", ledger)) continue;
        add_entry(ledgers, label_text(ledger->title), url_list(visit->ctx, ledger),
                  visit->ledger == ledger ? url_list(visit->ctx, ledger) : "");
        open |= visit->ledger == ledger;
    }
    if (!json_array_size(ledgers)) {
        json_decref(ledgers);
        return NULL;
    }
    json_t *object = page_object();
    page_set_text(object, "title", label_text(area->title));
    page_set(object, "open", json_boolean(open));
    page_set(object, "ledgers", ledgers);
    return object;
}

static int fill_ledgers(Visit *visit, json_t *model, void *data) {
    (void)data;
    json_t *array = page_array();
    for (size_t i = 0; i < visit->store->catalog->n_areas; i++) {
        json_t *area = area_json(visit, &visit->store->catalog->areas[i]);
        if (area) json_array_append_new(array, area);
    }
    page_set(model, "areas", array);
    return 0;
}

/* --- the places beside them --- */

/* Who may not, does not see them. */
static const struct {
    const char *path, *permission;
    Label title;
} places[] = {
    {"/", "", {"工作台", "Desk"}},
    {"/cockpit", "figure:read", {"驾驶舱", "Cockpit"}},
    {"/figures", "figure:read", {"指标", "Figures"}},
    {"/targets", "figure:read", {"目标", "Targets"}},
    {"/reports", "report:read", {"总结", "Summaries"}},
    {"/check", "check:run", {"核对", "Check"}},
    {"/people", "account:manage", {"账号", "Accounts"}},
    {"/people", "role:grant", {"授权", "Roles"}},
    {"/audit", "audit:read", {"审计", "Audit"}},
    {"/system", "system:operate", {"系统", "System"}},
};
#define PLACES (sizeof places / sizeof places[0])

/* Whether the path is the place or below it. */
static bool is_at(const char *path, const char *place) {
    size_t size = strlen(place);
    if (size == 1) return path[1] == '\0';
    return !strncmp(path, place, size) && (path[size] == '\0' || path[size] == '/');
}

static int fill_places(Visit *visit, json_t *model, void *data) {
    (void)data;
    json_t *array = page_array();
    const char *path = visit->request->path;
    for (size_t i = 0; i < PLACES; i++) {
        if (*places[i].permission && !visit_may(visit, places[i].permission, NULL)) continue;
        add_entry(array, label_text(places[i].title), places[i].path,
                  is_at(path, places[i].path) ? places[i].path : "");
    }
    page_set(model, "places", array);
    return 0;
}

/* --- as text --- */

/* The path of the place where he is, "" for none. */
static const char *place_of(const Visit *visit) {
    for (size_t i = 0; i < PLACES; i++)
        if (is_at(visit->request->path, places[i].path)) return places[i].path;
    return "";
}

static const char *text_of(Visit *visit, const char *name, const char *here, FrameMake make) {
    const char *text = NULL;
    (void)frame_kept(visit, name, here, FRAME_LASTS, make, NULL, &text);
    return text;
}

const char *menu_places(Visit *visit) { return text_of(visit, "places", place_of(visit), fill_places); }

const char *menu_ledgers(Visit *visit) {
    return text_of(visit, "ledgers", visit->ledger ? visit->ledger->name.text : "", fill_ledgers);
}
