/* ledger/share.c: leader and followers.
 *
 * Callers stand in a row, each with its piece of work on its own stack. Whoever finds that nobody leads takes the
 * oldest SHARE_GROUP of the row and does them all, its own among them or not, and goes on until its own is done. The
 * store belongs to the leader as long as it leads; the lock is held only to change the row. */
#include "ledger/share.h"

#include <assert.h>
#include <pthread.h>

#include "base/mem.h"
#include "ledger/cache.h"

typedef struct Piece Piece;
struct Piece {
    const WriterOptions *options;
    ShareWork work;
    void *data;
    Diag *diag;
    int result;
    bool done;
    pthread_cond_t turn; /* it is done, or nobody leads */
    Piece *next;
};

struct WriteShare {
    const Store *first;
    Store *store; /* NULL: to be opened again, the server was away */
    pthread_mutex_t lock;
    Piece *row, **end;
    bool led;
    ShareNumbers numbers;
};

static int open_store(WriteShare *share, Diag *diag) {
    return share->store ? 0 : store_open_beside(share, share->first, diag, &share->store);
}

static int close_share(WriteShare *share) {
    assert(!share->row && !share->led);
    pthread_mutex_destroy(&share->lock);
    return 0;
}

int share_open(const void *ctx, const Store *store, Diag *diag, WriteShare **ret_share) {
    WriteShare *share = mem_new(ctx, WriteShare);
    share->first = store;
    share->end = &share->row;
    pthread_mutex_init(&share->lock, NULL);
    talloc_set_destructor(share, close_share);
    if (open_store(share, diag)) {
        talloc_free(share);
        return 1;
    }
    *ret_share = share;
    return 0;
}

/* --- one group: by the leader, without the lock --- */

/* Under the writer's place, so that nobody writes between this and the work. */
static int refresh(Store *store, Diag *diag) {
    int result = store_refresh(store);
    if (result == STORE_E_DEFINITIONS)
        diag_error(diag, PLACE_FILE(store->folder), "definitions-changed",
                   "the definitions were changed meanwhile; nothing was written; load the page again");
    return result == STORE_E_DEFINITIONS ? SHARE_E_REFUSED : result;
}

static int do_piece(Store *store, const Piece *piece) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Writer *writer;
    size_t errors = piece->diag->errors;
    int result = writer_open(scratch, store, piece->options, piece->diag, &writer);
    if (result) return result;
    result = refresh(store, piece->diag);
    if (result == 0) result = piece->work(writer, store, piece->diag, piece->data);
    if (result == 0 && piece->diag->errors > errors) result = SHARE_E_REFUSED;
    if (result < 0 && piece->diag->errors == errors) (void)store_fault(store, result, piece->diag);
    if (result == 0) result = writer_commit(writer, piece->diag);
    if (result == 0) return 0;
    talloc_free(writer);
    cache_empty(store->cache); /* it may remember what is undone */
    return result;
}

/* Faults of the folder, not of what was to be written. */
static bool is_everybodys(int fault) {
    return fault == DB_FAULT_FULL || fault == DB_FAULT_BUSY || fault == DB_FAULT_GONE;
}

/* What was not written for the sake of others. */
static void fail_all(const Store *store, Piece *group, int fault) {
    for (Piece *piece = group; piece; piece = piece->next) {
        if (piece->result != 0) continue;
        piece->result = fault;
        (void)store_fault(store, fault, piece->diag);
    }
}

/* 0 when all is committed. */
static int do_pieces(Store *store, Piece *group) {
    int fault = db_begin(store->db, DB_WRITE);
    if (fault) return fault;
    for (Piece *piece = group; piece; piece = piece->next) {
        piece->result = do_piece(store, piece);
        if (is_everybodys(piece->result)) {
            db_rollback(store->db);
            return piece->result;
        }
    }
    return db_commit(store->db);
}

static int do_group(WriteShare *share, Piece *group) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    int fault = open_store(share, diag_new(scratch)) ? DB_FAULT_GONE : do_pieces(share->store, group);
    if (!fault) return 0;
    fail_all(share->store, group, fault);
    if (fault == DB_FAULT_GONE) TALLOC_FREE(share->store);
    return fault;
}

/* --- the row: under the lock --- */

static void join(WriteShare *share, Piece *piece) {
    *share->end = piece;
    share->end = &piece->next;
    share->numbers.waiting++;
}

static Piece *take_group(WriteShare *share) {
    Piece *group = share->row, **last = &share->row;
    for (unsigned n = 0; *last && n < SHARE_GROUP; n++, share->numbers.waiting--) last = &(*last)->next;
    share->row = *last;
    *last = NULL;
    if (!share->row) share->end = &share->row;
    return group;
}

/* A piece is gone as soon as its caller may go on. */
static void release(WriteShare *share, Piece *group) {
    for (Piece *piece = group, *next; piece; piece = next) {
        next = piece->next;
        share->numbers.writes += piece->result == 0;
        piece->done = true;
        pthread_cond_signal(&piece->turn);
    }
}

static void lead(WriteShare *share) {
    Piece *group = take_group(share);
    share->led = true;
    pthread_mutex_unlock(&share->lock);
    int fault = do_group(share, group);
    pthread_mutex_lock(&share->lock);
    share->led = false;
    share->numbers.commits += fault == 0;
    release(share, group);
    if (share->row) pthread_cond_signal(&share->row->turn);
}

int share_write(WriteShare *share, const WriterOptions *options, ShareWork work, void *data, Diag *diag) {
    Piece piece = {.options = options, .work = work, .data = data, .diag = diag};
    pthread_cond_init(&piece.turn, NULL);
    pthread_mutex_lock(&share->lock);
    join(share, &piece);
    while (!piece.done) {
        if (share->led)
            pthread_cond_wait(&piece.turn, &share->lock);
        else
            lead(share);
    }
    pthread_mutex_unlock(&share->lock);
    pthread_cond_destroy(&piece.turn);
    return piece.result;
}

void share_numbers(WriteShare *share, ShareNumbers *ret_numbers) {
    pthread_mutex_lock(&share->lock);
    *ret_numbers = share->numbers;
    pthread_mutex_unlock(&share->lock);
}
