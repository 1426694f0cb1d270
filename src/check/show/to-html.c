/* check/show/to-html.c: the checked text as one page that needs nothing beside itself: every figure in it opens,
 * offline.
 *
 * Without the script the figures lead to the same facts below the text. */
#include "base/embed.h"
#include "base/file.h"
#include "base/mem.h"
#include "check/show/page.h"
#include "figure/page.h"

extern const EmbeddedFile check_page_files[];

int check_page(const void *ctx, const Checked *checked, Store *store, const char *document, Diag *diag,
               json_t **ret_model) {
    if (checked->n_claims > PAGE_CLAIMS_MAX) {
        diag_error(diag, PLACE_FILE(document), "too-many-figures",
                   "the text holds %zu figures, more than a page takes; check it in parts, or use --json",
                   checked->n_claims);
        return 1;
    }
    int fault = check_page_model(ctx, checked, store, document, ret_model);
    if (fault) return fault;
    Buf body = BUF_INIT(ctx);
    check_page_body(ctx, checked, &body);
    page_set_text(*ret_model, "body", buf_text(&body));
    return 0;
}

int check_to_html(const Checked *checked, Store *store, const char *document, const char *path, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    json_t *model;
    int result = check_page(scratch, checked, store, document, diag, &model);
    if (result) return result;
    Buf page = BUF_INIT(scratch);
    if (page_render(scratch, check_page_files, model, diag, &page)) return 1;
    return file_write(path, page.data, page.size, diag);
}
