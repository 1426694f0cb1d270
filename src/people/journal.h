/* people/journal.h: the three logs of people: who tried to come in, who gave whom which rights, and who saw the
 * personal fields of a record, why.
 *
 * Append-only, each in a chain (chain.h). Whoever cannot be written down cannot come in, is given nothing and sees
 * nothing: callers pass a fault on. */
#ifndef PEOPLE_JOURNAL_H
#define PEOPLE_JOURNAL_H

#include "people/chain.h"

typedef enum { JOURNAL_SIGN_INS, JOURNAL_DEEDS, JOURNAL_DISCLOSURES, JOURNAL_LOGS } JournalLog;
extern const ChainLog journal_logs[JOURNAL_LOGS];

/* outcome: a word of account.h. What cannot be a login is written as ?: it may be a password in the wrong box. */
int journal_sign_in(const People *people, const char *at, const char *login, const char *address, const char *outcome);
int journal_account(const People *people, const char *at, const char *actor, const char *login, const char *action,
                    const char *detail);

/* Somebody is about to see the personal fields of a record unmasked. */
typedef struct Disclosure {
    const char *at, *login, *address;
    const char *ledger;
    int64_t record;
    const char *reason; /* in his own words */
} Disclosure;
int journal_disclose(const People *people, const Disclosure *disclosure);
/* The newest first, at most so many; login NULL: everybody's. Texts are lent until the next. */
typedef void (*DisclosureTake)(const Disclosure *disclosure, void *data);
int journal_each_disclosure(const People *people, const char *login, size_t most, DisclosureTake take, void *data);

typedef struct JournalRow {
    const char *at, *login, *address, *outcome;
} JournalRow;

/* The newest attempts first, at most so many; login NULL: everybody's. Texts are lent until the next row. */
typedef void (*JournalTake)(const JournalRow *row, void *data);
int journal_each_sign_in(const People *people, const char *login, size_t most, JournalTake take, void *data);

/* What was done to accounts, in the same way. */
typedef struct JournalDeed {
    const char *at, *actor, *login, *action;
    const char *detail; /* or NULL */
} JournalDeed;
typedef void (*JournalTakeDeed)(const JournalDeed *deed, void *data);
int journal_each_deed(const People *people, const char *login, size_t most, JournalTakeDeed take, void *data);
/* An action of this log or an outcome of the other in the current language. Lent. */
const char *journal_words(const char *word);

#endif
