/* test/fuzz/fuzz-yaml.c: any bytes as one definition file beside a small catalog that is right. The first byte says
 * of which kind, as in the files themselves: c(odes), i(ndicator), r(oles), - (a report's head), else a ledger.
 *
 * Either there are findings, each with its file, or there is a catalog: equal to itself, and the same when read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "defn/defn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    char letter; /* 0: whatever is left */
    const char *path;
} KIND_FILES[] = {{'c', "codes/fuzz.yaml"},
                  {'i', "indicators/fuzz.yaml"},
                  {'r', "roles.yaml"},
                  {'-', "reports/fuzz.md"},
                  {0, "ledgers/fuzz.yaml"}};

#define TITLE "{zh: 字, en: words}"

static const struct {
    const char *path, *text;
} REST[] = {
    {"roles.yaml", "roles:\n  - {name: clerk, label: " TITLE "}\n"},
    {"codes/rest.yaml", "codes: size\ntitle: " TITLE "\nvalues:\n  - {code: big, zh: 大, en: big}\n"},
    {"ledgers/rest.yaml", "ledger: unit\ntitle: " TITLE "\narea: 0\nkey: [name]\nshows: name\nfields:\n"
                          "  - {name: name, kind: text, label: " TITLE "}\n"
                          "  - {name: found_on, kind: date, label: " TITLE "}\n"
                          "  - {name: sum, kind: money, label: " TITLE "}\n"
                          "  - {name: size, kind: code, list: size, label: " TITLE "}\n"
                          "states:\n  - {name: found, label: " TITLE ", date: found_on}\n"},
    {"indicators/rest.yaml", "indicator: units\ntitle: " TITLE "\narea: 0\nunit: 家\nkind: flow\nof: unit\n"
                             "measure: count\nwhere: entered(found) in period\ncaliber: " TITLE "\n"},
};

static const char *path_of(const char *text) {
    size_t i = 0;
    while (KIND_FILES[i].letter && KIND_FILES[i].letter != *text) i++;
    return KIND_FILES[i].path;
}

static void add_source(const void *ctx, DefnSources *sources, const char *path, const char *text, size_t size) {
    *mem_push(ctx, sources->list, sources->count) =
        (DefnSource){.path = path, .shown = path, .text = text, .size = size};
}

static void check_findings(const Diag *diag) {
    if (diag->errors == 0) abort();
    for (size_t i = 0; i < diag->count; i++) {
        if (!diag->list[i].at.file || !*diag->list[i].say.en) abort();
    }
}

static void check_catalog(const void *ctx, const DefnSources *sources, const Catalog *catalog) {
    DefnChange *changes;
    const Catalog *again;
    if (defn_diff(ctx, catalog, catalog, &changes) != 0) abort();
    if (defn_diff(ctx, NULL, catalog, &changes) == 0) abort();
    if (defn_read(ctx, sources, diag_new(ctx), &again) != 0) abort();
    if (defn_diff(ctx, catalog, again, &changes) != 0 || strcmp(catalog->hash, again->hash) != 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    MEM_SCRATCH ctx = talloc_new(NULL);
    DefnSources sources = {0};
    for (size_t i = 0; i < sizeof REST / sizeof *REST; i++)
        add_source(ctx, &sources, REST[i].path, REST[i].text, strlen(REST[i].text));
    const char *text = mem_strndup(ctx, (const char *)data, size);
    add_source(ctx, &sources, path_of(text), text, size);

    Diag *diag = diag_new(ctx);
    const Catalog *catalog;
    if (defn_read(ctx, &sources, diag, &catalog) == 0)
        check_catalog(ctx, &sources, catalog);
    else
        check_findings(diag);
    return 0;
}
