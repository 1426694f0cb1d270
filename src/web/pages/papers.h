/* web/pages/papers.h: what the pages of a draft share. Private to web/. */
#ifndef WEB_PAGES_PAPERS_H
#define WEB_PAGES_PAPERS_H

#include "summary/paper.h"
#include "web/frame.h"

typedef struct OpenPaper {
    Paper *paper;
    const Report *report;
    const char *url;
    PaperBlock *blocks; /* as they are now */
    size_t n_blocks;
    PaperComment *comments;
    size_t n_comments;
} OpenPaper;

/* Drafts are of the house: whoever only reads summaries sees what went out, and no draft. */
bool paper_is_shown(const Visit *visit);
/* The one that the path names. 0, WEB_MISSING, or a fault. */
int paper_open(Visit *visit, OpenPaper *ret_open);
/* Where it is, in words. */
const char *paper_where(const Visit *visit, const Report *report, const Paper *paper);
/* "steps": who did what with it, and when. 0, or a fault. */
int paper_add_steps(const Visit *visit, int64_t paper, json_t *model);
/* Title, period, where it is, and whether the visitor may write in it. */
void paper_add_head(const Visit *visit, const OpenPaper *open, json_t *model);
/* What a block is called on a page. */
const char *paper_block_words(const Visit *visit, const OpenPaper *open, const PaperBlock *block);
/* After a change: leads on, or says on the page of the draft what does not go. */
int paper_answer(Visit *visit, const OpenPaper *open, int result, const char *target, const char *words);

/* "chain": who has signed the text that is on its way, and whose turn it is (paper-proof.c). 0, or a fault. */
int paper_add_chain(const Visit *visit, const OpenPaper *open, json_t *model);

/* --- paper-share.c --- */

typedef struct PaperWriter {
    const char *login, *name;
    const char *unit; /* its name, or NULL */
} PaperWriter;
/* Who may write summaries, by login. 0, or a fault. */
int paper_writers(Visit *visit, PaperWriter **ret_list, size_t *ret_count);
/* The section somebody belongs to, or NULL. */
const char *paper_unit(const Visit *visit, const char *login);
/* [{"login", "name", "unit", "chosen"}]: these, and the owner also when he may write no longer. */
json_t *paper_writers_json(const Visit *visit, const PaperWriter *list, size_t n, const char *owner);

#endif
