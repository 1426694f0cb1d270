/* The forms of a checked text, over texts made by hand. */
#include "check/show/test-show.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "check/show/page.h"
#include "check/show/show.h"

#define FILE_MOST ((size_t)8 << 20)

/* --- what a form writes --- */

typedef struct Stream {
    char *text;
    size_t size;
    FILE *out;
} Stream;

static void open_stream(Stream *stream) {
    *stream = (Stream){0};
    stream->out = open_memstream(&stream->text, &stream->size);
    assert_non_null(stream->out);
}

static char *close_stream(const void *ctx, Stream *stream) {
    assert_int_equal(fclose(stream->out), 0);
    char *text = mem_strdup(ctx, stream->text);
    free(stream->text);
    return text;
}

static char *terminal(const void *ctx, const Sheet *sheet, bool colours) {
    Stream stream;
    open_stream(&stream);
    check_to_terminal(&sheet->checked, colours, stream.out);
    return close_stream(ctx, &stream);
}

static char *totals(const void *ctx, const Sheet *sheet) {
    Stream stream;
    open_stream(&stream);
    check_totals_to_terminal(&sheet->checked, false, stream.out);
    return close_stream(ctx, &stream);
}

static json_t *json(const void *ctx, const Sheet *sheet) {
    Stream stream;
    open_stream(&stream);
    check_to_json(&sheet->checked, "总结.txt", stream.out);
    json_t *root = json_loads(close_stream(ctx, &stream), 0, NULL);
    assert_non_null(root);
    return json_keep(ctx, root);
}

static char *html(const void *ctx, const Sheet *sheet) {
    char path[] = "/tmp/kezhang-show-XXXXXX", *bytes;
    size_t size;
    int file = mkstemp(path);
    assert_true(file >= 0);
    (void)close(file);
    Diag *diag = diag_new(ctx);
    assert_int_equal(check_to_html(&sheet->checked, NULL, "dir/总结.txt", path, diag), 0);
    assert_int_equal(file_read(ctx, path, FILE_MOST, diag, &bytes, &size), 0);
    (void)unlink(path);
    return bytes;
}

static void assert_holds(const char *text, const char *part) {
    if (!text || !strstr(text, part)) fail_msg("'%s' is not in:\n%s", part, text ? text : "");
}

static void assert_lacks(const char *text, const char *part) {
    if (!text || strstr(text, part)) fail_msg("'%s' is in:\n%s", part, text ? text : "");
}

static size_t count_of(const char *text, const char *part) {
    size_t n = 0;
    for (; (text = strstr(text, part)); text += strlen(part)) n++;
    return n;
}

/* What comments docx_comment() is asked for. */
static struct {
    DocxComment list[8];
    char *texts[8];
    size_t n;
} asked;

int docx_comment(const char *path, const char *copy, const char *author, const DocxComment *comments, size_t n,
                 Diag *diag) {
    (void)path, (void)copy, (void)author, (void)diag;
    assert_true(n <= 8);
    for (size_t i = 0; i < n; i++) {
        asked.list[i] = comments[i];
        asked.texts[i] = strdup(comments[i].text);
    }
    asked.n = n;
    return 0;
}

int docx_correct(const char *path, const char *copy, const DocxCorrection *list, size_t n, Diag *diag,
                 size_t *ret_done) {
    (void)path, (void)copy, (void)diag;
    assert_int_equal(n, 1);
    assert_int_equal(list->start, 17);
    assert_int_equal(list->end, 20);
    assert_string_equal(list->text, "18件");
    assert_string_equal(list->author, "王明");
    *ret_done = n;
    return 0;
}

/* --- a text with everything --- */

static Sheet *everything(const void *ctx) {
    Sheet *sheet = sheet_make(ctx, "# 上半年工作\n"
                                   "登记成果{170件|match}，其中{17件|differs}和{12件|cannot}。\n"
                                   "培训{300人次|unbound}。\n");
    sheet->checked.claims[1].why = (Label){"台账为18件", "the ledger says 18"};
    sheet->checked.claims[1].bound = BOUND_AT_LEAST;
    sheet_relation(sheet, RELATION_SUM, "17+12=170", false, 0, 3);
    sheet_relation(sheet, RELATION_SAME, "170=170", true, 0, 1);
    sheet_remark(sheet, 12, 18, "parts-of-whole", (Label){"分项不足", "the parts fall short"})->claim = 0;
    return sheet;
}

