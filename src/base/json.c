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

void json_print(const json_t *value, FILE *out) {
    json_dumpf(value, out, JSON_INDENT(2) | JSON_ENCODE_ANY);
    fputc('\n', out);
}
