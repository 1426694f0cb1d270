/* people/people.h: the people of a data folder: their tables, and how the other files of this floor reach them.
 *
 * A login is never changed and never given to another person, because the change log names it: it is the key of
 * everything here. An account that is not wanted any more is disabled. Times are UTC instants as text (base/date.h) and
 * come as arguments, so that what depends on the clock can be tried. */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H

#include "base/hash.h"
#include "db/db.h"
#include "defn/model.h"
#include "people/seal.h"

#define LOGIN_MAX 32u /* characters of a login */

/* What a data folder lends to this floor; ledger/store.h fills one. */
typedef struct People {
    Db *db;
    const Catalog *catalog;
    const Seal *seal;
    int64_t org;
    HashKind hash_kind;
} People;

/* Makes the tables of this floor that are missing: for a new folder, a restored one and one of an older version. */
int people_create_tables(Db *db);

/* A lower-case word of letters, digits, - . and _ that begins with a letter. */
bool login_is_fine(const char *login);

/* --- statements whose ?1 is the bureau and whose ?2 … are these values --- */

/* Values live until the run ends. The statement stands before its first row. */
int people_ask(const People *people, const char *sql, const Value *values, size_t n, Stmt **ret_stmt);
/* Runs it to its end; ret_changes (or NULL): rows touched. */
int people_run(const People *people, const char *sql, const Value *values, size_t n, int64_t *ret_changes);

/* The digest of a secret under the folder's hash, as hex: what is stored of tokens. */
void people_digest(const People *people, const char *secret, char ret_hex[HASH_HEX_SIZE]);
/* Random bytes. Ends the program when the machine has no randomness. */
void people_random(void *bytes, size_t size);

#endif
