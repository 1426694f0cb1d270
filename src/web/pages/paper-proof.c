/* web/pages/paper-proof.c: who has signed a text and whose turn it is, on its page and on the sheet that is printed
 * before it. What was signed before the text was last handed in counts no more. */
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/period.h"
#include "web/texts.h"
#include "web/words.h"

/* The links of the chain: the writer, then the signatories of the report in their order. */
typedef struct Link {
    const char *part;
    const PaperStep *step; /* NULL: not yet */
} Link;

typedef struct Chain {
    Link *list;
    size_t n;
    size_t turn; /* whose it is; n: nobody's */
} Chain;

static const char *part_words(const Visit *visit, const Report *report, size_t signatory) {
    const Role *role = catalog_find_role(visit->store->catalog, report->signed_by.list[signatory].text);
    const char *name = role ? label_text(role->label) : report->signed_by.list[signatory].text;
    bool last = signatory + 1 == report->signed_by.count;
    return mem_printf(visit->ctx, last ? _("Issued by: %s") : _("Looked at by: %s"), name);
}

/* Which link a step is of. */
static size_t link_of(const PaperStep *step) {
    if (!strcmp(step->action, paper_action_name(PAPER_AGREE))) return (size_t)step->stage - 1;
    return !strcmp(step->action, paper_action_name(PAPER_ISSUE)) ? (size_t)step->stage : 0;
}

static int read_chain(const Visit *visit, const OpenPaper *open, Chain *ret_chain) {
    PaperStep *steps;
    size_t n_steps;
    int fault = paper_steps(visit->ctx, visit->store, open->paper->id, &steps, &n_steps);
    if (fault) return fault;
    Chain chain = {.n = open->report->signed_by.count + 1, .turn = (size_t)open->paper->last.stage};
    chain.list = mem_array(visit->ctx, Link, chain.n);
    chain.list[0].part = _("Drafted");
    for (size_t i = 1; i < chain.n; i++) chain.list[i].part = part_words(visit, open->report, i - 1);
    for (size_t i = 0; i < n_steps; i++) {
        bool back = !strcmp(steps[i].action, paper_action_name(PAPER_RETURN));
        for (size_t k = 0; back && k < chain.n; k++) chain.list[k].step = NULL;
        if (!back && link_of(&steps[i]) < chain.n) chain.list[link_of(&steps[i])].step = &steps[i];
    }
    if (!chain.turn) chain.list[0].step = NULL; /* begun, or sent back: still being written */
    if (open->paper->issue) chain.turn = chain.n;
    *ret_chain = chain;
    return 0;
}

int paper_add_chain(const Visit *visit, const OpenPaper *open, json_t *model) {
    Chain chain;
    int fault = read_chain(visit, open, &chain);
    if (fault) return fault;
    json_t *array = page_array();
    for (size_t i = 0; i < chain.n; i++) {
        const PaperStep *step = chain.list[i].step;
        json_t *object = page_object();
        page_set_text(object, "part", chain.list[i].part);
        page_set_text(object, "who", step ? words_person(visit, step->actor) : NULL);
        page_set_text(object, "when", step ? words_moment(visit->ctx, step->at) : NULL);
        page_set(object, "turn", json_boolean(i == chain.turn));
        json_array_append_new(array, object);
    }
    page_set(model, "chain", array);
    return 0;
}

/* --- printed --- */

static size_t proof_lines(const Visit *visit, const Chain *chain, ProofLine **ret_lines) {
    *ret_lines = mem_array(visit->ctx, ProofLine, chain->n);
    for (size_t i = 0; i < chain->n; i++) {
        const PaperStep *step = chain->list[i].step;
        (*ret_lines)[i] = (ProofLine){.part = chain->list[i].part,
                                      .who = step ? words_person(visit, step->actor) : "",
                                      .words = step ? step->words : "",
                                      .at = step ? words_moment(visit->ctx, step->at) : ""};
    }
    return chain->n;
}

static int write_proof(const char *path, Diag *diag, void *data) {
    return doc_to_pdf(data, &doc_fonts_standard, path, diag);
}

static int send_proof(Visit *visit) {
    OpenPaper open;
    Chain chain;
    Summary *summary;
    ProofLine *lines;
    int result = paper_open(visit, &open);
    if (!result) result = read_chain(visit, &open, &chain);
    if (result) return result;
    const SummaryAsk ask = {paper_report(visit->ctx, open.report, open.blocks, open.n_blocks), open.paper->period,
                            DATE_NONE};
    result = summary_compose(visit->ctx, visit->store, &ask, visit->diag, &summary);
    if (result) return result < 0 ? result : WEB_WRONG;
    size_t n = proof_lines(visit, &chain, &lines);
    const char *name = mem_printf(visit->ctx, "%s-%s-%lld.pdf", open.report->name.text,
                                  period_code(visit, open.paper->period), (long long)open.paper->id);
    return text_send_file(visit, name, write_proof, summary_proof(visit->ctx, summary, lines, n));
}

const WebRoute routes_paper_proof[] = {
    {HTTP_GET, "/reports/drafts/{draft}/proof", "report:read", send_proof, .waits = true,
     .api = API(API_PREFIX "/reports/drafts/{draft}/proof", {"花脸稿 PDF", "Its proof as PDF"}, send_proof,
                .gives = "file")},
    {0},
};
