/* web/pages/figure-rows.c: the rows of a figure: a page of them, the nearest that it leaves out, and all as a file. */
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "figure/sample.h"
#include "sheet/sheet.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/measure.h"
#include "web/pages/figure.h"
#include "web/pages/pages.h"
#include "web/period.h"
#include "web/sight.h"
#include "web/site.h"
#include "web/url.h"

#define ROWS_MOST     50
#define PAGES_MOST    2000
#define EXCLUDED_MOST 20
#define FILE_ROWS     20000 /* in a file; more are exported from their ledger */
#define ENOUGH        1     /* ends a query */

/* --- rows --- */

typedef struct Rows {
    const Looking *looking;
    Sight sight;
    json_t *list;
    int64_t skip; /* before this page */
    size_t most;
    bool more, hides;
} Rows;

/* The title of a record, unless it is a personal field that he may not see. */
static const char *title_of(const Rows *rows, const Record *record, const char *title) {
    const Field *shows = record->ledger->shows;
    return shows && permission_mask(rows->looking->visit->mandate, shows) == MASK_WHOLE ? "••••" : title;
}

static const char *amount_text(const Rows *rows, FigureNumber amount) {
    const Indicator *indicator = rows->looking->ask.indicator;
    if (!amount.known) return _("blank");
    bool counted = indicator->measure == MEASURE_COUNT || indicator->measure == MEASURE_DISTINCT;
    return counted ? figure_decimal(rows->looking->visit->ctx, amount)
                   : measure_text(rows->looking->visit, indicator, amount);
}

static void add_row(Rows *rows, const FigureRow *row) {
    Visit *visit = rows->looking->visit;
    SampleRow shown = sample_row(visit->ctx, visit->store, row);
    json_t *object = page_object();
    page_set_text(object, "number", *shown.number ? shown.number : NULL);
    page_set_text(object, "title", title_of(rows, row->record, shown.title));
    page_set_text(object, "url", cell_record_url(visit, row->record->ledger, shown.id));
    page_set_text(object, "amount", amount_text(rows, shown.amount));
    page_set_text(object, "because", shown.because);
    page_set_text(object, "says", shown.says);
    page_set(object, "state", cell_state_json(row->record->state));
    json_array_append_new(rows->list, object);
}

static int take_row(const FigureRow *row, void *data) {
    Rows *rows = data;
    int fault = sight_turn(&rows->sight, row->record->ledger);
    if (fault) return fault;
    if (!sight_has(&rows->sight, row->record)) {
        rows->hides = true;
        return 0;
    }
    if (rows->skip-- > 0) return 0;
    if (json_array_size(rows->list) == rows->most) {
        rows->more = true;
        return ENOUGH;
    }
    add_row(rows, row);
    return 0;
}

static Rows rows_new(const Looking *looking, size_t most) {
    return (Rows){.looking = looking,
                  .sight = {.visit = looking->visit},
                  .list = json_keep(looking->visit->ctx, page_array()),
                  .most = most};
}

static const char *page_url(const Looking *looking, int64_t page) {
    const char *number = page > 1 ? mem_printf(looking->visit->ctx, "%lld", (long long)page) : NULL;
    const char *url = url_with(looking->visit->ctx, looking->visit->request->path, &looking->visit->request->query,
                               URL_CHANGES({"page", number}));
    return mem_printf(looking->visit->ctx, "%s#rows", url);
}

/* For whoever may export them: the whole figure, by its period and cut-off. */
static const char *file_url(const Looking *looking, const char *format) {
    const Visit *visit = looking->visit;
    if (!visit_may(visit, "ledger:export", looking->ask.indicator->of)) return NULL;
    return url_with(visit->ctx, mem_printf(visit->ctx, "%s/rows/%s", visit->request->path, format), NULL,
                    URL_CHANGES({"period", period_code(visit, looking->ask.period)},
                                {"as_at", http_field(&visit->request->query, "as_at")}));
}

static int read_rows(const Looking *looking, Rows *rows) {
    Store *store = looking->visit->store;
    int result = looking->has_key
                     ? figure_group_rows(store, &looking->ask, looking->division->by, looking->key, take_row, rows)
                     : figure_rows(store, &looking->ask, take_row, rows);
    return result < 0 ? result : 0;
}

