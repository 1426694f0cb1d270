/* ledger/test-share.c: many threads that write at once: what each gets, and how often is committed. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "ledger/share.h"
#include "ledger/test-folder.h"
#include "ledger/verify.h"

#define PATIENCE_SECONDS 20

static const WriterOptions OPTIONS = {.actor = {.name = "test", .owner = true}};

static WriteShare *open_share(Folder *folder) {
    WriteShare *share;
    Diag *diag = diag_new(folder);
    int result = share_open(folder, folder->store, diag, &share);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
    return share;
}

static ShareNumbers numbers_of(WriteShare *share) {
    ShareNumbers numbers;
    share_numbers(share, &numbers);
    return numbers;
}

static int64_t count_projects(Folder *folder) {
    return folder_int(folder, "SELECT count(*) FROM l_project WHERE recorded_to IS NULL");
}

static void check_log(Folder *folder) {
    VerifyResult result;
    Diag *diag = diag_new(folder);
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    folder_no_findings(diag);
}

/* --- pieces of work --- */

/* One call of share_write, in a thread of its own. */
typedef struct Call {
    WriteShare *share;
    ShareWork work;
    const char *title;
    int result;
    Diag *diag;
    pthread_t thread;
} Call;

static int create_project(Writer *writer, Store *store, Diag *diag, void *data) {
    const Call *call = data;
    const Ledger *ledger = catalog_find_ledger(store->catalog, "project");
    Value values[DEFN_FIELDS_MAX] = {0};
    Written written;
    if (call->title) values[ledger_find_field(ledger, "title")->index] = VALUE_OF_TEXT(call->title);
    values[ledger_find_field(ledger, "firm")->index] = (Value){.kind = VALUE_NA};
    return transition_apply(writer, &(Write){.ledger = ledger, .values = values, .effective = DATE_NONE}, diag,
                            &written);
}

static int create_and_think_again(Writer *writer, Store *store, Diag *diag, void *data) {
    int fault = create_project(writer, store, diag, data);
    return fault ? fault : 7;
}

static int create_and_fail(Writer *writer, Store *store, Diag *diag, void *data) {
    int fault = create_project(writer, store, diag, data);
    return fault ? fault : db_exec(store->db, "SELECT nothing FROM nowhere");
}

/* A firm, looked at through a reference to it as a page would show it: 7, or 8 when another's name is shown. */
static int create_and_look(Writer *writer, Store *store, Diag *diag, void *data) {
    const Call *call = data;
    const Ledger *firms = catalog_find_ledger(store->catalog, "firm");
    const Ledger *projects = catalog_find_ledger(store->catalog, "project");
    MEM_SCRATCH scratch = talloc_new(NULL);
    Value values[DEFN_FIELDS_MAX] = {0};
    Written written;
    values[ledger_find_field(firms, "code")->index] = VALUE_OF_TEXT("F1");
    values[ledger_find_field(firms, "name")->index] = VALUE_OF_TEXT(call->title);
    int fault =
        transition_apply(writer, &(Write){.ledger = firms, .values = values, .effective = DATE_NONE}, diag, &written);
    if (!fault) fault = writer_flush(writer);
    if (fault) return fault;
    Record *project = record_new(scratch, projects);
    const Field *firm = ledger_find_field(projects, "firm");
    project->values[firm->index] = VALUE_OF_INT(written.id);
    return strcmp(record_show(scratch, store, project, firm, false), call->title) ? 8 : 7;
}

static int fill_the_disk(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)writer, (void)diag, (void)data;
    if (db_dialect(store->db)->is_server)
        return db_exec(store->db, "DO $$ BEGIN RAISE 'no space left' USING ERRCODE = '53100'; END $$");
    int fault = db_exec(store->db, "PRAGMA max_page_count=1");
    return fault ? fault : db_exec(store->db, "INSERT INTO setting (name, value) VALUES ('x', hex(zeroblob(1000000)))");
}

static int free_the_disk(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)writer, (void)diag, (void)data;
    return db_dialect(store->db)->is_server ? 0 : db_exec(store->db, "PRAGMA max_page_count=1000000");
}

/* SQLite has no server to lose: the transaction ends behind the back instead. */
static int lose_the_server(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)writer, (void)diag, (void)data;
    if (db_dialect(store->db)->is_server) return db_exec(store->db, "SELECT pg_terminate_backend(pg_backend_pid())");
    int fault = db_exec(store->db, "ROLLBACK");
    return fault ? fault : db_exec(store->db, "SELECT nothing FROM nowhere");
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool at_gate;

