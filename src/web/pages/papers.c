/* web/pages/papers.c: a draft: where it is, its blocks, its text as it would go out, and its way to the issue. */
#include "web/api/api.h"
#include "web/pages/papers.h"

#include <string.h>

#include "base/mem.h"
#include "ledger/issue.h"
#include "web/pages/pages.h"
#include "web/period.h"
#include "web/texts.h"
#include "web/words.h"

/* --- the draft that the path names --- */

bool paper_is_shown(const Visit *visit) {
    return visit_may(visit, "report:write", NULL) || visit_may(visit, "report:issue", NULL);
}

int paper_open(Visit *visit, OpenPaper *ret_open) {
    if (!paper_is_shown(visit)) return WEB_MISSING;
    int64_t id = visit->made ? visit->made : visit_number(visit_segment(visit, "draft")); /* begun just now */
    int result = paper_find(visit->ctx, visit->store, id, &ret_open->paper);
    if (result) return result < 0 ? result : WEB_MISSING;
    ret_open->report = catalog_find_report(visit->store->catalog, ret_open->paper->report);
    ret_open->url = mem_printf(visit->ctx, "/reports/drafts/%lld", (long long)id);
    if (!ret_open->report) return WEB_MISSING;
    result = paper_blocks(visit->ctx, visit->store, id, &ret_open->blocks, &ret_open->n_blocks);
    if (!result) result = paper_comments(visit->ctx, visit->store, id, &ret_open->comments, &ret_open->n_comments);
    return result;
}

const char *paper_where(const Visit *visit, const Report *report, const Paper *paper) {
    const Role *turn = paper_turn(visit->store->catalog, report, paper);
    switch (paper_place(paper)) {
    case PAPER_WRITING:
        return strcmp(paper->last.action, paper_action_name(PAPER_RETURN)) ? _("Being written") : _("Sent back");
    case PAPER_SIGNING:
        return turn ? mem_printf(visit->ctx, _("Waits for: %s"), label_text(turn->label)) : _("Waits to be issued");
    case PAPER_ISSUED:
        break;
    }
    return _("Issued");
}

void paper_add_head(const Visit *visit, const OpenPaper *open, json_t *model) {
    page_set_text(model, "url", open->url);
    page_set_text(model, "title", label_text(open->report->title));
    page_set_text(model, "report", open->report->name.text);
    page_set_text(model, "period", period_code(visit, open->paper->period));
    page_set_text(model, "period_words", period_title(visit, open->paper->period));
    page_set_text(model, "where", paper_where(visit, open->report, open->paper));
    page_set(model, "writing",
             json_boolean(paper_place(open->paper) == PAPER_WRITING && visit_may(visit, "report:write", NULL)));
}

/* --- its blocks and steps --- */

static size_t open_comments(const OpenPaper *open, int64_t block) {
    size_t n = 0;
    for (size_t i = 0; i < open->n_comments; i++)
        n += open->comments[i].block == block && !open->comments[i].resolved_at;
    return n;
}

/* The headings of a block as they will read. */
static size_t headings_of(const Visit *visit, const OpenPaper *open, const PaperBlock *block, PaperHeading **ret_list) {
    const SummaryAsk ask = {open->report, open->paper->period, DATE_NONE};
    size_t n = paper_block_headings(visit->ctx, block->body, ret_list);
    for (size_t i = 0; i < n; i++) {
        const char *line = (*ret_list)[i].words;
        if (summary_lines(visit->ctx, visit->store, &ask, &line, 1, &(*ret_list)[i].words)) (*ret_list)[i].words = line;
    }
    return n;
}

const char *paper_block_words(const Visit *visit, const OpenPaper *open, const PaperBlock *block) {
    PaperHeading *headings;
    size_t n = headings_of(visit, open, block, &headings);
    if (n && headings[n - 1].level > 1) return headings[n - 1].words;
    return block->block ? _("Without heading") : _("Title and opening");
}

