/* ledger/folder.c: see folder.h. Links below the folder are never followed. */
#include "ledger/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

bool folder_is_empty(const char *path) {
    DIR *dir = opendir(path);
    if (!dir) return errno == ENOENT;
    int entries = 0;
    for (const struct dirent *entry; (entry = readdir(dir));) entries += entry->d_name[0] != '.';
    closedir(dir);
    return entries == 0;
}

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

/* Hidden entries and what is in them are passed over; NULL for a folder that cannot be read. */
static FTS *walk_open(const char *path) {
    char *const roots[] = {(char *)(uintptr_t)path, NULL};
    return fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
}

static FTSENT *walk_next(FTS *walk) {
    FTSENT *entry = fts_read(walk);
    while (entry && entry->fts_level > 0 && entry->fts_name[0] == '.') {
        (void)fts_set(walk, entry, FTS_SKIP);
        entry = fts_read(walk);
    }
    return entry;
}

int folder_each(const char *path, FolderTake take, void *data) {
    FTS *walk = walk_open(path);
    int result = 0;
    for (FTSENT *entry; walk && !result && (entry = walk_next(walk));)
        if (entry->fts_info == FTS_F) result = take(entry->fts_path + strlen(path) + 1, data);
    if (walk) fts_close(walk);
    return result;
}

void folder_empty(const char *path) {
    FTS *walk = walk_open(path);
    for (FTSENT *entry; walk && (entry = walk_next(walk));)
        if (entry->fts_level > 0 && entry->fts_info != FTS_D) (void)remove(entry->fts_accpath);
    if (walk) fts_close(walk);
}
