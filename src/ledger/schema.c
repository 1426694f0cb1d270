/* ledger/schema.c: DDL, derived. One text for both databases, with {words} that db_define fills in.
 *
 * A ledger's table holds versions as rows. Every index that matters is partial on the open version, so that
 * lists stay small and quick however long the history; what a figure reads stands in one covering index.
 *
 * Lists are paged along indexes: by id (the key of the table), by number, by state and then id, and by each date and
 * amount among the columns of the list. Of 1,000,000 records any page of 20 then takes a few milliseconds; in one state
 * and by an amount the records of that state are sorted, half a second for 400,000. Each such index costs up to 3
 * percent of an import, which is why there is none for each pair of state and column, nor for numbers and texts: to
 * sort by these reads all, four seconds. */
#include "ledger/schema.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "people/people.h"

#define COVER_MAX 8u /* columns of a covering index */

const char *const schema_common_columns[] = {"org",    "id", "version",       "state",
                                             "number", "na", "recorded_from", "recorded_to"};

static const char *const common_tables[] = {
    "CREATE TABLE setting (name {text} PRIMARY KEY, value {text} NOT NULL){suffix}",
    /* The bureau, and the head of its change log. Whoever writes holds this row. */
    "CREATE TABLE org (org {int} PRIMARY KEY, name {text} NOT NULL, seq {int} NOT NULL, hash {blob} NOT NULL){suffix}",
    "CREATE TABLE definition (path {text} PRIMARY KEY, text {text} NOT NULL){suffix}",
    "CREATE TABLE change (org {int} NOT NULL, seq {int} NOT NULL, at {text} NOT NULL, actor {text} NOT NULL,"
    " behalf {text}, batch {int}, row {int}, action {text} NOT NULL, ledger {text} NOT NULL, record {int} NOT NULL,"
    " version {int} NOT NULL, reason {text}, row_hash {blob} NOT NULL, hash {blob} NOT NULL,"
    " PRIMARY KEY (org, seq)){suffix}",
    "CREATE INDEX change_record ON change (org, record)",
    "CREATE INDEX change_batch ON change (org, batch, seq) WHERE batch IS NOT NULL",
    /* The way of a record through its states by effective date; rewritten whole when it changes. */
    "CREATE TABLE state_span (org {int} NOT NULL, record {int} NOT NULL, seq {int} NOT NULL, n {int} NOT NULL,"
    " state {text} NOT NULL, entered_on {date}, left_on {date}, recorded_from {text} NOT NULL, recorded_to {text},"
    " PRIMARY KEY (org, record, seq, n)){suffix}",
    "CREATE TABLE ledger_seq (org {int} NOT NULL, ledger {text} NOT NULL, seq {int} NOT NULL,"
    " PRIMARY KEY (org, ledger)){suffix}",
    "CREATE TABLE serial (org {int} NOT NULL, scope {text} NOT NULL, last {int} NOT NULL,"
    " PRIMARY KEY (org, scope)){suffix}",
    "CREATE TABLE batch (org {int} NOT NULL, id {int} NOT NULL, ledger {text} NOT NULL, file {text} NOT NULL,"
    " file_hash {text} NOT NULL, sheet {text} NOT NULL, at {text} NOT NULL, actor {text} NOT NULL, created {int} NOT "
    "NULL,"
    " updated {int} NOT NULL, unchanged {int} NOT NULL, refused {int} NOT NULL, undone_at {text},"
    " PRIMARY KEY (org, id)){suffix}",
    "CREATE TABLE attachment (org {int} NOT NULL, hash {text} NOT NULL, size {int} NOT NULL, type {text} NOT NULL,"
    " name {text} NOT NULL, at {text} NOT NULL, actor {text} NOT NULL, PRIMARY KEY (org, hash)){suffix}",
    /* A figure once computed, and the places of the log its ledgers had then: while they stand, so does it. */
    "CREATE TABLE kept_figure (org {int} NOT NULL, indicator {text} NOT NULL, period {text} NOT NULL,"
    " definition {text} NOT NULL, seqs {text} NOT NULL, value {int}, scale {int} NOT NULL, n {int} NOT NULL,"
    " PRIMARY KEY (org, indicator, period)){suffix}",
    "CREATE TABLE issue (org {int} NOT NULL, id {int} NOT NULL, report {text} NOT NULL, period {text} NOT NULL,"
    " at {text} NOT NULL, actor {text} NOT NULL, seq {int} NOT NULL, body {text} NOT NULL, hash {text} NOT NULL,"
    " PRIMARY KEY (org, id)){suffix}",
    "CREATE TABLE issue_figure (org {int} NOT NULL, issue {int} NOT NULL, indicator {text} NOT NULL, period {text} NOT "
    "NULL,"
    " definition {text} NOT NULL, value {int}, scale {int} NOT NULL, n {int} NOT NULL, hash {text} NOT NULL,"
    " rows_hash {text} NOT NULL, PRIMARY KEY (org, issue, indicator, period)){suffix}",
    "CREATE TABLE issue_row (org {int} NOT NULL, issue {int} NOT NULL, indicator {text} NOT NULL, period {text} NOT "
    "NULL,"
    " part {int} NOT NULL, ledger {text} NOT NULL, record {int} NOT NULL, version {int} NOT NULL,"
    " PRIMARY KEY (org, issue, indicator, period, part, record, ledger)){suffix}",
    "CREATE INDEX issue_row_record ON issue_row (org, record)",
    /* Working days: n counts them up to and including the day; for workdays() in queries. */
    "CREATE TABLE workday (day {date} PRIMARY KEY, n {int} NOT NULL){suffix}",
};

