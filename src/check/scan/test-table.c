/* check/scan/test-table.c: which numbers of a table count, in what, and what its totals add up. Needs no store. */
#include "check/test-text.h"

/* The claims of a text: "98家 count; 3 rank". */
static const char *claims_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_claims; i++) {
        const Claim *claim = &checked->claims[i];
        char value[DECIMAL_SIZE];
        decimal_format(claim->value, value);
        buf_printf(&out, "%s%s%s %s", i ? "; " : "", value, claim->unit, claim_kind_name(claim->kind));
    }
    return buf_text(&out);
}

#define RULED(cells) "|" cells "|\n"

static void cells_take_their_measure_from_heads(void **state) {
    (void)state;
    static const Case cases[] = {
        {RULED("指标|完成") RULED("---|---") RULED("登记（件）|126"), "126件 count"},
        {RULED("指标|单位|完成") RULED("---|---|---") RULED("合同额|万元|3300"), "33000000元 money"},
        {RULED("镇|培训人次|投入金额/万元") RULED("---|---|---") RULED("枫桥镇|420|12.5"), "420人次 count; 125000元 money"},
        {RULED("镇|参加人数") RULED("---|---") RULED("枫桥镇|42"), "42人 count"},
        {"单位：万元\n\n" RULED("科目|预算") RULED("---|---") RULED("普及|180"), "1800000元 money"},
        {"（单位：期、人次）\n\n" RULED("镇|线上") RULED("---|---") RULED("枫桥镇|5"), "5 count"},
        {RULED("指标|完成率|全市排名") RULED("---|---|---") RULED("登记|98|3"), "98% percent; 3 rank"},
        {RULED("序号|项目|编号|立项年度") RULED("---|---|---|---") RULED("1|选种|20230017|2023"), ""},
        {RULED("指标|目标") RULED("---|---") RULED("登记（件）|≥210"), "210件 count"},
    };
    ASSERT_CASES(cases, claims_of)
}

static void heads_of_two_rows_and_shared_names_are_read(void **state) {
    (void)state;
    static const Case cases[] = {
        {RULED("类别|项目|上半年| |下半年| ") RULED("---|---|---|---|---|---")
             RULED(" | |数量（项）|金额（万元）|数量（项）|金额（万元）") RULED("奖补|认定|12|240|13|260")
                 RULED(" |平台|3|60|1|20") RULED(" |小计|15|300|14|280"),
         "sum 3+12=15; sum 600000+2400000=3000000; sum 1+13=14; sum 200000+2600000=2800000"},
        {RULED("奖补企业数|52|金额（万元）|840") RULED("事项数|60|平均（万元）|14"), ""},
    };
    ASSERT_CASES(cases, relations_of)
}

static void totals_are_added_up(void **state) {
    (void)state;
    static const Case cases[] = {
        {RULED("镇|期数") RULED("---|---") RULED("合计|15") RULED("枫桥镇|6") RULED("柳河镇|9"), "sum 6+9=15"},
        {RULED("镇|期数") RULED("---|---") RULED("枫桥镇|6") RULED("柳河镇|8") RULED("合计|15"), "sum 8+6≠15"},
        {RULED("镇|合计|线上|线下") RULED("---|---|---|---") RULED("枫桥镇|6|2|4"), "sum 2+4=6"},
        {RULED("指标|件数") RULED("---|---") RULED("成交|33") RULED("其中：输出|14") RULED("吸纳|19"), "sum 14+19=33"},
    };
    ASSERT_CASES(cases, relations_of)
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_take_their_measure_from_heads),
        cmocka_unit_test(heads_of_two_rows_and_shared_names_are_read),
        cmocka_unit_test(totals_are_added_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
