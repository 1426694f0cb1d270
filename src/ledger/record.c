/* ledger/record.c: between a row of the table and a record in memory. */
#include "ledger/record.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "ledger/cache.h"

Record *record_new(const void *ctx, const Ledger *ledger) {
    Record *record = mem_new(ctx, Record);
    record->ledger = ledger;
    record->state = &ledger->states[0];
    record->values = mem_array(record, Value, ledger->n_fields);
    return record;
}

Record *record_copy(const void *ctx, const Record *record) {
    Record *copy = record_new(ctx, record->ledger);
    Value *values = copy->values;
    *copy = *record;
    copy->values = values;
    for (size_t i = 0; i < record->ledger->n_fields; i++) values[i] = value_copy(copy, record->values[i]);
    copy->spans = record->n_spans ? talloc_memdup(copy, record->spans, record->n_spans * sizeof(Span)) : NULL;
    copy->number = record->number ? mem_strdup(copy, record->number) : NULL;
    return copy;
}

/* --- stored values --- */

Value record_to_stored(const void *ctx, const Store *store, const Field *field, Value value) {
    if (!field->kind->sealed || value.kind != VALUE_TEXT) return value;
    const char *sealed = seal_close_text(ctx, store->seal, value.text);
    return sealed ? VALUE_OF_TEXT(sealed) : VALUE_OF_BLANK;
}

static Value from_stored(const void *ctx, const Store *store, const Field *field, Value value) {
    if (!field->kind->sealed || value.kind != VALUE_TEXT) return value;
    const char *plain = seal_open_text(ctx, store->seal, value.text);
    return VALUE_OF_TEXT(plain ? plain : value.text); /* under another key: the sealed text itself */
}

char *record_na(const void *ctx, const Record *record) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < record->ledger->n_fields; i++)
        if (record->values[i].kind == VALUE_NA)
            buf_printf(&out, "%s%s|", out.size ? "" : "|", record->ledger->fields[i].name.text);
    return out.size ? out.data : NULL;
}

static void hash_pair(Hash *hash, const char *name, const char *value) {
    if (!value) return;
    hash_add(hash, name, strlen(name) + 1);
    hash_add(hash, value, strlen(value) + 1);
}

/* A value as the database gives it back as text: numbers as their whole units. */
static const char *stored_text(const void *ctx, const Store *store, const Field *field, Value value) {
    if (value.kind == VALUE_NUMBER) value.scale = 0;
    value = record_to_stored(ctx, store, field, value);
    return value.kind == VALUE_TEXT ? value.text : value_text(ctx, value);
}

#define HASHED_SIZE ((size_t)4 << 10) /* what the numbers and dates of most records need as text */

void record_hash(const Store *store, const Record *record, Hash *hash, uint8_t ret_digest[HASH_SIZE]) {
    MEM_SCRATCH scratch = mem_pool(NULL, HASHED_SIZE);
    hash_start(hash);
    hash_pair(hash, "state", record->state->name.text);
    hash_pair(hash, "number", record->number);
    hash_pair(hash, "na", record_na(scratch, record));
    for (size_t i = 0; i < record->ledger->n_fields; i++) {
        const Field *field = record->ledger->by_name[i];
        Value value = record->values[field->index];
        if (value.kind != VALUE_BLANK && value.kind != VALUE_NA)
            hash_pair(hash, field->name.text, stored_text(scratch, store, field, value));
    }
    hash_end(hash, ret_digest);
}

/* --- from a row --- */

/* Read order: id, version, state, number, na, recorded_from, recorded_to, then the fields. */
#define FIXED_COLUMNS 7

const char *record_columns(const void *ctx, const Ledger *ledger) {
    Buf out = BUF_INIT(ctx);
    buf_add(&out, "r.id, r.version, r.state, r.number, r.na, r.recorded_from, r.recorded_to");
    for (size_t i = 0; i < ledger->n_fields; i++) buf_printf(&out, ", r.%s", ledger->fields[i].column);
    return buf_text(&out);
}

static bool is_na(const char *na, const char *name) {
    if (!na) return false;
    size_t size = strlen(name);
    for (const char *at = na; (at = strstr(at, name)); at += size)
        if (at > na && at[-1] == '|' && at[size] == '|') return true;
    return false;
}

static Value value_from_column(const void *ctx, const Store *store, const Field *field, const Stmt *stmt, int column) {
    if (stmt_is_null(stmt, column)) return VALUE_OF_BLANK;
    switch (field->kind->storage) {
    case STORE_INT:
        if (field->kind->type == TYPE_BOOL) return VALUE_OF_BOOL(stmt_int(stmt, column) != 0);
        return VALUE_OF_DECIMAL(stmt_int(stmt, column), field->kind->type == TYPE_NUMBER ? field->scale : 0);
    case STORE_DATE:
        return VALUE_OF_DATE(stmt_date(stmt, column));
    case STORE_TEXT:
    case STORE_JSON:
        break;
    }
    Value text = VALUE_OF_TEXT(mem_strdup(ctx, stmt_text(stmt, column)));
    return from_stored(ctx, store, field, text);
}

