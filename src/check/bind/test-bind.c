/* check/bind/test-bind.c: which indicator of the shipped definitions the words around a number name. Needs no store. */
#include "check/test-text.h"

static const Checked *bound(const void *ctx, const char *text) {
    Checked *checked = mem_new(ctx, Checked);
    Work work = work_read(ctx, ask_about(ctx, text), checked);
    work_bind(&work);
    return checked;
}

/* What each number of a text is of: "sme_filed; sme_filed target; -". */
static const char *bindings_of(const void *ctx, const char *text) {
    const Checked *checked = bound(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_claims; i++) {
        const Claim *claim = &checked->claims[i];
        buf_printf(&out, "%s%s", i ? "; " : "", claim->indicator ? claim->indicator->name.text : "-");
        if (claim->indicator && claim->face != FACE_VALUE) buf_printf(&out, " %s", face_name(claim->face));
    }
    return buf_text(&out);
}

static void what_is_done_to_a_whole_is_done_to_its_parts(void **state) {
    (void)state;
    static const Case cases[] = {
        {"正在筹建的平台15个，其中院士工作站2个。", "platforms_preparing; academician_stations_preparing"},
        {"建成创新平台9个，其中院士工作站2个。", "platforms_established; academician_stations"},
        {"在建平台6个：院士工作站3个、工程技术中心2个。", "platforms_preparing; academician_stations_preparing; -"},
        {"登记技术合同47项，其中输出19项、吸纳28项。", "-; technical_contracts_output; technical_contracts_absorbed"},
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
        {"申报高企71家，其中首次申报43家、重新认定28家。", "hnte_applied_all; -; -"},
        {"输出技术合同96项、吸纳131项，金额分别为2.4亿元和3.3亿元。",
         "technical_contracts_output; technical_contracts_absorbed; -; -"},
        {"高企培育库中有38家，其中23家具备申报条件。", "hnte_cultivating; -"},
    };
    ASSERT_CASES(cases, bindings_of)
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_to_a_whole_is_done_to_its_parts),
        cmocka_unit_test(targets_are_measured_against),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(what_is_elsewhere_or_a_part_is_unbound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
