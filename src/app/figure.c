/* app/figure.c: kezhang figure: figures, their rows, or the nearest rows that are not in them. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/mem.h"
#include "figure/json.h"

#define EXCLUDED_MOST 50
#define FIGURES_MOST  1000

/* --- rows --- */

typedef struct Listing {
    Store *store;
    bool excluded;
} Listing;

static int print_row(const FigureRow *row, void *data) {
    const Listing *listing = data;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Record *record = row->record;
    const char *because = row->because ? expr_text(row->because) : NULL;
    const char *last = listing->excluded ? because : figure_decimal(scratch, row->amount);
    (void)printf("%s/%lld\t%s\t%s\t%s\n", record->ledger->name.text, (long long)record->id,
                 record->number ? record->number : "", record_title(scratch, listing->store, record), last ? last : "");
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
    if (figure->target.known) (void)printf("  %s %s\n", _("target"), figure_print(ctx, indicator, figure->target));
    print_face(_("share of the target"), ctx, figure->share, "%");
    print_face(_("growth"), ctx, figure->growth, "%");
    print_face(_("rank"), ctx, figure->rank, "");
}

typedef struct Line {
    const char *folder, *period, *as_at;
    bool rows, excluded, json;
} Line;

static int print_all(const void *ctx, Store *store, const Line *line, const FigureAsk *ask) {
    Figure *figure;
    Listing listing = {.store = store};
    int fault = figure_total(ctx, store, ask, &figure);
    if (!fault) fault = figure_faces(store, figure);
    if (!fault) print_figure(ctx, figure);
    if (!fault && line->rows) fault = figure_rows(store, ask, print_row, &listing);
    listing.excluded = true;
    if (!fault && line->excluded) fault = figure_excluded(store, ask, EXCLUDED_MOST, print_row, &listing);
    return fault;
}

/* Prints the figure, or adds its object. 0, or a fault. */
static int answer(const void *ctx, Store *store, const Line *line, const FigureAsk *ask, json_t *array) {
    const FigureParts parts = {.rows = line->rows, .excluded = line->excluded};
    json_t *object;
    if (!line->json) return print_all(ctx, store, line, ask);
    int fault = figure_answer_json(ctx, store, ask, &parts, &object);
    if (!fault) json_array_append_new(array, object);
    return fault;
}

static int answer_all(const void *ctx, Store *store, const Line *line, FigureAsk *ask,
                      const Indicator *const *indicators, size_t n) {
    json_t *array = json_keep(ctx, json_array());
    int fault = 0;
    for (size_t i = 0; !fault && i < n; i++) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        ask->indicator = indicators[i];
        fault = answer(scratch, store, line, ask, array);
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
    if (command_options(&command_figure, argc, argv, options, &operands)) return EXIT_USAGE;
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
    const Indicator **indicators = NULL;
    size_t n = 0;
    for (; *operands; operands++) {
        const Indicator *indicator = command_indicator(store, *operands);
        if (!indicator) return EXIT_USAGE;
        *mem_push(scratch, indicators, n) = indicator;
    }
    return answer_all(scratch, store, &line, &ask, indicators, n);
}

const Command command_figure = {
    .name = "figure",
    .arguments = "INDICATOR… --period 2020H1 [--as-at DATE] [--rows] [--excluded] [--json] [--data DIR]",
    .least = 1,
    .most = FIGURES_MOST,
    .about = {"查数：数值、组成它的记录，以及差一点就计入的记录",
              "figures, the records behind them, and those just outside them"},
    .run = run,
};
