/* ledger/scope.h: whose records (people/rows.h) as SQL. Private to ledger/. */
#ifndef LEDGER_SCOPE_H
#define LEDGER_SCOPE_H

#include "people/rows.h"

/* Appends the condition that a record under the alias r is among them. */
void scope_emit(ExprSql *sql, const RowScope *rows, Buf *out);
/* Appends the condition that somebody entered it. */
void scope_emit_maker(ExprSql *sql, const char *login, Buf *out);

#endif
