/* Tests of what people may: three administrators, roles, scopes, delegations, masks, and who can do what. */
#include <string.h>

#include "people/rows.h"
#include "people/test-people.h"
#include "people/unit.h"

#define DAY (24 * 60 * 60)

/* ---- roles ---- */

static void give_refused(Bureau *bureau, const char *login, const char *role, const char *scope, const char *code) {
    bureau_refused(bureau, role_give(&bureau->people, login, role, scope, "test", NOON, bureau->diag), code);
}

static void administrators_are_three_people_without_business(void **state) {
    static const char *const apart[] = {"system", "security", "audit"};
    Bureau *bureau = *state;
    for (int i = 0; i < 3; i++) {
        const char *login = mem_printf(bureau, "admin%d", i);
        bureau_add(bureau, login, NULL);
        bureau_give(bureau, login, apart[i], NULL);
        bureau_give(bureau, login, apart[i], NULL); /* again is nothing */
        give_refused(bureau, login, apart[(i + 1) % 3], NULL, "apart");
        give_refused(bureau, login, apart[(i + 2) % 3], NULL, "apart");
        give_refused(bureau, login, "clerk", NULL, "apart");
        assert_false(bureau_may(bureau, login, "ledger:read", NOON));
        assert_false(bureau_may(bureau, login, "firm:edit", NOON));
        assert_false(bureau_may(bureau, login, "project:approve", NOON));
    }
    bureau_add(bureau, "wang", NULL);
    bureau_give(bureau, "wang", "clerk", NULL);
    for (int i = 0; i < 3; i++) give_refused(bureau, "wang", apart[i], NULL, "apart");
    bureau_fine(bureau, role_take(&bureau->people, "wang", "clerk", "test", NOON, bureau->diag));
    bureau_give(bureau, "wang", "audit", NULL);
    assert_true(bureau_may(bureau, "wang", "audit:read", NOON));
}

static void roles_and_ledgers_say_together_who_may(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    bureau_add(bureau, "zhang", NULL);
    bureau_add(bureau, "firm", NULL);
    bureau_give(bureau, "wang", "clerk", NULL);
    bureau_give(bureau, "zhang", "director", NULL);
    bureau_give(bureau, "firm", "enterprise", NULL);
    assert_true(bureau_may(bureau, "wang", "project:edit", NOON));
    assert_false(bureau_may(bureau, "firm", "project:edit", NOON)); /* its ledger is for clerks */
    assert_true(bureau_may(bureau, "firm", "firm:edit", NOON));
    assert_false(bureau_may(bureau, "zhang", "firm:edit", NOON));
    assert_true(bureau_may(bureau, "zhang", "project:approve", NOON));
    assert_false(bureau_may(bureau, "wang", "project:approve", NOON));
    assert_true(bureau_may(bureau, "zhang", "report:issue", NOON));
    assert_false(bureau_may(bureau, "wang", "report:issue", NOON));
    bureau_fine(bureau, account_disable(&bureau->people, "zhang", true, "test", NOON, bureau->diag));
    assert_false(bureau_may(bureau, "zhang", "report:issue", NOON));
}

static void what_is_not_there_cannot_be_given(void **state) {
    Bureau *bureau = *state;
    Ask ask;
    bureau_add(bureau, "wang", NULL);
    give_refused(bureau, "wang", "king", NULL, "no-role");
    give_refused(bureau, "nobody", "clerk", NULL, "no-account");
    give_refused(bureau, "wang", "clerk", "world", "bad-scope");
    give_refused(bureau, "wang", "clerk", "town:349901101", "bad-scope");
    bureau_refused(bureau, role_take(&bureau->people, "wang", "clerk", "test", NOON, bureau->diag), "not-held");
    bureau_refused(bureau, permission_parse(bureau->people.catalog, "report:isue", bureau->diag, &ask),
                   "unknown-permission");
    bureau_refused(bureau, permission_parse(bureau->people.catalog, "project:burn", bureau->diag, &ask),
                   "unknown-permission");
    bureau_refused(bureau, permission_parse(bureau->people.catalog, "", bureau->diag, &ask), "unknown-permission");
}

/* ---- scopes ---- */

/* A firm, or a project that refers to one, as an expression sees it. */
typedef struct Thing {
    const char *code, *town;
} Thing;

static Value thing_value(const ExprRow *row, const ExprSymbol *symbol) {
    const Thing *thing = row->data;
    if (!strcmp(symbol->name, "code")) return value_of_text(thing->code);
    if (!strcmp(symbol->name, "town")) return value_of_text(thing->town);
    return VALUE_OF_BLANK;
}

