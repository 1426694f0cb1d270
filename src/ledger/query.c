/* ledger/query.c: a condition, emitted once, with several heads: records, pages, their number, their sums.
 *
 * An ordered list is read in two runs, the records without a value and those with one: each run is then in the order of
 * an index of its column on either database, whichever end it keeps its nulls at, and a place is one comparison. */
#include "ledger/query.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/scope.h"
#include "ledger/search.h"

/* --- one statement --- */

/* The parts of a statement over the records of a query, and what is to be bound. */
typedef struct Body {
    ExprSql *sql;
    Buf where;
    const char *from; /* table and alias, without the joins of the expressions */
    const char *key;  /* what makes an order total */
} Body;

/* The last version of a record that was withdrawn, joined to the change that did it; no later one brought it back. */
static void add_withdrawn(Body *body, const void *ctx, const Query *query) {
    const char *table = query->ledger->table;
    assert(!query->as_at);
    body->key = "c.seq";
    body->from =
        mem_printf(ctx, "change c JOIN %s r ON r.org = c.org AND r.id = c.record AND r.version = c.version", table);
    buf_add(&body->where, "c.action = 'withdraw' AND c.ledger = ");
    expr_emit_value(body->sql, VALUE_OF_TEXT(query->ledger->name.text), &body->where);
    buf_printf(&body->where,
               " AND NOT EXISTS (SELECT 1 FROM %s n WHERE n.org = r.org AND n.id = r.id AND n.version > r.version)"
               " AND c.org = ",
               table);
    expr_emit_value(body->sql, VALUE_OF_INT(STORE_ORG), &body->where);
}

static void add_search(Body *body, const void *ctx, const Store *store, const char *words) {
    Buf found = BUF_INIT(ctx), unused = BUF_INIT(ctx); /* the condition names its parameter itself */
    const char *value;
    const Value *all;
    const char *parameter = mem_printf(ctx, "?%zu", expr_sql_params(body->sql, &all) + 1);
    if (!search_condition(ctx, store->db, "r", words, parameter, &found, &value)) return;
    expr_emit_value(body->sql, VALUE_OF_TEXT(value), &unused);
    buf_printf(&body->where, " AND %s", buf_text(&found));
}

/* No index serves a test for truth. */
static void add_condition(Body *body, const Query *query) {
    bool walks = query->order && query->many;
    buf_add(&body->where, walks ? " AND (" : " AND ");
    expr_emit(body->sql, query->where, &body->where);
    buf_add(&body->where, walks ? ") IS TRUE" : "");
}

static Body make_body(const void *ctx, const Store *store, const Query *query) {
    ExprParams params = store_params(store, query->period);
    Body body = {.sql = expr_sql_new(ctx, db_dialect(store->db), "r", query->as_at, &params),
                 .where = BUF_INIT(ctx),
                 .from = mem_printf(ctx, "%s r", query->ledger->table),
                 .key = "r.id"};
    buf_add(&body.where, "r.org = ");
    expr_emit_value(body.sql, VALUE_OF_INT(store->org), &body.where);
    buf_add(&body.where, " AND ");
    if (query->withdrawn)
        add_withdrawn(&body, ctx, query);
    else
        expr_emit_version(body.sql, "r", &body.where);
    if (query->where) add_condition(&body, query);
    if (query->rows) {
        buf_add(&body.where, " AND ");
        scope_emit(body.sql, query->rows, &body.where);
    }
    if (query->search) add_search(&body, ctx, store, query->search);
    return body;
}

/* " FROM … WHERE …", when everything that may join a table has been emitted. */
static const char *body_text(const void *ctx, Body *body) {
    return mem_printf(ctx, " FROM %s%s WHERE %s", body->from, expr_sql_joins(body->sql), buf_text(&body->where));
}

int query_prepare(const void *ctx, const Store *store, const ExprSql *sql, const char *text, Stmt **ret_stmt) {
    const Value *values;
    size_t n = expr_sql_params(sql, &values);
    int fault = db_prepare(ctx, store->db, text, ret_stmt);
    if (!fault) stmt_bind_values(*ret_stmt, 1, values, n);
    return fault;
}

/* --- rows in their order --- */

typedef enum { RUN_WHOLE, RUN_BLANK, RUN_VALUES } Run;

/* A row's record, to be freed by whoever takes it, and its place, lent. */
typedef int (*TakeRow)(Record *record, const QueryPlace *place, void *data);

typedef struct Reading {
    Store *store;
    const Query *query;
    const QueryPlace *from; /* or NULL */
    bool backwards;         /* from large to small */
    size_t left;            /* rows still wanted, when the query has a limit */
    const void *ctx;        /* of the records */
    TakeRow take;
    void *data;
} Reading;

