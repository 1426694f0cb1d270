/* Import as a whole: what is created, updated, refused and taken back, on both databases. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "exchange/test-exchange.h"
#include "ledger/batch.h"
#include "sheet/sheet.h"

#define HEAD "信用代码,企业名称,所在乡镇,注册资本（万元）,职工人数,成立日期\n"
#define ONE  HEAD "QH001,青禾农机厂,城关镇,120.5,36,2012年3月5日\n"

static void assert_finding(const Desk *desk, const char *line) {
    if (!strstr(desk_findings(desk), line)) fail_msg("no '%s' in\n%s", line, desk_findings(desk));
}

static void test_create(void **state) {
    Desk *desk = *state;
    ImportResult result = desk_import_text(desk, "company", ONE);
    desk_counts(result, 1, 0, 0, 0);
    assert_string_equal(result.sheet, "rows.csv");
    assert_int_equal(desk->diag->count, 0);
    assert_string_equal(desk_export(desk, "company", false),
                        "Code,Name,Town,Capital (yuan),Output (万元),Staff (人),Founded on,Closed on,Identity of the "
                        "head,Phone,Parent,Rating,"
                        "About,State,Number\r\n"
                        "QH001,青禾农机厂,Chengguan,1205000,,36,2012-03-05,,,,,C,,Operating,QY-2020-0001\r\n");
    Batch batch;
    assert_int_equal(batch_load(desk, desk->store, result.batch, &batch), 0);
    assert_string_equal(batch.file, "rows.csv");
    assert_string_equal(batch.ledger, "company");
    assert_string_equal(batch.actor, "li");
    assert_int_equal(strlen(batch.file_hash), HASH_HEX_SIZE - 1);
    assert_int_equal(batch.created, 1);
    assert_null(batch.undone_at);
}

static void test_update_by_key(void **state) {
    Desk *desk = *state;
    desk_import_text(desk, "company", ONE);
    /* Columns that the file lacks stay; a blank cell clears. */
    ImportResult result =
        desk_import_text(desk, "company", "统一社会信用代码,企业名称,职工人数\nQH001,青禾农机公司,\n");
    desk_counts(result, 0, 1, 0, 0);
    assert_non_null(strstr(desk_export(desk, "company", false), "QH001,青禾农机公司,Chengguan,1205000,,,2012-03-05"));
    desk_counts(desk_import_text(desk, "company", "统一社会信用代码,企业名称,职工人数\nQH001,青禾农机公司,\n"), 0, 0, 1,
                0);
}

static void test_nothing_changed_is_no_batch(void **state) {
    Desk *desk = *state;
    desk_import_text(desk, "company", ONE);
    assert_int_equal(desk_import_text(desk, "company", ONE).batch, 0);
    assert_int_equal(desk_count(desk, "batch"), 1);
}

static void test_refused_rows_do_not_stop_good_ones(void **state) {
    Desk *desk = *state;
    ImportResult result = desk_import_text(desk, "company",
                                           HEAD "QH001,青禾农机厂,城关镇,1,1,2012-03-05\n"
                                                "QH002,,成关镇,abc,1.5,2012-13-05\n"
                                                "QH003,青禾粮油厂,城关镇,1,1,2012-03-05\n");
    desk_counts(result, 2, 0, 0, 1);
    assert_finding(desk, "error 3 所在乡镇 unknown-code: '成关镇' is not in the list Towns; did you mean 'Chengguan'?");
    assert_finding(desk, "error 3 注册资本(万元) not-a-number");
    assert_finding(desk, "error 3 职工人数 too-fine");
    assert_finding(desk, "error 3 成立日期 not-a-date");
    assert_finding(desk, "error 3 企业名称 required");
    assert_int_equal(desk->diag->errors, 5);
    assert_string_equal(desk->diag->list[0].at.sheet, "rows.csv");
    assert_string_equal(desk->diag->list[0].value, "成关镇");
}

static void test_door_findings_name_the_column(void **state) {
    Desk *desk = *state;
    ImportResult result = desk_import_text(desk, "company",
                                           "信用代码,单位名称,成立日期,注销日期,人数\n"
                                           "QH001,青禾农机厂,2012-03-05,2011-01-01,3\n"
                                           "QH002,青禾机床厂,2012-03-05,,20000\n");
    desk_counts(result, 1, 0, 0, 1);
    assert_finding(desk, "error 2 注销日期 check: closed before it was founded");
    assert_finding(desk, "warn 3 人数 check: more than ten thousand");
}

