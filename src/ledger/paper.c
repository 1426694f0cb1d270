/* ledger/paper.c: the tables of drafts: paper, paper_step, paper_block, paper_comment. */
#include "ledger/paper.h"

#include "base/mem.h"

/* --- writing --- */

int paper_add(Store *store, const char *report, Period period, int64_t *ret_id) {
    Stmt *stmt;
    char text[PERIOD_SIZE];
    period_format(period, text);
    int fault = store_ask(store, "SELECT coalesce(max(id), 0) + 1 FROM paper WHERE org = ?1", NULL, 0, &stmt);
    if (!fault) fault = stmt_number(stmt, ret_id);
    if (fault) return fault;
    return store_run(store, "INSERT INTO paper (org, id, report, period) VALUES (?1, ?2, ?3, ?4)",
                     DB_VALUES(VALUE_OF_INT(*ret_id), VALUE_OF_TEXT(report), VALUE_OF_TEXT(text)));
}

int paper_add_step(Store *store, int64_t paper, const PaperStep *step) {
    return store_run(store,
                     "INSERT INTO paper_step (org, paper, n, at, actor, action, stage, words) SELECT ?1, ?2,"
                     " coalesce(max(n), 0) + 1, ?3, ?4, ?5, ?6, ?7 FROM paper_step WHERE org = ?1 AND paper = ?2",
                     DB_VALUES(VALUE_OF_INT(paper), VALUE_OF_TEXT(step->at), VALUE_OF_TEXT(step->actor),
                               VALUE_OF_TEXT(step->action), VALUE_OF_INT(step->stage), VALUE_OF_TEXT(step->words)));
}

int paper_add_block(Store *store, int64_t paper, const PaperBlock *block) {
    return store_run(store,
                     "INSERT INTO paper_block (org, paper, block, version, at, actor, owner, done, body)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                     DB_VALUES(VALUE_OF_INT(paper), VALUE_OF_INT(block->block), VALUE_OF_INT(block->version),
                               VALUE_OF_TEXT(block->at), VALUE_OF_TEXT(block->actor), VALUE_OF_TEXT(block->owner),
                               VALUE_OF_INT(block->done), VALUE_OF_TEXT(block->body)));
}

int paper_add_comment(Store *store, int64_t paper, const PaperComment *comment) {
    return store_run(store,
                     "INSERT INTO paper_comment (org, paper, id, block, at, actor, words) SELECT ?1, ?2,"
                     " coalesce(max(id), 0) + 1, ?3, ?4, ?5, ?6 FROM paper_comment WHERE org = ?1 AND paper = ?2",
                     DB_VALUES(VALUE_OF_INT(paper), VALUE_OF_INT(comment->block), VALUE_OF_TEXT(comment->at),
                               VALUE_OF_TEXT(comment->actor), VALUE_OF_TEXT(comment->words)));
}

int paper_resolve_comment(Store *store, int64_t paper, int64_t comment, const char *at, const char *actor) {
    return store_run(store,
                     "UPDATE paper_comment SET resolved_at = ?4, resolved_by = ?5"
                     " WHERE org = ?1 AND paper = ?2 AND id = ?3 AND resolved_at IS NULL",
                     DB_VALUES(VALUE_OF_INT(paper), VALUE_OF_INT(comment), VALUE_OF_TEXT(at), VALUE_OF_TEXT(actor)));
}

int paper_set_issue(Store *store, int64_t paper, int64_t issue) {
    return store_run(store, "UPDATE paper SET issue = ?3 WHERE org = ?1 AND id = ?2",
                     DB_VALUES(VALUE_OF_INT(paper), VALUE_OF_INT(issue)));
}

/* --- reading --- */

#define SELECT_DRAFT                                                                                                   \
    "SELECT d.id, d.report, d.period, d.issue, s.at, s.actor, s.action, s.words, s.stage FROM paper d"                 \
    " JOIN paper_step s ON s.org = d.org AND s.paper = d.id WHERE d.org = ?1"                                          \
    " AND s.n = (SELECT max(n) FROM paper_step l WHERE l.org = d.org AND l.paper = d.id)"

