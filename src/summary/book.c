/* summary/book.c: the figures of a text, each counted once. */
#include <string.h>

#include "base/mem.h"
#include "summary/composer.h"

#define STATED_LEDGER "stated_figure"

static const SummaryFigure *fail(Composer *composer, int fault) {
    if (!composer->fault) composer->fault = fault;
    return NULL;
}

static bool same_period(Period a, Period b) { return a.start == b.start && a.end == b.end; }

/* --- a stated fact of a narrower period --- */

typedef struct Narrower {
    Period asked;
    Period latest; /* start DATE_NONE: none found */
} Narrower;

static int take_narrower(const Record *record, void *data) {
    Narrower *narrower = data;
    const Field *field = ledger_find_field(record->ledger, "for_period");
    Value value = field ? record->values[field->index] : VALUE_OF_BLANK;
    Period period;
    if (value.kind != VALUE_TEXT || !period_parse(value.text, &period)) return 0;
    bool inside = period.start == narrower->asked.start && period.end < narrower->asked.end;
    if (inside && (narrower->latest.start == DATE_NONE || period.end > narrower->latest.end)) narrower->latest = period;
    return 0;
}

/* Looks for the facts of an indicator within the asked period. ret_period->start is DATE_NONE when there is none. */
static int find_narrower(Composer *composer, const FigureAsk *ask, Period *ret_period) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Narrower narrower = {.asked = ask->period, .latest = {DATE_NONE, DATE_NONE}};
    *ret_period = narrower.latest;
    const Ledger *ledger = catalog_find_ledger(composer->store->catalog, STATED_LEDGER);
    if (!ledger) return 0;
    Query query = {.ledger = ledger, .period = ask->period};
    const char *condition = mem_printf(scratch, "indicator = %s and for_period in period", ask->indicator->name.text);
    Expr *where;
    if (query_compile(scratch, ledger, condition, diag_new(scratch), &where)) return 0;
    query.where = where;
    char instant[INSTANT_SIZE];
    if (ask->as_at != DATE_NONE) {
        instant_end_of(ask->as_at, instant);
        query.as_at = instant;
    }
    int fault = query_each(composer->store, &query, take_narrower, &narrower);
    *ret_period = narrower.latest;
    return fault;
}

/* --- the figure --- */

static int count_figure(Composer *composer, FigureAsk ask, Figure **ret_figure) {
    int fault = figure_total(composer, composer->store, &ask, ret_figure);
    if (fault || (*ret_figure)->value.known || ask.indicator->measure != MEASURE_STATED) return fault;
    Period narrower;
    fault = find_narrower(composer, &ask, &narrower);
    if (fault || narrower.start == DATE_NONE) return fault;
    ask.period = narrower;
    return figure_total(composer, composer->store, &ask, ret_figure);
}

typedef struct Scope {
    const void *ctx;
    const char *text;
} Scope;

/* The one row of a stated figure says among whom it is ranked. */
static int take_scope(const FigureRow *row, void *data) {
    Scope *scope = data;
    const Field *field = ledger_find_field(row->record->ledger, "rank_scope");
    Value value = field ? row->record->values[field->index] : VALUE_OF_BLANK;
    if (value.kind == VALUE_TEXT) scope->text = mem_strdup(scope->ctx, value.text);
    return 0;
}

static int add_faces(Composer *composer, Figure *figure, SummaryFigure *shown) {
    int fault = figure_faces(figure, composer->store, figure);
    Scope scope = {shown, ""};
    if (!fault && figure->rank.known) fault = figure_rows(composer->store, &figure->ask, take_scope, &scope);
    shown->rank_scope = scope.text;
    return fault;
}

static char *name_of(const void *ctx, const Composer *composer, const Indicator *indicator, Period period) {
    if (same_period(period, composer->ask.period)) return mem_strdup(ctx, indicator->name.text);
    return mem_printf(ctx, "%s@%s", indicator->name.text, period_format_short(ctx, period));
}

const SummaryFigure *composer_find_named(const Composer *composer, const char *name) {
    for (size_t i = 0; i < composer->n_figures; i++)
        if (!strcmp(composer->figures[i]->name, name)) return composer->figures[i];
    return NULL;
}

const SummaryFigure *composer_figure(Composer *composer, const Indicator *indicator, Period period) {
    if (composer->fault) return NULL;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *name = name_of(scratch, composer, indicator, period);
    const SummaryFigure *found = composer_find_named(composer, name);
    if (found) return found;
    SummaryFigure *shown = mem_new(composer, SummaryFigure);
    FigureAsk ask = {.indicator = indicator, .period = period, .as_at = composer->ask.as_at};
    Figure *figure;
    int fault = count_figure(composer, ask, &figure);
    if (!fault) fault = add_faces(composer, figure, shown);
    if (fault) return fail(composer, fault);
    Period own = figure->ask.period;
    bool differs = figure->value.known && !same_period(own, composer->ask.period);
    shown->figure = figure;
    shown->name = mem_strdup(shown, name);
    shown->covering = differs ? period_words_within(shown, own, composer->ask.period, composer->lang) : "";
    *mem_push(composer, composer->figures, composer->n_figures) = shown;
    return shown;
}
