/* app/figure.c: kezhang figure: figures, their rows, or the nearest rows that are not in them. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/json.h"
#include "base/mem.h"
#include "figure/figure.h"

#define EXCLUDED_MOST 50
#define FIGURES_MOST 1000

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

/* The contract of `kezhang figure --json`: one object, or an array of them when several figures are asked for. */
static json_t *figure_json(const void *ctx, const Figure *figure) {
    const Indicator *indicator = figure->ask.indicator;
    char as_at[11] = "";
    if (figure->ask.as_at != DATE_NONE) date_format_iso(figure->ask.as_at, as_at);
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

/* --- rows --- */

typedef struct Listing {
    const void *ctx;
    Store *store;
    json_t *array; /* NULL: printed line by line */
    bool excluded;
} Listing;

static json_t *row_json(const Listing *listing, const FigureRow *row) {
    const Record *record = row->record;
    json_t *object = json_object();
    json_object_set_new(object, "ledger", json_string(record->ledger->name.text));
    json_object_set_new(object, "id", json_integer(record->id));
    json_object_set_new(object, "number", json_text_or_null(record->number));
    json_object_set_new(object, "title", json_string(record_title(listing->ctx, listing->store, record)));
    if (listing->excluded) {
        json_object_set_new(object, "because", json_text_or_null(row->because ? expr_text(row->because) : NULL));
        return object;
    }
    json_object_set_new(object, "version", json_integer(record->version));
    json_object_set_new(object, "amount", number_or_null(listing->ctx, row->amount));
    if (row->part) json_object_set_new(object, "part", json_integer(row->part));
    return object;
}

static void print_row(const Listing *listing, const FigureRow *row) {
    const Record *record = row->record;
    const char *title = record_title(listing->ctx, listing->store, record);
    const char *because = row->because ? expr_text(row->because) : NULL;
    const char *last = listing->excluded ? because : figure_decimal(listing->ctx, row->amount);
    (void)printf("%s/%lld\t%s\t%s\t%s\n", record->ledger->name.text, (long long)record->id,
                 record->number ? record->number : "", title, last ? last : "");
}

static int take_row(const FigureRow *row, void *data) {
    Listing *listing = data;
    TALLOC_CTX *scratch = talloc_new(NULL);
    listing->ctx = scratch;
    if (listing->array)
        json_array_append_new(listing->array, row_json(listing, row));
    else
        print_row(listing, row);
    talloc_free(scratch);
    return 0;
}

/* --- the command --- */

static void print_face(const char *name, const void *ctx, FigureNumber number, const char *unit) {
    const char *text = figure_decimal(ctx, number);
    if (text) (void)printf("  %s %s%s\n", name, text, unit);
}

static void print_figure(const void *ctx, const Figure *figure) {
    const Indicator *indicator = figure->ask.indicator;
    (void)printf("%s %s: %s", label_text(indicator->title), period_format_zh(ctx, figure->ask.period),
                 figure->value.known ? figure_print(ctx, indicator, figure->value) : _("nothing to count from"));
    (void)printf(_(" (%lld records)\n"), (long long)figure->count);
    (void)printf("  %s\n", label_text(indicator->caliber));
    print_face(_("target"), ctx, figure->target, indicator->unit);
    print_face(_("share of the target"), ctx, figure->share, "%");
    print_face(_("growth"), ctx, figure->growth, "%");
    print_face(_("rank"), ctx, figure->rank, "");
}

typedef struct Line {
    const char *folder, *period, *as_at;
    bool rows, excluded, json;
} Line;

/* Prints the figure, or yields its object. 0, or a fault. */
static int answer(const void *ctx, Store *store, const Line *line, const FigureAsk *ask, json_t **ret_object) {
    Figure *figure;
    int fault = figure_total(ctx, store, ask, &figure);
    if (!fault) fault = figure_faces(ctx, store, figure);
    json_t *object = !fault && line->json ? json_keep(ctx, figure_json(ctx, figure)) : NULL;
    if (!fault && !line->json) print_figure(ctx, figure);
    Listing listing = {.store = store};
    if (!fault && line->rows) {
        if (object) json_object_set_new(object, "rows", listing.array = json_array());
        fault = figure_rows(store, ask, take_row, &listing);
    }
    if (!fault && line->excluded) {
        listing.excluded = true;
        if (object) json_object_set_new(object, "excluded", listing.array = json_array());
        fault = figure_excluded(store, ask, EXCLUDED_MOST, take_row, &listing);
    }
    if (object && line->rows) json_object_set_new(object, "fold", json_label(figure_fold(ask->indicator)));
    *ret_object = object;
    return fault;
}

static int answer_all(const void *ctx, Store *store, const Line *line, FigureAsk *ask,
                      const Indicator *const *indicators, int n) {
    json_t *array = json_keep(ctx, json_array()), *object = NULL;
    int fault = 0;
    for (int i = 0; !fault && i < n; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        ask->indicator = indicators[i];
        fault = answer(scratch, store, line, ask, &object);
        if (!fault && object) json_array_append(array, object);
    }
    if (fault) return (void)store_fault(store, fault, command_diag(ctx)), EXIT_FAULT;
    if (line->json) json_print(n == 1 ? json_array_get(array, 0) : array, stdout);
    return EXIT_DONE;
}

static int run(int argc, char **argv) {
    Line line = {0};
    const Option options[] = {{"data", &line.folder, NULL},
                              {"period", &line.period, NULL},
                              {"as-at", &line.as_at, NULL},
                              {"rows", NULL, &line.rows},
                              {"excluded", NULL, &line.excluded},
                              {"json", NULL, &line.json},
                              {0}};
    char **operands;
    int n;
    if (command_options(&command_figure, argc, argv, options, 1, FIGURES_MOST, &operands, &n)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    FigureAsk ask = {.as_at = line.as_at ? date_parse_iso(line.as_at) : DATE_NONE};
    if (!command_period(line.period, &ask.period)) return EXIT_USAGE;
    if (line.as_at && ask.as_at == DATE_NONE) {
        diag_error(command_diag(scratch), PLACE_NONE, "not-a-date", "--as-at asks for a day: 2020-07-05");
        return EXIT_USAGE;
    }
    Store *store;
    int result = command_open(scratch, line.folder, STORE_READ_ONLY, &store);
    if (result) return result;
    const Indicator **indicators = mem_array(scratch, const Indicator *, (size_t)n);
    for (int i = 0; i < n; i++)
        if (!(indicators[i] = command_indicator(store, operands[i]))) return EXIT_USAGE;
    return answer_all(scratch, store, &line, &ask, indicators, n);
}

const Command command_figure = {
    .name = "figure",
    .arguments = "INDICATOR… --period 2020H1 [--as-at DATE] [--rows] [--excluded] [--json] [--data DIR]",
    .about = {"查数：数值、组成它的记录，以及差一点就计入的记录",
              "figures, the records behind them, and those just outside them"},
    .run = run,
};
