/* summary/paper.h: a summary as people write it: the template cut into blocks, who writes which, and the way of the
 * whole from its writers over its signatories (Report.signed_by) to its issue.
 *
 * A draft is a template like that of its report, so it is composed, checked and issued as one: paper_report() gives it
 * the report's head. While it is with its writers every save is a version of its own; before a signatory and after
 * its issue nothing of it changes. Results: 0, 1 with findings, or a fault. */
#ifndef SUMMARY_PAPER_H
#define SUMMARY_PAPER_H

#include "ledger/paper.h"
#include "people/mandate.h"
#include "summary/summary.h"

/* --- blocks --- */

#define PAPER_LEVELS 6 /* of headings in Markdown; the first is the title */

/* A text cut before each of its headings, however deep: what one person writes. A heading with nothing of its own
 * stands in one block with what follows; together the blocks are the text. Owned by ctx. */
size_t paper_cut(const void *ctx, const char *text, const char ***ret_blocks);

typedef struct PaperHeading {
    size_t level;
    const char *words;
} PaperHeading;
/* Those it begins with: its own is the last one, those before are of the parts that begin with it. Owned by ctx. */
size_t paper_block_headings(const void *ctx, const char *block, PaperHeading **ret_list);
/* The words of its own, or "". Owned by ctx. */
const char *paper_block_title(const void *ctx, const char *block);
/* The report with this text for its own. Lent from both; owned by ctx. */
const Report *paper_report(const void *ctx, const Report *report, const PaperBlock *blocks, size_t n);

/* --- writing --- */

typedef enum { PAPER_WRITING, PAPER_SIGNING, PAPER_ISSUED } PaperPlace;
PaperPlace paper_place(const Paper *paper);

typedef struct PaperBeginning {
    const Report *report;
    Period period;
    const PaperBlock *like; /* whose words and writers it takes over; NULL: the template of the report */
    size_t n_like;
} PaperBeginning;
int paper_begin(Store *store, const PaperBeginning *beginning, const Actor *actor, Diag *diag, int64_t *ret_id);
/* The blocks of an issued text, to begin another from. 0, or a fault. Owned by ctx. */
int paper_like_issue(const void *ctx, Store *store, const Issue *issue, PaperBlock **ret_blocks, size_t *ret_count);

/* 1 with a finding when it is not with its writers, or the block is no longer at this version: somebody was faster. */
typedef struct PaperChange {
    int64_t block, version;   /* that was read */
    const char *owner, *body; /* NULL: as it was */
    bool done;                /* with a body; without one it stays as it was */
} PaperChange;
/* All of them, or none. */
int paper_change(Store *store, const Paper *paper, const PaperChange *changes, size_t n, const Actor *actor,
                 Diag *diag);

/* Comments: also while it is signed, not when it is issued. */
int paper_say(Store *store, const Paper *paper, int64_t block, const char *words, const Actor *actor, Diag *diag);

int paper_resolve(Store *store, const Paper *paper, int64_t comment, const Actor *actor, Diag *diag);

/* --- signing --- */

typedef enum { PAPER_SUBMIT, PAPER_AGREE, PAPER_RETURN, PAPER_ISSUE } PaperAction;

/* The role whose turn it is, or NULL: with its writers, issued, or the report names nobody. */
const Role *paper_turn(const Catalog *catalog, const Report *report, const Paper *paper);
/* Whether this is what can be done now, and by whoever holds this: his turn, or, before anybody has signed, what he
 * handed in himself taken back. That he may write or issue at all is asked before. */
bool paper_can(const Report *report, const Paper *paper, PaperAction action, const Mandate *mandate);
/* What somebody does with a draft as he saw it. */
typedef struct PaperDeed {
    const Report *report;
    const Paper *paper;
    PaperAction action;
    const char *words;
    const Mandate *mandate;
} PaperDeed;
/* Submitting asks that every block is done; sending back asks for words. All but PAPER_ISSUE. */
int paper_act(Store *store, const PaperDeed *deed, Diag *diag);
/* PAPER_ISSUE: composes the text, issues it (summary_issue) and says so, all or nothing. */
int paper_issue(Store *store, const PaperDeed *deed, Diag *diag, int64_t *ret_issue);
/* The stable word of an action: "submit" … */
const char *paper_action_name(PaperAction action);

#endif
