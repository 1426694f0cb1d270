/* ledger/draft.c: the tables of drafts: draft, draft_step, draft_block, draft_comment. */
#include "ledger/draft.h"

#include "base/mem.h"
#include "ledger/ask.h"

/* --- writing --- */

int draft_add(Store *store, const char *report, Period period, int64_t *ret_id) {
    Stmt *stmt;
    char text[PERIOD_SIZE];
    period_format(period, text);
    int step = store_ask(store, "SELECT coalesce(max(id), 0) + 1 FROM draft WHERE org = ?1", NULL, 0, &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) *ret_id = stmt_int(stmt, 0);
    stmt_reset(stmt);
    if (step < 0) return step;
    return store_run(store, "INSERT INTO draft (org, id, report, period) VALUES (?1, ?2, ?3, ?4)",
                     PEOPLE_VALUES(VALUE_OF_INT(*ret_id), VALUE_OF_TEXT(report), VALUE_OF_TEXT(text)));
}

int draft_add_step(Store *store, int64_t draft, const DraftStep *step) {
    return store_run(store,
                     "INSERT INTO draft_step (org, draft, n, at, actor, action, stage, words) SELECT ?1, ?2,"
                     " coalesce(max(n), 0) + 1, ?3, ?4, ?5, ?6, ?7 FROM draft_step WHERE org = ?1 AND draft = ?2",
                     PEOPLE_VALUES(VALUE_OF_INT(draft), VALUE_OF_TEXT(step->at), VALUE_OF_TEXT(step->actor),
                                   VALUE_OF_TEXT(step->action), VALUE_OF_INT(step->stage), VALUE_OF_TEXT(step->words)));
}

int draft_add_block(Store *store, int64_t draft, const DraftBlock *block) {
    return store_run(store,
                     "INSERT INTO draft_block (org, draft, block, version, at, actor, owner, done, body)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                     PEOPLE_VALUES(VALUE_OF_INT(draft), VALUE_OF_INT(block->block), VALUE_OF_INT(block->version),
                                   VALUE_OF_TEXT(block->at), VALUE_OF_TEXT(block->actor), VALUE_OF_TEXT(block->owner),
                                   VALUE_OF_INT(block->done), VALUE_OF_TEXT(block->body)));
}

int draft_add_comment(Store *store, int64_t draft, const DraftComment *comment) {
    return store_run(store,
                     "INSERT INTO draft_comment (org, draft, id, block, at, actor, words) SELECT ?1, ?2,"
                     " coalesce(max(id), 0) + 1, ?3, ?4, ?5, ?6 FROM draft_comment WHERE org = ?1 AND draft = ?2",
                     PEOPLE_VALUES(VALUE_OF_INT(draft), VALUE_OF_INT(comment->block), VALUE_OF_TEXT(comment->at),
                                   VALUE_OF_TEXT(comment->actor), VALUE_OF_TEXT(comment->words)));
}

int draft_resolve_comment(Store *store, int64_t draft, int64_t comment, const char *at, const char *actor) {
    return store_run(
        store,
        "UPDATE draft_comment SET resolved_at = ?4, resolved_by = ?5"
        " WHERE org = ?1 AND draft = ?2 AND id = ?3 AND resolved_at IS NULL",
        PEOPLE_VALUES(VALUE_OF_INT(draft), VALUE_OF_INT(comment), VALUE_OF_TEXT(at), VALUE_OF_TEXT(actor)));
}

int draft_set_issue(Store *store, int64_t draft, int64_t issue) {
    return store_run(store, "UPDATE draft SET issue = ?3 WHERE org = ?1 AND id = ?2",
                     PEOPLE_VALUES(VALUE_OF_INT(draft), VALUE_OF_INT(issue)));
}

/* --- reading --- */

static const char *text_at(const void *ctx, const Stmt *stmt, int column) { return people_column(ctx, stmt, column); }

#define SELECT_DRAFT                                                                                                   \
    "SELECT d.id, d.report, d.period, d.issue, s.at, s.actor, s.action, s.words, s.stage FROM draft d"                 \
    " JOIN draft_step s ON s.org = d.org AND s.draft = d.id WHERE d.org = ?1"                                          \
    " AND s.n = (SELECT max(n) FROM draft_step l WHERE l.org = d.org AND l.draft = d.id)"

