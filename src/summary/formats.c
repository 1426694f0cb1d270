/* summary/formats.c: the forms a text is given out in. */
#include <string.h>

#include "base/file.h"
#include "summary/forms.h"

static int write_docx(Store *store, const Summary *summary, const char *path, Diag *diag) {
    (void)store;
    return doc_to_docx(summary->doc, &doc_fonts_standard, path, diag);
}

static int write_pdf(Store *store, const Summary *summary, const char *path, Diag *diag) {
    (void)store;
    return doc_to_pdf(summary->doc, &doc_fonts_standard, path, diag);
}

static int write_markdown(Store *store, const Summary *summary, const char *path, Diag *diag) {
    (void)store;
    return file_write(path, summary->markdown, strlen(summary->markdown), diag);
}

const SummaryFormat summary_formats[] = {
    {"docx", false, write_docx},   {"pdf", false, write_pdf},        {"html", true, forms_write_html},
    {"md", false, write_markdown}, {"json", true, forms_write_json}, {0},
};
