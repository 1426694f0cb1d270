/* web/api/papers.c: summaries on their way: drafts with their blocks, comments and steps, what was issued, and what has
 * moved since. */
#include "web/pages/papers.h"

#include <string.h>

#include "base/mem.h"
#include "ledger/issue.h"
#include "web/api/api.h"
#include "web/texts.h"

/* --- drafts --- */

static json_t *step_json(const PaperStep *step) {
    json_t *object = page_object();
    page_set_text(object, "at", step->at);
    page_set_text(object, "actor", step->actor);
    page_set_text(object, "action", step->action);
    page_set_text(object, "words", step->words);
    return object;
}

static const char *place_name(const Paper *paper) {
    static const char *const names[] = {
        [PAPER_WRITING] = "writing", [PAPER_SIGNING] = "signing", [PAPER_ISSUED] = "issued"};
    return names[paper_place(paper)];
}

/* Where it is, and whose turn. */
static json_t *paper_json(const Visit *visit, const Report *report, const Paper *paper) {
    json_t *object = page_object();
    const Role *turn = report ? paper_turn(visit->store->catalog, report, paper) : NULL;
    page_set(object, "id", json_integer(paper->id));
    page_set_text(object, "report", paper->report);
    page_set_text(object, "period", period_format_short(visit->ctx, paper->period));
    page_set_text(object, "place", place_name(paper));
    page_set_text(object, "turn", turn ? turn->name.text : NULL);
    page_set(object, "issue", paper->issue ? json_integer(paper->issue) : json_null());
    page_set(object, "last", step_json(&paper->last));
    return object;
}

static json_t *block_json(const PaperBlock *block) {
    json_t *object = page_object();
    page_set(object, "block", json_integer(block->block));
    page_set(object, "version", json_integer(block->version));
    page_set_text(object, "at", block->at);
    page_set_text(object, "actor", block->actor);
    page_set_text(object, "owner", *block->owner ? block->owner : NULL);
    page_set(object, "done", json_boolean(block->done));
    page_set_text(object, "body", block->body);
    return object;
}

static json_t *comment_json(const PaperComment *comment) {
    json_t *object = page_object();
    page_set(object, "id", json_integer(comment->id));
    page_set(object, "block", json_integer(comment->block));
    page_set_text(object, "at", comment->at);
    page_set_text(object, "actor", comment->actor);
    page_set_text(object, "words", comment->words);
    page_set_text(object, "resolved_at", comment->resolved_at);
    page_set_text(object, "resolved_by", comment->resolved_by);
    return object;
}

int api_draft(Visit *visit) {
    OpenPaper open;
    PaperStep *steps;
    size_t n_steps = 0;
    int result = paper_open(visit, &open);
    if (!result) result = paper_steps(visit->ctx, visit->store, open.paper->id, &steps, &n_steps);
    if (result) return result;
    json_t *object = paper_json(visit, open.report, open.paper), *blocks = page_array(), *comments = page_array(),
           *way = page_array();
    for (size_t i = 0; i < open.n_blocks; i++) json_array_append_new(blocks, block_json(&open.blocks[i]));
    for (size_t i = 0; i < open.n_comments; i++) json_array_append_new(comments, comment_json(&open.comments[i]));
    for (size_t i = 0; i < n_steps; i++) json_array_append_new(way, step_json(&steps[i]));
    page_set(object, "blocks", blocks);
    page_set(object, "comments", comments);
    page_set(object, "steps", way);
    return api_answer(visit, object);
}

int api_block(Visit *visit) {
    OpenPaper open;
    PaperBlock *versions;
    size_t n = 0;
    int result = paper_open(visit, &open);
    if (result) return result;
    result = paper_versions(visit->ctx, visit->store, open.paper->id, visit_number(visit_segment(visit, "block")),
                            &versions, &n);
    if (result || !n) return result ? result : WEB_MISSING;
    ApiList list = api_list(visit, "versions");
    for (size_t i = 0; i < n; i++) json_array_append_new(list.array, block_json(&versions[i]));
    return api_answer(visit, list.answer);
}

/* --- what was issued --- */

static json_t *issue_json(const Visit *visit, const Issue *issue) {
    json_t *object = page_object();
    page_set(object, "id", json_integer(issue->id));
    page_set_text(object, "report", issue->report);
    page_set_text(object, "period", period_format_short(visit->ctx, issue->period));
    page_set_text(object, "at", issue->at);
    page_set_text(object, "actor", issue->actor);
    page_set_text(object, "hash", issue->hash);
    return object;
}

static json_t *frozen_json(const Visit *visit, const IssueFigure *figure) {
    const FigureNumber number = {figure->known, figure->value};
    json_t *object = page_object();
    page_set_text(object, "indicator", figure->indicator);
    page_set_text(object, "period", period_format_short(visit->ctx, figure->period));
    page_set_text(object, "value", figure_decimal(visit->ctx, number));
    page_set(object, "count", json_integer(figure->count));
    page_set_text(object, "hash", figure->hash);
    return object;
}

