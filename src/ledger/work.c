/* ledger/work.c: what waits for somebody: the first of each state of every ledger, then the first of all of them. */
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
    Date due_on;
} Waiting;

/* One state of a ledger, and which of its records he may lead out of it. */
typedef struct Station {
    const Ledger *ledger;
    const State *state;
    RowScope rows;
    bool made_few; /* he entered at most FEW records: his drafts are looked for among these, not among all drafts */
} Station;

#define FEW 20000

/* --- which records of a state --- */

/* Whether a state waits for this step: without a reason, or, when nothing else leads out of the state, back. */
static bool waits_for(const Ledger *ledger, const State *state, const Transition *transition) {
    if (!transition_leads_from(transition, state)) return false;
    if (!transition->reason) return true;
    for (size_t i = 0; i < ledger->n_transitions; i++)
        if (!ledger->transitions[i].reason && transition_leads_from(&ledger->transitions[i], state)) return false;
    return transition->to->index < state->index;
}

static void join_rows(const void *ctx, RowScope *rows, const RowScope *more) {
    rows->all |= more->all;
    for (size_t i = 0; i < more->n_terms; i++) *mem_push(ctx, rows->terms, rows->n_terms) = more->terms[i];
}

/* Those that he may lead out of it by one transition or another. */
static int collect_rows(const void *ctx, Store *store, const Mandate *mandate, Station *station) {
    const People people = store_people(store);
    int fault = 0;
    for (size_t i = 0; !fault && !station->rows.all && i < station->ledger->n_transitions; i++) {
        const Transition *transition = &station->ledger->transitions[i];
        const Ask ask = {.ledger = station->ledger, .transition = transition};
        RowScope rows;
        if (!waits_for(station->ledger, station->state, transition) || !permission_holds(mandate, &ask)) continue;
        fault = rows_scope(ctx, &people, mandate, &ask, &rows);
        if (!fault) join_rows(ctx, &station->rows, &rows);
    }
    return fault;
}

/* Does something for each state that holds work for somebody; a fault ends it. */
typedef int (*AtStation)(const Station *station, void *data);

static int each_station_of(Store *store, const Mandate *mandate, const Ledger *ledger, bool made_few, AtStation act,
                           void *data) {
    int64_t seq; /* 0: nothing was ever written there */
    int fault = ledger->n_transitions ? store_ledger_seq(store, ledger, &seq) : 0;
    if (fault || !ledger->n_transitions || !seq) return fault;
    for (size_t i = 0; !fault && i < ledger->n_states; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        Station station = {.ledger = ledger, .state = &ledger->states[i], .made_few = made_few};
        fault = station.state->final ? 0 : collect_rows(scratch, store, mandate, &station);
        if (!fault && (station.rows.all || station.rows.n_terms)) fault = act(&station, data);
    }
    return fault;
}