/* The order as SQL; a truth is a number there on one database alone. */
static const char *order_text(const void *ctx, const Body *body, const Expr *order) {
    Buf out = BUF_INIT(ctx);
    expr_emit(body->sql, order, &out);
    const char *text = buf_text(&out);
    int scale;
    if (expr_type(order, &scale) != TYPE_BOOL) return text;
    return mem_printf(ctx, "CASE WHEN %s THEN 1 WHEN NOT %s THEN 0 END", text, text);
}

/* Whether a run is the one that a place stands in. */
static bool holds_place(Run run, const QueryPlace *place) {
    return run == RUN_WHOLE || (run == RUN_BLANK) == (place->value.kind == VALUE_BLANK);
}

static void add_run(const Reading *reading, Body *body, Run run, const char *order) {
    const char *beyond = reading->backwards ? "<" : ">";
    Buf *where = &body->where;
    if (run != RUN_WHOLE) buf_printf(where, " AND %s IS %sNULL", order, run == RUN_VALUES ? "NOT " : "");
    if (!reading->from || !holds_place(run, reading->from)) return;
    if (run == RUN_VALUES) {
        buf_printf(where, " AND (%s, %s) %s (", order, body->key, beyond);
        expr_emit_value(body->sql, reading->from->value, where);
        buf_add(where, ", ");
    } else {
        buf_printf(where, " AND %s %s (", body->key, beyond);
    }
    expr_emit_value(body->sql, VALUE_OF_INT(reading->from->id), where);
    buf_char(where, ')');
}

static Value place_value(const Expr *order, const Stmt *stmt, int column) {
    int scale = 0;
    if (!order || stmt_is_null(stmt, column)) return VALUE_OF_BLANK;
    switch (expr_type(order, &scale)) {
    case TYPE_BOOL:
    case TYPE_REF:
    case TYPE_NUMBER:
        return VALUE_OF_DECIMAL(stmt_int(stmt, column), scale);
    case TYPE_DATE:
        return VALUE_OF_DATE(stmt_date(stmt, column));
    default:
        return VALUE_OF_TEXT(stmt_text(stmt, column));
    }
}

static int take_rows(Reading *reading, Stmt *stmt) {
    const Query *query = reading->query;
    int step, result = 0, key = stmt_columns(stmt) - 1;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        const QueryPlace place = {place_value(query->order, stmt, key - 1), stmt_int(stmt, key)};
        reading->left--;
        result =
            reading->take(record_from_row(reading->ctx, reading->store, query->ledger, stmt, 0), &place, reading->data);
        if (result) return result;
    }
    return step;
}

static int read_run(Reading *reading, Run run) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Query *query = reading->query;
    Body body = make_body(scratch, reading->store, query);
    const char *order = query->order ? order_text(scratch, &body, query->order) : "NULL";
    const char *turn = reading->backwards ? " DESC" : "";
    add_run(reading, &body, run, order);
    Buf text = BUF_INIT(scratch);
    buf_printf(&text, "SELECT %s, %s, %s%s ORDER BY ", record_columns(scratch, query->ledger), order, body.key,
               body_text(scratch, &body));
    if (query->order) buf_printf(&text, "%s%s, ", order, turn);
    buf_printf(&text, "%s%s", body.key, turn);
    if (query->most) buf_printf(&text, " LIMIT %zu", reading->left);
    Stmt *stmt;
    int fault = query_prepare(scratch, reading->store, body.sql, buf_text(&text), &stmt);
    if (fault) return fault;
    stmt_stream(stmt);
    return take_rows(reading, stmt);
}

static int read_rows(Reading *reading) {
    const Run small_first[] = {RUN_BLANK, RUN_VALUES}, large_first[] = {RUN_VALUES, RUN_BLANK};
    if (!reading->query->order) return read_run(reading, RUN_WHOLE);
    const Run *runs = reading->backwards ? large_first : small_first;
    bool second = reading->from && !holds_place(runs[0], reading->from);
    int result = second ? 0 : read_run(reading, runs[0]);
    if (result || (reading->query->most && !reading->left)) return result;
    return read_run(reading, runs[1]);
}

typedef struct EachRecord {
    QueryTake take;
    void *data;
} EachRecord;

static int give_record(Record *record, const QueryPlace *place, void *data) {
    (void)place;
    const EachRecord *each = data;
    int result = each->take(record, each->data);
    talloc_free(record);
    return result;
}

int query_each(Store *store, const Query *query, QueryTake take, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    EachRecord each = {take, data};
    assert(!query->before);
    Reading reading = {.store = store,
                       .query = query,
                       .from = query->after,
                       .backwards = query->descending,
                       .left = query->most,
                       .ctx = scratch,
                       .take = give_record,
                       .data = &each};
    return read_rows(&reading);
}

