/* test/fuzz/fuzz-http.c: any bytes as what a sender writes. The first byte says what: a request target, a form,
 * cookies, a multipart body with the boundary "b", or the value of a header.
 *
 * Whatever is refused must say why; whatever is taken must be text, and a path must be safe. A multipart body fed in
 * pieces must give what it gives at once. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static void look_at_fields(int result, const HttpFields *fields, const Diag *diag) {
    require(result == 0 || diag->count > 0);
    for (size_t i = 0; i < fields->count; i++) {
        require(text_is_valid(fields->list[i].name, strlen(fields->list[i].name)));
        require(text_is_valid(fields->list[i].value, strlen(fields->list[i].value)));
    }
}

static void try_target(const void *ctx, const char *text, Diag *diag) {
    HttpTarget target;
    HttpFields query = {0};
    int result = http_parse_target(ctx, text, diag, &target, &query);
    look_at_fields(result, &query, diag);
    if (result != 0) return;
    require(*target.path == '/' && !strstr(target.path, "//") && !strstr(target.path, "/../"));
    for (size_t i = 0; i < target.count; i++)
        require(strcmp(target.segments[i], "..") != 0 && strcmp(target.segments[i], ".") != 0 &&
                !strchr(target.segments[i], '/'));
}

/* --- multipart --- */

static int on_part(void *data, const MultipartHead *head) {
    require(text_is_valid(head->name, strlen(head->name)));
    require(!head->filename || !strpbrk(head->filename, "/\\\r\n"));
    buf_printf(data, "[%s|%s|%s]", head->name, head->filename ? head->filename : "", head->type);
    return 0;
}

static int on_bytes(void *data, const char *bytes, size_t size) {
    buf_add_bytes(data, bytes, size);
    return 0;
}

static int on_end(void *data) {
    buf_add(data, "[end]");
    return 0;
}

static int read_parts(const void *ctx, const char *bytes, size_t size, size_t piece, Buf *out) {
    static const MultipartEvents EVENTS = {on_part, on_bytes, on_end};
    Diag *diag = diag_new(ctx);
    Multipart *parser;
    require(multipart_new(ctx, "multipart/form-data; boundary=b", &EVENTS, out, diag, &parser) == 0);
    int result = 0;
    for (size_t at = 0; result == 0 && at < size; at += piece)
        result = multipart_add(parser, bytes + at, size - at < piece ? size - at : piece, diag);
    if (result == 0) result = multipart_end(parser, diag);
    require(result == 0 || diag->count > 0);
    return result;
}

static void try_multipart(const void *ctx, const char *bytes, size_t size) {
    Buf whole = BUF_INIT(ctx), pieces = BUF_INIT(ctx);
    int at_once = read_parts(ctx, bytes, size, size + 1, &whole);
    require(at_once == read_parts(ctx, bytes, size, 7, &pieces));
    require(at_once != 0 ||
            (whole.size == pieces.size && memcmp(buf_text(&whole), buf_text(&pieces), whole.size) == 0));
}

static void try_parameter(const void *ctx, const char *text) {
    const char *value = http_header_parameter(ctx, text, "name");
    require(!value || strlen(value) <= strlen(text));
}

/* What is escaped and undone again is what it was. */
static void try_encode(const void *ctx, const char *text, Diag *diag) {
    const char *again;
    if (!text_is_valid(text, strlen(text))) return;
    const char *encoded = http_encode(ctx, text, "/:=");
    require(http_decode(ctx, encoded, strlen(encoded), false, "text", diag, &again) == 0 && strcmp(text, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size == 0) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = diag_new(scratch);
    HttpFields fields = {0};
    const char *text = mem_strndup(scratch, (const char *)bytes + 1, size - 1);
    switch (*bytes) {
    case 't':
        try_target(scratch, text, diag);
        break;
    case 'f':
        look_at_fields(http_parse_form(scratch, (const char *)bytes + 1, size - 1, "form", diag, &fields), &fields,
                       diag);
        break;
    case 'c':
        look_at_fields(http_parse_cookies(scratch, text, diag, &fields), &fields, diag);
        break;
    case 'm':
        try_multipart(scratch, (const char *)bytes + 1, size - 1);
        break;
    case 'p':
        try_parameter(scratch, text);
        break;
    default:
        try_encode(scratch, text, diag);
        break;
    }
    return 0;
}
