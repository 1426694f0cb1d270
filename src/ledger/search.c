/* ledger/search.c: the two ways of keeping tokens, as data: a contentless FTS5 table whose rowid is the record's id, or
 * a tsvector. Record ids are unique over all ledgers, so one index serves all.
 *
 * SQLite's index holds one bureau (org is not part of a rowid); clusters use PostgreSQL. */
#include "ledger/search.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "ledger/query.h"

#define SCRATCH_SIZE ((size_t)16 << 10) /* what the tokens of most records need */

typedef struct SearchDialect {
    const char *create[2];
    const char *insert, *remove; /* ?1 org, ?2 id, ?3 tokens */
    const char *condition;       /* printf: alias, parameter */
    const char *each;            /* ?1 org, ?2 the query, ?3 how many; the first change of a record has its id */
    const char *word;            /* printf: one token, as written in a query */
    const char *prefix;          /* printf: the beginning of a token */
    const char *join;            /* between the words of a query */
} SearchDialect;

static const SearchDialect on_sqlite = {
    .create = {"CREATE VIRTUAL TABLE search USING fts5 (tokens, content='', columnsize=0, detail=none,"
               " tokenize = \"ascii tokenchars '|'\")"},
    .insert = "INSERT INTO search (rowid, tokens) VALUES (?2 + 0 * ?1, ?3)",
    .remove = "INSERT INTO search (search, rowid, tokens) VALUES ('delete', ?2 + 0 * ?1, ?3)",
    .condition = "%s.id IN (SELECT rowid FROM search WHERE search MATCH %s)",
    .each = "SELECT s.rowid, c.ledger FROM search s JOIN change c ON c.org = ?1 AND c.seq = s.rowid"
            " WHERE s.search MATCH ?2 ORDER BY s.rowid DESC LIMIT ?3",
    .word = "\"%s\"",
    .prefix = "\"%s\"*",
    .join = " ",
};

static const SearchDialect on_postgresql = {
    .create = {"CREATE TABLE search (org bigint NOT NULL, id bigint NOT NULL, tokens tsvector NOT NULL, PRIMARY KEY "
               "(org, id))",
               "CREATE INDEX search_tokens ON search USING gin (tokens)"},
    .insert = "INSERT INTO search (org, id, tokens) VALUES (?1, ?2, CAST(CAST(?3 AS text) AS tsvector))",
    .remove = "DELETE FROM search WHERE org = ?1 AND id = ?2 AND CAST(?3 AS text) IS NOT NULL",
    .condition = "%s.id IN (SELECT id FROM search WHERE tokens @@ CAST(CAST(%s AS text) AS tsquery))",
    .each = "SELECT s.id, c.ledger FROM search s JOIN change c ON c.org = s.org AND c.seq = s.id"
            " WHERE s.org = ?1 AND s.tokens @@ CAST(CAST(?2 AS text) AS tsquery) ORDER BY s.id DESC LIMIT ?3",
    .word = "'%s'",
    .prefix = "'%s':*",
    .join = " & ",
};

static const SearchDialect *dialect_of(const Db *db) { return db_dialect(db)->is_server ? &on_postgresql : &on_sqlite; }

int search_create(Db *db) {
    const SearchDialect *dialect = dialect_of(db);
    int fault = 0;
    for (size_t i = 0; !fault && i < 2 && dialect->create[i]; i++) fault = db_exec(db, dialect->create[i]);
    return fault;
}

/* --- writing --- */

struct SearchWriter {
    Store *store;
    Stmt *insert, *remove; /* one of them on SQLite; on a server new rows go by bulk */
    DbBulk *bulk;
    TALLOC_CTX *scratch;
};

int search_writer_open(const void *ctx, Store *store, SearchWriter **ret_writer) {
    static const char *const columns[] = {"org", "id", "tokens"};
    const SearchDialect *dialect = dialect_of(store->db);
    SearchWriter *writer = mem_new(ctx, SearchWriter);
    writer->store = store;
    writer->scratch = mem_pool(writer, SCRATCH_SIZE);
    int fault = db_prepare(writer, store->db, dialect->remove, &writer->remove);
    if (!fault) fault = db_prepare(writer, store->db, dialect->insert, &writer->insert);
    if (!fault && db_dialect(store->db)->is_server)
        fault = db_bulk_open(writer, store->db, "search", columns, 3, &writer->bulk);
    if (!fault) *ret_writer = writer;
    return fault;
}