static void test_json_is_the_contract(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    json_t *root = json(scratch, everything(scratch)), *figures = json_object_get(root, "figures");
    assert_string_equal(json_string_value(json_object_get(root, "document")), "总结.txt");
    assert_int_equal(json_integer_value(json_object_get(root, "chars")), 35);
    assert_int_equal(json_array_size(figures), 4);
    const char *text, *value, *unit, *bound, *kind, *subject, *period, *verdict;
    int start, end;
    json_t *indicator, *ledger;
    assert_int_equal(json_unpack(json_array_get(figures, 1), "{si si ss ss ss ss ss ss ss ss so so}", "start", &start,
                                 "end", &end, "text", &text, "value", &value, "unit", &unit, "bound", &bound, "kind",
                                 &kind, "subject", &subject, "period", &period, "verdict", &verdict, "indicator",
                                 &indicator, "ledger", &ledger),
                     0);
    assert_int_equal(start, 17);
    assert_int_equal(end, 20);
    assert_string_equal(text, "17件");
    assert_string_equal(value, "17");
    assert_string_equal(unit, "件");
    assert_string_equal(bound, "at_least");
    assert_string_equal(kind, "count");
    assert_string_equal(period, "2020H1");
    assert_string_equal(verdict, "differs");
    assert_true(json_is_null(indicator) && json_is_null(ledger));
}

static void test_json_relations_and_findings(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    json_t *root = json(scratch, everything(scratch));
    const char *kind, *says, *code, *zh, *en;
    int holds, first, second, third;
    json_t *relation = json_array_get(json_object_get(root, "relations"), 0);
    assert_int_equal(json_unpack(relation, "{ss s[iii] ss sb}", "kind", &kind, "figures", &first, &second, &third,
                                 "says", &says, "holds", &holds),
                     0);
    assert_string_equal(kind, "sum");
    assert_string_equal(says, "17+12=170");
    assert_false(holds);
    assert_int_equal(first + second * 10 + third * 100, 210);
    json_t *finding = json_array_get(json_object_get(root, "findings"), 0);
    assert_int_equal(json_unpack(finding, "{ss s{ss ss}}", "code", &code, "say", "zh", &zh, "en", &en), 0);
    assert_string_equal(code, "parts-of-whole");
    assert_string_equal(zh, "分项不足");
    assert_string_equal(en, "the parts fall short");
}

static void test_json_takes_any_text(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "共{5家|unbound}");
    sheet->checked.claims[0].subject = "\"甲\\乙\"\n\x01\x1f丙";
    sheet->checked.claims[0].unit = "家\xff";
    json_t *figure = json_array_get(json_object_get(json(scratch, sheet), "figures"), 0);
    assert_string_equal(json_string_value(json_object_get(figure, "subject")), "\"甲\\乙\"\n\x01\x1f丙");
    assert_string_equal(json_string_value(json_object_get(figure, "unit")), "家\uFFFD");
}

static void test_json_without_period(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "共{5家|unbound}");
    sheet->checked.claims[0].period = (Period){DATE_NONE, DATE_NONE};
    json_t *figure = json_array_get(json_object_get(json(scratch, sheet), "figures"), 0);
    assert_true(json_is_null(json_object_get(figure, "period")));
}

static void test_terminal_without_colours(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *text = terminal(scratch, everything(scratch), false);
    assert_holds(text, "登记成果170件✓，其中17件✗和12件?。\n");
    assert_holds(text, "\n    ✗ 17件: the ledger says 18 [17–20]\n");
    assert_holds(text, "\n    ※ the parts fall short [12–18]\n");
    assert_holds(text, "培训300人次◦。\n");
    assert_lacks(text, "\033");
}

static void test_terminal_with_colours(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *text = terminal(scratch, everything(scratch), true);
    assert_holds(text, "\033[32m170件✓\033[0m");
    assert_holds(text, "\033[1;31m17件✗\033[0m");
}

