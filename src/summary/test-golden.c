/* Texts over the small ledgers of test/summary, on SQLite and, when KEZHANG_TEST_PG has the URL of a PostgreSQL
 * database, there too. An .expect file is a dialogue: lines that begin with $ are done, what stands below each is what
 * must come of it. KEZHANG_GOLDEN=write writes down what came instead. */
#include <ftw.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "db/test-fixture.h"
#include "exchange/import.h"
#include "ledger/issue.h"
#include "summary/summary.h"

#define EXPECT_MAX ((size_t)1 << 20)

typedef struct Office {
    Fixture *fixture;
    char folder[32];
    Store *store;
    Diag *diag;
} Office;

static const char *test_path(const void *ctx, const char *name) {
    const char *root = getenv("SOURCE_ROOT");
    return mem_printf(ctx, "%s/test/summary/%s", root ? root : ".", name);
}

static Office *new_office(Fixture *fixture, const char *defs) {
    Office *office = mem_new(fixture, Office);
    *office = (Office){.fixture = fixture, .folder = "/tmp/kezhang-summary-XXXXXX", .diag = diag_new(office)};
    assert_non_null(mkdtemp(office->folder));
    assert_int_equal(setenv("KEZHANG_DEFS", test_path(office, defs), 1), 0);
    assert_int_equal(setenv("KEZHANG_TODAY", "2020-07-15", 1), 0);
    if (store_create(office, mem_printf(office, "%s/data", office->folder), fixture->url, "青禾县科技局", office->diag,
                     &office->store)) {
        diag_print(office->diag, stderr);
        fail();
    }
    return office;
}

static Office *open_office(Fixture *fixture) { return new_office(fixture, "defs"); }

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
    (void)about, (void)kind, (void)place;
    return remove(path);
}

static void close_office(Office *office) {
    TALLOC_FREE(office->store);
    nftw(office->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    talloc_free(office);
}

/* --- what a line asks for --- */

static void import(Office *office, const char *ledger, const char *sheet) {
    const ImportOptions options = {.actor = {.name = "li", .owner = true}};
    ImportResult result;
    const Ledger *to = catalog_find_ledger(office->store->catalog, ledger);
    const char *path = test_path(office, mem_printf(office, "sheets/%s", sheet));
    if (!to || import_file(office->store, to, path, &options, office->diag, &result) || result.refused) {
        diag_print(office->diag, stderr);
        fail_msg("%s was not taken whole", sheet);
    }
}

static SummaryAsk ask_for(const Office *office, const char *report, const char *period, const char *as_at) {
    SummaryAsk ask = {.report = catalog_find_report(office->store->catalog, report),
                      .as_at = *as_at ? date_parse_iso(as_at) : DATE_NONE};
    assert_non_null(ask.report);
    assert_true(period_parse(period, &ask.period));
    return ask;
}

static Summary *compose(Office *office, const SummaryAsk *ask) {
    Summary *summary;
    if (summary_compose(office, office->store, ask, office->diag, &summary)) {
        diag_print(office->diag, stderr);
        fail_msg("%s was not composed", ask->report->name.text);
    }
    return summary;
}

static void add_findings(Diag *diag, Buf *out) {
    for (size_t i = 0; i < diag->count; i++) {
        const Finding *finding = &diag->list[i];
        buf_printf(out, "%s:%u:%u %s: %s\n", finding->at.file ? file_base_name(finding->at.file) : "-",
                   finding->at.line, finding->at.column, finding->code, finding->say.en);
    }
}

static void do_compose(Office *office, Buf *out, const char *report, const char *period, const char *as_at) {
    const SummaryAsk ask = ask_for(office, report, period, as_at);
    buf_add(out, compose(office, &ask)->markdown);
}

static void do_check(Office *office, Buf *out, const char *report, const char *period, const char *as_at) {
    (void)period, (void)as_at;
    Diag *diag = diag_new(office);
    const Report *found = catalog_find_report(office->store->catalog, report);
    assert_int_equal(summary_check_report(office->store->catalog, found, diag), 1);
    add_findings(diag, out);
}

static void do_issue(Office *office, Buf *out, const char *report, const char *period, const char *as_at) {
    const SummaryAsk ask = ask_for(office, report, period, as_at);
    const Actor actor = {.name = "li", .owner = true};
    int64_t issue;
    if (summary_issue(office->store, compose(office, &ask), &actor, office->diag, &issue)) {
        diag_print(office->diag, stderr);
        fail();
    }
    buf_printf(out, "issue %d, %d figures, %d rows\n", (int)issue,
               (int)fixture_int(office->store->db, "SELECT count(*) FROM issue_figure"),
               (int)fixture_int(office->store->db, "SELECT count(*) FROM issue_row"));
}

static void do_drift(Office *office, Buf *out, const char *report, const char *period, const char *as_at) {
    const SummaryAsk ask = ask_for(office, report, period, as_at);
    Diag *diag = diag_new(office);
    int64_t issue;
    Drift *drifts;
    size_t n;
    int result = summary_drift(office, office->store, &ask, diag, &issue, &drifts, &n);
    assert_true(result >= 0);
    if (result) return add_findings(diag, out);
    buf_printf(out, "%d moved since issue %d\n", (int)n, (int)issue);
    for (size_t i = 0; i < n; i++) buf_printf(out, "%s\n%s\n", drifts[i].say.zh, drifts[i].say.en);
}

static void do_counted(Office *office, Buf *out, const char *ledger, const char *title, const char *as_at) {
    (void)as_at;
    const Ledger *of = catalog_find_ledger(office->store->catalog, ledger);
    Record *record;
    int64_t id;
    IssueMention *list;
    size_t n;
    assert_int_equal(record_find_named(office->store, of, title, &id), 0);
    assert_int_equal(record_load(office, office->store, of, id, NULL, &record), 0);
    assert_int_equal(issue_mentions(office, office->store, record, &list, &n), 0);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "issue %d %s %s %s version %d\n", (int)list[i].issue, list[i].report, list[i].indicator,
                   list[i].period, (int)(list[i].version - list[n - 1].version));
}

