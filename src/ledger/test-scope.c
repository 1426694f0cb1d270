/* ledger/test-scope.c: whose records: what a query finds, what rows_has says of each record, and what may be read and
 * written, agree for every scope. */
#include <string.h>

#include "ledger/query.h"
#include "ledger/reach.h"
#include "ledger/test-vault.h"

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

/* --- the door --- */

typedef enum { DO_EDIT, DO_APPROVE, DO_WITHDRAW, DO_CREATE } Deed;

/* What a project of somebody's is to become: a firm (0: as it is), and who acts for whom. */
typedef struct Attempt {
    Deed deed;
    const char *title; /* of the project */
    int64_t firm;
    const char *login, *behalf;
} Attempt;

static Record *load_project(Folder *folder, const char *title) {
    int64_t id;
    Record *record;
    const Ledger *ledger = ledger_of(folder, "project");
    assert_int_equal(record_find_named(folder->store, ledger, title, &id), 0);
    assert_int_equal(reach_load(folder, folder->store, ledger, id, NULL, &record), 0);
    return record;
}

static int write_attempt(Folder *folder, Writer *writer, const Attempt *attempt, Diag *diag) {
    const Ledger *ledger = ledger_of(folder, "project");
    Value values[DEFN_FIELDS_MAX] = {0};
    Written written;
    const Record *before = attempt->deed == DO_CREATE ? NULL : load_project(folder, attempt->title);
    if (attempt->deed == DO_WITHDRAW) return transition_withdraw(writer, before, "登错", diag);
    if (before) memcpy(values, before->values, ledger->n_fields * sizeof *values);
    values[ledger_find_field(ledger, "title")->index] = VALUE_OF_TEXT(attempt->title);
    values[ledger_find_field(ledger, "amount")->index] = VALUE_OF_DECIMAL(77700, 2);
    if (attempt->firm) values[ledger_find_field(ledger, "firm")->index] = VALUE_OF_INT(attempt->firm);
    const Write write = {.ledger = ledger,
                         .before = before,
                         .values = values,
                         .effective = DATE_NONE,
                         .transition = attempt->deed == DO_APPROVE ? ledger_find_transition(ledger, "approve") : NULL};
    assert_int_equal(transition_apply(writer, &write, diag, &written), 0);
    return written.outcome == WRITTEN_REFUSED;
}

/* The code of the finding that refuses it, NULL when it may be; nothing is committed. */
static const char *refusal(Folder *folder, Attempt attempt) {
    Diag *diag = diag_new(folder);
    Writer *writer;
    const char *login = attempt.login ? attempt.login : "wang";
    const WriterOptions options = {.actor = mandate_actor(folder, folder_mandate(folder, login), attempt.behalf)};
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    int result = write_attempt(folder, writer, &attempt, diag);
    talloc_free(writer);
    assert_int_equal(result, diag->errors > 0);
    return result ? diag->list[0].code : NULL;
}

static void expect(Folder *folder, const char *code, Attempt attempt) {
    const char *found = refusal(folder, attempt);
    if (code ? !found || strcmp(found, code) : found != NULL)
        fail_msg("deed %d on %s: %s", (int)attempt.deed, attempt.title, found ? found : "done");
}

/* Projects 0, 2, 4 … are wang's; those of the firm F000002, his unit's, are project 2; firm 0's (5, 0, 10) are
 * nobody's. */
static void the_door_asks_for_the_scope(void **state) {
    Folder *folder = *state;
    build_world(folder);
    int64_t mine, other;
    assert_int_equal(record_find_named(folder->store, ledger_of(folder, "firm"), "F000002", &mine), 0);
    assert_int_equal(record_find_named(folder->store, ledger_of(folder, "firm"), "F000003", &other), 0);
    expect(folder, "not-permitted", (Attempt){DO_EDIT, "项目2"});
    folder_give(folder, "wang", "reader", "county");
    expect(folder, "not-permitted", (Attempt){DO_WITHDRAW, "项目2"});
    folder_give(folder, "wang", "clerk", "unit");
    for (Deed deed = DO_EDIT; deed <= DO_WITHDRAW; deed++) {
        expect(folder, NULL, (Attempt){deed, "项目2"});
        expect(folder, "out-of-reach", (Attempt){deed, "项目4"});
        expect(folder, "out-of-reach", (Attempt){deed, "项目0"});
    }
    expect(folder, "out-of-reach", (Attempt){DO_EDIT, "项目2", other}); /* as it would be */
    expect(folder, "out-of-reach", (Attempt){DO_EDIT, "项目4", mine});  /* as it was */
    expect(folder, "out-of-reach", (Attempt){DO_CREATE, "新项目"});
    expect(folder, NULL, (Attempt){DO_CREATE, "新项目", mine});
    folder_take(folder, "wang", "clerk");
    folder_give(folder, "wang", "clerk", "own");
    expect(folder, NULL, (Attempt){DO_CREATE, "新项目"});
    expect(folder, NULL, (Attempt){DO_EDIT, "项目4", other});
    expect(folder, "out-of-reach", (Attempt){DO_APPROVE, "项目5"});
}

