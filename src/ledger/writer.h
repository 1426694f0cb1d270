/* ledger/writer.h: the writer behind the door: one transaction, and what puts the rows of one write. Private to
 * ledger/. */
#ifndef LEDGER_WRITER_H
#define LEDGER_WRITER_H

#include "ledger/number.h"
#include "ledger/permit.h"
#include "ledger/search.h"
#include "ledger/term.h"
#include "ledger/transition.h"

typedef struct Desk Desk; /* what is prepared for writing into one ledger */

struct Writer {
    Store *store;
    WriterOptions options;
    char at[INSTANT_SIZE];
    int64_t seq;
    uint8_t head[HASH_SIZE];
    Hash *hash;
    DbBulk *changes, *spans;
    Stmt *close_spans;
    SearchWriter *search;
    TermWriter *terms;
    Numbers *numbers;
    Permits *permits;
    Desk *desks;
    TALLOC_CTX *scratch; /* of one write */
    bool open;
};

/* Puts record in the place of before (NULL: nowhere yet). The new id of a record is the seq of its first change. */
int writer_put(Writer *writer, const Record *before, Record *record, const char *action, const char *reason,
               uint32_t file_row);
/* Ends a record; puts one that was ended back, as it is, in a new version. */
int writer_end(Writer *writer, const Record *record, const char *reason);
int writer_put_back(Writer *writer, Record *record, const char *reason);
/* Whether this writer wrote a record, so that it may still wait to be sent. */
bool writer_has_written(const Writer *writer, const Record *record);

#endif
