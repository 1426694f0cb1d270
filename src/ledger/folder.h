/* ledger/folder.h: walking and emptying folders. Private to ledger/. */
#ifndef LEDGER_FOLDER_H
#define LEDGER_FOLDER_H

#include <stdbool.h>

/* Missing, or without entries but hidden ones. */
bool folder_is_empty(const char *path);
/* Removes everything in it but hidden entries: what was made in a folder that was empty. */
void folder_empty(const char *path);

/* Calls take for every regular file below the folder that is not hidden, in order of name, with its path below the
 * folder. A non-zero answer ends it and is returned. A missing folder has no files. */
typedef int (*FolderTake)(const char *below, void *data);
int folder_each(const char *path, FolderTake take, void *data);

#endif
