/* web/pool.c: see pool.h. Each connection is a memory root of its own, so that threads share nothing but what is
 * never written: the catalog, the key and the calendar of the generation's first connection. */
#include "web/pool.h"

#include <pthread.h>

#include "base/log.h"
#include "base/mem.h"

#define POOL_IDLE 16u /* kept open for the next request */

/* A connection; those that share its catalog are counted by the first of them. */
typedef struct Member {
    Store *store;
    WriteShare *share;    /* of the first */
    struct Member *first; /* itself, for the first of a generation */
    size_t others;        /* of the first: how many stand beside it */
    bool old;             /* of the first: definitions were renewed since */
    struct Member *next;
} Member;

struct Pool {
    const char *folder;
    pthread_mutex_t lock;
    Member *first; /* of the current generation; never lent itself */
    Member *idle, *busy;
    size_t n_idle;
};

/* --- generations --- */

static Member *member_new(void) { return mem_new(NULL, Member); }

static int open_first(const Pool *pool, Diag *diag, Member **ret_member) {
    Member *member = member_new();
    member->first = member;
    if (store_open(member, pool->folder, 0, diag, &member->store) ||
        share_open(member, member->store, diag, &member->share)) {
        talloc_free(member);
        return 1;
    }
    *ret_member = member;
    return 0;
}

static void drop(Member *member) {
    Member *first = member->first;
    talloc_free(member);
    if (--first->others == 0 && first->old) talloc_free(first);
}

static void drop_idle(Pool *pool) {
    while (pool->idle) {
        Member *member = pool->idle;
        pool->idle = member->next;
        drop(member);
    }
    pool->n_idle = 0;
}

static int close_pool(Pool *pool) {
    drop_idle(pool);
    talloc_free(pool->first);
    pthread_mutex_destroy(&pool->lock);
    return 0;
}

int pool_open(const void *ctx, const char *folder, Diag *diag, Pool **ret_pool) {
    Pool *pool = mem_new(ctx, Pool);
    pool->folder = mem_strdup(pool, folder);
    if (open_first(pool, diag, &pool->first)) {
        talloc_free(pool);
        return 1;
    }
    pthread_mutex_init(&pool->lock, NULL);
    talloc_set_destructor(pool, close_pool);
    *ret_pool = pool;
    return 0;
}

int pool_renew(Pool *pool, Diag *diag) {
    Member *first;
    if (open_first(pool, diag, &first)) return 1;
    pthread_mutex_lock(&pool->lock);
    Member *former = pool->first;
    pool->first = first;
    former->old = true;
    former->others++; /* so that emptying the idle ones does not end it under us */
    drop_idle(pool);
    if (--former->others == 0) talloc_free(former);
    pthread_mutex_unlock(&pool->lock);
    return 0;
}

/* --- lending --- */

/* Opened under the lock: the first connection belongs to nobody while others are made beside it. */
static Member *open_beside(Pool *pool) {
    Member *member = member_new();
    Diag *diag = diag_new(member);
    if (store_open_beside(member, pool->first->store, diag, &member->store)) {
        log_error("web: no connection to the data folder: %s",
                  diag->count ? label_text(diag->list[0].say) : "unknown reason");
        talloc_free(member);
        return NULL;
    }
    member->first = pool->first;
    member->first->others++;
    return member;
}

Store *pool_take(Pool *pool, bool looks) {
    pthread_mutex_lock(&pool->lock);
    Member *member = pool->idle;
    if (member) {
        pool->idle = member->next;
        pool->n_idle--;
    } else {
        member = open_beside(pool);
    }
    if (member) {
        member->next = pool->busy;
        pool->busy = member;
    }
    pthread_mutex_unlock(&pool->lock);
    if (!member) return NULL;
    if (looks) db_look(member->store->db);
    int result = store_refresh(member->store);
    if (!result) return member->store;
    if (result == STORE_E_DEFINITIONS)
        log_error("web: the tables fit other definitions now: SIGHUP reads them, or start the program that has them");
    pool_give(pool, member->store, true);
    return NULL;
}

WriteShare *pool_share(Pool *pool, const Store *store) {
    pthread_mutex_lock(&pool->lock);
    const Member *member = pool->busy;
    while (member->store != store) member = member->next;
    WriteShare *share = member->first->share;
    pthread_mutex_unlock(&pool->lock);
    return share;
}

void pool_give(Pool *pool, Store *store, bool broken) {
    db_look_away(store->db);
    pthread_mutex_lock(&pool->lock);
    Member **place = &pool->busy;
    while ((*place)->store != store) place = &(*place)->next;
    Member *member = *place;
    *place = member->next;
    if (broken || member->first != pool->first || pool->n_idle >= POOL_IDLE) {
        drop(member);
    } else {
        member->next = pool->idle;
        pool->idle = member;
        pool->n_idle++;
    }
    pthread_mutex_unlock(&pool->lock);
}
