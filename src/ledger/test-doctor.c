/* ledger/test-doctor.c: a well folder has only notes; each illness is named by its check. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/doctor.h"
#include "ledger/test-folder.h"

static DiagLevel level_of(const Diag *diag, const char *code) {
    (void)folder_finding(diag, code);
    DiagLevel level = DIAG_NOTE;
    for (size_t i = 0; i < diag->count; i++)
        if (!strcmp(diag->list[i].code, code) && diag->list[i].level > level) level = diag->list[i].level;
    return level;
}

static void test_well(void **state) {
    static const char *const checks[] = {"folder",      "key",      "space", "database",
                                         "definitions", "calendar", "log",   "clock"};
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    folder_fill(folder, 3);
    int result = doctor_run(folder, folder->path, diag);
    if (diag->errors + diag->warnings) diag_print(diag, stderr);
    assert_int_equal(result, 0);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        assert_int_equal(level_of(diag, checks[i]), DIAG_NOTE);
    assert_int_equal(diag->count, sizeof checks / sizeof checks[0]);
}

/* Runs the doctor; only the check named may be ill. */
static void expect(Folder *folder, const char *check, DiagLevel level, const char *words) {
    Diag *diag = diag_new(folder);
    assert_int_equal(doctor_run(folder, folder->path, diag), 1);
    assert_int_equal(level_of(diag, check), level);
    if (!strstr(folder_finding(diag, check), words)) fail_msg("'%s' is not in: %s", words, folder_finding(diag, check));
    talloc_free(diag);
}

static void test_rights(void **state) {
    Folder *folder = *state;
    const char *key = mem_printf(folder, "%s/seal.key", folder->path);
    assert_int_equal(chmod(folder->path, 0755), 0);
    expect(folder, "folder", DIAG_WARN, "chmod 750");
    assert_int_equal(chmod(folder->path, 0750), 0);
    assert_int_equal(chmod(key, 0644), 0);
    expect(folder, "key", DIAG_ERROR, "chmod 600");
    assert_int_equal(unlink(key), 0);
    expect(folder, "key", DIAG_ERROR, "missing");
}

static void test_no_folder(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    assert_int_equal(doctor_run(folder, folder_path(folder, "elsewhere"), diag), 1);
    assert_int_equal(level_of(diag, "folder"), DIAG_ERROR);
    assert_false(folder_has_finding(diag, "database"));
}

static void test_log_end(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 3);
    folder_exec(folder, "DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)");
    expect(folder, "log", DIAG_ERROR, "kezhang verify");
}

static void test_log_beyond_head(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 3);
    folder_exec(folder, "UPDATE org SET seq = seq - 1");
    expect(folder, "log", DIAG_ERROR, "kezhang verify");
}

static void test_log_hash(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 3);
    folder_exec(folder, "UPDATE org SET hash = (SELECT hash FROM change WHERE seq = 1)");
    expect(folder, "log", DIAG_ERROR, "kezhang verify");
}

static void add_definition(Folder *folder, const char *sub, const char *name, const char *text) {
    Diag *diag = diag_new(folder);
    const char *path = mem_printf(folder, "%s/%s", folder_path(folder, sub), name);
    assert_int_equal(file_make_folder(folder_path(folder, sub), diag), 0);
    assert_int_equal(file_write(path, text, strlen(text), diag), 0);
}

/* A list of codes asks nothing of the tables; a ledger does. */
static void test_definitions(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    add_definition(folder, "defs/codes", "more.yaml",
                   "codes: more\ntitle: {zh: 更多, en: More}\nvalues:\n  - {code: a, zh: 甲, en: A}\n");
    assert_int_equal(doctor_run(folder, folder->path, diag), 0);
    assert_int_equal(level_of(diag, "definitions"), DIAG_NOTE);
    add_definition(folder, "defs/ledgers", "notice_more.yaml",
                   "ledger: notice_more\ntitle: {zh: 通知, en: Notices}\narea: 1\nkey: [title]\nshows: title\nfields:\n"
                   "  - {name: title, kind: text, required: true, label: {zh: 名称, en: Title}}\n");
    expect(folder, "definitions", DIAG_WARN, "kezhang migrate");
}

static void test_calendar(void **state) {
    Folder *folder = *state;
    setenv("KEZHANG_TODAY", "2199-01-15", 1);
    expect(folder, "calendar", DIAG_WARN, "2199");
}

static void test_clock(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 1);
    folder_exec(folder, "UPDATE change SET at = '2199-01-01T00:00:00.000Z' WHERE seq = 1");
    expect(folder, "clock", DIAG_ERROR, "2199-01-01");
}

/* Pages of the file are overwritten; the server keeps its own. */
static void test_damaged(void **state) {
    Folder *folder = *state;
    if (folder_is_server(folder)) return;
    folder_fill(folder, 500);
    TALLOC_FREE(folder->store);
    const char *path = mem_printf(folder, "%s/kezhang.db", folder->path);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, about.st_size - 4096, SEEK_SET), 0);
    for (int i = 0; i < 4096; i++) fputc('x', file);
    fclose(file);
    expect(folder, "database", DIAG_ERROR, "restore a backup");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_well),     FOLDER_TEST(test_rights),          FOLDER_TEST(test_no_folder),
        FOLDER_TEST(test_log_end),  FOLDER_TEST(test_log_beyond_head), FOLDER_TEST(test_definitions),
        FOLDER_TEST(test_log_hash), FOLDER_TEST(test_calendar),        FOLDER_TEST(test_clock),
        FOLDER_TEST(test_damaged),
    };
    return FOLDER_RUN("doctor", tests);
}
