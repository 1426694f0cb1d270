/* web/words.h: what the logs say, in words that people read. Private to web/. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include "figure/page.h"
#include "people/journal.h"
#include "web/visit.h"

/* An instant of UTC as the clock in China shows it: 2020-07-05 10:11; "" for NULL. Owned by ctx. */
char *words_moment(const void *ctx, const char *instant);
/* The name that belongs to a login, or the login itself: who worked at the command line has no account. */
const char *words_person(const Visit *visit, const char *login);
/* {"at", "address", "outcome"} of an attempt to sign in; a new reference. */
json_t *words_sign_in(const void *ctx, const JournalRow *row);
/* What a change was: a step of the ledger by its label, or one of the log's own words. */
const char *words_action(const Ledger *ledger, const char *action);
/* 12 KB, 3.4 MB. Owned by ctx. */
char *words_size(const void *ctx, int64_t bytes);

#endif