/* Every line fits; none begins with a closing sign; a figure is not parted from its sign. */
static void test_terminal_wraps(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Buf text = BUF_INIT(scratch);
    for (int i = 0; i < 40; i++) buf_add(&text, "完成技术合同登记{1234567890项|match}，（已备案）；");
    assert_int_equal(setenv("COLUMNS", "31", 1), 0);
    char *shown = terminal(scratch, sheet_make(scratch, buf_text(&text)), false), *state_of = NULL;
    assert_int_equal(unsetenv("COLUMNS"), 0);
    assert_int_equal(count_of(shown, "1234567890项✓"), 40);
    size_t lines = 0;
    for (char *line = strtok_r(shown, "\n", &state_of); line; line = strtok_r(NULL, "\n", &state_of), lines++) {
        assert_true(text_width(line) <= 31);
        assert_true(strncmp(line, "，", 3) != 0 && strncmp(line, "）", 3) != 0 && strncmp(line, "；", 3) != 0);
    }
    assert_true(lines > 40);
}

/* A text may not steer the terminal. */
static void test_terminal_is_safe(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *text = terminal(scratch,
                                sheet_make(scratch, "甲\033[2J\xC2\x9B"
                                                    "2J\u202E{5家|match}乙"),
                                false);
    assert_lacks(text, "\033");
    assert_lacks(text, "\xC2\x9B");
    assert_lacks(text, "\u202E");
    assert_holds(text, "5家✓");
}

static void test_totals(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *text = totals(scratch, everything(scratch));
    assert_holds(text, "figures            4\n");
    assert_holds(text, "✓ matches            1\n");
    assert_holds(text, "≠ do not hold        1\n");
    assert_holds(text, "※ remarks            1\n");
}

/* --- the page --- */

static void test_html_marks_figures(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *page = html(scratch, everything(scratch));
    assert_holds(page, "<h1>上半年工作</h1>");
    assert_holds(page, "<a class=\"figure match broken\" id=\"c0\" href=\"#f0\">170件<span class=\"heard\">");
    assert_holds(page, "<a class=\"figure differs broken\" id=\"c1\" href=\"#f1\">17件");
    assert_holds(page, "<a class=\"figure unbound\" id=\"c3\" href=\"#f3\">300人次");
    assert_holds(page, "<a class=\"figure note\" id=\"r0\" href=\"#n0\">※");
    assert_int_equal(count_of(page, "<details class=\"source claim"), 4);
    assert_int_equal(count_of(page, "<details class=\"source remark\""), 1);
    assert_holds(page, "<dd>at least 17件</dd>");
    assert_holds(page, "<title>总结.txt</title>");
}

static void test_html_has_no_wild_markup(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "甲<script>alert(1)</script>{5<b>家|differs}&amp;乙");
    sheet->checked.claims[0].why = (Label){"<img src=x>", "<img src=x>"};
    sheet->checked.claims[0].subject = "</summary><script>";
    sheet_remark(sheet, 0, 3, "code\"><i>", (Label){"<script>", "<script>"});
    const char *page = html(scratch, sheet);
    assert_int_equal(count_of(page, "<script>"), 1); /* its own */
    assert_lacks(page, "<img");
    assert_lacks(page, "5<b>");
    assert_lacks(page, "\"><i>");
    assert_holds(page, "&amp;amp;");
}

static void test_html_needs_nothing_else(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *page = html(scratch, everything(scratch));
    assert_lacks(page, " src=");
    assert_lacks(page, "http://");
    assert_lacks(page, "https://");
    assert_holds(page, "default-src 'none'");
}

/* Every place a link leads to is there, once. */
static void test_html_links_lead_somewhere(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *page = html(scratch, everything(scratch));
    size_t links = 0;
    for (const char *at = page; (at = strstr(at, "href=\"#")); links++) {
        at += strlen("href=\"#");
        const char *id = mem_printf(scratch, " id=\"%.*s\"", (int)strcspn(at, "\""), at);
        if (count_of(page, id) != 1) fail_msg("%s is there %zu times", id, count_of(page, id));
    }
    assert_true(links > 10);
}

