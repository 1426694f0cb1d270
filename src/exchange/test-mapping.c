/* An import that its caller steers: what columns mean, what each row does, when it ends; and exports of some columns.
 */
#include <string.h>

#include "base/buf.h"
#include "exchange/test-exchange.h"
#include "sheet/sheet.h"

#define ODD "甲,乙,丙,丁\nQH001,青禾农机厂,城关镇,36\n"

static const ImportColumn CHOSEN[] = {{0, NULL, "code"}, {1, NULL, "name"}, {3, NULL, "staff"}};

static void test_columns_as_chosen(void **state) {
    Desk *desk = *state;
    ImportResult result;
    ImportOptions options = desk_options();
    options.mapping = (ImportMapping){.sheet = 1, .heading = 1, .columns = CHOSEN, .n_columns = 3};
    const char *path = desk_write(desk, "odd.csv", ODD);
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 0);
    desk_counts(result, 1, 0, 0, 0);
    assert_int_equal(desk->diag->count, 0); /* what was left out on purpose is not remarked */
    const char *all = desk_export(desk, "company", false);
    assert_non_null(strstr(all, "QH001,青禾农机厂,,,,36,"));
}

static void test_chosen_columns_are_checked(void **state) {
    Desk *desk = *state;
    static const ImportColumn twice[] = {{0, NULL, "code"}, {1, NULL, "name"}, {2, NULL, "name"}};
    static const ImportColumn too_few[] = {{1, NULL, "name"}, {0, NULL, "no_such_field"}};
    ImportResult result;
    ImportOptions options = desk_options();
    const char *path = desk_write(desk, "odd.csv", ODD);
    options.mapping = (ImportMapping){.sheet = 1, .heading = 1, .columns = twice, .n_columns = 3};
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_non_null(strstr(desk_findings(desk), "two-columns"));
    options.mapping = (ImportMapping){.sheet = 1, .heading = 1, .columns = too_few, .n_columns = 2};
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_non_null(strstr(desk_findings(desk), "missing-column"));
    options.mapping.heading = 9; /* there is no such row */
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_non_null(strstr(desk_findings(desk), "no-heading"));
}

