/* summary/draft.h: a summary as people write it: the template cut into blocks, who writes which, and the way of the
 * whole from its writers over its signatories (Report.signed_by) to its issue.
 *
 * A draft is a template like that of its report, so it is composed, checked and issued as one: draft_report() gives it
 * the report's head. While it is with its writers every save is a version of its own; before a signatory and after
 * its issue nothing of it changes. Results: 0, 1 with findings, or a fault. */
#ifndef SUMMARY_DRAFT_H
#define SUMMARY_DRAFT_H

#include "ledger/draft.h"
#include "summary/summary.h"

/* --- blocks --- */

/* A text cut before its headings, down to those of level 3: what one person writes. A heading with nothing of its own
 * stands in one block with what follows; together the blocks are the text. Owned by ctx. */
size_t draft_cut(const void *ctx, const char *text, const char ***ret_blocks);
/* The words of its last heading, or "" where it has none. Owned by ctx. */
const char *draft_block_title(const void *ctx, const char *block);
/* The report with this text for its own. Lent from both; owned by ctx. */
const Report *draft_report(const void *ctx, const Report *report, const DraftBlock *blocks, size_t n);

/* --- writing --- */

typedef enum { DRAFT_WRITING, DRAFT_SIGNING, DRAFT_ISSUED } DraftPlace;
DraftPlace draft_place(const Draft *draft);

/* With the blocks of another draft (NULL: the template of the report). */
int draft_begin(Store *store, const Report *report, Period period, const Draft *like, const Actor *actor, Diag *diag,
                int64_t *ret_id);

/* 1 with a finding when it is not with its writers, or the block is no longer at this version: somebody was faster. */
typedef struct DraftChange {
    int64_t block, version;   /* that was read */
    const char *owner, *body; /* NULL: as it was */
    bool done;
} DraftChange;
int draft_change(Store *store, const Draft *draft, const DraftChange *change, const Actor *actor, Diag *diag);

/* Comments: also while it is signed, not when it is issued. */
int draft_say(Store *store, const Draft *draft, int64_t block, const char *words, const Actor *actor, Diag *diag);

int draft_resolve(Store *store, const Draft *draft, int64_t comment, const Actor *actor, Diag *diag);

/* --- signing --- */

typedef enum { DRAFT_SUBMIT, DRAFT_AGREE, DRAFT_RETURN, DRAFT_ISSUE } DraftAction;

/* The role whose turn it is, or NULL: with its writers, issued, or the report names nobody. */
const Role *draft_turn(const Catalog *catalog, const Report *report, const Draft *draft);
/* Whether this is what can be done now, and by this actor: his turn, or, before anybody has signed, what he handed in
 * himself taken back. That he may write or issue at all is asked before. */
bool draft_can(const Report *report, const Draft *draft, DraftAction action, const Actor *actor);
/* Submitting asks that every block is done; sending back asks for words. All but DRAFT_ISSUE. */
int draft_act(Store *store, const Report *report, const Draft *draft, DraftAction action, const char *words,
              const Actor *actor, Diag *diag);
/* Composes the text, issues it (summary_issue) and says so, all or nothing. */
int draft_issue(Store *store, const Report *report, const Draft *draft, const char *words, const Actor *actor,
                Diag *diag, int64_t *ret_issue);
/* The stable word of an action: "submit" … */
const char *draft_action_name(DraftAction action);

#endif
