/* app/report.c: kezhang report: compose a summary, issue it, or say what has drifted since. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "summary/summary.h"

typedef struct Line {
    const char *folder, *period, *out, *formats, *as_at;
    bool issue, drift;
} Line;

static const SummaryFormat *find_format(const char *name) {
    for (const SummaryFormat *format = summary_formats; format->name; format++)
        if (!strcmp(format->name, name)) return format;
    return NULL;
}

/* OUT/half_year_summary-2020H1.docx and its sisters. */
static int write_forms(const void *ctx, Store *store, const Summary *summary, const Line *line, Diag *diag) {
    if (file_make_folder(line->out, diag)) return EXIT_USAGE;
    const char *period = period_format_short(ctx, summary->ask.period);
    char *state = NULL;
    for (char *name = strtok_r(mem_strdup(ctx, line->formats), ",", &state); name; name = strtok_r(NULL, ",", &state)) {
        const SummaryFormat *format = find_format(name);
        if (!format) {
            diag_error(diag, PLACE_NONE, "unknown-format", "there is no format '%s'; choose from docx,pdf,html,md,json",
                       name);
            return EXIT_USAGE;
        }
        const char *path = mem_printf(ctx, "%s/%s-%s.%s", line->out, summary->ask.report->name.text, period, name);
        if (format->write(store, summary, path, diag)) return EXIT_FAULT;
        (void)puts(path);
    }
    return EXIT_DONE;
}

static int compose(const void *ctx, Store *store, const SummaryAsk *ask, const Line *line, Diag *diag) {
    Summary *summary;
    int fault = summary_compose(ctx, store, ask, diag, &summary);
    if (fault < 0) return (void)store_fault(store, fault, diag), EXIT_FAULT;
    if (fault) return EXIT_USAGE;
    int result = write_forms(ctx, store, summary, line, diag);
    if (result) return result;
    if (!line->issue) {
        summary_keep(store, summary);
        return EXIT_DONE;
    }
    int64_t issue;
    Actor actor = actor_at_command_line(ctx);
    if (summary_issue(store, summary, &actor, diag, &issue)) return EXIT_FAULT;
    (void)printf(_("issued as no. %lld: %zu figures are frozen with the records they counted\n"), (long long)issue,
                 summary->n_figures);
    return EXIT_DONE;
}

static int show_drift(const void *ctx, Store *store, const SummaryAsk *ask, Diag *diag) {
    int64_t issue;
    Drift *drifts;
    size_t n;
    int fault = summary_drift(ctx, store, ask, diag, &issue, &drifts, &n);
    if (fault < 0) return (void)store_fault(store, fault, diag), EXIT_FAULT;
    if (fault) return EXIT_USAGE;
    for (size_t i = 0; i < n; i++) (void)printf("%s\n", label_text(drifts[i].say));
    if (!n) (void)printf(_("nothing has changed since no. %lld was issued\n"), (long long)issue);
    return n ? EXIT_FINDINGS : EXIT_DONE;
}

static const Report *find_report(const Store *store, const char *word, Diag *diag) {
    const Report *report = catalog_find_report(store->catalog, word);
    if (report) return report;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf names = BUF_INIT(scratch);
    for (size_t i = 0; i < store->catalog->n_reports; i++) {
        report = &store->catalog->reports[i];
        if (!strcmp(report->title.zh, word)) return report;
        buf_printf(&names, " %s", report->name.text);
    }
    diag_error(diag, PLACE_NONE, "unknown-report", "there is no report '%s'; there are:%s", word, buf_text(&names));
    return NULL;
}

static int run(int argc, char **argv) {
    Line line = {.out = "out", .formats = "docx,pdf,html,md,json"};
    const Option options[] = {{"data", &line.folder, NULL}, {"period", &line.period, NULL},
                              {"out", &line.out, NULL},     {"format", &line.formats, NULL},
                              {"as-at", &line.as_at, NULL}, {"issue", NULL, &line.issue},
                              {"drift", NULL, &line.drift}, {0}};
    char **operands;
    if (command_options(&command_report, argc, argv, options, &operands)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = command_diag(scratch);
    SummaryAsk ask = {.as_at = line.as_at ? date_parse_iso(line.as_at) : DATE_NONE};
    if (!command_period(line.period, &ask.period)) return EXIT_USAGE;
    if (line.as_at && ask.as_at == DATE_NONE) {
        diag_error(diag, PLACE_NONE, "not-a-date", "--as-at asks for a day: 2020-07-05");
        return EXIT_USAGE;
    }
    Store *store;
    int result = command_open(scratch, line.folder, line.drift ? STORE_READ_ONLY : 0, &store);
    if (result) return result;
    ask.report = find_report(store, operands[0], diag);
    if (!ask.report) return EXIT_USAGE;
    return line.drift ? show_drift(scratch, store, &ask, diag) : compose(scratch, store, &ask, &line, diag);
}

const Command command_report = {
    .name = "report",
    .arguments = "REPORT --period 2020H1 [--out DIR] [--format docx,pdf,html,md,json] [--as-at DATE] [--issue | "
                 "--drift] [--data DIR]",
    .least = 1,
    .most = 1,
    .about = {"撰写总结；--issue 定稿冻结，--drift 列出定稿后的变化",
              "compose a summary; --issue freezes it, --drift says what changed since"},
    .run = run,
};