static int wait_at_gate(Writer *writer, Store *store, Diag *diag, void *data) {
    atomic_store(&at_gate, true);
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    return create_project(writer, store, diag, data);
}

/* --- calls --- */

static void *call_now(void *data) {
    Call *call = data;
    call->result = share_write(call->share, &OPTIONS, call->work, call, call->diag);
    return NULL;
}

static Call new_call(Folder *folder, WriteShare *share, ShareWork work, const char *title) {
    return (Call){.share = share, .work = work, .title = title, .result = -99, .diag = diag_new(folder)};
}

static int call_alone(Folder *folder, WriteShare *share, ShareWork work, const char *title) {
    Call call = new_call(folder, share, work, title);
    call_now(&call);
    return call.result;
}

static void start(Call *call, WriteShare *share, unsigned waiting) {
    assert_int_equal(pthread_create(&call->thread, NULL, call_now, call), 0);
    struct timespec step = {.tv_nsec = 1000000};
    for (unsigned i = 0; i < 1000 * PATIENCE_SECONDS; i++) {
        if (atomic_load(&at_gate) && numbers_of(share).waiting == waiting) return;
        nanosleep(&step, NULL);
    }
    fail_msg("%u do not wait", waiting);
}

/* All of these in one commit: a leader is held until they stand in the row behind it, in their order. */
static void call_together(Folder *folder, WriteShare *share, Call *calls, unsigned n) {
    Call leader = new_call(folder, share, wait_at_gate, "领头");
    atomic_store(&at_gate, false);
    pthread_mutex_lock(&gate);
    start(&leader, share, 0);
    for (unsigned i = 0; i < n; i++) start(&calls[i], share, i + 1);
    pthread_mutex_unlock(&gate);
    pthread_join(leader.thread, NULL);
    for (unsigned i = 0; i < n; i++) pthread_join(calls[i].thread, NULL);
    folder_no_findings(leader.diag);
    assert_int_equal(leader.result, 0);
}

/* --- tests --- */

static void who_comes_alone_commits_alone(void **state) {
    Folder *folder = *state;
    WriteShare *share = open_share(folder);
    assert_int_equal(call_alone(folder, share, create_project, "甲"), 0);
    assert_int_equal(count_projects(folder), 1);
    assert_int_equal(call_alone(folder, share, create_project, "乙"), 0);
    assert_int_equal(numbers_of(share).commits, 2);
    assert_int_equal(numbers_of(share).writes, 2);
    check_log(folder);
}

#define THREADS 8
#define WRITES  50

static void *create_many(void *data) {
    const Call *first = data;
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (int i = 0; i < WRITES; i++) {
        Call call = *first;
        call.title = mem_printf(scratch, "%s之%d", first->title, i);
        call.diag = diag_new(scratch);
        call_now(&call);
        if (call.result) return data;
    }
    return NULL;
}

