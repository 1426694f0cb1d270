/* base/utf16.c: conversion with room for the longest result, so that ICU never asks for a second try. */
#include "base/utf16.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/mem.h"

#define UTF8_PER_UNIT 3 /* most bytes that one UTF-16 unit becomes */

void utf16_require(UErrorCode status) {
    if (U_FAILURE(status)) {
        fprintf(stderr, "kezhang: ICU fails with %s\n", u_errorName(status));
        abort();
    }
}

UChar *utf16_from(const void *ctx, const char *text, int32_t *ret_size) {
    int32_t size = (int32_t)strlen(text);
    UChar *units = mem_array(ctx, UChar, size + 1);
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(units, size + 1, ret_size, text, size, 0xFFFD, NULL, &status);
    utf16_require(status);
    return units;
}

char *utf16_to(const void *ctx, const UChar *units, int32_t size) {
    int32_t room = size * UTF8_PER_UNIT + 1;
    char *text = mem_array(ctx, char, room);
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8WithSub(text, room, NULL, units, size, 0xFFFD, NULL, &status);
    utf16_require(status);
    return text;
}