/* What folders of an older version may not have yet. */
static const char *const later_tables[] = {
    "CREATE INDEX IF NOT EXISTS change_withdrawn ON change (org, ledger, seq) WHERE action = 'withdraw'",
    "CREATE TABLE IF NOT EXISTS once (org {int} NOT NULL, login {text} NOT NULL, key {text} NOT NULL,"
    " request {text} NOT NULL, record {int} NOT NULL, version {int} NOT NULL, at {text} NOT NULL,"
    " PRIMARY KEY (org, login, key)){suffix}",
    /* What one person asks of another about a record (errand.h). */
    "CREATE TABLE IF NOT EXISTS errand (org {int} NOT NULL, id {int} NOT NULL, kind {text} NOT NULL,"
    " ledger {text} NOT NULL, record {int} NOT NULL, asker {text} NOT NULL, taker {text} NOT NULL,"
    " asked_at {text} NOT NULL, note {text}, due {date}, hash {blob}, PRIMARY KEY (org, id)){suffix}",
    "CREATE TABLE IF NOT EXISTS errand_answer (org {int} NOT NULL, id {int} NOT NULL, at {text} NOT NULL,"
    " errand {int} NOT NULL, actor {text} NOT NULL, answer {text} NOT NULL, opinion {text}, hash {blob},"
    " PRIMARY KEY (org, id)){suffix}",
    "CREATE UNIQUE INDEX IF NOT EXISTS errand_answered ON errand_answer (org, errand)",
    "CREATE INDEX IF NOT EXISTS errand_record ON errand (org, record)",
    "CREATE INDEX IF NOT EXISTS errand_taker ON errand (org, taker, id)",
    "CREATE INDEX IF NOT EXISTS errand_asker ON errand (org, asker, id)",
    /* term.h */
    "CREATE TABLE IF NOT EXISTS term (org {int} NOT NULL, record {int} NOT NULL, ledger {text} NOT NULL,"
    " state {text} NOT NULL, due {date}, PRIMARY KEY (org, record)){suffix}",
    "CREATE INDEX IF NOT EXISTS term_due ON term (org, ledger, state, due, record)",
    /* What somebody entered, and what else he did: ledger/work.h. Each change stands in one of the two. */
    "CREATE INDEX IF NOT EXISTS change_started ON change (org, actor, seq) WHERE action = 'create'",
    "CREATE INDEX IF NOT EXISTS change_done ON change (org, actor, seq) WHERE action <> 'create'",
    /* Forms that were not saved yet, sealed; record 0: of a new one. */
    "CREATE TABLE IF NOT EXISTS draft (org {int} NOT NULL, login {text} NOT NULL, ledger {text} NOT NULL,"
    " record {int} NOT NULL, at {text} NOT NULL, form {text} NOT NULL,"
    " PRIMARY KEY (org, login, ledger, record)){suffix}",
    "CREATE TABLE IF NOT EXISTS saved_view (org {int} NOT NULL, ledger {text} NOT NULL, login {text} NOT NULL,"
    " name {text} NOT NULL, query {text} NOT NULL, shared {int} NOT NULL, at {text} NOT NULL,"
    " PRIMARY KEY (org, ledger, login, name)){suffix}",
    /* Texts that people write and check: paper.h, checked.h. */
    "CREATE TABLE IF NOT EXISTS paper (org {int} NOT NULL, id {int} NOT NULL, report {text} NOT NULL,"
    " period {text} NOT NULL, issue {int}, PRIMARY KEY (org, id)){suffix}",
    /* Append-only, both: the last step says where a draft is, the last version of a block what it says. */
    "CREATE TABLE IF NOT EXISTS paper_step (org {int} NOT NULL, paper {int} NOT NULL, n {int} NOT NULL,"
    " at {text} NOT NULL, actor {text} NOT NULL, action {text} NOT NULL, stage {int} NOT NULL, words {text} NOT NULL,"
    " PRIMARY KEY (org, paper, n)){suffix}",
    "CREATE TABLE IF NOT EXISTS paper_block (org {int} NOT NULL, paper {int} NOT NULL, block {int} NOT NULL,"
    " version {int} NOT NULL, at {text} NOT NULL, actor {text} NOT NULL, owner {text} NOT NULL, done {int} NOT NULL,"
    " body {text} NOT NULL, PRIMARY KEY (org, paper, block, version)){suffix}",
    "CREATE TABLE IF NOT EXISTS paper_comment (org {int} NOT NULL, paper {int} NOT NULL, id {int} NOT NULL,"
    " block {int} NOT NULL, at {text} NOT NULL, actor {text} NOT NULL, words {text} NOT NULL, resolved_at {text},"
    " resolved_by {text}, PRIMARY KEY (org, paper, id)){suffix}",
    "CREATE TABLE IF NOT EXISTS checked (org {int} NOT NULL, id {text} NOT NULL, login {text} NOT NULL,"
    " at {text} NOT NULL, name {text} NOT NULL, period {text} NOT NULL, claims {int} NOT NULL, differ {int} NOT NULL,"
    " remarks {int} NOT NULL, PRIMARY KEY (org, id)){suffix}",
    "CREATE TABLE IF NOT EXISTS checked_mark (org {int} NOT NULL, checked {text} NOT NULL, place {text} NOT NULL,"
    " mark {text} NOT NULL, words {text} NOT NULL, at {text} NOT NULL, actor {text} NOT NULL,"
    " PRIMARY KEY (org, checked, place)){suffix}",
};

