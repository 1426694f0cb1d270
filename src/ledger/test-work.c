/* ledger/test-work.c: what waits for whom, what he did and began, page by page; terms and their lights. */
#include <string.h>

#include "base/file.h"
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
    folder_exec(folder, "DELETE FROM setting WHERE name = 'terms'"); /* of days that were altered behind their back */
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
}

static void what_waits_is_what_one_may_lead_on(void **state) {
    Folder *folder = *state;
    build_world(folder);
    assert_string_equal(titles(folder, work_todo, "wang"), ""); /* no role */
    folder_give(folder, "wang", "reader", NULL);
    assert_string_equal(titles(folder, work_todo, "wang"), "");
    folder_give(folder, "wang", "clerk", "county");
    /* what was approved by the day it is due; then the latest of what has no day and of his own drafts */
    assert_string_equal(titles(folder, work_todo, "wang"),
                        "p03 p05 p07 p09 p13 p15 p17 p19 p23 p25 p27 p29 p33 p35 p37 p39 p43 p45 p47 p49 "
                        "p48 p46 p44 p42 p41 p38 p36 p34 p32 p31 p28 p26 p24 p22 p21 p18 p16 p14 p12 p11 p08 p06 p04 "
                        "p02 p01 ");
    WorkCount count;
    assert_int_equal(work_count(folder->store, folder_mandate(folder, "wang"), &count), 0);
    assert_int_equal(count.waiting, 45);
    assert_int_equal(count.late, 16); /* due on 30 June at the latest: entered by the 23rd */
    folder_take(folder, "wang", "clerk");
    folder_give(folder, "wang", "clerk", "own");
    assert_null(strstr(titles(folder, work_todo, "wang"), "p45")); /* li's */
    WorkPage page = load(folder, work_todo, "wang", NULL);
    assert_string_equal(page.items[0].title, "p03");
    assert_int_equal(page.items[0].days, 20);
    assert_int_equal(page.items[0].due_on, date_make(2020, 6, 17));
}

/* As the bureau's definitions have it from now on. */
static void redefine(Folder *folder, const char *states) {
    Diag *diag = diag_new(folder);
    const char *text = mem_printf(folder,
                                  "ledger: project\ntitle: {zh: 项目, en: Projects}\narea: 7\nkey: [title]\nnames: "
                                  "[title]\nshows: title\nfields:\n"
                                  "  - {name: title, kind: text, required: true, label: {zh: 名称, en: Title}}\n"
                                  "  - {name: firm, kind: ref, to: firm, label: {zh: 单位, en: Firm}}\n"
                                  "  - {name: amount, kind: money, label: {zh: 金额, en: Amount}}\n"
                                  "  - {name: approved_on, kind: date, label: {zh: 批准日期, en: Approved on}}\n"
                                  "  - {name: files, kind: file, label: {zh: 附件, en: Files}}\n"
                                  "list: [title, state]\n%s",
                                  states);
    assert_int_equal(file_write(folder_path(folder, "defs/ledgers/project.yaml"), text, strlen(text), diag), 0);
    talloc_free(folder->store);
    folder->store = folder_open(folder, 0);
}

/* Nobody waits for what is rejected or taken up again with a reason; an objection waits to be settled. */
static void steps_with_a_reason_are_next_when_nothing_else_leads_on(void **state) {
    Folder *folder = *state;
    folder_add_account(folder, "wang", NULL);
    folder_give(folder, "wang", "clerk", "county");
    redefine(folder, "states:\n"
                     "  - {name: draft, label: {zh: 草稿, en: Draft}}\n"
                     "  - {name: approved, label: {zh: 已批准, en: Approved}}\n"
                     "  - {name: disputed, label: {zh: 有异议, en: Disputed}}\n"
                     "  - {name: closed, label: {zh: 已结题, en: Closed}}\n"
                     "transitions:\n"
                     "  - {name: approve, label: {zh: 批准, en: Approve}, from: [draft], to: approved, by: [clerk]}\n"
                     "  - {name: object, label: {zh: 异议, en: Object}, from: [approved], to: disputed, by: [clerk],"
                     " reason: true}\n"
                     "  - {name: settle, label: {zh: 处理, en: Settle}, from: [disputed], to: approved, by: [clerk],"
                     " reason: true}\n"
                     "  - {name: close, label: {zh: 结题, en: Close}, from: [disputed, approved], to: closed,"
                     " by: [clerk], reason: true}\n");
    int64_t ids[3];
    for (int i = 0; i < 3; i++) ids[i] = folder_add_project(folder, mem_printf(folder, "p%d", i), 0, 100);
    for (int i = 0; i < 3; i++)
        folder_exec(folder, mem_printf(folder, "UPDATE l_project SET state = '%s' WHERE id = %lld",
                                       (const char *[]){"approved", "disputed", "closed"}[i], (long long)ids[i]));
    assert_string_equal(titles(folder, work_todo, "wang"), "p1 ");
}

