/* figure/page.c: puts a page together: template, shared parts, style, script, and their policy. */
#include "figure/page.h"

#include <openssl/evp.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "tmpl/tmpl.h"

#define BASE64_SIZE 45 /* of a hash, with the NUL */

extern const EmbeddedFile figure_page_files[];

/* 'sha256-…' of what stands between the tags. */
static const char *csp_hash(const void *ctx, const char *text) {
    uint8_t digest[HASH_SIZE];
    unsigned char base64[BASE64_SIZE];
    Hash *hash = hash_new(ctx, HASH_SHA256);
    hash_start(hash);
    hash_add(hash, text, strlen(text));
    hash_end(hash, digest);
    EVP_EncodeBlock(base64, digest, HASH_SIZE);
    return mem_printf(ctx, "'sha256-%s'", (const char *)base64);
}

/* What the pages share, then what is the page's own. */
static void set_code(const void *ctx, json_t *model, const char *name, const char *shared, const char *own) {
    const char *code = mem_printf(ctx, "%s\n%s", shared, own);
    page_set_text(model, name, code);
    page_set_text(model, mem_printf(ctx, "%s_hash", name), csp_hash(ctx, code));
}

/* --- parts of templates: the shared ones, and the page's own --- */

#define SUFFIX ".mustache"

typedef struct Parts {
    const char **names;
    Tmpl **list;
    size_t count;
} Parts;

static const Tmpl *find_part(const void *data, const char *name) {
    const Parts *parts = data;
    for (size_t i = 0; i < parts->count; i++)
        if (!strcmp(parts->names[i], name)) return parts->list[i];
    return NULL;
}

static int add_parts(const void *ctx, const EmbeddedFile *files, Diag *diag, Parts *parts) {
    for (; files->path; files++) {
        const char *end = strstr(files->path, SUFFIX);
        if (!end) continue;
        Tmpl *tmpl;
        size_t n = parts->count;
        if (tmpl_compile(ctx, files->path, files->bytes, files->size, diag, &tmpl)) return 1;
        *mem_push(ctx, parts->names, n) = mem_strndup(ctx, files->path, (size_t)(end - files->path));
        *mem_push(ctx, parts->list, parts->count) = tmpl;
    }
    return 0;
}

int page_render(const void *ctx, const EmbeddedFile *files, json_t *model, Diag *diag, Buf *out) {
    Parts parts = {0};
    if (add_parts(ctx, figure_page_files, diag, &parts) || add_parts(ctx, files, diag, &parts)) return 1;
    const char *frame = embed_find(figure_page_files, "frame.css")->bytes;
    set_code(ctx, model, "css", mem_printf(ctx, "%s\n%s", frame, embed_find(figure_page_files, "sheet.css")->bytes),
             embed_find(files, "page.css")->bytes);
    set_code(ctx, model, "js", embed_find(figure_page_files, "panel.js")->bytes, embed_find(files, "page.js")->bytes);
    const TmplPartials partials = {find_part, &parts};
    return tmpl_render(find_part(&parts, "page"), tmpl_json(ctx, model), tmpl_escape_html, &partials, diag, out);
}
