/* base/test-file.c: whole files in a folder of their own. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"

typedef struct Fixture {
    char folder[64];
    Diag *diag;
} Fixture;

static int set_up(void **state) {
    Fixture *fixture = mem_new(NULL, Fixture);
    strcpy(fixture->folder, "/tmp/kezhang-file-XXXXXX");
    fixture->diag = diag_new(fixture);
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state) {
    Fixture *fixture = *state;
    const char *command = mem_printf(fixture, "rm -r '%s'", fixture->folder);
    int result = system(command);
    talloc_free(fixture);
    return result;
}

static char *in(Fixture *fixture, const char *name) { return mem_printf(fixture, "%s/%s", fixture->folder, name); }

static size_t entries(const char *folder) {
    DIR *dir = opendir(folder);
    size_t n = 0;
    for (struct dirent *entry; (entry = readdir(dir));) n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

static void assert_content(Fixture *fixture, const char *path, const char *expected) {
    char *bytes = NULL;
    size_t size = 0;
    assert_int_equal(file_read(fixture, path, 1000, fixture->diag, &bytes, &size), 0);
    assert_int_equal(size, strlen(expected));
    assert_string_equal(bytes, expected);
}

static void test_write_and_read(void **state) {
    Fixture *f = *state;
    const char *path = in(f, "成果.txt");
    assert_int_equal(file_write(path, "one", 3, f->diag), 0);
    assert_content(f, path, "one");
    assert_int_equal(file_write(path, "", 0, f->diag), 0);
    assert_content(f, path, "");
    assert_int_equal(entries(f->folder), 1);
    assert_int_equal(f->diag->count, 0);
}

static void test_mode_is_kept(void **state) {
    Fixture *f = *state;
    const char *path = in(f, "key");
    assert_int_equal(file_write(path, "one", 3, f->diag), 0);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(file_write(path, "two", 3, f->diag), 0);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
}

static void test_read_refuses(void **state) {
    Fixture *f = *state;
    char *bytes = NULL;
    size_t size = 0;
    const char *path = in(f, "a");
    assert_int_equal(file_write(path, "12345", 5, f->diag), 0);
    assert_int_equal(file_read(f, path, 4, f->diag, &bytes, &size), 1);
    assert_int_equal(file_read(f, path, 5, f->diag, &bytes, &size), 0);
    assert_int_equal(file_read(f, in(f, "none"), 5, f->diag, &bytes, &size), 1);
    assert_int_equal(file_read(f, f->folder, 5, f->diag, &bytes, &size), 1);
    assert_int_equal(mkfifo(in(f, "pipe"), 0600), 0);
    assert_int_equal(file_read(f, in(f, "pipe"), 5, f->diag, &bytes, &size), 1);
    static const char *const CODES[] = {"file-size", "file-read", "file-kind", "file-kind"};
    assert_int_equal(f->diag->count, sizeof CODES / sizeof *CODES);
    for (size_t i = 0; i < f->diag->count; i++) assert_string_equal(f->diag->list[i].code, CODES[i]);
    assert_string_equal(f->diag->list[0].at.file, path);
}

static void test_failed_write_leaves_nothing(void **state) {
    Fixture *f = *state;
    assert_int_equal(file_write(in(f, "none/a"), "x", 1, f->diag), 1);
    assert_int_equal(mkdir(in(f, "folder"), 0755), 0);
    assert_int_equal(file_write(in(f, "folder"), "x", 1, f->diag), 1);
    assert_int_equal(f->diag->errors, 2);
    assert_int_equal(entries(f->folder), 1);
}

static void test_make_folder(void **state) {
    Fixture *f = *state;
    struct stat about;
    assert_int_equal(file_make_folder(in(f, "a//b/c/"), f->diag), 0);
    assert_int_equal(stat(in(f, "a/b/c"), &about), 0);
    assert_true(S_ISDIR(about.st_mode));
    assert_int_equal(file_make_folder(in(f, "a/b"), f->diag), 0);
    assert_int_equal(file_write(in(f, "file"), "", 0, f->diag), 0);
    assert_int_equal(file_make_folder(in(f, "file/a"), f->diag), 1);
    assert_int_equal(file_make_folder(in(f, "file"), f->diag), 1);
    assert_int_equal(f->diag->errors, 2);
}

static void test_names(void **state) {
    (void)state;
    assert_string_equal(file_base_name("/a/b.docx"), "b.docx");
    assert_string_equal(file_base_name("b"), "b");
    assert_string_equal(file_base_name("/a/"), "");
    assert_string_equal(file_extension("/a.x/b.docx"), "docx");
    assert_string_equal(file_extension("b.tar.gz"), "gz");
    assert_string_equal(file_extension("/a.x/b"), "");
    assert_string_equal(file_extension(".profile"), "");
    assert_string_equal(file_extension("b."), "");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_write_and_read), IN_FOLDER(test_mode_is_kept),
        IN_FOLDER(test_read_refuses),   IN_FOLDER(test_failed_write_leaves_nothing),
        IN_FOLDER(test_make_folder),    cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
