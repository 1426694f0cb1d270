/* ledger/scope.c: see scope.h. Terms are joined by or; what is unknown is not true. */
#include "ledger/scope.h"

/* Who entered a record is told by the change that its id is the place of. */
void scope_emit_maker(ExprSql *sql, const char *login, Buf *out) {
    buf_add(out, "EXISTS (SELECT 1 FROM change e WHERE e.org = r.org AND e.seq = r.id AND e.actor = ");
    expr_emit_value(sql, VALUE_OF_TEXT(login), out);
    buf_char(out, ')');
}

static void emit_term(ExprSql *sql, const RowTerm *term, Buf *out) {
    if (term->entered_by) {
        scope_emit_maker(sql, term->entered_by, out);
        return;
    }
    expr_emit(sql, term->of, out);
    buf_add(out, " IN (NULL");
    for (size_t i = 0; i < term->n_values; i++) {
        buf_add(out, ", ");
        expr_emit_value(sql, VALUE_OF_TEXT(term->values[i]), out);
    }
    buf_char(out, ')');
}

void scope_emit(ExprSql *sql, const RowScope *rows, Buf *out) {
    buf_add(out, rows->all ? "(1 = 1" : "(1 = 0");
    for (size_t i = 0; !rows->all && i < rows->n_terms; i++) {
        buf_add(out, " OR ");
        emit_term(sql, &rows->terms[i], out);
    }
    buf_char(out, ')');
}
