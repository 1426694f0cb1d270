/* check/relate/parts.h: a whole and the parts that a text gives it, and whether they add up. Private to check/. */
#ifndef CHECK_PARTS_H
#define CHECK_PARTS_H

#include "check/relate/facts.h"

#define PARTS_MAX 24

typedef struct Parts {
    size_t list[PARTS_MAX + 1]; /* claims: the whole first */
    size_t count;               /* with it */
} Parts;

/* How sure it is that the parts are all there are. */
typedef enum {
    PARTS_SOME,   /* only what adds up is a sum */
    PARTS_LIKELY, /* 其中: they exceed the whole, or miss it by little, or they are some of many */
    PARTS_ALL,    /* in brackets, 分别为, 按…分: they must add up */
} Wholeness;

/* Gathers what can be a part of the whole among the claims from `first` on that begin before a rune. */
void parts_gather(const Work *work, size_t whole, size_t first, size_t to, Parts *parts);
bool parts_can_be(const Work *work, size_t whole, size_t index);
/* 每家20万元, 户均4000元: no part of anything. */
bool parts_is_of_each(const Work *work, size_t index);
bool parts_are_exact(const Work *work, const Parts *parts, size_t count);
/* Equal but for rounding. */
bool parts_equal(const Work *work, const Parts *parts, size_t count);
/* Adds the relation of the whole and its first parts. */
void parts_add(Work *work, const Parts *parts, size_t count, bool holds);
/* Adds the relation that the first parts make, when they make the whole. */
bool parts_settle_equal(Work *work, const Parts *parts);
/* The same, or else, as far as they are all there are, that they do not. */
bool parts_settle(Work *work, const Parts *parts, Wholeness wholeness);
/* Two parts of which one is what the other is not: 男, 女; 线上, 线下. */
bool parts_are_complements(const Work *work, const Parts *parts);
/* It stands in brackets. */
bool parts_in_bracket(const Work *work, size_t index);
/* Adds the relation of all of them, as long as they miss the whole by no more than a slip, in percent. */
bool parts_settle_slip(Work *work, const Parts *parts, int most);

void relate_lists(Work *work, size_t whole);    /* list.c */
bool list_before(Work *work, size_t whole);     /* list-before.c: the parts of a whole before it; */
void list_of_earlier(Work *work, size_t first); /* and those that begin with a claim, of an amount said before */
void list_of_which(Work *work, size_t first);
void relate_totals(Work *work, size_t index);   /* total.c: 合计 and 其中 in tables */
void relate_rows(Work *work);                   /* rows.c: columns of tables */
void relate_kinds(Work *work);                  /* list-kind.c: 按…分 */
void relate_rest(Work *work, size_t index);     /* rest.c: 结余110万元 */
void relate_increase(Work *work, size_t index); /* increase.c */

#endif
