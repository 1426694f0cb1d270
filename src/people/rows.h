/* people/rows.h: which records somebody may reach, as conditions that a query can carry.
 *
 * A grant reaches all records of a ledger, or those that hold one of its terms. The terms of several grants are joined
 * by "or". A term is an expression of the ledger and the texts it may have (names and codes of units, a login), or, for
 * what one entered oneself, a login to compare with whoever made the first change of the record (change.seq = its id).
 */
#ifndef PEOPLE_ROWS_H
#define PEOPLE_ROWS_H

#include "expr/expr.h"
#include "people/permission.h"

typedef struct RowTerm {
    const char *entered_by; /* login; NULL: by the expression */
    const Expr *of;         /* text */
    const char **values;    /* of which it must have one */
    size_t n_values;
} RowTerm;

typedef struct RowScope {
    bool all;       /* no condition */
    RowTerm *terms; /* none and not all: no record */
    size_t n_terms;
} RowScope;

/* The records of a ledger for which somebody holds what is asked (ask->ledger is set). Owned by ctx. 0, or a fault. */
int rows_scope(const void *ctx, const People *people, const Mandate *mandate, const Ask *ask, RowScope *ret_scope);
/* Whether a record is among them: its row, and who entered it. */
bool rows_has(const RowScope *scope, const ExprRow *row, const char *entered_by, const ExprParams *params);

#endif
