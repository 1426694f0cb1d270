/* http/workers.c: a ring of jobs between those who give and the threads that take. */
#include "http/workers.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/mem.h"

struct Workers {
    WorkersDo work;
    pthread_mutex_t lock; /* of the ring and of ending */
    pthread_cond_t more;
    void **ring;
    unsigned room, first;
    atomic_uint waiting; /* changed under the lock, read without */
    bool ending;
    pthread_t *threads;
    unsigned n_threads; /* that run; 0 once ended */
};

/* The oldest job, waited for; NULL when there is none and will be none. */
static void *take(Workers *workers) {
    void *job = NULL;
    pthread_mutex_lock(&workers->lock);
    while (workers->waiting == 0 && !workers->ending) pthread_cond_wait(&workers->more, &workers->lock);
    if (workers->waiting > 0) {
        job = workers->ring[workers->first];
        workers->first = (workers->first + 1) % workers->room;
        workers->waiting--;
    }
    pthread_mutex_unlock(&workers->lock);
    return job;
}

static void *run(void *data) {
    Workers *workers = data;
    for (void *job; (job = take(workers));) workers->work(job);
    return NULL;
}

static int end(Workers *workers) {
    workers_end(workers);
    return 0;
}

Workers *workers_new(const void *ctx, unsigned threads, unsigned room, WorkersDo work) {
    Workers *workers = mem_new(ctx, Workers);
    workers->work = work;
    workers->room = room;
    workers->ring = mem_array(workers, void *, room);
    workers->threads = mem_array(workers, pthread_t, threads);
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->more, NULL);
    talloc_set_destructor(workers, end);
    while (workers->n_threads < threads) {
        if (pthread_create(&workers->threads[workers->n_threads], NULL, run, workers) != 0) {
            talloc_free(workers);
            return NULL;
        }
        workers->n_threads++;
    }
    return workers;
}

bool workers_give(Workers *workers, void *job) {
    pthread_mutex_lock(&workers->lock);
    bool fits = !workers->ending && workers->waiting < workers->room;
    if (fits) {
        workers->ring[(workers->first + workers->waiting) % workers->room] = job;
        workers->waiting++;
        pthread_cond_signal(&workers->more);
    }
    pthread_mutex_unlock(&workers->lock);
    return fits;
}

unsigned workers_waiting(const Workers *workers) { return workers->waiting; }

void workers_end(Workers *workers) {
    pthread_mutex_lock(&workers->lock);
    workers->ending = true;
    pthread_cond_broadcast(&workers->more);
    pthread_mutex_unlock(&workers->lock);
    while (workers->n_threads > 0) pthread_join(workers->threads[--workers->n_threads], NULL);
}
