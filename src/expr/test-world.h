/* expr/test-world.h: a small world to try expressions on: projects with owners, towns and members, full of blanks,
 * extremes and dangling references. Made from a seed, answers as rows in memory. */
#ifndef EXPR_TEST_WORLD_H
#define EXPR_TEST_WORLD_H

#include "expr/expr.h"

#define WORLD_FIELDS_MAX 16u
#define WORLD_SPANS_MAX  4u
#define WORLD_ITEMS_MAX  4u

typedef struct WorldSpan {
    const char *state;
    Date entered_on;
    Date left_on; /* DATE_NONE while in it */
} WorldSpan;

typedef struct WorldRow {
    const struct World *world;
    const ExprScope *scope;
    int64_t id;
    const char *state;
    Value values[WORLD_FIELDS_MAX]; /* in the order of the scope's symbols */
    WorldSpan spans[WORLD_SPANS_MAX];
    size_t n_spans;
    struct WorldRow *items; /* of its one child table */
    size_t n_items;
} WorldRow;

typedef struct WorldTable {
    const ExprScope *scope;
    WorldRow *rows;
    size_t n;
} WorldTable;

enum { WORLD_PROJECT, WORLD_FIRM, WORLD_TOWN, WORLD_TABLES };

typedef struct World {
    WorldTable tables[WORLD_TABLES];
    uint64_t random;
} World;

World *world_new(const void *ctx, uint64_t seed);
const ExprScope *world_scope(void); /* of projects */
ExprRow world_row(const WorldRow *row);
ExprParams world_params(void); /* the first half of 2020, seen from the 5th of July */

uint64_t world_random(uint64_t *state, uint64_t below);

#endif