int figure_rows_add(const Looking *looking, json_t *model) {
    if (indicator_is_derived(looking->ask.indicator)) return 0;
    int64_t page = visit_number(visit_query(looking->visit, "page"));
    if (page < 1 || page > PAGES_MOST) page = 1;
    Rows rows = rows_new(looking, ROWS_MOST);
    rows.skip = (page - 1) * ROWS_MOST;
    int fault = read_rows(looking, &rows);
    if (fault) return fault;
    page_set(model, "rows", json_incref(rows.list));
    page_set(model, "any_rows", json_boolean(json_array_size(rows.list) > 0));
    page_set(model, "hides", json_boolean(rows.hides));
    page_set_text(model, "before_url", page > 1 ? page_url(looking, page - 1) : NULL);
    page_set_text(model, "after_url", rows.more ? page_url(looking, page + 1) : NULL);
    page_set_text(model, "csv_url", file_url(looking, "csv"));
    page_set_text(model, "xlsx_url", file_url(looking, "xlsx"));
    const char *group = looking->has_key ? figure_group_title(looking->visit->ctx, looking->visit->store, &looking->ask,
                                                              looking->division->by, looking->key)
                                         : NULL;
    page_set_text(model, "group", group);
    page_set_text(model, "whole_url", group ? looking_part_url(looking, expr_text(looking->division->by), NULL) : NULL);
    return 0;
}

int figure_rows_add_excluded(const Looking *looking, json_t *model) {
    if (indicator_is_derived(looking->ask.indicator) || looking->has_key) return 0;
    Rows rows = rows_new(looking, EXCLUDED_MOST);
    int result = figure_excluded(looking->visit->store, &looking->ask, EXCLUDED_MOST, take_row, &rows);
    page_set(model, "excluded", json_incref(rows.list));
    page_set(model, "any_excluded", json_boolean(json_array_size(rows.list) > 0));
    return result < 0 ? result : 0;
}

/* --- all of them, as a file --- */

typedef struct RowFile {
    Rows rows;
    SheetWriter *writer;
    int64_t left;
} RowFile;

static int write_row(const FigureRow *row, void *data) {
    RowFile *file = data;
    Visit *visit = file->rows.looking->visit;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Record *record = row->record;
    int fault = sight_turn(&file->rows.sight, record->ledger);
    if (fault || !sight_has(&file->rows.sight, record)) return fault;
    if (!file->left--) return ENOUGH;
    SampleRow shown = sample_row(scratch, visit->store, row);
    sheet_put_text(file->writer, 0, shown.number);
    sheet_put_text(file->writer, 1, title_of(&file->rows, record, shown.title));
    sheet_put_text(file->writer, 2, label_text(record->state->label));
    sheet_put_text(file->writer, 3, figure_decimal(scratch, shown.amount));
    return sheet_end_row(file->writer);
}

static int write_rows(const Looking *looking, const char *path, const char *format) {
    Visit *visit = looking->visit;
    const SheetColumn columns[] = {
        {.heading = _("Number"), .kind = SHEET_AS_TEXT},
        {.heading = _("Title"), .kind = SHEET_AS_TEXT, .width = 40},
        {.heading = _("State"), .kind = SHEET_AS_TEXT},
        {.heading = mem_printf(visit->ctx, "%s (%s)", _("Counts"), looking->ask.indicator->unit),
         .kind = SHEET_AS_TEXT}};
    RowFile file = {.rows = rows_new(looking, 0), .left = FILE_ROWS};
    file.rows.sight.word = "ledger:export";
    if (sheet_writer_open(visit->ctx, path, format, label_text(looking->ask.indicator->title), columns,
                          sizeof columns / sizeof columns[0], visit->diag, &file.writer))
        return WEB_WRONG;
    int result = figure_rows(visit->store, &looking->ask, write_row, &file);
    if (result < 0) return result;
    return sheet_writer_close(file.writer, visit->diag) ? WEB_WRONG : 0;
}

static const struct {
    const char *format, *type;
} formats[] = {{"csv", "text/csv;charset=utf-8"},
               {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};

static const char *type_of(const char *format) {
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (!strcmp(formats[i].format, format)) return formats[i].type;
    return NULL;
}

/* It is sent from its open descriptor, and so needs its name no longer. */
static int send_rows(Visit *visit) {
    const char *format = visit_segment(visit, "format"), *type = type_of(format);
    Looking looking;
    int wrong = type ? looking_read(visit, &looking) : WEB_MISSING;
    if (wrong || indicator_is_derived(looking.ask.indicator)) return wrong ? wrong : WEB_MISSING;
    const char *path = mem_printf(visit->ctx, "%s/rows-%s.%s", visit->web->options.spool, visit->request->id, format);
    wrong = write_rows(&looking, path, format);
    if (!wrong && http_body_file(visit->response, type, path)) wrong = WEB_MISSING;
    (void)unlink(path);
    if (wrong) return wrong;
    http_attachment(visit->response, mem_printf(visit->ctx, "%s-%s.%s", label_text(looking.ask.indicator->title),
                                                period_code(visit, looking.ask.period), format));
    return 0;
}

const WebRoute routes_figure_rows[] = {
    {HTTP_GET, "/figures/{indicator}/rows/{format}", "ledger:export", send_rows, .waits = true,
     .api = API(API_PREFIX "/figures/{indicator}/rows/{format}",
                {"计入的记录，csv 或 xlsx", "The records behind it as csv or xlsx"},
                send_rows, api_period_inputs, "file")},
    {0},
};
