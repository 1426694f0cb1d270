/* web/pages/drafts.c: a draft: where it is, its blocks, its text as it would go out, and its way to the issue. */
#include "web/pages/drafts.h"

#include <string.h>

#include "base/mem.h"
#include "ledger/issue.h"
#include "web/pages/pages.h"
#include "web/texts.h"

/* --- the draft that the path names --- */

bool draft_is_shown(const Visit *visit) {
    return visit_may(visit, "report:write", NULL) || visit_may(visit, "report:issue", NULL);
}

int draft_open(Visit *visit, OpenDraft *ret_open) {
    if (!draft_is_shown(visit)) return WEB_MISSING;
    int64_t id = visit_number(visit_segment(visit, "draft"));
    int result = draft_find(visit->ctx, visit->store, id, &ret_open->draft);
    if (result) return result < 0 ? result : WEB_MISSING;
    ret_open->report = catalog_find_report(visit->store->catalog, ret_open->draft->report);
    ret_open->url = mem_printf(visit->ctx, "/reports/drafts/%lld", (long long)id);
    if (!ret_open->report) return WEB_MISSING;
    result = draft_blocks(visit->ctx, visit->store, id, &ret_open->blocks, &ret_open->n_blocks);
    if (!result) result = draft_comments(visit->ctx, visit->store, id, &ret_open->comments, &ret_open->n_comments);
    return result;
}

const char *draft_where(const Visit *visit, const Report *report, const Draft *draft) {
    const Role *turn = draft_turn(visit->store->catalog, report, draft);
    switch (draft_place(draft)) {
    case DRAFT_WRITING:
        return strcmp(draft->last.action, draft_action_name(DRAFT_RETURN)) ? _("Being written") : _("Sent back");
    case DRAFT_SIGNING:
        return turn ? mem_printf(visit->ctx, _("Waits for: %s"), label_text(turn->label)) : _("Waits to be issued");
    case DRAFT_ISSUED:
        break;
    }
    return _("Issued");
}

void draft_add_head(const Visit *visit, const OpenDraft *open, json_t *model) {
    page_set_text(model, "url", open->url);
    page_set_text(model, "title", label_text(open->report->title));
    page_set_text(model, "report", open->report->name.text);
    page_set_text(model, "period", text_period_short(visit, open->draft->period));
    page_set_text(model, "period_words", text_period_words(visit, open->draft->period));
    page_set_text(model, "where", draft_where(visit, open->report, open->draft));
    page_set(model, "writing",
             json_boolean(draft_place(open->draft) == DRAFT_WRITING && visit_may(visit, "report:write", NULL)));
}

/* --- its blocks and steps --- */

static size_t open_comments(const OpenDraft *open, int64_t block) {
    size_t n = 0;
    for (size_t i = 0; i < open->n_comments; i++)
        n += open->comments[i].block == block && !open->comments[i].resolved_at;
    return n;
}

static json_t *blocks_json(const Visit *visit, const OpenDraft *open) {
    json_t *array = page_array();
    for (size_t i = 0; i < open->n_blocks; i++) {
        const DraftBlock *block = &open->blocks[i];
        const char *title = draft_block_title(visit->ctx, block->body);
        size_t comments = open_comments(open, block->block);
        json_t *object = page_object();
        page_set_text(object, "title", *title && block->block ? title : _("Title and opening"));
        page_set_text(object, "url", mem_printf(visit->ctx, "%s/blocks/%lld", open->url, (long long)block->block));
        page_set_text(object, "owner", *block->owner ? text_who(visit, block->owner) : NULL);
        page_set(object, "mine", json_boolean(!strcmp(block->owner, visit->mandate->login)));
        page_set(object, "done", json_boolean(block->done));
        page_set(object, "comments", comments ? json_integer((json_int_t)comments) : json_null());
        page_set_text(object, "who", text_who(visit, block->actor));
        page_set_text(object, "when", text_when(visit, block->at));
        json_array_append_new(array, object);
    }
    return array;
}

static const char *action_words(const char *action) {
    static const struct {
        const char *action, *words;
    } all[] = {{"begin", N_("began the draft")},
               {"submit", N_("submitted it")},
               {"agree", N_("agreed")},
               {"return", N_("sent it back")},
               {"issue", N_("issued it")}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!strcmp(all[i].action, action)) return _(all[i].words);
    return "";
}

int draft_add_steps(const Visit *visit, int64_t draft, json_t *model) {
    DraftStep *steps;
    size_t n = 0;
    int fault = draft_steps(visit->ctx, visit->store, draft, &steps, &n);
    json_t *array = page_array();
    for (size_t i = 0; !fault && i < n; i++) {
        json_t *object = page_object();
        page_set_text(object, "who", text_who(visit, steps[i].actor));
        page_set_text(object, "when", text_when(visit, steps[i].at));
        page_set_text(object, "action", action_words(steps[i].action));
        page_set_text(object, "words", steps[i].words);
        json_array_append_new(array, object);
    }
    page_set(model, "steps", array);
    return fault;
}

