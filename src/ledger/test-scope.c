/* ledger/test-scope.c: whose records: what a query finds, what rows_has says of each record, and what may be read and
 * written, agree for every scope. */
#include <string.h>

#include "ledger/change.h"
#include "ledger/query.h"
#include "ledger/test-folder.h"

#define FIRMS 12

static const Ledger *ledger_of(const Folder *folder, const char *name) {
    return catalog_find_ledger(folder->store->catalog, name);
}

/* Firms of two towns, by code or by name, entered by two people, each with a project; projects without a firm. wang is
 * of the unit F000002, below F000001. */
static void build_world(Folder *folder) {
    static const char *const towns[] = {"349901101", "新河镇", "349901102", NULL};
    folder_add_unit(folder, "349901101", NULL, "新河镇", NULL);
    folder_add_unit(folder, "349901102", NULL, "柳溪乡", NULL);
    folder_add_unit(folder, "F000001", NULL, "青禾集团", NULL);
    folder_add_unit(folder, "F000002", "F000001", "青禾面粉厂", "349901101");
    folder_add_unit(folder, "F000003", "F000002", "青禾面粉店", NULL);
    folder_add_account(folder, "wang", "F000002");
    for (int i = 0; i < FIRMS; i++) {
        folder->town = towns[i % 4];
        folder->actor = i % 3 ? "li" : "wang";
        int64_t firm =
            folder_add_firm(folder, mem_printf(folder, "F%06d", i), mem_printf(folder, "第%d号企业", i), NULL);
        folder->actor = i % 2 ? "li" : "wang";
        folder_add_project(folder, mem_printf(folder, "项目%d", i), i % 5 ? firm : 0, i);
    }
}

typedef struct Found {
    int64_t ids[100];
    size_t count;
} Found;

static int take_id(const Record *record, void *data) {
    Found *found = data;
    found->ids[found->count++] = record->id;
    return 0;
}

static Found find_all(Folder *folder, const Ledger *ledger, const RowScope *rows) {
    Found found = {0};
    const Query query = {.ledger = ledger, .rows = rows};
    assert_int_equal(query_each(folder->store, &query, take_id, &found), 0);
    return found;
}

static bool is_among(const Found *found, int64_t id) {
    for (size_t i = 0; i < found->count; i++)
        if (found->ids[i] == id) return true;
    return false;
}

static bool has(Folder *folder, const Ledger *ledger, int64_t id, const RowScope *rows) {
    Record *record;
    const char *maker;
    const ExprParams params = store_params(folder->store, (Period){DATE_NONE, DATE_NONE});
    assert_int_equal(record_load(folder, folder->store, ledger, id, NULL, &record), 0);
    assert_int_equal(change_maker(folder, folder->store, id, &maker), 0);
    const ExprRow row = record_row(folder->store, record);
    return rows_has(rows, &row, maker, &params);
}

/* How many of a ledger's records somebody reaches. */
static size_t check_agree(Folder *folder, const char *name) {
    const Ledger *ledger = ledger_of(folder, name);
    const People people = store_people(folder->store);
    const Ask ask = {.word = "ledger:read", .ledger = ledger};
    RowScope rows;
    assert_int_equal(rows_scope(folder, &people, folder_mandate(folder, "wang"), &ask, &rows), 0);
    Found all = find_all(folder, ledger, NULL), reached = find_all(folder, ledger, &rows);
    for (size_t i = 0; i < all.count; i++)
        if (has(folder, ledger, all.ids[i], &rows) != is_among(&reached, all.ids[i]))
            fail_msg("%s %lld: query and rows_has differ", name, (long long)all.ids[i]);
    return reached.count;
}

static void queries_and_rows_agree(void **state) {
    static const struct {
        const char *scope;
        size_t firms, projects; /* reached */
    } scopes[] = {
        {"own", 4, 6},     {"unit", 1, 1},     {"town", 6, 4},     {"town:349901102", 3, 2},
        {"subtree", 2, 2}, {"county", 12, 12}, {"own,town", 8, 8},
    };
    Folder *folder = *state;
    build_world(folder);
    assert_int_equal(check_agree(folder, "firm"), 0); /* no role, no record */
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        const char *comma = strchr(scopes[i].scope, ',');
        const char *first =
            comma ? mem_strndup(folder, scopes[i].scope, (size_t)(comma - scopes[i].scope)) : scopes[i].scope;
        folder_give(folder, "wang", "reader", first);
        if (comma) folder_give(folder, "wang", "reader", comma + 1);
        size_t firms = check_agree(folder, "firm"), projects = check_agree(folder, "project");
        if (firms != scopes[i].firms || projects != scopes[i].projects)
            fail_msg("%s: %zu firms, %zu projects", scopes[i].scope, firms, projects);
        folder_take(folder, "wang", "reader");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(queries_and_rows_agree),
    };
    return FOLDER_RUN("scope", tests);
}
