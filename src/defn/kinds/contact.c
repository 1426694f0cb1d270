/* kinds/contact.c: telephone numbers, mail and web addresses: checked by form only. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* Mobile numbers have 11 digits and begin with 1; others are 7 to 12 digits with area code, and may have an extension.
 */
static bool is_phone(const char *text) {
    size_t digits = 0;
    for (const char *c = text; *c; c++) {
        if (isdigit((unsigned char)*c)) digits++;
        else if (!strchr("-+() ", *c)) return false;
    }
    return digits >= 7 && digits <= 16;
}

static FieldProblem parse_phone(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    if (!is_phone(input->text))
        return field_wrong(ctx, "not-a-phone", "it is not a telephone number; write digits and -, 7 to 16 digits");
    return text_take(ctx, field, input, ret_value);
}

static char *mask_phone(const void *ctx, const char *shown) { return text_mask_middle(ctx, shown, 3, 4); }

const FieldKind kind_phone = {
    .name = "phone",
    .label = {"电话", "Telephone"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .digits_only = true,
    .parse = parse_phone,
    .show = text_show,
    .mask = mask_phone,
};

static FieldProblem parse_email(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    const char *at = strchr(input->text, '@');
    bool fine = at && at > input->text && strchr(at, '.') && !strpbrk(input->text, " ,;<>") && !strchr(at + 1, '@');
    if (!fine) return field_wrong(ctx, "not-an-email", "it is not a mail address; write name@host");
    return text_take(ctx, field, input, ret_value);
}

const FieldKind kind_email = {
    .name = "email",
    .label = {"电子邮箱", "Mail address"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .parse = parse_email,
    .show = text_show,
};

static FieldProblem parse_url(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    bool fine =
        (!strncmp(input->text, "http://", 7) || !strncmp(input->text, "https://", 8)) && !strchr(input->text, ' ');
    if (!fine) return field_wrong(ctx, "not-a-url", "it is not a web address; write it from http:// or https:// on");
    return text_take(ctx, field, input, ret_value);
}

const FieldKind kind_url = {
    .name = "url",
    .label = {"网址", "Web address"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .parse = parse_url,
    .show = text_show,
};
