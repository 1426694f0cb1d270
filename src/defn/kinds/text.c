/* kinds/text.c: one line of words, and what other kinds of text share. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* A float holds fifteen digits for sure; what is longer has lost some on the way. */
#define EXACT_FLOAT_MAX 1e15

FieldProblem text_take(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    (void)field;
    if (input->is_number && fabs(input->number) >= EXACT_FLOAT_MAX)
        return field_wrong(ctx, "long-number",
                           "a number of 16 or more digits has lost its last digits in the spreadsheet; "
                           "format the column as text and type it again");
    *ret_value = VALUE_OF_TEXT(mem_strdup(ctx, input->text));
    return FIELD_FINE;
}

char *text_show(const void *ctx, const Field *field, Value value) {
    (void)field;
    return mem_strdup(ctx, value.text);
}

char *text_mask_middle(const void *ctx, const char *shown, size_t head, size_t tail) {
    size_t size = strlen(shown);
    char *masked = mem_strdup(ctx, shown);
    if (size <= head + tail) head = tail = 0;
    memset(masked + head, '*', size - head - tail);
    return masked;
}

bool text_is_digits(const char *text, const size_t *lengths) {
    size_t size = strspn(text, "0123456789");
    if (text[size]) return false;
    for (; *lengths; lengths++)
        if (*lengths == size) return true;
    return false;
}

const FieldKind kind_text = {
    .name = "text",
    .label = {"文本", "Text"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .uses = USES_MIN | USES_MAX,
    .parse = text_take,
    .show = text_show,
};

const FieldKind kind_long_text = {
    .name = "long_text",
    .label = {"长文本", "Long text"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .uses = USES_MIN | USES_MAX,
    .parse = text_take,
    .show = text_show,
};
