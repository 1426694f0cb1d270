/* kinds/bool.c: yes or no, in the words and signs that clerks put into cells. */
#include <strings.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

static bool is_one_of(const char *text, const char *const *words) {
    for (; *words; words++)
        if (!strcasecmp(text, *words)) return true;
    return false;
}

static FieldProblem parse_bool(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    static const char *const yes[] = {"是", "有", "√", "✓", "1", "yes", "y", "true", NULL};
    static const char *const no[] = {"否", "无", "×", "x", "0", "no", "n", "false", NULL};
    (void)field;
    bool is_yes = is_one_of(input->text, yes);
    if (!is_yes && !is_one_of(input->text, no)) return field_wrong(ctx, "not-yes-no", "write 是 or 否");
    *ret_value = VALUE_OF_BOOL(is_yes);
    return FIELD_FINE;
}

static char *show_bool(const void *ctx, const Field *field, Value value) {
    (void)field;
    return mem_strdup(ctx, label_text(value.yes ? (Label){"是", "yes"} : (Label){"否", "no"}));
}

const FieldKind kind_bool = {
    .name = "bool",
    .label = {"是否", "Yes or no"},
    .type = TYPE_BOOL,
    .storage = STORE_INT,
    .parse = parse_bool,
    .show = show_bool,
};
