/* base/utf16.c: conversion with room for the longest result, so that ICU never asks for a second try. */
#include "base/utf16.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/mem.h"

#define UTF8_PER_UNIT 3 /* most bytes that one UTF-16 unit becomes */
#define GROWTH_MAX    8 /* UTF-16 units that one unit may become, "zhuang " being the longest */

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

UTransliterator *utf16_open_rules(const char *rules) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int32_t size;
    UChar *id = utf16_from(scratch, rules, &size);
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *opened = utrans_openU(id, size, UTRANS_FORWARD, NULL, 0, NULL, &status);
    utf16_require(status);
    return opened;
}

char *utf16_transliterate(const void *ctx, const UTransliterator *rules, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int32_t size;
    UChar *units = utf16_from(scratch, text, &size);
    int32_t room = size * GROWTH_MAX + 1;
    UChar *result = mem_array(scratch, UChar, room);
    u_memcpy(result, units, size);
    int32_t limit = size;
    UErrorCode status = U_ZERO_ERROR;
    utrans_transUChars(rules, result, &size, room, 0, &limit, &status);
    utf16_require(status);
    return utf16_to(ctx, result, size);
}
