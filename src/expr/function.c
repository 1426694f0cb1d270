/* expr/function.c: everything an expression can compute from values, one row each: operators, functions and the
 * reserved words (which are functions without arguments).
 *
 * A row says what it takes and gives, how it is computed in memory and how it is said in SQL. Rows of one name are
 * told apart by their arguments; the first that fits is taken. The two halves of a row must agree on every value:
 * test-agree.c holds them together. */
#include "expr/function.h"

#include <string.h>

#include "base/mem.h"

/* --- SQL that a pattern cannot say --- */

static char *emit_rescale(const Emit *emit, const Node *call) {
    long long factor = decimal_power(call->scale - call->args[0]->scale);
    return mem_printf(emit->sql, "(%s * %lld)", emit_node(emit, call->args[0]), factor);
}

static char *emit_list(const Emit *emit, Node *const *args, size_t n) {
    Buf text = BUF_INIT(emit->sql);
    for (size_t i = 0; i < n; i++) buf_printf(&text, "%s%s", i ? ", " : "", emit_node(emit, args[i]));
    return text.data;
}

static char *emit_in(const Emit *emit, const Node *call) {
    const char *wanted = emit_node(emit, call->args[0]);
    return mem_printf(emit->sql, "(%s IN (%s))", wanted, emit_list(emit, call->args + 1, call->n_args - 1));
}

static char *emit_coalesce(const Emit *emit, const Node *call) {
    return mem_printf(emit->sql, "coalesce(%s)", emit_list(emit, call->args, call->n_args));
}

/* Whether it is stored as text. */
static bool is_text(ExprType type) {
    return type == TYPE_TEXT || type == TYPE_PERIOD || type == TYPE_CODE || type == TYPE_CODES || type == TYPE_STATE;
}

static char *emit_empty(const Emit *emit, const Node *call) {
    const char *pattern = is_text(call->args[0]->type) ? "(coalesce(%s, '') = '')" : "(%s IS NULL)";
    return mem_printf(emit->sql, pattern, emit_node(emit, call->args[0]));
}

static char *emit_contains(const Emit *emit, const Node *call) {
    const char *text = emit_node(emit, call->args[0]);
    const char *part = emit_node(emit, call->args[1]);
    if (call->args[0]->type == TYPE_CODES) part = mem_printf(emit->sql, "('|' || %s || '|')", part);
    return mem_printf(emit->sql, "(%s > 0)", mem_printf(emit->sql, emit->dialect->text_position, text, part));
}

static char *emit_year(const Emit *emit, const Node *call) {
    return mem_printf(emit->sql, emit->dialect->date_year, emit_node(emit, call->args[0]));
}

/* Cast, because PostgreSQL counts days in 32 bits. */
static char *emit_days(const Emit *emit, const Node *call) {
    const char *earlier = emit_node(emit, call->args[0]);
    const char *later = emit_node(emit, call->args[1]);
    return mem_printf(emit->sql, emit->dialect->cast_int,
                      mem_printf(emit->sql, emit->dialect->date_diff, later, earlier));
}

static char *emit_date_in_period(const Emit *emit, const Node *call) {
    const char *date = emit_node(emit, call->args[0]);
    const char *start = emit_value(emit, TYPE_DATE, VALUE_OF_DATE(emit->params->period.start));
    const char *end = emit_value(emit, TYPE_DATE, VALUE_OF_DATE(emit->params->period.end));
    return mem_printf(emit->sql, "(%s BETWEEN %s AND %s)", date, start, end);
}

/* Months as text order themselves: YYYY-MM..YYYY-MM. */
static char *emit_period_in_period(const Emit *emit, const Node *call) {
    char outer[PERIOD_SIZE];
    period_format(emit->params->period, outer);
    const char *inner = emit_node(emit, call->args[0]);
    const char *start = emit_value(emit, TYPE_TEXT, VALUE_OF_TEXT(mem_strndup(emit->sql, outer, COMPUTE_MONTH_SIZE)));
    const char *end = emit_value(emit, TYPE_TEXT, VALUE_OF_TEXT(outer + COMPUTE_PERIOD_END));
    return mem_printf(emit->sql, "(substr(%s, 1, 7) >= %s AND substr(%s, 10, 7) <= %s)", inner, start, inner, end);
}

