/* exchange/words.h: what headings mean. Private to exchange/.
 *
 * Headings are compared folded, first as they stand, then without a bracket at their end: 注册资本（万元） is 注册资本;
 * then with 日期 for 时间 and the other way round, where a field of a day is meant. */
#ifndef EXCHANGE_WORDS_H
#define EXCHANGE_WORDS_H

#include "defn/model.h"

typedef enum {
    MEANS_FIELD,
    MEANS_STATE,
    MEANS_NUMBER,
    MEANS_NOTHING /* known, and of no interest: 序号 */
} MeaningKind;

typedef struct Meaning {
    MeaningKind kind;
    const Field *field; /* of MEANS_FIELD */
} Meaning;

/* A meaning by the word that callers have for it: the name of a field, "state", "number", "" for nothing. False: no
 * such field. */
bool words_meaning(const Ledger *ledger, const char *name, Meaning *ret_meaning);
const char *words_name(const Meaning *meaning);

typedef struct Words Words;

/* All words that columns of a ledger may be headed with. Owned by ctx. */
Words *words_new(const void *ctx, const Ledger *ledger);
/* NULL: the heading means nothing known, or several things. Lent. */
const Meaning *words_find(const Words *words, const char *heading);
/* Whether a heading is the field's own label, with or without a bracket, and not another word for it. */
bool words_are_own(const Meaning *meaning, const char *heading);
/* The headings an export gives to the state and to the number. */
extern const Label words_state, words_number;

/* The power of ten that the unit of an amount of money stands for: 万元 4, 亿元 8, 元 0; -1 when the text is no such
 * unit. */
int words_unit_power(const char *text);
/* The unit in the bracket at the end of a heading, or -1. */
int words_heading_power(const char *heading);
/* The unit that a line above the heading gives for the whole sheet ("单位：万元"), or -1. */
int words_sheet_power(const char *line);

#endif
