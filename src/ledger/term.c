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

/* For a state that was entered on a day (DATE_NONE: not known); day: of the field that says the term. */
static Date due_of(const State *state, Date entered_on, Date day, const Calendar *calendar) {
    if (state->due) return day;
    if (entered_on == DATE_NONE || !term_has(state)) return DATE_NONE;
    if (state->due_month) return next_yearly(entered_on, state->due_month, state->due_day);
    switch (state->within_unit) {
    case TERM_DAYS:
        return days_after(entered_on, state->within);
    case TERM_MONTHS:
        return months_after(entered_on, state->within);
    case TERM_WORKDAYS:
        break;
    }
    return calendar_add_workdays(calendar, entered_on, (int)state->within);
}

Date term_due(const Record *record, const Calendar *calendar) {
    const State *state = record->state;
    const Span *last = record->n_spans ? &record->spans[record->n_spans - 1] : NULL;
    const Value day = state->due ? record->values[state->due->index] : VALUE_OF_BLANK;
    return due_of(state, last && last->state == state ? last->entered_on : DATE_NONE,
                  day.kind == VALUE_DATE ? day.date : DATE_NONE, calendar);
}

TermLight term_light(Date due_on, Date today, const Calendar *calendar) {
    if (due_on == DATE_NONE) return TERM_NONE;
    if (today > due_on) return TERM_RED;
    return calendar_count_workdays(calendar, today, due_on) <= TERM_SOON ? TERM_YELLOW : TERM_GREEN;
}

int term_find(Store *store, int64_t record, Date *ret_due) {
    Stmt *stmt;
    int step =
        store_ask(store, "SELECT due FROM term WHERE org = ?1 AND record = ?2", DB_VALUES(VALUE_OF_INT(record)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    *ret_due = step == DB_ROW ? stmt_date(stmt, 0) : DATE_NONE;
    return stmt_end(stmt, step);
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

static int add(TermWriter *writer, const Ledger *ledger, const State *state, int64_t record, Date due_on) {
    const Value values[] = {VALUE_OF_INT(writer->store->org), VALUE_OF_INT(record), VALUE_OF_TEXT(ledger->name.text),
                            VALUE_OF_TEXT(state->name.text), value_of_date(due_on)};
    writer->waits = true;
    return db_bulk_add(writer->rows, values, sizeof values / sizeof values[0]);
}

static int drop(TermWriter *writer, int64_t record) {
    int fault = writer->waits ? term_flush(writer) : 0;
    if (fault) return fault;
    return store_run(writer->store, "DELETE FROM term WHERE org = ?1 AND record = ?2", DB_VALUES(VALUE_OF_INT(record)));
}

int term_write(TermWriter *writer, const Record *before, const Record *after) {
    int fault = before && term_has(before->state) ? drop(writer, before->id) : 0;
    if (fault || !after || !term_has(after->state)) return fault;
    return add(writer, after->ledger, after->state, after->id, term_due(after, writer->store->calendar));
}

/* --- all of it anew --- */

#define KEPT  "terms" /* the setting with the fingerprint of what they follow from */
#define CHUNK 1000u

/* What is asked of an open record of a state: its id, when it came there, and the day of its field. */
typedef struct Standing {
    int64_t record;
    Date entered_on, day;
} Standing;

static int prepare_state(const void *ctx, Store *store, const Ledger *ledger, const State *state, Stmt **ret_stmt) {
    return db_prepare(ctx, store->db,
                      mem_printf(ctx,
                                 "SELECT r.id, s.entered_on, %s%s FROM %s r LEFT JOIN state_span s ON s.org = r.org"
                                 " AND s.record = r.id AND s.recorded_to IS NULL AND s.left_on IS NULL"
                                 " AND s.state = r.state WHERE r.org = ?1 AND r.recorded_to IS NULL AND r.state = ?2"
                                 " AND r.id > ?3 ORDER BY r.id LIMIT %u",
                                 state->due ? "r." : "NULL", state->due ? state->due->column : "", ledger->table,
                                 CHUNK),
                      ret_stmt);
}

/* The next ones; read whole before they are written, for a server does one thing at a time. */
static int find_chunk(Stmt *stmt, int64_t org, const State *state, Standing *list, size_t *ret_n) {
    int step;
    int64_t last = *ret_n ? list[*ret_n - 1].record : 0;
    stmt_bind_values(stmt, 1, DB_VALUES(VALUE_OF_INT(org), VALUE_OF_TEXT(state->name.text), VALUE_OF_INT(last)));
    *ret_n = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        list[(*ret_n)++] = (Standing){stmt_int(stmt, 0), stmt_date(stmt, 1), stmt_date(stmt, 2)};
    return step;
}

static int fill_state(TermWriter *writer, const Ledger *ledger, const State *state) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Store *store = writer->store;
    Standing *list = mem_array(scratch, Standing, CHUNK);
    Stmt *stmt;
    size_t n = 0;
    int fault = prepare_state(scratch, writer->store, ledger, state, &stmt);
    if (fault) return fault;
    do {
        fault = find_chunk(stmt, store->org, state, list, &n);
        for (size_t i = 0; !fault && i < n; i++)
            fault = add(writer, ledger, state, list[i].record,
                        due_of(state, list[i].entered_on, list[i].day, store->calendar));
    } while (!fault && n == CHUNK);
    return fault;
}

static int fill_ledger(TermWriter *writer, const Ledger *ledger) {
    int fault = 0;
    for (size_t i = 0; !fault && i < ledger->n_states; i++)
        if (term_has(&ledger->states[i])) fault = fill_state(writer, ledger, &ledger->states[i]);
    return fault;
}

static int fill(Store *store, const char *kept) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    TermWriter *writer;
    int fault = db_exec(store->db, "DELETE FROM term");
    if (!fault) fault = term_writer_open(scratch, store, &writer);
    for (size_t i = 0; !fault && i < store->catalog->n_ledgers; i++)
        fault = fill_ledger(writer, &store->catalog->ledgers[i]);
    if (!fault) fault = term_flush(writer);
    return fault ? fault : store_set(store, KEPT, kept);
}

/* Of the calendar, and of every state with a term. */
static void fingerprint(Store *store, char ret_hex[HASH_HEX_SIZE]) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SHA256);
    hash_start(hash);
    hash_add_text(hash, store_setting(scratch, store, "calendar"));
    for (size_t i = 0; i < store->catalog->n_ledgers; i++) {
        const Ledger *ledger = &store->catalog->ledgers[i];
        for (size_t k = 0; k < ledger->n_states; k++) {
            const State *state = &ledger->states[k];
            if (!term_has(state)) continue;
            hash_add_text(hash, ledger->name.text);
            hash_add_text(hash, state->name.text);
            hash_add_text(hash, state->within_text.text);
            hash_add_text(hash, state->due_text.text);
        }
    }
    hash_end_hex(hash, ret_hex);
}

int term_renew(Store *store) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char wanted[HASH_HEX_SIZE];
    const char *kept = store_setting(scratch, store, KEPT);
    fingerprint(store, wanted);
    if (kept && !strcmp(kept, wanted)) return 0;
    int fault = db_begin(store->db, DB_WRITE_IF_FREE);
    if (fault) return fault == DB_FAULT_BUSY ? 0 : fault;
    fault = db_settle(store->db, fill(store, wanted));
    return fault == DB_FAULT_BUSY ? 0 : fault;
}
