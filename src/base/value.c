/* base/value.c: comparing, writing and copying values. */
#include "base/value.h"

#include <string.h>

#include "base/mem.h"

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

static char *number_text(const void *ctx, Value value) {
    char text[DECIMAL_SIZE];
    decimal_format((Decimal){value.units, value.scale}, text);
    return mem_strdup(ctx, text);
}

static char *date_text(const void *ctx, Date date) {
    char text[11];
    date_format_iso(date, text);
    return mem_strdup(ctx, text);
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
        return number_text(ctx, value);
    case VALUE_DATE:
        return date_text(ctx, value.date);
    case VALUE_TEXT:
        return mem_strdup(ctx, value.text);
    }
    return NULL;
}

Value value_copy(const void *ctx, Value value) {
    if (value.kind == VALUE_TEXT) value.text = mem_strdup(ctx, value.text);
    return value;
}