Record *record_from_row(const void *ctx, const Store *store, const Ledger *ledger, const Stmt *stmt, int first) {
    Record *record = record_new(ctx, ledger);
    record->id = stmt_int(stmt, first);
    record->version = stmt_int(stmt, first + 1);
    const State *state = ledger_find_state(ledger, stmt_text(stmt, first + 2));
    if (state) record->state = state; /* a state taken away by force: shown as the first */
    record->number = stmt_copy(record, stmt, first + 3);
    const char *na = stmt_copy(record, stmt, first + 4);
    record->recorded_from = stmt_copy(record, stmt, first + 5);
    record->recorded_to = stmt_copy(record, stmt, first + 6);
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        Value value = value_from_column(record, store, field, stmt, first + FIXED_COLUMNS + (int)i);
        if (value.kind == VALUE_BLANK && is_na(na, field->name.text)) value.kind = VALUE_NA;
        record->values[i] = value;
    }
    return record;
}

/* --- loading --- */

/* Takes the one row of a statement that is bound: 0, RECORD_E_NONE or a fault. */
static int take_one(const void *ctx, Store *store, const Ledger *ledger, Stmt *stmt, Record **ret_record) {
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_record = record_from_row(ctx, store, ledger, stmt, 0);
    return stmt_end_found(stmt, step);
}

static int select_record(Store *store, const Ledger *ledger, int64_t id, const char *which, Stmt **ret_stmt) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    return store_ask(store,
                     mem_printf(scratch, "SELECT %s FROM %s r WHERE r.org = ?1 AND r.id = ?2 AND %s",
                                record_columns(scratch, ledger), ledger->table, which),
                     DB_VALUES(VALUE_OF_INT(id)), ret_stmt);
}

int record_load(const void *ctx, Store *store, const Ledger *ledger, int64_t id, const char *as_at,
                Record **ret_record) {
    static const char at_instant[] = "r.recorded_from <= ?3 AND (r.recorded_to IS NULL OR r.recorded_to > ?3)";
    Stmt *stmt;
    int fault = select_record(store, ledger, id, as_at ? at_instant : "r.recorded_to IS NULL", &stmt);
    if (fault) return fault;
    if (as_at) stmt_bind_text(stmt, 3, as_at);
    return take_one(ctx, store, ledger, stmt, ret_record);
}

int record_load_version(const void *ctx, Store *store, const Ledger *ledger, int64_t id, int64_t version,
                        Record **ret_record) {
    Stmt *stmt;
    int fault = select_record(store, ledger, id, "r.version = ?3", &stmt);
    if (fault) return fault;
    stmt_bind_int(stmt, 3, version);
    return take_one(ctx, store, ledger, stmt, ret_record);
}

void record_add_span(const void *ctx, Record *record, const Stmt *stmt) {
    const State *state = ledger_find_state(record->ledger, stmt_text(stmt, 0));
    if (state) *mem_push(ctx, record->spans, record->n_spans) = (Span){state, stmt_date(stmt, 1), stmt_date(stmt, 2)};
}

static int take_spans(const void *ctx, Store *store, const char *sql, const Value *values, size_t n, Record *record) {
    Stmt *stmt;
    int step = store_ask(store, sql, values, n, &stmt);
    if (step) return step;
    record->spans = NULL;
    record->n_spans = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) record_add_span(ctx, record, stmt);
    return step;
}

int record_load_spans(const void *ctx, Store *store, Record *record) {
    static const char sql[] = "SELECT state, entered_on, left_on FROM state_span WHERE org = ?1 AND record = ?2"
                              " AND recorded_to IS NULL ORDER BY n";
    return take_spans(ctx, store, sql, DB_VALUES(VALUE_OF_INT(record->id)), record);
}

int record_load_spans_before(const void *ctx, Store *store, Record *record, int64_t seq) {
    static const char sql[] =
        "SELECT state, entered_on, left_on FROM state_span WHERE org = ?1 AND record = ?2 AND seq ="
        " (SELECT max(seq) FROM state_span WHERE org = ?1 AND record = ?2 AND seq < ?3) ORDER BY n";
    return take_spans(ctx, store, sql, DB_VALUES(VALUE_OF_INT(record->id), VALUE_OF_INT(seq)), record);
}

/* --- words --- */

static char *show_reference(const void *ctx, Store *store, const Field *field, Value value) {
    if (value.kind != VALUE_NUMBER) return field_show(ctx, field, value);
    const Record *target = cache_find(store, field->to, value.units);
    if (!target) return mem_printf(ctx, "#%lld", (long long)value.units);
    return record_title(ctx, store, target);
}

