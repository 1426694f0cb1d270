/* ledger/backup.h: a whole data folder as one file, and back.
 *
 * A backup is a zip: manifest.json (version, bureau, head of the change log, rows and hash of every table), one CSV a
 * table read from one unchanging state while others write, the site's definitions and the attachments. It says nothing
 * of the database it came from: a folder on SQLite can be restored on PostgreSQL and back. */
#ifndef LEDGER_BACKUP_H
#define LEDGER_BACKUP_H

#include "ledger/store.h"

/* Writes path (renamed into place when whole). with_key: also the key of personal numbers. 0, or 1 with findings. */
int backup_write(Store *store, const char *path, bool with_key, Diag *diag);
/* A copy DIR/backups/REASON-TIME.zip before something is done to the tables, read back and compared. Without
 * attachments: they stay where they are. 0, or 1. */
int backup_before(Store *store, const char *reason, Diag *diag);
/* Makes a new data folder from a backup and verifies it; notes say what was not in the backup. Nothing stays of what
 * does not agree. url NULL: SQLite in the folder. 0, or 1 with findings. */
int backup_restore(const void *ctx, const char *path, const char *folder, const char *url, Diag *diag);

#endif
