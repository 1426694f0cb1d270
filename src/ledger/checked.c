/* ledger/checked.c: the tables checked and checked_mark, and the folder checks/. */
#include "ledger/checked.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

bool checked_id_is_fine(const char *id) {
    return strlen(id) == CHECKED_ID_SIZE - 1 && strspn(id, "0123456789abcdef") == CHECKED_ID_SIZE - 1;
}

char *checked_path(const void *ctx, const Store *store, const char *id) {
    return mem_printf(ctx, "%s/checks/%s", store->folder, id);
}

/* --- reading --- */

#define SELECT_CHECKED "SELECT id, login, at, name, period, claims, differ, remarks FROM checked WHERE org = ?1"

static void read_text(const void *ctx, const Stmt *stmt, CheckedText *text) {
    *text = (CheckedText){.id = stmt_copy(ctx, stmt, 0),
                          .login = stmt_copy(ctx, stmt, 1),
                          .at = stmt_copy(ctx, stmt, 2),
                          .name = stmt_copy(ctx, stmt, 3),
                          .claims = stmt_int(stmt, 5),
                          .differ = stmt_int(stmt, 6),
                          .remarks = stmt_int(stmt, 7)};
    if (!period_parse(stmt_text(stmt, 4), &text->period)) text->period = (Period){DATE_NONE, DATE_NONE};
}

static int take_all(const void *ctx, Stmt *stmt, CheckedText **ret_list, size_t *ret_count) {
    int step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW) read_text(ctx, stmt, mem_push(ctx, *ret_list, *ret_count));
    return step;
}

int checked_find(const void *ctx, Store *store, const char *id, CheckedText **ret_text) {
    Stmt *stmt;
    int step = store_ask(store, SELECT_CHECKED " AND id = ?2", DB_VALUES(VALUE_OF_TEXT(id)), &stmt);
    if (step) return step;
    step = stmt_step(stmt);
    if (step == DB_ROW) read_text(ctx, stmt, *ret_text = mem_new(ctx, CheckedText));
    return stmt_end_found(stmt, step);
}

int checked_list(const void *ctx, Store *store, const char *login, CheckedText **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int fault =
        store_ask(store, SELECT_CHECKED " AND login = ?2 ORDER BY at DESC", DB_VALUES(VALUE_OF_TEXT(login)), &stmt);
    return fault ? fault : take_all(ctx, stmt, ret_list, ret_count);
}

int checked_marks(const void *ctx, Store *store, const char *id, CheckedMark **ret_list, size_t *ret_count) {
    Stmt *stmt;
    int step =
        store_ask(store, "SELECT place, mark, words, at, actor FROM checked_mark WHERE org = ?1 AND checked = ?2",
                  DB_VALUES(VALUE_OF_TEXT(id)), &stmt);
    if (step) return step;
    *ret_list = NULL;
    *ret_count = 0;
    while ((step = stmt_step(stmt)) == DB_ROW)
        *mem_push(ctx, *ret_list, *ret_count) = (CheckedMark){.place = stmt_copy(ctx, stmt, 0),
                                                              .mark = stmt_copy(ctx, stmt, 1),
                                                              .words = stmt_copy(ctx, stmt, 2),
                                                              .at = stmt_copy(ctx, stmt, 3),
                                                              .actor = stmt_copy(ctx, stmt, 4)};
    return step;
}

/* --- what goes --- */

static int forget(Store *store, const char *id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    (void)unlink(checked_path(scratch, store, id));
    int fault =
        store_run(store, "DELETE FROM checked_mark WHERE org = ?1 AND checked = ?2", DB_VALUES(VALUE_OF_TEXT(id)));
    return fault ? fault
                 : store_run(store, "DELETE FROM checked WHERE org = ?1 AND id = ?2", DB_VALUES(VALUE_OF_TEXT(id)));
}

/* What is too old, of anybody; and what one person has too much. */
static int forget_old(Store *store, const char *login, const char *now) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char limit[INSTANT_SIZE];
    CheckedText *old, *own;
    size_t n_old = 0, n_own = 0;
    Stmt *stmt;
    instant_add(now, -(int64_t)CHECKED_DAYS * DAY_SECONDS, limit);
    int fault = store_ask(store, SELECT_CHECKED " AND at < ?2", DB_VALUES(VALUE_OF_TEXT(limit)), &stmt);
    if (!fault) fault = take_all(scratch, stmt, &old, &n_old);
    for (size_t i = 0; !fault && i < n_old; i++) fault = forget(store, old[i].id);
    if (!fault) fault = checked_list(scratch, store, login, &own, &n_own);
    for (size_t i = CHECKED_EACH; !fault && i < n_own; i++) fault = forget(store, own[i].id);
    return fault;
}

/* --- writing --- */

static const char *new_id(const void *ctx) {
    uint8_t bytes[HASH_SIZE];
    char hex[HASH_HEX_SIZE];
    people_random(bytes, sizeof bytes);
    hash_hex(bytes, hex);
    return mem_strndup(ctx, hex, CHECKED_ID_SIZE - 1);
}

static int add_row(Store *store, const char *id, const CheckedText *text) {
    char period[PERIOD_SIZE] = "";
    if (text->period.start != DATE_NONE) period_format(text->period, period);
    return store_run(store,
                     "INSERT INTO checked (org, id, login, at, name, period, claims, differ, remarks)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                     DB_VALUES(VALUE_OF_TEXT(id), VALUE_OF_TEXT(text->login), VALUE_OF_TEXT(text->at),
                               VALUE_OF_TEXT(text->name), VALUE_OF_TEXT(period), VALUE_OF_INT(text->claims),
                               VALUE_OF_INT(text->differ), VALUE_OF_INT(text->remarks)));
}

int checked_keep(const void *ctx, Store *store, const CheckedText *text, const char *bytes, size_t size, Diag *diag,
                 const char **ret_id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *id = new_id(ctx);
    if (file_make_folder(mem_printf(scratch, "%s/checks", store->folder), diag)) return 1;
    if (file_write(checked_path(scratch, store, id), bytes, size, diag)) return 1;
    int fault = db_begin(store->db, DB_WRITE);
    if (fault) return fault;
    fault = add_row(store, id, text);
    if (!fault) fault = forget_old(store, text->login, text->at);
    *ret_id = id;
    return db_settle(store->db, fault);
}

int checked_mark(Store *store, const char *id, const CheckedMark *mark) {
    int fault = db_begin(store->db, DB_WRITE);
    if (fault) return fault;
    fault = store_run(store, "DELETE FROM checked_mark WHERE org = ?1 AND checked = ?2 AND place = ?3",
                      DB_VALUES(VALUE_OF_TEXT(id), VALUE_OF_TEXT(mark->place)));
    if (!fault && (*mark->mark || *mark->words))
        fault = store_run(store,
                          "INSERT INTO checked_mark (org, checked, place, mark, words, at, actor)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                          DB_VALUES(VALUE_OF_TEXT(id), VALUE_OF_TEXT(mark->place), VALUE_OF_TEXT(mark->mark),
                                    VALUE_OF_TEXT(mark->words), VALUE_OF_TEXT(mark->at), VALUE_OF_TEXT(mark->actor)));
    return db_settle(store->db, fault);
}