static const ExprRowClass thing_class;

static bool thing_follow(const ExprRow *row, const ExprSymbol *symbol, ExprRow *ret_row) {
    (void)symbol;
    *ret_row = (ExprRow){&thing_class, row->data};
    return true;
}

static const ExprRowClass thing_class = {.value = thing_value, .follow = thing_follow};

static bool reaches(Bureau *bureau, const char *login, const char *ledger, const char *code, const char *town,
                    const char *entered_by) {
    RowScope scope;
    Ask ask = {.word = "ledger:read", .ledger = catalog_find_ledger(bureau->people.catalog, ledger)};
    Mandate *mandate = bureau_mandate(bureau, login, NOON);
    const Thing thing = {code, town};
    const ExprRow row = {&thing_class, &thing};
    const ExprParams params = {.today = instant_day(NOON)};
    fixture_ok(bureau->people.db, rows_scope(bureau, &bureau->people, mandate, &ask, &scope));
    return rows_has(&scope, &row, entered_by, &params);
}

static void put_unit(Bureau *bureau, const char *code, const char *parent, const char *name, const char *town) {
    const Unit unit = {code, parent, name, town};
    bureau_fine(bureau, unit_put(&bureau->people, &unit, "test", NOON, bureau->diag));
}

static void build_county(Bureau *bureau) {
    put_unit(bureau, "349901101", NULL, "新河镇", NULL);
    put_unit(bureau, "group", NULL, "青禾集团", NULL);
    put_unit(bureau, "mill", "group", "青禾面粉厂", "349901101");
    put_unit(bureau, "shop", "mill", "青禾面粉店", "349901101");
    bureau_add(bureau, "wang", "mill");
}

static void scopes_reach_so_far_and_no_farther(void **state) {
    Bureau *bureau = *state;
    build_county(bureau);
    assert_false(reaches(bureau, "wang", "firm", "mill", "新河镇", "wang")); /* no role, no record */
    bureau_give(bureau, "wang", "enterprise", NULL);
    assert_true(reaches(bureau, "wang", "firm", "mill", "别处", "li"));
    assert_true(reaches(bureau, "wang", "firm", "青禾面粉厂", NULL, "li"));
    assert_true(reaches(bureau, "wang", "project", "mill", NULL, "li")); /* through the firm it refers to */
    assert_false(reaches(bureau, "wang", "firm", "shop", "新河镇", "wang"));
    assert_false(reaches(bureau, "wang", "firm", NULL, NULL, NULL));
    bureau_give(bureau, "wang", "enterprise", "own");
    assert_true(reaches(bureau, "wang", "firm", "shop", "新河镇", "wang"));
    assert_false(reaches(bureau, "wang", "firm", "shop", "新河镇", "li"));
    assert_true(
        reaches(bureau, "wang", "firm", "wang", NULL, "li")); /* his account stands in it, or in what it names */
    assert_true(reaches(bureau, "wang", "project", "wang", NULL, "li"));
    bureau_give(bureau, "wang", "enterprise", "subtree");
    assert_true(reaches(bureau, "wang", "firm", "shop", NULL, "li"));
    assert_false(reaches(bureau, "wang", "firm", "group", NULL, "li"));
    bureau_give(bureau, "wang", "enterprise", "county");
    assert_true(reaches(bureau, "wang", "firm", "group", NULL, "li"));
}

static void towns_are_known_by_code_and_name(void **state) {
    Bureau *bureau = *state;
    build_county(bureau);
    put_unit(bureau, "349901102", NULL, "柳溪乡", NULL);
    bureau_give(bureau, "wang", "clerk", "town");
    assert_true(reaches(bureau, "wang", "firm", "x", "新河镇", "li"));
    assert_true(reaches(bureau, "wang", "project", "x", "349901101", "li"));
    assert_false(reaches(bureau, "wang", "firm", "x", "柳溪乡", "li"));
    bureau_give(bureau, "wang", "clerk", "town:349901102");
    assert_true(reaches(bureau, "wang", "firm", "x", "柳溪乡", "li"));
    bureau_add(bureau, "li", NULL);
    bureau_give(bureau, "li", "clerk", "town"); /* of no unit: of no town */
    assert_false(reaches(bureau, "li", "firm", "x", "新河镇", "wang"));
}

