/* exchange/export.h: exactly what is filtered, as one spreadsheet that is also the import template.
 *
 * Columns: fields by their labels, then 状态 and 编号; code lists as drop-downs from a hidden sheet, long codes as text,
 * money in yuan with two decimals, child tables one row a line. Imported again unchanged it changes nothing. */
#ifndef EXCHANGE_EXPORT_H
#define EXCHANGE_EXPORT_H

#include "ledger/query.h"

typedef struct ExportOptions {
    Query query;         /* ledger, condition, order */
    bool template_only;  /* headings and drop-downs, no rows */
    bool unmasked;       /* personal fields in full: only with a reason, which is put into the change log's setting */
    const Field *const *fields; /* the columns; NULL: all */
    size_t n_fields;
    bool titles;         /* references by the titles of their records: to be read, not to be imported again */
    size_t skip;         /* the first rows, which are left out */
    bool (*progress)(int64_t done, int64_t all, void *data); /* or NULL; false ends it: there is no file then */
    void *data;
} ExportOptions;

/* The format follows the extension of path: xlsx or csv. 0, or 1 with findings; *ret_rows how many. */
int export_file(Store *store, const char *path, const ExportOptions *options, Diag *diag, int64_t *ret_rows);

#endif
