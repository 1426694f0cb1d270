/* kinds/number-of.c: the long numbers by which the state knows organisations, people, accounts and places.
 *
 * Sources: GB 32100-2015 (unified social credit code), GB 11643-1999 (citizen identity number),
 * GB/T 2260 and the 12-digit statistical division code. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* In capitals, without what people put between the groups of a long number or before it. */
static char *upper(const void *ctx, const char *text) {
    char *copy = mem_strdup(ctx, text), *to = copy;
    for (const char *c = copy; *c; c++)
        if (!strchr(" -'", *c)) *to++ = (char)toupper((unsigned char)*c);
    *to = '\0';
    return copy;
}

static FieldProblem take_upper(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    FieldInput raised = *input;
    raised.text = upper(ctx, input->text);
    return text_take(ctx, field, &raised, ret_value);
}

/* --- unified social credit code --- */

#define CREDIT_SIZE 18
static const char credit_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* without I O S V Z */

/* GB 32100: weights 3^i mod 31 over the first 17 characters. */
static char credit_check(const char *code) {
    int sum = 0, weight = 1;
    for (int i = 0; i < CREDIT_SIZE - 1; i++) {
        sum += (int)(strchr(credit_alphabet, code[i]) - credit_alphabet) * weight;
        weight = weight * 3 % 31;
    }
    return credit_alphabet[(31 - sum % 31) % 31];
}

static FieldProblem parse_credit_code(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    const char *code = upper(ctx, input->text);
    FieldProblem problem = take_upper(ctx, field, input, ret_value);
    if (problem.level == DIAG_ERROR) return problem;
    if (strlen(code) != CREDIT_SIZE || strspn(code, credit_alphabet) != CREDIT_SIZE)
        return field_wrong(
            ctx, "not-a-credit-code",
            "a unified social credit code has 18 characters, digits and capitals without I O S V Z; correct it");
    /* Codes that fail the check digit have been issued: a warning, never a refusal. */
    if (credit_check(code) != code[CREDIT_SIZE - 1])
        return field_warn(ctx, "credit-code-check",
                          "the last character of the credit code should be %c; compare it with the licence",
                          credit_check(code));
    return FIELD_FINE;
}

const FieldKind kind_credit_code = {
    .name = "credit_code",
    .label = {"统一社会信用代码", "Unified social credit code"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .digits_only = true,
    .parse = parse_credit_code,
    .show = text_show,
};

/* --- citizen identity number --- */

static bool is_person_id(const char *id) {
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (strlen(id) != 18 || strspn(id, "0123456789") < 17) return false;
    int sum = 0;
    for (int i = 0; i < 17; i++) sum += (id[i] - '0') * weights[i];
    char birth[DATE_ISO_SIZE] = {id[6], id[7], id[8], id[9], '-', id[10], id[11], '-', id[12], id[13], 0};
    Date born = date_parse_iso(birth);
    return id[17] == "10X98765432"[sum % 11] && born != DATE_NONE && born <= date_today();
}

static FieldProblem parse_person_id(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    FieldProblem problem = take_upper(ctx, field, input, ret_value);
    if (problem.level == DIAG_ERROR) return problem;
    if (!is_person_id(ret_value->text))
        return field_wrong(ctx, "not-a-person-id",
                           "it is not a valid citizen identity number; compare it with the card");
    return FIELD_FINE;
}

static char *mask_person_id(const void *ctx, const char *shown) { return text_mask_middle(ctx, shown, 4, 4); }

const FieldKind kind_person_id = {
    .name = "person_id",
    .label = {"身份证号", "Citizen identity number"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .sealed = true,
    .digits_only = true,
    .parse = parse_person_id,
    .show = text_show,
    .mask = mask_person_id,
};

/* --- bank accounts and division codes --- */

static FieldProblem parse_bank_account(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    size_t digits = 0;
    for (const char *c = input->text; *c; c++) digits += isdigit((unsigned char)*c) != 0;
    if (digits < 8 || digits > 30 || strspn(input->text, "0123456789 -") != strlen(input->text))
        return field_wrong(ctx, "not-an-account", "it is not a bank account; write 8 to 30 digits");
    return text_take(ctx, field, input, ret_value);
}

static char *mask_bank_account(const void *ctx, const char *shown) { return text_mask_middle(ctx, shown, 0, 4); }

const FieldKind kind_bank_account = {
    .name = "bank_account",
    .label = {"银行账号", "Bank account"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .sealed = true,
    .digits_only = true,
    .parse = parse_bank_account,
    .show = text_show,
    .mask = mask_bank_account,
};

static FieldProblem parse_division(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    static const size_t lengths[] = {6, 9, 12, 0};
    if (!text_is_digits(input->text, lengths))
        return field_wrong(ctx, "not-a-division", "a division code has 6, 9 or 12 digits; correct it");
    return text_take(ctx, field, input, ret_value);
}

const FieldKind kind_division = {
    .name = "division",
    .label = {"行政区划代码", "Division code"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .digits_only = true,
    .parse = parse_division,
    .show = text_show,
};
