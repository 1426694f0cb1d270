/* ledger/draft.h: texts on their way: versions of their blocks, comments, and the steps from hand to hand.
 *
 * No ledger: what is written here is only added to, so that nothing of a text is lost; a comment alone is marked as
 * resolved. What may be written when is decided above (summary/draft.h). Writing belongs into one write transaction of
 * the caller. Results: 0, 1 where it is said, or a fault; what is read is owned by ctx. */
#ifndef LEDGER_DRAFT_H
#define LEDGER_DRAFT_H

#include "ledger/store.h"

/* The last one says where a draft is: 0 with its writers, n before the n-th of its signatories. */
typedef struct DraftStep {
    const char *at; /* UTC instant */
    const char *actor, *action, *words;
    int64_t stage;
} DraftStep;

typedef struct Draft {
    int64_t id;
    const char *report;
    Period period;
    int64_t issue; /* as which it went out, or 0 */
    DraftStep last;
} Draft;

typedef struct DraftBlock {
    int64_t block;   /* from 0, in the order of the text */
    int64_t version; /* from 1 */
    const char *at, *actor;
    const char *owner; /* login of who writes it, or "" */
    bool done;
    const char *body; /* Markdown with the names of figures */
} DraftBlock;

typedef struct DraftComment {
    int64_t id, block;
    const char *at, *actor, *words;
    const char *resolved_at, *resolved_by; /* or NULL */
} DraftComment;

/* --- writing --- */

int draft_add(Store *store, const char *report, Period period, int64_t *ret_id);
int draft_add_step(Store *store, int64_t draft, const DraftStep *step);
/* A constraint refuses a version that is there already. */
int draft_add_block(Store *store, int64_t draft, const DraftBlock *block);
int draft_add_comment(Store *store, int64_t draft, const DraftComment *comment); /* its id is given */
int draft_resolve_comment(Store *store, int64_t draft, int64_t comment, const char *at, const char *actor);
int draft_set_issue(Store *store, int64_t draft, int64_t issue);

/* --- reading --- */

/* 1: there is none. */
int draft_find(const void *ctx, Store *store, int64_t id, Draft **ret_draft);
/* Newest first. */
int draft_list(const void *ctx, Store *store, Draft **ret_list, size_t *ret_count);
int draft_steps(const void *ctx, Store *store, int64_t draft, DraftStep **ret_list, size_t *ret_count);
/* The last version of each block, in the order of the text. */
int draft_blocks(const void *ctx, Store *store, int64_t draft, DraftBlock **ret_list, size_t *ret_count);
/* All versions of one, the last first. */
int draft_versions(const void *ctx, Store *store, int64_t draft, int64_t block, DraftBlock **ret_list,
                   size_t *ret_count);
int draft_comments(const void *ctx, Store *store, int64_t draft, DraftComment **ret_list, size_t *ret_count);

#endif
