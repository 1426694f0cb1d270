/* http/workers.h: threads for work that waits, with a bounded row of what is to be done next. */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include <stdbool.h>

typedef struct Workers Workers;
typedef void (*WorkersDo)(void *job);

/* Starts the threads; at most `room` jobs stand in the row before one takes them. They end with ctx. NULL when they
 * cannot start. */
Workers *workers_new(const void *ctx, unsigned threads, unsigned room, WorkersDo work);
/* The job is done by one of the threads, first come first served. False: the row is full or
 * closed, nothing was taken. */
bool workers_give(Workers *workers, void *job);
unsigned workers_waiting(const Workers *workers); /* in the row now */
/* Takes nothing more, does what stands in the row and ends the threads. May be repeated. */
void workers_end(Workers *workers);

#endif