static int count_made(Store *store, const char *login, bool *ret_few) {
    static const char sql[] = "SELECT count(*) FROM (SELECT 1 FROM change WHERE org = ?1 AND actor = ?2"
                              " AND action = 'create' LIMIT ?3) AS made";
    Stmt *stmt;
    int step = store_ask(store, sql, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_INT(FEW + 1)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    *ret_few = step == DB_ROW && stmt_int(stmt, 0) <= FEW;
    return stmt_end(stmt, step);
}

static int each_station(Store *store, const Mandate *mandate, AtStation act, void *data) {
    bool made_few;
    int fault = count_made(store, mandate->login, &made_few);
    for (size_t i = 0; !fault && i < store->catalog->n_ledgers; i++)
        fault = each_station_of(store, mandate, &store->catalog->ledgers[i], made_few, act, data);
    return fault;
}

/* --- the question --- */

/* The parts of what waits, in their order: by the day it is due; of a state that may have a term, but no day is known;
 * of a state that has none. */
typedef enum { PART_DUE, PART_UNDATED, PART_PLAIN } Part;

static ExprSql *new_sql(const void *ctx, Store *store) {
    const ExprParams params = store_params(store, (Period){DATE_NONE, DATE_NONE});
    return expr_sql_new(ctx, db_dialect(store->db), "r", NULL, &params);
}

static void add_equal(ExprSql *sql, const char *column, Value value, Buf *text) {
    buf_printf(text, " AND %s = ", column);
    expr_emit_value(sql, value, text);
}

/* What nobody but its maker works on. */
static bool is_draft(const State *state) { return !state->index && !term_has(state); }

/* Records stand under r, their terms under t, the changes that entered them under c. SQLite keeps the order of a cross
 * join: along the terms when all records are his, and as it thinks best when few are. */
static void add_tables(ExprSql *sql, const Station *station, Part part, Buf *text) {
    const char *table = station->ledger->table, *joins = expr_sql_joins(sql);
    if (is_draft(station->state) && station->made_few)
        buf_printf(text, " FROM change c CROSS JOIN %s r%s WHERE r.recorded_to IS NULL AND r.id = c.seq", table, joins);
    else if (part == PART_PLAIN)
        buf_printf(text, " FROM %s r%s WHERE r.recorded_to IS NULL", table, joins);
    else
        buf_printf(text, " FROM term t%s %s r%s WHERE r.recorded_to IS NULL AND r.id = t.record AND t.due IS %s",
                   station->rows.all ? " CROSS JOIN" : ",", table, joins, part == PART_DUE ? "NOT NULL" : "NULL");
}

static void add_maker(ExprSql *sql, Value org, const char *login, bool made_few, Buf *text) {
    buf_add(text, " AND ");
    if (!made_few) {
        scope_emit_maker(sql, login, text);
        return;
    }
    buf_add(text, "c.action = 'create'");
    add_equal(sql, "c.org", org, text);
    add_equal(sql, "c.actor", VALUE_OF_TEXT(login), text);
}

static void add_source(ExprSql *sql, Store *store, const Mandate *mandate, const Station *station, Part part,
                       Buf *text) {
    const Value org = VALUE_OF_INT(store->org), state = VALUE_OF_TEXT(station->state->name.text);
    Buf scope = BUF_INIT(sql);
    scope_emit(sql, &station->rows, &scope); /* first: it says what is joined */
    add_tables(sql, station, part, text);
    add_equal(sql, "r.org", org, text);
    add_equal(sql, "r.state", state, text);
    if (part != PART_PLAIN) {
        add_equal(sql, "t.org", org, text);
        add_equal(sql, "t.ledger", VALUE_OF_TEXT(station->ledger->name.text), text);
        add_equal(sql, "t.state", state, text);
    }
    buf_printf(text, " AND %s", buf_text(&scope));
    if (is_draft(station->state)) add_maker(sql, org, mandate->login, station->made_few, text);
}

/* --- a page --- */

typedef struct Search {
    const void *ctx;
    Store *store;
    const Mandate *mandate;
    const QueryPlace *after;
    Waiting *list;
    size_t count;
} Search;

static const struct {
    const char *columns, *behind, *order;
} parts[] = {
    [PART_DUE] = {"t.record, t.due", " AND (t.due, t.record) > (", "t.due, t.record"},
    [PART_UNDATED] = {"t.record, NULL", " AND (t.record) < (", "t.record DESC"},
    [PART_PLAIN] = {"r.id, NULL", " AND (r.id) < (", "r.id DESC"},
};

/* Behind the place of the page before, if that lay in the same part. */
static void add_place(const Search *search, ExprSql *sql, Part part, Buf *text) {
    bool by_day = part == PART_DUE;
    if (!search->after || (search->after->value.kind == VALUE_DATE) != by_day) return;
    buf_add(text, parts[part].behind);
    if (by_day) {
        expr_emit_value(sql, search->after->value, text);
        buf_add(text, ", ");
    }
    expr_emit_value(sql, VALUE_OF_INT(search->after->id), text);
    buf_char(text, ')');
}

static int search_part(Search *search, const Station *station, Part part) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    ExprSql *sql = new_sql(scratch, search->store);
    Buf text = BUF_INIT(scratch);
    Stmt *stmt;
    buf_printf(&text, "SELECT %s", parts[part].columns);
    add_source(sql, search->store, search->mandate, station, part, &text);
    add_place(search, sql, part, &text);
    buf_printf(&text, " ORDER BY %s LIMIT %u", parts[part].order, WORK_PAGE + 1);
    int step = query_prepare(scratch, search->store, sql, buf_text(&text), &stmt);
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const Date due_on = stmt_date(stmt, 1);
        *mem_push(search->ctx, search->list, search->count) = (Waiting){station->ledger, stmt_int(stmt, 0), due_on};
    }
    return step;
}