/* --- pages --- */

typedef struct Filling {
    const void *ctx;
    QueryPage *page;
    size_t n_places;
} Filling;

static int keep_row(Record *record, const QueryPlace *place, void *data) {
    Filling *filling = data;
    QueryPage *page = filling->page;
    *mem_push(filling->ctx, page->records, page->count) = record;
    *mem_push(filling->ctx, page->places, filling->n_places) =
        (QueryPlace){value_copy(filling->ctx, place->value), place->id};
    return 0;
}

static void turn_round(QueryPage *page) {
    for (size_t i = 0, k = page->count; i + 1 < k; i++) {
        k--;
        Record *record = page->records[i];
        QueryPlace place = page->places[i];
        page->records[i] = page->records[k];
        page->places[i] = page->places[k];
        page->records[k] = record;
        page->places[k] = place;
    }
}

/* One row more than wanted tells whether there are any. */
int query_page(const void *ctx, Store *store, const Query *query, QueryPage *ret_page) {
    assert(query->most);
    Query wanted = *query;
    wanted.most++;
    bool back = query->before != NULL;
    *ret_page = (QueryPage){0};
    Filling filling = {.ctx = ctx, .page = ret_page};
    Reading reading = {.store = store,
                       .query = &wanted,
                       .from = back ? query->before : query->after,
                       .backwards = query->descending != back,
                       .left = wanted.most,
                       .ctx = ctx,
                       .take = keep_row,
                       .data = &filling};
    int fault = read_rows(&reading);
    if (fault) return fault;
    bool more = ret_page->count > query->most;
    if (more) ret_page->count--;
    ret_page->has_before = back ? more : query->after != NULL;
    ret_page->has_after = back || more;
    if (back) turn_round(ret_page);
    return 0;
}

/* --- totals --- */

/* The one row of a statement; its columns from 0 on in *ret_stmt, which belongs to ctx. */
static int ask_one(const void *ctx, Store *store, const Body *body, const char *text, Stmt **ret_stmt) {
    int fault = query_prepare(ctx, store, body->sql, text, ret_stmt);
    if (fault) return fault;
    int step = stmt_step(*ret_stmt);
    return step == DB_ROW ? 0 : step < 0 ? step : DB_FAULT;
}

int query_sums(Store *store, const Query *query, const Field *const *fields, size_t n, int64_t *ret_count,
               Value *ret_sums) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Body body = make_body(scratch, store, query);
    Buf text = BUF_INIT(scratch);
    buf_add(&text, "SELECT count(*)");
    for (size_t i = 0; i < n; i++) { /* PostgreSQL adds 64 bits up to something wider */
        buf_add(&text, ", ");
        buf_printf(&text, db_dialect(store->db)->cast_int, mem_printf(scratch, "sum(r.%s)", fields[i]->column));
    }
    buf_add(&text, body_text(scratch, &body));
    Stmt *stmt;
    int fault = ask_one(scratch, store, &body, buf_text(&text), &stmt);
    if (fault) return fault;
    *ret_count = stmt_int(stmt, 0);
    for (size_t i = 0; i < n; i++) {
        int column = (int)i + 1;
        ret_sums[i] =
            stmt_is_null(stmt, column) ? VALUE_OF_BLANK : VALUE_OF_DECIMAL(stmt_int(stmt, column), fields[i]->scale);
    }
    return 0;
}

int query_count(Store *store, const Query *query, int64_t *ret_count) {
    return query_sums(store, query, NULL, 0, ret_count, NULL);
}

int query_count_upto(Store *store, const Query *query, size_t most, int64_t *ret_count, bool *ret_more) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Body body = make_body(scratch, store, query);
    const char *text = mem_printf(scratch, "SELECT count(*) FROM (SELECT 1%s LIMIT %zu) AS found",
                                  body_text(scratch, &body), most + 1);
    Stmt *stmt;
    int fault = ask_one(scratch, store, &body, text, &stmt);
    if (fault) return fault;
    *ret_more = stmt_int(stmt, 0) > (int64_t)most;
    *ret_count = *ret_more ? (int64_t)most : stmt_int(stmt, 0);
    return 0;
}

char *query_key(const void *ctx, const Store *store, const Query *query) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Body body = make_body(scratch, store, query);
    Buf key = BUF_INIT(scratch);
    const Value *values;
    size_t n = expr_sql_params(body.sql, &values);
    buf_add(&key, body_text(scratch, &body));
    for (size_t i = 0; i < n; i++) {
        const char *text = value_text(scratch, values[i]); /* NULL: blank */
        buf_printf(&key, " %zu:%s", text ? strlen(text) : 0, text ? text : "");
    }
    return mem_strdup(ctx, buf_text(&key));
}