/* Table workday(day, n): n working days lie in it up to and with the day. */
#define SQL_WORKDAYS(from, to)                                                                                         \
    "((SELECT max(n) FROM workday WHERE day <= " to ") - (SELECT coalesce(max(n), 0) FROM workday WHERE day < " from   \
    "))"

/* --- the table --- */

/* clang-format off */
static const Function FUNCTIONS[] = {
    /* the words */
    {"today",        .gives = TYPE_DATE,   .known = compute_today},
    {"period",       .gives = TYPE_PERIOD, .known = compute_period,       .reads_period = true},
    {"period.start", .gives = TYPE_DATE,   .known = compute_period_start, .reads_period = true},
    {"period.end",   .gives = TYPE_DATE,   .known = compute_period_end,   .reads_period = true},
    {"period.year",  .gives = TYPE_NUMBER, .known = compute_period_year,  .reads_period = true},

    /* conditions */
    {"and", {TAKE_BOOL, TAKE_BOOL}, .lazy = compute_and,  .sql = "(%s AND %s)"},
    {"or",  {TAKE_BOOL, TAKE_BOOL}, .lazy = compute_or,   .sql = "(%s OR %s)"},
    {"not", {TAKE_BOOL},            .known = compute_not, .sql = "(NOT %s)"},
    {"=",  {TAKE_SAME, TAKE_SAME},       .scale = SCALE_COMMON, .known = compute_equal,    .sql = "(%s = %s)"},
    {"!=", {TAKE_SAME, TAKE_SAME},       .scale = SCALE_COMMON, .known = compute_unequal,  .sql = "(%s <> %s)"},
    {"<",  {TAKE_ORDERED, TAKE_ORDERED}, .scale = SCALE_COMMON, .known = compute_less,     .sql = "(%s < %s)"},
    {"<=", {TAKE_ORDERED, TAKE_ORDERED}, .scale = SCALE_COMMON, .known = compute_at_most,  .sql = "(%s <= %s)"},
    {">",  {TAKE_ORDERED, TAKE_ORDERED}, .scale = SCALE_COMMON, .known = compute_greater,  .sql = "(%s > %s)"},
    {">=", {TAKE_ORDERED, TAKE_ORDERED}, .scale = SCALE_COMMON, .known = compute_at_least, .sql = "(%s >= %s)"},
    {"in", {TAKE_SAME, TAKE_SAME}, .more = true, .scale = SCALE_COMMON, .lazy = compute_in, .emit = emit_in},
    {"in period", {TAKE_DATE}, .known = compute_date_in_period, .emit = emit_date_in_period, .reads_period = true},
    {"in period", {TAKE_PERIOD}, .known = compute_period_in_period, .emit = emit_period_in_period, .repeats = 2,
     .reads_period = true},
    {"contains", {TAKE_TEXT, TAKE_TEXT},  .known = compute_contains_text, .emit = emit_contains},
    {"contains", {TAKE_CODES, TAKE_CODE}, .known = compute_contains_code, .emit = emit_contains},
    {"empty", {TAKE_ROWS}, .known = compute_no_rows, .sql = "(%s = 0)"},
    {"empty", {TAKE_ANY},  .lazy = compute_empty,    .emit = emit_empty},

    /* numbers */
    {"+", {TAKE_NUMBER, TAKE_NUMBER}, .gives = TYPE_NUMBER, .scale = SCALE_COMMON, .known = compute_add,
     .sql = "(%s + %s)"},
    {"-", {TAKE_NUMBER, TAKE_NUMBER}, .gives = TYPE_NUMBER, .scale = SCALE_COMMON, .known = compute_subtract,
     .sql = "(%s - %s)"},
    {"*", {TAKE_NUMBER, TAKE_NUMBER}, .gives = TYPE_NUMBER, .scale = SCALE_SUM, .known = compute_multiply,
     .sql = "(%s * %s)"},
    {"/", {TAKE_NUMBER, TAKE_NUMBER}, .gives = TYPE_NUMBER, .scale = SCALE_QUOTIENT, .known = compute_divide,
     .sql = "(%s * 10000 / NULLIF(%s, 0))"},
    {"-", {TAKE_NUMBER}, .gives = TYPE_NUMBER, .scale = SCALE_COMMON, .known = compute_negate, .sql = "(- %s)"},
    {"abs", {TAKE_NUMBER}, .gives = TYPE_NUMBER, .scale = SCALE_COMMON, .known = compute_absolute, .sql = "abs(%s)"},

    /* days */
    {"+", {TAKE_DATE, TAKE_WHOLE}, .gives = TYPE_DATE, .known = compute_days_after},
    {"-", {TAKE_DATE, TAKE_WHOLE}, .gives = TYPE_DATE, .known = compute_days_before},
    {"year", {TAKE_DATE}, .gives = TYPE_NUMBER, .known = compute_year, .emit = emit_year},
    {"days", {TAKE_DATE, TAKE_DATE}, .gives = TYPE_NUMBER, .known = compute_days, .emit = emit_days},
    {"workdays", {TAKE_DATE, TAKE_DATE}, .gives = TYPE_NUMBER, .known = compute_workdays, .repeats = 4,
     .sql = "(CASE WHEN %1$s <= %2$s THEN " SQL_WORKDAYS("%1$s", "%2$s")
            " WHEN %1$s > %2$s THEN - " SQL_WORKDAYS("%2$s", "%1$s") " END)"},

    /* whatever is of one type */
    {"min", {TAKE_ORDERED, TAKE_ORDERED}, .gives_same = true, .scale = SCALE_COMMON, .known = compute_least, .repeats = 3,
     .sql = "(CASE WHEN %1$s <= %2$s THEN %1$s WHEN %1$s > %2$s THEN %2$s END)"},
    {"max", {TAKE_ORDERED, TAKE_ORDERED}, .gives_same = true, .scale = SCALE_COMMON, .known = compute_greatest, .repeats = 3,
     .sql = "(CASE WHEN %1$s >= %2$s THEN %1$s WHEN %1$s < %2$s THEN %2$s END)"},
    {"coalesce", {TAKE_SAME, TAKE_SAME}, .more = true, .gives_same = true, .scale = SCALE_COMMON, .lazy = compute_coalesce,
     .emit = emit_coalesce},
    {"if", {TAKE_BOOL, TAKE_SAME, TAKE_SAME}, .gives_same = true, .scale = SCALE_COMMON, .lazy = compute_if,
     .sql = "(CASE WHEN %s THEN %s ELSE %s END)"},
};
/* clang-format on */
#define FUNCTION_COUNT (sizeof FUNCTIONS / sizeof *FUNCTIONS)

