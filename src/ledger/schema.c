/* ledger/schema.c: DDL, derived. One text for both databases, with {words} that db_define fills in.
 *
 * A ledger's table holds versions as rows. Every index that matters is partial on the open version, so that
 * lists stay small and quick however long the history; what a figure reads stands in one covering index. */
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

/* Texts that people write and check: paper.h, checked.h. */
static const char *const text_tables[] = {
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
    int fault = define_all(db, text_tables, sizeof text_tables / sizeof text_tables[0]);
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
    case STORE_INT: return dialect->type_int;
    case STORE_DATE: return dialect->type_date;
    case STORE_JSON: return dialect->type_json;
    case STORE_TEXT: break;
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

static int create_index(Db *db, const Ledger *ledger, bool unique, const char *name, const Columns *columns) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf sql = BUF_INIT(scratch);
    buf_printf(&sql, "CREATE %sINDEX %s_%s ON %s (org", unique ? "UNIQUE " : "", ledger->table, name, ledger->table);
    for (size_t i = 0; i < columns->count; i++) buf_printf(&sql, ", %s", columns->list[i]);
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

/* One covering index for each date that figures of this ledger ask the period of. */
static int create_covers(Db *db, const Catalog *catalog, const Ledger *ledger) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Cover *covers = mem_array(scratch, Cover, ledger->n_fields + 1);
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
    for (size_t i = 0; i < ledger->n_fields; i++) {
        if (!covers[i].date) continue;
        Columns columns = {.list = {covers[i].date->column}, .count = 1};
        for (size_t k = 0; k < covers[i].others.count; k++) add_column(&columns, covers[i].others.list[k]);
        int fault = create_index(db, ledger, false, mem_printf(scratch, "by_%s", covers[i].date->name.text), &columns);
        if (fault) return fault;
    }
    return 0;
}

/* A record is found by the number it was given: by people, and by rows of an import whose key was corrected. */
static int create_number_index(Db *db, const Ledger *ledger) {
    const Columns columns = {.list = {"number"}, .count = 1};
    return ledger->number.text ? create_index(db, ledger, false, "number", &columns) : 0;
}

int schema_create_indexes(Db *db, const Catalog *catalog, const Ledger *ledger) {
    int fault = create_key_index(db, ledger);
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
