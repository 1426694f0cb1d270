/* check/bind/test-bind.c: which indicator of the shipped definitions the words around a number name. Needs no store. */
#include "check/test-text.h"

/* What each number of a text is of, as far as the words go, or the arithmetic: "sme_filed; sme_filed target; -". */
static const char *told_of(const void *ctx, const char *text, bool arithmetic) {
    Checked *checked = mem_new(ctx, Checked);
    Work work = work_read(ctx, ask_about(ctx, text), checked);
    work_bind(&work);
    if (arithmetic) work_relate(&work);
    if (arithmetic) work_infer(&work);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_claims; i++) {
        const Claim *claim = &checked->claims[i];
        buf_printf(&out, "%s%s", i ? "; " : "", claim->indicator ? claim->indicator->name.text : "-");
        if (claim->indicator && claim->face != FACE_VALUE) buf_printf(&out, " %s", face_name(claim->face));
    }
    return buf_text(&out);
}

static const char *bindings_of(const void *ctx, const char *text) { return told_of(ctx, text, false); }
static const char *inferred_of(const void *ctx, const char *text) { return told_of(ctx, text, true); }

static void what_is_done_to_a_whole_is_done_to_its_parts(void **state) {
    (void)state;
    static const Case cases[] = {
        {"正在筹建的平台15个，其中院士工作站2个。", "platforms_preparing; academician_stations_preparing"},
        {"建成创新平台9个，其中院士工作站2个。", "platforms_established; academician_stations"},
        {"在建平台6个：院士工作站3个、工程技术中心2个。", "platforms_preparing; academician_stations_preparing; -"},
        {"登记技术合同47项，其中输出19项、吸纳28项。", "-; technical_contracts_output; technical_contracts_absorbed"},
        {"筹建5个，其中院士工作站1个。", "-; academician_stations_preparing"},
        {"建成平台9个；筹建4个，分别是院士工作站3个、工程技术研究中心1个。",
         "platforms_established; platforms_preparing; academician_stations_preparing; -"},
        {"奖补资金拨付1200万元。其中，高企认定奖620万元。资金惠及92家企业。", "rewards_paid; -; reward_beneficiaries"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void targets_are_measured_against(void **state) {
    (void)state;
    static const Case cases[] = {
        {"高企申报：目标40家，完成45家，完成率112.5%。",
         "hnte_applied_all target; hnte_applied_all; hnte_applied_all share"},
        {"登记成果225件（全年目标300件，完成75%）。",
         "achievements_registered; achievements_registered target; achievements_registered share"},
        {"有效高企88家，上升到94家。", "hnte_valid; hnte_valid"},
        {"目标：输出技术合同成交额1.5亿元、吸纳成交额2亿元。",
         "technical_contracts_output_amount target; technical_contracts_absorbed_amount target"},
        {"奖补资金年初预算1亿元，年中追加2000万元，调整后为1.2亿元。", "-; -; reward_budget"},
        {"研发费用增长16.5%（目标15%）。", "rd_growth; rd_growth target"},
        {"产值增长10%，高于全市2个百分点，居全市第二位。", "-; -; -"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void the_arithmetic_tells_what_words_leave_open(void **state) {
    (void)state;
    static const Case cases[] = {
        {"登记科技成果160件，其中企业100件、高校60件，完成全年任务200件的80%。",
         "achievements_registered; -; -; achievements_registered target; achievements_registered share"},
        {"技术合同成交额13.8亿元，其中输出5.9亿元，吸纳7.9亿元，已完成全年25亿元任务的55.2%。",
         "-; technical_contracts_output_amount; technical_contracts_absorbed_amount; -; -"},
        {"结对村56个，占全县70个有帮扶任务村的80%。", "villages_paired; villages_to_serve; village_coverage"},
        {"2024年上半年工作总结\n6月入库科技型中小企业96家，加上1—5月的182家，累计入库278家。",
         "sme_registered; sme_registered; sme_registered"},
    };
    ASSERT_CASES(cases, inferred_of)
}

static void runs_are_shared_out(void **state) {
    (void)state;
    static const Case cases[] = {
        {"输出技术合同成交额6.8亿元，吸纳技术合同264项、成交额9.3亿元，成交额分别增长22.4%、17.8%。",
         "technical_contracts_output_amount; technical_contracts_absorbed; technical_contracts_absorbed_amount; "
         "technical_contracts_output_amount growth; technical_contracts_absorbed_amount growth"},
        {"有效高企236家，按发证年份分，2021年141家、2022年95家。", "hnte_valid; -; -"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void what_is_asked_for_goes_on_through_its_list(void **state) {
    (void)state;
    static const Case cases[] = {
        {"责任书要求登记科技成果300件、输出技术合同成交额4.5亿元；截至6月底登记科技成果160件。",
         "achievements_registered target; technical_contracts_output_amount target; achievements_registered"},
        {"市里定的任务有两项：登记科技成果300件，输出技术合同成交额4.5亿元。",
         "-; achievements_registered target; technical_contracts_output_amount target"},
        {"县政府提出，全年登记科技成果300件，科技成果登记完成310件。",
         "achievements_registered target; achievements_registered"},
        {"围绕登记科技成果300件、输出技术合同成交额4.5亿元的要求狠抓落实。",
         "achievements_registered target; technical_contracts_output_amount target"},
        {"重点任务完成情况：登记科技成果300件、输出技术合同成交额4.5亿元。",
         "achievements_registered; technical_contracts_output_amount"},
        {"按照市里的要求，登记科技成果300件。", "achievements_registered"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void lists_end_in_their_total(void **state) {
    (void)state;
    static const Case cases[] = {
        {"登记科技成果，应用类84件、理论类15件，共99件。", "-; -; achievements_registered"},
        {"认定高企36家，其余3家次年发证。", "hnte_recognised; -"},
        {"登记科技成果141件，比目标少9件。", "achievements_registered; -"},
        {"登记科技成果96件，离120件的奋斗目标还差24件。", "achievements_registered; achievements_registered target; -"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void numbers_come_back(void **state) {
    (void)state;
    static const Case cases[] = {
        {"有效高企118家。\n以上118家高企贡献了税收。", "hnte_valid; hnte_valid"},
        {"有效高企118家。\n以上108家高企贡献了税收。", "hnte_valid; -"},
        {"有效高企78家，新认定高企78家。\n这78家高企贡献了税收。", "hnte_valid; hnte_recognised_first; -"},
        {"问：登记的科技成果有多少？\n答：一共118件。", "achievements_registered"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void what_is_elsewhere_or_a_part_is_unbound(void **state) {
    (void)state;
    static const Case cases[] = {
        {"登记科技成果160件。邻县登记科技成果170件。", "achievements_registered; -"},
        {"全市登记科技成果160件。蓝陂县登记科技成果70件。", "achievements_registered; -"},
        {"举办科普活动96场，参加人数覆盖全部乡镇。", "events_held"},
        {"申报高企71家，其中首次申报43家、重新认定28家。", "hnte_applied_all; -; -"},
        {"输出技术合同96项、吸纳131项，金额分别为2.4亿元和3.3亿元。",
         "technical_contracts_output; technical_contracts_absorbed; -; -"},
        {"高企培育库中有38家，其中23家具备申报条件。", "hnte_cultivating; -"},
        {"创新型城市目标达标11项、未达标1项。", "city_targets_met target; -"},
        {"技术合同输出6亿元，吸纳8亿元，吸纳比输出多2亿元。",
         "technical_contracts_output_amount; technical_contracts_absorbed_amount; -"},
        {"登记科技成果30件，完成任务超过三成的有3个。", "achievements_registered; -; -"},
        {"技术合同输出26项，吸纳39项。两者相加，共65项。",
         "technical_contracts_output; technical_contracts_absorbed; -"},
    };
    ASSERT_CASES(cases, bindings_of)
}

/* The records of the first number are those of the second, if nothing else is said to be counted. */
static void two_numbers_are_of_the_same_records(void **state) {
    (void)state;
    static const Case cases[] = {
        {"进村办班76期、2660人次，每期35人次。", "village_training_sessions; village_training_persons; -"},
        {"输出技术合同14项、0.39亿元。", "technical_contracts_output; technical_contracts_output_amount"},
        {"兑现奖补95项，共1425万元。", "claims_paid; rewards_paid"},
        {"兑现奖补资金900万元，12项年度指标超过序时进度。", "rewards_paid; -"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void a_rate_of_progress_is_of_its_row(void **state) {
    (void)state;
    static const Case cases[] = {
        {"|指标|目标|完成|完成率|得分|\n|---|---|---|---|---|\n|登记科技成果（件）|140|147|105%|10|\n|合计| | | |10|\n",
         "achievements_registered target; achievements_registered; achievements_registered share"},
        {"|镇|登记科技成果（件）|比重（%）|\n|---|---|---|\n|枫桥镇|30|20|\n|合计|150|100|\n",
         "-; -; achievements_registered; -"},
    };
    ASSERT_CASES(cases, bindings_of)
}

static void what_is_among_others_or_more_than_others_is_unbound(void **state) {
    (void)state;
    static const Case cases[] = {
        {"能力提升培训班到训104人，包括科技特派员82名、乡镇分管负责人22名。",
         "commissioner_training_persons; -; -"},
        {"科小入库1865家，比省定目标1700家多165家。", "sme_registered; sme_registered target; -"},
        {"收集企业问题16个，5月未办结的6个问题全部办结。", "visit_problems_collected; -"},
        {"奖补兑现不均，人才类资金仅拨付160万元。", "-"},
        {"前10家企业研发费用合计1.98亿元。", "-"},
        {"青禾县科技局2023年总结\n\n科创园以77家高企居首位。枫南街道新认定高企14家。", "-; -; -"},
        {"自2016年推行科技特派员制度以来，累计选派科技特派员426人次。", "-"},
        {"上半年共抽查科技特派员32名。", "-"},
        {"科技型中小企业入库173家，比去年同期多入库28家。", "sme_registered; sme_registered growth"},
        {"有效高企93家。跟自己比，全县212家规上工业企业还要努力。", "hnte_valid; -"},
        {"新增平台8个，其中院士工作站1个。", "-; academician_stations growth"},
    };
    ASSERT_CASES(cases, bindings_of)
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_to_a_whole_is_done_to_its_parts),
        cmocka_unit_test(targets_are_measured_against),
        cmocka_unit_test(the_arithmetic_tells_what_words_leave_open),
        cmocka_unit_test(runs_are_shared_out),
        cmocka_unit_test(what_is_asked_for_goes_on_through_its_list),
        cmocka_unit_test(lists_end_in_their_total),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(two_numbers_are_of_the_same_records),
        cmocka_unit_test(a_rate_of_progress_is_of_its_row),
        cmocka_unit_test(what_is_among_others_or_more_than_others_is_unbound),
        cmocka_unit_test(what_is_elsewhere_or_a_part_is_unbound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
