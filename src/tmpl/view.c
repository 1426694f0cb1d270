/* tmpl/view.c: JSON as templates see it, and what the usual targets escape. */
#include <jansson.h>
#include <string.h>

#include "base/mem.h"
#include "tmpl/tmpl.h"

#define REAL_DIGITS 15 /* what a double holds for certain */

static TmplValue json_member(const void *ctx, const void *data, const char *name) {
    return tmpl_json(ctx, json_object_get(data, name));
}

static TmplValue json_item(const void *ctx, const void *data, size_t index) {
    return tmpl_json(ctx, json_array_get(data, index));
}

static const TmplView JSON_VIEW = {.member = json_member, .item = json_item};

static const char *number_text(const void *ctx, const json_t *number) {
    if (json_is_integer(number)) return mem_printf(ctx, "%" JSON_INTEGER_FORMAT, json_integer_value(number));
    return mem_printf(ctx, "%.*g", REAL_DIGITS, json_real_value(number));
}

TmplValue tmpl_json(const void *ctx, const json_t *value) {
    if (!value) return (TmplValue){.kind = TMPL_ABSENT};
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return (TmplValue){.kind = TMPL_OBJECT, .view = &JSON_VIEW, .data = value};
    case JSON_ARRAY:
        return (TmplValue){.kind = TMPL_LIST, .view = &JSON_VIEW, .data = value, .count = json_array_size(value)};
    case JSON_STRING:
        return (TmplValue){.kind = TMPL_TEXT, .text = json_string_value(value)};
    case JSON_INTEGER:
    case JSON_REAL:
        return (TmplValue){.kind = TMPL_TEXT, .text = number_text(ctx, value)};
    case JSON_TRUE:
        return (TmplValue){.kind = TMPL_TRUE, .text = "true"};
    case JSON_FALSE:
        return (TmplValue){.kind = TMPL_FALSE, .text = "false"};
    case JSON_NULL:
        break;
    }
    return (TmplValue){.kind = TMPL_FALSE};
}

/* Copies whole runs between the signs that must not stand for themselves. */
void tmpl_escape_html(Buf *out, const char *text, size_t size) {
    static const char *const ENTITIES[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    const char *end = text + size, *run = text;
    for (; text < end; text++) {
        const char *entity = ENTITIES[(unsigned char)*text];
        if (!entity) continue;
        buf_add_bytes(out, run, (size_t)(text - run));
        buf_add(out, entity);
        run = text + 1;
    }
    buf_add_bytes(out, run, (size_t)(end - run));
}

void tmpl_escape_none(Buf *out, const char *text, size_t size) { buf_add_bytes(out, text, size); }
