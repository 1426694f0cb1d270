/* ledger/test-search.c: one search finds the current records of all ledgers, the newest first. */
#include "base/buf.h"
#include "ledger/search.h"
#include "ledger/test-folder.h"

static int join_hit(const SearchHit *hit, void *data) {
    buf_printf(data, "%s:%lld ", hit->ledger, (long long)hit->id);
    return 0;
}

static int stop_at_once(const SearchHit *hit, void *data) {
    (void)join_hit(hit, data);
    return 7;
}

static const char *found(Folder *folder, const char *words, size_t most) {
    Buf out = BUF_INIT(folder);
    assert_int_equal(search_each(folder->store, words, most, join_hit, &out), 0);
    return buf_text(&out);
}

static void test_all_ledgers(void **state) {
    Folder *folder = *state;
    int64_t firm = folder_add_firm(folder, "F1", "青禾机械厂", NULL);
    int64_t project = folder_add_project(folder, "青禾水稻", firm, 100),
            gone = folder_add_project(folder, "青禾小麦", firm, 0);
    folder_withdraw_project(folder, gone);
    const char *both = mem_printf(folder, "project:%lld firm:%lld ", (long long)project, (long long)firm);
    assert_string_equal(found(folder, "青禾", 10), both);
    assert_string_equal(found(folder, "qinghe", 10), both);
    assert_string_equal(found(folder, "青禾", 1), mem_printf(folder, "project:%lld ", (long long)project));
    assert_string_equal(found(folder, "qhjxc", 10), mem_printf(folder, "firm:%lld ", (long long)firm));
    assert_string_equal(found(folder, "小麦", 10), "");
    assert_string_equal(found(folder, "，", 10), ""); /* nothing to look for */
}

static void test_ends_when_told(void **state) {
    Folder *folder = *state;
    Buf out = BUF_INIT(folder);
    (void)folder_add_firm(folder, "F1", "青禾一厂", NULL);
    int64_t last = folder_add_firm(folder, "F2", "青禾二厂", NULL);
    assert_int_equal(search_each(folder->store, "青禾", 10, stop_at_once, &out), 7);
    assert_string_equal(buf_text(&out), mem_printf(folder, "firm:%lld ", (long long)last));
}

int main(void) {
    const struct CMUnitTest tests[] = {FOLDER_TEST(test_all_ledgers), FOLDER_TEST(test_ends_when_told)};
    return FOLDER_RUN("search", tests);
}
