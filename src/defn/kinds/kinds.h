/* defn/kinds/kinds.h: all kinds, and what several of them share. Private to defn/. */
#ifndef DEFN_KINDS_KINDS_H
#define DEFN_KINDS_KINDS_H

#include "defn/kind.h"

extern const FieldKind kind_text, kind_long_text, kind_integer, kind_decimal, kind_money, kind_percent, kind_date,
    kind_period, kind_year, kind_bool, kind_code, kind_codes, kind_ref, kind_rows, kind_file, kind_phone, kind_email,
    kind_url, kind_credit_code, kind_person_id, kind_bank_account, kind_division;

/* number.c: a scaled number out of text or cell, with its unit in the text or in the heading. */
FieldProblem number_parse(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value);
char *number_show(const void *ctx, const Field *field, Value value);

/* text.c: a text that must not have come through a float. */
FieldProblem text_take(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value);
char *text_show(const void *ctx, const Field *field, Value value);

/* text.c: hides all but the first `head` and last `tail` characters of an ASCII text. */
char *text_mask_middle(const void *ctx, const char *shown, size_t head, size_t tail);
/* text.c: a text of digits alone, of one of the lengths (ending with 0). */
bool text_is_digits(const char *text, const size_t *lengths);

#endif
