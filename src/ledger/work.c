/* ledger/work.c: what waits for somebody: state by state of every ledger, then the latest of all of them. */
#include "ledger/work.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/scope.h"
#include "ledger/work-list.h"

/* A record that waits. */
typedef struct Waiting {
    const Ledger *ledger;
    int64_t record;
    Date entered_on;
} Waiting;

typedef struct Search {
    const void *ctx;
    Store *store;
    const Mandate *mandate;
    const QueryPlace *after;
    Waiting *list;
    size_t count;
} Search;

/* --- which records of a state --- */

static bool leads_from(const Transition *transition, const State *state) {
    for (size_t i = 0; i < transition->n_from; i++)
        if (transition->from[i] == state) return true;
    return false;
}

static void join_rows(const void *ctx, RowScope *rows, const RowScope *more) {
    rows->all |= more->all;
    for (size_t i = 0; i < more->n_terms; i++) *mem_push(ctx, rows->terms, rows->n_terms) = more->terms[i];
}

/* Those that he may lead out of it by one transition or another. */
static int collect_rows(const Search *search, const void *ctx, const Ledger *ledger, const State *state,
                        RowScope *ret_rows) {
    const People people = store_people(search->store);
    int fault = 0;
    *ret_rows = (RowScope){0};
    for (size_t i = 0; !fault && !ret_rows->all && i < ledger->n_transitions; i++) {
        const Transition *transition = &ledger->transitions[i];
        const Ask ask = {.ledger = ledger, .transition = transition};
        RowScope rows;
        if (transition->reason || !leads_from(transition, state) || !permission_holds(search->mandate, &ask)) continue;
        fault = rows_scope(ctx, &people, search->mandate, &ask, &rows);
        if (!fault) join_rows(ctx, ret_rows, &rows);
    }
    return fault;
}

/* --- one state --- */

static void add_place(ExprSql *sql, const QueryPlace *after, Buf *text) {
    bool known = after->value.kind == VALUE_DATE;
    buf_add(text,
            known ? " WHERE (s.entered_on IS NULL OR s.entered_on < " : " WHERE (s.entered_on IS NULL AND w.id < ");
    expr_emit_value(sql, known ? after->value : VALUE_OF_INT(after->id), text);
    if (known) {
        buf_add(text, " OR (s.entered_on = ");
        expr_emit_value(sql, after->value, text);
        buf_add(text, " AND w.id < ");
        expr_emit_value(sql, VALUE_OF_INT(after->id), text);
        buf_char(text, ')');
    }
    buf_char(text, ')');
}

/* The latest records of the state, then the days they entered it. */
static const char *write_sql(const Search *search, ExprSql *sql, const Ledger *ledger, const State *state,
                             const RowScope *rows) {
    Buf where = BUF_INIT(sql), text = BUF_INIT(sql), name = BUF_INIT(sql), org = BUF_INIT(sql);
    expr_emit_value(sql, VALUE_OF_INT(search->store->org), &org);
    expr_emit_value(sql, VALUE_OF_TEXT(state->name.text), &name);
    scope_emit(sql, rows, &where);
    if (!state->index) {
        buf_add(&where, " AND ");
        scope_emit_maker(sql, search->mandate->login, &where);
    }
    buf_printf(&text,
               "SELECT w.id, s.entered_on FROM (SELECT r.id FROM %s r%s WHERE r.org = %s AND r.recorded_to IS NULL"
               " AND r.state = %s AND %s ORDER BY r.id DESC LIMIT %u) AS w LEFT JOIN state_span s ON s.org = %s"
               " AND s.record = w.id AND s.recorded_to IS NULL AND s.left_on IS NULL AND s.state = %s",
               ledger->table, expr_sql_joins(sql), buf_text(&org), buf_text(&name), buf_text(&where), WORK_DEPTH,
               buf_text(&org), buf_text(&name));
    if (search->after) add_place(sql, search->after, &text);
    buf_printf(&text, " ORDER BY s.entered_on IS NULL, s.entered_on DESC, w.id DESC LIMIT %u", WORK_PAGE + 1);
    return buf_text(&text);
}

static int search_state(Search *search, const Ledger *ledger, const State *state) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    RowScope rows;
    int step = collect_rows(search, scratch, ledger, state, &rows);
    if (step || (!rows.all && !rows.n_terms)) return step;
    const ExprParams params = store_params(search->store, (Period){DATE_NONE, DATE_NONE});
    ExprSql *sql = expr_sql_new(scratch, db_dialect(search->store->db), "r", NULL, &params);
    const char *text = write_sql(search, sql, ledger, state, &rows);
    Stmt *stmt;
    step = db_prepare(scratch, search->store->db, text, &stmt);
    if (step) return step;
    const Value *values;
    size_t n = expr_sql_params(sql, &values);
    for (size_t i = 0; i < n; i++) stmt_bind_value(stmt, (int)i + 1, values[i]);
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const Date day = stmt_is_null(stmt, 1) ? DATE_NONE : stmt_date(stmt, 1);
        *mem_push(search->ctx, search->list, search->count) = (Waiting){ledger, stmt_int(stmt, 0), day};
    }
    return step;
}

static int search_ledger(Search *search, const Ledger *ledger) {
    int64_t seq; /* 0: nothing was ever written there */
    int fault = ledger->n_transitions ? store_ledger_seq(search->store, ledger, &seq) : 0;
    if (fault || !ledger->n_transitions || !seq) return fault;
    for (size_t i = 0; !fault && i < ledger->n_states; i++)
        if (!ledger->states[i].final) fault = search_state(search, ledger, &ledger->states[i]);
    return fault;
}

/* --- the latest of all --- */

/* DATE_NONE is smaller than any day. */
static int compare_latest_first(const void *a, const void *b) {
    const Waiting *one = a, *other = b;
    if (one->entered_on != other->entered_on) return one->entered_on < other->entered_on ? 1 : -1;
    return (one->record < other->record) - (one->record > other->record);
}

int work_todo(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Search search = {.ctx = scratch, .store = store, .mandate = mandate, .after = after};
    int fault = 0;
    *ret_page = (WorkPage){0};
    for (size_t i = 0; !fault && i < store->catalog->n_ledgers; i++)
        fault = search_ledger(&search, &store->catalog->ledgers[i]);
    if (search.count) qsort(search.list, search.count, sizeof *search.list, compare_latest_first);
    ret_page->has_after = search.count > WORK_PAGE;
    for (size_t i = 0; !fault && i < search.count && i < WORK_PAGE; i++) {
        const Waiting *waiting = &search.list[i];
        const Value day = waiting->entered_on == DATE_NONE ? VALUE_OF_BLANK : VALUE_OF_DATE(waiting->entered_on);
        ret_page->last = (QueryPlace){day, waiting->record};
        fault = work_add(ctx, store, ret_page, NULL,
                         (WorkItem){.ledger = waiting->ledger, .record = waiting->record, .place = ret_page->last});
    }
    return fault;
}
