/* ledger/test-restore.c: what is wrong with a backup is said, and nothing of it stays. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/attachment.h"
#include "ledger/backup.h"
#include "ledger/test-vault.h"

static void test_newer(void **state) {
    Folder *folder = *state;
    vault_backup(folder, false);
    vault_edit_entry(folder, "manifest.json", mem_printf(folder, "\"schema\": %d", STORE_SCHEMA), "\"schema\": 99");
    vault_refuse(folder, "newer-version");
}

static void test_not_a_backup(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    assert_int_equal(file_write(folder_path(folder, "backup.zip"), "hello", 5, diag), 0);
    vault_refuse(folder, "backup-damaged");
    unlink(folder_path(folder, "backup.zip"));
    vault_backup(folder, false);
    vault_replace_entry(folder, "manifest.json", "{}", 2);
    vault_refuse(folder, "not-a-backup");
}

static void test_truncated(void **state) {
    Folder *folder = *state;
    struct stat about;
    const char *path = vault_backup(folder, false);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(truncate(path, about.st_size / 2), 0);
    vault_refuse(folder, "backup-damaged");
}

/* One bit of a table's bytes in the file. */
static void test_rotten(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 200);
    const char *path = vault_backup(folder, false);
    Diag *diag = diag_new(folder);
    char *bytes;
    size_t size;
    assert_int_equal(file_read(folder, path, (size_t)64 << 20, diag, &bytes, &size), 0);
    char *at = memmem(bytes, size, "tables/l_project.csv", 20);
    assert_non_null(at);
    at[1000] ^= 1;
    assert_int_equal(file_write(path, bytes, size, diag), 0);
    assert_int_equal(backup_restore(folder, path, folder_path(folder, "restored"), folder_other_url(folder), diag), 1);
    assert_non_null(strstr(folder_finding(diag, "backup-damaged"), "l_project"));
    assert_int_not_equal(access(folder_path(folder, "restored"), F_OK), 0);
}

/* A correct zip with other rows: named by the hash of the table. */
static void test_altered_table(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 3);
    vault_backup(folder, false);
    vault_edit_entry(folder, "tables/l_firm.csv", "第1号企业", "第9号企业");
    vault_refuse(folder, "backup-damaged");
}

/* What had been altered before the backup is found by its log, and nothing stays behind. */
static void test_altered_before(void **state) {
    Folder *folder = *state;
    folder_fill(folder, 3);
    folder_exec(folder, "UPDATE l_firm SET name = 'x' WHERE code = 'F000001'");
    vault_backup(folder, false);
    vault_refuse(folder, "backup-disagrees");
    folder_exec(folder, "UPDATE l_firm SET name = '第1号企业' WHERE code = 'F000001'");
    vault_backup(folder, false);
    vault_restore(folder, folder_other_url(folder)); /* the database is empty again, too */
}

/* A lost attachment is said on both ways and stops neither. */
static void test_lost_attachment(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    const char *hash = vault_attach(folder, "evidence"), *kept = vault_attach(folder, "more");
    assert_int_equal(unlink(mem_printf(folder, "%s/%s", folder->path, attachment_place(folder, hash))), 0);
    assert_int_equal(backup_write(folder->store, folder_path(folder, "backup.zip"), false, diag), 0);
    assert_int_equal(diag->warnings, 1);
    assert_int_equal(backup_restore(folder, folder_path(folder, "backup.zip"), folder_path(folder, "restored"),
                                    folder_other_url(folder), diag),
                     0);
    assert_int_equal(diag->warnings, 2);
    assert_int_equal(access(mem_printf(folder, "%s/restored/%s", folder->root, attachment_place(folder, kept)), F_OK),
                     0);
}

/* Whoever made the archive cannot write outside of the folder or into SQL. */
static void test_hostile(void **state) {
    Folder *folder = *state;
    vault_backup(folder, false);
    vault_add_entry(folder, "defs/../../escaped", "x");
    vault_refuse(folder, "backup-damaged");
    assert_int_not_equal(access(folder_path(folder, "escaped"), F_OK), 0);
    unlink(folder_path(folder, "backup.zip"));
    vault_backup(folder, false);
    vault_edit_entry(folder, "manifest.json", "\"name\": \"batch\"", "\"name\": \"batch\\\"; DROP TABLE change\"");
    vault_refuse(folder, "backup-damaged");
}

static void test_not_empty(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    vault_backup(folder, false);
    assert_int_equal(
        backup_restore(folder, folder_path(folder, "backup.zip"), folder->path, folder_other_url(folder), diag), 1);
    (void)folder_finding(diag, "not-empty");
    vault_check_verified(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_newer),           FOLDER_TEST(test_not_a_backup),  FOLDER_TEST(test_truncated),
        FOLDER_TEST(test_rotten),          FOLDER_TEST(test_altered_table), FOLDER_TEST(test_altered_before),
        FOLDER_TEST(test_lost_attachment), FOLDER_TEST(test_hostile),       FOLDER_TEST(test_not_empty),
    };
    return FOLDER_RUN("restore", tests);
}
