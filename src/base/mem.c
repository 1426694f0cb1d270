/* base/mem.c: the few allocation helpers over talloc. Owns nothing; promises never to return NULL. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEM_FIRST_ROOM 8u /* elements an array starts with */

void *mem_check(void *pointer) {
    if (!pointer) {
        fputs("kezhang: out of memory\n", stderr);
        abort();
    }
    return pointer;
}

#if defined(__SANITIZE_ADDRESS__)
#define POOLS 0
#elif defined(__has_feature)
#define POOLS !__has_feature(address_sanitizer)
#else
#define POOLS 1
#endif

TALLOC_CTX *mem_pool(const void *ctx, size_t size) {
    return mem_check(POOLS ? talloc_pool(ctx, size) : talloc_new(ctx));
}

char *mem_strdup(const void *ctx, const char *text) { return mem_check(talloc_strdup(ctx, text)); }

char *mem_strndup(const void *ctx, const char *text, size_t size) { return mem_check(talloc_strndup(ctx, text, size)); }

char *mem_printf(const void *ctx, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = mem_vprintf(ctx, format, args);
    va_end(args);
    return text;
}

char *mem_vprintf(const void *ctx, const char *format, va_list args) {
    return mem_check(talloc_vasprintf(ctx, format, args));
}

void *mem_grow(const void *ctx, void *array, size_t n, size_t size) {
    size_t room = array ? talloc_get_size(array) / size : 0;
    size_t larger = room ? 2 * room : MEM_FIRST_ROOM;
    if (n >= room) array = mem_check(talloc_realloc_size(ctx, array, larger * size));
    memset((char *)array + n * size, 0, size);
    return array;
}
