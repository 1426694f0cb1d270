/* summary/paper.c: see paper.h. */
#include "summary/paper.h"

#include <string.h>

#include "base/mem.h"

#define BEGUN "begin"

/* --- writing --- */

PaperPlace paper_place(const Paper *paper) {
    return paper->issue ? PAPER_ISSUED : paper->last.stage ? PAPER_SIGNING : PAPER_WRITING;
}

static int add_step(Store *store, int64_t paper, const char *action, int64_t stage, const char *words,
                    const char *who) {
    char now[INSTANT_SIZE];
    instant_now(now);
    const PaperStep step = {.at = now, .actor = who, .action = action, .words = words, .stage = stage};
    return paper_add_step(store, paper, &step);
}

/* The first version of each block. */
static int add_blocks(Store *store, int64_t paper, const PaperBlock *like, size_t n, const Actor *actor) {
    char now[INSTANT_SIZE];
    instant_now(now);
    int fault = 0;
    for (size_t i = 0; !fault && i < n; i++)
        fault = paper_add_block(store, paper,
                                &(PaperBlock){.block = (int64_t)i,
                                              .version = 1,
                                              .at = now,
                                              .actor = actor->name,
                                              .owner = like[i].owner,
                                              .body = like[i].body});
    return fault;
}

static size_t template_blocks(const void *ctx, const Report *report, PaperBlock **ret_blocks) {
    const char **bodies;
    size_t n = paper_cut(ctx, mem_strndup(ctx, report->body, report->body_size), &bodies), count = 0;
    *ret_blocks = NULL;
    while (count < n) {
        const char *body = bodies[count];
        *mem_push(ctx, *ret_blocks, count) = (PaperBlock){.owner = "", .body = body};
    }
    return n;
}

int paper_begin(Store *store, const PaperBeginning *beginning, const Actor *actor, Diag *diag, int64_t *ret_id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    PaperBlock *blocks = NULL;
    size_t n = beginning->like ? beginning->n_like : template_blocks(scratch, beginning->report, &blocks);
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = paper_add(store, beginning->report->name.text, beginning->period, ret_id);
    if (!result) result = add_step(store, *ret_id, BEGUN, 0, "", actor->name);
    if (!result) result = add_blocks(store, *ret_id, blocks ? blocks : beginning->like, n, actor);
    return store_settle(store, result, diag);
}

static int refuse_unless(bool fine, const char *code, const char *say, Diag *diag) {
    if (fine) return 0;
    diag_error(diag, PLACE_NONE, code, say, "");
    return 1;
}

static int change(const void *ctx, Store *store, const Paper *known, const PaperChange *wanted, const Actor *actor,
                  Diag *diag) {
    Paper *paper;
    PaperBlock *versions;
    size_t n = 0;
    char now[INSTANT_SIZE];
    int result = paper_find(ctx, store, known->id, &paper);
    if (result) return result;
    result =
        refuse_unless(paper_place(paper) == PAPER_WRITING, "not-with-writers",
                      N_("the text is being signed or was issued; it has to be sent back before it is changed"), diag);
    if (!result) result = paper_versions(ctx, store, paper->id, wanted->block, &versions, &n);
    if (!result)
        result = refuse_unless(
            n && versions[0].version == wanted->version, "somebody-was-faster",
            N_("somebody else has saved this block meanwhile; look at his version before you save yours"), diag);
    if (result) return result;
    instant_now(now);
    const PaperBlock next = {.block = wanted->block,
                             .version = wanted->version + 1,
                             .at = now,
                             .actor = actor->name,
                             .owner = wanted->owner ? wanted->owner : versions[0].owner,
                             .done = wanted->body ? wanted->done : versions[0].done,
                             .body = wanted->body ? wanted->body : versions[0].body};
    return paper_add_block(store, paper->id, &next);
}

int paper_change(Store *store, const Paper *paper, const PaperChange *changes, size_t n, const Actor *actor,
                 Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    for (size_t i = 0; !result && i < n; i++) result = change(scratch, store, paper, &changes[i], actor, diag);
    return store_settle(store, result, diag);
}

static int refuse_issued(const Paper *paper, Diag *diag) {
    return refuse_unless(paper_place(paper) != PAPER_ISSUED, "issued",
                         N_("the text was issued; nothing of it changes any more"), diag);
}

int paper_say(Store *store, const Paper *paper, int64_t block, const char *words, const Actor *actor, Diag *diag) {
    char now[INSTANT_SIZE];
    instant_now(now);
    if (refuse_issued(paper, diag) ||
        refuse_unless(*words, "no-words", N_("a comment needs words; write what should be changed"), diag))
        return 1;
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = paper_add_comment(store, paper->id,
                               &(PaperComment){.block = block, .at = now, .actor = actor->name, .words = words});
    return store_settle(store, result, diag);
}

int paper_resolve(Store *store, const Paper *paper, int64_t comment, const Actor *actor, Diag *diag) {
    char now[INSTANT_SIZE];
    instant_now(now);
    if (refuse_issued(paper, diag)) return 1;
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    return store_settle(store, paper_resolve_comment(store, paper->id, comment, now, actor->name), diag);
}

