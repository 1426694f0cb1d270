/* summary/summary.h: an official summary and plan, composed from figures.
 *
 * A report is a template (defs/reports): mustache over Markdown in which every number is a figure. Sentences whose
 * figure is empty disappear, run-in lists and headings number themselves, the plan part comes from open targets,
 * tasks and unfinished records. Issuing freezes every figure with the record versions it counted; what changed since
 * is its drift.
 *
 * Names in a template:
 *   INDICATOR            its value; empty where nothing happened      INDICATOR.value   also where it is 0
 *     .about .target .share .remaining .so_far .growth .year_before .rank .coverage .covering .title .caliber
 *                        (.target .share .remaining are of the target's period so far: a year, in its second half)
 *   unit period period_part period_year period_end next_period today as_at
 *   LIST of the head, open_targets late_targets met_targets next_targets; within their items: title (opens the record),
 *     number state index first last, the fields of the record, and figure for the indicator that the record names */
#ifndef SUMMARY_SUMMARY_H
#define SUMMARY_SUMMARY_H

#include "base/json.h"
#include "doc/doc.h"
#include "figure/figure.h"
#include "ledger/issue.h"
#include "people/actor.h"

typedef struct SummaryAsk {
    const Report *report;
    Period period;
    Date as_at; /* DATE_NONE: now */
} SummaryAsk;

/* A figure that stands in the text, in order of first use. Its period is its own: a fact published for January to
 * April only, or a target of the year counted from January on. */
typedef struct SummaryFigure {
    const Figure *figure;
    const char *name;       /* the indicator's, with @2020 behind it for another period: the link is figure:NAME */
    const char *covering;   /* its period in words where it is not the asked one, else "" */
    const char *rank_scope; /* among whom it is ranked: 全市; "" when not said */
    const struct SummaryFigure *so_far; /* from the start of its target's period on; itself where that is the same */
    unsigned uses;
} SummaryFigure;

typedef struct Summary {
    SummaryAsk ask;
    const char *title;
    const char *markdown; /* the text with figure links, without the annex */
    Doc *doc;             /* the same as blocks, headings numbered, with the annex of numbers */
    SummaryFigure *figures;
    size_t n_figures;
    const Indicator **silent; /* that the template names and the text does not: nothing of them in this period, or
                                 nothing that could be counted */
    size_t n_silent;
    const char *made_at; /* UTC instant */
} Summary;

/* Every name that the template of a report uses must be one: of a figure and its face, of a list and its fields, or
 * one of the plain names. Findings point into the report's file. 0, or 1 with findings. Needs no ledger. */
int summary_check_report(const Catalog *catalog, const Report *report, Diag *diag);

/* Composes. Findings (a name the template uses and nobody defines, a figure that cannot be counted) go to diag.
 * 0, 1 with findings, or a fault. Owned by ctx. */
int summary_compose(const void *ctx, Store *store, const SummaryAsk *ask, Diag *diag, Summary **ret_summary);

/* Lines of a template as they will read, without marks: headings, ways to speak of a figure. "" where one has nothing
 * to say, the line itself where a name in it is wrong. 0, or a fault. Owned by ctx, or lent. */
int summary_lines(const void *ctx, Store *store, const SummaryAsk *ask, const char *const *lines, size_t n,
                  const char **ret_words);
/* Whether its template is in Chinese; else it is in English. */
bool summary_is_chinese(const Report *report);

/* Keeps what was counted, so that the next summary or page has it at once. A folder that cannot be written keeps
 * nothing, nor one that somebody else is writing to: a summary does not wait for an import. */
void summary_keep(Store *store, const Summary *summary);

/* --- as part of a page --- */

/* The text without its annex as HTML; figures and records (record:LEDGER/ID) lead to what href gives. */
void summary_to_html(const Doc *doc, DocHref href, void *data, Buf *out);
/* The frozen text of an issue as a document, headings numbered. 0, or 1 with findings. Owned by ctx. */
int summary_read_issued(const void *ctx, const char *markdown, Diag *diag, Doc **ret_doc);
/* The same with the annex of its frozen figures, for the printed forms. 0, 1 with findings, or a fault. */
int summary_issued_doc(const void *ctx, Store *store, const Issue *issue, Diag *diag, Doc **ret_doc);
/* The frozen figure that a link of an issue for this period names, or NULL. Lent. */
const IssueFigure *summary_frozen(const IssueFigure *figures, size_t n, Period period, const char *name);
/* One figure by the name its link has, for a text of this period: value, what is known of it, and the rows behind it,
 * as figure/page.h shows them. 0, 1: nothing is called so, or a fault. Owned by ctx. */
int summary_figure_page(const void *ctx, Store *store, Period period, const char *name, json_t **ret_model);

/* The forms, each one row: "docx", "pdf", "html", "md", "json". They write a whole file. 0, or 1 with findings. */
typedef struct SummaryFormat {
    const char *name;
    bool opens; /* it carries the records behind each number */
    int (*write)(Store *store, const Summary *summary, const char *path, Diag *diag);
} SummaryFormat;
extern const SummaryFormat summary_formats[]; /* ends with a zeroed row */

/* A line of the sheet that goes with a text to be signed. */
typedef struct ProofLine {
    const char *part;             /* 拟稿, 审核（股室负责人） */
    const char *who, *words, *at; /* "" while he has not signed */
} ProofLine;
/* The text as it is handed in (送审稿): the sheet with its lines first, then the text and its annex with the numbers of
 * lines in the margin. Owned by ctx; lends from the summary. */
Doc *summary_proof(const void *ctx, const Summary *summary, const ProofLine *lines, size_t n);

/* Freezes: every figure with its value and the versions it counted, and the text. *ret_issue is its number. Figures
 * are counted anew in the same transaction; where one has moved since the text was composed, nothing is issued.
 * 0, or 1 with findings. */
int summary_issue(Store *store, const Summary *summary, const Actor *actor, Diag *diag, int64_t *ret_issue);

/* A figure of the last issue of a report for a period that has moved since. */
typedef struct Drift {
    const Indicator *indicator; /* NULL: no longer defined */
    const char *name;           /* of the indicator */
    Period period;
    FigureNumber issued, now;
    int64_t added, removed, changed; /* rows */
    Label say;
} Drift;
/* Those that have moved; none when the text still says what the ledgers say. 0, 1 when nothing was issued (with a
 * finding), or a fault. Owned by ctx. */
int summary_drift(const void *ctx, Store *store, const SummaryAsk *ask, Diag *diag, int64_t *ret_issue,
                  Drift **ret_drifts, size_t *ret_count);

#define DRIFT_ROWS_MOST 500u
typedef enum { DRIFT_ADDED, DRIFT_REMOVED, DRIFT_CHANGED } DriftKind;
typedef struct DriftRow {
    DriftKind kind;
    const Ledger *ledger;      /* NULL: no longer defined */
    int64_t record, then, now; /* versions; 0: it is not counted */
} DriftRow;
/* The records that make the difference of one frozen figure, the first DRIFT_ROWS_MOST of them. 0, 1 when the indicator
 * is no longer defined, or a fault. Owned by ctx. */
int summary_drift_rows(const void *ctx, Store *store, int64_t issue, const IssueFigure *issued, Drift *ret_drift,
                       DriftRow **ret_rows, size_t *ret_count);

/* Which documents and numbers counted a record: issue_mentions() in ledger/issue.h. */

#endif
