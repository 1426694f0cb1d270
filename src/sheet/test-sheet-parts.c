/* Numbers and their formats, separators, the spool, column names. */
#include <math.h>

#include "sheet/number.h"
#include "sheet/separator.h"
#include "sheet/spool.h"
#include "sheet/test-sheet.h"

static void test_number_text(void **state) {
    (void)state;
    static const struct {
        double number;
        const char *text;
    } CASES[] = {
        {0, "0"},
        {-0.0, "0"},
        {17, "17"},
        {-17, "-17"},
        {3.62, "3.62"},
        {0.1 + 0.2, "0.30000000000000004"},
        {0.1, "0.1"},
        {15.5, "15.5"},
        {1e-7, "0.0000001"},
        {-0.5, "-0.5"},
        {1e15, "1000000000000000"},
        {349901199001010010.0, "349901199001010000"},
        {1e20, "100000000000000000000"},
        {1.5e21, "1.5e+21"},
        {123456.789, "123456.789"},
        {1e-30, "1e-30"},
        {999999999999999.0, "999999999999999"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[NUMBER_SIZE];
        number_text(CASES[i].number, text);
        assert_string_equal(text, CASES[i].text);
    }
}

/* Whatever the number, its text reads back as the same. */
static void test_number_round_trip(void **state) {
    (void)state;
    uint64_t seed = 349901;
    for (int i = 0; i < 100000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double number = (double)(int64_t)seed * pow(10, -(double)(seed >> 40 & 31));
        char text[NUMBER_SIZE];
        number_text(number, text);
        assert_true(strtod(text, NULL) == number);
        assert_true(fabs(number) >= 1e21 || fabs(number) < 1e-20 || !strchr(text, 'e'));
    }
}

static void test_moment(void **state) {
    (void)state;
    char text[MOMENT_SIZE];
    Date date = DATE_NONE;
    assert_int_equal(number_moment(44012, false, &date, text), MOMENT_DATE);
    assert_string_equal(text, "2020-06-30");
    assert_int_equal(date, date_make(2020, 6, 30));
    assert_int_equal(number_moment(44012.520833333336, false, &date, text), MOMENT_DATE);
    assert_string_equal(text, "2020-06-30 12:30:00");
    assert_int_equal(number_moment(44011.999999999, false, &date, text), MOMENT_DATE);
    assert_string_equal(text, "2020-06-30");
    assert_int_equal(number_moment(42550, true, &date, text), MOMENT_DATE);
    assert_string_equal(text, "2020-06-30");
    assert_int_equal(number_moment(0.5, false, &date, text), MOMENT_TIME);
    assert_string_equal(text, "12:00:00");
    assert_int_equal(number_moment(-1, false, &date, text), MOMENT_NONE);
    assert_int_equal(number_moment(1e9, false, &date, text), MOMENT_NONE);
    assert_int_equal(number_moment(NAN, false, &date, text), MOMENT_NONE);
}

static void test_number_of_date(void **state) {
    (void)state;
    static const double DAYS[] = {1, 59, 61, 62, 25569, 44012, 109573};
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        assert_true(number_of_date(date_from_excel(DAYS[i], false)) == DAYS[i]);
    }
}

static void test_formats(void **state) {
    (void)state;
    static const char *const DATES[] = {
        "yyyy-mm-dd", "YYYY/M/D", "yyyy\"年\"m\"月\"d\"日\"", "m月d日", "[$-804]yyyy\"年\"m\"月\";@", "d-mmm-yy",
        "[Red]yyyy",  "h:mm"};
    static const char *const OTHERS[] = {"General",     "0.00",      "#,##0.00_);[Red]\\(#,##0.00\\)",
                                         "0.0\"days\"", "@",         "[h]:mm:ss",
                                         "0\\d",        "[Yellow]0", "\"d",
                                         "0*d",         "_d0",       "[mm]:ss",
                                         "\\"};
    for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++)
        assert_int_equal(number_format_shows(DATES[i]), SHOWS_DATE);
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        assert_int_equal(number_format_shows(OTHERS[i]), SHOWS_NUMBER);
    assert_int_equal(number_format_shows("0.0%"), SHOWS_PERCENT);
    assert_int_equal(number_format_shows("0.00\"%\""), SHOWS_NUMBER);
    assert_int_equal(number_format_id_shows(10), SHOWS_PERCENT);
    assert_int_equal(number_format_id_shows(14), SHOWS_DATE);
    assert_int_equal(number_format_id_shows(31), SHOWS_DATE);
    assert_int_equal(number_format_id_shows(58), SHOWS_DATE);
    assert_int_equal(number_format_id_shows(0), SHOWS_NUMBER);
    assert_int_equal(number_format_id_shows(49), SHOWS_NUMBER);
}

static void test_separator(void **state) {
    (void)state;
    static const struct {
        const char *text, *separator;
    } CASES[] = {
        {"a,b\n1,2\n", ","},
        {"a;b\n1,5;2\n3,5;4\n", ";"},
        {"a\tb\n1,5\t2\n", "\t"},
        {"甲，乙\n1，2\n", "，"},
        {"甲，乙;丙\n1;2\n", ";"},
        {"\"a;b;c;d\",e\n\";;;\",f\n", ","},
        {"只有一列\n甲\n", ","},
        {"", ","},
        {"标题\n\na;b;c\n1;2,5;3\n", ";"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_string_equal(separator_guess(CASES[i].text, strlen(CASES[i].text)), CASES[i].separator);
    }
}

/* The spool gives back what it took, before and after it went to disk, within and across blocks. */
static void test_spool(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    static const size_t MEMORY[] = {5000, (size_t)16 << 10, (size_t)4 << 20};
    enum { WORDS = 200000 };
    for (size_t m = 0; m < sizeof MEMORY / sizeof *MEMORY; m++) {
        Spool *spool = row_spool_new(scratch, MEMORY[m]);
        for (uint64_t i = 0; i < WORDS; i++) {
            assert_true(row_spool_add(spool, &i, sizeof i));
            uint64_t word = 0, old = i / 2;
            assert_true(row_spool_read(spool, old * sizeof old, &word, sizeof word));
            assert_int_equal(word, old);
        }
        uint64_t run[5000];
        for (uint64_t i = 0; i + 5000 <= WORDS; i += 4999) {
            assert_true(row_spool_read(spool, i * sizeof *run, run, sizeof run));
            assert_int_equal(run[0], i);
            assert_int_equal(run[4999], i + 4999);
        }
        assert_int_equal(row_spool_size(spool), WORDS * sizeof *run);
        assert_false(row_spool_read(spool, (WORDS - 1) * sizeof *run + 1, run, sizeof *run));
        assert_true(row_spool_read(spool, WORDS * sizeof *run, run, 0));
    }
}

static void test_column_name(void **state) {
    (void)state;
    static const struct {
        size_t column;
        const char *name;
    } CASES[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {51, "AZ"}, {52, "BA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char name[SHEET_LETTERS_SIZE];
        sheet_column_name(CASES[i].column, name);
        assert_string_equal(name, CASES[i].name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number_text), cmocka_unit_test(test_number_round_trip),
        cmocka_unit_test(test_moment),      cmocka_unit_test(test_number_of_date),
        cmocka_unit_test(test_formats),     cmocka_unit_test(test_separator),
        cmocka_unit_test(test_spool),       cmocka_unit_test(test_column_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