/* --- signing --- */

const char *paper_action_name(PaperAction action) {
    static const char *const names[] = {"submit", "agree", "return", "issue"};
    return names[action];
}

static int64_t last_stage(const Report *report) {
    return report->signed_by.count ? (int64_t)report->signed_by.count : 1;
}

/* Whose turn it is; NULL: nobody's, or where the report names nobody, that of whoever may issue. */
static const Name *signatory(const Report *report, const Paper *paper) {
    size_t stage = (size_t)paper->last.stage;
    return paper_place(paper) == PAPER_SIGNING && stage <= report->signed_by.count ? &report->signed_by.list[stage - 1]
                                                                                   : NULL;
}

const Role *paper_turn(const Catalog *catalog, const Report *report, const Paper *paper) {
    const Name *name = signatory(report, paper);
    return name ? catalog_find_role(catalog, name->text) : NULL;
}

static bool is_his_turn(const Report *report, const Paper *paper, const Mandate *mandate) {
    const Name *name = signatory(report, paper);
    for (size_t i = 0; name && i < mandate->n_grants; i++)
        if (!strcmp(mandate->grants[i].role->name.text, name->text)) return true;
    return false;
}

/* Before anybody has signed it. */
static bool may_take_back(const Paper *paper, const Mandate *mandate) {
    return paper->last.stage == 1 && !strcmp(paper->last.actor, mandate->login);
}

bool paper_can(const Report *report, const Paper *paper, PaperAction action, const Mandate *mandate) {
    PaperPlace place = paper_place(paper);
    bool turn = is_his_turn(report, paper, mandate), last = paper->last.stage == last_stage(report);
    if (action == PAPER_SUBMIT) return place == PAPER_WRITING;
    if (place != PAPER_SIGNING) return false;
    if (action == PAPER_RETURN) return turn || may_take_back(paper, mandate);
    if (action == PAPER_ISSUE) return last && (turn || !report->signed_by.count);
    return turn && !last;
}

static int check_done(const void *ctx, Store *store, const Paper *paper, Diag *diag) {
    PaperBlock *blocks;
    size_t n;
    int fault = paper_blocks(ctx, store, paper->id, &blocks, &n);
    if (fault) return fault;
    for (size_t i = 0; i < n; i++)
        if (!blocks[i].done)
            diag_error(diag, PLACE_NONE, "not-done", "'%s' is still being written; finish it first",
                       paper_block_title(ctx, blocks[i].body));
    return diag->errors > 0;
}

/* Everything that has to be so before a step, looked at with the writer's place taken. */
static int may_step(const void *ctx, Store *store, const PaperDeed *deed, Diag *diag) {
    const Paper *known = deed->paper;
    Paper *paper;
    int result = paper_find(ctx, store, known->id, &paper);
    if (result) return result;
    bool same = paper->last.stage == known->last.stage && !strcmp(paper->last.at, known->last.at);
    result = refuse_unless(same && paper_can(deed->report, paper, deed->action, deed->mandate), "not-now",
                           N_("the text is not with you any more; look where it is now"), diag);
    if (!result && deed->action == PAPER_RETURN)
        result = refuse_unless(*deed->words, "no-words",
                               N_("sending back needs a reason; write what should be changed"), diag);
    if (!result && deed->action == PAPER_SUBMIT) result = check_done(ctx, store, paper, diag);
    return result;
}

static int note_deed(Store *store, const PaperDeed *deed, int64_t stage) {
    return add_step(store, deed->paper->id, paper_action_name(deed->action), stage, deed->words, deed->mandate->login);
}

int paper_act(Store *store, const PaperDeed *deed, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = may_step(scratch, store, deed, diag);
    if (!result) result = note_deed(store, deed, deed->action == PAPER_RETURN ? 0 : deed->paper->last.stage + 1);
    return store_settle(store, result, diag);
}

static int compose(const void *ctx, Store *store, const Report *report, const Paper *paper, Diag *diag,
                   Summary **ret_summary) {
    PaperBlock *blocks;
    size_t n;
    int fault = paper_blocks(ctx, store, paper->id, &blocks, &n);
    if (fault) return fault;
    const SummaryAsk ask = {paper_report(ctx, report, blocks, n), paper->period, DATE_NONE};
    return summary_compose(ctx, store, &ask, diag, ret_summary);
}

int paper_issue(Store *store, const PaperDeed *deed, Diag *diag, int64_t *ret_issue) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Actor actor = mandate_actor(scratch, deed->mandate, NULL);
    Summary *summary;
    int result = compose(scratch, store, deed->report, deed->paper, diag, &summary);
    if (result) return result < 0 ? store_fault(store, result, diag) : result;
    result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = may_step(scratch, store, deed, diag);
    if (!result) result = summary_issue(store, summary, &actor, diag, ret_issue);
    if (!result) result = paper_set_issue(store, deed->paper->id, *ret_issue);
    if (!result) result = note_deed(store, deed, deed->paper->last.stage);
    return store_settle(store, result, diag);
}
