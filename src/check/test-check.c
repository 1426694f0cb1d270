/* check/test-check.c: what the grammar takes for a number, and what it makes of it. Needs no store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "check/check.h"
#include "check/work.h"
#include "defn/defn.h"

static const Catalog *shipped(const void *ctx) {
    static const Catalog *catalog;
    DefnSources sources;
    if (!catalog) assert_int_equal(defn_load(ctx, NULL, diag_new(ctx), &sources), 0);
    if (!catalog) assert_int_equal(defn_read(NULL, &sources, diag_new(ctx), &catalog), 0);
    return catalog;
}

static const Checked *check(const void *ctx, const char *text) {
    Reading *reading;
    Checked *checked;
    assert_int_equal(reading_from_bytes(ctx, "test.txt", text, strlen(text), diag_new(ctx), &reading), 0);
    const CheckAsk ask = {.reading = reading, .catalog = shipped(ctx), .period = {DATE_NONE, DATE_NONE}};
    assert_int_equal(check_text(ctx, &ask, &checked), 0);
    return checked;
}

/* The claims of a text: "1500 人次 exact count; …". */
static const char *claims_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_claims; i++) {
        const Claim *claim = &checked->claims[i];
        char value[DECIMAL_SIZE];
        decimal_format(claim->value, value);
        buf_printf(&out, "%s%s%s %s %s", i ? "; " : "", value, claim->unit, bound_name(claim->bound), claim_kind_name(claim->kind));
    }
    return buf_text(&out);
}

static const char *relations_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_relations; i++)
        buf_printf(&out, "%s%s %s", i ? "; " : "", relation_kind_name(checked->relations[i].kind), checked->relations[i].says);
    return buf_text(&out);
}

static const char *remarks_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_remarks; i++) buf_printf(&out, "%s%s", i ? "; " : "", checked->remarks[i].code);
    return buf_text(&out);
}

typedef struct Case {
    const char *text, *expected;
} Case;

#define ASSERT_CASES(cases, what)                                                        \
    for (size_t i = 0; i < sizeof(cases) / sizeof *(cases); i++) {                       \
        MEM_SCRATCH ctx = talloc_new(NULL);                                              \
        const char *got = what(ctx, (cases)[i].text);                                    \
        if (strcmp(got, (cases)[i].expected)) print_error("in: %s\n", (cases)[i].text);  \
        assert_string_equal(got, (cases)[i].expected);                                   \
    }

static void numbers_are_read(void **state) {
    (void)state;
    static const Case cases[] = {
        {"参加1500名。", "1500名 exact count"},
        {"参加12,460人次。", "12460人次 exact count"},
        {"发放1.2万余份。", "12000份 over count"},
        {"投入3.5亿元。", "350000000元 exact money"},
        {"拨付150余万元。", "1500000元 over money"},
        {"新增四十三家。", "43家 exact count"},
        {"培训两万余人次。", "20000人次 over count"},
        {"登记一千二百项。", "1200项 exact count"},
        {"参加一千零五十人。", "1050人 exact count"},
        {"共三万五人次。", "35000人次 exact count"},
        {"新建三四十个。", "30个 about count"},
        {"占百分之二点四。", "2.4% exact percent"},
        {"提高零点三个百分点。", "0.3个百分点 exact points"},
        {"近七成企业受益。", "70% near percent"},
        {"总数翻了两番。", "4倍 exact other"},
        {"过半企业参与。", "50% over percent"},
        {"节电460万千瓦时。", "4600000千瓦时 exact other"},
        {"经费１，５００万元。", "15000000元 exact money"},
        {"经费1 560 000元。", "1560000元 exact money"},
        {"培训 1. 5 万人次。", "15000人次 exact count"},
    };
    ASSERT_CASES(cases, claims_of)
}

static void bounds_are_read(void **state) {
    (void)state;
    static const Case cases[] = {
        {"近百家企业。", "100家 near count"},
        {"上千人次参观。", "1000人次 at_least count"},
        {"十余家企业。", "10家 over count"},
        {"不少于20家。", "20家 at_least count"},
        {"3.6%以上。", "3.6% at_least percent"},
        {"不足50人。", "50人 less count"},
        {"约15家左右。", "15家 about count"},
        {"近1000多人次。", "1000人次 near count"},
        {"最近100家企业。", "100家 exact count"},
        {"节约15万元。", "150000元 exact money"},
        {"比上年的12家多出6家。", "12家 exact count; 6家 exact count"},
        {"培育20—30家。", "20家 at_least count; 30家 at_most count"},
        {"完成63%~68%。", "63% at_least percent; 68% at_most percent"},
        {"由25家增加到35家。", "25家 exact count; 35家 exact count"},
        {"居全市第2位。", "2 exact rank"},
        {"进入全市前三。", "3 at_most rank"},
    };
    ASSERT_CASES(cases, claims_of)
}

