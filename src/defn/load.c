/* defn/load.c: where definition files come from, and the way from files to a catalog. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "defn/parts.h"
#include "defn/tree.h"

extern const EmbeddedFile defn_shipped[]; /* defs/, embedded at build */
extern const Tree defn_trees[];           /* of each; without nodes when it could not be read */
extern const char defn_shipped_hash[];    /* of all */

static void add_source(const void *ctx, DefnSources *sources, DefnSource source) {
    *mem_push(ctx, sources->list, sources->count) = source;
    sources->hash = NULL;
}

static int is_visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static bool is_definition(const char *name) {
    static const char *const extensions[] = {"yaml", "yml", "md"}; /* yml so that it is not passed over in silence */
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++)
        if (!strcmp(file_extension(name), extensions[i])) return true;
    return false;
}

/* As Windows saves texts: without its mark at the beginning and with lines that end like everybody's. */
static size_t unify_lines(char *text, size_t size) {
    static const char mark[] = "\xEF\xBB\xBF";
    size_t from = size >= strlen(mark) && !memcmp(text, mark, strlen(mark)) ? strlen(mark) : 0, to = 0;
    for (; from < size; from++)
        if (text[from] != '\r' || from + 1 == size || text[from + 1] != '\n') text[to++] = text[from];
    text[to] = '\0';
    return to;
}

static int load_file(const void *ctx, const char *folder, const char *path, Diag *diag, DefnSources *sources) {
    DefnSource source = {.path = path, .shown = mem_printf(ctx, "%s/%s", folder, path)};
    char *text;
    if (file_read(ctx, source.shown, DEFN_FILE_MAX, diag, &text, &source.size)) return 1;
    source.size = unify_lines(text, source.size);
    source.text = text;
    add_source(ctx, sources, source);
    return 0;
}

/* Loads the definition files of folder/sub ("" for the folder itself) and, of the folder itself, of its folders. */
static int load_sub(const void *ctx, const char *folder, const char *sub, Diag *diag, DefnSources *sources) {
    struct dirent **entries;
    int n = scandir(mem_printf(ctx, "%s/%s", folder, sub), &entries, is_visible, alphasort);
    int result = 0;
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        if (is_definition(name))
            result |= load_file(ctx, folder, mem_printf(ctx, "%s%s", sub, name), diag, sources);
        else if (!sub[0])
            result |= load_sub(ctx, folder, mem_printf(ctx, "%s/", name), diag, sources);
        free(entries[i]);
    }
    if (n >= 0) free(entries);
    return result;
}

static int load_folder(const void *ctx, const char *folder, Diag *diag, DefnSources *sources) {
    return load_sub(ctx, folder, "", diag, sources);
}

static void load_shipped(const void *ctx, DefnSources *sources) {
    const Tree *tree = defn_trees;
    for (const EmbeddedFile *file = defn_shipped; file->path; file++, tree++)
        add_source(ctx, sources,
                   (DefnSource){.path = file->path,
                                .shown = mem_printf(ctx, "defs/%s", file->path),
                                .text = file->bytes,
                                .size = file->size,
                                .tree = tree->nodes ? tree : NULL});
    sources->hash = defn_shipped_hash;
}

/* The definitions of another folder instead of the shipped ones. */
static int load_instead(const void *ctx, const char *folder, Diag *diag, DefnSources *sources) {
    int result = load_folder(ctx, folder, diag, sources);
    if (result || sources->count) return result;
    diag_error(diag, PLACE_FILE(folder), "no-definitions",
               "there are no definitions in this folder; correct KEZHANG_DEFS");
    return 1;
}

int defn_load(const void *ctx, const char *site_folder, Diag *diag, DefnSources *ret_sources) {
    *ret_sources = (DefnSources){0};
    const char *folder = getenv("KEZHANG_DEFS");
    int result = 0;
    if (folder)
        result = load_instead(ctx, folder, diag, ret_sources);
    else
        load_shipped(ctx, ret_sources);
    if (site_folder) result |= load_folder(ctx, site_folder, diag, ret_sources);
    return result;
}

/* --- fingerprints: an indicator's by what it counts, the catalog's by every byte that was read --- */

static void add_text(Hash *hash, const char *text) { hash_add(hash, text ? text : "", text ? strlen(text) + 1 : 1); }

static void hash_indicator(const Catalog *catalog, Hash *hash, Indicator *indicator) {
    char *hex = mem_array(catalog, char, HASH_HEX_SIZE);
    hash_start(hash);
    const char *const parts[] = {indicator->name.text,         indicator->unit,
                                 indicator->kind_name.text,    indicator->of_name.text,
                                 indicator->measure_text.text, indicator->where_text.text,
                                 indicator->scale_text.text,   indicator->caliber.zh};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) add_text(hash, parts[i]);
    hash_end_hex(hash, hex);
    indicator->hash = hex;
}

static void hash_catalog(Catalog *catalog, const DefnSources *sources) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SM3);
    for (size_t i = 0; i < catalog->n_indicators; i++) hash_indicator(catalog, hash, &catalog->indicators[i]);
    catalog->hash = sources->hash ? sources->hash : defn_hash_sources(catalog, sources);
}

/* --- the stages --- */

static int compare_findings(const void *a, const void *b) {
    const Finding *one = a, *other = b;
    int order = strcmp(one->at.file ? one->at.file : "", other->at.file ? other->at.file : "");
    if (!order) order = (one->at.line > other->at.line) - (one->at.line < other->at.line);
    if (!order) order = (one->at.column > other->at.column) - (one->at.column < other->at.column);
    return order ? order : strcmp(one->say.en, other->say.en);
}

/* The stages find things in their own order; people correct one file after the other. */
static void pass_on(Diag *found, Diag *diag) {
    if (found->count) qsort(found->list, found->count, sizeof *found->list, compare_findings);
    for (size_t i = 0; i < found->count; i++) {
        const Finding *finding = &found->list[i];
        diag_add(diag, finding->level, finding->at, finding->code, finding->value, finding->say);
    }
}

/* All stages, as far as they lead. False when definitions could not be read. */
static bool read_all(const void *ctx, const DefnSources *sources, Diag *diag, Catalog **ret_catalog) {
    bool whole;
    Catalog *catalog = *ret_catalog = defn_parse(ctx, sources, diag, &whole);
    if (!whole) return false;
    defn_link(catalog, sources, diag);
    defn_build_scopes(catalog);
    defn_compile(catalog, sources, diag);
    hash_catalog(catalog, sources);
    return true;
}

int defn_read(const void *ctx, const DefnSources *sources, Diag *diag, const Catalog **ret_catalog) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *found = diag_new(scratch);
    Catalog *catalog;
    (void)read_all(ctx, sources, found, &catalog);
    pass_on(found, diag);
    if (found->errors) {
        talloc_free(catalog);
        return 1;
    }
    *ret_catalog = catalog;
    return 0;
}

int defn_read_kept(const void *ctx, const DefnSources *sources, Diag *diag, const Catalog **ret_catalog) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *found = diag_new(scratch);
    Catalog *catalog;
    if (read_all(ctx, sources, found, &catalog)) {
        *ret_catalog = catalog;
        return 0;
    }
    pass_on(found, diag);
    talloc_free(catalog);
    return 1;
}
