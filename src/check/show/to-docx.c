/* check/show/to-docx.c: what was found as comments in a copy of the document. */
#include "base/file.h"
#include "base/mem.h"
#include "check/show/show.h"

/* What is wrong, then what it was held against. */
static const char *comment_words(const void *ctx, const Checked *checked, const Found *found) {
    const char *words = show_found_words(ctx, checked, found);
    const Claim *claim = found->claim == NO_CLAIM ? NULL : &checked->claims[found->claim];
    if (!claim || !claim->indicator || found->kind != FOUND_DIFFERS) return words;
    const char *title = label_text(claim->indicator->title), *ledger = show_ledger(ctx, claim);
    if (claim->period.start != DATE_NONE)
        title = mem_printf(ctx, "%s %s", title, period_words(ctx, claim->period, lang_current()));
    return mem_printf(ctx, "%s\n%s%s%s", words, title, ledger ? label_text((Label){"：", ": "}) : "",
                      ledger ? ledger : "");
}

int check_to_docx(const Checked *checked, const char *document, const char *path, Diag *diag) {
    if (checked->reading->form != READING_DOCX) {
        diag_error(diag, PLACE_FILE(document), "not-a-docx", "only a docx takes comments; use --html for other texts");
        return 1;
    }
    MEM_SCRATCH scratch = talloc_new(NULL);
    Found *found;
    size_t n_found = show_found(scratch, checked, &found), n = 0;
    DocxComment *comments = mem_array(scratch, DocxComment, n_found);
    for (size_t i = 0; i < n_found; i++)
        if (found[i].kind != FOUND_CANNOT)
            comments[n++] = (DocxComment){found[i].start, found[i].end, comment_words(scratch, checked, &found[i])};
    return docx_comment(document, path, label_text((Label){"科账", "Kezhang"}), comments, n, diag);
}
