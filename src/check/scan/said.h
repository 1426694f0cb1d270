/* check/scan/said.h: which of the times that a sentence names is that of a number in it. Private to check/scan/. */
#ifndef CHECK_SAID_H
#define CHECK_SAID_H

#include "check/work.h"

/* A time that something is set against: 由2016年末的, 与上年相比. */
bool said_against(const Work *work, const When *when);
/* A time that names what was set for it, and no more: 年度任务, 年度预算. */
bool said_of_target(const Work *work, const When *when);
/* Nothing within [from, to) tells of a change: 上年同期为2.8% is of last year, 较上年同期增长15% of this. */
bool said_is_value(const Work *work, size_t from, size_t to);
/* The last time before a claim in its sentence that is its own; NULL when there is none. first: from where to look,
 * moved on with the claims. */
const When *said_before(const Work *work, size_t index, size_t *first);
/* The period that a time counts from, where its place is of another: the year, or the part of one, that its sentence
 * named before. */
Period said_spoken_of(const Work *work, const When *when, Period place);
/* What was, before it changed: 由391家增加到438家. */
bool said_before_change(const Work *work, size_t index);
/* Of the year so far, beside what one month brought: 5月入库23家，累计入库92家; 当月14件，累计66件 in the report of a month. */
bool said_accumulated(const Work *work, size_t index, const When *when, Period said);
/* Behind a time that is a whole year, what is still to be done in it: 全年高企达到95家，再走访企业110家. */
bool said_further(const Work *work, size_t index, const When *when);

#endif
