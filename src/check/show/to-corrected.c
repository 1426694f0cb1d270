/* check/show/to-corrected.c: the document with what the ledger says where somebody took its word: plain text anew, a
 * docx with each as a tracked change in the name of whoever took it. */
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "check/show/show.h"

/* In the order of the text, none within another. */
static size_t list_corrections(const void *ctx, const Checked *checked, CheckTakes takes, void *data,
                               DocxCorrection **ret_list) {
    Found *found;
    size_t n = 0, n_found = show_found(ctx, checked, &found);
    uint32_t place = 0;
    *ret_list = NULL;
    for (size_t i = 0; i < n_found; i++) {
        CheckTaken taken = {NULL, NULL};
        const char *ledger = found[i].kind == FOUND_DIFFERS ? show_ledger(ctx, &checked->claims[found[i].claim]) : NULL;
        if (!ledger || found[i].start < place || !takes(show_found_at(ctx, &found[i]), data, &taken)) continue;
        place = found[i].end;
        *mem_push(ctx, *ret_list, n) = (DocxCorrection){found[i].start, place, ledger, taken.by, taken.at};
    }
    return n;
}

/* The bytes of so many code points. */
static const char *pass(const char *from, uint32_t runes) {
    const char *end = from + strlen(from);
    while (runes-- && from < end) (void)text_next(&from, end);
    return from;
}

static void correct_text(const char *given, const DocxCorrection *list, size_t n, Buf *out) {
    uint32_t place = 0;
    for (size_t i = 0; i < n; i++) {
        const char *start = pass(given, list[i].start - place);
        buf_add_bytes(out, given, (size_t)(start - given));
        buf_add(out, list[i].text);
        given = pass(start, list[i].end - list[i].start);
        place = list[i].end;
    }
    buf_add(out, given);
}

int check_to_corrected(const Checked *checked, const char *document, CheckTakes takes, void *data, const char *path,
                       Diag *diag, size_t *ret_done) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    DocxCorrection *list;
    size_t n = list_corrections(scratch, checked, takes, data, &list);
    if (checked->reading->form == READING_DOCX) return docx_correct(document, path, list, n, diag, ret_done);
    Buf out = BUF_INIT(scratch);
    correct_text(checked->reading->given, list, n, &out);
    *ret_done = n;
    return file_write(path, out.data, out.size, diag);
}