/* The parts that begin with a block stand above it in the outline. */
static json_t *above_json(const PaperHeading *headings, size_t n) {
    json_t *array = page_array();
    for (size_t i = 0; i + 1 < n; i++) {
        if (headings[i].level == 1) continue;
        json_t *object = page_object();
        page_set_text(object, "words", headings[i].words);
        page_set(object, "level", json_integer((json_int_t)headings[i].level));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *block_json(const Visit *visit, const OpenPaper *open, const PaperBlock *block) {
    PaperHeading *headings;
    size_t n = headings_of(visit, open, block, &headings), comments = open_comments(open, block->block);
    json_t *object = page_object();
    page_set(object, "above", above_json(headings, n));
    page_set(object, "level", json_integer((json_int_t)(n ? headings[n - 1].level : 1)));
    page_set_text(object, "title", paper_block_words(visit, open, block));
    page_set_text(object, "url", mem_printf(visit->ctx, "%s/blocks/%lld", open->url, (long long)block->block));
    page_set(object, "block", json_integer(block->block));
    page_set(object, "version", json_integer(block->version));
    page_set_text(object, "owner", *block->owner ? words_person(visit, block->owner) : NULL);
    page_set_text(object, "unit", *block->owner ? paper_unit(visit, block->owner) : NULL);
    page_set(object, "mine", json_boolean(!strcmp(block->owner, visit->mandate->login)));
    page_set(object, "done", json_boolean(block->done));
    page_set(object, "comments", comments ? json_integer((json_int_t)comments) : json_null());
    page_set(object, "touched", json_boolean(block->version > 1));
    page_set_text(object, "who", words_person(visit, block->actor));
    page_set_text(object, "when", words_moment(visit->ctx, block->at));
    return object;
}

/* "blocks", each with those who could write it, and how many are done. */
static int add_blocks(Visit *visit, const OpenPaper *open, json_t *model) {
    PaperWriter *writers;
    size_t n_writers = 0, n_done = 0;
    int fault = paper_writers(visit, &writers, &n_writers);
    json_t *array = page_array();
    for (size_t i = 0; !fault && i < open->n_blocks; i++) {
        json_t *block = block_json(visit, open, &open->blocks[i]);
        page_set(block, "writers", paper_writers_json(visit, writers, n_writers, open->blocks[i].owner));
        json_array_append_new(array, block);
        n_done += open->blocks[i].done;
    }
    page_set(model, "blocks", array);
    page_set(model, "n_blocks", json_integer((json_int_t)open->n_blocks));
    page_set(model, "n_done", json_integer((json_int_t)n_done));
    return fault;
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

int paper_add_steps(const Visit *visit, int64_t paper, json_t *model) {
    PaperStep *steps;
    size_t n = 0;
    int fault = paper_steps(visit->ctx, visit->store, paper, &steps, &n);
    json_t *array = page_array();
    for (size_t i = 0; !fault && i < n; i++) {
        json_t *object = page_object();
        page_set_text(object, "who", words_person(visit, steps[i].actor));
        page_set_text(object, "when", words_moment(visit->ctx, steps[i].at));
        page_set_text(object, "action", action_words(steps[i].action));
        page_set_text(object, "words", steps[i].words);
        json_array_append_new(array, object);
    }
    page_set(model, "steps", array);
    return fault;
}

static void add_actions(const Visit *visit, const OpenPaper *open, json_t *model) {
    const struct {
        const char *name;
        PaperAction action;
        const char *word;
    } all[] = {{"may_submit", PAPER_SUBMIT, "report:write"},
               {"may_agree", PAPER_AGREE, "report:read"},
               {"may_return", PAPER_RETURN, "report:read"},
               {"may_issue", PAPER_ISSUE, "report:issue"}};
    bool any = false;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        bool may =
            visit_may(visit, all[i].word, NULL) && paper_can(open->report, open->paper, all[i].action, visit->mandate);
        page_set(model, all[i].name, json_boolean(may));
        any |= may;
    }
    page_set(model, "may_act", json_boolean(any));
}

/* --- the page --- */

static int show_text(Visit *visit, const OpenPaper *open, json_t *model) {
    const SummaryAsk ask = {paper_report(visit->ctx, open->report, open->blocks, open->n_blocks), open->paper->period,
                            DATE_NONE};
    Summary *summary;
    int result = summary_compose(visit->ctx, visit->store, &ask, visit->diag, &summary);
    if (result) return result < 0 ? result : 0; /* findings stand in the place of the text */
    TextPlace place = {visit, open->report->name.text, open->paper->period, 0};
    summary_keep(visit->store, summary);
    return text_add_draft(model, summary, &place);
}

static int show_page(Visit *visit, const OpenPaper *open) {
    json_t *model = page_object();
    paper_add_head(visit, open, model);
    add_actions(visit, open, model);
    int fault = add_blocks(visit, open, model);
    if (!fault) fault = paper_add_steps(visit, open->paper->id, model);
    if (!fault) fault = paper_add_chain(visit, open, model);
    if (!fault) fault = show_text(visit, open, model);
    page_set(model, "findings", frame_findings(visit));
    return fault ? fault : frame_show(visit, "paper", _("Draft"), model);
}

static int show_paper(Visit *visit) {
    OpenPaper open;
    int result = paper_open(visit, &open);
    if (!result && open.paper->issue)
        return visit_go(visit, mem_printf(visit->ctx, "/reports/issues/%lld", (long long)open.paper->issue));
    return result ? result : show_page(visit, &open);
}

/* --- begun --- */

/* The text that the form names to begin from, if any. 0, WEB_MISSING, or a fault. */
static int read_like(Visit *visit, const Report *report, PaperBlock **ret_blocks, size_t *ret_count) {
    int64_t paper_id = visit_number(visit_form(visit, "like")),
            issue_id = visit_number(visit_form(visit, "like_issue"));
    Paper *paper;
    Issue *issue;
    const char *of = report->name.text;
    int result = 0;
    *ret_blocks = NULL;
    if (paper_id) {
        result = paper_find(visit->ctx, visit->store, paper_id, &paper);
        if (!result) of = paper->report;
        if (!result) result = paper_blocks(visit->ctx, visit->store, paper_id, ret_blocks, ret_count);
    } else if (issue_id) {
        result = issue_find(visit->ctx, visit->store, issue_id, &issue);
        if (!result) of = issue->report;
        if (!result) result = paper_like_issue(visit->ctx, visit->store, issue, ret_blocks, ret_count);
    }
    if (!result && strcmp(of, report->name.text) != 0) return WEB_BAD;
    return result > 0 ? WEB_MISSING : result;
}

static int begin(Visit *visit) {
    const Report *report = text_report(visit);
    Period period;
    PaperBlock *like;
    size_t n = 0;
    int64_t id;
    if (!report || !period_parse(visit_form(visit, "period"), &period)) return WEB_MISSING;
    int result = read_like(visit, report, &like, &n);
    if (result) return result;
    result = paper_begin(visit->store, &(PaperBeginning){report, period, like, n}, &visit->actor, visit->diag, &id);
    if (result) return result < 0 ? result : WEB_WRONG;
    visit->made = id;
    return visit_go_saying(visit, mem_printf(visit->ctx, "/reports/drafts/%lld", (long long)id),
                           like ? _("The draft has been begun; numbers that were typed are marked")
                                : _("The draft has been begun"));
}

/* --- steps --- */

int paper_answer(Visit *visit, const OpenPaper *open, int result, const char *target, const char *words) {
    if (result < 0) return result;
    if (!result) return visit_go_saying(visit, target, words);
    OpenPaper now = *open;
    result = paper_open(visit, &now);
    if (!result) result = show_page(visit, &now);
    return result ? result : WEB_WRONG;
}

static PaperDeed deed_of(const Visit *visit, const OpenPaper *open, PaperAction action) {
    return (PaperDeed){open->report, open->paper, action, text_form(visit, "words"), visit->mandate};
}

static int act(Visit *visit, PaperAction action, const char *words) {
    OpenPaper open;
    int result = paper_open(visit, &open);
    if (result) return result;
    const PaperDeed deed = deed_of(visit, &open, action);
    result = paper_act(visit->store, &deed, visit->diag);
    return paper_answer(visit, &open, result, open.url, words);
}

static int submit(Visit *visit) { return act(visit, PAPER_SUBMIT, _("The text has been submitted")); }
static int agree(Visit *visit) { return act(visit, PAPER_AGREE, _("The text has gone to the next signatory")); }
static int send_back(Visit *visit) { return act(visit, PAPER_RETURN, _("The text has gone back to its writers")); }

static int issue(Visit *visit) {
    OpenPaper open;
    int64_t number = 0;
    int result = paper_open(visit, &open);
    if (result) return result;
    const PaperDeed deed = deed_of(visit, &open, PAPER_ISSUE);
    result = paper_issue(visit->store, &deed, visit->diag, &number);
    visit->made = number;
    return paper_answer(visit, &open, result, mem_printf(visit->ctx, "/reports/issues/%lld", (long long)number),
                        mem_printf(visit->ctx, _("Issued as no. %lld"), (long long)number));
}

#define DRAFT  API_PREFIX "/reports/drafts/{draft}"
#define WORDS  INPUTS({"words", INPUT_TEXT, {"意见", "what one has to say"}})

const WebRoute routes_papers[] = {
    {HTTP_POST, "/reports/{report}/drafts", "report:write", begin, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/reports/{report}/drafts", {"起草", "Begin a draft"}, api_draft,
                INPUTS({"period", INPUT_PERIOD, {"期间", "the period"}, .required = true},
                       {"like", INPUT_NUMBER, {"沿用哪份稿子的文字", "the draft whose words it begins with"}},
                       {"like_issue", INPUT_NUMBER, {"沿用哪份印发稿的文字", "the issued text whose words it begins with"}}),
                "Draft")},
    {HTTP_GET, "/reports/drafts/{draft}", "report:read", show_paper, .waits = true,
     .api = API(DRAFT, {"一份稿子：分段、批注、经手", "A draft: its blocks, comments and steps"}, api_draft, .gives = "Draft")},
    {HTTP_POST, "/reports/drafts/{draft}/submit", "report:write", submit, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(DRAFT "/submit", {"送签", "Hand it to its signatories"}, api_draft, WORDS, "Draft")},
    {HTTP_POST, "/reports/drafts/{draft}/agree", "report:read", agree, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(DRAFT "/agree", {"同意", "Agree"}, api_draft, WORDS, "Draft", .scope = "report:write|report:issue")},
    {HTTP_POST, "/reports/drafts/{draft}/return", "report:read", send_back, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true,
     .api = API(DRAFT "/return", {"退回", "Send it back"}, api_draft, WORDS, "Draft",
                .scope = "report:write|report:issue")},
    {HTTP_POST, "/reports/drafts/{draft}/issue", "report:issue", issue, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(DRAFT "/issue", {"印发", "Issue it"}, api_issue, WORDS, "Issue")},
    {0},
};
