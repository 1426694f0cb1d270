/* ledger/paper.h: texts on their way: versions of their blocks, comments, and the steps from hand to hand.
 *
 * No ledger: what is written here is only added to, so that nothing of a text is lost; a comment alone is marked as
 * resolved. What may be written when is decided above (summary/paper.h). Writing belongs into one write transaction of
 * the caller. Results: 0, 1 where it is said, or a fault; what is read is owned by ctx. */
#ifndef LEDGER_PAPER_H
#define LEDGER_PAPER_H

#include "ledger/store.h"

/* The last one says where a draft is: 0 with its writers, n before the n-th of its signatories. */
typedef struct PaperStep {
    const char *at; /* UTC instant */
    const char *actor, *action, *words;
    int64_t stage;
} PaperStep;

typedef struct Paper {
    int64_t id;
    const char *report;
    Period period;
    int64_t issue; /* as which it went out, or 0 */
    PaperStep last;
} Paper;

typedef struct PaperBlock {
    int64_t block;   /* from 0, in the order of the text */
    int64_t version; /* from 1 */
    const char *at, *actor;
    const char *owner; /* login of who writes it, or "" */
    bool done;
    const char *body; /* Markdown with the names of figures */
} PaperBlock;

typedef struct PaperComment {
    int64_t id, block;
    const char *at, *actor, *words;
    const char *resolved_at, *resolved_by; /* or NULL */
} PaperComment;

/* --- writing --- */

int paper_add(Store *store, const char *report, Period period, int64_t *ret_id);
int paper_add_step(Store *store, int64_t paper, const PaperStep *step);
/* A constraint refuses a version that is there already. */
int paper_add_block(Store *store, int64_t paper, const PaperBlock *block);
int paper_add_comment(Store *store, int64_t paper, const PaperComment *comment); /* its id is given */
int paper_resolve_comment(Store *store, int64_t paper, int64_t comment, const char *at, const char *actor);
int paper_set_issue(Store *store, int64_t paper, int64_t issue);

/* --- reading --- */

/* 1: there is none. */
int paper_find(const void *ctx, Store *store, int64_t id, Paper **ret_paper);
/* Newest first. */
int paper_list(const void *ctx, Store *store, Paper **ret_list, size_t *ret_count);
int paper_steps(const void *ctx, Store *store, int64_t paper, PaperStep **ret_list, size_t *ret_count);
/* The last version of each block, in the order of the text. */
int paper_blocks(const void *ctx, Store *store, int64_t paper, PaperBlock **ret_list, size_t *ret_count);
/* All versions of one, the last first. */
int paper_versions(const void *ctx, Store *store, int64_t paper, int64_t block, PaperBlock **ret_list,
                   size_t *ret_count);
int paper_comments(const void *ctx, Store *store, int64_t paper, PaperComment **ret_list, size_t *ret_count);

#endif