static void do_import(Office *office, Buf *out, const char *ledger, const char *sheet, const char *as_at) {
    (void)out, (void)as_at;
    import(office, ledger, sheet);
}

static const struct {
    const char *verb;
    void (*run)(Office *office, Buf *out, const char *first, const char *second, const char *third);
} verbs[] = {
    {"import", do_import}, {"compose", do_compose}, {"check", do_check},
    {"issue", do_issue},   {"drift", do_drift},     {"counted", do_counted},
};

static void do_line(Office *office, Buf *out, const char *line) {
    char verb[16], first[32] = "", second[64] = "", third[16] = "";
    buf_printf(out, "%s\n", line);
    assert_true(sscanf(line, "$ %15s %31s %63s %15s", verb, first, second, third) >= 2);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (!strcmp(verbs[i].verb, verb)) return verbs[i].run(office, out, first, second, third);
    fail_msg("not understood: %s", line);
}

/* Fails at the first line that differs. */
static void hold_against(const char *expected, const char *came) {
    for (int line = 1; *expected || *came; line++) {
        size_t wanted = strcspn(expected, "\n"), given = strcspn(came, "\n");
        if (wanted != given || strncmp(expected, came, given))
            fail_msg("line %d: expected\n%.*s\nbut it came\n%.*s", line, (int)wanted, expected, (int)given, came);
        expected += wanted + (expected[wanted] == '\n');
        came += given + (came[given] == '\n');
    }
}

