/* ledger/test-query.c: every page of every order is the part of the whole list it should be, from either side. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/change.h"
#include "ledger/query.h"
#include "ledger/test-folder.h"

#define PAGE 4

static const Ledger *projects(const Folder *folder) { return catalog_find_ledger(folder->store->catalog, "project"); }

static Expr *compile(Folder *folder, const char *text, bool is_order) {
    Diag *diag = diag_new(folder);
    Expr *expr = NULL;
    int result = is_order ? query_compile_order(folder, projects(folder), text, diag, &expr)
                          : query_compile(folder, projects(folder), text, diag, &expr);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
    return expr;
}

/* Thirty projects: amounts, days and firms that several share and some lack. */
static void build_world(Folder *folder) {
    int64_t firms[3] = {0, folder_add_firm(folder, "F2", "乙厂", NULL), folder_add_firm(folder, "F1", "甲厂", NULL)};
    for (int i = 0; i < 30; i++) {
        int64_t id =
            folder_add_project(folder, mem_printf(folder, "项目%02d", i * 7 % 30), firms[i % 3], i * 5 % 6 * 100);
        if (i % 4 == 1) folder_move_project(folder, id, "approve", 0);
        if (i % 8 == 1) folder_move_project(folder, id, "close", 0);
    }
    folder_exec(folder, "UPDATE l_project SET amount = NULL WHERE amount = 300");
}

/* --- a list as text, and the same list page by page --- */

static int join_id(const Record *record, void *data) {
    buf_printf(data, "%lld ", (long long)record->id);
    return 0;
}

static const char *whole(Folder *folder, const Query *query) {
    Buf out = BUF_INIT(folder);
    assert_int_equal(query_each(folder->store, query, join_id, &out), 0);
    return buf_text(&out);
}

/* The place has gone to a browser and come back. */
static QueryPlace through_text(Folder *folder, const Query *query, const QueryPlace *place) {
    QueryPlace back;
    assert_true(query_place_parse(folder, query, query_place_text(folder, place), &back));
    assert_true(value_equal(back.value, place->value));
    assert_int_equal(back.id, place->id);
    return back;
}

static QueryPage load_page(Folder *folder, const Query *query) {
    QueryPage page;
    assert_int_equal(query_page(folder, folder->store, query, &page), 0);
    assert_true(page.count <= query->most);
    return page;
}

static const char *forwards(Folder *folder, Query query) {
    Buf out = BUF_INIT(folder);
    QueryPlace place;
    query.most = PAGE;
    QueryPage page = load_page(folder, &query);
    assert_false(page.has_before);
    for (;; page = load_page(folder, &query)) {
        for (size_t i = 0; i < page.count; i++) (void)join_id(page.records[i], &out);
        if (!page.has_after) return buf_text(&out);
        assert_int_equal(page.count, PAGE);
        place = through_text(folder, &query, &page.places[page.count - 1]);
        query.after = &place;
    }
}

/* From the last record to the first; what is read last comes first. */
static const char *backwards(Folder *folder, Query query, const QueryPlace *last, int64_t last_id) {
    const char *out = mem_printf(folder, "%lld ", (long long)last_id);
    QueryPlace place = *last;
    query.most = PAGE;
    query.before = &place;
    for (;;) {
        QueryPage page = load_page(folder, &query);
        Buf before = BUF_INIT(folder);
        assert_true(page.has_after);
        for (size_t i = 0; i < page.count; i++) (void)join_id(page.records[i], &before);
        out = mem_printf(folder, "%s%s", buf_text(&before), out);
        if (!page.has_before) return out;
        place = through_text(folder, &query, &page.places[0]);
    }
}

static void check_pages(Folder *folder, const Query *query) {
    const char *list = whole(folder, query);
    assert_string_equal(forwards(folder, *query), list);
    Query all = *query;
    all.most = 100;
    QueryPage page = load_page(folder, &all);
    if (!page.count) return;
    const Record *last = page.records[page.count - 1];
    assert_string_equal(backwards(folder, *query, &page.places[page.count - 1], last->id), list);
}

/* --- orders --- */

static void every_order_is_paged(void **state) {
    static const char *const orders[] = {
        "amount",    "approved_on",       "title",        "number",       "id",       "state", "firm",
        "firm.name", "year(approved_on)", "amount > 200", "amount * 0.5", "firm.note"};
    Folder *folder = *state;
    build_world(folder);
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
        for (int turn = 0; turn < 8; turn++) {
            Query query = {.ledger = projects(folder),
                           .order = compile(folder, orders[i], true),
                           .descending = turn & 1,
                           .many = turn & 4, /* another way to the same rows */
                           .where = turn & 2 ? compile(folder, "state = draft", false) : NULL};
            check_pages(folder, &query);
        }
    check_pages(folder, &(Query){.ledger = projects(folder)});
    check_pages(folder, &(Query){.ledger = projects(folder), .descending = true});
}

static int join_amount(const Record *record, void *data) {
    Value value = record->values[ledger_find_field(record->ledger, "amount")->index];
    MEM_SCRATCH scratch = talloc_new(NULL);
    buf_printf(data, "%s ", value.kind == VALUE_BLANK ? "-" : value_text(scratch, value));
    return 0;
}

