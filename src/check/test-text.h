/* check/test-text.h: what the checker's tests of texts share: the shipped definitions, a text as it is asked about, and
 * tables of what each text yields. */
#ifndef CHECK_TEST_TEXT_H
#define CHECK_TEST_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "check/check.h"
#include "check/work.h"
#include "defn/defn.h"

/* Read once for all tests; belongs to no test. */
static inline const Catalog *shipped(void) {
    static const Catalog *catalog;
    if (catalog) return catalog;
    MEM_SCRATCH ctx = talloc_new(NULL);
    DefnSources sources;
    assert_int_equal(defn_load(ctx, NULL, diag_new(ctx), &sources), 0);
    assert_int_equal(defn_read(NULL, &sources, diag_new(ctx), &catalog), 0);
    return catalog;
}

/* A text, with neither a store nor a period to measure it by. */
static inline const CheckAsk *ask_about(const void *ctx, const char *text) {
    CheckAsk *ask = mem_new(ctx, CheckAsk);
    Reading *reading;
    assert_int_equal(reading_from_bytes(ask, "test.txt", text, strlen(text), diag_new(ask), &reading), 0);
    *ask = (CheckAsk){.reading = reading, .catalog = shipped(), .period = {DATE_NONE, DATE_NONE}};
    return ask;
}

static inline const Checked *check(const void *ctx, const char *text) {
    Checked *checked;
    assert_int_equal(check_text(ctx, ask_about(ctx, text), &checked), 0);
    return checked;
}

/* The relations of a text: "sum 6+9=15; share 9÷12=75%". */
static inline const char *relations_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_relations; i++)
        buf_printf(&out, "%s%s %s", i ? "; " : "", relation_kind_name(checked->relations[i].kind),
                   checked->relations[i].says);
    return buf_text(&out);
}

typedef struct Case {
    const char *text, *expected;
} Case;

#define ASSERT_CASES(cases, what)                                                                                      \
    for (size_t i = 0; i < sizeof(cases) / sizeof *(cases); i++) {                                                     \
        MEM_SCRATCH ctx = talloc_new(NULL);                                                                            \
        const char *got = what(ctx, (cases)[i].text);                                                                  \
        if (strcmp(got, (cases)[i].expected)) print_error("in: %s\n", (cases)[i].text);                                \
        assert_string_equal(got, (cases)[i].expected);                                                                 \
    }

#endif
