/* expr/test-generate.h: random well-typed expressions over the test world, as text. */
#ifndef EXPR_TEST_GENERATE_H
#define EXPR_TEST_GENERATE_H

#include "expr/expr.h"

/* An expression of a type (bool, number, date, text or period) with at most `depth` levels. Owned by ctx. */
const char *generate_expression(const void *ctx, uint64_t *random, ExprType type, unsigned depth);

#endif