static void names_and_times_are_no_claims(void **state) {
    (void)state;
    static const char *const texts[] = {
        "2020年6月30日，1—6月，第一季度，2018—2020年，近三年，为期3个月。",
        "皖科〔2022〕15号，第三条第（二）款，第一批，二等奖，三级甲等医院。",
        "“十四五”期间，四送一服“双千工程”，一核两翼，三会一课，一企一策。",
        "《人才新政二十四条》，GB/T 9704—2012，5G，A4纸，Z7车间。",
        "一、工作开展情况\n（一）主要做法\n1.抓统筹。\n①抓落实",
        "电话：0558-1234567，手机13800000000，邮编236000，24小时值班。",
        "一方面，另一个方面，每一家企业，形成一批成果，十分重要，统一思想，万众创新。",
        "首页 > 信息公开 > 正文\n发布时间：2020-07-08 浏览次数：1234次 字号：大 中 小",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        assert_string_equal(claims_of(ctx, texts[i]), "");
    }
}

static void damaged_text_is_read(void **state) {
    (void)state;
    static const Case cases[] = {
        {"培育高新技術企業(yè)20餘家，佔全縣(xiàn)85%。", "20家 over count; 85% exact percent"},
        {"共有 15 家 企业。", "15家 exact count"},
    };
    ASSERT_CASES(cases, claims_of)
}

static void places_are_those_of_the_text_as_given(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const Checked *checked = check(ctx, "企業(yè)１５ 餘家。");
    assert_int_equal(checked->n_claims, 1);
    assert_int_equal(checked->claims[0].start, 6);
    assert_int_equal(checked->claims[0].end, 11);
    assert_string_equal(checked->claims[0].text, "15余家");
}

static void arithmetic_is_tested(void **state) {
    (void)state;
    static const Case cases[] = {
        {"登记29家，其中通过公示17家、在审12家。", "sum 17+12=29"},
        {"登记30家，其中通过公示17家、在审12家。", "sum 17+12≠30"},
        {"特派员78名，其中高级职称20名、中级职称35名。", ""},
        {"登记29家（通过公示17家、在审12家）。", "sum 17+12=29"},
        {"登记成果170件，占年度目标200件的85%。", "share 170÷200=85%"},
        {"登记成果170件，占年度目标200件的75%。", "share 170÷200≠75%"},
        {"选派78名特派员，每人2万元，共156万元。", "product 20000×78=1560000"},
        {"选派78名特派员，每人2万元，共186万元。", "product 20000×78≠1860000"},
        {"有效高企35家，比上年的25家增加10家。", "sum 25+10=35"},
        {"企业由25家增加10家至36家。", "sum 25+10≠36"},
        {"登记科技成果170件。\n170件科技成果中有发明。", "same 170=170"},
    };
    ASSERT_CASES(cases, relations_of)
}

static void slips_are_remarked(void **state) {
    (void)state;
    static const Case cases[] = {
        {"接待参观近1000多人次。", "contradictory-bound"},
        {"增速排名第一。", "rank-without-field"},
        {"增速居全市第一。", ""},
        {"研发投入占比3.6%，同比增长15%。", "growth-without-base"},
        {"研发投入占比3.6%，同比提高0.4%。", "percent-for-points"},
        {"研发投入占比3.6%，同比提高0.4个百分点。", ""},
        {"落实《科技创新奖励办法》，修订《科技创新奖办法》。", "name-drift"},
        {"落实《某省促进条例》，修订《某市促进条例》。", ""},
        {"培训群众8136人。\n培训群众8136人次。", "unit-drift"},
    };
    ASSERT_CASES(cases, remarks_of)
}

/* Bounded in time and memory, whatever comes. */
static void hostile_text_ends(void **state) {
    (void)state;
    static const char *const pieces[] = {"9", "（", "一", "1—", "《", "20—30家，", "其中1家、", "万", "“一", "第", "每人1元共1元，"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Buf text = BUF_INIT(ctx);
        for (int n = 0; n < 20000; n++) buf_add(&text, pieces[i]);
        (void)check(ctx, buf_text(&text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(bounds_are_read),
        cmocka_unit_test(names_and_times_are_no_claims),
        cmocka_unit_test(damaged_text_is_read),
        cmocka_unit_test(places_are_those_of_the_text_as_given),
        cmocka_unit_test(arithmetic_is_tested),
        cmocka_unit_test(slips_are_remarked),
        cmocka_unit_test(hostile_text_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
