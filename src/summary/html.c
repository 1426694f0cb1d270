/* summary/html.c: a text as one page that needs nothing beside itself: every number in it opens, offline.
 *
 * Without the script the numbers lead to the same facts below the text. */
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "figure/page.h"
#include "summary/annex.h"
#include "summary/forms.h"
#include "summary/page-model.h"

extern const EmbeddedFile summary_page_files[];

/* The text without the annex, whose place the page's own list of sources takes. */
static const char *body_html(const void *ctx, const Doc *doc) {
    Doc body = *doc;
    for (body.n_blocks = 0; body.n_blocks < doc->n_blocks; body.n_blocks++)
        if (doc->blocks[body.n_blocks].kind == BLOCK_ANNEX) break;
    Buf out = BUF_INIT(ctx);
    doc_to_html(&body, &out);
    return buf_text(&out);
}

void summary_to_html(const Doc *doc, DocHref href, void *data, Buf *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Doc body = *doc;
    body.blocks = mem_array(scratch, Block, doc->n_blocks + 1);
    body.n_blocks = 0;
    for (size_t i = 0; i < doc->n_blocks && doc->blocks[i].kind != BLOCK_ANNEX; i++)
        if (!annex_is_note(&doc->blocks[i])) body.blocks[body.n_blocks++] = doc->blocks[i];
    doc_to_html_leading(&body, href, data, out);
}

static int write_page(const void *ctx, Store *store, const Summary *summary, const char *path, Diag *diag) {
    json_t *model;
    int fault = page_model(ctx, store, summary, &model);
    if (fault) {
        (void)store_fault(store, fault, diag);
        return 1;
    }
    page_set_text(model, "body", body_html(ctx, summary->doc));
    Buf out = BUF_INIT(ctx);
    int result = page_render(ctx, summary_page_files, model, diag, &out);
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
