/* test/fuzz/fuzz-tmpl.c: any bytes as a template that is its own partial, rendered over a value that has something of
 * everything: every name leads somewhere, so that sections are entered. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tmpl/tmpl.h"

#define OUTPUT_MAX (1u << 16) /* enough to see; longer outputs only take time */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static TmplValue member(const void *ctx, const void *data, const char *name);
static TmplValue item(const void *ctx, const void *data, size_t index);
static const TmplView VIEW = {.member = member, .item = item};

/* The first letter of a name says what it is. */
static TmplValue member(const void *ctx, const void *data, const char *name) {
    (void)data;
    static const TmplKind KINDS[] = {TMPL_ABSENT, TMPL_TEXT, TMPL_OBJECT, TMPL_LIST, TMPL_TRUE, TMPL_FALSE};
    TmplValue value = {.kind = KINDS[(unsigned char)*name % 6], .view = &VIEW, .count = (unsigned char)*name % 4};
    if (value.kind != TMPL_LIST) value.text = mem_printf(ctx, "<%s>", name);
    return value;
}

static TmplValue item(const void *ctx, const void *data, size_t index) { return member(ctx, data, index ? "a" : "b"); }

static const Tmpl *find_self(const void *data, const char *name) { return *name == 'n' ? NULL : data; }

/* Leaves out what would make the output long. */
static void escape(Buf *out, const char *text, size_t size) {
    if (out->size < OUTPUT_MAX) tmpl_escape_html(out, text, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    TALLOC_CTX *ctx = talloc_new(NULL);
    Diag *diag = diag_new(ctx);
    Tmpl *tmpl;
    int result = tmpl_compile(ctx, "fuzz", (const char *)data, size, diag, &tmpl);
    if ((result != 0) != (diag->errors > 0)) abort();
    if (result == 0) {
        const TmplName *names;
        size_t n = tmpl_names(tmpl, &names);
        for (size_t i = 0; i < n; i++) {
            if (names[i].at.line == 0 || names[i].at.column == 0 || strlen(names[i].name) > size) abort();
        }
        TmplPartials partials = {.find = find_self, .data = tmpl};
        Buf out = BUF_INIT(ctx);
        (void)tmpl_render(tmpl, (TmplValue){.kind = TMPL_OBJECT, .view = &VIEW}, escape, &partials, diag, &out);
    }
    talloc_free(ctx);
    return 0;
}