char *record_show(const void *ctx, Store *store, const Record *record, const Field *field, bool masked) {
    Value value = record->values[field->index];
    if (field->to) return show_reference(ctx, store, field, value);
    return masked ? field_show_masked(ctx, field, value) : field_show(ctx, field, value);
}

char *record_title(const void *ctx, Store *store, const Record *record) {
    if (!record->ledger->shows) return mem_printf(ctx, "#%lld", (long long)record->id);
    return record_show(ctx, store, record, record->ledger->shows, true);
}

const char *record_text_in(const Record *record, const char *name) {
    const Field *field = ledger_find_field(record->ledger, name);
    Value value = field ? record->values[field->index] : VALUE_OF_BLANK;
    return value.kind == VALUE_TEXT ? value.text : "";
}

/* --- finding --- */

/* What a field would hold if it were written like this: of a reference the record that the words name in turn. */
static int read_words(const void *ctx, Store *store, const Field *field, const char *words, Value *ret_value) {
    if (field->to) {
        int64_t id = 0;
        int result = record_find_named(store, field->to, words, &id);
        if (!result) *ret_value = VALUE_OF_INT(id);
        return result;
    }
    FieldInput input = {.text = words, .date = DATE_NONE};
    bool fine = field_parse(ctx, field, &input, ret_value).level != DIAG_ERROR;
    return fine && ret_value->kind != VALUE_BLANK && ret_value->kind != VALUE_NA ? 0 : RECORD_E_NONE;
}

/* The one current record for which a condition on r holds, with the value asked for as ?2. */
static int find_one(const void *ctx, Store *store, const Ledger *ledger, const char *condition, Value value,
                    int64_t *ret_id) {
    Stmt *stmt;
    int fault = store_ask(
        store,
        mem_printf(ctx, "SELECT r.id FROM %s r WHERE r.org = ?1 AND %s = ?2 AND r.recorded_to IS NULL LIMIT 2",
                   ledger->table, condition),
        DB_VALUES(value), &stmt);
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_id = stmt_int(stmt, 0);
    int more = step == DB_ROW ? stmt_step(stmt) : 0;
    stmt_reset(stmt);
    if (step < 0 || more < 0) return step < 0 ? step : more;
    return step != DB_ROW ? RECORD_E_NONE : more == DB_ROW ? RECORD_E_SEVERAL : 0;
}

static int find_by_field(Store *store, const Ledger *ledger, const Field *field, const char *words, int64_t *ret_id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Value value;
    int result = field->to == ledger ? RECORD_E_NONE : read_words(scratch, store, field, words, &value);
    if (result) return result;
    value = record_to_stored(scratch, store, field, value);
    return find_one(scratch, store, ledger, mem_printf(scratch, "r.%s", field->column), value, ret_id);
}

/* 石溪镇东王村, with or without a space between. */
static int find_joined(Store *store, const Ledger *ledger, const char *words, int64_t *ret_id) {
    if (!ledger->n_joined) return RECORD_E_NONE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf condition = BUF_INIT(scratch), bare = BUF_INIT(scratch);
    for (size_t i = 0; i < ledger->n_joined; i++)
        buf_printf(&condition, "%sr.%s", i ? " || " : "", ledger->joined[i]->column);
    for (const char *at = text_clean(scratch, words); *at; at++)
        if (*at != ' ') buf_char(&bare, *at);
    Value value = VALUE_OF_TEXT(buf_text(&bare));
    return find_one(scratch, store, ledger, mem_printf(scratch, "(%s)", buf_text(&condition)), value, ret_id);
}

int record_find_named(Store *store, const Ledger *ledger, const char *words, int64_t *ret_id) {
    *ret_id = cache_find_named(store, ledger, words);
    if (*ret_id) return 0;
    int result = RECORD_E_NONE;
    for (size_t i = 0; i < ledger->n_names && result == RECORD_E_NONE; i++)
        result = find_by_field(store, ledger, ledger->names[i], words, ret_id);
    if (result == RECORD_E_NONE) result = find_joined(store, ledger, words, ret_id);
    if (!result) cache_keep_named(store, ledger, words, *ret_id);
    return result;
}

int record_find_key(Store *store, const Record *record, int64_t *ret_id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Ledger *ledger = record->ledger;
    Buf sql = BUF_INIT(scratch);
    buf_printf(&sql, "SELECT r.id FROM %s r WHERE r.org = ?1 AND r.recorded_to IS NULL", ledger->table);
    for (size_t i = 0; i < ledger->n_key; i++) buf_printf(&sql, " AND r.%s = ?%zu", ledger->key[i]->column, i + 2);
    Stmt *stmt;
    int fault = store_ask(store, buf_text(&sql), NULL, 0, &stmt);
    if (fault) return fault;
    for (size_t i = 0; i < ledger->n_key; i++)
        stmt_bind_value(stmt, (int)i + 2,
                        record_to_stored(scratch, store, ledger->key[i], record->values[ledger->key[i]->index]));
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_id = stmt_int(stmt, 0);
    return stmt_end_found(stmt, step);
}