/* What of a record can be looked for: its number, its title and the fields marked so; never sealed ones. */
static const char *tokens_of(const void *ctx, const Record *record) {
    if (!record) return "";
    Buf words = BUF_INIT(ctx);
    if (record->number) buf_add(&words, record->number);
    for (size_t i = 0; i < record->ledger->n_fields; i++) {
        const Field *field = &record->ledger->fields[i];
        bool wanted = (field->search || field == record->ledger->shows) && !field->kind->sealed;
        if (!wanted || record->values[i].kind != VALUE_TEXT) continue;
        buf_char(&words, ' ');
        buf_add(&words, record->values[i].text);
    }
    return text_search_tokens(ctx, buf_text(&words));
}

static int run_with(Stmt *stmt, int64_t org, int64_t id, const char *tokens) {
    stmt_bind_values(stmt, 1, DB_VALUES(VALUE_OF_INT(org), VALUE_OF_INT(id), VALUE_OF_TEXT(tokens)));
    return stmt_run(stmt);
}

static int insert_tokens(SearchWriter *writer, const Record *record, const char *tokens) {
    if (!writer->bulk) return run_with(writer->insert, writer->store->org, record->id, tokens);
    return db_bulk_add(writer->bulk,
                       DB_VALUES(VALUE_OF_INT(writer->store->org), VALUE_OF_INT(record->id), VALUE_OF_TEXT(tokens)));
}

int search_write(SearchWriter *writer, const Record *before, const Record *after) {
    const char *old = tokens_of(writer->scratch, before), *new = tokens_of(writer->scratch, after);
    int fault = 0;
    if (strcmp(old, new)) {
        if (*old && writer->bulk) fault = db_bulk_flush(writer->bulk);
        if (!fault && *old) fault = run_with(writer->remove, writer->store->org, before->id, old);
        if (!fault && *new) fault = insert_tokens(writer, after, new);
    }
    talloc_free_children(writer->scratch);
    return fault;
}

int search_flush(SearchWriter *writer) { return writer->bulk ? db_bulk_flush(writer->bulk) : 0; }

int search_send(SearchWriter *writer) { return writer->bulk ? db_bulk_send(writer->bulk) : 0; }

static int index_record(const Record *record, void *data) { return search_write(data, NULL, record); }

int search_rebuild(Store *store) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    SearchWriter *writer;
    int fault = search_writer_open(scratch, store, &writer);
    for (size_t i = 0; !fault && i < store->catalog->n_ledgers; i++) {
        Query query = {.ledger = &store->catalog->ledgers[i]};
        fault = query_each(store, &query, index_record, writer);
    }
    return fault ? fault : search_flush(writer);
}

/* --- finding --- */

/* The words of a query: every token of the text must be there; the last character of a Han run and a word of Latin
 * letters may be the beginning of a token, so that one character, a half-typed pinyin or initials find as well. "" when
 * there is nothing to look for. */
static const char *query_of(const void *ctx, const SearchDialect *dialect, const char *words) {
    Buf query = BUF_INIT(ctx);
    const char *clean = text_clean(ctx, words);
    unsigned char first = (unsigned char)clean[0];
    bool is_han = first >= 0x80, has_pair = false;
    char *state = NULL;
    for (char *token = strtok_r(text_search_tokens(ctx, clean), " ", &state); token;
         token = strtok_r(NULL, " ", &state)) {
        size_t size = strlen(token);
        bool ends_run = token[size - 1] == '|';
        bool is_latin = (unsigned char)token[0] < 0x80;
        bool is_repeated = ends_run && has_pair; /* the pair before it holds this character already */
        has_pair = !is_latin && !ends_run;
        if (is_repeated || (is_han && islower((unsigned char)token[0])))
            continue; /* or the pinyin of what was typed in characters */
        if (ends_run) token[size - 1] = '\0';
        if (query.size) buf_add(&query, dialect->join);
        buf_printf(&query, ends_run || is_latin ? dialect->prefix : dialect->word, token);
    }
    return buf_text(&query);
}

bool search_condition(const void *ctx, const Db *db, const char *alias, const char *words, const char *parameter,
                      Buf *out, const char **ret_value) {
    const SearchDialect *dialect = dialect_of(db);
    const char *query = query_of(ctx, dialect, words);
    if (!*query) return false;
    buf_printf(out, dialect->condition, alias, parameter);
    *ret_value = query;
    return true;
}

int search_each(Store *store, const char *words, size_t most, SearchTake take, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const SearchDialect *dialect = dialect_of(store->db);
    const char *query = query_of(scratch, dialect, words);
    Stmt *stmt;
    if (!*query) return 0;
    int step = 0,
        result = store_ask(store, dialect->each, DB_VALUES(VALUE_OF_TEXT(query), VALUE_OF_INT((int64_t)most)), &stmt);
    if (result) return result;
    while (!result && (step = stmt_step(stmt)) == DB_ROW)
        result = take(&(SearchHit){.ledger = stmt_text(stmt, 1), .id = stmt_int(stmt, 0)}, data);
    stmt_reset(stmt);
    return step < 0 ? step : result;
}