static int define_all(Db *db, const char *const *definitions, size_t n) {
    int fault = 0;
    for (size_t i = 0; !fault && i < n; i++) fault = db_define(db, definitions[i]);
    return fault;
}

int schema_create_later(Db *db) {
    int fault = define_all(db, later_tables, sizeof later_tables / sizeof later_tables[0]);
    return fault ? fault : people_create_tables(db);
}

int schema_create_common(Db *db) {
    int fault = define_all(db, common_tables, sizeof common_tables / sizeof common_tables[0]);
    return fault ? fault : schema_create_later(db);
}

/* --- the table of a ledger --- */

const char *schema_type(const Db *db, const Field *field) {
    const DbDialect *dialect = db_dialect(db);
    switch (field->kind->storage) {
    case STORE_INT:
        return dialect->type_int;
    case STORE_DATE:
        return dialect->type_date;
    case STORE_JSON:
        return dialect->type_json;
    case STORE_TEXT:
        break;
    }
    return dialect->type_text;
}

int schema_add_field(Db *db, const Ledger *ledger, const Field *field) {
    return db_execf(db, "ALTER TABLE %s ADD COLUMN %s %s", ledger->table, field->column, schema_type(db, field));
}

int schema_create_table(Db *db, const char *table, const Field *fields, size_t n) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf sql = BUF_INIT(scratch);
    buf_printf(&sql,
               "CREATE TABLE %s (org {int} NOT NULL, id {int} NOT NULL, version {int} NOT NULL, state {text} NOT NULL,"
               " number {text}, na {text}, recorded_from {text} NOT NULL, recorded_to {text}",
               table);
    for (size_t i = 0; i < n; i++) buf_printf(&sql, ", %s %s", fields[i].column, schema_type(db, &fields[i]));
    buf_add(&sql, ", PRIMARY KEY (org, id, version)){suffix}");
    return db_define(db, buf_text(&sql));
}

