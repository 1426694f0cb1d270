/* people/test-people.c: see test-people.h. */
#include "people/test-people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "defn/defn.h"
#include "people/password.h"

static const char firm[] =
    "ledger: firm\ntitle: {zh: 企业, en: Firms}\narea: 7\nkey: [code]\nshows: code\nedit: [clerk, enterprise]\n"
    "fields:\n"
    "  - {name: code, kind: text, required: true, label: {zh: 代码, en: Code}}\n"
    "  - {name: town, kind: text, label: {zh: 乡镇, en: Town}}\n"
    "  - {name: phone, kind: phone, personal: true, label: {zh: 电话, en: Phone}}\n";

static const char project[] =
    "ledger: project\ntitle: {zh: 项目, en: Projects}\narea: 7\nkey: [title]\nshows: title\n"
    "fields:\n"
    "  - {name: title, kind: text, required: true, label: {zh: 名称, en: Title}}\n"
    "  - {name: firm, kind: ref, to: firm, label: {zh: 企业, en: Firm}}\n"
    "states:\n"
    "  - {name: draft, label: {zh: 草稿, en: Draft}}\n"
    "  - {name: approved, label: {zh: 已批准, en: Approved}}\n"
    "transitions:\n"
    "  - {name: approve, label: {zh: 批准, en: Approve}, from: [draft], to: approved, by: [director]}\n";

static const char roles[] =
    "roles:\n"
    "  - {name: clerk, label: {zh: 经办人, en: Clerk}, scope: county, may: [ledger:read, ledger:edit, "
    "personal:unmask]}\n"
    "  - {name: director, label: {zh: 局长, en: Director}, scope: county, may: [ledger:read, report:issue, "
    "personal:masked]}\n"
    "  - {name: enterprise, label: {zh: 企业, en: Enterprise}, scope: unit, may: [ledger:read, ledger:edit]}\n"
    "  - {name: system, label: {zh: 系统, en: System}, apart: true, may: [account:manage]}\n"
    "  - {name: security, label: {zh: 安全, en: Security}, apart: true, may: [role:grant]}\n"
    "  - {name: audit, label: {zh: 审计, en: Audit}, apart: true, may: [audit:read]}\n"
    "belongs:\n"
    "  - {to: own, by: [code, firm.code]}\n"
    "  - {to: unit, by: [code, firm.code]}\n"
    "  - {to: town, by: [town, firm.town]}\n";

static void read_definitions(Bureau *bureau) {
    DefnSource list[] = {{"ledgers/firm.yaml", "firm", firm, strlen(firm)},
                         {"ledgers/project.yaml", "project", project, strlen(project)},
                         {"roles.yaml", "roles", roles, strlen(roles)}};
    DefnSources sources = {list, sizeof list / sizeof list[0]};
    bureau_fine(bureau, defn_read(bureau, &sources, bureau->diag, &bureau->people.catalog));
}

static void open_seal(Bureau *bureau) {
    char folder[] = "/tmp/kezhang-test-people-XXXXXX";
    Seal *seal;
    assert_non_null(mkdtemp(folder));
    bureau_fine(bureau, seal_open(bureau, folder, true, bureau->diag, &seal));
    bureau->people.seal = seal;
    unlink(mem_printf(bureau, "%s/seal.key", folder));
    rmdir(folder);
}

int bureau_setup(void **state) {
    void *fixture;
    fixture_setup(&fixture);
    Bureau *bureau = mem_new(fixture, Bureau);
    bureau->fixture = fixture;
    bureau->diag = diag_new(bureau);
    bureau->people = (People){.db = bureau->fixture->db, .org = 1, .hash_kind = HASH_SM3};
    read_definitions(bureau);
    open_seal(bureau);
    fixture_ok(bureau->people.db, people_create_tables(bureau->people.db));
    fixture_ok(bureau->people.db, people_create_tables(bureau->people.db)); /* again is nothing */
    *state = bureau;
    return 0;
}

int bureau_teardown(void **state) {
    void *fixture = ((Bureau *)*state)->fixture;
    return fixture_teardown(&fixture);
}

void bureau_add(Bureau *bureau, const char *login, const char *unit) {
    NewAccount wanted = {.login = login, .name = login, .unit = unit, .expires = DATE_NONE, .password = STRONG};
    bureau_fine(bureau, account_create(&bureau->people, &wanted, "test", NOON, bureau->diag));
    fixture_ok(bureau->people.db,
               people_run(&bureau->people, "UPDATE account SET must_change = 0 WHERE org = ?1", NULL, 0, NULL));
}

void bureau_give(Bureau *bureau, const char *login, const char *role, const char *scope) {
    bureau_fine(bureau, role_give(&bureau->people, login, role, scope, "test", NOON, bureau->diag));
}

const char *bureau_later(Bureau *bureau, int64_t seconds) {
    char *now = mem_array(bureau, char, INSTANT_SIZE);
    instant_add(NOON, seconds, now);
    return now;
}

Account *bureau_account(Bureau *bureau, const char *login) {
    Account *account = NULL;
    bureau_fine(bureau, account_find(bureau, &bureau->people, login, &account));
    return account;
}

Mandate *bureau_mandate(Bureau *bureau, const char *login, const char *now) {
    Mandate *mandate = NULL;
    fixture_ok(bureau->people.db, mandate_load(bureau, &bureau->people, bureau_account(bureau, login), now, &mandate));
    return mandate;
}

bool bureau_may(Bureau *bureau, const char *login, const char *permission, const char *now) {
    Ask ask;
    bureau_fine(bureau, permission_parse(bureau->people.catalog, permission, bureau->diag, &ask));
    return permission_holds(bureau_mandate(bureau, login, now), &ask);
}

void bureau_fine(Bureau *bureau, int result) {
    fixture_ok(bureau->people.db, result);
    if (bureau->diag->errors) diag_print(bureau->diag, stderr);
    assert_int_equal(bureau->diag->errors, 0);
    assert_int_equal(result, 0);
}

void bureau_refused(Bureau *bureau, int result, const char *code) {
    fixture_ok(bureau->people.db, result);
    assert_int_equal(result, 1);
    assert_true(bureau->diag->count > 0);
    assert_string_equal(bureau->diag->list[0].code, code);
    bureau->diag = diag_new(bureau);
}
