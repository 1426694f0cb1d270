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

/* --- shared parts of templates --- */

static const char *const part_names[] = {"head", "facts", "rows", "panel"};
#define N_PARTS (sizeof part_names / sizeof *part_names)

static const Tmpl *find_part(const void *data, const char *name) {
    Tmpl *const *parts = data;
    for (size_t i = 0; i < N_PARTS; i++)
        if (!strcmp(part_names[i], name)) return parts[i];
    return NULL;
}

static int compile(const void *ctx, const EmbeddedFile *files, const char *path, Diag *diag, Tmpl **ret_tmpl) {
    const EmbeddedFile *file = embed_find(files, path);
    return tmpl_compile(ctx, path, file->bytes, file->size, diag, ret_tmpl);
}

int page_render(const void *ctx, const EmbeddedFile *files, json_t *model, Diag *diag, Buf *out) {
    Tmpl *page, *parts[N_PARTS];
    for (size_t i = 0; i < N_PARTS; i++)
        if (compile(ctx, figure_page_files, mem_printf(ctx, "%s.mustache", part_names[i]), diag, &parts[i])) return 1;
    if (compile(ctx, files, "page.mustache", diag, &page)) return 1;
    set_code(ctx, model, "css", embed_find(figure_page_files, "sheet.css")->bytes,
             embed_find(files, "page.css")->bytes);
    set_code(ctx, model, "js", embed_find(figure_page_files, "panel.js")->bytes, embed_find(files, "page.js")->bytes);
    const TmplPartials partials = {find_part, parts};
    return tmpl_render(page, tmpl_json(ctx, model), tmpl_escape_html, &partials, diag, out);
}
