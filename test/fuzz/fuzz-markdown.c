/* test/fuzz/fuzz-markdown.c: any bytes as Markdown. What was read is written as HTML and as Markdown, and the
 * Markdown must read back to the same Markdown. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    TALLOC_CTX *ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx), *again = doc_new(ctx);
    Buf html = BUF_INIT(ctx), first = BUF_INIT(ctx), second = BUF_INIT(ctx);
    (void)doc_from_markdown(doc, (const char *)data, size, diag_new(ctx));
    doc_to_html(doc, &html);
    doc_to_markdown(doc, &first);
    if (doc_from_markdown(again, buf_text(&first), first.size, diag_new(ctx)) != 0) abort();
    doc_to_markdown(again, &second);
    if (strcmp(buf_text(&first), buf_text(&second)) != 0) abort();
    doc_number_headings(again);
    talloc_free(ctx);
    return 0;
}
