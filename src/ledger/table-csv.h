/* ledger/table-csv.h: rows of a table as CSV (RFC 4180), for backups. Private to ledger/.
 *
 * Null is an empty cell without quotes, an empty text a pair of quotes: the two stay apart. sheet/csv reads what
 * people write; this reads only what was written here, and exactly. */
#ifndef LEDGER_TABLE_CSV_H
#define LEDGER_TABLE_CSV_H

#include <stdbool.h>

#include "base/buf.h"

#define TABLE_CSV_ROW_MAX ((size_t)64 << 20)

/* Appends one cell; text NULL is null. first: no comma before it. */
void table_csv_cell(Buf *out, const char *text, bool first);
void table_csv_hex(Buf *out, const void *bytes, size_t size, bool first);
void table_csv_end_row(Buf *out);

/* Bytes come in pieces of any size, whole rows go out. A non-zero answer of take ends the reading and is returned. */
typedef struct TableCsv TableCsv;
typedef int (*TableCsvTake)(const char *const *cells, size_t n, void *data); /* lent until it returns */
enum { TABLE_CSV_E_BROKEN = 1 }; /* not written by this program, or a row beyond TABLE_CSV_ROW_MAX */

TableCsv *table_csv_new(const void *ctx, TableCsvTake take, void *data);
/* 0, TABLE_CSV_E_BROKEN, or what take answered. */
int table_csv_feed(TableCsv *csv, const char *bytes, size_t size);
/* Whether the end came at the end of a row. */
bool table_csv_is_whole(const TableCsv *csv);

#endif