static void test_a_value_for_all_rows(void **state) {
    Desk *desk = *state;
    static const ImportGiven given[] = {{"职工人数", "12人"}, {"企业名称", "无名厂"}, {"town", "石溪镇"}};
    static const ImportGiven unknown[] = {{"企业名称", "无名厂"}, {"行业", "农业"}};
    ImportResult result;
    ImportOptions options = desk_options();
    options.mapping = (ImportMapping){.given = given, .n_given = 3};
    const char *path = desk_write(desk, "rows.csv", "信用代码,职工人数\nQH001,36\n,\nQH002,\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 0);
    desk_counts(result, 2, 0, 0, 0); /* the empty row stays none */
    assert_non_null(strstr(desk_findings(desk), "given-not-taken"));
    const char *all = desk_export(desk, "company", false);
    assert_non_null(strstr(all, "QH001,无名厂,Shixi,,,36,"));
    assert_non_null(strstr(all, "QH002,无名厂,Shixi,,,,"));
    options.mapping = (ImportMapping){.given = unknown, .n_given = 2};
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_non_null(strstr(desk_findings(desk), "error 1 行业 given-unknown"));
}

static void test_look(void **state) {
    Desk *desk = *state;
    ImportLook look;
    const char *path = desk_write(desk, "rows.csv", "青禾县企业名录\n信用代码,企业名称,自编号\nQH001,甲厂,7\n");
    Diag *diag = diag_new(desk);
    assert_int_equal(
        import_look(desk, desk_ledger(desk, "company"), path, "名录.csv", &(ImportMapping){0}, diag, &look), 0);
    assert_int_equal(diag->warnings, 1); /* 自编号 */
    assert_int_equal(look.n_sheets, 1);
    assert_string_equal(look.sheets[0], "名录.csv");
    assert_int_equal(look.mapping.sheet, 1);
    assert_int_equal(look.mapping.heading, 2);
    assert_int_equal(look.mapping.n_columns, 3);
    assert_string_equal(look.mapping.columns[0].means, "code");
    assert_string_equal(look.mapping.columns[1].means, "name");
    assert_string_equal(look.mapping.columns[2].means, "");
    assert_string_equal(look.mapping.columns[2].heading, "自编号");
    assert_int_equal(look.n_lines, 3);
    assert_int_equal(look.n_missing, 0);
    assert_string_equal(look.lines[2].texts[1], "甲厂");
}

static void test_look_where_nothing_fits(void **state) {
    Desk *desk = *state;
    ImportLook look;
    const char *path = desk_write(desk, "odd.csv", "名录\n" ODD);
    Diag *diag = diag_new(desk);
    assert_int_equal(import_look(desk, desk_ledger(desk, "company"), path, "odd.csv", &(ImportMapping){0}, diag, &look),
                     0);
    assert_int_equal(diag->errors, 1);
    assert_int_equal(look.mapping.heading, 2);
    assert_int_equal(look.mapping.n_columns, 4);
}

static void test_a_broken_file_is_refused_once(void **state) {
    Desk *desk = *state;
    ImportLook look;
    Buf text = BUF_INIT(desk);
    for (unsigned i = 0; i <= SHEET_COLUMNS_MAX; i++) buf_add(&text, "甲,");
    const char *path = desk_write(desk, "wide.csv", buf_text(&text));
    Diag *diag = diag_new(desk);
    assert_int_equal(
        import_look(desk, desk_ledger(desk, "company"), path, "wide.csv", &(ImportMapping){0}, diag, &look), 1);
    assert_int_equal(diag->errors, 1);
}

typedef struct Seen {
    unsigned created, updated, unchanged, refused;
} Seen;

static void see_effect(const ImportEffect *effect, void *data) {
    Seen *seen = data;
    unsigned *const counts[] = {[WRITTEN_CREATED] = &seen->created,
                                [WRITTEN_UPDATED] = &seen->updated,
                                [WRITTEN_UNCHANGED] = &seen->unchanged,
                                [WRITTEN_REFUSED] = &seen->refused};
    ++*counts[effect->outcome];
    assert_int_equal(effect->before == NULL, effect->outcome == WRITTEN_CREATED);
    if (effect->outcome == WRITTEN_UPDATED)
        assert_string_equal(effect->before->values[ledger_find_field(effect->after->ledger, "name")->index].text,
                            "甲厂");
}

static void test_effects_are_told(void **state) {
    Desk *desk = *state;
    ImportResult result;
    Seen seen = {0};
    desk_import_text(desk, "company", "信用代码,企业名称\nQH001,甲厂\nQH002,乙厂\n");
    ImportOptions options = desk_options();
    options.dry_run = true;
    options.effect = see_effect;
    options.data = &seen;
    const char *path = desk_write(desk, "next.csv", "信用代码,企业名称\nQH001,甲公司\nQH002,乙厂\nQH003,丙厂\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 0);
    assert_int_equal(seen.created, 1);
    assert_int_equal(seen.updated, 1);
    assert_int_equal(seen.unchanged, 1);
    assert_int_equal(desk_count(desk, "batch"), 1);
}

static bool end_now(double part, int64_t rows, void *data) {
    (void)part;
    (void)rows;
    (void)data;
    return false;
}

static void test_an_ended_import_writes_nothing(void **state) {
    Desk *desk = *state;
    ImportResult result;
    ImportOptions options = desk_options();
    options.progress = end_now;
    const char *path = desk_write(desk, "rows.csv", "信用代码,企业名称\nQH001,甲厂\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_non_null(strstr(desk_findings(desk), "ended"));
    assert_int_equal(desk_count(desk, "change"), 0);
}

static void test_export_of_some_columns(void **state) {
    Desk *desk = *state;
    const Ledger *ledger = desk_ledger(desk, "company");
    const Field *fields[] = {ledger_find_field(ledger, "name"), ledger_find_field(ledger, "code")};
    const ExportOptions options = {
        .query = {.ledger = ledger, .period = {DATE_NONE, DATE_NONE}}, .fields = fields, .n_fields = 2};
    int64_t rows;
    desk_import_text(desk, "company", "信用代码,企业名称\nQH001,甲厂\n");
    const char *path = mem_printf(desk, "%s/some.csv", desk->folder);
    assert_int_equal(export_file(desk->store, path, &options, desk->diag, &rows), 0);
    assert_non_null(strstr(desk_read(desk, path), "Name,Code,State,Number\r\n甲厂,QH001,Operating,"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_columns_as_chosen),
        DESK_TEST(test_chosen_columns_are_checked),
        DESK_TEST(test_a_value_for_all_rows),
        DESK_TEST(test_look),
        DESK_TEST(test_look_where_nothing_fits),
        DESK_TEST(test_a_broken_file_is_refused_once),
        DESK_TEST(test_effects_are_told),
        DESK_TEST(test_an_ended_import_writes_nothing),
        DESK_TEST(test_export_of_some_columns),
    };
    return DESK_RUN("mapping", tests);
}
