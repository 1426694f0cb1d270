/* ledger/ask.h: statements whose ?1 is the bureau and whose ?2 … are these values. Private to ledger/. */
#ifndef LEDGER_ASK_H
#define LEDGER_ASK_H

#include "ledger/store.h"

/* The statement stands before its first row. */
static inline int store_ask(Store *store, const char *sql, const Value *values, size_t n, Stmt **ret_stmt) {
    const People people = store_people(store);
    return people_ask(&people, sql, values, n, ret_stmt);
}

/* Runs it to its end. */
static inline int store_run(Store *store, const char *sql, const Value *values, size_t n) {
    const People people = store_people(store);
    return people_run(&people, sql, values, n, NULL);
}

#endif
