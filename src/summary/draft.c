/* summary/draft.c: see draft.h. */
#include "summary/draft.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define CUT_LEVEL 3 /* headings down to here begin a block */
#define BEGUN     "begin"

/* --- blocks --- */

/* Of a heading, else 0. */
static size_t level_of(const char *line) {
    size_t level = strspn(line, "#");
    return level && line[level] == ' ' ? level : 0;
}

static const char *next_line(const char *line) {
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

size_t draft_cut(const void *ctx, const char *text, const char ***ret_blocks) {
    size_t n = 0;
    bool told = false; /* the block has something besides headings */
    const char *start = text;
    *ret_blocks = NULL;
    for (const char *line = text; *line; line = next_line(line)) {
        size_t level = level_of(line);
        if (level && level <= CUT_LEVEL && told) {
            *mem_push(ctx, *ret_blocks, n) = mem_strndup(ctx, start, (size_t)(line - start));
            start = line;
            told = false;
        }
        told |= !level && line[strspn(line, " \t\r")] != '\n';
    }
    if (*start) *mem_push(ctx, *ret_blocks, n) = mem_strdup(ctx, start);
    return n;
}

const char *draft_block_title(const void *ctx, const char *block) {
    const char *title = "";
    size_t size = 0;
    for (const char *line = block; *line; line = next_line(line)) {
        size_t level = level_of(line);
        if (!level && line[strspn(line, " \t\r")] != '\n') break;
        if (!level) continue;
        title = line + level + 1;
        size = strcspn(title, "\r\n");
    }
    return mem_strndup(ctx, title, size);
}

const Report *draft_report(const void *ctx, const Report *report, const DraftBlock *blocks, size_t n) {
    Buf body = BUF_INIT(ctx);
    for (size_t i = 0; i < n; i++) {
        buf_add(&body, blocks[i].body);
        if (body.size && body.data[body.size - 1] != '\n') buf_char(&body, '\n');
        buf_char(&body, '\n');
    }
    Report *draft = mem_new(ctx, Report);
    *draft = *report;
    draft->body = buf_text(&body);
    draft->body_size = body.size;
    draft->body_line = 1;
    return draft;
}

/* --- writing --- */

DraftPlace draft_place(const Draft *draft) {
    return draft->issue ? DRAFT_ISSUED : draft->last.stage ? DRAFT_SIGNING : DRAFT_WRITING;
}

static int settle(Store *store, int result, Diag *diag) {
    if (!result)
        result = db_commit(store->db);
    else
        db_rollback(store->db);
    if (result < 0) (void)store_fault(store, result, diag);
    return result;
}

static int add_step(Store *store, int64_t draft, const char *action, int64_t stage, const char *words,
                    const Actor *actor) {
    char now[INSTANT_SIZE];
    instant_now(now);
    return draft_add_step(
        store, draft, &(DraftStep){.at = now, .actor = actor->name, .action = action, .words = words, .stage = stage});
}

/* The first version of each block. */
static int add_blocks(Store *store, int64_t draft, const char *const *bodies, size_t n, const DraftBlock *like,
                      const Actor *actor) {
    char now[INSTANT_SIZE];
    instant_now(now);
    int fault = 0;
    for (size_t i = 0; !fault && i < n; i++)
        fault = draft_add_block(store, draft,
                                &(DraftBlock){.block = (int64_t)i,
                                              .version = 1,
                                              .at = now,
                                              .actor = actor->name,
                                              .owner = like ? like[i].owner : "",
                                              .body = bodies[i]});
    return fault;
}

static int begin_from(const void *ctx, Store *store, const Report *report, const Draft *like, const Actor *actor,
                      int64_t id) {
    const char **bodies = NULL;
    DraftBlock *blocks = NULL;
    size_t n = 0;
    int fault = like ? draft_blocks(ctx, store, like->id, &blocks, &n) : 0;
    if (fault) return fault;
    for (size_t i = 0, count = 0; i < n; i++) *mem_push(ctx, bodies, count) = blocks[i].body;
    if (!like) n = draft_cut(ctx, mem_strndup(ctx, report->body, report->body_size), &bodies);
    return add_blocks(store, id, bodies, n, blocks, actor);
}

int draft_begin(Store *store, const Report *report, Period period, const Draft *like, const Actor *actor, Diag *diag,
                int64_t *ret_id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = draft_add(store, report->name.text, period, ret_id);
    if (!result) result = add_step(store, *ret_id, BEGUN, 0, "", actor);
    if (!result) result = begin_from(scratch, store, report, like, actor, *ret_id);
    return settle(store, result, diag);
}

static int refuse_unless(bool fine, const char *code, const char *say, Diag *diag) {
    if (fine) return 0;
    diag_error(diag, PLACE_NONE, code, say, "");
    return 1;
}

static int change(const void *ctx, Store *store, const Draft *known, const DraftChange *wanted, const Actor *actor,
                  Diag *diag) {
    Draft *draft;
    DraftBlock *versions;
    size_t n = 0;
    char now[INSTANT_SIZE];
    int result = draft_find(ctx, store, known->id, &draft);
    if (result) return result;
    result =
        refuse_unless(draft_place(draft) == DRAFT_WRITING, "not-with-writers",
                      N_("the text is being signed or was issued; it has to be sent back before it is changed"), diag);
    if (!result) result = draft_versions(ctx, store, draft->id, wanted->block, &versions, &n);
    if (!result)
        result = refuse_unless(
            n && versions[0].version == wanted->version, "somebody-was-faster",
            N_("somebody else has saved this block meanwhile; look at his version before you save yours"), diag);
    if (result) return result;
    instant_now(now);
    const DraftBlock next = {.block = wanted->block,
                             .version = wanted->version + 1,
                             .at = now,
                             .actor = actor->name,
                             .owner = wanted->owner ? wanted->owner : versions[0].owner,
                             .done = wanted->done,
                             .body = wanted->body ? wanted->body : versions[0].body};
    return draft_add_block(store, draft->id, &next);
}

int draft_change(Store *store, const Draft *draft, const DraftChange *wanted, const Actor *actor, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    return settle(store, change(scratch, store, draft, wanted, actor, diag), diag);
}

static int refuse_issued(const Draft *draft, Diag *diag) {
    return refuse_unless(draft_place(draft) != DRAFT_ISSUED, "issued",
                         N_("the text was issued; nothing of it changes any more"), diag);
}

int draft_say(Store *store, const Draft *draft, int64_t block, const char *words, const Actor *actor, Diag *diag) {
    char now[INSTANT_SIZE];
    instant_now(now);
    if (refuse_issued(draft, diag) ||
        refuse_unless(*words, "no-words", N_("a comment needs words; write what should be changed"), diag))
        return 1;
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = draft_add_comment(store, draft->id,
                               &(DraftComment){.block = block, .at = now, .actor = actor->name, .words = words});
    return settle(store, result, diag);
}

int draft_resolve(Store *store, const Draft *draft, int64_t comment, const Actor *actor, Diag *diag) {
    char now[INSTANT_SIZE];
    instant_now(now);
    if (refuse_issued(draft, diag)) return 1;
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    return settle(store, draft_resolve_comment(store, draft->id, comment, now, actor->name), diag);
}

/* --- signing --- */

const char *draft_action_name(DraftAction action) {
    static const char *const names[] = {"submit", "agree", "return", "issue"};
    return names[action];
}

static int64_t last_stage(const Report *report) {
    return report->signed_by.count ? (int64_t)report->signed_by.count : 1;
}

/* Whose turn it is; NULL: nobody's, or where the report names nobody, that of whoever may issue. */
static const Name *signatory(const Report *report, const Draft *draft) {
    size_t stage = (size_t)draft->last.stage;
    return draft_place(draft) == DRAFT_SIGNING && stage <= report->signed_by.count ? &report->signed_by.list[stage - 1]
                                                                                   : NULL;
}

const Role *draft_turn(const Catalog *catalog, const Report *report, const Draft *draft) {
    const Name *name = signatory(report, draft);
    return name ? catalog_find_role(catalog, name->text) : NULL;
}

static bool is_his_turn(const Report *report, const Draft *draft, const Actor *actor) {
    const Name *name = signatory(report, draft);
    return name && actor_may(actor, &(Names){.list = (Name *)name, .count = 1});
}

/* Before anybody has signed it. */
static bool may_take_back(const Draft *draft, const Actor *actor) {
    return draft->last.stage == 1 && !strcmp(draft->last.actor, actor->name);
}

bool draft_can(const Report *report, const Draft *draft, DraftAction action, const Actor *actor) {
    DraftPlace place = draft_place(draft);
    bool turn = is_his_turn(report, draft, actor), last = draft->last.stage == last_stage(report);
    if (action == DRAFT_SUBMIT) return place == DRAFT_WRITING;
    if (place != DRAFT_SIGNING) return false;
    if (action == DRAFT_RETURN) return turn || may_take_back(draft, actor);
    if (action == DRAFT_ISSUE) return last && (turn || !report->signed_by.count);
    return turn && !last;
}

static int check_done(const void *ctx, Store *store, const Draft *draft, Diag *diag) {
    DraftBlock *blocks;
    size_t n;
    int fault = draft_blocks(ctx, store, draft->id, &blocks, &n);
    if (fault) return fault;
    for (size_t i = 0; i < n; i++)
        if (!blocks[i].done)
            diag_error(diag, PLACE_NONE, "not-done", "'%s' is still being written; finish it first",
                       draft_block_title(ctx, blocks[i].body));
    return diag->errors > 0;
}

/* Everything that has to be so before a step, looked at with the writer's place taken. */
static int may_step(const void *ctx, Store *store, const Report *report, const Draft *known, DraftAction action,
                    const char *words, const Actor *actor, Diag *diag) {
    Draft *draft;
    int result = draft_find(ctx, store, known->id, &draft);
    if (result) return result;
    bool same = draft->last.stage == known->last.stage && !strcmp(draft->last.at, known->last.at);
    result = refuse_unless(same && draft_can(report, draft, action, actor), "not-now",
                           N_("the text is not with you any more; look where it is now"), diag);
    if (!result && action == DRAFT_RETURN)
        result =
            refuse_unless(*words, "no-words", N_("sending back needs a reason; write what should be changed"), diag);
    if (!result && action == DRAFT_SUBMIT) result = check_done(ctx, store, draft, diag);
    return result;
}

int draft_act(Store *store, const Report *report, const Draft *draft, DraftAction action, const char *words,
              const Actor *actor, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int64_t stage = action == DRAFT_RETURN ? 0 : draft->last.stage + 1;
    int result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = may_step(scratch, store, report, draft, action, words, actor, diag);
    if (!result) result = add_step(store, draft->id, draft_action_name(action), stage, words, actor);
    return settle(store, result, diag);
}

static int compose(const void *ctx, Store *store, const Report *report, const Draft *draft, Diag *diag,
                   Summary **ret_summary) {
    DraftBlock *blocks;
    size_t n;
    int fault = draft_blocks(ctx, store, draft->id, &blocks, &n);
    if (fault) return fault;
    const SummaryAsk ask = {draft_report(ctx, report, blocks, n), draft->period, DATE_NONE};
    return summary_compose(ctx, store, &ask, diag, ret_summary);
}

int draft_issue(Store *store, const Report *report, const Draft *draft, const char *words, const Actor *actor,
                Diag *diag, int64_t *ret_issue) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Summary *summary;
    int result = compose(scratch, store, report, draft, diag, &summary);
    if (result) return result < 0 ? store_fault(store, result, diag) : result;
    result = db_begin(store->db, DB_WRITE);
    if (result) return store_fault(store, result, diag);
    result = may_step(scratch, store, report, draft, DRAFT_ISSUE, words, actor, diag);
    if (!result) result = summary_issue(store, summary, actor, diag, ret_issue);
    if (!result) result = draft_set_issue(store, draft->id, *ret_issue);
    if (!result) result = add_step(store, draft->id, draft_action_name(DRAFT_ISSUE), draft->last.stage, words, actor);
    return settle(store, result, diag);
}