const Function FUNCTION_RESCALE = {
    .takes = {TAKE_NUMBER}, .gives = TYPE_NUMBER, .lazy = compute_rescale, .emit = emit_rescale};

/* --- looking rows up --- */

Take function_take(const Function *function, size_t index) {
    size_t last = COMPUTE_ARGS_MAX;
    while (last > 0 && function->takes[last - 1] == TAKE_NONE) last--;
    if (index < last) return function->takes[index];
    return function->more && last > 0 ? function->takes[last - 1] : TAKE_NONE;
}

static bool fits(Take take, const Node *arg, const Node *same) {
    switch (take) {
    case TAKE_NONE:
        return false;
    case TAKE_BOOL:
        return arg->type == TYPE_BOOL;
    case TAKE_NUMBER:
        return arg->type == TYPE_NUMBER;
    case TAKE_WHOLE:
        return arg->type == TYPE_NUMBER && arg->scale == 0;
    case TAKE_TEXT:
        return arg->type == TYPE_TEXT;
    case TAKE_DATE:
        return arg->type == TYPE_DATE;
    case TAKE_PERIOD:
        return arg->type == TYPE_PERIOD;
    case TAKE_CODE:
        return arg->type == TYPE_CODE;
    case TAKE_CODES:
        return arg->type == TYPE_CODES;
    case TAKE_ROWS:
        return arg->type == TYPE_ROWS;
    case TAKE_ANY:
        return arg->type != TYPE_ROWS;
    case TAKE_ORDERED:
        if (arg->type != TYPE_NUMBER && arg->type != TYPE_DATE) return false;
        break;
    case TAKE_SAME:
        if (arg->type == TYPE_ROWS || arg->type == TYPE_CODES) return false;
        break;
    }
    return arg->type == same->type && (arg->type != TYPE_REF || arg->to == same->to);
}