static PaperStep step_at(const void *ctx, const Stmt *stmt, int column) {
    return (PaperStep){.at = stmt_copy(ctx, stmt, column),
                       .actor = stmt_copy(ctx, stmt, column + 1),
                       .action = stmt_copy(ctx, stmt, column + 2),
                       .words = stmt_copy(ctx, stmt, column + 3),
                       .stage = stmt_int(stmt, column + 4)};
}

static void read_paper(const void *ctx, const Stmt *stmt, Paper *paper) {
    *paper = (Paper){.id = stmt_int(stmt, 0),
                     .report = stmt_copy(ctx, stmt, 1),
                     .issue = stmt_int(stmt, 3),
                     .last = step_at(ctx, stmt, 4)};
    (void)period_parse(stmt_text(stmt, 2), &paper->period);
}

int paper_find(const void *ctx, Store *store, int64_t id, Paper **ret_paper) {
    Stmt *stmt;
    int step = store_ask(store, SELECT_DRAFT " AND d.id = ?2", DB_VALUES(VALUE_OF_INT(id)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) read_paper(ctx, stmt, *ret_paper = mem_new(ctx, Paper));
    return stmt_end_found(stmt, step);
}

int paper_list(const void *ctx, Store *store, Paper **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(store, SELECT_DRAFT " ORDER BY d.id DESC", NULL, 0, &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) read_paper(ctx, stmt, mem_push(ctx, *ret_list, *ret_count));
    return step;
}

int paper_steps(const void *ctx, Store *store, int64_t paper, PaperStep **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(
        store, "SELECT at, actor, action, words, stage FROM paper_step WHERE org = ?1 AND paper = ?2 ORDER BY n",
        DB_VALUES(VALUE_OF_INT(paper)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) *mem_push(ctx, *ret_list, *ret_count) = step_at(ctx, stmt, 0);
    return step;
}

#define SELECT_BLOCK                                                                                                   \
    "SELECT block, version, at, actor, owner, done, body FROM paper_block b WHERE org = ?1 AND paper = ?2"

static int take_blocks(const void *ctx, Stmt *stmt, PaperBlock **ret_list, size_t *ret_count) {
    int step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, *ret_list, *ret_count) = (PaperBlock){.block = stmt_int(stmt, 0),
                                                             .version = stmt_int(stmt, 1),
                                                             .at = stmt_copy(ctx, stmt, 2),
                                                             .actor = stmt_copy(ctx, stmt, 3),
                                                             .owner = stmt_copy(ctx, stmt, 4),
                                                             .done = stmt_int(stmt, 5) != 0,
                                                             .body = stmt_copy(ctx, stmt, 6)};
    return step;
}

int paper_blocks(const void *ctx, Store *store, int64_t paper, PaperBlock **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int fault = store_ask(store,
                          SELECT_BLOCK " AND version = (SELECT max(version) FROM paper_block l WHERE l.org = b.org"
                                       " AND l.paper = b.paper AND l.block = b.block) ORDER BY block",
                          DB_VALUES(VALUE_OF_INT(paper)), &stmt);
    return fault ? fault : take_blocks(ctx, stmt, ret_list, ret_count);
}

int paper_versions(const void *ctx, Store *store, int64_t paper, int64_t block, PaperBlock **ret_list,
                   size_t *ret_count) {
    Stmt *stmt;
    int fault = store_ask(store, SELECT_BLOCK " AND block = ?3 ORDER BY version DESC",
                          DB_VALUES(VALUE_OF_INT(paper), VALUE_OF_INT(block)), &stmt);
    return fault ? fault : take_blocks(ctx, stmt, ret_list, ret_count);
}

int paper_comments(const void *ctx, Store *store, int64_t paper, PaperComment **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step = store_ask(store,
                         "SELECT id, block, at, actor, words, resolved_at, resolved_by FROM paper_comment"
                         " WHERE org = ?1 AND paper = ?2 ORDER BY id",
                         DB_VALUES(VALUE_OF_INT(paper)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, *ret_list, *ret_count) = (PaperComment){.id = stmt_int(stmt, 0),
                                                               .block = stmt_int(stmt, 1),
                                                               .at = stmt_copy(ctx, stmt, 2),
                                                               .actor = stmt_copy(ctx, stmt, 3),
                                                               .words = stmt_copy(ctx, stmt, 4),
                                                               .resolved_at = stmt_copy(ctx, stmt, 5),
                                                               .resolved_by = stmt_copy(ctx, stmt, 6)};
    return step;
}
