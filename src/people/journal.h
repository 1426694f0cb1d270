/* people/journal.h: the two logs of people: who tried to come in, and who gave whom which rights.
 *
 * Append-only. Whoever cannot be written down cannot come in and cannot be given anything: callers pass a fault on. */
#ifndef PEOPLE_JOURNAL_H
#define PEOPLE_JOURNAL_H

#include "people/people.h"

/* outcome: a word of account.h. What cannot be a login is written as ?: it may be a password in the wrong box. */
int journal_sign_in(const People *people, const char *at, const char *login, const char *address, const char *outcome);
int journal_account(const People *people, const char *at, const char *actor, const char *login, const char *action,
                    const char *detail);

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
