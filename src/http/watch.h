/* http/watch.h: connections with a time by which something must have happened; who is late is cut off. */
#ifndef HTTP_WATCH_H
#define HTTP_WATCH_H

typedef struct Watch Watch;
typedef struct Watched Watched;

/* Starts a thread of its own, which ends with ctx. NULL when it cannot start. */
Watch *watch_new(const void *ctx);
Watched *watch_add(Watch *watch, int socket);      /* without a deadline */
void watch_remove(Watch *watch, Watched *watched); /* before the socket is closed; ends watched */
void watch_within(Watched *watched, unsigned seconds);
void watch_pause(Watched *watched);

#endif
