/* web/words.h: small texts of pages. Private to web/. Owned by ctx, or by the visit. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include "web/visit.h"

const char *day_text(const void *ctx, Date date);            /* 2020-07-05; "" for none */
const char *instant_text(const void *ctx, const char *instant); /* 2020-07-05 10:11 in China; "" for NULL */
const char *size_text(const void *ctx, int64_t bytes);          /* 12 KB, 3.4 MB */
/* The name that belongs to a login, or the login itself: who worked at the command line has no account. */
const char *person_text(Visit *visit, const char *login);
/* What a change was: a step of the ledger by its label, or one of the log's own words. */
const char *action_text(const Ledger *ledger, const char *action);

#endif
