/* What is wrong with templates, which names they use, and where rendering stops. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "base/mem.h"
#include "tmpl/tmpl.h"

/* --- findings --- */

static const struct {
    const char *source;
    const char *findings; /* "line:column code; …" */
} WRONG[] = {
    {"a\n  {{b", "2:3 unclosed; "},
    {"{{{a}}", "1:1 unclosed; "},
    {"{{=<% %>}}", "1:1 unclosed; "},
    {"县{{#a}}x", "1:2 unclosed; "},
    {"{{#a}}{{#b}}", "1:7 unclosed; 1:1 unclosed; "},
    {"{{/a}}", "1:1 unopened; "},
    {"{{#a}}\n{{^b}}{{/a}}{{/b}}", "2:7 crossed; 2:13 crossed; "},
    {"{{}} {{#}}{{/}}", "1:1 bad-name; 1:6 bad-name; "},
    {"{{a b}} {{>p q}} {{a..b}} {{.a}} {{a.}}",
     "1:1 bad-name; 1:9 bad-name; 1:18 bad-name; 1:27 bad-name; 1:34 bad-name; "},
    {"{{==}} {{=a=}} {{=a b c=}} {{=a=b c=}}",
     "1:1 bad-delimiters; 1:8 bad-delimiters; 1:16 bad-delimiters; 1:28 bad-delimiters; "},
    {"\xff", "0:0 bad-text; "},
};

static void test_wrong(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        Diag *diag = diag_new(scratch);
        Buf said = BUF_INIT(scratch);
        Tmpl *tmpl;
        const char *source = WRONG[i].source;
        assert_int_equal(tmpl_compile(scratch, "page", source, strlen(source), diag, &tmpl), 1);
        for (size_t f = 0; f < diag->count; f++) {
            Place at = diag->list[f].at;
            assert_string_equal(at.file, "page");
            buf_printf(&said, "%u:%u %s; ", at.line, at.column, diag->list[f].code);
        }
        assert_string_equal(buf_text(&said), WRONG[i].findings);
    }
}

/* --- names --- */

static Tmpl *compile(const void *ctx, const char *source) {
    Diag *diag = diag_new(ctx);
    Tmpl *tmpl;
    if (tmpl_compile(ctx, "page", source, strlen(source), diag, &tmpl)) fail_msg("%s", diag->list[0].say.en);
    return tmpl;
}

static void test_names(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const TmplName *names;
    Buf said = BUF_INIT(scratch);
    size_t n = tmpl_names(
        compile(scratch, "县 {{a.b}}\n\n{{#rows}} {{.}} {{! c }}{{>p}}\n{{/rows}}{{^d}}{{{e}}}{{/d}}"), &names);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&said, "%u:%u %s%s; ", names[i].at.line, names[i].at.column, names[i].section ? "#" : "",
                   names[i].name);
    }
    assert_string_equal(buf_text(&said), "1:3 a.b; 3:1 #rows; 3:11 .; 4:10 #d; 4:16 e; ");
}

/* --- bounds --- */

/* A value that contains itself: every member is it again, or a long list of it. */
static TmplValue endless_member(const void *ctx, const void *data, const char *name);
static TmplValue endless_item(const void *ctx, const void *data, size_t index);
static const TmplView ENDLESS = {.member = endless_member, .item = endless_item};

static TmplValue endless_member(const void *ctx, const void *data, const char *name) {
    (void)ctx;
    (void)data;
    bool list = strcmp(name, "list") == 0;
    return (TmplValue){.kind = list ? TMPL_LIST : TMPL_OBJECT, .view = &ENDLESS, .count = 1000000, .text = "text"};
}

static TmplValue endless_item(const void *ctx, const void *data, size_t index) {
    (void)index;
    return endless_member(ctx, data, "");
}

static const Tmpl *find_self(const void *data, const char *name) {
    (void)name;
    return data;
}

static void stops(const void *ctx, const char *source, const char *code) {
    Diag *diag = diag_new(ctx);
    Buf out = BUF_INIT(ctx);
    Tmpl *tmpl = compile(ctx, source);
    TmplPartials partials = {.find = find_self, .data = tmpl};
    TmplValue root = {.kind = TMPL_OBJECT, .view = &ENDLESS};
    assert_int_equal(tmpl_render(tmpl, root, tmpl_escape_none, &partials, diag, &out), 1);
    assert_int_equal(diag->errors, 1);
    assert_string_equal(diag->list[0].code, code);
    assert_true(out.size <= TMPL_OUTPUT_MAX + (1u << 20));
}

static void test_bounds(void **state) {
    (void)state;
    MEM_SCRATCH scratch = talloc_new(NULL);
    stops(scratch, "{{>self}}", "too-deep");
    stops(scratch, "{{#a}}{{>self}}{{/a}}", "too-deep");
    stops(scratch, "{{#a}}{{#b}}{{>self}}{{/b}}{{/a}}", "too-deep");
    stops(scratch, "{{#list}}{{#list}}{{/list}}{{/list}}", "too-long");
    stops(scratch, "{{#list}}{{#list}}a longer text, so that the output is full first{{/list}}{{/list}}", "too-long");

    Buf deep = BUF_INIT(scratch);
    for (int i = 0; i < TMPL_DEPTH_MAX + 5; i++) buf_add(&deep, "{{#a}}");
    Diag *diag = diag_new(scratch);
    Tmpl *tmpl;
    assert_int_equal(tmpl_compile(scratch, "page", deep.data, deep.size, diag, &tmpl), 1);
    assert_int_equal(diag->errors, 1);
    assert_string_equal(diag->list[0].code, "too-deep");
}

/* --- what a rendering is given --- */

static TmplValue link_member(const void *ctx, const void *data, const char *name) {
    (void)data;
    if (strcmp(name, "figure") == 0) {
        TmplValue value = {.kind = TMPL_OBJECT, .view = &ENDLESS, .raw = true};
        value.text = mem_strdup(ctx, "<a>170</a>");
        return value;
    }
    return (TmplValue){.kind = TMPL_ABSENT};
}

static void test_values(void **state) {
    (void)state;
    static const TmplView VIEW = {.member = link_member, .item = endless_item};
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf out = BUF_INIT(scratch);
    TmplValue root = {.kind = TMPL_OBJECT, .view = &VIEW};
    buf_add(&out, "kept ");
    Tmpl *tmpl = compile(scratch, "{{figure}} {{#figure}}{{.}}{{/figure}} {{other}}{{>none}}.");
    assert_int_equal(tmpl_render(tmpl, root, tmpl_escape_html, NULL, diag_new(scratch), &out), 0);
    assert_string_equal(buf_text(&out), "kept <a>170</a> <a>170</a> .");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wrong), cmocka_unit_test(test_names),
                                       cmocka_unit_test(test_bounds), cmocka_unit_test(test_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
