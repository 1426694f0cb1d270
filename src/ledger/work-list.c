/* ledger/work-list.c: what somebody did and began. What waits stands in work.c. */
#include "ledger/work-list.h"

#include "base/mem.h"
#include "ledger/reach.h"

/* --- one item --- */

int work_add(const void *ctx, Store *store, WorkPage *page, const RowScope *rows, WorkItem item) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Record *record;
    int result = reach_load(scratch, store, item.ledger, item.record, rows, &record);
    if (result) return result < 0 ? result : 0;
    const Span *last = record->n_spans ? &record->spans[record->n_spans - 1] : NULL;
    item.number = record->number ? mem_strdup(ctx, record->number) : NULL;
    item.title = record_title(ctx, store, record);
    item.state = record->state;
    item.entered_on = last && last->state == record->state ? last->entered_on : DATE_NONE;
    item.days = item.entered_on == DATE_NONE ? 0 : date_today() - item.entered_on;
    item.due_on = term_due(record, store->calendar);
    *mem_push(ctx, page->items, page->count) = item;
    return 0;
}

/* --- along the change log --- */

/* What somebody may read of each ledger, asked when it is first met. */
typedef struct Readable {
    const void *ctx;
    Store *store;
    const Mandate *mandate;
    RowScope **by_ledger;
} Readable;

static int find_readable(Readable *readable, const Ledger *ledger, const RowScope **ret_rows) {
    RowScope **rows = &readable->by_ledger[ledger - readable->store->catalog->ledgers];
    int fault = 0;
    if (!*rows) {
        const People people = store_people(readable->store);
        *rows = mem_new(readable->ctx, RowScope);
        fault = rows_scope(readable->ctx, &people, readable->mandate, &(Ask){.word = PERMISSION_READ, .ledger = ledger},
                           *rows);
    }
    *ret_rows = *rows;
    return fault;
}

static int take_changes(const void *ctx, Readable *readable, Stmt *stmt, WorkPage *page) {
    int step;
    size_t n = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        page->has_after = n == WORK_PAGE;
        if (n++ == WORK_PAGE) break;
        const RowScope *rows;
        page->last = (QueryPlace){VALUE_OF_BLANK, stmt_int(stmt, 0)};
        WorkItem item = {.ledger = catalog_find_ledger(readable->store->catalog, stmt_text(stmt, 1)),
                         .record = stmt_int(stmt, 2),
                         .action = mem_strdup(ctx, stmt_text(stmt, 3)),
                         .at = mem_strdup(ctx, stmt_text(stmt, 4)),
                         .place = page->last};
        if (!item.ledger) continue; /* defined no more */
        int fault = find_readable(readable, item.ledger, &rows);
        if (!fault) fault = work_add(ctx, readable->store, page, rows, item);
        if (fault) return fault;
    }
    return stmt_end(stmt, step);
}

static int walk(const void *ctx, Store *store, const Mandate *mandate, const char *sql, const QueryPlace *after,
                WorkPage *ret_page) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Readable readable = {scratch, store, mandate, mem_array(scratch, RowScope *, store->catalog->n_ledgers + 1)};
    Stmt *stmt;
    *ret_page = (WorkPage){0};
    int fault = store_ask(store, sql,
                          DB_VALUES(VALUE_OF_TEXT(mandate->login), VALUE_OF_INT(after ? after->id : INT64_MAX),
                                    VALUE_OF_INT(WORK_PAGE + 1)),
                          &stmt);
    return fault ? fault : take_changes(ctx, &readable, stmt, ret_page);
}

/* A later step of his own with the same record stands for it; what is added to the actor keeps a planner from looking
 * for that one among all his changes. */
int work_done(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page) {
    static const char sql[] =
        "SELECT c.seq, c.ledger, c.record, c.action, c.at FROM change c WHERE c.org = ?1 AND c.actor = ?2"
        " AND c.action <> 'create' AND c.seq < ?3 AND NOT EXISTS (SELECT 1 FROM change l WHERE l.org = c.org"
        " AND l.record = c.record AND l.seq > c.seq AND l.actor || '' = c.actor AND l.action <> 'create')"
        " ORDER BY c.seq DESC LIMIT ?4";
    return walk(ctx, store, mandate, sql, after, ret_page);
}

int work_started(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page) {
    static const char sql[] =
        "SELECT c.seq, c.ledger, c.record, c.action, c.at FROM change c WHERE c.org = ?1 AND c.actor = ?2"
        " AND c.action = 'create' AND c.seq < ?3 ORDER BY c.seq DESC LIMIT ?4";
    return walk(ctx, store, mandate, sql, after, ret_page);
}