static int find_issue(const Visit *visit, Issue **ret_issue) {
    int64_t id = visit->made ? visit->made : visit_number(visit_segment(visit, "issue"));
    int result = issue_find(visit->ctx, visit->store, id, ret_issue);
    return result > 0 ? WEB_MISSING : result;
}

int api_issue(Visit *visit) {
    Issue *issue;
    IssueFigure *figures;
    size_t n = 0;
    int result = find_issue(visit, &issue);
    if (!result) result = issue_figures(visit->ctx, visit->store, issue->id, &figures, &n);
    if (result) return result;
    json_t *object = issue_json(visit, issue), *list = page_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(list, frozen_json(visit, &figures[i]));
    page_set_text(object, "body", issue->body);
    page_set(object, "figures", list);
    return api_answer(visit, object);
}

static json_t *drift_json(const Visit *visit, const Drift *drift) {
    json_t *object = page_object();
    page_set_text(object, "indicator", drift->name);
    page_set_text(object, "period", period_format_short(visit->ctx, drift->period));
    page_set_text(object, "issued", figure_decimal(visit->ctx, drift->issued));
    page_set_text(object, "now", figure_decimal(visit->ctx, drift->now));
    page_set(object, "added", json_integer(drift->added));
    page_set(object, "removed", json_integer(drift->removed));
    page_set(object, "changed", json_integer(drift->changed));
    page_set(object, "say", json_label(drift->say));
    return object;
}

/* Of the last issue of its report and period; an earlier one is not followed. */
int api_drift(Visit *visit) {
    Issue *issue;
    Drift *drifts;
    size_t n = 0;
    int64_t last = 0;
    int result = find_issue(visit, &issue);
    if (result) return result;
    const SummaryAsk ask = {catalog_find_report(visit->store->catalog, issue->report), issue->period, DATE_NONE};
    if (!ask.report) return WEB_MISSING;
    result = summary_drift(visit->ctx, visit->store, &ask, visit->diag, &last, &drifts, &n);
    if (result) return result < 0 ? result : WEB_MISSING;
    ApiList list = api_list(visit, "drifts");
    for (size_t i = 0; i < n && last == issue->id; i++)
        json_array_append_new(list.array, drift_json(visit, &drifts[i]));
    page_set(list.answer, "replaced_by", last == issue->id ? json_null() : json_integer(last));
    return api_answer(visit, list.answer);
}

/* --- all --- */

int api_papers(Visit *visit) {
    Paper *papers;
    Issue *issues;
    size_t n_papers = 0, n_issues = 0;
    int fault = paper_is_shown(visit) ? paper_list(visit->ctx, visit->store, &papers, &n_papers) : 0;
    if (!fault) fault = issue_list(visit->ctx, visit->store, &issues, &n_issues);
    if (fault) return fault;
    ApiList list = api_list(visit, "drafts");
    json_t *issued = page_array();
    for (size_t i = 0; i < n_papers; i++)
        json_array_append_new(
            list.array, paper_json(visit, catalog_find_report(visit->store->catalog, papers[i].report), &papers[i]));
    for (size_t i = 0; i < n_issues; i++) json_array_append_new(issued, issue_json(visit, &issues[i]));
    page_set(list.answer, "issues", issued);
    return api_answer(visit, list.answer);
}

/* --- beside another period --- */

int api_compare(Visit *visit) {
    Summary *now, *then;
    const char *with = visit_query(visit, "with");
    SummaryAsk ask = {.report = text_report(visit), .as_at = DATE_NONE}, other;
    FigureAsk period;
    if (!ask.report) return WEB_MISSING;
    if (api_read_period(visit, &period)) return WEB_WRONG;
    ask.period = period.period;
    other = ask;
    other.period = period_year_before(ask.period);
    if (*with && !period_parse(with, &other.period)) {
        diag_error(visit->diag, (Place){.field = "with"}, "not-a-period",
                   "'%s' is no period; write 2020, 2020H1, 2020Q2 or 2020-06", with);
        return WEB_WRONG;
    }
    int result = summary_compose(visit->ctx, visit->store, &ask, visit->diag, &now);
    if (!result) result = summary_compose(visit->ctx, visit->store, &other, visit->diag, &then);
    if (result) return result < 0 ? result : WEB_WRONG;
    ApiList list = api_list(visit, "figures");
    for (size_t i = 0; i < now->n_figures; i++) {
        const SummaryFigure *figure = &now->figures[i], *like = text_find_like(then, figure);
        json_t *object = page_object();
        page_set_text(object, "indicator", figure->figure->ask.indicator->name.text);
        page_set_text(object, "name", figure->name);
        page_set_text(object, "value", figure_decimal(visit->ctx, figure->figure->value));
        page_set_text(object, "with", like ? figure_decimal(visit->ctx, like->figure->value) : NULL);
        json_array_append_new(list.array, object);
    }
    page_set_text(list.answer, "period", period_format_short(visit->ctx, ask.period));
    page_set_text(list.answer, "with", period_format_short(visit->ctx, other.period));
    return api_answer(visit, list.answer);
}
