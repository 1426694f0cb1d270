/* base/json.c: ties jansson's reference counts to talloc contexts. */
#include "base/json.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

typedef struct Keeper {
    json_t *value;
} Keeper;

static int keeper_drop(Keeper *keeper) {
    json_decref(keeper->value);
    return 0;
}

json_t *json_keep(const void *ctx, json_t *value) {
    Keeper *keeper = mem_new(ctx, Keeper);
    keeper->value = value;
    talloc_set_destructor(keeper, keeper_drop);
    return value;
}

/* Bytes that are not UTF-8, which jansson refuses, show as U+FFFD. */
static json_t *repaired(const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf clean = BUF_INIT(scratch);
    const char *end = text + strlen(text);
    while (text < end) buf_rune(&clean, text_next(&text, end));
    return json_string(buf_text(&clean));
}

static json_t *json_of(const char *text) {
    json_t *value = json_string(text);
    return value ? value : mem_check(repaired(text));
}

json_t *json_label(Label label) {
    json_t *object = mem_check(json_object());
    if (label.zh) json_object_set_new(object, "zh", json_of(label.zh));
    if (label.en) json_object_set_new(object, "en", json_of(label.en));
    return object;
}

json_t *json_text_or_null(const char *text) { return text ? json_of(text) : json_null(); }

const char *json_text_in(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

json_t *json_finding(const Finding *finding) {
    json_t *object = json_object();
    json_object_set_new(object, "sheet", json_text_or_null(finding->at.sheet));
    json_object_set_new(object, "row", finding->at.row ? json_integer((json_int_t)finding->at.row) : json_null());
    json_object_set_new(object, "column", json_text_or_null(finding->at.field));
    json_object_set_new(object, "value", json_text_or_null(finding->value));
    json_object_set_new(object, "code", json_text_or_null(finding->code));
    json_object_set_new(object, "say", json_label(finding->say));
    return object;
}

void json_print(const json_t *value, FILE *out) {
    json_dumpf(value, out, JSON_INDENT(2) | JSON_ENCODE_ANY);
    fputc('\n', out);
}
