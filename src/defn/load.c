/* defn/load.c: where definition files come from, and the way from files to a catalog. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "defn/parts.h"

extern const EmbeddedFile defn_shipped[]; /* defs/, embedded at build */

static void add_source(const void *ctx, DefnSources *sources, DefnSource source) {
    *mem_push(ctx, sources->list, sources->count) = source;
}

static bool is_definition(const char *name) {
    const char *extension = file_extension(name);
    return name[0] != '.' && (!strcmp(extension, "yaml") || !strcmp(extension, "md"));
}

/* Reads the definition files directly in folder/sub ("" for the folder itself), in order of name. */
static int load_sub(const void *ctx, const char *folder, const char *sub, Diag *diag, DefnSources *sources) {
    const char *path = sub[0] ? mem_printf(ctx, "%s/%s", folder, sub) : folder;
    struct dirent **entries;
    int n = scandir(path, &entries, NULL, alphasort);
    int result = 0;
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        if (is_definition(name) && (sub[0] || !strcmp(name, "roles.yaml"))) {
            char *text;
            DefnSource source = {.path = sub[0] ? mem_printf(ctx, "%s/%s", sub, name) : mem_strdup(ctx, name)};
            source.shown = mem_printf(ctx, "%s/%s", path, name);
            result |= file_read(ctx, source.shown, DEFN_FILE_MAX, diag, &text, &source.size);
            source.text = text;
            if (!result) add_source(ctx, sources, source);
        }
        free(entries[i]);
    }
    if (n >= 0) free(entries);
    return result;
}

int defn_load_folder(const void *ctx, const char *folder, Diag *diag, DefnSources *sources) {
    static const char *const subs[] = {"", "codes", "ledgers", "indicators", "reports"};
    int result = 0;
    for (size_t i = 0; i < sizeof subs / sizeof subs[0]; i++) result |= load_sub(ctx, folder, subs[i], diag, sources);
    return result;
}

static void load_shipped(const void *ctx, DefnSources *sources) {
    for (const EmbeddedFile *file = defn_shipped; file->path; file++)
        add_source(ctx, sources,
                   (DefnSource){.path = file->path,
                                .shown = mem_printf(ctx, "defs/%s", file->path),
                                .text = file->bytes,
                                .size = file->size});
}

int defn_load(const void *ctx, const char *site_folder, Diag *diag, DefnSources *ret_sources) {
    *ret_sources = (DefnSources){0};
    const char *folder = getenv("KEZHANG_DEFS");
    int result = 0;
    if (folder)
        result = defn_load_folder(ctx, folder, diag, ret_sources);
    else
        load_shipped(ctx, ret_sources);
    if (site_folder) result |= defn_load_folder(ctx, site_folder, diag, ret_sources);
    return result;
}

/* --- fingerprints: an indicator's by what it counts, the catalog's by every byte that was read --- */

static void add_text(Hash *hash, const char *text) { hash_add(hash, text ? text : "", text ? strlen(text) + 1 : 1); }

static const char *end_hex(const void *ctx, Hash *hash) {
    uint8_t digest[HASH_SIZE];
    char *hex = mem_array(ctx, char, HASH_HEX_SIZE);
    hash_end(hash, digest);
    hash_hex(digest, hex);
    return hex;
}

static void hash_indicator(const Catalog *catalog, Hash *hash, Indicator *indicator) {
    hash_start(hash);
    const char *const parts[] = {indicator->name.text,     indicator->unit,           indicator->kind_name.text,
                                 indicator->of_name.text,  indicator->measure_text.text, indicator->where_text.text,
                                 indicator->scale_text.text, indicator->caliber.zh};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) add_text(hash, parts[i]);
    indicator->hash = end_hex(catalog, hash);
}

static void hash_catalog(Catalog *catalog, const DefnSources *sources) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SM3);
    for (size_t i = 0; i < catalog->n_indicators; i++) hash_indicator(catalog, hash, &catalog->indicators[i]);
    hash_start(hash);
    for (size_t i = 0; i < sources->count; i++) {
        add_text(hash, sources->list[i].path);
        hash_add(hash, sources->list[i].text, sources->list[i].size);
    }
    catalog->hash = end_hex(catalog, hash);
}

int defn_read(const void *ctx, const DefnSources *sources, Diag *diag, const Catalog **ret_catalog) {
    size_t before = diag->errors;
    Catalog *catalog = defn_parse(ctx, sources, diag);
    defn_link(catalog, diag);
    if (diag->errors == before) {
        defn_build_scopes(catalog);
        defn_compile(catalog, diag);
    }
    if (diag->errors != before) {
        talloc_free(catalog);
        return 1;
    }
    hash_catalog(catalog, sources);
    *ret_catalog = catalog;
    return 0;
}
