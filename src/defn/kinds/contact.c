/* kinds/contact.c: telephone numbers, mail and web addresses: checked by form only. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* How many bytes of a separator of two numbers, or of the word before an extension, stand here. */
static size_t starts_with(const char *text, const char *const *words) {
    for (; *words; words++)
        if (!strncmp(text, *words, strlen(*words))) return strlen(*words);
    return 0;
}

/* Mobile numbers have 11 digits and begin with 1; others are 7 to 12 digits with area code, and may have an extension.
 * Several stand one behind the other. */
static bool is_phone(const char *text) {
    static const char *const between[] = {"、", "/", ";", ",", NULL}, *const extension[] = {"转", NULL};
    size_t digits = 0;
    while (*text) {
        size_t gap = starts_with(text, between), word = starts_with(text, extension);
        if (gap && digits < 7) return false;
        if (!gap && !word && !isdigit((unsigned char)*text) && !strchr("-+() ", *text)) return false;
        digits = gap ? 0 : digits + (isdigit((unsigned char)*text) != 0);
        if (digits > 16) return false;
        text += gap + word ? gap + word : 1;
    }
    return digits >= 7;
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
