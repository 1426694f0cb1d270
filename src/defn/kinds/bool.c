/* kinds/bool.c: yes or no, in the words and signs that clerks put into cells. */
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

static bool is_one_of(const char *text, const char *const *words) {
    for (; *words; words++)
        if (!strcasecmp(text, *words)) return true;
    return false;
}

/* What is asked by a heading 是否满意 may be answered 满意 or 不满意. 1 yes, 0 no, -1 neither. */
static int read_answer(const char *text, const char *asked) {
    static const char ask[] = "是否";
    static const char *const nots[] = {"不", "未", "非", "无", "没有"};
    if (!asked || strncmp(asked, ask, sizeof ask - 1) != 0) return -1;
    const char *answer = asked + sizeof ask - 1;
    if (!strcmp(text, answer)) return 1;
    for (size_t i = 0; i < sizeof nots / sizeof nots[0]; i++)
        if (!strncmp(text, nots[i], strlen(nots[i])) && !strcmp(text + strlen(nots[i]), answer)) return 0;
    return -1;
}

static int read_answers(const Field *field, const char *text) {
    int answer = read_answer(text, field->label.zh);
    for (size_t i = 0; i < field->aliases.count && answer < 0; i++)
        answer = read_answer(text, field->aliases.list[i].text);
    return answer;
}

static FieldProblem parse_bool(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    static const char *const yes[] = {"是", "有", "√", "✓", "1", "yes", "y", "true", NULL};
    static const char *const no[] = {"否", "无", "×", "x", "0", "no", "n", "false", NULL};
    int answer = is_one_of(input->text, yes) ? 1 : is_one_of(input->text, no) ? 0 : read_answers(field, input->text);
    if (answer < 0) return field_wrong(ctx, "not-yes-no", "write 是 or 否");
    *ret_value = VALUE_OF_BOOL(answer);
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