/* --- indexes --- */

typedef struct Columns {
    const char *list[COVER_MAX];
    size_t count;
} Columns;

static void add_column(Columns *columns, const char *column) {
    for (size_t i = 0; i < columns->count; i++)
        if (!strcmp(columns->list[i], column)) return;
    if (columns->count < COVER_MAX) columns->list[columns->count++] = column;
}

/* Where the database looks the end of a version up in the table although the index has open ones alone, it stands in
 * the index as well: counting a million records takes 40 ms then, not 5 s. */
static int create_index(Db *db, const Ledger *ledger, bool unique, const char *name, const Columns *columns) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf sql = BUF_INIT(scratch);
    buf_printf(&sql, "CREATE %sINDEX %s_%s ON %s (org", unique ? "UNIQUE " : "", ledger->table, name, ledger->table);
    for (size_t i = 0; i < columns->count; i++) buf_printf(&sql, ", %s", columns->list[i]);
    if (!unique && !db_dialect(db)->knows_condition) buf_add(&sql, ", recorded_to");
    buf_add(&sql, ") WHERE recorded_to IS NULL");
    return db_define(db, buf_text(&sql));
}

static int create_key_index(Db *db, const Ledger *ledger) {
    Columns columns = {0};
    for (size_t i = 0; i < ledger->n_key; i++) add_column(&columns, ledger->key[i]->column);
    return create_index(db, ledger, true, "key", &columns);
}

/* Whether some field of some ledger refers to this one: then its records are looked up by name. */
static bool is_referred_to(const Catalog *catalog, const Ledger *ledger) {
    for (size_t i = 0; i < catalog->n_ledgers; i++)
        for (size_t k = 0; k < catalog->ledgers[i].n_fields; k++)
            if (catalog->ledgers[i].fields[k].to == ledger) return true;
    return false;
}

static bool leads_key(const Ledger *ledger, const Field *field) { return ledger->n_key && ledger->key[0] == field; }

static int create_name_indexes(Db *db, const Catalog *catalog, const Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (size_t i = 0; is_referred_to(catalog, ledger) && i < ledger->n_names; i++) {
        if (leads_key(ledger, ledger->names[i])) continue;
        Columns columns = {.list = {ledger->names[i]->column}, .count = 1};
        int fault = create_index(db, ledger, false, mem_printf(scratch, "name_%zu", i), &columns);
        if (fault) return fault;
    }
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        if (!field->to || leads_key(ledger, field)) continue;
        Columns columns = {.list = {field->column}, .count = 1};
        int fault = create_index(db, ledger, false, mem_printf(scratch, "to_%s", field->name.text), &columns);
        if (fault) return fault;
    }
    return 0;
}

