/* web/api/feeds.c: lists and figures as CSV, for spreadsheets that fetch them again ("From web"): heads and codes in
 * words, UTF-8 with a byte order mark, nothing that is run as a formula (sheet/csv-out.c).
 *
 * A feed is the list of its address: the same filters, rows and masks. What OData calls otherwise is understood too. */
#include <string.h>

#include "base/mem.h"
#include "sheet/sheet.h"
#include "web/api/api.h"
#include "web/exporting.h"
#include "web/measure.h"
#include "web/period.h"
#include "web/texts.h"
#include "web/url.h"

#define FEED_ROWS_MOST 200000u /* of one answer; Excel holds 1,048,576 */

/* --- records --- */

static const char *as_it_is(const void *ctx, const char *text) { return mem_strdup(ctx, text); }

/* How OData calls what an address says, and how it spells it. */
static const struct {
    const char *odata, *ours;
    const char *(*spell)(const void *ctx, const char *text);
} names[] = {
    {"$select", "columns", as_it_is},
    {"$filter", "where", odata_condition},
    {"$orderby", "sort", odata_order},
};

static void rename_query(Visit *visit) {
    HttpFields *query = &visit->request->query;
    for (size_t i = 0; i < query->count; i++)
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
            if (!strcmp(query->list[i].name, names[k].odata))
                query->list[i] = (HttpField){names[k].ours, names[k].spell(visit->ctx, query->list[i].value)};
}

static int read_count(Visit *visit, const char *name, size_t *ret_count) {
    const char *text = visit_query(visit, name);
    int64_t count = visit_number(text);
    if (count || !*text || !strcmp(text, "0")) {
        *ret_count = (size_t)count;
        return 0;
    }
    diag_error(visit->diag, (Place){.field = name}, "not-a-number", "'%s' is no such number; write digits alone", text);
    return WEB_WRONG;
}

/* A name that is no column is no silent loss of it. */
static void check_columns(Visit *visit) {
    char *state = NULL, *chosen = mem_strdup(visit->ctx, visit_query(visit, "columns"));
    for (char *name = strtok_r(chosen, ",", &state); name; name = strtok_r(NULL, ",", &state))
        if (!ledger_find_field(visit->ledger, name))
            diag_error(visit->diag, (Place){.field = "$select"}, "unknown-field",
                       "this ledger has no field '%s'; see the description", name);
}

/* Where more follow, the address of what follows (RFC 8288). */
static int add_next(Visit *visit, const ExportWish *wish) {
    int64_t count;
    int result = exporting_count(visit, &count);
    if (result || count <= (int64_t)(wish->skip + wish->most)) return result > 0 ? WEB_WRONG : result;
    const char *skip = mem_printf(visit->ctx, "%zu", wish->skip + wish->most);
    const char *url = url_with(visit->ctx, visit->request->path, &visit->request->query, URL_CHANGES({"$skip", skip}));
    http_add_header(visit->response, "Link", mem_printf(visit->ctx, "<%s>;rel=\"next\"", url));
    return 0;
}

static int send_records(Visit *visit) {
    ExportWish wish = {.format = "csv", .titles = true};
    rename_query(visit);
    wish.all_columns = !*visit_query(visit, "columns");
    check_columns(visit);
    int result = read_count(visit, "$top", &wish.most);
    if (!result) result = read_count(visit, "$skip", &wish.skip);
    if (result || visit->diag->errors) return WEB_WRONG;
    if (!wish.most || wish.most > FEED_ROWS_MOST) wish.most = FEED_ROWS_MOST;
    result = add_next(visit, &wish);
    return result ? result : exporting_send(visit, &wish);
}

/* --- figures --- */

static SheetColumn *figure_columns(const Visit *visit, size_t *ret_n) {
    static const struct {
        const char *heading;
        SheetColumnKind kind;
    } columns[] = {{N_("Indicator"), SHEET_AS_TEXT}, {N_("Title"), SHEET_AS_TEXT},
                   {N_("Value"), SHEET_AS_DECIMAL},  {N_("Unit"), SHEET_AS_TEXT},
                   {N_("Period"), SHEET_AS_TEXT},    {N_("Cut-off"), SHEET_AS_DATE},
                   {N_("Target"), SHEET_AS_DECIMAL}, {N_("Share (%)"), SHEET_AS_DECIMAL}};
    *ret_n = sizeof columns / sizeof columns[0];
    SheetColumn *list = mem_array(visit->ctx, SheetColumn, *ret_n);
    for (size_t i = 0; i < *ret_n; i++)
        list[i] = (SheetColumn){.heading = _(columns[i].heading), .kind = columns[i].kind};
    return list;
}

