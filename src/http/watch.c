/* http/watch.c: deadlines of connections.
 *
 * The library's own time-out counts from the last byte, so that a byte now and then holds a connection for ever. Here a
 * stage of a request has an end, whatever drips in. Setting a deadline is one store; a thread looks at all of them once
 * a second and shuts the sockets of those that passed, which the library takes for the end of the sender. The same
 * thread gives memory back to the system when many connections have gone: freed in all places, it would be kept for
 * ever. */
#include "http/watch.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

#include "base/mem.h"

#define NEVER UINT32_MAX
#define MANY  1000u /* connections whose memory, some 12 MiB, is worth the walk through the heap */

struct Watched {
    int socket;
    atomic_uint until; /* monotonic seconds, or NEVER */
    Watched *before, *next;
};

struct Watch {
    pthread_t thread;
    pthread_mutex_t lock; /* of the list and of ending */
    pthread_cond_t wake;
    Watched *first;
    unsigned count, most; /* in the list; since memory was given back */
    bool ending;
};

static unsigned now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (unsigned)now.tv_sec;
}

static void cut_late(const Watch *watch) {
    unsigned now = now_seconds();
    for (Watched *at = watch->first; at; at = at->next) {
        if (atomic_load(&at->until) > now) continue;
        atomic_store(&at->until, NEVER);
        shutdown(at->socket, SHUT_RDWR);
    }
}

static void give_back(Watch *watch) {
    if (watch->most < watch->count + MANY) return;
    watch->most = watch->count;
    pthread_mutex_unlock(&watch->lock);
    malloc_trim(0);
    pthread_mutex_lock(&watch->lock);
}

static void *watch_run(void *data) {
    Watch *watch = data;
    pthread_mutex_lock(&watch->lock);
    while (!watch->ending) {
        struct timespec next;
        clock_gettime(CLOCK_REALTIME, &next);
        next.tv_sec++;
        if (pthread_cond_timedwait(&watch->wake, &watch->lock, &next) != ETIMEDOUT) continue;
        cut_late(watch);
        give_back(watch);
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

static int watch_end(Watch *watch) {
    pthread_mutex_lock(&watch->lock);
    watch->ending = true;
    pthread_cond_signal(&watch->wake);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->thread, NULL);
    return 0;
}

Watch *watch_new(const void *ctx) {
    Watch *watch = mem_new(ctx, Watch);
    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->wake, NULL);
    if (pthread_create(&watch->thread, NULL, watch_run, watch) != 0) return NULL;
    talloc_set_destructor(watch, watch_end);
    return watch;
}

Watched *watch_add(Watch *watch, int socket) {
    Watched *watched = mem_new(NULL, Watched);
    watched->socket = socket;
    atomic_init(&watched->until, NEVER);
    pthread_mutex_lock(&watch->lock);
    watched->next = watch->first;
    if (watch->first) watch->first->before = watched;
    watch->first = watched;
    if (++watch->count > watch->most) watch->most = watch->count;
    pthread_mutex_unlock(&watch->lock);
    return watched;
}

void watch_remove(Watch *watch, Watched *watched) {
    pthread_mutex_lock(&watch->lock);
    if (watched->before)
        watched->before->next = watched->next;
    else
        watch->first = watched->next;
    if (watched->next) watched->next->before = watched->before;
    watch->count--;
    pthread_mutex_unlock(&watch->lock);
    talloc_free(watched);
}

void watch_within(Watched *watched, unsigned seconds) { atomic_store(&watched->until, now_seconds() + seconds); }

void watch_pause(Watched *watched) { atomic_store(&watched->until, NEVER); }