/* What one indicator reads of its ledger: the date that the period is asked of, then everything else. */
typedef struct Cover {
    const Ledger *ledger;
    const Field *date;
    Columns others;
} Cover;

static void visit_cover(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data) {
    Cover *cover = data;
    if (depth || scope != &cover->ledger->scope) return;
    const Field *field = symbol->tag;
    if (field && symbol->type == TYPE_DATE && !cover->date)
        cover->date = field;
    else if (symbol->type != TYPE_ROWS)
        add_column(&cover->others, field ? field->column : symbol->column);
}

/* By the index of the date's field, what figures of a ledger ask besides the period; no date: none does. Owned by ctx.
 */
static Cover *collect_covers(const void *ctx, const Catalog *catalog, const Ledger *ledger) {
    Cover *covers = mem_array(ctx, Cover, ledger->n_fields + 1);
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        const Indicator *indicator = &catalog->indicators[i];
        if (indicator->of != ledger || !indicator->where || !expr_uses_period(indicator->where)) continue;
        Cover one = {.ledger = ledger};
        expr_visit(indicator->where, visit_cover, &one);
        if (indicator->field) expr_visit(indicator->field, visit_cover, &one);
        if (!one.date) continue;
        Cover *cover = &covers[one.date->index];
        cover->date = one.date;
        for (size_t k = 0; k < one.others.count; k++)
            if (strcmp(one.others.list[k], one.date->column)) add_column(&cover->others, one.others.list[k]);
    }
    return covers;
}

/* One covering index for each date that figures ask the period of; for what else a list is ordered by, one with the id.
 */
static int create_covers(Db *db, const Catalog *catalog, const Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Cover *covers = collect_covers(scratch, catalog, ledger);
    int fault = 0;
    for (size_t i = 0; !fault && i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        const Cover *cover = &covers[i];
        bool is_order = ledger_orders_by(ledger, field) && !leads_key(ledger, field);
        Columns columns = {.list = {field->column}, .count = 1};
        if (!cover->date && !is_order) continue;
        if (!cover->date) add_column(&columns, "id");
        for (size_t k = 0; k < cover->others.count; k++) add_column(&columns, cover->others.list[k]);
        fault = create_index(db, ledger, false, mem_printf(scratch, "by_%s", field->name.text), &columns);
    }
    return fault;
}

/* A record is found by the number it was given: by people, and by rows of an import whose key was corrected. */
static int create_number_index(Db *db, const Ledger *ledger) {
    const Columns columns = {.list = {"number"}, .count = 1};
    return ledger->number.text ? create_index(db, ledger, false, "number", &columns) : 0;
}

static int create_state_index(Db *db, const Ledger *ledger) {
    const Columns columns = {.list = {"state", "id"}, .count = 2};
    return create_index(db, ledger, false, "state", &columns);
}

int schema_create_indexes(Db *db, const Catalog *catalog, const Ledger *ledger) {
    int fault = create_key_index(db, ledger);
    if (!fault) fault = create_state_index(db, ledger);
    if (!fault) fault = create_number_index(db, ledger);
    if (!fault) fault = create_name_indexes(db, catalog, ledger);
    if (!fault) fault = create_covers(db, catalog, ledger);
    return fault;
}

int schema_drop_indexes(Db *db, const Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char **names;
    size_t n;
    int fault = db_indexes(scratch, db, ledger->table, &names, &n);
    for (size_t i = 0; !fault && i < n; i++) fault = db_execf(db, "DROP INDEX %s", names[i]);
    return fault;
}

int schema_settle(Db *db) {
    const char *plan = db_dialect(db)->plan;
    return plan ? db_exec(db, plan) : 0;
}

int schema_create_ledger(Db *db, const Catalog *catalog, const Ledger *ledger) {
    int fault = schema_create_table(db, ledger->table, ledger->fields, ledger->n_fields);
    return fault ? fault : schema_create_indexes(db, catalog, ledger);
}
