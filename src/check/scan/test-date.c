/* check/scan/test-date.c: of when each number of a text is. Needs no store. */
#include "check/test-text.h"

/* The periods of the claims of a text of 2022: "2022, 2021". */
static const char *periods_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, mem_printf(ctx, "2022年工作总结\n\n%s", text));
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_claims; i++)
        buf_printf(&out, "%s%s", i ? ", " : "", period_format_short(ctx, checked->claims[i].period));
    return buf_text(&out);
}

static void a_time_that_is_set_against_is_of_its_number_alone(void **state) {
    (void)state;
    static const Case cases[] = {
        {"高企由2016年末的21家增至118家。", "2016, 2022"},
        {"高企在2021年末112家的基础上净增13家。", "2021, 2022"},
        {"高企118家，是2018年29家的4倍。", "2022, 2018, 2022"},
        {"高企118家（2021年79家，净增39家），科小96家。", "2022, 2021, 2022, 2022"},
        {"高企118家（上年末79家），其中规上52家。", "2022, 2021, 2022"},
        {"入库1320家，上年为1140家，多180家；完成110%。", "2022, 2021, 2022, 2022"},
        {"去年登记成果35件、转化21件。", "2021, 2021"},
        {"去年底是58家，现在是65家。", "2021, 2022"},
        {"高企从三年前的47家增加到93家。", "2019, 2022"},
        {"科小185家，是2019年的2.3倍。", "2022, 2022"},
        {"受益主体由391家增加到438家。", "2021, 2022"},
        {"（一）与上年相比，增量更多。高企118家。", "2022"},
    };
    ASSERT_CASES(cases, periods_of)
}

/* The year that it tells of is over: a speech at the beginning of the next one. */
static const char *periods_of_speech(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, mem_printf(ctx, "在科技大会上的讲话\n\n2022年，高企93家。%s", text));
    Buf out = BUF_INIT(ctx);
    for (size_t i = 1; i < checked->n_claims; i++)
        buf_printf(&out, "%s%s%s", i > 1 ? ", " : "", period_format_short(ctx, checked->claims[i].period),
                   checked->claims[i].plan ? " plan" : "");
    return buf_text(&out);
}

/* Of a report on half a year. */
static const char *plans_of_half(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, mem_printf(ctx, "2022年上半年工作总结\n\n%s", text));
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_claims; i++)
        buf_printf(&out, "%s%s", i ? ", " : "", checked->claims[i].plan ? "plan" : "done");
    return buf_text(&out);
}

static void what_ends_later_is_to_come(void **state) {
    (void)state;
    static const Case cases[] = {
        {"8月底前申报高企不少于56家；三季度末入库200家。", "plan, plan"},
        {"截至7月10日入库148家。", "done"},
        {"入选人才计划12人。", "done"},
        {"计划引进12人。", "plan"},
    };
    ASSERT_CASES(cases, plans_of_half)
}

static void a_speech_tells_of_the_year_before(void **state) {
    (void)state;
    static const Case cases[] = {
        {"去年新认定21家。今年，要确保达到110家。", "2022, 2023 plan"},
        {"去年新认定21家。", "2021"},
    };
    ASSERT_CASES(cases, periods_of_speech)
}

static void a_time_ends_with_its_item_of_a_list(void **state) {
    (void)state;
    static const Case cases[] = {
        {"一是强度偏低，2021年度的1.86%低于全市；二是规模偏小，高企97家。", "2021, 2022"},
        {"2021年，一是高企97家；二是科小120家。", "2021, 2021"},
    };
    ASSERT_CASES(cases, periods_of)
}

static void the_year_of_a_budget_is_not_that_of_its_use(void **state) {
    (void)state;
    static const Case cases[] = {
        {"上半年拨付486万元，占全年预算900万元的54%，惠及55家。", "2022H1, 2022, 2022H1, 2022H1"},
        {"三季度登记47件，完成年度任务150件的七成。", "2022Q3, 2022, 2022Q3"},
        {"三季度末登记126件。", "2022-01..2022-09"},
        {"一至三季度登记126件。", "2022-01..2022-09"},
        {"自2016年推行制度以来，累计426人次。", "2016-01..2022-12"},
        {"5月份入库23家，累计入库92家。", "2022-05, 2022-01..2022-05"},
        {"1—11月占比3.1%，上年同期为2.8%。", "2022-01..2022-11, 2021-01..2021-11"},
        {"下半年，全年高企达到95家，再走访企业110家。", "2022, 2022"},
    };
    ASSERT_CASES(cases, periods_of)
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_that_is_set_against_is_of_its_number_alone),
        cmocka_unit_test(what_ends_later_is_to_come),
        cmocka_unit_test(a_speech_tells_of_the_year_before),
        cmocka_unit_test(a_time_ends_with_its_item_of_a_list),
        cmocka_unit_test(the_year_of_a_budget_is_not_that_of_its_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
