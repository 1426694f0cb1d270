/* base/test-diag.c: the list of findings and how one reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/mem.h"

static Diag *new_diag(void **state) { return diag_new(*state); }

static int set_up(void **state) {
    lang_use(LANG_EN);
    *state = talloc_new(NULL);
    return 0;
}

static int tear_down(void **state) {
    talloc_free(*state);
    return 0;
}

static void test_lines(void **state) {
    static const struct {
        Place at;
        DiagLevel level;
        const char *en, *zh;
    } CASES[] = {
        {{0}, DIAG_ERROR, "en", "中"},
        {{.file = "a.yaml"}, DIAG_ERROR, "a.yaml: en", "a.yaml: 中"},
        {{.file = "a.yaml", .line = 3}, DIAG_WARN, "a.yaml:3: warning: en", "a.yaml:3: 警告：中"},
        {{.file = "a.yaml", .line = 3, .column = 5}, DIAG_NOTE, "a.yaml:3:5: note: en", "a.yaml:3:5: 提示：中"},
        {{.file = "a.xlsx", .sheet = "表1", .row = 12, .field = "名称"},
         DIAG_ERROR,
         "a.xlsx:表1:row 12:名称: en",
         "a.xlsx:表1:row 12:名称: 中"},
        {{.file = "a.csv", .row = 12}, DIAG_ERROR, "a.csv:row 12: en", "a.csv:row 12: 中"},
        {{.row = 12, .field = "name"}, DIAG_WARN, "warning: en", "警告：中"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Finding finding = {.level = CASES[i].level, .at = CASES[i].at, .say = {.zh = "中", .en = "en"}};
        lang_use(LANG_EN);
        assert_string_equal(diag_line(*state, &finding), CASES[i].en);
        lang_use(LANG_ZH);
        assert_string_equal(diag_line(*state, &finding), CASES[i].zh);
    }
}

static void test_counts_and_copies(void **state) {
    Diag *diag = new_diag(state);
    char name[] = "a.yaml";
    diag_error(diag, PLACE_FILE(name), "unknown-field", "no field \"%s\"; see the list", "x");
    diag_warn(diag, PLACE_NONE, "odd", "odd");
    diag_note(diag, PLACE_NONE, "fine", "fine");
    diag_add(diag, DIAG_ERROR, PLACE_NONE, "check", "17", (Label){.zh = "不对"});
    name[0] = 'b';
    assert_int_equal(diag->count, 4);
    assert_int_equal(diag->errors, 2);
    assert_int_equal(diag->warnings, 1);
    assert_string_equal(diag->list[0].at.file, "a.yaml");
    assert_string_equal(diag->list[0].code, "unknown-field");
    assert_string_equal(diag->list[0].say.en, "no field \"x\"; see the list");
    assert_null(diag->list[0].value);
    assert_string_equal(diag->list[3].value, "17");
    assert_string_equal(diag->list[3].say.zh, "不对");
    assert_null(diag->list[3].say.en);
}

static char *printed(void *ctx, const Diag *diag) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diag_print(diag, out);
    fclose(out);
    char *copy = mem_strdup(ctx, text);
    free(text);
    return copy;
}

static void test_print(void **state) {
    Diag *diag = new_diag(state);
    diag_error(diag, PLACE_FILE("a"), "x", "one");
    diag_warn(diag, PLACE_FILE("b"), "x", "two");
    assert_string_equal(printed(*state, diag), "a: one\nb: warning: two\n");
}

static void test_only_so_many_are_kept(void **state) {
    Diag *diag = new_diag(state);
    for (unsigned i = 0; i < DIAG_MAX + 3; i++) diag_error(diag, PLACE_NONE, "x", "%u", i);
    assert_int_equal(diag->count, DIAG_MAX);
    assert_int_equal(diag->errors, DIAG_MAX + 3);
    assert_int_equal(diag->dropped, 3);
    const char *text = printed(*state, diag);
    assert_string_equal(text + strlen(text) - strlen("9999\n3 more findings are not shown\n"),
                        "9999\n3 more findings are not shown\n");
}

static void count_finding(const Finding *finding, void *data) {
    assert_string_equal(finding->say.en, "streamed 1");
    ++*(int *)data;
}

static void test_streamed_findings_are_not_kept(void **state) {
    Diag *diag = new_diag(state);
    int seen = 0;
    diag->on_add = count_finding;
    diag->data = &seen;
    diag_warn(diag, PLACE_NONE, "x", "streamed %d", 1);
    assert_int_equal(seen, 1);
    assert_int_equal(diag->count, 0);
    assert_int_equal(diag->warnings, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_counts_and_copies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_print, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_so_many_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_streamed_findings_are_not_kept, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
