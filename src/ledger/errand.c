/* ledger/errand.c: see errand.h. What is asked and what is answered are rows of two logs in a chain (people/chain.h):
 * none is ever changed, and an errand without an answer is open. */
#include "ledger/errand.h"

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

const ChainLog errand_logs[ERRAND_LOGS] = {
    [ERRAND_ASKED] = {.table = "errand",
                      .title = {"转办、会签、抄送", "Errands"},
                      .columns = {"asked_at", "kind", "ledger", "record", "asker", "taker", "note", "due"},
                      .former = "id"},
    [ERRAND_ANSWERED] = {.table = "errand_answer",
                         .title = {"转办、会签、抄送的答复", "Answers to errands"},
                         .columns = {"at", "errand", "actor", "answer", "opinion"},
                         .former = "id"},
};

/* Nothing written is no words. */
static Value words_or_none(const char *text) { return value_of_text(text && *text ? text : NULL); }

static int ask_number(const Store *store, const char *sql, const Value *values, size_t n, int64_t *ret_number) {
    Stmt *stmt;
    int fault = store_ask(store, sql, values, n, &stmt);
    return fault ? fault : stmt_number(stmt, ret_number);
}

#define NOT_ANSWERED " NOT EXISTS (SELECT 1 FROM errand_answer a WHERE a.org = e.org AND a.errand = e.id)"

static int is_asked_already(const Store *store, const Errand *errand, bool *ret_asked) {
    static const char sql[] = "SELECT count(*) FROM errand e WHERE e.org = ?1 AND e.record = ?2 AND e.kind = ?3"
                              " AND e.taker = ?4 AND" NOT_ANSWERED;
    int64_t n = 0;
    int fault = ask_number(
        store, sql,
        DB_VALUES(VALUE_OF_INT(errand->record), VALUE_OF_TEXT(kinds[errand->kind].word), VALUE_OF_TEXT(errand->taker)),
        &n);
    *ret_asked = n > 0;
    return fault;
}

int errand_add(Store *store, Errand *errand) {
    const People people = store_people(store);
    const Value values[] = {VALUE_OF_TEXT(errand->asked_at), VALUE_OF_TEXT(kinds[errand->kind].word),
                            VALUE_OF_TEXT(errand->ledger),   VALUE_OF_INT(errand->record),
                            VALUE_OF_TEXT(errand->asker),    VALUE_OF_TEXT(errand->taker),
                            words_or_none(errand->note),     value_of_date(errand->due)};
    bool asked;
    int fault = is_asked_already(store, errand, &asked);
    if (fault || asked) return fault ? fault : 1;
    return chain_add(&people, &errand_logs[ERRAND_ASKED], values, &errand->id);
}

int errand_answer(Store *store, int64_t id, ErrandAnswer answer, const char *actor, const char *opinion,
                  const char *now) {
    const People people = store_people(store);
    const Value values[] = {VALUE_OF_TEXT(now), VALUE_OF_INT(id), VALUE_OF_TEXT(actor),
                            VALUE_OF_TEXT(answers[answer].word), words_or_none(opinion)};
    int64_t n = 0;
    int fault = ask_number(store, "SELECT count(*) FROM errand_answer WHERE org = ?1 AND errand = ?2",
                           DB_VALUES(VALUE_OF_INT(id)), &n);
    if (fault || n) return fault ? fault : 1;
    return chain_add(&people, &errand_logs[ERRAND_ANSWERED], values, NULL);
}

/* --- reading --- */

#define SELECT_ERRANDS                                                                                                 \
    "SELECT e.id, e.kind, e.ledger, e.record, e.asker, e.taker, e.asked_at, e.note, e.due, a.answer, a.at, a.opinion," \
    " a.actor FROM errand e LEFT JOIN errand_answer a ON a.org = e.org AND a.errand = e.id WHERE e.org = ?1"

static Errand errand_of(const void *ctx, const Stmt *stmt) {
    return (Errand){
        .id = stmt_int(stmt, 0),
        .kind = errand_kind_find(stmt_text(stmt, 1)),
        .ledger = stmt_copy(ctx, stmt, 2),
        .record = stmt_int(stmt, 3),
        .asker = stmt_copy(ctx, stmt, 4),
        .taker = stmt_copy(ctx, stmt, 5),
        .asked_at = stmt_copy(ctx, stmt, 6),
        .note = stmt_copy(ctx, stmt, 7),
        .due = stmt_date(stmt, 8),
        .answer = stmt_is_null(stmt, 9) ? ERRAND_OPEN : errand_answer_find(stmt_text(stmt, 9)),
        .answered_at = stmt_copy(ctx, stmt, 10),
        .opinion = stmt_copy(ctx, stmt, 11),
        .answered_by = stmt_copy(ctx, stmt, 12),
    };
}

int errand_find(const void *ctx, Store *store, int64_t id, Errand *ret_errand) {
    Stmt *stmt;
    int step = store_ask(store, SELECT_ERRANDS " AND e.id = ?2", DB_VALUES(VALUE_OF_INT(id)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) *ret_errand = errand_of(ctx, stmt);
    return stmt_end_found(stmt, step);
}

/* The kinds of a set as they stand in SQL: 'sign', 'copy'. */
static const char *kinds_text(const void *ctx, unsigned set) {
    Buf out = BUF_INIT(ctx);
    for (ErrandKind kind = 0; kind < ERRAND_KINDS; kind++)
        if (set & 1u << kind) buf_printf(&out, "%s'%s'", out.size ? ", " : "", kinds[kind].word);
    return buf_text(&out);
}

int errand_list(const void *ctx, Store *store, const ErrandAsk *ask, Errands *ret_errands) {
    static const char *const columns[] = {
        [ERRANDS_OF_RECORD] = "record", [ERRANDS_OF_TAKER] = "taker", [ERRANDS_OF_ASKER] = "asker"};
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *sql =
        mem_printf(scratch,
                   SELECT_ERRANDS " AND e.%s = ?2 AND e.id < ?3 AND e.kind IN (%s)%s"
                                  " ORDER BY e.id DESC LIMIT ?4",
                   columns[ask->by], kinds_text(scratch, ask->kinds), ask->open ? " AND a.id IS NULL" : "");
    const Value of = ask->by == ERRANDS_OF_RECORD ? VALUE_OF_INT(ask->record) : VALUE_OF_TEXT(ask->login);
    Stmt *stmt;
    int step = store_ask(
        store, sql, DB_VALUES(of, VALUE_OF_INT(ask->after ? ask->after : INT64_MAX), VALUE_OF_INT((int64_t)ask->most)),
        &stmt);
    *ret_errands = (Errands){0};
    if (step) return step;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Errand errand = errand_of(ctx, stmt);
        *mem_push(ctx, ret_errands->list, ret_errands->count) = errand;
    }
    return step;
}