static void test_half_year(void **state) {
    Office *office = open_office(*state);
    const char *path = test_path(office, "half.expect"), *mode = getenv("KEZHANG_GOLDEN");
    char *expected, *rest = NULL;
    size_t size;
    assert_int_equal(file_read(office, path, EXPECT_MAX, office->diag, &expected, &size), 0);
    Buf out = BUF_INIT(office);
    for (char *line = strtok_r(mem_strdup(office, expected), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        if (line[0] == '$') do_line(office, &out, line);
    if (mode && !strcmp(mode, "write"))
        assert_int_equal(file_write(path, buf_text(&out), out.size, office->diag), 0);
    else
        hold_against(expected, buf_text(&out));
    close_office(office);
}

/* --- what a golden file does not show --- */

static Office *filled_office(Fixture *fixture) {
    Office *office = open_office(fixture);
    import(office, "achievement", "achievements.csv");
    import(office, "target", "targets.csv");
    import(office, "stated_figure", "stated.csv");
    import(office, "plan_item", "plan.csv");
    return office;
}

/* A text composed before the ledgers moved is not frozen over those after. */
static void test_a_moved_text_is_not_issued(void **state) {
    Office *office = filled_office(*state);
    const SummaryAsk ask = ask_for(office, "half", "2020H1", "");
    Summary *summary = compose(office, &ask);
    import(office, "achievement", "later.csv");
    const Actor actor = {.name = "li", .owner = true};
    int64_t issue = 0;
    assert_int_equal(summary_issue(office->store, summary, &actor, office->diag, &issue), 1);
    assert_string_equal(office->diag->list[office->diag->count - 1].code, "moved");
    assert_int_equal(fixture_int(office->store->db, "SELECT count(*) FROM issue"), 0);
    assert_int_equal(fixture_int(office->store->db, "SELECT count(*) FROM issue_row"), 0);
    close_office(office);
}

/* Every link of the text leads to a row of the annex, and the annex holds nothing else. */
static void test_the_annex_has_what_the_text_names(void **state) {
    Office *office = filled_office(*state);
    const SummaryAsk ask = ask_for(office, "half", "2020H2", "");
    const Summary *summary = compose(office, &ask);
    const Block *table = &summary->doc->blocks[summary->doc->n_blocks - 1];
    assert_int_equal(table->kind, BLOCK_TABLE);
    assert_int_equal(table->n_rows, summary->n_figures + 1);
    for (size_t i = 0; i < summary->n_figures; i++) {
        const SummaryFigure *figure = &summary->figures[i];
        assert_string_equal(block_cell(table, i + 1, 0)->runs[0].anchor, figure->name);
        const char *link = mem_printf(office, "](figure:%s)", figure->name);
        unsigned uses = 0;
        for (const char *at = summary->markdown; (at = strstr(at, link)); at += strlen(link)) uses++;
        assert_true(uses > 0);
        assert_int_equal(uses, figure->uses);
    }
    close_office(office);
}

static char *written(Office *office, const char *format, const Summary *summary) {
    const SummaryFormat *found = summary_formats;
    while (strcmp(found->name, format)) found++;
    const char *path = mem_printf(office, "%s/text.%s", office->folder, format);
    if (found->write(office->store, summary, path, office->diag)) {
        diag_print(office->diag, stderr);
        fail();
    }
    char *text;
    size_t size;
    assert_int_equal(file_read(office, path, EXPECT_MAX, office->diag, &text, &size), 0);
    return text;
}

static void assert_has(const char *text, const char *part) {
    if (!strstr(text, part)) fail_msg("'%s' is not there", part);
}

/* The page opens every number without anything from outside, and shows nobody's telephone. */
static void test_the_page_stands_alone(void **state) {
    Office *office = filled_office(*state);
    const SummaryAsk ask = ask_for(office, "half", "2020H1", "");
    const Summary *summary = compose(office, &ask);
    const char *page = written(office, "html", summary);
    assert_has(page, "default-src 'none'; style-src 'sha256-");
    assert_null(strstr(page, "http://"));
    assert_null(strstr(page, "https://"));
    assert_null(strstr(page, "13800005678"));
    assert_has(page, "水稻*抗病_新品种");
    assert_has(page, "未满足：“已登记”的日期在本期内 <span class=\"says\">登记日期 2020-07-03");
    assert_has(page, "分子：成果登记数（2020年上半年）");
    for (size_t i = 0; i < summary->n_figures; i++)
        assert_has(page, mem_printf(office, "<details class=\"source\" id=\"f-%s\" open>", summary->figures[i].name));
    close_office(office);
}

/* The rows of the JSON add up to the values printed. */
static void test_rows_of_the_json_add_up(void **state) {
    Office *office = filled_office(*state);
    const SummaryAsk ask = ask_for(office, "half", "2020H1", "");
    const char *text = written(office, "json", compose(office, &ask));
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    size_t index, checked = 0;
    json_t *figure;
    json_array_foreach(json_object_get(root, "figures"), index, figure) {
        const char *measure = json_string_value(json_object_get(figure, "measure"));
        if (strcmp(measure, "count")) continue;
        json_t *part = json_array_get(json_object_get(figure, "parts"), 0);
        size_t rows = json_array_size(json_object_get(part, "rows"));
        assert_int_equal(rows, atoi(json_string_value(json_object_get(figure, "value"))));
        checked++;
    }
    assert_true(checked >= 2);
    json_decref(root);
    close_office(office);
}

/* The shipped templates name nothing unknown, and read well in a bureau that has not entered anything. */
static void test_shipped_templates(void **state) {
    Fixture *fixture = *state;
    Office *office = new_office(fixture, "../../defs");
    static const char *const reports[] = {"half_year_summary", "annual_summary"};
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        const SummaryAsk ask = ask_for(office, reports[i], i ? "2020" : "2020H1", "");
        const char *text = compose(office, &ask)->markdown;
        static const char *const never[] = {"（）", "，。", "；。", "、。", "一是", "](figure:", "##"};
        for (size_t k = 0; k < sizeof never / sizeof *never; k++)
            if (strstr(text, never[k])) fail_msg("'%s' stands in an empty text: %s", never[k], text);
        assert_has(text, "2020年");
    }
    close_office(office);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(test_half_year),
        FIXTURE_TEST(test_a_moved_text_is_not_issued),
        FIXTURE_TEST(test_the_annex_has_what_the_text_names),
        FIXTURE_TEST(test_the_page_stands_alone),
        FIXTURE_TEST(test_rows_of_the_json_add_up),
        FIXTURE_TEST(test_shipped_templates),
    };
    return FIXTURE_RUN("summary", tests);
}
