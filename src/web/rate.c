/* web/rate.c: see rate.h. A list in the order of use beside a map: the oldest is the first of the map. */
#include "web/rate.h"

#include <pthread.h>
#include <stdio.h>
#include <uthash.h>

#include "base/mem.h"

#define MINUTE_MS 60000

typedef struct Caller {
    char key[RATE_KEY_SIZE];
    double calls; /* left in the bucket */
    int64_t at;   /* ms of the last look */
    UT_hash_handle hh;
} Caller;

struct Rates {
    pthread_mutex_t lock;
    Caller *callers; /* in the order of their last call */
};

static int drop_rates(Rates *rates) {
    HASH_CLEAR(hh, rates->callers);
    pthread_mutex_destroy(&rates->lock);
    return 0;
}

Rates *rates_new(const void *ctx) {
    Rates *rates = mem_new(ctx, Rates);
    pthread_mutex_init(&rates->lock, NULL);
    talloc_set_destructor(rates, drop_rates);
    return rates;
}

/* Moved to the end of the map, which uthash keeps in order of adding. */
static Caller *find_caller(Rates *rates, const char *key, unsigned per_minute, int64_t now_ms) {
    Caller *caller;
    HASH_FIND_STR(rates->callers, key, caller);
    if (caller) {
        HASH_DEL(rates->callers, caller);
    } else {
        caller = rates->callers;
        if (HASH_COUNT(rates->callers) >= RATE_CALLERS)
            HASH_DEL(rates->callers, caller);
        else
            caller = mem_new(rates, Caller);
        (void)snprintf(caller->key, sizeof caller->key, "%s", key);
        caller->calls = per_minute;
        caller->at = now_ms;
    }
    HASH_ADD_STR(rates->callers, key, caller);
    return caller;
}

bool rates_take(Rates *rates, const char *caller, unsigned per_minute, int64_t now_ms, unsigned *ret_seconds) {
    char key[RATE_KEY_SIZE];
    (void)snprintf(key, sizeof key, "%s", caller); /* as it is kept */
    pthread_mutex_lock(&rates->lock);
    Caller *found = find_caller(rates, key, per_minute, now_ms);
    found->calls += (double)(now_ms - found->at) * per_minute / MINUTE_MS;
    if (found->calls > per_minute) found->calls = per_minute;
    found->at = now_ms;
    bool has_one = found->calls >= 1;
    if (has_one)
        found->calls -= 1;
    else
        *ret_seconds = (unsigned)((1 - found->calls) * MINUTE_MS / per_minute / 1000) + 1;
    pthread_mutex_unlock(&rates->lock);
    return has_one;
}
