/* web/templates.c: see templates.h. */
#include "web/templates.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

#define UI_FILE_MAX    ((size_t)4 << 20)
#define VERSION_DIGITS 12
#define SUFFIX         ".mustache"

extern const EmbeddedFile web_ui[];      /* ui/ */
extern const EmbeddedFile web_library[]; /* from npm */
/* Of the pages in which numbers open: the same parts stand in ours. */
extern const EmbeddedFile figure_page_files[], check_page_files[], summary_page_files[];

static const struct {
    const char *name;
    const EmbeddedFile *files;
    const char *path;
} shared_assets[] = {
    {"sheet.css", figure_page_files, "sheet.css"},        {"panel.js", figure_page_files, "panel.js"},
    {"summary-text.css", summary_page_files, "page.css"}, {"check-text.css", check_page_files, "page.css"},
    {"check-text.js", check_page_files, "page.js"},
};
#define SHARED_ASSETS (sizeof shared_assets / sizeof shared_assets[0])

typedef struct Named {
    const char *name; /* without its suffix */
    Tmpl *tmpl[2];    /* by Lang */
} Named;

/* What browsers load, compressed once. */
typedef struct Asset {
    const char *name;
    HttpStatic *body;
} Asset;

struct Templates {
    Named *list;
    size_t count;
    Asset *assets;
    size_t n_assets;
    const char *version;
};

/* --- files --- */

static const char *live_folder(void) { return getenv("KEZHANG_UI"); }

bool templates_are_live(void) { return live_folder() != NULL; }

/* A file of ui/ as it stands there now; NULL when it cannot be read. */
static const EmbeddedFile *read_live(const void *ctx, const char *path) {
    EmbeddedFile *file = mem_new(ctx, EmbeddedFile);
    char *bytes;
    file->path = path;
    if (file_read(ctx, mem_printf(ctx, "%s/%s", live_folder(), path), UI_FILE_MAX, diag_new(ctx), &bytes, &file->size))
        return NULL;
    file->bytes = bytes;
    return file;
}

static const struct {
    const char *extension, *type;
} types[] = {{"css", "text/css;charset=utf-8"}, {"js", "text/javascript;charset=utf-8"}, {"svg", "image/svg+xml"}};

/* NULL: nothing that browsers ask for. */
static const char *type_of(const char *path) {
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (!strcmp(file_extension(path), types[i].extension)) return types[i].type;
    return NULL;
}

/* All files of ui/ of an extension as one, in the order of their names: base.css before list.css. */
static const EmbeddedFile *join(const void *ctx, const char *extension) {
    Buf out = BUF_INIT(ctx);
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (const EmbeddedFile *file = web_ui; file->path; file++) {
        if (strcmp(file_extension(file->path), extension) != 0) continue;
        const EmbeddedFile *now = live_folder() ? read_live(scratch, file->path) : file;
        if (now) buf_add_bytes(&out, now->bytes, now->size);
    }
    EmbeddedFile *joined = mem_new(ctx, EmbeddedFile);
    *joined = (EmbeddedFile){mem_printf(ctx, "app.%s", extension), buf_text(&out), out.size};
    return joined;
}

static const char *const joined[] = {"css", "js"};
#define JOINED (sizeof joined / sizeof joined[0])

/* With KEZHANG_UI the joined files are joined anew. */
static const HttpStatic *live_asset(const void *ctx, const char *path) {
    for (size_t i = 0; i < JOINED; i++) {
        const EmbeddedFile *file = join(ctx, joined[i]);
        if (!strcmp(file->path, path)) return http_static_new(ctx, type_of(path), file->bytes, file->size);
    }
    return NULL;
}

const HttpStatic *templates_asset(const Templates *templates, const void *ctx, const char *path) {
    const HttpStatic *live = live_folder() ? live_asset(ctx, path) : NULL;
    for (size_t i = 0; !live && i < templates->n_assets; i++)
        if (!strcmp(templates->assets[i].name, path)) return templates->assets[i].body;
    return live;
}

/* --- words --- */

/* The source with [[English]] in the language, escaped as text of HTML. */
static const char *translate(const void *ctx, const char *source, Lang lang) {
    Buf out = BUF_INIT(ctx);
    const char *open;
    while ((open = strstr(source, "[["))) {
        const char *close = strstr(open, "]]");
        if (!close) break;
        buf_add_bytes(&out, source, (size_t)(open - source));
        const char *words = lang_tr(lang, mem_strndup(ctx, open + 2, (size_t)(close - open - 2)));
        tmpl_escape_html(&out, words, strlen(words));
        source = close + 2;
    }
    buf_add(&out, source);
    return buf_text(&out);
}

/* --- compiling --- */

