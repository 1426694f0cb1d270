/* web/exporting.c: see exporting.h. A job is given the words of the address, and reads them as the list would. */
#include "web/exporting.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "exchange/export.h"
#include "people/journal.h"
#include "web/listing.h"
#include "web/reach.h"
#include "web/texts.h"

static const char *const formats[] = {"xlsx", "csv"};

/* --- which rows, which columns --- */

/* Of the whole list what he may take out. 0, 1 with findings, or a fault. */
static int read_query(const Visit *visit, Query *ret_query) {
    RowScope *rows = mem_new(visit->ctx, RowScope);
    int result = listing_read(visit, ret_query);
    if (!result) result = reach_open(visit, "ledger:export", visit->ledger, rows);
    ret_query->rows = rows;
    return result;
}

int exporting_count(const Visit *visit, int64_t *ret_count) {
    Query query;
    int result = read_query(visit, &query);
    return result ? result : query_count(visit->store, &query, ret_count);
}

/* What he may not see at all is no column. */
static void add_field(const Visit *visit, ExportOptions *options, const Field *field) {
    if (permission_mask(visit->mandate, field) == MASK_WHOLE) return;
    const Field **fields = (const Field **)options->fields;
    fields[options->n_fields++] = field;
}

static void choose_fields(const Visit *visit, bool all, ExportOptions *options) {
    const Ledger *ledger = visit->ledger;
    options->fields = mem_array(visit->ctx, const Field *, ledger->n_fields + LISTING_COLUMNS);
    if (all) {
        for (size_t i = 0; i < ledger->n_fields; i++) add_field(visit, options, &ledger->fields[i]);
        return;
    }
    ListingColumns columns = listing_columns(visit);
    for (size_t i = 0; i < columns.count; i++) add_field(visit, options, columns.list[i]);
}

bool exporting_is_masked(const Visit *visit, bool all_columns) {
    ExportOptions options = {0};
    choose_fields(visit, all_columns, &options);
    for (size_t i = 0; i < options.n_fields; i++)
        if (permission_mask(visit->mandate, options.fields[i]) != MASK_NONE) return true;
    return false;
}

bool exporting_may_unmask(const Visit *visit) { return visit_may(visit, "personal:unmask", NULL); }

/* --- the file --- */

typedef bool (*Progress)(int64_t done, int64_t all, void *data);

static int write_file(Visit *visit, const ExportWish *wish, const char *path, Progress progress, void *data) {
    ExportOptions options = {
        .unmasked = wish->unmasked, .titles = wish->titles, .skip = wish->skip, .progress = progress, .data = data};
    int64_t rows;
    int result = read_query(visit, &options.query);
    if (result) return result;
    if (wish->most) options.query.most = wish->skip + wish->most;
    choose_fields(visit, wish->all_columns, &options);
    result = export_file(visit->store, path, &options, visit->diag, &rows);
    if (!result && progress) (void)progress(rows, rows, data);
    return result;
}

static const char *file_name(const Visit *visit, const ExportWish *wish) {
    return mem_printf(visit->ctx, "%s-%s.%s", label_text(visit->ledger->title),
                      date_iso(visit->ctx, instant_day(visit->now)), wish->format);
}

typedef struct Sending {
    Visit *visit;
    const ExportWish *wish;
} Sending;

static int write_sent(const char *path, Diag *diag, void *data) {
    (void)diag; /* the visit's */
    const Sending *sending = data;
    return write_file(sending->visit, sending->wish, path, NULL, NULL);
}

int exporting_send(Visit *visit, const ExportWish *wish) {
    return text_send_file(visit, file_name(visit, wish), write_sent, &(Sending){visit, wish});
}

/* --- as a job --- */

typedef struct Order {
    const char *ledger;
    ExportWish wish;
    HttpFields query;
} Order;

static Order *order_new(const Visit *visit, const ExportWish *wish) {
    Order *order = mem_new(visit->ctx, Order);
    order->ledger = mem_strdup(order, visit->ledger->name.text);
    order->wish = *wish;
    order->wish.reason = NULL; /* written down already, and of the request */
    order->query = http_fields_copy(order, &visit->request->query);
    return order;
}

static bool show_progress(int64_t done, int64_t all, void *data) {
    JobRun *run = data;
    job_progress(run, all ? (double)done / (double)all : 1, done);
    return !job_is_cancelled(run);
}

static int run_export(JobRun *run, void *data) {
    const Order *order = data;
    Visit *visit = run->visit;
    visit->ledger = catalog_find_ledger(visit->store->catalog, order->ledger);
    visit->request->query = order->query;
    bool may = visit->ledger && visit_may(visit, "ledger:export", visit->ledger) &&
               (!order->wish.unmasked || exporting_may_unmask(visit));
    if (!may) {
        diag_error(visit->diag, PLACE_NONE, "not-permitted",
                   "you may no longer export this; ask somebody with the role");
        return 1;
    }
    const char *path =
        job_add_file(run, mem_printf(visit->ctx, "export.%s", order->wish.format), file_name(visit, &order->wish));
    return write_file(visit, &order->wish, path, show_progress, run);
}

static int start_job(Visit *visit, const ExportWish *wish, int64_t *ret_id) {
    const JobOrder order = {.kind = "export",
                            .title = mem_printf(visit->ctx, _("Export of %s"), label_text(visit->ledger->title)),
                            .back = mem_printf(visit->ctx, "/ledgers/%s", visit->ledger->name.text)};
    return job_start(visit, &order, run_export, order_new(visit, wish), ret_id);
}

/* --- may he, and why --- */

/* The wish with a format of ours and a tidy reason. 0, WEB_WRONG with findings, or WEB_REFUSED. */
static int read_wish(const Visit *visit, const ExportWish *wish, ExportWish *ret_wish) {
    *ret_wish = *wish;
    ret_wish->format = NULL;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (!strcmp(wish->format, formats[i])) ret_wish->format = formats[i];
    if (!ret_wish->format) ret_wish->format = formats[0];
    if (!wish->unmasked) return 0;
    if (!exporting_may_unmask(visit)) return WEB_REFUSED;
    ret_wish->reason = text_clean(visit->ctx, wish->reason);
    if (*ret_wish->reason) return 0;
    diag_error(visit->diag, (Place){.field = _("Reason")}, "no-reason",
               "a reason is missing; write in a few words why");
    return WEB_WRONG;
}

/* Written down first: who cannot be named sees nothing. */
static int disclose(const Visit *visit, const ExportWish *wish) {
    return journal_disclose(&visit->people, &(Disclosure){.at = visit->now,
                                                          .login = visit->mandate->login,
                                                          .address = visit->request->remote,
                                                          .ledger = visit->ledger->name.text,
                                                          .record = 0, /* of many */
                                                          .reason = wish->reason});
}

int exporting_start(Visit *visit, const ExportWish *wish, int64_t *ret_id) {
    ExportWish read;
    int64_t count;
    *ret_id = 0;
    int result = read_wish(visit, wish, &read);
    if (result) return result;
    result = exporting_count(visit, &count);
    if (!result && read.unmasked) result = disclose(visit, &read);
    if (result) return result < 0 ? result : WEB_WRONG;
    return count > EXPORTING_AT_ONCE ? start_job(visit, &read, ret_id) : exporting_send(visit, &read);
}