static void add_actions(const Visit *visit, const OpenDraft *open, json_t *model) {
    const struct {
        const char *name;
        DraftAction action;
        const char *word;
    } all[] = {{"may_submit", DRAFT_SUBMIT, "report:write"},
               {"may_agree", DRAFT_AGREE, "report:read"},
               {"may_return", DRAFT_RETURN, "report:read"},
               {"may_issue", DRAFT_ISSUE, "report:issue"}};
    bool any = false;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        bool may =
            visit_may(visit, all[i].word, NULL) && draft_can(open->report, open->draft, all[i].action, &visit->actor);
        page_set(model, all[i].name, json_boolean(may));
        any |= may;
    }
    page_set(model, "may_act", json_boolean(any));
}

/* --- the page --- */

static int show_text(Visit *visit, const OpenDraft *open, json_t *model) {
    const SummaryAsk ask = {draft_report(visit->ctx, open->report, open->blocks, open->n_blocks), open->draft->period,
                            DATE_NONE};
    Summary *summary;
    int result = summary_compose(visit->ctx, visit->store, &ask, visit->diag, &summary);
    if (result) return result < 0 ? result : 0; /* findings stand in the place of the text */
    TextPlace place = {visit, open->report->name.text, open->draft->period, 0};
    summary_keep(visit->store, summary);
    text_add(model, summary->doc, &place);
    return 0;
}

static int show_page(Visit *visit, const OpenDraft *open) {
    json_t *model = page_object();
    draft_add_head(visit, open, model);
    page_set(model, "blocks", blocks_json(visit, open));
    add_actions(visit, open, model);
    int fault = draft_add_steps(visit, open->draft->id, model);
    if (!fault) fault = show_text(visit, open, model);
    page_set(model, "findings", frame_findings(visit));
    return fault ? fault : frame_show(visit, "draft", _("Draft"), model);
}

static int show_draft(Visit *visit) {
    OpenDraft open;
    int result = draft_open(visit, &open);
    if (!result && open.draft->issue)
        return visit_go(visit, mem_printf(visit->ctx, "/reports/issues/%lld", (long long)open.draft->issue));
    return result ? result : show_page(visit, &open);
}

/* --- begun --- */

static int begin(Visit *visit) {
    const Report *report = text_report(visit);
    Period period;
    Draft *like = NULL;
    int64_t id, like_id = visit_number(visit_form(visit, "like"));
    if (!report || !period_parse(visit_form(visit, "period"), &period)) return WEB_MISSING;
    int result = like_id ? draft_find(visit->ctx, visit->store, like_id, &like) : 0;
    if (result) return result < 0 ? result : WEB_MISSING;
    if (like && strcmp(like->report, report->name.text) != 0) return WEB_BAD;
    result = draft_begin(visit->store, report, period, like, &visit->actor, visit->diag, &id);
    if (result) return result < 0 ? result : WEB_WRONG;
    return visit_go_saying(visit, mem_printf(visit->ctx, "/reports/drafts/%lld", (long long)id),
                           _("The draft has been begun"));
}

/* --- steps --- */

/* What does not go is said on the page of the draft. */
static int answer(Visit *visit, const OpenDraft *open, int result, const char *target, const char *words) {
    if (result < 0) return result;
    if (!result) return visit_go_saying(visit, target, words);
    OpenDraft now = *open;
    result = draft_open(visit, &now);
    if (!result) result = show_page(visit, &now);
    return result ? result : WEB_WRONG;
}

static int act(Visit *visit, DraftAction action, const char *words) {
    OpenDraft open;
    int result = draft_open(visit, &open);
    if (result) return result;
    result =
        draft_act(visit->store, open.report, open.draft, action, text_form(visit, "words"), &visit->actor, visit->diag);
    return answer(visit, &open, result, open.url, words);
}

static int submit(Visit *visit) { return act(visit, DRAFT_SUBMIT, _("The text has been submitted")); }
static int agree(Visit *visit) { return act(visit, DRAFT_AGREE, _("The text has gone to the next signatory")); }
static int send_back(Visit *visit) { return act(visit, DRAFT_RETURN, _("The text has gone back to its writers")); }

static int issue(Visit *visit) {
    OpenDraft open;
    int64_t number = 0;
    int result = draft_open(visit, &open);
    if (result) return result;
    result = draft_issue(visit->store, open.report, open.draft, text_form(visit, "words"), &visit->actor, visit->diag,
                         &number);
    return answer(visit, &open, result, mem_printf(visit->ctx, "/reports/issues/%lld", (long long)number),
                  mem_printf(visit->ctx, _("Issued as no. %lld"), (long long)number));
}

const WebRoute routes_drafts[] = {
    {HTTP_POST, "/reports/{report}/drafts", "report:write", begin, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_GET, "/reports/drafts/{draft}", "report:read", show_draft, .waits = true},
    {HTTP_POST, "/reports/drafts/{draft}/submit", "report:write", submit, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_POST, "/reports/drafts/{draft}/agree", "report:read", agree, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_POST, "/reports/drafts/{draft}/return", "report:read", send_back, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true},
    {HTTP_POST, "/reports/drafts/{draft}/issue", "report:issue", issue, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {0},
};
