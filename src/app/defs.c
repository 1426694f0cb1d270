/* app/defs.c: kezhang defs check | show | diff: the definitions themselves. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/mem.h"
#include "ledger/migrate.h"

static int read_definitions(const void *ctx, const char *folder, Diag *diag, DefnSources *ret_sources,
                            const Catalog **ret_catalog) {
    const char *site = mem_printf(ctx, "%s/defs", store_folder(folder));
    if (defn_load(ctx, site, diag, ret_sources)) return 1;
    return defn_read(ctx, ret_sources, diag, ret_catalog);
}

static void show_ledger(const Ledger *ledger) {
    (void)printf("%2lld  %-22s %s\n", (long long)ledger->area, ledger->name.text, label_text(ledger->title));
}

static void show_indicator(const Indicator *indicator) {
    (void)printf("%2lld  %-34s %-8s %s（%s）\n", (long long)indicator->area, indicator->name.text,
                 indicator->kind_name.text, label_text(indicator->title), indicator->unit);
}

static int show(const Catalog *catalog) {
    for (size_t i = 0; i < catalog->n_ledgers; i++) show_ledger(&catalog->ledgers[i]);
    for (size_t i = 0; i < catalog->n_indicators; i++) show_indicator(&catalog->indicators[i]);
    return EXIT_DONE;
}

static int check(const Catalog *catalog) {
    (void)printf(_("%zu ledgers, %zu code lists, %zu indicators, %zu reports: all well\n"), catalog->n_ledgers,
                 catalog->n_codelists, catalog->n_indicators, catalog->n_reports);
    return EXIT_DONE;
}

/* What would change in the data folder's tables. */
static int diff(const void *ctx, const char *folder, const Catalog *catalog) {
    Store *store;
    int result = command_open(ctx, folder, STORE_READ_ONLY | STORE_ANY_DEFINITIONS, &store);
    if (result) return result;
    const Catalog *kept = migrate_kept_catalog(ctx, store, command_diag(ctx));
    DefnChange *changes;
    size_t n = defn_diff(ctx, kept, catalog, &changes), lossy = 0;
    for (size_t i = 0; i < n; i++) {
        const char *how = changes[i].never ? _("not possible:") : changes[i].lossy ? _("loses data:") : _("safe:");
        (void)printf("%s %s\n", how, label_text(changes[i].say));
        lossy += changes[i].lossy;
    }
    if (!n) (void)puts(_("nothing differs"));
    return lossy ? EXIT_FINDINGS : EXIT_DONE;
}

static int run(int argc, char **argv) {
    const char *folder = NULL;
    const Option options[] = {{"data", &folder, NULL}, {0}};
    char **operands;
    if (command_options(&command_defs, argc, argv, options, &operands)) return EXIT_USAGE;
    const char *what = operands[0] ? operands[0] : "check";
    MEM_SCRATCH scratch = talloc_new(NULL);
    DefnSources sources;
    const Catalog *catalog;
    if (read_definitions(scratch, folder, command_diag(scratch), &sources, &catalog)) return EXIT_USAGE;
    if (!strcmp(what, "check")) return check(catalog);
    if (!strcmp(what, "show")) return show(catalog);
    if (!strcmp(what, "diff")) return diff(scratch, folder, catalog);
    return command_usage(&command_defs);
}

const Command command_defs = {
    .name = "defs",
    .arguments = "check|show|diff [--data DIR]",
    .most = 1,
    .about = {"检查、列出定义，或与数据文件夹比较", "check, list or compare the definitions"},
    .run = run,
};
