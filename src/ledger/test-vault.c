/* ledger/test-vault.c: see test-vault.h. */
#include "ledger/test-vault.h"

#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "ledger/attachment.h"
#include "ledger/backup.h"
#include "ledger/verify.h"

char *vault_backup(Folder *folder, bool with_key) {
    Diag *diag = diag_new(folder);
    char *path = folder_path(folder, "backup.zip");
    int result = backup_write(folder->store, path, with_key, diag);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
    return path;
}

void vault_restore(Folder *folder, const char *url) {
    Diag *diag = diag_new(folder);
    const char *path = folder_path(folder, "restored");
    int result = backup_restore(folder, folder_path(folder, "backup.zip"), path, url, diag);
    folder_no_findings(diag);
    assert_int_equal(result, 0);
    folder->path = path;
    TALLOC_FREE(folder->store);
    folder->store = folder_open(folder, 0);
}

void vault_refuse(Folder *folder, const char *code) {
    Diag *diag = diag_new(folder);
    const char *path = folder_path(folder, "restored");
    assert_int_equal(backup_restore(folder, folder_path(folder, "backup.zip"), path, folder_other_url(folder), diag),
                     1);
    (void)folder_finding(diag, code);
    assert_int_not_equal(access(path, F_OK), 0);
}

const char *vault_attach(Folder *folder, const char *text) {
    Diag *diag = diag_new(folder);
    AttachmentWriter *writer;
    Attachment *attachment;
    Actor actor = {.name = "test", .owner = true};
    assert_int_equal(attachment_begin(folder, folder->store, diag, &writer), 0);
    assert_int_equal(attachment_add(writer, text, strlen(text), diag), 0);
    assert_int_equal(attachment_end(folder, writer, "note.txt", &actor, diag, &attachment), 0);
    return attachment->hash;
}

void vault_check_verified(Folder *folder) {
    Diag *diag = diag_new(folder);
    VerifyResult result;
    assert_int_equal(verify_store(folder->store, NULL, NULL, diag, &result), 0);
    folder_no_findings(diag);
    assert_int_equal(result.bad, 0);
}

/* --- the content of an archive --- */

char *vault_entry(Folder *folder, const char *name, size_t *ret_size) {
    zip_t *zip = zip_open(folder_path(folder, "backup.zip"), ZIP_RDONLY, NULL);
    assert_non_null(zip);
    zip_stat_t about;
    if (zip_stat(zip, name, 0, &about)) fail_msg("no entry %s", name);
    char *text = mem_array(folder, char, about.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, text, about.size), about.size);
    zip_fclose(file);
    zip_discard(zip);
    *ret_size = about.size;
    return text;
}

bool vault_has_entry(Folder *folder, const char *name) {
    zip_t *zip = zip_open(folder_path(folder, "backup.zip"), ZIP_RDONLY, NULL);
    bool found = zip_name_locate(zip, name, 0) >= 0;
    zip_discard(zip);
    return found;
}

void vault_replace_entry(Folder *folder, const char *name, const char *bytes, size_t size) {
    zip_t *zip = zip_open(folder_path(folder, "backup.zip"), 0, NULL);
    zip_int64_t index = zip_name_locate(zip, name, 0);
    assert_true(index >= 0);
    assert_int_equal(zip_file_replace(zip, (zip_uint64_t)index, zip_source_buffer(zip, bytes, size, 0), 0), 0);
    assert_int_equal(zip_close(zip), 0);
}

void vault_edit_entry(Folder *folder, const char *name, const char *from, const char *to) {
    size_t size;
    char *text = vault_entry(folder, name, &size);
    char *at = strstr(text, from);
    if (!at) fail_msg("'%s' is not in %s", from, name);
    char *edited = mem_printf(folder, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    vault_replace_entry(folder, name, edited, strlen(edited));
}

void vault_add_entry(Folder *folder, const char *name, const char *text) {
    zip_t *zip = zip_open(folder_path(folder, "backup.zip"), 0, NULL);
    assert_true(zip_file_add(zip, name, zip_source_buffer(zip, text, strlen(text), 0), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
}
