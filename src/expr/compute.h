/* expr/compute.h: what operators, functions and reserved words do to values in memory. Private to this folder.
 *
 * Each is one half of a row of function.c; the other half says the same in SQL. All return 0, or 1 for a number
 * that does not fit 64 bits and a day outside the calendar. Scales are settled before: numbers that are compared
 * or added stand at one scale already. */
#ifndef EXPR_COMPUTE_H
#define EXPR_COMPUTE_H

#include "expr/node.h"

#define COMPUTE_ARGS_MAX       3u
#define COMPUTE_QUOTIENT_SCALE 4 /* decimals that division gives */
#define COMPUTE_MONTH_SIZE     7 /* YYYY-MM */
#define COMPUTE_PERIOD_END     9 /* YYYY-MM..YYYY-MM: where the last month begins */

/* Arguments of which none is blank. */
typedef struct Given {
    const Eval *eval;
    Value args[COMPUTE_ARGS_MAX];
} Given;

typedef int Compute(const Given *given, Value *ret_value);
typedef int ComputeTree(const Eval *eval, const Node *call, Value *ret_value);

Compute compute_add, compute_subtract, compute_multiply, compute_divide, compute_negate, compute_absolute;
Compute compute_equal, compute_unequal, compute_less, compute_at_most, compute_greater, compute_at_least;
Compute compute_least, compute_greatest, compute_not, compute_no_rows;
Compute compute_contains_text, compute_contains_code;
Compute compute_today, compute_period, compute_period_start, compute_period_end, compute_period_year;
Compute compute_date_in_period, compute_period_in_period;
Compute compute_year, compute_days, compute_workdays, compute_days_after, compute_days_before;
ComputeTree compute_and, compute_or, compute_in, compute_if, compute_coalesce, compute_empty, compute_rescale;

#endif
