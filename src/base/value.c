/* base/value.c: comparing, writing and copying values. */
#include "base/value.h"

#include <string.h>

#include "base/mem.h"

Value value_of_text(const char *text) { return text ? VALUE_OF_TEXT(text) : VALUE_OF_BLANK; }

Value value_of_date(Date date) { return date == DATE_NONE ? VALUE_OF_BLANK : VALUE_OF_DATE(date); }

bool value_equal(Value a, Value b) {
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case VALUE_BLANK:
    case VALUE_NA:
        return true;
    case VALUE_BOOL:
        return a.yes == b.yes;
    case VALUE_NUMBER:
        return decimal_compare((Decimal){a.units, a.scale}, (Decimal){b.units, b.scale}) == 0;
    case VALUE_DATE:
        return a.date == b.date;
    case VALUE_TEXT:
        return strcmp(a.text, b.text) == 0;
    }
    return false;
}

char *value_text(const void *ctx, Value value) {
    switch (value.kind) {
    case VALUE_BLANK:
        return NULL;
    case VALUE_NA:
        return mem_strdup(ctx, "n/a");
    case VALUE_BOOL:
        return mem_strdup(ctx, value.yes ? "1" : "0");
    case VALUE_NUMBER:
        return decimal_text(ctx, (Decimal){value.units, value.scale});
    case VALUE_DATE:
        return date_iso(ctx, value.date);
    case VALUE_TEXT:
        return mem_strdup(ctx, value.text);
    }
    return NULL;
}

Value value_copy(const void *ctx, Value value) {
    if (value.kind == VALUE_TEXT) value.text = mem_strdup(ctx, value.text);
    return value;
}