static void test_html_has_a_size(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "共{5家|match}");
    sheet->checked.claims = mem_array(sheet, Claim, PAGE_CLAIMS_MAX + 1);
    sheet->checked.n_claims = PAGE_CLAIMS_MAX + 1;
    Diag *diag = diag_new(scratch);
    assert_int_equal(check_to_html(&sheet->checked, NULL, "a.txt", "/tmp/kezhang-show-too-large.html", diag), 1);
    assert_string_equal(diag->list[0].code, "too-many-figures");
    assert_int_not_equal(access("/tmp/kezhang-show-too-large.html", F_OK), 0);
}

static void test_html_headings_stand_below_the_title(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    const char *page = html(scratch, sheet_make(scratch, "# 总结\n# 一、成果\n## （一）登记\n"));
    assert_holds(page, "<h1>总结</h1>\n<h2>一、成果</h2>\n<h3>（一）登记</h3>");
    page = html(scratch, sheet_make(scratch, "# 总结\n## 一、成果\n"));
    assert_holds(page, "<h1>总结</h1>\n<h2>一、成果</h2>");
}

static void test_html_tables(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "项目\n{5家|match}\n合计\n完");
    for (size_t i = 0; i < 3; i++) sheet->reading.parts[i].kind = PART_CELL;
    for (size_t i = 0; i < 3; i++) sheet->reading.parts[i].table = 1;
    sheet->reading.parts[1].column = 2;
    sheet->reading.parts[2].row = 1;
    const char *page = html(scratch, sheet);
    assert_holds(page, "<table><tr><td>项目</td><td></td><td><a class=\"figure match\"");
    assert_holds(page, "</td></tr>\n<tr><td>合计</td></tr></table></div>\n<p>完</p>");
    assert_holds(terminal(scratch, sheet, false), "项目 │ 5家✓\n合计\n完\n");
}

/* --- places --- */

static void test_damaged_text(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "高新技術企業(yè){78家|match}");
    Glyph *last = &sheet->reading.glyphs[sheet->reading.n_glyphs - 1];
    last->end += 4; /* 家(jiā) */
    sheet->checked.claims[0].end += 4;
    sheet->reading.n_given += 4;
    assert_holds(terminal(scratch, sheet, false), "高新技術企業(yè)78家✓\n");
    assert_holds(html(scratch, sheet), "企業(yè)<a class=\"figure match\" id=\"c0\" href=\"#f0\">78家<");
}

static void test_claim_at_the_very_end(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "共{5家|differs}");
    sheet_remark(sheet, 3, 9, "beyond", (Label){"超出", "beyond"});
    const Shown *shown = show_cut(scratch, &sheet->checked);
    assert_int_equal(shown->n_parts, 1);
    assert_int_equal(shown->parts[0].found_to, 2);
    assert_holds(html(scratch, sheet), "id=\"r0\"");
    /* and one that the text does not show at all */
    sheet->checked.claims[0].start = sheet->checked.claims[0].end = sheet->reading.n_given;
    assert_holds(html(scratch, sheet), "<p>共5家<a class=\"figure differs\" id=\"c0\" href=\"#f0\">5家<");
}

/* A number that a list makes has no place of its own: it is not part of a claim behind it. */
static void test_made_numbers(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "1{5家|match}");
    for (size_t i = 1; i < sheet->reading.n_glyphs; i++) {
        sheet->reading.glyphs[i].start--;
        sheet->reading.glyphs[i].end--;
    }
    sheet->reading.glyphs[0].end = 0;
    sheet->checked.claims[0].start--;
    sheet->checked.claims[0].end--;
    assert_holds(html(scratch, sheet), "<p>1<a class=\"figure match\" id=\"c0\" href=\"#f0\">5家<");
}

static void test_nothing_in_it(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = sheet_make(scratch, "");
    assert_false(check_finds(&sheet->checked));
    assert_string_equal(terminal(scratch, sheet, false), "");
    assert_holds(html(scratch, sheet), "Nothing differs");
    assert_int_equal(json_array_size(json_object_get(json(scratch, sheet), "figures")), 0);
}

