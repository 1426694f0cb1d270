/* http/numbers.h: counters of a server, added to by all its threads without a lock. */
#ifndef HTTP_NUMBERS_H
#define HTTP_NUMBERS_H

#include <stdatomic.h>

#include "http/http.h"

typedef struct Numbers {
    atomic_ullong requests[HTTP_CLASSES], times[HTTP_TIMES + 1];
    atomic_ullong bytes, microseconds;
} Numbers;

/* One request that ended; status 0: without an answer. */
void numbers_add(Numbers *numbers, unsigned status, uint64_t bytes, int64_t microseconds);
/* What is counted here; the rest stays as it is. */
void numbers_read(const Numbers *numbers, HttpNumbers *ret_numbers);

#endif
