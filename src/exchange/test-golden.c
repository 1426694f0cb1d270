/* The sheets of test/import/cases as bureaus send them. An .expect file is a dialogue: lines that begin with $ are
 * done, what stands below each is what must come of it. KEZHANG_GOLDEN=write writes down what came instead. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "exchange/test-exchange.h"

static const char *cases_folder(const void *ctx) {
    const char *root = getenv("SOURCE_ROOT");
    return mem_printf(ctx, "%s/test/import/cases", root ? root : ".");
}

static void do_import(Desk *desk, Buf *out, const char *ledger, const char *file) {
    ImportResult result;
    const ImportOptions options = desk_options();
    int failed = desk_try(desk, ledger, mem_printf(desk, "%s/%s", cases_folder(desk), file), &options, &result);
    buf_printf(out, "%s sheet %s, read %d, created %d, updated %d, unchanged %d, refused %d\n",
               failed ? "failed:" : "done:", result.sheet ? result.sheet : "-", (int)result.read, (int)result.created,
               (int)result.updated, (int)result.unchanged, (int)result.refused);
    buf_add(out, desk_findings(desk));
}

static void do_export(Desk *desk, Buf *out, const char *ledger) {
    for (const char *at = desk_export(desk, ledger, true); *at; at++)
        if (*at != '\r') buf_char(out, *at);
}

static void do_line(Desk *desk, Buf *out, const char *line) {
    char verb[16], ledger[32], file[64];
    buf_printf(out, "%s\n", line);
    int words = sscanf(line, "$ %15s %31s %63s", verb, ledger, file);
    if (words == 3 && !strcmp(verb, "import"))
        do_import(desk, out, ledger, file);
    else if (words == 2 && !strcmp(verb, "export"))
        do_export(desk, out, ledger);
    else
        fail_msg("not understood: %s", line);
}

static void hold_against(Desk *desk, const char *name) {
    const char *path = mem_printf(desk, "%s/%s", cases_folder(desk), name), *mode = getenv("KEZHANG_GOLDEN");
    const char *expected = desk_read(desk, path);
    Buf out = BUF_INIT(desk);
    char *state = NULL;
    for (char *line = strtok_r(mem_strdup(desk, expected), "\n", &state); line; line = strtok_r(NULL, "\n", &state))
        if (line[0] == '$') do_line(desk, &out, line);
    if (mode && !strcmp(mode, "write"))
        assert_int_equal(file_write(path, buf_text(&out), out.size, desk->diag), 0);
    else if (strcmp(expected, buf_text(&out)))
        fail_msg("%s: expected\n%s\nbut it came\n%s", name, expected, buf_text(&out));
}

static void test_cases(void **state) {
    Desk *desk = *state;
    DIR *folder = opendir(cases_folder(desk));
    assert_non_null(folder);
    int cases = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (strcmp(file_extension(entry->d_name), "expect")) continue;
        void *own;
        desk_setup(&own);
        hold_against(own, entry->d_name);
        desk_teardown(&own);
        cases++;
    }
    closedir(folder);
    assert_true(cases > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {DESK_TEST(test_cases)};
    return DESK_RUN("import-golden", tests);
}