static void test_what_counts_as_a_finding(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    assert_false(check_finds(&sheet_make(scratch, "{1件|match}{2件|unbound}{3件|cannot}")->checked));
    assert_true(check_finds(&sheet_make(scratch, "{1件|differs}")->checked));
    Sheet *sheet = sheet_make(scratch, "{1件|match}{2件|match}");
    sheet_relation(sheet, RELATION_SAME, "1=1", true, 0, 2);
    assert_false(check_finds(&sheet->checked));
    sheet_relation(sheet, RELATION_SAME, "1=2", false, 0, 2);
    assert_true(check_finds(&sheet->checked));
    sheet = sheet_make(scratch, "{1件|match}");
    sheet_remark(sheet, 0, 1, "code", (Label){"看", "look"});
    assert_true(check_finds(&sheet->checked));
}

/* --- comments --- */

static void test_docx_comments(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Sheet *sheet = everything(scratch);
    sheet->reading.form = READING_DOCX;
    assert_int_equal(check_to_docx(&sheet->checked, "a.docx", "b.docx", diag_new(scratch)), 0);
    assert_int_equal(asked.n, 2); /* what cannot be told is no finding */
    assert_string_equal(asked.texts[0], "the parts fall short");
    assert_string_equal(asked.texts[1], "17件: the ledger says 18");
    assert_int_equal(asked.list[1].start, 17);
    assert_int_equal(asked.list[1].end, 20);
    for (size_t i = 0; i < asked.n; i++) free(asked.texts[i]);
}

static bool take_all(const char *at, void *data, CheckTaken *ret_taken) {
    (void)at, (void)data;
    *ret_taken = (CheckTaken){"王明", "2020-07-06T01:02:03.456Z"};
    return true;
}

static void test_docx_corrections(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    static const Indicator pieces = {.unit = "件"};
    Sheet *sheet = everything(scratch);
    size_t done = 0;
    sheet->reading.form = READING_DOCX;
    sheet->checked.claims[1].indicator = &pieces;
    sheet->checked.claims[1].ledger = (FigureNumber){true, {18, 0}};
    assert_int_equal(check_to_corrected(&sheet->checked, "a.docx", take_all, NULL, "b.docx", diag_new(scratch), &done),
                     0);
    assert_int_equal(done, 1);
}

static void test_docx_only_from_docx(void **state) {
    MEM_SCRATCH scratch = talloc_new(*state);
    Diag *diag = diag_new(scratch);
    assert_int_equal(check_to_docx(&everything(scratch)->checked, "a.txt", "b.docx", diag), 1);
    assert_string_equal(diag->list[0].code, "not-a-docx");
}

int main(void) {
    lang_use(LANG_EN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_is_the_contract),
        cmocka_unit_test(test_json_relations_and_findings),
        cmocka_unit_test(test_json_takes_any_text),
        cmocka_unit_test(test_json_without_period),
        cmocka_unit_test(test_terminal_without_colours),
        cmocka_unit_test(test_terminal_with_colours),
        cmocka_unit_test(test_terminal_wraps),
        cmocka_unit_test(test_terminal_is_safe),
        cmocka_unit_test(test_totals),
        cmocka_unit_test(test_html_marks_figures),
        cmocka_unit_test(test_html_has_no_wild_markup),
        cmocka_unit_test(test_html_needs_nothing_else),
        cmocka_unit_test(test_html_links_lead_somewhere),
        cmocka_unit_test(test_html_has_a_size),
        cmocka_unit_test(test_html_headings_stand_below_the_title),
        cmocka_unit_test(test_html_tables),
        cmocka_unit_test(test_damaged_text),
        cmocka_unit_test(test_claim_at_the_very_end),
        cmocka_unit_test(test_made_numbers),
        cmocka_unit_test(test_nothing_in_it),
        cmocka_unit_test(test_what_counts_as_a_finding),
        cmocka_unit_test(test_docx_comments),
        cmocka_unit_test(test_docx_corrections),
        cmocka_unit_test(test_docx_only_from_docx),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