static void who_acts_for_another_has_what_was_delegated(void **state) {
    Folder *folder = *state;
    build_world(folder);
    const People people = store_people(folder->store);
    Diag *diag = diag_new(folder);
    folder_add_account(folder, "zhao", NULL);
    folder_give(folder, "wang", "clerk", "unit");
    folder_give(folder, "zhao", "clerk", "own");
    const Delegation delegation = {"wang", "zhao", "clerk", date_make(2020, 7, 1), date_make(2020, 7, 2)};
    assert_int_equal(delegation_give(&people, &delegation, "wang", "2020-07-01T04:00:00.000Z", diag), 0);
    expect(folder, NULL, (Attempt){DO_EDIT, "项目2", .login = "zhao", .behalf = "wang"});
    expect(folder, "out-of-reach", (Attempt){DO_EDIT, "项目4", .login = "zhao", .behalf = "wang"});
    expect(folder, "out-of-reach", (Attempt){DO_EDIT, "项目2", .login = "zhao"});
    expect(folder, "out-of-reach", (Attempt){DO_CREATE, "新项目", .login = "zhao", .behalf = "wang"});
    expect(folder, NULL, (Attempt){DO_CREATE, "新项目", .login = "zhao"});
    expect(folder, "not-permitted", (Attempt){DO_EDIT, "项目2", .login = "zhao", .behalf = "li"});
}

/* --- taking out and putting back --- */

typedef int (*Back)(Writer *writer, const Record *record, const char *reason, Diag *diag);

static void do_back(Folder *folder, Back back, const Record *record, const char *reason, const char *code) {
    Diag *diag = diag_new(folder);
    Writer *writer;
    const WriterOptions options = {.actor = {.name = "test", .owner = true}};
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    assert_int_equal(back(writer, record, reason, diag), code ? 1 : 0);
    if (code)
        assert_string_equal(diag->list[0].code, code);
    else
        assert_int_equal(writer_commit(writer, diag), 0);
    talloc_free(writer);
}

static Record *load_withdrawn(Folder *folder, const char *ledger, int64_t id) {
    Record *record;
    assert_int_equal(reach_load_withdrawn(folder, folder->store, ledger_of(folder, ledger), id, NULL, &record), 0);
    return record;
}

static void what_was_withdrawn_comes_back(void **state) {
    Folder *folder = *state;
    int64_t firm = folder_add_firm(folder, "F1", "甲厂", NULL), id = folder_add_project(folder, "甲", firm, 100);
    folder_move_project(folder, id, "approve", 0);
    const Record *project = load_project(folder, "甲");
    do_back(folder, transition_withdraw, project, "", "reason-needed");
    do_back(folder, transition_withdraw, project, "登错", NULL);
    Record *gone, *record;
    const Ledger *ledger = ledger_of(folder, "project");
    assert_int_equal(reach_load(folder, folder->store, ledger, id, NULL, &record), RECORD_E_NONE);
    gone = load_withdrawn(folder, "project", id);
    do_back(folder, transition_restore, gone, NULL, "reason-needed");
    do_back(folder, transition_restore, gone, "没有错", NULL);
    assert_int_equal(reach_load_withdrawn(folder, folder->store, ledger, id, NULL, &record), RECORD_E_NONE);
    assert_int_equal(reach_load(folder, folder->store, ledger, id, NULL, &record), 0);
    assert_int_equal(record->version, project->version + 1);
    assert_string_equal(record->state->name.text, "approved");
    assert_int_equal(record->n_spans, project->n_spans);
    assert_string_equal(record->number, project->number);
    vault_check_verified(folder);
    do_back(folder, transition_withdraw, record, "再次", NULL);
    vault_check_verified(folder);
    int64_t other = folder_add_project(folder, "甲", firm, 100);
    do_back(folder, transition_restore, load_withdrawn(folder, "project", id), "没有错", "key-taken");
    folder_withdraw_project(folder, other);
    assert_int_equal(reach_load(folder, folder->store, ledger_of(folder, "firm"), firm, NULL, &record), 0);
    do_back(folder, transition_withdraw, record, "登错", NULL);
    do_back(folder, transition_restore, load_withdrawn(folder, "project", id), "没有错", "reference-gone");
    do_back(folder, transition_restore, load_withdrawn(folder, "firm", firm), "没有错", NULL);
    do_back(folder, transition_restore, load_withdrawn(folder, "project", id), "没有错", NULL);
    vault_check_verified(folder);
}

/* --- loading one --- */

static void outside_the_scope_there_is_no_record(void **state) {
    Folder *folder = *state;
    build_world(folder);
    folder_give(folder, "wang", "reader", "own");
    const Ledger *ledger = ledger_of(folder, "project");
    const People people = store_people(folder->store);
    const Ask ask = {.word = PERMISSION_READ, .ledger = ledger};
    RowScope rows;
    Record *record;
    assert_int_equal(rows_scope(folder, &people, folder_mandate(folder, "wang"), &ask, &rows), 0);
    const int64_t his = load_project(folder, "项目4")->id, others = load_project(folder, "项目5")->id;
    assert_int_equal(reach_load(folder, folder->store, ledger, his, &rows, &record), 0);
    assert_int_equal(reach_load(folder, folder->store, ledger, others, &rows, &record), RECORD_E_NONE);
    folder_withdraw_project(folder, his);
    folder_withdraw_project(folder, others);
    assert_int_equal(reach_load_withdrawn(folder, folder->store, ledger, his, &rows, &record), 0);
    assert_int_equal(reach_load_withdrawn(folder, folder->store, ledger, others, &rows, &record), RECORD_E_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(queries_and_rows_agree),
        FOLDER_TEST(the_door_asks_for_the_scope),
        FOLDER_TEST(who_acts_for_another_has_what_was_delegated),
        FOLDER_TEST(what_was_withdrawn_comes_back),
        FOLDER_TEST(outside_the_scope_there_is_no_record),
    };
    return FOLDER_RUN("scope", tests);
}