/* The day stands in the record; it follows its edits, and is gone with the record. */
static void a_day_of_the_record_is_its_term(void **state) {
    Folder *folder = *state;
    folder_add_account(folder, "wang", NULL);
    folder_give(folder, "wang", "clerk", "county");
    redefine(folder, "states:\n"
                     "  - {name: draft, label: {zh: 草稿, en: Draft}, due: approved_on}\n"
                     "  - {name: approved, label: {zh: 已批准, en: Approved}, final: true}\n"
                     "  - {name: closed, label: {zh: 已结题, en: Closed}, final: true}\n"
                     "transitions:\n"
                     "  - {name: approve, label: {zh: 批准, en: Approve}, from: [draft], to: approved, by: [clerk]}\n");
    int64_t none = folder_add_project(folder, "none", 0, 100), soon = folder_add_project(folder, "soon", 0, 100);
    Date day;
    assert_int_equal(term_find(folder->store, none, &day), 0);
    assert_int_equal(day, DATE_NONE);
    assert_string_equal(titles(folder, work_todo, "wang"), "soon none "); /* of others, but with a term no draft */
    folder_exec(folder,
                mem_printf(folder, "UPDATE l_project SET approved_on = '2020-08-01' WHERE id = %lld", (long long)none));
    folder_move_project(folder, none, NULL, 200);
    assert_int_equal(term_find(folder->store, none, &day), 0);
    assert_int_equal(day, date_make(2020, 8, 1));
    assert_string_equal(titles(folder, work_todo, "wang"), "none soon ");
    folder_move_project(folder, soon, "approve", 0);
    folder_withdraw_project(folder, none);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM term"), 0);
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

static Date due(Folder *folder, State state, int month, int day) {
    Ledger *ledger = mem_new(folder, Ledger);
    Record *record = record_new(folder, ledger);
    Span span = {.state = &state, .entered_on = date_make(2020, month, day), .left_on = DATE_NONE};
    if (!day) span.entered_on = DATE_NONE;
    record->state = &state;
    record->spans = &span;
    record->n_spans = 1;
    return term_due(record, folder->store->calendar);
}

/* 2020-06-24 was a Wednesday, 25 and 26 were off (Dragon Boat), 28 a Sunday made a working day. */
static void lights_count_working_days(void **state) {
    static const struct {
        int month, day;
        TermLight light;
    } cases[] = {{6, 24, TERM_GREEN},  {6, 27, TERM_GREEN},  {6, 28, TERM_GREEN},
                 {6, 29, TERM_YELLOW}, {6, 30, TERM_YELLOW}, {7, 1, TERM_RED}};
    Folder *folder = *state;
    const Calendar *calendar = folder->store->calendar;
    const Date last = date_make(2020, 6, 30);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(term_light(last, date_make(2020, cases[i].month, cases[i].day), calendar), cases[i].light);
    assert_int_equal(term_light(DATE_NONE, date_make(2020, 7, 1), calendar), TERM_NONE);
}

static void terms_are_counted_as_they_are_written(void **state) {
    Folder *folder = *state;
    assert_int_equal(due(folder, (State){.within = 4}, 6, 24), date_make(2020, 6, 30));
    assert_int_equal(due(folder, (State){.within = 30, .within_unit = TERM_DAYS}, 6, 24), date_make(2020, 7, 24));
    assert_int_equal(due(folder, (State){.within = 2, .within_unit = TERM_MONTHS}, 7, 31), date_make(2020, 9, 30));
    assert_int_equal(due(folder, (State){.within = 7, .within_unit = TERM_MONTHS}, 7, 31), date_make(2021, 2, 28));
    assert_int_equal(due(folder, (State){.due_month = 5, .due_day = 31}, 5, 31), date_make(2020, 5, 31));
    assert_int_equal(due(folder, (State){.due_month = 5, .due_day = 31}, 6, 1), date_make(2021, 5, 31));
    assert_int_equal(due(folder, (State){.within = 4}, 0, 0), DATE_NONE);
    assert_int_equal(due(folder, (State){0}, 6, 24), DATE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(what_waits_is_what_one_may_lead_on),
        FOLDER_TEST(steps_with_a_reason_are_next_when_nothing_else_leads_on),
        FOLDER_TEST(a_day_of_the_record_is_its_term),
        FOLDER_TEST(what_was_done_and_begun_is_listed_once),
        FOLDER_TEST(long_lists_are_paged),
        FOLDER_TEST(lights_count_working_days),
        FOLDER_TEST(terms_are_counted_as_they_are_written),
    };
    return FOLDER_RUN("work", tests);
}
