/* test/fuzz/fuzz-yaml.c: any bytes as one definition file of a site, above a small catalog that is right. The first
 * byte says of which kind, as in the files themselves: c(odes), i(ndicator), r(oles), - (a report's head), else a
 * ledger.
 *
 * Either there are findings, each with its file, or there is a catalog, and the same one when the files are read again
 * as accepted before. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "defn/defn.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    char letter; /* 0: whatever is left */
    const char *shown;
} KIND_FILES[] = {{'c', "site/codes/fuzz.yaml"},
                  {'i', "site/indicators/fuzz.yaml"},
                  {'r', "site/roles.yaml"},
                  {'-', "site/reports/fuzz.md"},
                  {0, "site/ledgers/fuzz.yaml"}};

#define LABEL(word) "{zh: " word ", en: " word "}"

static const struct {
    const char *shown, *text;
} REST[] = {
    {"defs/roles.yaml", "roles:\n  - {name: clerk, label: " LABEL("Clerk") "}\n"},
    {"defs/codes/rest.yaml", "codes: size\ntitle: " LABEL("Sizes") "\nvalues:\n  - {code: big, zh: 大, en: Big}\n"},
    {"defs/ledgers/rest.yaml",
     "ledger: unit\ntitle: " LABEL(
         "Units") "\narea: 0\nkey: [name]\nshows: name\nfields:\n"
                  "  - {name: name, kind: text, required: true, label: " LABEL(
                      "Name") "}\n"
                              "  - {name: found_on, kind: date, label: " LABEL(
                                  "Day") "}\n"
                                         "  - {name: sum, kind: money, label: " LABEL(
                                             "Sum") "}\n"
                                                    "  - {name: size, kind: code, list: size, label: " LABEL(
                                                        "Size") "}\n"
                                                                "states:\n  - {name: found, label: " LABEL(
                                                                    "Found") ", date: found_on}\n"},
    {"defs/indicators/rest.yaml",
     "indicator: units\ntitle: " LABEL("Units") "\narea: 0\nunit: 家\nkind: flow\nof: unit\nmeasure: count\n"
                                                "where: entered(found) in period\ncaliber: " LABEL(
                                                    "found in the period") "\n"},
};

static const char *shown_for(char letter) {
    size_t i = 0;
    while (KIND_FILES[i].letter && KIND_FILES[i].letter != letter) i++;
    return KIND_FILES[i].shown;
}

static void add_source(const void *ctx, DefnSources *sources, const char *shown, const char *text, size_t size) {
    const char *path = strchr(shown, '/') + 1;
    *mem_push(ctx, sources->list, sources->count) =
        (DefnSource){.path = path, .shown = shown, .text = text, .size = size};
}

static DefnSources rest_of_sources(const void *ctx) {
    DefnSources sources = {0};
    for (size_t i = 0; i < sizeof REST / sizeof *REST; i++)
        add_source(ctx, &sources, REST[i].shown, REST[i].text, strlen(REST[i].text));
    return sources;
}

static void check_findings(const Diag *diag) {
    if (diag->errors == 0) abort();
    for (size_t i = 0; i < diag->count; i++) {
        if (!diag->list[i].at.file || !*diag->list[i].say.en) abort();
    }
}

static void check_catalog(const void *ctx, const DefnSources *sources, const Catalog *catalog) {
    DefnChange *changes;
    const Catalog *kept;
    if (defn_read_kept(ctx, sources, diag_new(ctx), &kept) != 0 || strcmp(catalog->hash, kept->hash) != 0) abort();
    if (defn_diff(ctx, catalog, kept, &changes) != 0) abort();
    if (defn_diff(ctx, NULL, catalog, &changes) == 0) abort();
}

/* The rest alone must be right, or no input ever comes past the first stages. */
int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    MEM_SCRATCH ctx = talloc_new(NULL);
    DefnSources sources = rest_of_sources(ctx);
    Diag *diag = diag_new(ctx);
    const Catalog *catalog;
    if (defn_read(ctx, &sources, diag, &catalog) == 0) return 0;
    diag_print(diag, stderr);
    exit(1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    MEM_SCRATCH ctx = talloc_new(NULL);
    DefnSources sources = rest_of_sources(ctx);
    const char *text = mem_strndup(ctx, (const char *)data, size);
    add_source(ctx, &sources, shown_for(*text), text, size);

    Diag *diag = diag_new(ctx);
    const Catalog *catalog;
    if (defn_read(ctx, &sources, diag, &catalog) == 0)
        check_catalog(ctx, &sources, catalog);
    else
        check_findings(diag);
    return 0;
}
