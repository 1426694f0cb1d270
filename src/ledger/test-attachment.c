/* ledger/test-attachment.c: files in, files out, never over another. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/attachment.h"
#include "ledger/folder.h"
#include "ledger/test-folder.h"

static const Actor actor = {.name = "经办人", .owner = true};

static Attachment *attach(Folder *folder, const char *name, const void *bytes, size_t size) {
    Diag *diag = diag_new(folder);
    AttachmentWriter *writer;
    Attachment *attachment = NULL;
    assert_int_equal(attachment_begin(folder, folder->store, diag, &writer), 0);
    for (size_t i = 0; i < size; i += 7) /* in pieces */
        assert_int_equal(attachment_add(writer, (const char *)bytes + i, size - i < 7 ? size - i : 7, diag), 0);
    assert_int_equal(attachment_end(folder, writer, name, &actor, diag, &attachment), 0);
    folder_no_findings(diag);
    talloc_free(writer);
    return attachment;
}

static int count_one(const char *below, void *data) {
    (void)below;
    ++*(int *)data;
    return 0;
}

static int count_files(Folder *folder) {
    int n = 0;
    folder_each(mem_printf(folder, "%s/files", folder->path), count_one, &n);
    return n;
}

static void test_in_and_out(void **state) {
    Folder *folder = *state;
    static const char text[] = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n";
    const Attachment *in = attach(folder, "C:/资料/成果证书.pdf", text, sizeof text - 1);
    assert_string_equal(in->name, "成果证书.pdf");
    assert_string_equal(in->type, "application/pdf");
    assert_string_equal(in->actor, "经办人");
    assert_int_equal(in->size, sizeof text - 1);

    Attachment *found;
    assert_int_equal(attachment_find(folder, folder->store, in->hash, &found), 0);
    assert_string_equal(found->hash, in->hash);
    char *back;
    size_t size;
    const char *path = mem_printf(folder, "%s/%s", folder->path, attachment_place(folder, in->hash));
    assert_int_equal(file_read(folder, path, sizeof text, diag_new(folder), &back, &size), 0);
    assert_int_equal(size, sizeof text - 1);
    assert_memory_equal(back, text, size);
}

/* The name of a content is its SM3; the digest of "abc" stands in GB/T 32905, example 1. */
static void test_place(void **state) {
    Folder *folder = *state;
    const Attachment *in = attach(folder, "abc", "abc", 3);
    assert_string_equal(in->hash, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_string_equal(in->type, "text/plain");
    const char *place = attachment_place(folder, in->hash);
    assert_string_equal(place, "files/66/66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    struct stat about;
    assert_int_equal(stat(mem_printf(folder, "%s/%s", folder->path, place), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0440);
    assert_null(attachment_place(folder, "../../../etc/passwd"));
    assert_null(attachment_place(folder, "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0"));
}

/* The second of the same content keeps the file and the name of the first. */
static void test_same_again(void **state) {
    Folder *folder = *state;
    const Attachment *first = attach(folder, "first.txt", "same", 4);
    const char *path = mem_printf(folder, "%s/%s", folder->path, attachment_place(folder, first->hash));
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    const Attachment *second = attach(folder, "second.txt", "same", 4);
    assert_string_equal(second->hash, first->hash);
    assert_string_equal(second->name, "first.txt");
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(count_files(folder), 1);
    assert_int_equal(folder_int(folder, "SELECT count(*) FROM attachment"), 1);
}

/* What is not ended leaves nothing, hidden or not. */
static void test_given_up(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    AttachmentWriter *writer;
    assert_int_equal(attachment_begin(folder, folder->store, diag, &writer), 0);
    assert_int_equal(attachment_add(writer, "half", 4, diag), 0);
    talloc_free(writer);
    assert_int_equal(rmdir(mem_printf(folder, "%s/files", folder->path)), 0);
}

static void test_too_large(void **state) {
    Folder *folder = *state;
    Diag *diag = diag_new(folder);
    AttachmentWriter *writer;
    size_t size = (size_t)1 << 20;
    char *piece = mem_array(folder, char, size);
    assert_int_equal(attachment_begin(folder, folder->store, diag, &writer), 0);
    for (uint64_t done = 0; done < ATTACHMENT_MAX; done += size)
        assert_int_equal(attachment_add(writer, piece, size, diag), 0);
    assert_int_equal(attachment_add(writer, "x", 1, diag), 1);
    assert_non_null(strstr(folder_finding(diag, "attachment-size"), "200 MiB"));
    talloc_free(writer);
    assert_int_equal(count_files(folder), 0);
}

static void test_not_there(void **state) {
    Folder *folder = *state;
    Attachment *found;
    assert_int_equal(attachment_find(folder, folder->store, "66", &found), ATTACHMENT_E_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_in_and_out), FOLDER_TEST(test_place),     FOLDER_TEST(test_same_again),
        FOLDER_TEST(test_given_up),   FOLDER_TEST(test_too_large), FOLDER_TEST(test_not_there),
    };
    return FOLDER_RUN("attachment", tests);
}
