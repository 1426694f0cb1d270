/* ledger/test-vault.h: a backup of a test's folder, its entries, and the way back. The archive is backup.zip in the
 * test's own folder; what is restored goes to `restored` beside it. */
#ifndef LEDGER_TEST_VAULT_H
#define LEDGER_TEST_VAULT_H

#include "ledger/test-folder.h"

/* Writes the backup; its path. */
char *vault_backup(Folder *folder, bool with_key);
/* Puts it back and opens it: the folder's path and store from then on. */
void vault_restore(Folder *folder, const char *url);
/* Restoring must give that finding and leave nothing behind. */
void vault_refuse(Folder *folder, const char *code);
void vault_check_verified(Folder *folder);
/* Attaches a text; the hash. */
const char *vault_attach(Folder *folder, const char *text);

/* --- the content of the archive --- */

char *vault_entry(Folder *folder, const char *name, size_t *ret_size);
bool vault_has_entry(Folder *folder, const char *name);
void vault_add_entry(Folder *folder, const char *name, const char *text);
/* Puts other bytes in the place of an entry's, as a correct zip. */
void vault_replace_entry(Folder *folder, const char *name, const char *bytes, size_t size);
/* Replaces a word in an entry by another of any length. */
void vault_edit_entry(Folder *folder, const char *name, const char *from, const char *to);

#endif
