/* web/words.h: small texts of pages. Private to web/. Each is owned by ctx. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include "base/date.h"

const char *day_text(const void *ctx, Date date);            /* 2020-07-05; "" for none */
const char *instant_text(const void *ctx, const char *instant); /* 2020-07-05 10:11 in China; "" for NULL */

#endif
