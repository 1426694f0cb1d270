/* summary/html.c: a text as one page that needs nothing beside itself: every number in it opens, offline.
 *
 * The text, its style and its script stand in the file; a content security policy admits these two by their hash and
 * nothing else. Without the script the numbers lead to the same facts below the text. */
#include <openssl/evp.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/mem.h"
#include "summary/forms.h"
#include "summary/page-model.h"
#include "tmpl/tmpl.h"

#define BASE64_SIZE 45 /* of a hash, with the NUL */

extern const EmbeddedFile summary_page_files[];

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

/* The text without the annex, whose place the page's own list of sources takes. */
static const char *body_html(const void *ctx, const Doc *doc) {
    Doc body = *doc;
    for (body.n_blocks = 0; body.n_blocks < doc->n_blocks; body.n_blocks++)
        if (doc->blocks[body.n_blocks].kind == BLOCK_ANNEX) break;
    Buf out = BUF_INIT(ctx);
    doc_to_html(&body, &out);
    return buf_text(&out);
}

static void set_text(json_t *model, const char *name, const char *text) {
    json_object_set_new(model, name, json_text_or_null(text));
}

static const char *page_file(const char *name) { return embed_find(summary_page_files, name)->bytes; }

static int render(const void *ctx, json_t *model, Diag *diag, Buf *out) {
    const EmbeddedFile *page = embed_find(summary_page_files, "page.mustache");
    Tmpl *tmpl;
    if (tmpl_compile(ctx, page->path, page->bytes, page->size, diag, &tmpl)) return 1;
    return tmpl_render(tmpl, tmpl_json(ctx, model), tmpl_escape_html, NULL, diag, out);
}

static int write_page(const void *ctx, Store *store, const Summary *summary, const char *path, Diag *diag) {
    json_t *model;
    int fault = page_model(ctx, store, summary, &model);
    if (fault) {
        (void)store_fault(store, fault, diag);
        return 1;
    }
    set_text(model, "body", body_html(ctx, summary->doc));
    set_text(model, "css", page_file("page.css"));
    set_text(model, "js", page_file("page.js"));
    set_text(model, "css_hash", csp_hash(ctx, page_file("page.css")));
    set_text(model, "js_hash", csp_hash(ctx, page_file("page.js")));
    Buf out = BUF_INIT(ctx);
    int result = render(ctx, model, diag, &out);
    return result ? result : file_write(path, out.data, out.size, diag);
}

int forms_write_html(Store *store, const Summary *summary, const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Lang before = lang_current();
    lang_use(strcmp(summary->doc->lang, "en") ? LANG_ZH : LANG_EN);
    int result = write_page(scratch, store, summary, path, diag);
    lang_use(before);
    return result;
}
