/* ledger/draft.c: see draft.h. */
#include "ledger/draft.h"

#include <string.h>

#include "base/mem.h"

static int end_old(const Store *store, const char *now) {
    char oldest[INSTANT_SIZE];
    instant_add(now, -(int64_t)DRAFT_DAYS * DAY_SECONDS, oldest);
    return store_run(store, "DELETE FROM draft WHERE org = ?1 AND at < ?2", DB_VALUES(VALUE_OF_TEXT(oldest)));
}

/* All but the latest. */
static int end_many(const Store *store, const char *login, const char *ledger) {
    return store_run(store,
                     "DELETE FROM draft WHERE org = ?1 AND login = ?2 AND ledger = ?3 AND record NOT IN"
                     " (SELECT record FROM draft WHERE org = ?1 AND login = ?2 AND ledger = ?3"
                     " ORDER BY at DESC, record DESC LIMIT ?4)",
                     DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(ledger), VALUE_OF_INT(DRAFT_MOST)));
}

static int insert(const Store *store, const char *login, const char *ledger, const Draft *draft, const char *sealed) {
    return store_run(store,
                     "INSERT INTO draft (org, login, ledger, record, at, form) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                     " ON CONFLICT (org, login, ledger, record) DO UPDATE SET at = excluded.at, form = excluded.form",
                     DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(ledger), VALUE_OF_INT(draft->record),
                               VALUE_OF_TEXT(draft->at), VALUE_OF_TEXT(sealed)));
}

int draft_save(Store *store, const char *login, const Ledger *ledger, const Draft *draft, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (strlen(draft->form) > DRAFT_MAX) {
        diag_error(diag, PLACE_NONE, "draft-large", "the form is too long to be kept as a draft; save it");
        return 1;
    }
    const char *sealed = seal_close_text(scratch, store->seal, draft->form);
    if (!sealed) {
        diag_error(diag, PLACE_NONE, "no-key",
                   "a draft cannot be sealed: the key file is missing; put back your copy of it");
        return 1;
    }
    int fault = db_begin(store->db, DB_WRITE);
    if (fault) return fault;
    fault = end_old(store, draft->at);
    if (!fault) fault = insert(store, login, ledger->name.text, draft, sealed);
    if (!fault) fault = end_many(store, login, ledger->name.text);
    return db_settle(store->db, fault);
}

int draft_load(const void *ctx, Store *store, const char *login, const Ledger *ledger, int64_t record,
               Draft *ret_draft) {
    static const char sql[] =
        "SELECT at, form FROM draft WHERE org = ?1 AND login = ?2 AND ledger = ?3 AND record = ?4";
    Stmt *stmt;
    int step = store_ask(
        store, sql, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(ledger->name.text), VALUE_OF_INT(record)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    *ret_draft = (Draft){.record = record};
    if (step == DB_ROW) {
        ret_draft->at = stmt_copy(ctx, stmt, 0);
        ret_draft->form = seal_open_text(ctx, store->seal, stmt_text(stmt, 1));
    }
    stmt_reset(stmt);
    return step < 0 ? step : ret_draft->form ? 0 : 1;
}

int draft_list(const void *ctx, Store *store, const char *login, const Ledger *ledger, Draft **ret_list,
               size_t *ret_count) {
    static const char sql[] =
        "SELECT record, at FROM draft WHERE org = ?1 AND login = ?2 AND ledger = ?3 ORDER BY at DESC, record DESC";
    Stmt *stmt;
    int step = store_ask(store, sql, DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(ledger->name.text)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        Draft draft = {.record = stmt_int(stmt, 0), .at = stmt_copy(ctx, stmt, 1)};
        *mem_push(ctx, *ret_list, *ret_count) = draft;
    }
    return step;
}

int draft_drop(Store *store, const char *login, const Ledger *ledger, int64_t record) {
    return store_run(store, "DELETE FROM draft WHERE org = ?1 AND login = ?2 AND ledger = ?3 AND record = ?4",
                     DB_VALUES(VALUE_OF_TEXT(login), VALUE_OF_TEXT(ledger->name.text), VALUE_OF_INT(record)));
}