static void test_twins(void **state) {
    Desk *desk = *state;
    Buf text = BUF_INIT(desk);
    buf_add(&text, "信用代码,企业名称\n");
    for (unsigned i = 0; i < IMPORT_CHUNK + 10; i++) buf_printf(&text, "QH%04u,第%u厂\n", i, i);
    buf_add(&text, "QH1005,又一厂\nQH0007,另一厂\n");
    desk_counts(desk_import_text(desk, "company", buf_text(&text)), IMPORT_CHUNK + 10, 0, 0, 2);
    assert_finding(desk, "error 1012 信用代码 same-key: it has the same key as row 1007");
    assert_finding(desk, "error 1013 信用代码 same-key: it has the same key as row 9");
    /* Once more: the same twins of rows that change nothing. */
    desk_counts(desk_import_text(desk, "company", buf_text(&text)), 0, 0, IMPORT_CHUNK + 10, 2);
    assert_finding(desk, "error 1013 信用代码 same-key: it has the same key as an earlier row");
}

static void test_missing_columns(void **state) {
    Desk *desk = *state;
    ImportResult result;
    const ImportOptions options = desk_options();
    const char *path = desk_write(desk, "rows.csv", "信用代号,职工人数,成立日期\nQH001,5,2012-03-05\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_finding(desk, "error 1 Code missing-column: the column 'Code' is missing");
    assert_finding(desk, "error 1 Name missing-column");
    assert_finding(desk, "warn 1 信用代号 unknown-heading");
    assert_int_equal(result.read, 0);
    path = desk_write(desk, "rows.csv", "甲,乙\n1,2\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_finding(desk, "no-heading");
    path = desk_write(desk, "rows.csv", "信用代码,单位名称,公司名称\nQH001,甲,乙\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_finding(desk, "two-columns");
}

static void test_dry_run(void **state) {
    Desk *desk = *state;
    ImportResult result;
    ImportOptions options = desk_options();
    options.dry_run = true;
    const char *path = desk_write(desk, "rows.csv", ONE "QH002,,,,,\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 0);
    desk_counts(result, 1, 0, 0, 1);
    assert_int_equal(result.batch, 0);
    static const char *const tables[] = {"l_company", "change", "batch", "state_span", "serial", "ledger_seq"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) assert_int_equal(desk_count(desk, tables[i]), 0);
}

static void test_permission(void **state) {
    Desk *desk = *state;
    ImportOptions options = {.actor = {.name = "wang"}}; /* who holds nothing */
    ImportResult result;
    assert_int_equal(desk_try(desk, "company", desk_write(desk, "rows.csv", ONE), &options, &result), 1);
    assert_finding(desk, "not-permitted");
    int64_t batch = desk_import_text(desk, "company", ONE).batch;
    assert_int_equal(import_undo(desk->store, batch, &options.actor, desk->diag, &result), 1);
    assert_int_equal(desk_count(desk, "l_company"), 1);
}

static void test_references(void **state) {
    Desk *desk = *state;
    desk_import_text(desk, "company", "信用代码,企业名称\nQH001,青禾农业机械制造厂\nQH002,青禾机床\nQH003,青禾机床\n");
    ImportResult result = desk_import_text(desk, "grant",
                                           "申报单位,年度,奖励类别,申报金额,是否同意\n"
                                           "青禾农业机械制造厂,2019,发明专利、高企认定,-,是\n"
                                           "QH001,2020年,平台建设,3000元,×\n"
                                           "青禾农业机诫制造厂,2020,,,\n"
                                           "青禾机床,2020,,,\n"
                                           "不见此厂,2020,,,\n");
    desk_counts(result, 2, 0, 0, 3);
    assert_finding(desk, "error 4 申报单位 unknown-record: '青禾农业机诫制造厂' is not in Companies; did you mean "
                         "'青禾农业机械制造厂'?");
    assert_finding(desk, "error 5 申报单位 several-records: several records of Companies are called '青禾机床'; write "
                         "its 'Code' instead");
    assert_finding(desk, "error 6 申报单位 unknown-record: '不见此厂' is not in Companies; add it");
    assert_string_equal(
        desk_export(desk, "grant", false),
        "Company,Year,Instalment,Matter,Kinds,Asked for (yuan),Granted (yuan),Share,Agreed,Period,Items\r\n"
        "QH001,2019,1,,Patent、Recognition,-,,,yes,,\r\n"
        "QH001,2020,1,,Platform,3000,,,no,,\r\n");
}

static void test_reference_to_a_row_above(void **state) {
    Desk *desk = *state;
    ImportResult result = desk_import_text(desk, "company",
                                           "信用代码,企业名称,母公司\nQH001,青禾集团,\nQH002,青禾一厂,青禾集团\nQH003,"
                                           "青禾二厂,QH002\nQH004,青禾三厂,QH005\n");
    desk_counts(result, 3, 0, 0, 1);
    assert_finding(desk, "error 5 母公司 unknown-record: 'QH005'");
    assert_int_equal(desk->diag->count, 1);
}

static void test_state_column(void **state) {
    Desk *desk = *state;
    ImportResult result = desk_import_text(
        desk, "company",
        "信用代码,企业名称,注销日期,办理状态\nQH001,甲厂,,停业\nQH002,乙厂,2019-05-06,\nQH003,丙厂,,在营业\n"
        "QH004,丁厂,2019-05-06,在营\n");
    desk_counts(result, 2, 0, 0, 2);
    assert_finding(desk, "error 4 办理状态 unknown-state: there is no state '在营业'");
    assert_finding(desk, "error 5 注销日期 state-contradiction");
    const char *out = desk_export(desk, "company", false);
    assert_non_null(strstr(out, ",Suspended,"));
    assert_non_null(strstr(out, "2019-05-06,,,,C,,Closed,"));
}

static void test_numbers(void **state) {
    Desk *desk = *state;
    /* Numbers of the bureau's own counting are not taken, and no hindrance when the file comes again. */
    const char *own = "编号,信用代码,企业名称\n1,QH001,甲厂\n2,QH002,乙厂\n";
    desk_counts(desk_import_text(desk, "company", own), 2, 0, 0, 0);
    assert_finding(desk, "warn 2 - number-not-taken");
    assert_int_equal(desk->diag->count, 1);
    desk_counts(desk_import_text(desk, "company", own), 0, 0, 2, 0);
    /* By the number a corrected key is found. */
    desk_counts(desk_import_text(desk, "company", "编号,信用代码,企业名称\nQY-2020-0001,QH009,甲厂\n"), 0, 1, 0, 0);
    desk_counts(desk_import_text(desk, "company", "编号,信用代码,企业名称\nQY-2020-0001,QH002,乙厂\n"), 0, 0, 0, 1);
    assert_finding(desk, "error 2 编号 other-number: the record with this key has the number 'QY-2020-0002'");
}

static void test_hidden_values(void **state) {
    Desk *desk = *state;
    const char *rows = "信用代码,企业名称,法人身份证号,联系电话\nQH001,甲厂,11010519491231002X,13912345678\n";
    desk_counts(desk_import_text(desk, "company", rows), 1, 0, 0, 0);
    const char *masked = mem_strdup(desk, desk_export(desk, "company", false));
    assert_null(strstr(masked, "13912345678"));
    assert_null(strstr(masked, "11010519491231002X"));
    assert_non_null(strstr(desk_export(desk, "company", true), "11010519491231002X,13912345678"));
    desk_counts(desk_import_text(desk, "company", masked), 0, 0, 1, 0);
    desk_counts(desk_import_text(desk, "company", "信用代码,企业名称,联系电话\nQH002,乙厂,139****5678\n"), 0, 0, 0, 1);
    assert_finding(desk, "error 2 联系电话 hidden-value");
    assert_non_null(strstr(desk_export(desk, "company", true), "11010519491231002X,13912345678"));
}

static void test_defaults(void **state) {
    Desk *desk = *state;
    desk_counts(desk_import_text(desk, "company", "信用代码,企业名称,信用等级\nQH001,甲厂,\nQH002,乙厂,A\n"), 2, 0, 0,
                0);
    const char *out = desk_export(desk, "company", false);
    assert_non_null(strstr(out, ",C,"));
    /* A value that was cleared stays cleared. */
    desk_counts(desk_import_text(desk, "company", "信用代码,企业名称,信用等级\nQH002,乙厂,\n"), 0, 1, 0, 0);
    desk_counts(desk_import_text(desk, "company", desk_export(desk, "company", false)), 0, 0, 2, 0);
}

/* --- undo --- */

static void test_undo(void **state) {
    Desk *desk = *state;
    desk_import_text(desk, "company", "信用代码,企业名称,办理状态\nQH001,甲厂,停业\nQH002,乙厂,在营\n");
    const char *before = mem_strdup(desk, desk_export(desk, "company", false));
    ImportResult result = desk_import_text(
        desk, "company", "信用代码,企业名称,办理状态\nQH001,甲一厂,在营\nQH002,乙厂,在营\nQH003,丙厂,在营\n");
    desk_counts(result, 1, 1, 1, 0);
    int64_t batch = result.batch;
    int64_t spans = desk_count(desk, "state_span WHERE recorded_to IS NULL AND record = 1");
    assert_int_equal(desk_undo(desk, batch, &result), 0);
    assert_int_equal(result.created, 1);
    assert_int_equal(result.updated, 1);
    assert_string_equal(desk_export(desk, "company", false), before);
    assert_int_equal(spans, 2);
    assert_int_equal(desk_count(desk, "state_span WHERE recorded_to IS NULL AND record = 1"), 1);
    assert_int_equal(desk_count(desk, "l_company WHERE recorded_to IS NULL"), 2);
    assert_int_equal(desk_count(desk, "change WHERE reason IS NOT NULL"), 2);
    assert_int_equal(desk_undo(desk, batch, &result), 1);
    assert_finding(desk, "undone: import");
    assert_int_equal(desk_undo(desk, 4711, &result), 1);
    assert_finding(desk, "no-batch: there is no import 4711");
}

static void test_undo_is_refused_as_a_whole(void **state) {
    Desk *desk = *state;
    int64_t batch = desk_import_text(desk, "company", "信用代码,企业名称\nQH001,甲厂\nQH002,乙厂\nQH003,丙厂\n").batch;
    desk_import_text(desk, "company", "信用代码,企业名称\nQH002,乙一厂\n");
    desk_import_text(desk, "company", "信用代码,企业名称\nQH002,乙二厂\n");
    desk_import_text(desk, "grant", "申报单位,年度,奖励事项\nQH003,2019,专利\n");
    ImportResult result;
    assert_int_equal(desk_undo(desk, batch, &result), 1);
    assert_finding(desk, "changed-since: '乙二厂' was changed after the import by li");
    assert_finding(desk, "referred-to: '专利' in Grants refers to a record");
    assert_int_equal(desk->diag->errors, 2);
    assert_int_equal(result.refused, 2);
    assert_int_equal(desk_count(desk, "l_company WHERE recorded_to IS NULL"), 3);
    assert_int_equal(desk_count(desk, "batch WHERE undone_at IS NOT NULL"), 0);
}

static void test_undo_of_many(void **state) {
    Desk *desk = *state;
    Buf text = BUF_INIT(desk);
    buf_add(&text, "信用代码,企业名称,母公司\n");
    for (unsigned i = 0; i < 2 * IMPORT_CHUNK + 5; i++)
        buf_printf(&text, "QH%04u,第%u厂,%s\n", i, i, i == 2000 ? "QH0001" : "");
    ImportResult result = desk_import_text(desk, "company", buf_text(&text));
    assert_int_equal(desk_undo(desk, result.batch, &result), 0);
    assert_int_equal(result.created, 2 * IMPORT_CHUNK + 5);
    assert_int_equal(desk_count(desk, "l_company WHERE recorded_to IS NULL"), 0);
    assert_int_equal(desk_count(desk, "state_span WHERE recorded_to IS NULL"), 0);
    desk_counts(desk_import_text(desk, "company", buf_text(&text)), 2 * IMPORT_CHUNK + 5, 0, 0, 0);
}

/* --- there and back --- */

static const char *const rich_companies = "信用代码,企业名称,所在乡镇,注册资本,产值,职工人数,成立日期,注销日期,"
                                          "法人身份证号,联系电话,母公司,信用等级,简介,状态\n"
                                          "QH001,青禾集团,城关镇,92233720368547758.07,0.1,0,1954-01-01,,"
                                          "11010519491231002X,0551-6123456,,A,\"第一行\n第二行，含\"\"引号\"\"\",停业\n"
                                          "QH002,同名厂,石溪镇,-,-,-,-,,-,-,-,-,-,在营\n"
                                          "QH003,同名厂,白云乡,0,0,0,2012/3/5,2019.5.6,,13912345678,QH002,,,\n"
                                          "QH004,名字很长的厂,,0.01,99999.99,1,20120305,,,,同名厂 #2,C,,\n";
static const char *const rich_grants =
    "申报单位,年度,期次,奖励事项,奖励类别,申报金额,核定金额,配套比例,是否同意,所属期间,明细\n"
    "QH001,2019,,专利,\"发明专利,平台建设\",1.5万元,15000,33.33,是,2019H1,\"仪器|100.5\n带\\|杠|\"\n"
    "QH002,2019,2,,,,,,否,2019年1—4月,\n";

static void test_export_comes_back_unchanged(void **state) {
    Desk *desk = *state;
    desk_counts(desk_import_text(desk, "company", rich_companies), 4, 0, 0, 0);
    desk_counts(desk_import_text(desk, "grant", rich_grants), 2, 0, 0, 0);
    static const char *const ledgers[] = {"company", "grant"};
    static const char *const formats[] = {"csv", "xlsx"};
    for (unsigned i = 0; i < 16; i++) {
        const char *path = mem_printf(desk, "%s/back.%s", desk->folder, formats[i / 2 % 2]);
        const Ledger *ledger = desk_ledger(desk, ledgers[i % 2]);
        const ExportOptions options = {.query = {.ledger = ledger, .period = {DATE_NONE, DATE_NONE}},
                                       .unmasked = i / 4 % 2};
        int64_t rows;
        lang_use(i / 8 ? LANG_ZH : LANG_EN);
        assert_int_equal(export_file(desk->store, path, &options, desk->diag, &rows), 0);
        ImportResult result = desk_import(desk, ledgers[i % 2], path);
        lang_use(LANG_EN);
        desk_counts(result, 0, 0, rows, 0);
        assert_string_equal(desk_findings(desk), "");
        assert_int_equal(rows, i % 2 ? 2 : 4);
    }
}

static void test_template(void **state) {
    Desk *desk = *state;
    desk_import_text(desk, "company", ONE);
    const char *path = mem_printf(desk, "%s/form.xlsx", desk->folder);
    const ExportOptions options = {.query = {.ledger = desk_ledger(desk, "company")}, .template_only = true};
    int64_t rows = -1;
    assert_int_equal(export_file(desk->store, path, &options, desk->diag, &rows), 0);
    assert_int_equal(rows, 0);
    desk_counts(desk_import(desk, "company", path), 0, 0, 0, 0);
    assert_int_equal(desk->diag->count, 0);
}

static void test_export_filtered(void **state) {
    Desk *desk = *state;
    desk_import_text(desk, "company", rich_companies);
    const Ledger *ledger = desk_ledger(desk, "company");
    Expr *where;
    assert_int_equal(query_compile(desk, ledger, "capital > 0", desk->diag, &where), 0);
    const ExportOptions options = {.query = {.ledger = ledger, .where = where, .period = {DATE_NONE, DATE_NONE}}};
    int64_t rows;
    assert_int_equal(
        export_file(desk->store, mem_printf(desk, "%s/some.csv", desk->folder), &options, desk->diag, &rows), 0);
    assert_int_equal(rows, 2);
}

static void test_marked_copy(void **state) {
    Desk *desk = *state;
    ImportOptions options = desk_options();
    ImportResult result;
    options.marked = mem_printf(desk, "%s/marked.xlsx", desk->folder);
    const char *path = desk_write(
        desk, "rows.csv", "信用代码,企业名称,注销日期,成立日期\nQH001,甲厂,2011-01-01,2012-01-01\nQH002,,,abc\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 0);
    assert_int_equal(result.refused, 2);
    SheetFile *file;
    assert_int_equal(sheet_open(desk, options.marked, desk->diag, &file), 0);
    assert_int_equal(access(options.marked, R_OK), 0);
}

static void test_broken_file_writes_nothing(void **state) {
    Desk *desk = *state;
    ImportOptions options = desk_options();
    ImportResult result;
    const char *path = desk_write(desk, "rows.csv", ONE "QH002,\"never closed\n");
    assert_int_equal(desk_try(desk, "company", path, &options, &result), 1);
    assert_finding(desk, "sheet-quote");
    assert_int_equal(desk_count(desk, "l_company"), 0);
    assert_int_equal(desk_count(desk, "change"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_create),
        DESK_TEST(test_update_by_key),
        DESK_TEST(test_nothing_changed_is_no_batch),
        DESK_TEST(test_refused_rows_do_not_stop_good_ones),
        DESK_TEST(test_door_findings_name_the_column),
        DESK_TEST(test_twins),
        DESK_TEST(test_missing_columns),
        DESK_TEST(test_dry_run),
        DESK_TEST(test_permission),
        DESK_TEST(test_references),
        DESK_TEST(test_reference_to_a_row_above),
        DESK_TEST(test_state_column),
        DESK_TEST(test_numbers),
        DESK_TEST(test_hidden_values),
        DESK_TEST(test_defaults),
        DESK_TEST(test_undo),
        DESK_TEST(test_undo_is_refused_as_a_whole),
        DESK_TEST(test_undo_of_many),
        DESK_TEST(test_export_comes_back_unchanged),
        DESK_TEST(test_template),
        DESK_TEST(test_export_filtered),
        DESK_TEST(test_marked_copy),
        DESK_TEST(test_broken_file_writes_nothing),
    };
    return DESK_RUN("import", tests);
}
