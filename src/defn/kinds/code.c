/* kinds/code.c: words of a code list, one or several. People write labels; the word of the list is kept. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kinds/kinds.h"

static FieldProblem unknown_code(const void *ctx, const Field *field, const char *word) {
    const char *list = label_text(field->list->title);
    const Code *near = codelist_nearest(field->list, word);
    if (near)
        return field_wrong(ctx, "unknown-code", "'%s' is not in the list %s; did you mean '%s'?", word, list,
                           label_text(near->label));
    return field_wrong(ctx, "unknown-code", "'%s' is not in the list %s; choose one of it", word, list);
}

static FieldProblem parse_code(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    const Code *code = codelist_find(field->list, input->text);
    if (!code) return unknown_code(ctx, field, input->text);
    *ret_value = VALUE_OF_TEXT(code->name.text);
    return FIELD_FINE;
}

static const char *code_label(const Field *field, const char *word) {
    for (size_t i = 0; i < field->list->n_codes; i++)
        if (!strcmp(field->list->codes[i].name.text, word)) return label_text(field->list->codes[i].label);
    return word; /* a word that was taken off the list after this was recorded */
}

static char *show_code(const void *ctx, const Field *field, Value value) {
    return mem_strdup(ctx, code_label(field, value.text));
}

const FieldKind kind_code = {
    .name = "code",
    .label = {"单选", "One of a list"},
    .type = TYPE_CODE,
    .storage = STORE_TEXT,
    .uses = USES_LIST,
    .parse = parse_code,
    .show = show_code,
};

/* Several words stand as |a|b| so that each can be looked for with its bars. */
static FieldProblem parse_codes(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    static const char *const dividers[] = {"、", ",", "，", ";", "；", "/", "|"};
    char *rest = mem_strdup(ctx, input->text);
    for (size_t i = 0; i < sizeof dividers / sizeof dividers[0]; i++)
        for (char *at = rest; (at = strstr(at, dividers[i]));) memset(at, '\n', strlen(dividers[i]));
    Buf out = BUF_INIT(ctx);
    char *state = NULL;
    for (char *word = strtok_r(rest, "\n", &state); word; word = strtok_r(NULL, "\n", &state)) {
        const char *clean = text_clean(ctx, word);
        if (!clean[0]) continue;
        const Code *code = codelist_find(field->list, clean);
        if (!code) return unknown_code(ctx, field, clean);
        buf_printf(&out, "%s%s|", out.size ? "" : "|", code->name.text);
    }
    *ret_value = VALUE_OF_TEXT(buf_text(&out));
    return FIELD_FINE;
}

static char *show_codes(const void *ctx, const Field *field, Value value) {
    Buf out = BUF_INIT(ctx);
    char *state = NULL;
    for (char *word = strtok_r(mem_strdup(ctx, value.text), "|", &state); word; word = strtok_r(NULL, "|", &state)) {
        if (out.size) buf_add(&out, "、");
        buf_add(&out, code_label(field, word));
    }
    return mem_strdup(ctx, buf_text(&out));
}

const FieldKind kind_codes = {
    .name = "codes",
    .label = {"多选", "Several of a list"},
    .type = TYPE_CODES,
    .storage = STORE_TEXT,
    .uses = USES_LIST,
    .parse = parse_codes,
    .show = show_codes,
};
