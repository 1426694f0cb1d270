/* defn/link-indicator.c: indicators: what they measure, of which ledger or of which other indicators. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/link.h"

#define CHAIN_MAX 8u /* an indicator of an indicator of … */

static const char *const kind_names[] = {"flow", "stock", "ratio", "growth", "rank", "stated", NULL};
static const char *const measure_names[] = {"count", "distinct", "sum", "avg", "ratio", "growth", "stated", NULL};

const char *indicator_kind_name(IndicatorKind kind) { return kind_names[kind]; }
const char *measure_kind_name(MeasureKind measure) { return measure_names[measure]; }

bool indicator_is_divisible(const Indicator *indicator) {
    return indicator->measure == MEASURE_COUNT || indicator->measure == MEASURE_DISTINCT ||
           indicator->measure == MEASURE_SUM;
}

bool indicator_is_derived(const Indicator *indicator) {
    return indicator->measure == MEASURE_RATIO || indicator->measure == MEASURE_GROWTH;
}

/* Which measures a kind of indicator may have. */
#define COUNTED (1u << MEASURE_COUNT | 1u << MEASURE_DISTINCT | 1u << MEASURE_SUM | 1u << MEASURE_AVG)
static const unsigned measures_of_kind[] = {
    [INDICATOR_FLOW] = COUNTED,
    [INDICATOR_STOCK] = COUNTED,
    [INDICATOR_RATIO] = 1u << MEASURE_RATIO,
    [INDICATOR_GROWTH] = 1u << MEASURE_GROWTH,
    [INDICATOR_RANK] = 1u << MEASURE_STATED,
    [INDICATOR_STATED] = 1u << MEASURE_STATED,
};

/* --- ratio and growth --- */

/* One indicator named in a measure, between two places of its text. */
static const Indicator *link_operand(const Linking *linking, const Name *measure, const char *from, const char *end) {
    const Catalog *catalog = linking->catalog;
    from += strspn(from, " ");
    while (end > from && end[-1] == ' ') end--;
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t before = text_count(mem_strndup(scratch, measure->text, (size_t)(from - measure->text)));
    Name name = {mem_strndup(scratch, from, (size_t)(end - from)), defn_place(linking->sources, measure, before)};
    return RESOLVE(linking, &name, catalog->indicators, catalog->n_indicators, THING_INDICATOR);
}

static void report_form(const Linking *linking, const Indicator *indicator) {
    diag_error(linking->diag, indicator->measure_text.at, "bad-measure",
               indicator->measure == MEASURE_RATIO ? "a ratio is of two indicators; write 'ratio INDICATOR / INDICATOR'"
                                                   : "growth is of one indicator; write 'growth INDICATOR'");
}

/* "ratio a / b" and "growth a": the indicators a and b. */
static void link_operands(const Linking *linking, Indicator *indicator) {
    const Name *text = &indicator->measure_text;
    const char *rest = text->text + strcspn(text->text, " "), *end = text->text + strlen(text->text);
    const char *slash = strchr(rest, '/');
    const char *first_end = slash ? slash : end, *second = slash ? slash + 1 : end;
    bool has_first = rest + strspn(rest, " ") < first_end, has_second = second[strspn(second, " ")] != '\0';
    if (!has_first || has_second != (indicator->measure == MEASURE_RATIO) || (slash && !has_second)) {
        report_form(linking, indicator);
        return;
    }
    indicator->a = link_operand(linking, text, rest, first_end);
    if (slash) indicator->b = link_operand(linking, text, second, end);
}

/* How far down an indicator leads to another: 0 never, CHAIN_MAX + 1 for what is beyond all bounds. */
static unsigned chain_to(const Indicator *from, const Indicator *to, unsigned depth) {
    if (!from) return 0;
    if (from == to || depth > CHAIN_MAX) return depth;
    unsigned a = chain_to(from->a, to, depth + 1), b = chain_to(from->b, to, depth + 1);
    return !a || (b && b < a) ? b : a;
}

/* What is computed from itself would never end. */
static void check_chain(const Linking *linking, const Indicator *indicator) {
    unsigned a = chain_to(indicator->a, indicator, 1), b = chain_to(indicator->b, indicator, 1);
    unsigned nearest = !a || (b && b < a) ? b : a;
    if (nearest > CHAIN_MAX)
        diag_error(linking->diag, indicator->measure_text.at, "too-deep",
                   "'%s' is computed through more than %u other indicators; use a ledger nearer to it",
                   indicator->name.text, CHAIN_MAX);
    else if (nearest)
        diag_error(linking->diag, indicator->measure_text.at, "circle",
                   "'%s' is computed from itself; break the circle", indicator->name.text);
}

/* --- all --- */

static void check_source(const Linking *linking, const Indicator *indicator, bool derived) {
    if (!derived && !indicator->of_name.text)
        diag_error(linking->diag, indicator->name.at, "bad-measure",
                   "'of' is missing; name the ledger that is counted");
    if (derived && indicator->of_name.text)
        diag_error(linking->diag, indicator->of_name.at, "bad-measure",
                   "a ratio or growth is of indicators; remove 'of'");
    if (derived && indicator->where_text.text)
        diag_error(linking->diag, indicator->where_text.at, "bad-measure",
                   "a ratio or growth has no condition of its own; put it into its indicators");
}

static void link_indicator(const Linking *linking, Indicator *indicator) {
    const Catalog *catalog = linking->catalog;
    int kind =
        link_word(linking, &indicator->kind_name, kind_names, "'%.*s' is no kind of indicator; write one of: %s");
    int measure = link_word(linking, &indicator->measure_text, measure_names, "'%.*s' is no measure; write one of: %s");
    indicator->reported =
        RESOLVE(linking, &indicator->reported_name, catalog->indicators, catalog->n_indicators, THING_INDICATOR);
    indicator->expected =
        RESOLVE(linking, &indicator->expected_name, catalog->indicators, catalog->n_indicators, THING_INDICATOR);
    if (kind < 0 || measure < 0) return;
    indicator->kind = (IndicatorKind)kind;
    indicator->measure = (MeasureKind)measure;
    if (!(measures_of_kind[kind] & 1u << measure))
        diag_error(linking->diag, indicator->measure_text.at, "bad-measure",
                   "a figure of kind %s has no measure %s; change one", kind_names[kind], measure_names[measure]);
    bool derived = indicator_is_derived(indicator);
    indicator->scale = link_read_scale(linking, &indicator->scale_text, indicator->measure == MEASURE_GROWTH ? 1 : 2);
    check_source(linking, indicator, derived);
    if (derived)
        link_operands(linking, indicator);
    else
        indicator->of = RESOLVE(linking, &indicator->of_name, catalog->ledgers, catalog->n_ledgers, THING_LEDGER);
}

void link_indicators(const Linking *linking) {
    const Catalog *catalog = linking->catalog;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Callings callings = {.ctx = scratch};
    for (size_t i = 0; i < catalog->n_indicators; i++) {
        Indicator *indicator = &catalog->indicators[i];
        link_indicator(linking, indicator);
        link_add_calling(&callings, &indicator->name, indicator->title, &indicator->aliases);
    }
    for (size_t i = 0; i < catalog->n_indicators; i++) check_chain(linking, &catalog->indicators[i]);
    link_check_callings(linking, &callings);
}
