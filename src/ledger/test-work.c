/* ledger/test-work.c: what waits for whom, what he did and began, page by page; terms and their lights. */
#include <string.h>

#include "ledger/test-folder.h"
#include "ledger/work.h"

typedef int (*Load)(const void *ctx, Store *store, const Mandate *mandate, const QueryPlace *after, WorkPage *ret_page);

static WorkPage load(Folder *folder, Load what, const char *login, const QueryPlace *after) {
    WorkPage page;
    assert_int_equal(what(folder, folder->store, folder_mandate(folder, login), after, &page), 0);
    assert_true(page.count <= WORK_PAGE);
    return page;
}

/* The titles of all pages, each place having gone through text. */
static const char *titles(Folder *folder, Load what, const char *login) {
    Buf out = BUF_INIT(folder);
    QueryPlace place;
    for (WorkPage page = load(folder, what, login, NULL);; page = load(folder, what, login, &place)) {
        for (size_t i = 0; i < page.count; i++) buf_printf(&out, "%s ", page.items[i].title);
        if (!page.has_after) return buf_text(&out);
        assert_true(query_place_parse_day(query_place_text(folder, &page.last), &place));
    }
}

/* Fifty projects of wang's and li's in draft; every other one approved on a day of June, some on a day nobody knows. */
static void build_world(Folder *folder) {
    folder_add_account(folder, "wang", NULL);
    for (int i = 0; i < 50; i++) {
        folder->actor = i % 5 ? "wang" : "li";
        int64_t id = folder_add_project(folder, mem_printf(folder, "p%02d", i), 0, 100);
        if (i % 2) folder_move_project(folder, id, "approve", 0);
        if (i % 2)
            folder_exec(
                folder,
                mem_printf(
                    folder,
                    "UPDATE state_span SET entered_on = '2020-06-%02d' WHERE record = %lld AND state = 'approved'",
                    10 + i / 3, (long long)id));
        if (i % 10 == 1)
            folder_exec(folder,
                        mem_printf(folder,
                                   "UPDATE state_span SET entered_on = NULL WHERE record = %lld AND state = 'approved'",
                                   (long long)id));
    }
    folder->actor = NULL;
}

static void what_waits_is_what_one_may_lead_on(void **state) {
    Folder *folder = *state;
    build_world(folder);
    assert_string_equal(titles(folder, work_todo, "wang"), ""); /* no role */
    folder_give(folder, "wang", "reader", NULL);
    assert_string_equal(titles(folder, work_todo, "wang"), "");
    folder_give(folder, "wang", "clerk", "county");
    /* his own drafts were entered today; then what was approved, latest first; what has no day last */
    assert_string_equal(titles(folder, work_todo, "wang"),
                        "p48 p46 p44 p42 p38 p36 p34 p32 p28 p26 p24 p22 p18 p16 p14 p12 p08 p06 p04 p02 "
                        "p49 p47 p45 p43 p39 p37 p35 p33 p29 p27 p25 p23 p19 p17 p15 p13 p09 p07 p05 p03 "
                        "p41 p31 p21 p11 p01 ");
    folder_take(folder, "wang", "clerk");
    folder_give(folder, "wang", "clerk", "own");
    assert_null(strstr(titles(folder, work_todo, "wang"), "p45")); /* li's */
    WorkPage page = load(folder, work_todo, "wang", NULL);
    assert_int_equal(page.items[0].days, 0);
    assert_string_equal(page.items[0].state->name.text, "draft");
    assert_int_equal(page.items[0].light, WORK_NO_TERM);
}

static void what_was_done_and_begun_is_listed_once(void **state) {
    Folder *folder = *state;
    folder_add_account(folder, "wang", NULL);
    folder_give(folder, "wang", "clerk", "county");
    folder->actor = "wang";
    int64_t a = folder_add_project(folder, "a", 0, 100), b = folder_add_project(folder, "b", 0, 100);
    folder->actor = "li";
    int64_t c = folder_add_project(folder, "c", 0, 100);
    folder->actor = "wang";
    folder_move_project(folder, a, "approve", 0);
    folder_move_project(folder, c, NULL, 200);
    folder_move_project(folder, a, "close", 0);
    assert_string_equal(titles(folder, work_started, "wang"), "b a ");
    assert_string_equal(titles(folder, work_done, "wang"), "a c ");
    WorkPage page = load(folder, work_done, "wang", NULL);
    assert_string_equal(page.items[0].action, "close");
    assert_string_equal(page.items[0].state->name.text, "closed");
    folder_withdraw_project(folder, b); /* gone: not listed */
    assert_string_equal(titles(folder, work_started, "wang"), "a ");
    folder_take(folder, "wang", "clerk");
    assert_string_equal(titles(folder, work_started, "wang"), ""); /* may not read it any more */
    folder_give(folder, "wang", "reader", "own");
    assert_string_equal(titles(folder, work_done, "wang"), "a ");
}

static void long_lists_are_paged(void **state) {
    Folder *folder = *state;
    Buf expected = BUF_INIT(folder);
    folder_add_account(folder, "wang", NULL);
    folder_give(folder, "wang", "reader", NULL);
    folder->actor = "wang";
    for (int i = 0; i < 45; i++) folder_add_project(folder, mem_printf(folder, "p%02d", i), 0, 100);
    for (int i = 44; i >= 0; i--) buf_printf(&expected, "p%02d ", i);
    assert_string_equal(titles(folder, work_started, "wang"), buf_text(&expected));
}

/* 2020-06-24 was a Wednesday, 25 and 26 were off (Dragon Boat), 28 a Sunday made a working day. */
static void lights_count_working_days(void **state) {
    static const struct {
        int month, day;
        WorkLight light;
    } cases[] = {{6, 24, WORK_GREEN},  {6, 27, WORK_GREEN},  {6, 28, WORK_GREEN},
                 {6, 29, WORK_YELLOW}, {6, 30, WORK_YELLOW}, {7, 1, WORK_RED}};
    Folder *folder = *state;
    const Calendar *calendar = folder->store->calendar;
    const State notice = {.within = 4}, other = {0};
    const Date due = work_due(&notice, date_make(2020, 6, 24), calendar);
    assert_int_equal(due, date_make(2020, 6, 30));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(work_light(due, date_make(2020, cases[i].month, cases[i].day), calendar), cases[i].light);
    assert_int_equal(work_due(&other, date_make(2020, 6, 24), calendar), DATE_NONE);
    assert_int_equal(work_due(&notice, DATE_NONE, calendar), DATE_NONE);
    assert_int_equal(work_light(DATE_NONE, date_make(2020, 7, 1), calendar), WORK_NO_TERM);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(what_waits_is_what_one_may_lead_on),
        FOLDER_TEST(what_was_done_and_begun_is_listed_once),
        FOLDER_TEST(long_lists_are_paged),
        FOLDER_TEST(lights_count_working_days),
    };
    return FOLDER_RUN("work", tests);
}
