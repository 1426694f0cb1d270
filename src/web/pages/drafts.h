/* web/pages/drafts.h: what the pages of a draft share. Private to web/. */
#ifndef WEB_PAGES_DRAFTS_H
#define WEB_PAGES_DRAFTS_H

#include "summary/draft.h"
#include "web/frame.h"

typedef struct OpenDraft {
    Draft *draft;
    const Report *report;
    const char *url;
    DraftBlock *blocks; /* as they are now */
    size_t n_blocks;
    DraftComment *comments;
    size_t n_comments;
} OpenDraft;

/* Drafts are of the house: whoever only reads summaries sees what went out, and no draft. */
bool draft_is_shown(const Visit *visit);
/* The one that the path names. 0, WEB_MISSING, or a fault. */
int draft_open(Visit *visit, OpenDraft *ret_open);
/* Where it is, in words. */
const char *draft_where(const Visit *visit, const Report *report, const Draft *draft);
/* "steps": who did what with it, and when. 0, or a fault. */
int draft_add_steps(const Visit *visit, int64_t draft, json_t *model);
/* Title, period, where it is, and whether the visitor may write in it. */
void draft_add_head(const Visit *visit, const OpenDraft *open, json_t *model);

#endif