static void many_writes_need_few_commits(void **state) {
    Folder *folder = *state;
    WriteShare *share = open_share(folder);
    Call calls[THREADS];
    for (int i = 0; i < THREADS; i++) {
        calls[i] = new_call(folder, share, create_project, mem_printf(folder, "第%d人", i));
        assert_int_equal(pthread_create(&calls[i].thread, NULL, create_many, &calls[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        pthread_join(calls[i].thread, &failed);
        assert_null(failed);
    }
    assert_int_equal(count_projects(folder), THREADS * WRITES);
    assert_int_equal(folder_int(folder, "SELECT count(DISTINCT number) FROM l_project"), THREADS * WRITES);
    assert_int_equal(numbers_of(share).writes, THREADS * WRITES);
    assert_true(numbers_of(share).commits < THREADS * WRITES / 2);
    check_log(folder);
}

static void a_group_is_bounded(void **state) {
    Folder *folder = *state;
    WriteShare *share = open_share(folder);
    Call calls[SHARE_GROUP + 1];
    for (unsigned i = 0; i <= SHARE_GROUP; i++)
        calls[i] = new_call(folder, share, create_project, mem_printf(folder, "第%u项", i));
    call_together(folder, share, calls, SHARE_GROUP + 1);
    assert_int_equal(numbers_of(share).commits, 3);
    assert_int_equal(count_projects(folder), SHARE_GROUP + 2);
    check_log(folder);
}

static void the_unlucky_are_undone_alone(void **state) {
    Folder *folder = *state;
    WriteShare *share = open_share(folder);
    Call calls[] = {
        new_call(folder, share, create_project, "甲"),         new_call(folder, share, create_project, NULL),
        new_call(folder, share, create_and_think_again, "丙"), new_call(folder, share, create_and_fail, "丁"),
        new_call(folder, share, create_project, "甲"),         new_call(folder, share, create_project, "戊"),
    };
    call_together(folder, share, calls, 6);
    static const int RESULTS[] = {0, SHARE_E_REFUSED, 7, DB_FAULT, DB_FAULT_CONSTRAINT, 0};
    for (size_t i = 0; i < 6; i++) assert_int_equal(calls[i].result, RESULTS[i]);
    folder_no_findings(calls[0].diag);
    assert_true(calls[1].diag->errors > 0);
    folder_no_findings(calls[2].diag);
    folder_finding(calls[3].diag, "database");
    assert_true(calls[4].diag->errors > 0);
    folder_no_findings(calls[5].diag);
    assert_int_equal(count_projects(folder), 3);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM l_project WHERE title IN ('丙', '丁')"), 0);
    assert_int_equal(numbers_of(share).commits, 2);
    assert_int_equal(numbers_of(share).writes, 3);
    check_log(folder);
}

/* The id of a record that was undone is given to the next. */
static void what_is_undone_is_not_remembered(void **state) {
    Folder *folder = *state;
    WriteShare *share = open_share(folder);
    Call calls[] = {new_call(folder, share, create_and_look, "甲"), new_call(folder, share, create_and_look, "乙")};
    call_together(folder, share, calls, 2);
    assert_int_equal(calls[0].result, 7);
    assert_int_equal(calls[1].result, 7);
}

static void other_definitions_refuse_every_write(void **state) {
    Folder *folder = *state;
    WriteShare *share = open_share(folder);
    assert_int_equal(store_set(folder->store, STORE_DEFINITIONS, "of another program"), 0);
    Call call = new_call(folder, share, create_project, "甲");
    call_now(&call);
    assert_int_equal(call.result, SHARE_E_REFUSED);
    folder_finding(call.diag, "definitions-changed");
    assert_int_equal(count_projects(folder), 0);
}

/* The share goes on afterwards as if nothing had been. */
static void expect_all_fail(Folder *folder, WriteShare *share, ShareWork work, int on_sqlite, int on_server) {
    int fault = folder_is_server(folder) ? on_server : on_sqlite;
    int64_t before = count_projects(folder);
    Call calls[] = {new_call(folder, share, create_project, "甲"), new_call(folder, share, create_project, NULL),
                    new_call(folder, share, work, NULL), new_call(folder, share, create_project, "乙")};
    call_together(folder, share, calls, 4);
    static const bool REFUSED[] = {false, true, false, false};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(calls[i].result, REFUSED[i] ? SHARE_E_REFUSED : fault);
        assert_true(calls[i].diag->errors > 0);
    }
    assert_int_equal(count_projects(folder), before + 1);
    assert_int_equal(call_alone(folder, share, free_the_disk, NULL), 0);
    assert_int_equal(call_alone(folder, share, create_project, "又来"), 0);
    assert_int_equal(count_projects(folder), before + 2);
    check_log(folder);
}

static void a_full_disk_is_everybodys(void **state) {
    Folder *folder = *state;
    expect_all_fail(folder, open_share(folder), fill_the_disk, DB_FAULT_FULL, DB_FAULT_FULL);
}

static void a_lost_transaction_is_everybodys(void **state) {
    Folder *folder = *state;
    expect_all_fail(folder, open_share(folder), lose_the_server, DB_FAULT, DB_FAULT_GONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(who_comes_alone_commits_alone),
        FOLDER_TEST(many_writes_need_few_commits),
        FOLDER_TEST(a_group_is_bounded),
        FOLDER_TEST(the_unlucky_are_undone_alone),
        FOLDER_TEST(what_is_undone_is_not_remembered),
        FOLDER_TEST(other_definitions_refuse_every_write),
        FOLDER_TEST(a_full_disk_is_everybodys),
        FOLDER_TEST(a_lost_transaction_is_everybodys),
    };
    return FOLDER_RUN("share", tests);
}
