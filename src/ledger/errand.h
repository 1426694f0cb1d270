/* ledger/errand.h: what one person asks of another about a record: to see to it, to sign it, to know of it.
 *
 * A record does not move by an errand: who is asked takes the record's steps by what he may himself. An errand is
 * answered once and never removed; verify finds what was altered. Results are 0, a condition that is said, or a fault.
 */
#ifndef LEDGER_ERRAND_H
#define LEDGER_ERRAND_H

#include "ledger/record.h"
#include "people/chain.h"

#define ERRAND_WORDS_MAX 500u /* characters of a note or an opinion */

typedef enum {
    ERRAND_HAND_ON, /* 转办: see to it in my place */
    ERRAND_SIGN,    /* 加签、会签: say what you think of it before it goes on */
    ERRAND_COPY,    /* 抄送: know of it */
    ERRAND_KINDS
} ErrandKind;

typedef enum {
    ERRAND_OPEN,
    ERRAND_DONE,       /* handed on: seen to; copy: read */
    ERRAND_AGREED,     /* signed */
    ERRAND_DISAGREED,  /* signed, against it */
    ERRAND_TAKEN_BACK, /* by who asked */
    ERRAND_ANSWERS
} ErrandAnswer;

typedef struct Errand {
    int64_t id;
    ErrandKind kind;
    const char *ledger; /* its name */
    int64_t record;
    const char *asker, *taker; /* logins */
    const char *asked_at;      /* UTC instant */
    const char *note;          /* of the asker, or NULL */
    Date due;                  /* or DATE_NONE */
    ErrandAnswer answer;
    const char *answered_at; /* or NULL */
    const char *answered_by; /* the taker, or who took it back; or NULL */
    const char *opinion;     /* of the taker, or NULL */
} Errand;

/* The word of a kind in forms and addresses ("hand_on", "sign", "copy"), and back; ERRAND_KINDS when it is none. */
const char *errand_kind_word(ErrandKind kind);
ErrandKind errand_kind_find(const char *word);
const char *errand_answer_word(ErrandAnswer answer); /* "open", "done", "agree", "disagree", "take_back" */
ErrandAnswer errand_answer_find(const char *word);   /* ERRAND_ANSWERS when it is none */
/* Whether an errand of that kind can be answered so. */
bool errand_takes(ErrandKind kind, ErrandAnswer answer);
/* Words: 转办, 会签, 抄送; 待会签, 同意 … Lent. */
const char *errand_kind_label(ErrandKind kind);
const char *errand_answer_label(const Errand *errand);

/* --- writing, within a write transaction --- */

/* Gives it a number. Whoever is asked already and has not answered is not asked again: 1. */
int errand_add(Store *store, Errand *errand);
/* 1 when it was answered meanwhile. */
int errand_answer(Store *store, int64_t id, ErrandAnswer answer, const char *actor, const char *opinion,
                  const char *now);

/* Where they stand. */
typedef enum { ERRAND_ASKED, ERRAND_ANSWERED, ERRAND_LOGS } ErrandLog;
extern const ChainLog errand_logs[ERRAND_LOGS];

/* --- reading, owned by ctx --- */

/* 1 when there is none. */
int errand_find(const void *ctx, Store *store, int64_t id, Errand *ret_errand);

typedef enum { ERRANDS_OF_RECORD, ERRANDS_OF_TAKER, ERRANDS_OF_ASKER } ErrandsBy;
typedef struct ErrandAsk {
    ErrandsBy by;
    int64_t record;    /* by record */
    const char *login; /* by taker or asker */
    unsigned kinds;    /* bits 1 << kind */
    bool open;         /* those not yet answered alone */
    int64_t after;     /* only older ones than this number; 0: from the newest */
    size_t most;
} ErrandAsk;

typedef struct Errands {
    Errand *list;
    size_t count;
} Errands;
/* The newest first. */
int errand_list(const void *ctx, Store *store, const ErrandAsk *ask, Errands *ret_errands);

#endif
