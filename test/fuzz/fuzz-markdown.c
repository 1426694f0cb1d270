/* test/fuzz/fuzz-markdown.c: any bytes as Markdown. What was read is written as HTML and has its headings numbered. */
#include <stdint.h>

#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    TALLOC_CTX *ctx = talloc_new(NULL);
    Doc *doc = doc_new(ctx);
    Buf html = BUF_INIT(ctx);
    (void)doc_from_markdown(doc, (const char *)data, size, diag_new(ctx));
    doc_number_headings(doc);
    doc_to_html(doc, &html);
    talloc_free(ctx);
    return 0;
}