static void units_make_a_tree(void **state) {
    Bureau *bureau = *state;
    build_county(bureau);
    Unit unit = {"group", "shop", "青禾集团", NULL};
    bureau_refused(bureau, unit_put(&bureau->people, &unit, "test", NOON, bureau->diag), "unit-circle");
    unit.parent = "nowhere";
    bureau_refused(bureau, unit_put(&bureau->people, &unit, "test", NOON, bureau->diag), "no-unit");
}

/* ---- delegations ---- */

static void delegate(Bureau *bureau, const char *giver, const char *taker, const char *role, const char *code) {
    Delegation delegation = {giver, taker, role, date_make(2020, 7, 8), date_make(2020, 7, 10)};
    int result = delegation_give(&bureau->people, &delegation, giver, NOON, bureau->diag);
    if (code)
        bureau_refused(bureau, result, code);
    else
        bureau_fine(bureau, result);
}

static void delegations_hold_on_their_days_only(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "zhang", NULL);
    bureau_add(bureau, "wang", NULL);
    bureau_give(bureau, "zhang", "director", NULL);
    bureau_give(bureau, "wang", "clerk", NULL);
    delegate(bureau, "zhang", "wang", "director", NULL);
    const char *first = "2020-07-07T16:00:00.000Z", *last = "2020-07-10T15:59:59.999Z"; /* midnight in China */
    assert_false(bureau_may(bureau, "wang", "report:issue", "2020-07-07T15:59:59.999Z"));
    assert_true(bureau_may(bureau, "wang", "report:issue", first));
    assert_true(bureau_may(bureau, "wang", "project:approve", last));
    assert_false(bureau_may(bureau, "wang", "report:issue", "2020-07-10T16:00:00.000Z"));
    Mandate *mandate = bureau_mandate(bureau, "wang", first);
    Actor own = mandate_actor(bureau, mandate, NULL), behalf = mandate_actor(bureau, mandate, "zhang");
    Ask approve;
    bureau_fine(bureau, permission_parse(bureau->people.catalog, "project:approve", bureau->diag, &approve));
    assert_false(actor_may(&own, &approve));
    assert_true(actor_may(&behalf, &approve));
    assert_false(actor_may(&(Actor){.name = "wang"}, &approve)); /* who holds nothing */
    assert_string_equal(behalf.name, "wang");
    assert_string_equal(behalf.behalf, "zhang");
    bureau_fine(bureau, role_take(&bureau->people, "zhang", "director", "test", NOON, bureau->diag));
    assert_false(bureau_may(bureau, "wang", "report:issue", first)); /* nobody gives what he has not */
}

/* Who acts for somebody sees what that one sees, not his own kind of it. */
static void delegated_scopes_are_those_of_the_giver(void **state) {
    Bureau *bureau = *state;
    build_county(bureau);
    bureau_add(bureau, "zhang", "shop");
    bureau_give(bureau, "wang", "enterprise", "unit");
    bureau_give(bureau, "wang", "enterprise", "own");
    Delegation delegation = {"wang", "zhang", "enterprise", instant_day(NOON), instant_day(NOON)};
    bureau_fine(bureau, delegation_give(&bureau->people, &delegation, "wang", NOON, bureau->diag));
    assert_true(reaches(bureau, "zhang", "firm", "mill", NULL, "li"));
    assert_true(reaches(bureau, "zhang", "firm", "group", NULL, "wang"));
    assert_false(reaches(bureau, "zhang", "firm", "shop", NULL, "zhang"));
}

static void delegations_end_early(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "zhang", NULL);
    bureau_add(bureau, "wang", NULL);
    bureau_give(bureau, "zhang", "director", NULL);
    delegate(bureau, "zhang", "wang", "director", NULL);
    const char *day = bureau_later(bureau, 3 * DAY);
    assert_true(bureau_may(bureau, "wang", "report:issue", day));
    fixture_ok(bureau->people.db,
               delegation_end(&bureau->people, "zhang", "wang", "zhang", bureau_later(bureau, 2 * DAY)));
    assert_false(bureau_may(bureau, "wang", "report:issue", day));
}

