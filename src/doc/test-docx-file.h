/* doc/test-docx-file.h: a docx that a test writes, opened again. */
#ifndef DOC_TEST_DOCX_FILE_H
#define DOC_TEST_DOCX_FILE_H

#include "base/file.h"
#include "doc/doc.h"
#include "doc/test-files.h"
#include "doc/test-package.h"
#include "doc/test-reading.h"

static inline char *write_test_docx(const void *ctx, const char *body, const TestPart *parts) {
    size_t size;
    char *bytes = test_docx(ctx, body, parts, &size);
    char *path = mem_printf(ctx, "%s/a.docx", folder_new(ctx));
    assert_int_equal(file_write(path, bytes, size, diag_new(ctx)), 0);
    return path;
}

static inline Reading *open_reading(const void *ctx, const char *path) {
    Reading *reading;
    Diag *diag = diag_new(ctx);
    if (reading_open(ctx, path, diag, &reading) != 0) fail_msg("%s", diag_line(ctx, &diag->list[0]));
    assert_sound(reading);
    return reading;
}

/* One that we write ourselves. */
static inline char *our_document(const void *ctx) {
    static const char SOURCE[] = "# 关于2020年上半年工作的报告\n\n> 县人民政府：\n\n## 主要工作\n\n上半年登记成果"
                                 "[170件](figure:a@2020H1)，**增长**“3.6%”以上。\n\n^ 2020年7月5日\n\n---\n\n"
                                 "| 指标 | 数值 |\n|---|---|\n| [登记](<> \"a@2020H1\") | 170 |\n";
    Doc *doc = doc_new(ctx);
    char *path = mem_printf(ctx, "%s/a.docx", folder_new(ctx));
    assert_int_equal(doc_from_markdown(doc, SOURCE, strlen(SOURCE), diag_new(ctx)), 0);
    doc_number_headings(doc);
    assert_int_equal(doc_to_docx(doc, &doc_fonts_standard, path, diag_new(ctx)), 0);
    return path;
}

/* Where a stretch of the text as given begins. */
static inline uint32_t place_of(const void *ctx, const Reading *reading, const char *stretch) {
    const char *at = strstr(reading->given, stretch);
    assert_non_null(at);
    return (uint32_t)text_count(mem_strndup(ctx, reading->given, (size_t)(at - reading->given)));
}

#endif
