/* check/bound.h: whether a number is what a claim with its bound says. */
#ifndef CHECK_BOUND_H
#define CHECK_BOUND_H

#include "check/check.h"

/* Whether a claim is true of an exact value; digits that were not written are rounded. */
bool bound_holds(const Claim *claim, Decimal value);
/* Whether one exact value could make both claims true. */
bool bound_meets(const Claim *claim, const Claim *other);
/* By how much the exact value may be off a claim without a bound: half of its last digit; points, where tenths are
 * told. */
Decimal bound_slack(const Claim *claim);
/* 10^power. */
Decimal power_of_ten(int power);

#endif
