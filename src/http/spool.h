/* http/spool.h: an upload on its way into a file of the spool folder. */
#ifndef HTTP_SPOOL_H
#define HTTP_SPOOL_H

#include <stddef.h>

typedef struct Spool Spool;

/* A new file of mode 0600, removed when ctx ends unless it was renamed before. NULL: errno says why. */
Spool *spool_new(const void *ctx, const char *folder);
const char *spool_path(const Spool *spool);
size_t spool_size(const Spool *spool);
int spool_add(Spool *spool, const char *bytes, size_t size); /* 0, or 1: the disk is full or broken (errno) */
void spool_close(Spool *spool);                              /* all is written; the file stays */
/* Removes what a killed server has left there. */
void spool_sweep(const char *folder);

#endif
