/* procedure/errand.c: the table errand: written once, answered once. */
#include "procedure/errand.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

/* --- words --- */

#define BIT(answer) (1u << (answer))

static const struct {
    const char *word, *label, *waits; /* waits: how an open one is called */
    unsigned answers;
} kinds[ERRAND_KINDS] = {
    [ERRAND_HAND_ON] = {"hand_on", N_("Handed on"), N_("waits to be seen to"), BIT(ERRAND_DONE)},
    [ERRAND_SIGN] = {"sign", N_("Signature"), N_("waits for a signature"), BIT(ERRAND_AGREED) | BIT(ERRAND_DISAGREED)},
    [ERRAND_COPY] = {"copy", N_("Copy"), N_("not read yet"), BIT(ERRAND_DONE)},
};

static const struct {
    const char *word, *label;
} answers[ERRAND_ANSWERS] = {
    [ERRAND_OPEN] = {"open", ""},
    [ERRAND_DONE] = {"done", N_("seen to")},
    [ERRAND_AGREED] = {"agree", N_("agrees")},
    [ERRAND_DISAGREED] = {"disagree", N_("does not agree")},
    [ERRAND_TAKEN_BACK] = {"take_back", N_("taken back")},
};

const char *errand_kind_word(ErrandKind kind) { return kinds[kind].word; }

ErrandKind errand_kind_find(const char *word) {
    ErrandKind kind = 0;
    while (kind < ERRAND_KINDS && strcmp(kinds[kind].word, word)) kind++;
    return kind;
}

const char *errand_answer_word(ErrandAnswer answer) { return answers[answer].word; }

ErrandAnswer errand_answer_find(const char *word) {
    ErrandAnswer answer = 0;
    while (answer < ERRAND_ANSWERS && strcmp(answers[answer].word, word)) answer++;
    return answer;
}

bool errand_takes(ErrandKind kind, ErrandAnswer answer) { return kinds[kind].answers & BIT(answer); }

const char *errand_kind_label(ErrandKind kind) { return _(kinds[kind].label); }

const char *errand_answer_label(const Errand *errand) {
    return _(errand->answer == ERRAND_OPEN ? kinds[errand->kind].waits : answers[errand->answer].label);
}

/* --- writing --- */

static Value text_or_blank(const char *text) { return text && *text ? VALUE_OF_TEXT(text) : VALUE_OF_BLANK; }

/* The statement with the bureau as ?1 and these values from ?2 on. */
static int ask(Store *store, const char *sql, const Value *values, size_t n, Stmt **ret_stmt) {
    int fault = db_cached(store->db, sql, ret_stmt);
    if (fault) return fault;
    stmt_bind_int(*ret_stmt, 1, store->org);
    for (size_t i = 0; i < n; i++) stmt_bind_value(*ret_stmt, (int)i + 2, values[i]);
    return 0;
}
#define ASK(store, sql, ret_stmt, ...)                                                                                 \
    ask(store, sql, (const Value[]){__VA_ARGS__}, sizeof((const Value[]){__VA_ARGS__}) / sizeof(Value), ret_stmt)

/* The first column of the one row of a statement; 0 when there is no row. */
static int take_number(Stmt *stmt, int64_t *ret_number) {
    int step = stmt_step(stmt);
    *ret_number = step == DB_ROW ? stmt_int(stmt, 0) : 0;
    stmt_reset(stmt);
    return step < 0 ? step : 0;
}

static int is_asked_already(Store *store, const Errand *errand, bool *ret_asked) {
    static const char sql[] = "SELECT count(*) FROM errand WHERE org = ?1 AND record = ?2 AND kind = ?3 AND taker = ?4"
                              " AND answer IS NULL";
    Stmt *stmt;
    int64_t n = 0;
    int fault = ASK(store, sql, &stmt, VALUE_OF_INT(errand->record), VALUE_OF_TEXT(kinds[errand->kind].word),
                    VALUE_OF_TEXT(errand->taker));
    if (!fault) fault = take_number(stmt, &n);
    *ret_asked = n > 0;
    return fault;
}

int errand_add(Store *store, Errand *errand) {
    static const char next[] = "SELECT coalesce(max(id), 0) + 1 FROM errand WHERE org = ?1";
    static const char sql[] = "INSERT INTO errand (org, id, kind, ledger, record, asker, taker, asked_at, note, due)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    Stmt *stmt;
    bool asked;
    int fault = is_asked_already(store, errand, &asked);
    if (fault || asked) return fault ? fault : 1;
    fault = ask(store, next, NULL, 0, &stmt);
    if (!fault) fault = take_number(stmt, &errand->id);
    if (fault) return fault;
    fault = ASK(store, sql, &stmt, VALUE_OF_INT(errand->id), VALUE_OF_TEXT(kinds[errand->kind].word),
                VALUE_OF_TEXT(errand->ledger), VALUE_OF_INT(errand->record), VALUE_OF_TEXT(errand->asker),
                VALUE_OF_TEXT(errand->taker), VALUE_OF_TEXT(errand->asked_at), text_or_blank(errand->note),
                errand->due == DATE_NONE ? VALUE_OF_BLANK : VALUE_OF_DATE(errand->due));
    return fault ? fault : stmt_run(stmt);
}