static double number_of(FigureNumber number) {
    double value = (double)number.value.units;
    for (int i = 0; i < number.value.scale; i++) value /= 10;
    return value;
}

static void put_known(SheetWriter *writer, size_t column, FigureNumber number) {
    if (number.known) sheet_put_number(writer, column, number_of(number));
}

static int put_figure(Visit *visit, const FigureAsk *ask, SheetWriter *writer) {
    Figure *figure;
    int fault = measure_total(visit, ask, &figure);
    if (fault) return fault;
    Date today = date_today();
    sheet_put_text(writer, 0, ask->indicator->name.text);
    sheet_put_text(writer, 1, label_text(ask->indicator->title));
    put_known(writer, 2, figure->value);
    sheet_put_text(writer, 3, ask->indicator->unit);
    sheet_put_text(writer, 4, period_code(visit, ask->period));
    sheet_put_date(writer, 5, ask->as_at != DATE_NONE ? ask->as_at : ask->period.end < today ? ask->period.end : today);
    put_known(writer, 6, figure->target);
    put_known(writer, 7, figure->share);
    return sheet_end_row(writer);
}

typedef struct FigureFeed {
    Visit *visit;
    FigureAsk ask; /* but for the indicator */
} FigureFeed;

static int write_figures(const char *path, Diag *diag, void *data) {
    FigureFeed *feed = data;
    const Catalog *catalog = feed->visit->store->catalog;
    SheetWriter *writer;
    size_t n;
    const SheetColumn *columns = figure_columns(feed->visit, &n);
    int result = sheet_writer_open(feed->visit->ctx, path, "csv", _("Figures"), columns, n, diag, &writer);
    for (size_t i = 0; !result && i < catalog->n_indicators; i++) {
        feed->ask.indicator = &catalog->indicators[i];
        result = put_figure(feed->visit, &feed->ask, writer);
    }
    return result ? result : sheet_writer_close(writer, diag);
}

static int send_figures(Visit *visit) {
    FigureFeed feed = {.visit = visit};
    int result = api_read_period(visit, &feed.ask);
    if (result) return result;
    return text_send_file(visit, mem_printf(visit->ctx, "figures-%s.csv", period_code(visit, feed.ask.period)),
                          write_figures, &feed);
}

static const WebInput record_inputs[] = {
    {"$select", INPUT_TEXT, {"列，用逗号隔开；缺省为全部", "columns with commas between; all when it is not said"}},
    {"$filter",
     INPUT_TEXT,
     {"条件：eq ne gt ge lt le and or、contains(字段,'词')，或条件表达式",
      "a condition with eq ne gt ge lt le and or, contains(field,'words'); or an expression"}},
    {"$orderby", INPUT_TEXT, {"排序字段，后加 desc 为倒序", "a field, with desc behind it turned round"}},
    {"$top", INPUT_NUMBER, {"至多多少行", "so many rows at most"}},
    {"$skip", INPUT_NUMBER, {"跳过多少行", "so many rows passed over"}},
    {"q", INPUT_TEXT, {"搜索词", "words of the search box"}},
    {0},
};

const WebRoute routes_api_feeds[] = {
    {HTTP_GET, API_PREFIX "/ledgers/{ledger}/records.csv", "ledger:export", send_records, .waits = true,
     .about = {"台账数据源，供 Excel/WPS 刷新",
               "A list as a feed for Excel or WPS; filters by field as in the list's address"},
     .inputs = record_inputs, .gives = "csv", .basic = true},
    {HTTP_GET, API_PREFIX "/figures.csv", "figure:read", send_figures, .waits = true,
     .about = {"指标数据源：一个期间的全部指标", "All figures of a period as a feed"}, .inputs = api_period_inputs,
     .gives = "csv", .basic = true},
    {0},
};
