/* web/pages/system.c: the state of the folder and the machine, definitions read again, and numbers for a watcher. */
#include "base/mem.h"
#include "ledger/doctor.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/site.h"

#define METRICS_TEXT "text/plain;version=0.0.4;charset=utf-8"

/* --- for people --- */

static int show_system(Visit *visit) {
    const Catalog *catalog = visit->store->catalog;
    json_t *model = page_object(), *checks = page_array();
    Diag *diag = diag_new(visit->ctx);
    (void)doctor_run(visit->ctx, visit->store->folder, diag);
    for (size_t i = 0; i < diag->count; i++) {
        json_t *check = page_object();
        page_set_text(check, "say", label_text(diag->list[i].say));
        page_set_text(check, "what", diag->list[i].at.field);
        page_set(check, "well", json_boolean(diag->list[i].level == DIAG_NOTE));
        json_array_append_new(checks, check);
    }
    page_set(model, "checks", checks);
    page_set_text(model, "counts", mem_printf(visit->ctx, _("%zu ledgers, %zu indicators, %zu code lists, %zu reports"),
                                              catalog->n_ledgers, catalog->n_indicators, catalog->n_codelists,
                                              catalog->n_reports));
    page_set_text(model, "hash", catalog->hash);
    page_set(model, "manages", json_boolean(visit_may(visit, "definitions:manage", NULL)));
    page_set(model, "findings", frame_findings(visit));
    return frame_show(visit, "system", _("System"), model);
}

static int reload(Visit *visit) {
    if (!web_reload(visit->web, visit->diag))
        return visit_go_saying(visit, "/system", _("The definitions have been read again"));
    return show_system(visit) ? -1 : WEB_WRONG;
}

/* --- for a watcher (Prometheus) --- */

static void add_requests(Buf *out, const HttpNumbers *numbers) {
    buf_add(out, "# TYPE kezhang_requests_total counter\n");
    for (unsigned i = 0; i < HTTP_CLASSES; i++)
        buf_printf(out, "kezhang_requests_total{class=\"%uxx\"} %llu\n", i, (unsigned long long)numbers->requests[i]);
}

/* A histogram adds up from below. */
static void add_times(Buf *out, const HttpNumbers *numbers) {
    unsigned long long sum = 0;
    buf_add(out, "# TYPE kezhang_request_seconds histogram\n");
    for (unsigned i = 0; i < HTTP_TIMES; i++) {
        sum += numbers->times[i];
        buf_printf(out, "kezhang_request_seconds_bucket{le=\"%g\"} %llu\n", http_times[i], sum);
    }
    sum += numbers->times[HTTP_TIMES];
    buf_printf(out, "kezhang_request_seconds_bucket{le=\"+Inf\"} %llu\n", sum);
    buf_printf(out, "kezhang_request_seconds_sum %f\nkezhang_request_seconds_count %llu\n", numbers->seconds, sum);
}

static void add_gauge(Buf *out, const char *name, const char *kind, unsigned long long value) {
    buf_printf(out, "# TYPE %s %s\n%s %llu\n", name, kind, name, value);
}

static int show_metrics(Visit *visit) {
    Buf out = BUF_INIT(visit->ctx);
    int64_t seq;
    int fault = store_seq(visit->store, &seq);
    if (fault) return fault;
    if (visit->web->server) {
        HttpNumbers numbers;
        http_server_numbers(visit->web->server, &numbers);
        add_requests(&out, &numbers);
        add_times(&out, &numbers);
        add_gauge(&out, "kezhang_response_bytes_total", "counter", numbers.bytes);
        add_gauge(&out, "kezhang_connections", "gauge", numbers.connections);
        add_gauge(&out, "kezhang_requests_waiting", "gauge", numbers.waiting);
    }
    ShareNumbers writes;
    share_numbers(pool_share(visit->web->pool, visit->store), &writes);
    add_gauge(&out, "kezhang_writes_total", "counter", writes.writes);
    add_gauge(&out, "kezhang_commits_total", "counter", writes.commits);
    add_gauge(&out, "kezhang_changes", "gauge", (unsigned long long)seq);
    http_body_text(visit->response, METRICS_TEXT, buf_text(&out));
    return 0;
}

const WebRoute routes_system[] = {
    {HTTP_GET, "/system", "system:operate", show_system, .waits = true,
     .api = API(API_PREFIX "/system", {"系统状态", "The state of the folder and the machine"}, api_system,
                .gives = "System")},
    {HTTP_POST, "/system/definitions", "definitions:manage", reload, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/system/definitions", {"重新读入定义", "Read the definitions again"}, NULL, .again = true)},
    {HTTP_GET, "/metrics", "anyone", show_metrics},
    {0},
};
