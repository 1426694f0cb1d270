/* http/numbers.c: counters of a server. Each is right alone; a reader may see a request in one and not yet in another.
 */
#include "http/numbers.h"

#define MICROSECONDS 1000000

const double http_times[HTTP_TIMES] = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5};

static void add(atomic_ullong *counter, unsigned long long n) {
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t read_one(const atomic_ullong *counter) { return atomic_load_explicit(counter, memory_order_relaxed); }

void numbers_add(Numbers *numbers, unsigned status, uint64_t bytes, int64_t microseconds) {
    unsigned class = status / 100, time = 0;
    double seconds = (double)microseconds / MICROSECONDS;
    while (time < HTTP_TIMES && seconds > http_times[time]) time++;
    add(&numbers->requests[class < HTTP_CLASSES ? class : 0], 1);
    add(&numbers->times[time], 1);
    add(&numbers->bytes, bytes);
    add(&numbers->microseconds, (unsigned long long)microseconds);
}

void numbers_read(const Numbers *numbers, HttpNumbers *ret_numbers) {
    for (unsigned i = 0; i < HTTP_CLASSES; i++) ret_numbers->requests[i] = read_one(&numbers->requests[i]);
    for (unsigned i = 0; i <= HTTP_TIMES; i++) ret_numbers->times[i] = read_one(&numbers->times[i]);
    ret_numbers->bytes = read_one(&numbers->bytes);
    ret_numbers->seconds = (double)read_one(&numbers->microseconds) / MICROSECONDS;
}