static DraftStep step_at(const void *ctx, const Stmt *stmt, int column) {
    return (DraftStep){.at = text_at(ctx, stmt, column),
                       .actor = text_at(ctx, stmt, column + 1),
                       .action = text_at(ctx, stmt, column + 2),
                       .words = text_at(ctx, stmt, column + 3),
                       .stage = stmt_int(stmt, column + 4)};
}

static void read_draft(const void *ctx, const Stmt *stmt, Draft *draft) {
    *draft = (Draft){.id = stmt_int(stmt, 0),
                     .report = text_at(ctx, stmt, 1),
                     .issue = stmt_int(stmt, 3),
                     .last = step_at(ctx, stmt, 4)};
    (void)period_parse(stmt_text(stmt, 2), &draft->period);
}

int draft_find(const void *ctx, Store *store, int64_t id, Draft **ret_draft) {
    Stmt *stmt;
    int step = store_ask(store, SELECT_DRAFT " AND d.id = ?2", PEOPLE_VALUES(VALUE_OF_INT(id)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) read_draft(ctx, stmt, *ret_draft = mem_new(ctx, Draft));
    stmt_reset(stmt);
    return step < 0 ? step : step != DB_ROW;
}

int draft_list(const void *ctx, Store *store, Draft **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(store, SELECT_DRAFT " ORDER BY d.id DESC", NULL, 0, &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) read_draft(ctx, stmt, mem_push(ctx, *ret_list, *ret_count));
    return step;
}

int draft_steps(const void *ctx, Store *store, int64_t draft, DraftStep **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(
        store, "SELECT at, actor, action, words, stage FROM draft_step WHERE org = ?1 AND draft = ?2 ORDER BY n",
        PEOPLE_VALUES(VALUE_OF_INT(draft)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) *mem_push(ctx, *ret_list, *ret_count) = step_at(ctx, stmt, 0);
    return step;
}

#define SELECT_BLOCK                                                                                                   \
    "SELECT block, version, at, actor, owner, done, body FROM draft_block b WHERE org = ?1 AND draft = ?2"

static int take_blocks(const void *ctx, Stmt *stmt, DraftBlock **ret_list, size_t *ret_count) {
    int step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, *ret_list, *ret_count) = (DraftBlock){.block = stmt_int(stmt, 0),
                                                             .version = stmt_int(stmt, 1),
                                                             .at = text_at(ctx, stmt, 2),
                                                             .actor = text_at(ctx, stmt, 3),
                                                             .owner = text_at(ctx, stmt, 4),
                                                             .done = stmt_int(stmt, 5) != 0,
                                                             .body = text_at(ctx, stmt, 6)};
    return step;
}

int draft_blocks(const void *ctx, Store *store, int64_t draft, DraftBlock **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int fault = store_ask(store,
                          SELECT_BLOCK " AND version = (SELECT max(version) FROM draft_block l WHERE l.org = b.org"
                                       " AND l.draft = b.draft AND l.block = b.block) ORDER BY block",
                          PEOPLE_VALUES(VALUE_OF_INT(draft)), &stmt);
    return fault ? fault : take_blocks(ctx, stmt, ret_list, ret_count);
}

int draft_versions(const void *ctx, Store *store, int64_t draft, int64_t block, DraftBlock **ret_list,
                   size_t *ret_count) {
    Stmt *stmt;
    int fault = store_ask(store, SELECT_BLOCK " AND block = ?3 ORDER BY version DESC",
                          PEOPLE_VALUES(VALUE_OF_INT(draft), VALUE_OF_INT(block)), &stmt);
    return fault ? fault : take_blocks(ctx, stmt, ret_list, ret_count);
}

int draft_comments(const void *ctx, Store *store, int64_t draft, DraftComment **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(store,
                         "SELECT id, block, at, actor, words, resolved_at, resolved_by FROM draft_comment"
                         " WHERE org = ?1 AND draft = ?2 ORDER BY id",
                         PEOPLE_VALUES(VALUE_OF_INT(draft)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, *ret_list, *ret_count) = (DraftComment){.id = stmt_int(stmt, 0),
                                                               .block = stmt_int(stmt, 1),
                                                               .at = text_at(ctx, stmt, 2),
                                                               .actor = text_at(ctx, stmt, 3),
                                                               .words = text_at(ctx, stmt, 4),
                                                               .resolved_at = text_at(ctx, stmt, 5),
                                                               .resolved_by = text_at(ctx, stmt, 6)};
    return step;
}