static bool fits_all(const Function *function, Node *const *args, size_t n) {
    const Node *same = NULL;
    for (size_t i = 0; i < n; i++) {
        Take take = function_take(function, i);
        if (!same && (take == TAKE_SAME || take == TAKE_ORDERED)) same = args[i];
        if (!fits(take, args[i], same)) return false;
    }
    bool wants_more = n < COMPUTE_ARGS_MAX && function->takes[n] != TAKE_NONE;
    return !wants_more;
}

const Function *function_find(const char *name, Node *const *args, size_t n, bool *ret_named) {
    *ret_named = false;
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        if (strcmp(FUNCTIONS[i].name, name) != 0) continue;
        *ret_named = true;
        if (fits_all(&FUNCTIONS[i], args, n)) return &FUNCTIONS[i];
    }
    return NULL;
}

const Function *function_find_word(const char *name) {
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        if (FUNCTIONS[i].takes[0] == TAKE_NONE && strcmp(FUNCTIONS[i].name, name) == 0) return &FUNCTIONS[i];
    }
    return NULL;
}

bool function_has_sql(const Function *function) { return function->sql || function->emit; }

char *function_emit(const Function *function, const Emit *emit, const Node *call) {
    if (function->emit) return function->emit(emit, call);
    const char *args[COMPUTE_ARGS_MAX] = {0};
    for (size_t i = 0; i < call->n_args; i++) args[i] = emit_node(emit, call->args[i]);
    return mem_printf(emit->sql, function->sql, args[0], args[1], args[2]);
}

/* --- for messages --- */

size_t function_names(const void *ctx, const char ***ret_names) {
    size_t n = 0;
    *ret_names = NULL;
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        const char *name = FUNCTIONS[i].name;
        bool is_word = name[0] >= 'a' && name[0] <= 'z' && !strchr(name, ' ') && !parse_is_operator(name);
        bool is_first = n == 0 || strcmp((*ret_names)[n - 1], name) != 0;
        if (is_word && is_first && FUNCTIONS[i].takes[0] != TAKE_NONE) *mem_push(ctx, *ret_names, n) = name;
    }
    return n;
}

char *function_forms(const void *ctx, const char *name) {
    static const char *const TAKE_NAMES[] = {
        [TAKE_BOOL] = "bool", [TAKE_NUMBER] = "number",  [TAKE_WHOLE] = "whole number",
        [TAKE_TEXT] = "text", [TAKE_DATE] = "date",      [TAKE_PERIOD] = "period",
        [TAKE_CODE] = "code", [TAKE_CODES] = "codes",    [TAKE_ROWS] = "rows",
        [TAKE_ANY] = "any",   [TAKE_SAME] = "same type", [TAKE_ORDERED] = "number or date",
    };
    Buf text = BUF_INIT(ctx);
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        const Function *function = &FUNCTIONS[i];
        if (strcmp(function->name, name) != 0) continue;
        buf_add(&text, text.size ? " or (" : "(");
        for (size_t j = 0; j < COMPUTE_ARGS_MAX && function->takes[j] != TAKE_NONE; j++) {
            buf_printf(&text, "%s%s", j ? ", " : "", TAKE_NAMES[function->takes[j]]);
        }
        buf_add(&text, function->more ? ", …)" : ")");
    }
    return text.data;
}

const char *type_name(ExprType type) {
    static const char *const NAMES[] = {
        [TYPE_BOOL] = "bool",     [TYPE_NUMBER] = "number", [TYPE_TEXT] = "text",   [TYPE_DATE] = "date",
        [TYPE_PERIOD] = "period", [TYPE_CODE] = "code",     [TYPE_CODES] = "codes", [TYPE_REF] = "ref",
        [TYPE_ROWS] = "rows",     [TYPE_STATE] = "state",
    };
    return NAMES[type];
}