int errand_answer(Store *store, int64_t id, ErrandAnswer answer, const char *opinion, const char *now) {
    static const char sql[] = "UPDATE errand SET answer = ?3, opinion = ?4, answered_at = ?5"
                              " WHERE org = ?1 AND id = ?2 AND answer IS NULL";
    Stmt *stmt;
    int fault = ASK(store, sql, &stmt, VALUE_OF_INT(id), VALUE_OF_TEXT(answers[answer].word), text_or_blank(opinion),
                    VALUE_OF_TEXT(now));
    if (!fault) fault = stmt_run(stmt);
    return fault ? fault : stmt_changes(stmt) ? 0 : 1;
}

/* --- reading --- */

#define COLUMNS "id, kind, ledger, record, asker, taker, asked_at, note, due, answer, answered_at, opinion"

static const char *copy(const void *ctx, const Stmt *stmt, int column) {
    return stmt_is_null(stmt, column) ? NULL : mem_strdup(ctx, stmt_text(stmt, column));
}

static Errand errand_of(const void *ctx, const Stmt *stmt) {
    return (Errand){
        .id = stmt_int(stmt, 0),
        .kind = errand_kind_find(stmt_text(stmt, 1)),
        .ledger = copy(ctx, stmt, 2),
        .record = stmt_int(stmt, 3),
        .asker = copy(ctx, stmt, 4),
        .taker = copy(ctx, stmt, 5),
        .asked_at = copy(ctx, stmt, 6),
        .note = copy(ctx, stmt, 7),
        .due = stmt_is_null(stmt, 8) ? DATE_NONE : stmt_date(stmt, 8),
        .answer = stmt_is_null(stmt, 9) ? ERRAND_OPEN : errand_answer_find(stmt_text(stmt, 9)),
        .answered_at = copy(ctx, stmt, 10),
        .opinion = copy(ctx, stmt, 11),
    };
}

int errand_find(const void *ctx, Store *store, int64_t id, Errand *ret_errand) {
    Stmt *stmt;
    int fault = ASK(store, "SELECT " COLUMNS " FROM errand WHERE org = ?1 AND id = ?2", &stmt, VALUE_OF_INT(id));
    if (fault) return fault;
    int step = stmt_step(stmt);
    if (step == DB_ROW) *ret_errand = errand_of(ctx, stmt);
    stmt_reset(stmt);
    return step == DB_ROW ? 0 : step < 0 ? step : 1;
}

/* The kinds of a set as they stand in SQL: 'sign', 'copy'. */
static const char *kinds_text(const void *ctx, unsigned set) {
    Buf out = BUF_INIT(ctx);
    for (ErrandKind kind = 0; kind < ERRAND_KINDS; kind++)
        if (set & 1u << kind) buf_printf(&out, "%s'%s'", out.size ? ", " : "", kinds[kind].word);
    return buf_text(&out);
}

int errand_list(const void *ctx, Store *store, const ErrandAsk *wanted, Errands *ret_errands) {
    static const char *const columns[] = {
        [ERRANDS_OF_RECORD] = "record", [ERRANDS_OF_TAKER] = "taker", [ERRANDS_OF_ASKER] = "asker"};
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *sql = mem_printf(scratch,
                                 "SELECT " COLUMNS " FROM errand"
                                 " WHERE org = ?1 AND %s = ?2 AND id < ?3 AND kind IN (%s)%s"
                                 " ORDER BY id DESC LIMIT ?4",
                                 columns[wanted->by], kinds_text(scratch, wanted->kinds),
                                 wanted->open ? " AND answer IS NULL" : "");
    Value of = wanted->by == ERRANDS_OF_RECORD ? VALUE_OF_INT(wanted->record) : VALUE_OF_TEXT(wanted->login);
    *ret_errands = (Errands){0};
    Stmt *stmt;
    int step = ASK(store, sql, &stmt, of, VALUE_OF_INT(wanted->after ? wanted->after : INT64_MAX),
                   VALUE_OF_INT((int64_t)wanted->most));
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Errand errand = errand_of(ctx, stmt);
        *mem_push(ctx, ret_errands->list, ret_errands->count) = errand;
    }
    return step;
}