static void blanks_are_smallest(void **state) {
    Folder *folder = *state;
    Buf up = BUF_INIT(folder), down = BUF_INIT(folder);
    folder_add_project(folder, "甲", 0, 200);
    int64_t blank = folder_add_project(folder, "乙", 0, 100);
    folder_add_project(folder, "丙", 0, 300);
    folder_exec(folder, mem_printf(folder, "UPDATE l_project SET amount = NULL WHERE id = %lld", (long long)blank));
    Query query = {.ledger = projects(folder), .order = compile(folder, "amount", true)};
    assert_int_equal(query_each(folder->store, &query, join_amount, &up), 0);
    assert_string_equal(buf_text(&up), "- 2 3 ");
    query.descending = true;
    query.most = 2;
    assert_int_equal(query_each(folder->store, &query, join_amount, &down), 0);
    assert_string_equal(buf_text(&down), "3 2 ");
}

static void some_columns_give_no_order(void **state) {
    Folder *folder = *state;
    Expr *expr;
    Diag *diag = diag_new(folder);
    const Ledger *firms = catalog_find_ledger(folder->store->catalog, "firm");
    assert_int_equal(query_compile_order(folder, firms, "card", diag, &expr), 1);
    assert_true(folder_has_finding(diag, "no-order"));
    assert_int_equal(query_compile_order(folder, firms, "cart", diag, &expr), 1);
}

static void what_is_no_place_is_refused(void **state) {
    static const char *const wrong[] = {"", "x", "1~", "1~x", "1~2x", " 1", "1~ 2", "1x"};
    Folder *folder = *state;
    QueryPlace place;
    const Query query = {.ledger = projects(folder), .order = compile(folder, "amount", true)};
    const Query by_id = {.ledger = projects(folder)};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (query_place_parse(folder, &query, wrong[i], &place)) fail_msg("'%s' is taken for a place", wrong[i]);
    assert_false(query_place_parse(folder, &by_id, "1~2", &place));
    assert_true(query_place_parse(folder, &query, "7~-250", &place));
    assert_int_equal(place.value.units, -250);
    assert_int_equal(place.value.scale, 2);
}

/* --- totals --- */

static void totals_are_those_of_the_rows(void **state) {
    Folder *folder = *state;
    build_world(folder);
    const Field *amount = ledger_find_field(projects(folder), "amount");
    Query query = {.ledger = projects(folder), .where = compile(folder, "state = draft", false)};
    int64_t count;
    Value sum;
    bool more;
    assert_int_equal(query_sums(folder->store, &query, &amount, 1, &count, &sum), 0);
    assert_int_equal(count, folder_int(folder, "SELECT count(*) FROM l_project WHERE recorded_to IS NULL AND state = "
                                               "'draft'"));
    assert_int_equal(sum.units,
                     folder_int(folder, "SELECT CAST(sum(amount) AS bigint) FROM l_project WHERE recorded_to IS "
                                        "NULL AND state = 'draft'"));
    assert_int_equal(sum.scale, 2);
    int64_t upto;
    assert_int_equal(query_count_upto(folder->store, &query, 5, &upto, &more), 0);
    assert_true(more && upto == 5);
    assert_int_equal(query_count_upto(folder->store, &query, (size_t)count, &upto, &more), 0);
    assert_true(!more && upto == count);
    query.where = compile(folder, "title = 'nothing'", false);
    assert_int_equal(query_sums(folder->store, &query, &amount, 1, &count, &sum), 0);
    assert_true(!count && sum.kind == VALUE_BLANK);
}

/* --- withdrawn --- */

static void withdrawn_records_are_listed_apart(void **state) {
    Folder *folder = *state;
    build_world(folder);
    int64_t ids[9], n = 0;
    for (int i = 0; i < 9; i++) ids[i] = folder_add_project(folder, mem_printf(folder, "登错%d", i), 0, i * 100);
    for (int i = 8; i >= 0; i--) folder_withdraw_project(folder, ids[i]);
    Query query = {.ledger = projects(folder), .withdrawn = true};
    assert_int_equal(query_count(folder->store, &query, &n), 0);
    assert_int_equal(n, 9);
    Buf expected = BUF_INIT(folder);
    for (int i = 8; i >= 0; i--) buf_printf(&expected, "%lld ", (long long)ids[i]);
    assert_string_equal(whole(folder, &query), buf_text(&expected)); /* in the order they were withdrawn */
    check_pages(folder, &query);
    query.descending = true;
    check_pages(folder, &query);
    query.order = compile(folder, "amount", true);
    check_pages(folder, &query);
    ChangeRow last;
    assert_int_equal(change_last(folder, folder->store, projects(folder), ids[3], &last), 0);
    assert_string_equal(last.action, "withdraw");
    assert_string_equal(last.actor, "test");
    assert_string_equal(last.reason, "登错");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(every_order_is_paged),         FOLDER_TEST(blanks_are_smallest),
        FOLDER_TEST(some_columns_give_no_order),   FOLDER_TEST(what_is_no_place_is_refused),
        FOLDER_TEST(totals_are_those_of_the_rows), FOLDER_TEST(withdrawn_records_are_listed_apart),
    };
    return FOLDER_RUN("query", tests);
}
