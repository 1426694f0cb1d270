/* ledger/workdays.c: which calendar the table holds is told by its fingerprint, so that a program with a newer one
 * notices. */
#include "ledger/workdays.h"

#include <string.h>

#include "base/mem.h"

#define KEPT       "calendar" /* the setting with the fingerprint */
#define FIRST_YEAR 2000
#define LAST_YEAR  2049

static void fingerprint(char ret_hex[HASH_HEX_SIZE]) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SHA256);
    hash_start(hash);
    hash_add(hash, store_calendar[0].bytes, store_calendar[0].size);
    hash_end_hex(hash, ret_hex);
}

static int fill_days(Store *store) {
    static const char *const columns[] = {"day", "n"};
    DbBulk *bulk;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int fault = db_bulk_open(scratch, store->db, "workday", columns, 2, &bulk);
    Date last = date_make(LAST_YEAR, 12, 31);
    int64_t n = 0;
    for (Date day = date_make(FIRST_YEAR, 1, 1); !fault && day <= last; day++) {
        n += calendar_count_workdays(store->calendar, day, day);
        fault = db_bulk_add(bulk, DB_VALUES(VALUE_OF_DATE(day), VALUE_OF_INT(n)));
    }
    return fault ? fault : db_bulk_flush(bulk);
}

int workdays_fill(Store *store) {
    char hex[HASH_HEX_SIZE];
    fingerprint(hex);
    int fault = fill_days(store);
    return fault ? fault : store_set(store, KEPT, hex);
}

static int renew(Store *store) {
    int fault = db_exec(store->db, "DELETE FROM workday; DELETE FROM kept_figure");
    return fault ? fault : workdays_fill(store);
}

int workdays_renew(Store *store) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char hex[HASH_HEX_SIZE];
    const char *kept = store_setting(scratch, store, KEPT);
    fingerprint(hex);
    if (kept && !strcmp(kept, hex)) return 0;
    int fault = db_begin(store->db, DB_WRITE_IF_FREE);
    if (fault) return fault == DB_FAULT_BUSY ? 0 : fault;
    fault = db_settle(store->db, renew(store));
    return fault == DB_FAULT_BUSY ? 0 : fault;
}
