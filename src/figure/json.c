/* figure/json.c: see json.h. */
#include "figure/json.h"

#include "base/mem.h"

#define EXCLUDED_MOST 50

static json_t *number_or_null(const void *ctx, FigureNumber number) {
    return json_text_or_null(figure_decimal(ctx, number));
}

/* A growth keeps its last decimal, as bulletins print it: 15.0. */
static json_t *value_json(const void *ctx, const Figure *figure) {
    if (figure->ask.indicator->measure != MEASURE_GROWTH || !figure->value.known)
        return number_or_null(ctx, figure->value);
    char text[DECIMAL_SIZE];
    decimal_format_fixed(figure->value.value, text);
    return json_string(text);
}

json_t *figure_to_json(const void *ctx, const Figure *figure) {
    const Indicator *indicator = figure->ask.indicator;
    const char *as_at = date_iso(ctx, figure->ask.as_at);
    json_t *object = json_object();
    json_object_set_new(object, "indicator", json_string(indicator->name.text));
    json_object_set_new(object, "period", json_string(period_format_short(ctx, figure->ask.period)));
    json_object_set_new(object, "as_at", json_text_or_null(*as_at ? as_at : NULL));
    json_object_set_new(object, "value", value_json(ctx, figure));
    json_object_set_new(object, "unit", json_string(indicator->unit));
    json_object_set_new(object, "kind", json_string(indicator_kind_name(indicator->kind)));
    json_object_set_new(object, "measure", json_string(measure_kind_name(indicator->measure)));
    json_object_set_new(object, "about", json_string(figure_about(ctx, indicator, figure->value)));
    json_object_set_new(object, "target", number_or_null(ctx, figure->target));
    json_object_set_new(object, "share", number_or_null(ctx, figure->share));
    json_object_set_new(object, "growth", number_or_null(ctx, figure->growth));
    json_object_set_new(object, "rank", number_or_null(ctx, figure->rank));
    json_object_set_new(object, "count", json_integer(figure->count));
    json_object_set_new(object, "definition", json_string(indicator->hash));
    json_object_set_new(object, "hash", json_string(figure->hash));
    return object;
}

static json_t *row_to_json(const void *ctx, Store *store, const FigureRow *row, bool excluded) {
    const Record *record = row->record;
    json_t *object = json_object();
    json_object_set_new(object, "ledger", json_string(record->ledger->name.text));
    json_object_set_new(object, "id", json_integer(record->id));
    json_object_set_new(object, "number", json_text_or_null(record->number));
    json_object_set_new(object, "title", json_string(record_title(ctx, store, record)));
    if (excluded) {
        json_object_set_new(object, "because", json_text_or_null(row->because ? expr_text(row->because) : NULL));
        return object;
    }
    json_object_set_new(object, "version", json_integer(record->version));
    json_object_set_new(object, "amount", number_or_null(ctx, row->amount));
    if (row->part) json_object_set_new(object, "part", json_integer(row->part));
    return object;
}

/* --- rows --- */

typedef struct Listing {
    Store *store;
    json_t *array;
    bool excluded;
    size_t most; /* 0: all */
} Listing;

static int take_row(const FigureRow *row, void *data) {
    Listing *listing = data;
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (listing->most && json_array_size(listing->array) == listing->most) return 1;
    json_array_append_new(listing->array, row_to_json(scratch, listing->store, row, listing->excluded));
    return 0;
}

static int add_rows(Store *store, const FigureAsk *ask, size_t most, json_t *object) {
    Listing listing = {.store = store, .array = json_array(), .most = most};
    json_object_set_new(object, "rows", listing.array);
    int result = figure_rows(store, ask, take_row, &listing);
    return result < 0 ? result : 0;
}

static int add_excluded(Store *store, const FigureAsk *ask, json_t *object) {
    Listing listing = {.store = store, .array = json_array(), .excluded = true};
    json_object_set_new(object, "excluded", listing.array);
    return figure_excluded(store, ask, EXCLUDED_MOST, take_row, &listing);
}

int figure_answer_json(const void *ctx, Store *store, const FigureAsk *ask, const FigureParts *parts,
                       json_t **ret_object) {
    Figure *figure;
    int fault = figure_total(ctx, store, ask, &figure);
    if (!fault) fault = figure_faces(store, figure);
    if (fault) return fault;
    figure_keep(store, &(const Figure *){figure}, 1);
    json_t *object = figure_to_json(ctx, figure);
    if (parts->rows) fault = add_rows(store, ask, parts->rows_most, object);
    if (!fault && parts->excluded) fault = add_excluded(store, ask, object);
    if (!fault && parts->rows) json_object_set_new(object, "fold", json_label(figure_fold(ask->indicator)));
    if (fault)
        json_decref(object);
    else
        *ret_object = object;
    return fault;
}
