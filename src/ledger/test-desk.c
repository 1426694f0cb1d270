/* ledger/test-desk.c: what lies on a person's desk: drafts and saved filters. */
#include <string.h>

#include "ledger/draft.h"
#include "ledger/saved-view.h"
#include "ledger/test-folder.h"

#define NOW "2020-07-01T04:00:00.000Z"

static const Ledger *projects(const Folder *folder) { return catalog_find_ledger(folder->store->catalog, "project"); }

static void save(Folder *folder, const char *login, int64_t record, const char *at, const char *form) {
    Diag *diag = diag_new(folder);
    const Draft draft = {record, at, form};
    assert_int_equal(draft_save(folder->store, login, projects(folder), &draft, diag), 0);
    folder_no_findings(diag);
}

static const char *load(Folder *folder, const char *login, int64_t record) {
    Draft draft;
    int result = draft_load(folder, folder->store, login, projects(folder), record, &draft);
    assert_in_range(result, 0, 1);
    return result ? NULL : draft.form;
}

static void drafts_are_their_owners_and_sealed(void **state) {
    Folder *folder = *state;
    save(folder, "wang", 0, NOW, "title=甲&card=349901199001010011");
    save(folder, "wang", 7, NOW, "title=乙");
    save(folder, "wang", 7, NOW, "title=丙"); /* in the place of the earlier */
    assert_string_equal(load(folder, "wang", 0), "title=甲&card=349901199001010011");
    assert_string_equal(load(folder, "wang", 7), "title=丙");
    assert_null(load(folder, "li", 7));
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM draft WHERE form LIKE '%3499%'"), 0);
    assert_int_equal(draft_drop(folder->store, "wang", projects(folder), 7), 0);
    assert_null(load(folder, "wang", 7));
}

static void drafts_are_bounded(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    char *form = mem_array(folder, char, DRAFT_MAX + 2);
    memset(form, 'x', DRAFT_MAX);
    save(folder, "wang", 99, "2020-06-02T00:00:00.000Z", form);
    assert_string_equal(load(folder, "wang", 99), form);
    save(folder, "li", 1, "2020-06-03T00:00:00.000Z", "title=x");
    for (int i = 1; i <= (int)DRAFT_MOST; i++)
        save(folder, "wang", i, mem_printf(folder, "2020-07-02T00:00:%02d.000Z", i), "title=x");
    assert_null(load(folder, "wang", 99)); /* thirty days are over */
    assert_non_null(load(folder, "li", 1));
    save(folder, "wang", 500, "2020-07-02T00:01:00.000Z", "title=x");
    assert_null(load(folder, "wang", 1));
    assert_non_null(load(folder, "wang", 2));
    Draft *list;
    size_t n;
    assert_int_equal(draft_list(folder, folder->store, "wang", projects(folder), &list, &n), 0);
    assert_int_equal(n, DRAFT_MOST);
    assert_int_equal(list[0].record, 500);
    form[DRAFT_MAX] = 'x';
    const Draft draft = {0, NOW, form};
    assert_int_equal(draft_save(folder->store, "wang", projects(folder), &draft, diag), 1);
    assert_true(folder_has_finding(diag, "draft-large"));
}

static int save_view(Folder *folder, const char *login, const char *name, bool shared, Diag *diag) {
    const SavedView view = {login, name, mem_printf(folder, "state=%s", name), shared};
    return view_save(folder->store, projects(folder), &view, NOW, diag);
}

static const char *names(Folder *folder, const char *login) {
    SavedView *list;
    size_t n;
    Buf out = BUF_INIT(folder);
    assert_int_equal(view_list(folder, folder->store, projects(folder), login, &list, &n), 0);
    for (size_t i = 0; i < n; i++) buf_printf(&out, "%s:%s ", list[i].login, list[i].name);
    return buf_text(&out);
}

static void views_are_own_or_shared(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    assert_int_equal(save_view(folder, "wang", "b", false, diag), 0);
    assert_int_equal(save_view(folder, "wang", "a", true, diag), 0);
    assert_int_equal(save_view(folder, "li", "c", true, diag), 0);
    assert_int_equal(save_view(folder, "li", "c", true, diag), 0); /* again */
    assert_string_equal(names(folder, "wang"), "wang:a wang:b li:c ");
    assert_string_equal(names(folder, "li"), "li:c wang:a ");
    assert_int_equal(view_drop(folder->store, projects(folder), "li", "a"), 1); /* another's */
    assert_int_equal(view_drop(folder->store, projects(folder), "wang", "a"), 0);
    assert_string_equal(names(folder, "li"), "li:c ");
    assert_int_equal(save_view(folder, "li", "", true, diag), 1);
    assert_true(folder_has_finding(diag, "view-name"));
    for (unsigned i = 1; i < VIEW_MOST; i++)
        assert_int_equal(save_view(folder, "li", mem_printf(folder, "n%u", i), false, diag), 0);
    assert_int_equal(save_view(folder, "li", "more", false, diag), 1);
    assert_true(folder_has_finding(diag, "view-many"));
    assert_int_equal(save_view(folder, "li", "c", false, diag), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(drafts_are_their_owners_and_sealed),
        FOLDER_TEST(drafts_are_bounded),
        FOLDER_TEST(views_are_own_or_shared),
    };
    return FOLDER_RUN("desk", tests);
}