static void delegations_do_not_go_round_the_rules(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "zhang", NULL);
    bureau_add(bureau, "wang", NULL);
    bureau_add(bureau, "chen", NULL);
    bureau_give(bureau, "zhang", "director", NULL);
    bureau_give(bureau, "chen", "audit", NULL);
    delegate(bureau, "zhang", "chen", "director", "apart"); /* to an administrator */
    delegate(bureau, "chen", "wang", "audit", "apart");     /* of an administrator */
    delegate(bureau, "zhang", "zhang", "director", "bad-taker");
    delegate(bureau, "zhang", "wang", "clerk", "not-held");
    delegate(bureau, "zhang", "nobody", "director", "no-account");
    delegate(bureau, "zhang", "wang", "director", NULL);
    give_refused(bureau, "wang", "audit", NULL, "apart"); /* afterwards neither */
    Delegation backwards = {"zhang", "wang", "director", date_make(2020, 7, 10), date_make(2020, 7, 8)};
    bureau_refused(bureau, delegation_give(&bureau->people, &backwards, "zhang", NOON, bureau->diag), "bad-days");
}

/* ---- fields, and who ---- */

static Mask mask_of(Bureau *bureau, const char *login, const char *field) {
    const Ledger *ledger = catalog_find_ledger(bureau->people.catalog, "firm");
    return permission_mask(bureau_mandate(bureau, login, NOON), ledger_find_field(ledger, field));
}

static void personal_fields_are_masked_by_role(void **state) {
    static const char *const roles[][2] = {{"wang", "clerk"}, {"zhang", "director"}, {"firm", "enterprise"}};
    static const Mask masks[] = {MASK_ASKS, MASK_PARTLY, MASK_WHOLE};
    Bureau *bureau = *state;
    for (int i = 0; i < 3; i++) {
        bureau_add(bureau, roles[i][0], NULL);
        bureau_give(bureau, roles[i][0], roles[i][1], NULL);
        assert_int_equal(mask_of(bureau, roles[i][0], "phone"), masks[i]);
        assert_int_equal(mask_of(bureau, roles[i][0], "town"), MASK_NONE);
    }
}

static void join_who(const Mandate *mandate, const Grant *grant, void *data) {
    Buf *out = data;
    buf_printf(out, "%s: %s\n", mandate->login, grant_words(out->ctx, grant));
}

static void it_can_be_told_who_may_and_why(void **state) {
    Bureau *bureau = *state;
    Buf out = BUF_INIT(bureau);
    Ask ask;
    bureau_add(bureau, "zhang", NULL);
    bureau_add(bureau, "wang", NULL);
    bureau_add(bureau, "chen", NULL);
    bureau_give(bureau, "zhang", "director", NULL);
    bureau_give(bureau, "wang", "clerk", NULL);
    bureau_give(bureau, "chen", "audit", NULL);
    delegate(bureau, "zhang", "wang", "director", NULL);
    bureau_fine(bureau, permission_parse(bureau->people.catalog, "report:issue", bureau->diag, &ask));
    fixture_ok(bureau->people.db, permission_who(&bureau->people, &ask, bureau_later(bureau, 3 * DAY), join_who, &out));
    assert_string_equal(buf_text(&out), "wang: Director (the whole county), delegated by zhang until 2020-07-10\n"
                                        "zhang: Director (the whole county)\n");
}

static void giving_and_taking_is_written_down(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    bureau_give(bureau, "wang", "clerk", NULL);
    bureau_fine(bureau, role_take(&bureau->people, "wang", "clerk", "boss", NOON, bureau->diag));
    assert_string_equal(
        fixture_text(bureau->fixture, bureau->people.db, "SELECT detail FROM account_log WHERE action = 'give-role'"),
        "clerk county");
    assert_string_equal(
        fixture_text(bureau->fixture, bureau->people.db, "SELECT actor FROM account_log WHERE action = 'take-role'"),
        "boss");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BUREAU_TEST(administrators_are_three_people_without_business),
        BUREAU_TEST(roles_and_ledgers_say_together_who_may),
        BUREAU_TEST(what_is_not_there_cannot_be_given),
        BUREAU_TEST(scopes_reach_so_far_and_no_farther),
        BUREAU_TEST(towns_are_known_by_code_and_name),
        BUREAU_TEST(units_make_a_tree),
        BUREAU_TEST(delegations_hold_on_their_days_only),
        BUREAU_TEST(delegated_scopes_are_those_of_the_giver),
        BUREAU_TEST(delegations_end_early),
        BUREAU_TEST(delegations_do_not_go_round_the_rules),
        BUREAU_TEST(personal_fields_are_masked_by_role),
        BUREAU_TEST(it_can_be_told_who_may_and_why),
        BUREAU_TEST(giving_and_taking_is_written_down),
    };
    return FIXTURE_RUN("permission", tests);
}
