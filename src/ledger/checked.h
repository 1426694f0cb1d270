/* ledger/checked.h: texts that were held against the ledgers, and what people said of each finding.
 *
 * The text itself stands in DIR/checks/ID. Each person keeps CHECKED_EACH of them for CHECKED_DAYS; whoever is given
 * the address of one may see it, for its id is not to be guessed. Results: 0, 1 where it is said, or a fault; what is
 * read is owned by ctx. */
#ifndef LEDGER_CHECKED_H
#define LEDGER_CHECKED_H

#include "ledger/store.h"

#define CHECKED_DAYS    30
#define CHECKED_EACH    50
#define CHECKED_ID_SIZE 33 /* hexadecimal, with its end */

typedef struct CheckedText {
    const char *id;
    const char *login, *at;          /* of whoever gave it, and when */
    const char *name;                /* of the file, or of what was pasted */
    Period period;                   /* that was asked for; start DATE_NONE: as the text says */
    int64_t claims, differ, remarks; /* then */
} CheckedText;

typedef struct CheckedMark {
    const char *place; /* which finding: a word of the caller's */
    const char *mark;  /* "accepted", "rejected" or "" */
    const char *words, *at, *actor;
} CheckedMark;

/* The file of a text. Owned by ctx. */
char *checked_path(const void *ctx, const Store *store, const char *id);
bool checked_id_is_fine(const char *id);

/* Keeps the bytes and a row, and takes away what is too old or too much. text->id is ignored; *ret_id is new.
 * 0, 1 with a finding, or a fault. */
int checked_keep(const void *ctx, Store *store, const CheckedText *text, const char *bytes, size_t size, Diag *diag,
                 const char **ret_id);
int checked_mark(Store *store, const char *id, const CheckedMark *mark);

/* 1: there is none, or none any more. */
int checked_find(const void *ctx, Store *store, const char *id, CheckedText **ret_text);
/* Of one person, the newest first. */
int checked_list(const void *ctx, Store *store, const char *login, CheckedText **ret_list, size_t *ret_count);
int checked_marks(const void *ctx, Store *store, const char *id, CheckedMark **ret_list, size_t *ret_count);

#endif
