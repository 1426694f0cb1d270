/* summary/list.c: the lists a text repeats over: those of the report's head, and the targets every report may use. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "summary/composer.h"

#define LIST_MOST 500 /* items of a list that does not say */

static const Indicator *indicator_of(const Composer *composer, const Record *record) {
    return catalog_find_indicator(composer->store->catalog, record_text_in(record, "indicator"));
}

static bool period_of(const Record *record, Period *ret_period) {
    return period_parse(record_text_in(record, "for_period"), ret_period);
}

/* What is done for a record that names an indicator is counted from the start of its own period to the end of the
 * asked one; where the two have nothing in common, in the asked period. */
static Period figure_period(const Composer *composer, Period own) {
    Period asked = composer->ask.period;
    return period_contains(own, asked) ? (Period){own.start, asked.end} : asked;
}

static int add_item(Composer *composer, List *list, const Record *record) {
    Item item = {.record = record_copy(list, record), .period = composer->ask.period};
    bool dated = period_of(record, &item.period);
    const Indicator *indicator = indicator_of(composer, record);
    Period counted = dated ? figure_period(composer, item.period) : composer->ask.period;
    if (indicator) item.figure = composer_figure(composer, indicator, counted);
    if (composer->fault) return composer->fault;
    *mem_push(list, list->items, list->count) = item;
    return 0;
}

/* --- from the head of the report --- */

/* Records are taken whole first: figures are counted when the query has ended. */
typedef struct Records {
    const void *ctx;
    Record **list;
    size_t count;
} Records;

static int take_record(const Record *record, void *data) {
    Records *records = data;
    *mem_push(records->ctx, records->list, records->count) = record_copy(records->ctx, record);
    return 0;
}

static int fetch(Composer *composer, const Query *asked, Records *records) {
    Query query = *asked;
    char instant[INSTANT_SIZE];
    query.period = composer->ask.period;
    if (composer->ask.as_at != DATE_NONE) {
        instant_end_of(composer->ask.as_at, instant);
        query.as_at = instant;
    }
    return query_each(composer->store, &query, take_record, records);
}

static int fill_from_head(Composer *composer, List *list, const ReportList *head) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Records records = {.ctx = scratch};
    size_t most = head->most > 0 ? (size_t)head->most : LIST_MOST;
    int fault = fetch(composer, &(Query){.ledger = head->of, .where = head->where, .order = head->order, .most = most},
                      &records);
    for (size_t i = 0; !fault && i < records.count; i++) fault = add_item(composer, list, records.list[i]);
    return fault;
}

/* --- targets --- */

/* Whether an item belongs into a list of targets. */
typedef bool (*TargetTest)(const Composer *composer, const Item *item);

static bool is_current(const Composer *composer, const Item *item) {
    return period_contains(item->period, composer->ask.period) && item->figure->figure->target.known &&
           item->figure->figure->value.known && !item->figure->figure->target_at_most;
}

static bool is_reached(const Figure *figure) { return decimal_compare(figure->value.value, figure->target.value) >= 0; }

static bool is_missed(const Composer *composer, const Item *item) {
    return is_current(composer, item) && !is_reached(item->figure->figure);
}

static bool is_open(const Composer *composer, const Item *item) {
    return is_missed(composer, item) && item->period.end > composer->ask.period.end;
}

static bool is_met(const Composer *composer, const Item *item) {
    return is_current(composer, item) && is_reached(item->figure->figure);
}

/* Less is done than the part of the target's period that has passed asks for. */
static bool is_late(const Composer *composer, const Item *item) {
    if (!is_missed(composer, item)) return false;
    Decimal done, pace;
    const Figure *figure = item->figure->figure;
    int passed = period_months((Period){item->period.start, composer->ask.period.end});
    return decimal_multiply(figure->value.value, (Decimal){period_months(item->period), 0}, &done) &&
           decimal_multiply(figure->target.value, (Decimal){passed, 0}, &pace) && decimal_compare(done, pace) < 0;
}

static bool is_next(const Composer *composer, const Item *item) {
    Period next = period_after(composer->ask.period);
    bool touches = item->period.start <= next.end && item->period.end >= next.start;
    return touches && !period_contains(item->period, composer->ask.period) && item->period.start >= next.start;
}

static const struct BuiltIn {
    const char *name;
    TargetTest test;
} built_in[] = {
    {"open_targets", is_open}, /* not reached, and there is time left */
    {"late_targets", is_late}, /* behind the pace of their period, or not reached when it ended */
    {"met_targets", is_met},
    {"next_targets", is_next}, /* of the period that follows */
};

static const struct BuiltIn *find_built_in(const char *name) {
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (!strcmp(built_in[i].name, name)) return &built_in[i];
    return NULL;
}

const char *list_built_in(size_t index) {
    return index < sizeof built_in / sizeof *built_in ? built_in[index].name : NULL;
}

bool list_is_built_in(const char *name) { return find_built_in(name) != NULL; }

/* By area and place in the definitions; of one indicator the shortest period first. */
static int compare_items(const void *left, const void *right) {
    const Item *a = left, *b = right;
    const Indicator *x = a->figure->figure->ask.indicator, *y = b->figure->figure->ask.indicator;
    if (x->area != y->area) return x->area < y->area ? -1 : 1;
    if (x != y) return x < y ? -1 : 1;
    return period_months(a->period) - period_months(b->period);
}

/* One item an indicator: the one whose target its figure shows. */
static void keep_first_of_each(List *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!kept ||
            list->items[kept - 1].figure->figure->ask.indicator != list->items[i].figure->figure->ask.indicator)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* A target of the asked period or the next, so that no figure is counted for those long past. */
static bool concerns(const Composer *composer, const Record *record) {
    Period own, asked = composer->ask.period;
    bool dated = indicator_of(composer, record) && period_of(record, &own);
    return dated && own.end >= asked.end && own.start <= period_after(asked).end;
}

static int fill_with_targets(Composer *composer, List *list, TargetTest test) {
    const Ledger *ledger = target_ledger(composer->store->catalog);
    if (!ledger) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Records records = {.ctx = scratch};
    int fault = fetch(composer, &(Query){.ledger = ledger, .most = LIST_MOST}, &records);
    for (size_t i = 0; !fault && i < records.count; i++) {
        if (!concerns(composer, records.list[i])) continue;
        fault = add_item(composer, list, records.list[i]);
        if (!fault && !test(composer, &list->items[list->count - 1])) list->count--;
    }
    if (list->count) qsort(list->items, list->count, sizeof *list->items, compare_items);
    keep_first_of_each(list);
    return fault;
}

/* --- finding --- */

static const ReportList *find_head(const Report *report, const char *name) {
    for (size_t i = 0; i < report->n_lists; i++)
        if (!strcmp(report->lists[i].name.text, name)) return &report->lists[i];
    return NULL;
}

const List *composer_list(Composer *composer, const char *name) {
    for (size_t i = 0; i < composer->n_lists; i++)
        if (!strcmp(composer->lists[i]->name, name)) return composer->lists[i];
    const ReportList *head = find_head(composer->ask.report, name);
    const struct BuiltIn *own = find_built_in(name);
    if (composer->fault || (!head && !own)) return NULL;
    List *list = mem_new(composer, List);
    list->name = mem_strdup(list, name);
    list->composer = composer;
    int fault = head ? fill_from_head(composer, list, head) : fill_with_targets(composer, list, own->test);
    if (fault) {
        if (!composer->fault) composer->fault = fault;
        return NULL;
    }
    *mem_push(composer, composer->lists, composer->n_lists) = list;
    return list;
}