static int search_station(const Station *station, void *data) {
    Search *search = data;
    bool is_past_due = search->after && search->after->value.kind != VALUE_DATE;
    if (!term_has(station->state)) return search_part(search, station, PART_PLAIN);
    int fault = is_past_due ? 0 : search_part(search, station, PART_DUE);
    return fault ? fault : search_part(search, station, PART_UNDATED);
}

/* What is due first, then what has no day, the latest record first. */
static int compare_waiting(const void *a, const void *b) {
    const Waiting *one = a, *other = b;
    bool has = one->due_on != DATE_NONE, other_has = other->due_on != DATE_NONE;
    if (has != other_has) return has ? -1 : 1;
    if (one->due_on != other->due_on) return one->due_on < other->due_on ? -1 : 1;
    int by_record = (one->record > other->record) - (one->record < other->record);
    return has ? by_record : -by_record;
}

int work_todo(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Search search = {.ctx = scratch, .store = store, .mandate = mandate, .after = after};
    *ret_page = (WorkPage){0};
    int fault = each_station(store, mandate, search_station, &search);
    if (search.count) qsort(search.list, search.count, sizeof *search.list, compare_waiting);
    ret_page->has_after = search.count > WORK_PAGE;
    for (size_t i = 0; !fault && i < search.count && i < WORK_PAGE; i++) {
        const Waiting *waiting = &search.list[i];
        ret_page->last = (QueryPlace){value_of_date(waiting->due_on), waiting->record};
        fault = work_add(ctx, store, ret_page, NULL,
                         (WorkItem){.ledger = waiting->ledger, .record = waiting->record, .place = ret_page->last});
    }
    return fault;
}

/* --- how many --- */

typedef struct Counting {
    Store *store;
    const Mandate *mandate;
    WorkCount *count;
} Counting;

/* Adds the records of a part, those due before a day (DATE_NONE: all), up to the bound. */
static int count_part(const Counting *counting, const Station *station, Part part, Date before, int64_t *number) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    ExprSql *sql = new_sql(scratch, counting->store);
    Buf text = BUF_INIT(scratch);
    Stmt *stmt;
    if (*number > WORK_COUNT_MOST) return 0;
    buf_add(&text, "SELECT count(*) FROM (SELECT 1");
    add_source(sql, counting->store, counting->mandate, station, part, &text);
    if (before != DATE_NONE) {
        buf_add(&text, " AND t.due < ");
        expr_emit_value(sql, VALUE_OF_DATE(before), &text);
    }
    buf_printf(&text, " LIMIT %d) AS found", WORK_COUNT_MOST + 1 - (int)*number);
    int64_t found = 0;
    int fault = query_prepare(scratch, counting->store, sql, buf_text(&text), &stmt);
    if (!fault) fault = stmt_number(stmt, &found);
    *number += found;
    return fault;
}

static int count_station(const Station *station, void *data) {
    const Counting *counting = data;
    WorkCount *count = counting->count;
    int fault = count_part(counting, station, PART_PLAIN, DATE_NONE, &count->waiting);
    if (!fault && term_has(station->state)) fault = count_part(counting, station, PART_DUE, date_today(), &count->late);
    return fault;
}

int work_count(Store *store, const Mandate *mandate, WorkCount *ret_count) {
    Counting counting = {store, mandate, ret_count};
    *ret_count = (WorkCount){0};
    return each_station(store, mandate, count_station, &counting);
}
