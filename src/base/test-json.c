/* base/test-json.c: JSON values with a talloc lifetime and their printed form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"

static void test_value_ends_with_its_context(void **state) {
    (void)state;
    TALLOC_CTX *ctx = talloc_new(NULL);
    json_t *value = json_incref(json_array());
    assert_ptr_equal(json_keep(ctx, value), value);
    assert_int_equal(value->refcount, 2);
    talloc_free(ctx);
    assert_int_equal(value->refcount, 1);
    json_decref(value);
}

static void test_print(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    json_t *object = json_keep(scratch, json_object());
    json_object_set_new(object, "z", json_label((Label){.zh = "成果", .en = "result"}));
    json_object_set_new(object, "a", json_label((Label){.en = "only"}));
    json_object_set_new(object, "none", json_text_or_null(NULL));
    json_object_set_new(object, "bad",
                        json_text_or_null("a\xFF"
                                          "b"));
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    json_print(object, out);
    fclose(out);
    assert_string_equal(text, "{\n"
                              "  \"z\": {\n"
                              "    \"zh\": \"成果\",\n"
                              "    \"en\": \"result\"\n"
                              "  },\n"
                              "  \"a\": {\n"
                              "    \"en\": \"only\"\n"
                              "  },\n"
                              "  \"none\": null,\n"
                              "  \"bad\": \"a\xEF\xBF\xBD"
                              "b\"\n"
                              "}\n");
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_value_ends_with_its_context),
                                       cmocka_unit_test(test_print)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
