/* check/relate/facts.h: which claims speak of one thing. Private to check/. */
#ifndef CHECK_FACTS_H
#define CHECK_FACTS_H

#include "check/work.h"

/* A number of its own that an arithmetic can be made with: no growth, no rank. */
bool fact_is_amount(const Claim *claim);
/* Counted in one unit, or in units that count the same things. */
bool fact_same_unit(const Work *work, const Claim *claim, const Claim *other);
/* Both of one indicator, face, period and kind of time; or, unbound, worded alike. */
bool fact_is_same(const Work *work, size_t index, size_t other);
/* Both stand in one row of a table. */
bool fact_in_row(const Work *work, size_t index, size_t other);
/* 人 (or 名) and 人次, 家 and 家次. */
bool fact_units_drift(const Work *work, const char *unit, const char *other);
/* Claims in the order of their values. */
typedef struct Valued {
    Decimal value;
    size_t index;
} Valued;
const Valued *facts_by_value(Work *work);
/* The whole of which each claim is a part, by the sums found so far; SIZE_MAX where it is none. Owned by ctx. */
size_t *facts_wholes(const void *ctx, const Work *work);
/* Near both numbers the same thing is named, or a pair of characters stands. */
bool fact_around_alike(const Work *work, size_t index, size_t other);
/* A run of at least so many characters stands around both. */
bool fact_common_around(const Work *work, size_t index, size_t other, size_t least);
/* No further apart than the n-th part of the larger: what is far off is of something else. */
bool fact_is_close(const Work *work, size_t index, size_t other, int nth);
#define CLOSE_PART 5 /* of a slip, mostly */
/* The noun right behind one number, 14名特派员, stands at the other too. */
bool fact_noun_alike(const Work *work, size_t index, size_t other);
/* Of other times, or said to be equal by chance. */
bool fact_told_apart(const Work *work, size_t index, size_t other);
bool fact_in_one_sentence(const Work *work, size_t index, size_t other);
/* A pair of characters that stands in the first clause of the paragraph of one and right before the other. */
bool fact_headed_alike(const Work *work, size_t index, size_t other);
/* A pair of characters that stands within [from, to) and right before a claim. */
bool fact_named_in(const Work *work, size_t from, size_t to, size_t index);
/* A pair of characters that stands in the clauses of both. */
bool fact_shares_words(const Work *work, size_t index, size_t other);
/* Where the words right before a claim begin. */
static inline size_t fact_near_from(const Work *work, size_t index) { return work->mentions[index].near; }

/* Adds a relation; claims are copied. */
void relation_add(Work *work, RelationKind kind, const size_t *claims, size_t n, const char *says, bool holds);

/* The relation of a result and the two it comes from: product = each × count, percent = part ÷ whole. */
void relation_add_equation(Work *work, RelationKind kind, size_t result, size_t first, size_t second, bool holds);

void relation_add_same(Work *work, size_t first, size_t again, bool holds);

/* The percentage is that of a part in its whole, rounded as it is written. */
bool fact_share_holds(const Claim *percent, const Claim *part, const Claim *whole);

/* 其中首次申报通过率: what stands before a number says that it is of some alone; not 合格率. */
bool fact_is_of_some(const Work *work, size_t near, size_t number);
/* 比上年的386万元增加26万元: what a whole was, and by how much it changed. */
bool fact_is_change(const Work *work, size_t index);
/* meant.c: a percentage that comes out of nothing, if it is plain what it is said of. wholes: of which each claim is a
 * part. */
void relate_meant(Work *work, size_t index, const size_t *wholes);
/* ratio-cell.c: the head of a cell's column says how much it grew: 同比增长. */
bool fact_cell_grows(const Work *work, size_t index);
/* rows.c: percentages of a table that are shares of two columns of it; said: the percentages that were. */
void relate_share_rows(Work *work, bool *said);
void relate_sums(Work *work);     /* sum.c */
void relate_shares(Work *work);   /* ratio.c */
void relate_products(Work *work); /* product.c */
void relate_echoes(Work *work);   /* echo.c: one number in other words */
void relate_same(Work *work);     /* same.c */

#endif
