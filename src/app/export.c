/* app/export.c: kezhang export: exactly what is filtered, as one spreadsheet that is also the import template. */
#include "exchange/export.h"

#include <stdio.h>

#include "app/command.h"
#include "base/mem.h"

static bool show_progress(int64_t done, int64_t all, void *data) {
    command_progress(data, all ? (double)done / (double)all : 1, done);
    return true;
}

static int run(int argc, char **argv) {
    const char *folder = NULL, *where = NULL, *search = NULL;
    bool template_only = false, unmasked = false;
    const Option options[] = {{"data", &folder, NULL},       {"where", &where, NULL},
                              {"search", &search, NULL},     {"template", NULL, &template_only},
                              {"unmasked", NULL, &unmasked}, {0}};
    char **operands;
    if (command_options(&command_export, argc, argv, options, &operands)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store;
    int result = command_open(scratch, folder, STORE_READ_ONLY, &store);
    if (result) return result;
    const Ledger *ledger = command_ledger(store, operands[0]);
    if (!ledger) return EXIT_USAGE;
    Diag *diag = command_diag(scratch);
    Expr *condition = NULL;
    if (where && query_compile(scratch, ledger, where, diag, &condition)) return EXIT_USAGE;
    ExportOptions how = {
        .query = {.ledger = ledger, .where = condition, .search = search, .period = {DATE_NONE, DATE_NONE}},
        .template_only = template_only,
        .unmasked = unmasked,
        .progress = show_progress,
        .data = operands[1]};
    int64_t rows = 0;
    if (export_file(store, operands[1], &how, diag, &rows)) return EXIT_USAGE;
    (void)printf(_("exported %lld rows to %s\n"), (long long)rows, operands[1]);
    return EXIT_DONE;
}

const Command command_export = {
    .name = "export",
    .arguments = "LEDGER FILE [--where EXPR] [--search WORDS] [--template] [--unmasked] [--data DIR]",
    .least = 2,
    .most = 2,
    .about = {"按条件导出台账（xlsx 或 csv），导出表即导入模板",
              "export what is filtered; the file is the import template"},
    .run = run,
};
