/* web/pages/draft.c: a form that is being filled keeps itself, and can be thrown away. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/draft.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/words.h"

/* [["title", "…"], …]: as it was sent, but for the token. */
static const char *text_of(const Visit *visit) {
    const HttpFields *form = &visit->request->form;
    json_t *array = json_keep(visit->ctx, page_array());
    for (size_t i = 0; i < form->count; i++)
        if (*form->list[i].value && strcmp(form->list[i].name, "csrf"))
            json_array_append_new(array, json_pack("[s, s]", form->list[i].name, form->list[i].value));
    char *json = json_dumps(array, JSON_COMPACT);
    const char *text = mem_strdup(visit->ctx, json);
    free(json);
    return text;
}

static int save(Visit *visit, int64_t record) {
    json_t *model = page_object();
    const Draft draft = {.record = record, .at = visit->now, .form = text_of(visit)};
    int result = draft_save(visit->store, visit->actor.name, visit->ledger, &draft, visit->diag);
    if (result < 0) return result;
    page_set_text(model, "at", result ? NULL : words_moment(visit->ctx, visit->now));
    page_set(model, "findings", frame_findings(visit));
    return frame_show_part(visit, "draft", model);
}

static int drop(Visit *visit, int64_t record) {
    int fault = draft_drop(visit->store, visit->actor.name, visit->ledger, record);
    if (fault) return fault;
    const char *ledger = visit->ledger->name.text;
    const char *path = record ? mem_printf(visit->ctx, "%s/edit", cell_record_url(visit, visit->ledger, record))
                              : mem_printf(visit->ctx, "/ledgers/%s/new", ledger);
    return visit_go_saying(visit, path, _("The draft was thrown away"));
}

static int take(Visit *visit) {
    Record *record = NULL;
    int result = *visit_segment(visit, "id") ? reach_named(visit, "ledger:edit", &record) : 0;
    if (result) return result;
    int64_t id = record ? record->id : 0;
    return *visit_form(visit, ":drop") ? drop(visit, id) : save(visit, id);
}

#define DRAFT_TAKES                                                                                                    \
    INPUTS({"fields", INPUT_FIELDS, {"表单各项的文字", "the texts of the form by field"}},                               \
           {"drop", INPUT_YES, {"放弃草稿", "throw it away"}, .prefix = ":"})
#define DRAFT_ABOUT {"保存或放弃草稿", "Keep what a form holds so far, or throw it away"}

const WebRoute routes_draft[] = {
    {HTTP_POST, "/ledgers/{ledger}/draft", "ledger:edit", take, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/ledgers/{ledger}/drafts", DRAFT_ABOUT, api_drafts, DRAFT_TAKES, "Drafts")},
    {HTTP_POST, "/ledgers/{ledger}/{id}/draft", "ledger:edit", take, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/ledgers/{ledger}/records/{id}/draft", DRAFT_ABOUT, api_drafts, DRAFT_TAKES, "Drafts")},
    {0},
};
