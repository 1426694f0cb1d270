/* expr/expr.h: the expression language of definitions: filters, guards, checks, indicators.
 *
 * Typed, small, without side effects. One tree is parsed, checked against a Scope, and then either
 * evaluated over a row in memory or emitted once as SQL with bound parameters; the two agree on every
 * row (a property test holds them together). No user text ever becomes SQL.
 *
 *   registered_on >= 2020-01-01 and owner.town = '新河镇'      fields, references followed with a dot
 *   entered(registered) in period                              the day a state was entered
 *   state in (serving, agreed)   state at period.end = serving the state now, and on a day
 *   amount >= 5000万   class in (applied, basic)               money in yuan; codes by name
 *   kinds contains training   title contains '机器人'          multi-codes, text
 *   empty(x)  na(x)  days(a, b)  workdays(a, b)  year(d)  count(members where role = leader)  sum(rows.n where …)
 *   min(a, b)  max(a, b)  abs(x)  coalesce(a, b)  if(c, a, b)  and or not  + - * /  = != < <= > >=
 *   period  period.start  period.end  period.year  today
 *
 * days(a, b) are the days from a to b, workdays(a, b) the working days with both ends inside.
 * Unknown is contagious as in SQL: a comparison with a blank is neither true nor false, and only what is
 * true counts. `/` gives four decimals, cut towards zero; by zero gives blank. `sum` of nothing is blank. `if` with an
 * unknown condition gives b. `workdays` counts both ends, negative when b is before a. A quote in a text is doubled. */
#ifndef EXPR_EXPR_H
#define EXPR_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/dialect.h"
#include "base/value.h"

#define EXPR_SOURCE_MAX 8192u
#define EXPR_DEPTH_MAX  64u
#define EXPR_FOLLOW_MAX 4u /* references followed in one name */

typedef enum {
    TYPE_BOOL,
    TYPE_NUMBER, /* with a scale */
    TYPE_TEXT,
    TYPE_DATE,
    TYPE_PERIOD, /* stored as YYYY-MM..YYYY-MM */
    TYPE_CODE,   /* one word of a list */
    TYPE_CODES,  /* several, stored as |a|b| */
    TYPE_REF,    /* a record of another ledger, stored as its id */
    TYPE_ROWS,   /* a child table, stored as a JSON array of objects */
    TYPE_STATE,
    TYPE_ANY, /* only as what is wanted: whatever the expression gives */
} ExprType;

typedef struct ExprScope ExprScope;

/* A name that an expression may use. */
typedef struct ExprSymbol {
    const char *name;
    ExprType type;
    int scale;
    const char *column;       /* identifier in the table, or member of the child rows */
    const ExprScope *to;      /* of a reference or child table */
    const char *const *codes; /* words of a code or multi-code */
    size_t n_codes;
    const void *tag; /* the owner's own */
} ExprSymbol;

typedef struct ExprState {
    const char *name;
    const ExprSymbol *entered; /* the field that holds its effective date; NULL: only state_span knows */
} ExprState;

/* The names of one ledger (or of a child table: then no table and no states). */
struct ExprScope {
    const char *name;
    const char *table;
    const ExprSymbol *symbols;
    size_t n_symbols;
    const ExprState *states;
    size_t n_states;
};

typedef struct Expr Expr;

/* Parses and checks. `want` is the type asked for (TYPE_BOOL for a condition). `at` is where the text stands in its
 * definition file; findings point into it by column. Names not in the scope give the nearest one that is. Owned by
 * ctx. 0, or 1 with findings. */
int expr_compile(const void *ctx, const char *source, Place at, const ExprScope *scope, ExprType want, Diag *diag,
                 Expr **ret_expr);
ExprType expr_type(const Expr *expr, int *ret_scale);
const char *expr_text(const Expr *expr); /* as written */

/* The parts that `and` joins at the top, each an expression of its own with its own text. Lent. */
size_t expr_conjuncts(const Expr *expr, const Expr *const **ret_parts);

/* Visits every field used, with the names followed to it ("owner.town" visits owner and then town). depth 0 = own
 * field. */
typedef void (*ExprVisit)(const ExprScope *scope, const ExprSymbol *symbol, unsigned depth, void *data);
void expr_visit(const Expr *expr, ExprVisit visit, void *data);
bool expr_uses_period(const Expr *expr);

/* What the words period, today and workdays() stand for. */
typedef struct ExprParams {
    Period period;
    Date today;
    const Calendar *calendar; /* NULL: Monday to Friday */
} ExprParams;

/* --- in memory --- */

/* A row answers for its fields. Kinds of value by type: BOOL a bool, NUMBER and REF a number in the scale of the
 * symbol, DATE a date, all others text; blank and not applicable as such. Of ROWS only child() is asked. */
typedef struct ExprRow ExprRow;
typedef struct ExprRowClass {
    Value (*value)(const ExprRow *row, const ExprSymbol *symbol);
    bool (*follow)(const ExprRow *row, const ExprSymbol *symbol, ExprRow *ret_row); /* false: reference is blank */
    bool (*child)(const ExprRow *row, const ExprSymbol *symbol, size_t index,
                  ExprRow *ret_row);                        /* false: no more rows */
    const char *(*state_at)(const ExprRow *row, Date date); /* DATE_NONE: the state now; NULL: none yet */
    Date (*entered)(const ExprRow *row, const char *state); /* the last time; DATE_NONE: never */
} ExprRowClass;
struct ExprRow {
    const ExprRowClass *class;
    const void *data;
};

/* Evaluates; a blank result means unknown. 0, or 1 when a number does not fit 64 bits. Texts live in ctx. */
int expr_eval(const void *ctx, const Expr *expr, const ExprRow *row, const ExprParams *params, Value *ret_value);
/* True only when the expression is true (false and unknown are both no). */
bool expr_is_true(const void *ctx, const Expr *expr, const ExprRow *row, const ExprParams *params);

/* --- as SQL --- */

/* One statement in the making: collects joins and parameters while expressions are emitted into it.
 * Tables are versioned (org, id, recorded_from, recorded_to): current rows have recorded_to IS NULL; with
 * `as_at` (a UTC instant) the versions of that moment are taken, in joins and in state_span alike. */
typedef struct ExprSql ExprSql;
/* What is joined to alias t is called t1, t2 …; the base table of the statement itself is the caller's. */
ExprSql *expr_sql_new(const void *ctx, const DbDialect *dialect, const char *alias, const char *as_at,
                      const ExprParams *params);
/* Appends the expression to out as SQL over the alias and its joins. */
void expr_emit(ExprSql *sql, const Expr *expr, Buf *out);
/* Appends the condition that picks the versions meant by as_at of a table under an alias. */
void expr_emit_version(ExprSql *sql, const char *alias, Buf *out);
/* Appends a parameter ("?3" within its cast) for a value of the caller's own. */
void expr_emit_value(ExprSql *sql, Value value, Buf *out);
/* " LEFT JOIN …", to stand behind the base table; complete when all is emitted. */
const char *expr_sql_joins(ExprSql *sql);
size_t expr_sql_params(const ExprSql *sql, const Value **ret_values); /* in order of ?1, ?2 … */

#endif
