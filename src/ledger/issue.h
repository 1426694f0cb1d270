/* ledger/issue.h: texts that went out, frozen with the figures they print and the version of every record those count.
 *
 * No ledger: what is written here is never changed. Writing belongs into one write transaction of the caller. Records
 * of all ledgers have one numbering. */
#ifndef LEDGER_ISSUE_H
#define LEDGER_ISSUE_H

#include "ledger/record.h"

typedef struct Issue {
    int64_t id; /* its number; given by issue_add */
    const char *report;
    Period period;
    const char *at; /* UTC instant */
    const char *actor;
    const char *body; /* Markdown */
    const char *hash;
} Issue;

typedef struct IssueFigure {
    const char *indicator;
    Period period;
    const char *definition; /* hash of the indicator's definition then */
    bool known;
    Decimal value;
    int64_t count;
    const char *hash, *rows_hash;
} IssueFigure;

typedef struct IssueRow {
    int64_t record, version;
    int part;
} IssueRow;

/* --- writing --- */

/* Its number. 0, or a fault. */
int issue_add(Store *store, const Issue *issue, int64_t *ret_id);
int issue_add_figure(Store *store, int64_t id, const IssueFigure *figure);
/* Rows of an issue stream through one bulk: open, add for each, then db_bulk_flush. */
int issue_open_rows(const void *ctx, Store *store, DbBulk **ret_rows);
int issue_add_row(Store *store, DbBulk *rows, int64_t id, const IssueFigure *figure, int part, const Record *record);

/* --- reading, owned by ctx --- */

/* The last issue of a report for a period; 0 when there was none. */
int issue_find_last(Store *store, const char *report, Period period, int64_t *ret_id);
/* 1: there is no such issue. */
int issue_find(const void *ctx, Store *store, int64_t id, Issue **ret_issue);
/* All, the last first, without their bodies. */
int issue_list(const void *ctx, Store *store, Issue **ret_list, size_t *ret_count);
int issue_figures(const void *ctx, Store *store, int64_t id, IssueFigure **ret_list, size_t *ret_count);
/* Sorted by part and record. */
int issue_rows(const void *ctx, Store *store, int64_t id, const IssueFigure *figure, IssueRow **ret_list,
               size_t *ret_count);

/* An issue that counted a record. */
typedef struct IssueMention {
    int64_t issue;
    const char *report, *indicator, *period, *at;
    int64_t version; /* that was counted */
} IssueMention;
/* Latest first. */
int issue_mentions(const void *ctx, Store *store, const Record *record, IssueMention **ret_list, size_t *ret_count);

#endif
