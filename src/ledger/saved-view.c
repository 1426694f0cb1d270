/* ledger/saved-view.c: see saved-view.h. */
#include "ledger/saved-view.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static bool is_fine(const SavedView *view, Diag *diag) {
    size_t size = text_count(view->name);
    const Place at = {.field = "name"};
    if (!size || size > VIEW_NAME_MAX)
        diag_error(diag, at, "view-name", "a saved filter needs a name of at most %u characters; correct it",
                   VIEW_NAME_MAX);
    else if (strlen(view->query) > VIEW_QUERY_MAX)
        diag_error(diag, at, "view-long", "the filter is too long to be saved; choose fewer conditions");
    else
        return true;
    return false;
}

/* Whether there is room for one more, or one of that name. 0, 1 with a finding, or a fault. */
static int check_room(const Store *store, const char *ledger, const SavedView *view, Diag *diag) {
    Stmt *stmt;
    int64_t others = 0;
    int fault =
        store_ask(store, "SELECT count(*) FROM saved_view WHERE org = ?1 AND ledger = ?2 AND login = ?3 AND name <> ?4",
                  DB_VALUES(VALUE_OF_TEXT(ledger), VALUE_OF_TEXT(view->login), VALUE_OF_TEXT(view->name)), &stmt);
    if (!fault) fault = stmt_number(stmt, &others);
    if (fault || others < (int64_t)VIEW_MOST) return fault;
    diag_error(diag, (Place){.field = "name"}, "view-many", "you have %u saved filters here; drop one first",
               VIEW_MOST);
    return 1;
}

int view_save(Store *store, const Ledger *ledger, const SavedView *view, const char *now, Diag *diag) {
    static const char sql[] =
        "INSERT INTO saved_view (org, ledger, login, name, query, shared, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        " ON CONFLICT (org, ledger, login, name) DO UPDATE SET query = excluded.query, shared = excluded.shared,"
        " at = excluded.at";
    if (!is_fine(view, diag)) return 1;
    int result = db_begin(store->db, DB_WRITE);
    if (result) return result;
    result = check_room(store, ledger->name.text, view, diag);
    if (!result)
        result =
            store_run(store, sql,
                      DB_VALUES(VALUE_OF_TEXT(ledger->name.text), VALUE_OF_TEXT(view->login), VALUE_OF_TEXT(view->name),
                                VALUE_OF_TEXT(view->query), VALUE_OF_INT(view->shared), VALUE_OF_TEXT(now)));
    return db_settle(store->db, result);
}

int view_list(const void *ctx, Store *store, const Ledger *ledger, const char *login, SavedView **ret_list,
              size_t *ret_count) {
    static const char sql[] =
        "SELECT login, name, query, shared FROM saved_view WHERE org = ?1 AND ledger = ?2"
        " AND (login = ?3 OR shared = 1) ORDER BY CASE login WHEN ?3 THEN 0 ELSE 1 END, name, login";
    Stmt *stmt;
    int step = store_ask(store, sql, DB_VALUES(VALUE_OF_TEXT(ledger->name.text), VALUE_OF_TEXT(login)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) {
        SavedView view = {stmt_copy(ctx, stmt, 0), stmt_copy(ctx, stmt, 1), stmt_copy(ctx, stmt, 2),
                          stmt_int(stmt, 3) != 0};
        *mem_push(ctx, *ret_list, *ret_count) = view;
    }
    return step;
}

int view_drop(Store *store, const Ledger *ledger, const char *login, const char *name) {
    const People people = store_people(store);
    int64_t changes = 0;
    int fault =
        people_run(&people, "DELETE FROM saved_view WHERE org = ?1 AND ledger = ?2 AND login = ?3 AND name = ?4",
                   DB_VALUES(VALUE_OF_TEXT(ledger->name.text), VALUE_OF_TEXT(login), VALUE_OF_TEXT(name)), &changes);
    return fault ? fault : !changes;
}
