/* web/exporting.h: what a list shows, as a file: at once when it is small, else as a job. Without pages. Private to
 * web/.
 *
 * Rows, words and order are those of the address (listing.h); columns those he may see. Personal fields are masked
 * unless he may see them whole and says why, which is written down before. */
#ifndef WEB_EXPORTING_H
#define WEB_EXPORTING_H

#include "web/jobs.h"

#define EXPORTING_AT_ONCE 2000 /* rows */

typedef struct ExportWish {
    const char *format; /* "xlsx" or "csv" */
    bool all_columns;   /* else those that the list shows */
    bool titles;      /* references by titles, not by what an import finds them by */
    bool unmasked;
    const char *reason; /* for that; "" is none */
    size_t skip, most;  /* rows: so many of them left out, and then at most so many; 0: all */
} ExportWish;

/* How many rows the address of the visit means in visit->ledger. 0, 1 with findings, or a fault. */
int exporting_count(const Visit *visit, int64_t *ret_count);
/* Whether columns with personal fields are among those asked for, and whether he may see them whole. */
bool exporting_is_masked(const Visit *visit, bool all_columns);
bool exporting_may_unmask(const Visit *visit);
/* The file as the response, or a job: then *ret_id is not 0. 0, WEB_WRONG with findings, WEB_REFUSED, or what job_start
 * answers. */
int exporting_start(Visit *visit, const ExportWish *wish, int64_t *ret_id);
/* The file as the response, however long it is. 0, WEB_WRONG with findings, or a fault. */
int exporting_send(Visit *visit, const ExportWish *wish);

#endif
