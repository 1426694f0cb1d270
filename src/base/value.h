/* base/value.h: one value of a record, of an expression or of a row from the database.
 *
 * Blank, 0 and "not applicable" are three values. Dates travel as days, decimals and money as scaled
 * integers; codes, references in text form and periods (YYYY-MM..YYYY-MM) as text. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/decimal.h"

typedef enum { VALUE_BLANK, VALUE_NA, VALUE_BOOL, VALUE_NUMBER, VALUE_DATE, VALUE_TEXT } ValueKind;

typedef struct Value {
    ValueKind kind;
    int scale; /* of a number; 0 for whole numbers and record ids */
    union {
        bool yes;
        int64_t units;
        Date date;
        const char *text; /* UTF-8, NUL-terminated; owned elsewhere */
    };
} Value;

#define VALUE_OF_BLANK              ((Value){.kind = VALUE_BLANK})
#define VALUE_OF_INT(n)             ((Value){.kind = VALUE_NUMBER, .units = (n)})
#define VALUE_OF_DECIMAL(n, digits) ((Value){.kind = VALUE_NUMBER, .scale = (digits), .units = (n)})
#define VALUE_OF_TEXT(string)       ((Value){.kind = VALUE_TEXT, .text = (string)})
#define VALUE_OF_DATE(day)          ((Value){.kind = VALUE_DATE, .date = (day)})
#define VALUE_OF_BOOL(b)            ((Value){.kind = VALUE_BOOL, .yes = (b)})

Value value_of_text(const char *text); /* NULL is blank */
Value value_of_date(Date date);        /* DATE_NONE is blank */

/* Equal in kind and content; numbers compare across scales. */
bool value_equal(Value a, Value b);
/* Canonical text (ISO dates, plain decimals, 1 and 0, n/a): what the change log hashes. Blank gives NULL.
 * Owned by ctx. */
char *value_text(const void *ctx, Value value);
/* The value with its text copied into ctx. */
Value value_copy(const void *ctx, Value value);

#endif
