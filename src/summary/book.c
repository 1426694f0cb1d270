/* summary/book.c: the figures of a text, each counted once. */
#include <string.h>

#include "base/mem.h"
#include "summary/composer.h"

/* --- a stated fact of a narrower period --- */

typedef struct Narrower {
    const FigureAsk *ask;
    Period latest; /* start DATE_NONE: none found */
} Narrower;

static int take_narrower(const Record *record, void *data) {
    Narrower *narrower = data;
    Period period, asked = narrower->ask->period;
    if (strcmp(record_text_in(record, "indicator"), narrower->ask->indicator->name.text)) return 0;
    if (!period_parse(record_text_in(record, "for_period"), &period)) return 0;
    bool inside = period.start == asked.start && period.end < asked.end;
    if (inside && (narrower->latest.start == DATE_NONE || period.end > narrower->latest.end)) narrower->latest = period;
    return 0;
}

/* Looks for the facts of an indicator that may be used and lie within the asked period. ret_period->start is DATE_NONE
 * when there is none. */
static int find_narrower(Composer *composer, const FigureAsk *ask, Period *ret_period) {
    Narrower narrower = {.ask = ask, .latest = {DATE_NONE, DATE_NONE}};
    char instant[INSTANT_SIZE];
    Query query = {.ledger = ask->indicator->of, .where = ask->indicator->where, .period = ask->period};
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
    scope->text = mem_strdup(scope->ctx, record_text_in(row->record, "rank_scope"));
    return 0;
}

static int add_faces(Composer *composer, Figure *figure, SummaryFigure *shown) {
    int fault = figure_faces(composer->store, figure);
    Scope scope = {shown, ""};
    if (!fault && figure->rank.known) fault = figure_rows(composer->store, &figure->ask, take_scope, &scope);
    shown->rank_scope = scope.text;
    return fault;
}

static char *name_of(const void *ctx, const Composer *composer, const Indicator *indicator, Period period) {
    if (period_is_same(period, composer->ask.period)) return mem_strdup(ctx, indicator->name.text);
    return mem_printf(ctx, "%s@%s", indicator->name.text, period_format_short(ctx, period));
}

const SummaryFigure *composer_find_named(const Composer *composer, const char *name) {
    for (size_t i = 0; i < composer->n_figures; i++)
        if (!strcmp(composer->figures[i]->name, name)) return composer->figures[i];
    return NULL;
}

/* What the second half of a year adds to a target of the year says little: its share is that of the year so far. */
static const SummaryFigure *so_far(Composer *composer, const SummaryFigure *shown) {
    const Figure *figure = shown->figure;
    bool within = figure->target.known && figure->target_period.start < figure->ask.period.start;
    if (!within || figure->ask.indicator->measure == MEASURE_STATED) return shown;
    return composer_figure(composer, figure->ask.indicator,
                           (Period){figure->target_period.start, figure->ask.period.end});
}

static SummaryFigure *new_figure(Composer *composer, const FigureAsk *ask, const char *name) {
    SummaryFigure *shown = mem_new(composer, SummaryFigure);
    Figure *figure;
    int fault = count_figure(composer, *ask, &figure);
    if (!fault) fault = add_faces(composer, figure, shown);
    if (fault) {
        composer->fault = fault;
        return NULL;
    }
    Period own = figure->ask.period;
    bool differs = figure->value.known && !period_is_same(own, composer->ask.period);
    shown->figure = figure;
    shown->name = mem_strdup(shown, name);
    shown->covering = differs ? period_words_within(shown, own, composer->ask.period, composer->lang) : "";
    *mem_push(composer, composer->figures, composer->n_figures) = shown;
    return shown;
}

const SummaryFigure *composer_figure(Composer *composer, const Indicator *indicator, Period period) {
    if (composer->fault) return NULL;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *name = name_of(scratch, composer, indicator, period);
    const SummaryFigure *found = composer_find_named(composer, name);
    if (found) return found;
    const FigureAsk ask = {.indicator = indicator, .period = period, .as_at = composer->ask.as_at};
    SummaryFigure *shown = new_figure(composer, &ask, name);
    if (shown) shown->so_far = so_far(composer, shown);
    return composer->fault ? NULL : shown;
}
