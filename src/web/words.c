/* web/words.c: see words.h. */
#include "web/words.h"

#include "base/mem.h"

const char *day_text(const void *ctx, Date date) {
    char text[11] = "";
    if (date != DATE_NONE) date_format_iso(date, text);
    return mem_strdup(ctx, text);
}

const char *instant_text(const void *ctx, const char *instant) {
    char text[INSTANT_LOCAL_SIZE] = "";
    if (instant) instant_local(instant, text);
    return mem_strdup(ctx, text);
}