static int compile(const void *ctx, const EmbeddedFile *file, Diag *diag, Named *named) {
    static const Lang langs[] = {LANG_ZH, LANG_EN};
    MEM_SCRATCH scratch = talloc_new(NULL);
    named->name = mem_strndup(ctx, file->path, strlen(file->path) - strlen(SUFFIX));
    for (size_t i = 0; i < sizeof langs / sizeof langs[0]; i++) {
        const char *source = translate(scratch, file->bytes, langs[i]);
        if (tmpl_compile(ctx, file->path, source, strlen(source), diag, &named->tmpl[langs[i]])) return 1;
    }
    return 0;
}

static bool is_template(const char *path) {
    size_t size = strlen(path);
    return size > strlen(SUFFIX) && !strcmp(path + size - strlen(SUFFIX), SUFFIX);
}

static const char *version_of(const void *ctx) {
    char hex[HASH_HEX_SIZE];
    MEM_SCRATCH scratch = talloc_new(NULL);
    Hash *hash = hash_new(scratch, HASH_SHA256);
    hash_start(hash);
    for (const EmbeddedFile *file = web_ui; file->path; file++) hash_add(hash, file->bytes, file->size);
    for (const EmbeddedFile *file = web_library; file->path; file++) hash_add(hash, file->path, strlen(file->path));
    for (size_t i = 0; i < SHARED_ASSETS; i++) {
        const EmbeddedFile *file = embed_find(shared_assets[i].files, shared_assets[i].path);
        hash_add(hash, file->bytes, file->size);
    }
    hash_end_hex(hash, hex);
    return mem_strndup(ctx, hex, VERSION_DIGITS);
}

/* Parts of the pages in which numbers open; the pages themselves are not ours. */
static int compile_parts(Templates *templates, const EmbeddedFile *files, Diag *diag) {
    int result = 0;
    for (; files->path; files++)
        if (is_template(files->path) && strcmp(files->path, "page" SUFFIX) != 0)
            result |= compile(templates, files, diag, mem_push(templates, templates->list, templates->count));
    return result;
}

static int compile_all(Templates *templates, Diag *diag) {
    int result = 0;
    for (const EmbeddedFile *embedded = web_ui; embedded->path; embedded++) {
        if (!is_template(embedded->path)) continue;
        const EmbeddedFile *file = live_folder() ? read_live(templates, embedded->path) : embedded;
        Named *named = mem_push(templates, templates->list, templates->count);
        if (!file || compile(templates, file, diag, named)) result = 1;
    }
    if (compile_parts(templates, figure_page_files, diag) || compile_parts(templates, check_page_files, diag))
        result = 1;
    return result;
}

static void keep_asset(Templates *templates, const char *name, const EmbeddedFile *file) {
    *mem_push(templates, templates->assets, templates->n_assets) =
        (Asset){name, http_static_new(templates, type_of(name), file->bytes, file->size)};
}

static void keep_assets(Templates *templates, const EmbeddedFile *files, const char *extension) {
    for (; files->path; files++)
        if (!strcmp(file_extension(files->path), extension)) keep_asset(templates, file_base_name(files->path), files);
}

int templates_open(const void *ctx, Diag *diag, Templates **ret_templates) {
    Templates *templates = mem_new(ctx, Templates);
    templates->version = version_of(templates);
    for (size_t i = 0; i < JOINED; i++) {
        const EmbeddedFile *all = join(templates, joined[i]);
        keep_asset(templates, all->path, all);
    }
    for (size_t i = 0; i < SHARED_ASSETS; i++)
        keep_asset(templates, shared_assets[i].name, embed_find(shared_assets[i].files, shared_assets[i].path));
    keep_assets(templates, web_ui, "svg");
    keep_assets(templates, web_library, "js");
    *ret_templates = templates;
    return compile_all(templates, diag);
}

/* --- rendering --- */

static const Tmpl *find(const void *data, const char *name) {
    const Templates *templates = data;
    for (size_t i = 0; i < templates->count; i++)
        if (!strcmp(templates->list[i].name, name)) return templates->list[i].tmpl[lang_current()];
    return NULL;
}

static int render(const Templates *templates, const char *name, const json_t *model, Diag *diag, Buf *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Tmpl *tmpl = find(templates, name);
    if (!tmpl) {
        diag_error(diag, PLACE_FILE(name), "no-template", "there is no such template; add it to ui/");
        return 1;
    }
    const TmplPartials partials = {find, templates};
    return tmpl_render(tmpl, tmpl_json(scratch, model), tmpl_escape_html, &partials, diag, out);
}

int templates_render(const Templates *templates, const char *name, const json_t *model, Diag *diag, Buf *out) {
    if (!live_folder()) return render(templates, name, model, diag, out);
    MEM_SCRATCH scratch = talloc_new(NULL);
    Templates *live = mem_new(scratch, Templates);
    return compile_all(live, diag) || render(live, name, model, diag, out);
}

const char *templates_version(const Templates *templates) { return templates->version; }
