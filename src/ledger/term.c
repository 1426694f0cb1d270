/* ledger/term.c: see term.h. */
#include "ledger/term.h"

#include <string.h>

#include "base/mem.h"

/* --- one record --- */

/* The same day of a later month, or its last. */
static Date months_after(Date day, int64_t months) {
    int year, month, last;
    date_split(day, &year, &month, &last);
    int64_t count = (int64_t)year * 12 + month - 1 + months;
    Date found;
    do found = date_make((int)(count / 12), (int)(count % 12) + 1, last--);
    while (found == DATE_NONE && last > 27);
    return found;
}

static Date days_after(Date day, int64_t days) {
    Date found = day + (Date)days;
    return date_is_valid(found) ? found : DATE_NONE;
}

/* That day of the year, on or after this one. */
static Date next_yearly(Date from, int month, int day) {
    int year, ignored;
    date_split(from, &year, &ignored, &ignored);
    Date found = date_make(year, month, day);
    return found < from ? date_make(year + 1, month, day) : found;
}

bool term_has(const State *state) { return state->within || state->due || state->due_month; }

Date term_due(const Record *record, const Calendar *calendar) {
    const State *state = record->state;
    const Span *last = record->n_spans ? &record->spans[record->n_spans - 1] : NULL;
    if (state->due) {
        const Value day = record->values[state->due->index];
        return day.kind == VALUE_DATE ? day.date : DATE_NONE;
    }
    if (!last || last->state != state || last->entered_on == DATE_NONE || !term_has(state)) return DATE_NONE;
    if (state->due_month) return next_yearly(last->entered_on, state->due_month, state->due_day);
    switch (state->within_unit) {
    case TERM_DAYS: return days_after(last->entered_on, state->within);
    case TERM_MONTHS: return months_after(last->entered_on, state->within);
    case TERM_WORKDAYS: break;
    }
    return calendar_add_workdays(calendar, last->entered_on, (int)state->within);
}

TermLight term_light(Date due_on, Date today, const Calendar *calendar) {
    if (due_on == DATE_NONE) return TERM_NONE;
    if (today > due_on) return TERM_RED;
    return calendar_count_workdays(calendar, today, due_on) <= TERM_SOON ? TERM_YELLOW : TERM_GREEN;
}

int term_find(Store *store, int64_t record, Date *ret_due) {
    const People people = store_people(store);
    Stmt *stmt;
    int step = people_ask(&people, "SELECT due FROM term WHERE org = ?1 AND record = ?2",
                          PEOPLE_VALUES(VALUE_OF_INT(record)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    *ret_due = step == DB_ROW && !stmt_is_null(stmt, 0) ? stmt_date(stmt, 0) : DATE_NONE;
    stmt_reset(stmt);
    return step < 0 ? step : 0;
}

/* --- keeping the table --- */

struct TermWriter {
    Store *store;
    DbBulk *rows;
    bool waits; /* rows that are not sent yet */
};

int term_writer_open(const void *ctx, Store *store, TermWriter **ret_writer) {
    static const char *const columns[] = {"org", "record", "ledger", "state", "due"};
    TermWriter *writer = mem_new(ctx, TermWriter);
    *writer = (TermWriter){.store = store};
    *ret_writer = writer;
    return db_bulk_open(writer, store->db, "term", columns, 5, &writer->rows);
}

int term_flush(TermWriter *writer) {
    writer->waits = false;
    return db_bulk_flush(writer->rows);
}

static int add(TermWriter *writer, const Record *record) {
    const Value values[] = {VALUE_OF_INT(writer->store->org), VALUE_OF_INT(record->id),
                            VALUE_OF_TEXT(record->ledger->name.text), VALUE_OF_TEXT(record->state->name.text),
                            people_date(term_due(record, writer->store->calendar))};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) db_bulk_value(writer->rows, i, values[i]);
    writer->waits = true;
    return db_bulk_row(writer->rows);
}

static int drop(TermWriter *writer, int64_t record) {
    const People people = store_people(writer->store);
    int fault = writer->waits ? term_flush(writer) : 0;
    if (fault) return fault;
    return people_run(&people, "DELETE FROM term WHERE org = ?1 AND record = ?2", PEOPLE_VALUES(VALUE_OF_INT(record)),
                      NULL);
}

int term_write(TermWriter *writer, const Record *before, const Record *after) {
    int fault = before && term_has(before->state) ? drop(writer, before->id) : 0;
    return !fault && after && term_has(after->state) ? add(writer, after) : fault;
}

/* --- all of it anew --- */

#define KEPT "terms" /* the setting with the calendar and the definitions that it is of */

/* The next open records of a state. */
static int find_chunk(Stmt *stmt, int64_t org, const State *state, int64_t *last, int64_t *ids, size_t *ret_n) {
    int step;
    stmt_bind_int(stmt, 1, org);
    stmt_bind_text(stmt, 2, state->name.text);
    stmt_bind_int(stmt, 3, *last);
    *ret_n = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) ids[(*ret_n)++] = *last = stmt_int(stmt, 0);
    return step;
}

static int fill_state(TermWriter *writer, const Ledger *ledger, const State *state) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store = writer->store;
    RecordFinder *finder = record_finder_new(scratch, store, ledger);
    int64_t *ids = mem_array(scratch, int64_t, RECORD_CHUNK), last = 0;
    Record **records = mem_array(scratch, Record *, RECORD_CHUNK);
    Stmt *stmt;
    size_t n = RECORD_CHUNK;
    int fault = db_prepare(scratch, store->db,
                           mem_printf(scratch,
                                      "SELECT id FROM %s WHERE org = ?1 AND recorded_to IS NULL AND state = ?2"
                                      " AND id > ?3 ORDER BY id LIMIT %u",
                                      ledger->table, RECORD_CHUNK),
                           &stmt);
    while (!fault && n == RECORD_CHUNK) {
        MEM_SCRATCH chunk = talloc_new(NULL);
        fault = find_chunk(stmt, store->org, state, &last, ids, &n);
        if (!fault) fault = record_load_all(chunk, finder, ids, n, records);
        for (size_t i = 0; !fault && i < n; i++) fault = add(writer, records[i]);
    }
    return fault;
}

static int fill(Store *store, const char *kept) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Catalog *catalog = store->catalog;
    TermWriter *writer;
    int fault = db_exec(store->db, "DELETE FROM term");
    if (!fault) fault = term_writer_open(scratch, store, &writer);
    for (size_t i = 0; !fault && i < catalog->n_ledgers; i++)
        for (size_t k = 0; !fault && k < catalog->ledgers[i].n_states; k++)
            if (term_has(&catalog->ledgers[i].states[k]))
                fault = fill_state(writer, &catalog->ledgers[i], &catalog->ledgers[i].states[k]);
    if (!fault) fault = term_flush(writer);
    return fault ? fault : store_set(store, KEPT, kept);
}

int term_renew(Store *store) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *calendar = store_setting(scratch, store, "calendar"), *kept = store_setting(scratch, store, KEPT);
    const char *wanted = mem_printf(scratch, "%s %s", calendar ? calendar : "", store->catalog->hash);
    if (kept && !strcmp(kept, wanted)) return 0;
    int fault = db_begin(store->db, DB_WRITE_IF_FREE);
    if (fault) return fault == DB_FAULT_BUSY ? 0 : fault;
    fault = fill(store, wanted);
    if (!fault) return db_commit(store->db);
    db_rollback(store->db);
    return fault == DB_FAULT_BUSY ? 0 : fault;
}
