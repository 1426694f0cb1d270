/* ledger/test-store.c: several connections to one folder, and what a Store that stays open must notice. */
#include <pthread.h>
#include <string.h>

#include "ledger/query.h"
#include "ledger/test-folder.h"

static Store *open_beside(Folder *folder) {
    Store *store = NULL;
    Diag *diag = diag_new(folder);
    assert_int_equal(store_open_beside(folder, folder->store, diag, &store), 0);
    folder_no_findings(diag);
    return store;
}

static const Ledger *find(const Store *store, const char *name) { return catalog_find_ledger(store->catalog, name); }

/* The name of a project's firm, as it is shown beside the project. */
static char *shown_firm(Folder *folder, Store *store, int64_t project) {
    Record *record;
    const Ledger *ledger = find(store, "project");
    assert_int_equal(record_load(folder, store, ledger, project, NULL, &record), 0);
    return record_show(folder, store, record, ledger_find_field(ledger, "firm"), false);
}

static void rename_firm(Folder *folder, int64_t id, const char *name) {
    const Ledger *ledger = find(folder->store, "firm");
    Diag *diag = diag_new(folder);
    Writer *writer;
    Record *record;
    Written written;
    const WriterOptions options = {.actor = {.name = "test", .owner = true}};
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    assert_int_equal(record_load(writer, folder->store, ledger, id, NULL, &record), 0);
    Value values[DEFN_FIELDS_MAX];
    memcpy(values, record->values, ledger->n_fields * sizeof *values);
    values[ledger_find_field(ledger, "name")->index] = VALUE_OF_TEXT(name);
    const Write write = {.ledger = ledger, .before = record, .values = values, .effective = DATE_NONE};
    assert_int_equal(transition_apply(writer, &write, diag, &written), 0);
    assert_int_equal(written.outcome, WRITTEN_UPDATED);
    assert_int_equal(writer_commit(writer, diag), 0);
    talloc_free(writer);
}

static void what_is_written_elsewhere_is_seen_after_a_refresh(void **state) {
    Folder *folder = *state;
    int64_t firm = folder_add_firm(folder, "F1", "旧名", NULL), project = folder_add_project(folder, "甲", firm, 100);
    Store *beside = open_beside(folder);
    assert_int_equal(store_refresh(beside), 0);
    assert_string_equal(shown_firm(folder, beside, project), "旧名");
    rename_firm(folder, firm, "新名");
    assert_string_equal(shown_firm(folder, beside, project), "旧名"); /* remembered */
    assert_int_equal(store_refresh(beside), 0);
    assert_string_equal(shown_firm(folder, beside, project), "新名");
    int64_t id = 0;
    assert_int_equal(record_find_named(beside, find(beside, "firm"), "新名", &id), 0);
    rename_firm(folder, firm, "再改");
    assert_int_equal(store_refresh(beside), 0);
    assert_int_equal(record_find_named(beside, find(beside, "firm"), "新名", &id), RECORD_E_NONE);
}

static void other_definitions_are_noticed(void **state) {
    Folder *folder = *state;
    Store *beside = open_beside(folder);
    assert_int_equal(store_refresh(beside), 0);
    assert_int_equal(store_set(folder->store, STORE_DEFINITIONS, "of another program"), 0);
    assert_int_equal(store_refresh(beside), STORE_E_DEFINITIONS);
}

#define THREADS 4
#define READS   50

static int count_record(const Record *record, void *data) {
    size_t *count = data;
    *count += record->id > 0;
    return 0;
}

/* Each thread has a connection of its own, opened in the thread. */
static void *read_all(void *data) {
    const Store *first = data;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store;
    size_t count = 0;
    if (store_open_beside(scratch, first, diag_new(scratch), &store)) return NULL;
    const Query query = {.ledger = find(store, "project")};
    for (int i = 0; i < READS; i++)
        if (store_refresh(store) || query_each(store, &query, count_record, &count)) return NULL;
    return (void *)count; // NOLINT(performance-no-int-to-ptr)
}

static void threads_read_side_by_side(void **state) {
    Folder *folder = *state;
    pthread_t threads[THREADS];
    folder_fill(folder, 20);
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, read_all, folder->store), 0);
    for (int i = 0; i < THREADS; i++) {
        void *count;
        assert_int_equal(pthread_join(threads[i], &count), 0);
        assert_int_equal((size_t)count, 20 * READS);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(what_is_written_elsewhere_is_seen_after_a_refresh),
        FOLDER_TEST(other_definitions_are_noticed),
        FOLDER_TEST(threads_read_side_by_side),
    };
    return FOLDER_RUN("store", tests);
}
