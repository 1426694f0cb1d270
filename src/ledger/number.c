/* ledger/number.c: serials run within what stands around them: a new year begins at 1 by itself. */
#include "ledger/number.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

typedef struct Serial {
    const char *scope; /* the number with its serial left out */
    int64_t last;
    struct Serial *next;
} Serial;

struct Numbers {
    Store *store;
    Serial *serials;
};

Numbers *numbers_new(const void *ctx, Store *store) {
    Numbers *numbers = mem_new(ctx, Numbers);
    numbers->store = store;
    return numbers;
}

static int64_t load_last(Numbers *numbers, const char *scope) {
    Stmt *stmt;
    int64_t last = 0;
    if (!store_ask(numbers->store, "SELECT last FROM serial WHERE org = ?1 AND scope = ?2",
                   DB_VALUES(VALUE_OF_TEXT(scope)), &stmt))
        (void)stmt_number(stmt, &last);
    return last;
}

static int64_t next_serial(Numbers *numbers, const char *scope) {
    for (Serial *serial = numbers->serials; serial; serial = serial->next)
        if (!strcmp(serial->scope, scope)) return ++serial->last;
    Serial *serial = mem_new(numbers, Serial);
    *serial = (Serial){mem_strdup(serial, scope), load_last(numbers, scope), numbers->serials};
    numbers->serials = serial;
    return ++serial->last;
}

/* Writes one {word} of a pattern; of the serial only its place is noted. */
static void add_word(Buf *out, const char *word, size_t size, int year, int month, size_t *ret_serial_at,
                     int *ret_digits) {
    if (!strncmp(word, "year", size))
        buf_printf(out, "%04d", year);
    else if (!strncmp(word, "month", size))
        buf_printf(out, "%02d", month);
    else if (!strncmp(word, "serial", 6)) {
        *ret_serial_at = out->size;
        *ret_digits = word[6] == ':' ? atoi(word + 7) : 1;
    }
}

const char *numbers_next(const void *ctx, Numbers *numbers, const Ledger *ledger) {
    if (!ledger->number.text) return NULL;
    int year, month, day, digits = 0;
    date_split(date_today(), &year, &month, &day);
    Buf out = BUF_INIT(ctx);
    size_t serial_at = 0;
    for (const char *at = ledger->number.text; *at;) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (end) {
            add_word(&out, at + 1, (size_t)(end - at - 1), year, month, &serial_at, &digits);
            at = end + 1;
        } else {
            buf_char(&out, *at++);
        }
    }
    const char *scope = buf_text(&out);
    if (!digits) return scope;
    int64_t serial = next_serial(numbers, mem_printf(ctx, "%s %s", ledger->name.text, scope));
    return mem_printf(ctx, "%.*s%0*lld%s", (int)serial_at, scope, digits, (long long)serial, scope + serial_at);
}

int numbers_keep(Numbers *numbers) {
    int fault = 0;
    for (Serial *serial = numbers->serials; !fault && serial; serial = serial->next)
        fault = store_run(numbers->store,
                          "INSERT INTO serial (org, scope, last) VALUES (?1, ?2, ?3)"
                          " ON CONFLICT (org, scope) DO UPDATE SET last = excluded.last",
                          DB_VALUES(VALUE_OF_TEXT(serial->scope), VALUE_OF_INT(serial->last)));
    return fault;
}
