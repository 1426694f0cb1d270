/* http/target.c: the path and query of a request line. A path names one thing in one way: what could mean another
 * (dots, empty segments, escaped slashes, control characters) is refused, not repaired. */
#include <string.h>

#include "http/parse.h"

static int bad_path(Diag *diag) {
    diag_error(diag, (Place){.field = "path"}, "http-path",
               "the path has empty segments, dots or control characters; follow a link of a page instead");
    return 1;
}

static bool is_safe(const char *segment) {
    if (strcmp(segment, ".") == 0 || strcmp(segment, "..") == 0) return false;
    for (const char *at = segment; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F || *at == '/' || *at == '\\') return false;
    return true;
}

static int parse_path(const void *ctx, const char *text, size_t size, Diag *diag, HttpTarget *target) {
    const char *end = text + size;
    Buf path = BUF_INIT(ctx);
    if (size == 0 || *text != '/') return bad_path(diag);
    if (size == 1) buf_char(&path, '/');
    while (size > 1 && text < end) {
        const char *from = text + 1, *stop = memchr(from, '/', (size_t)(end - from));
        if (!stop) stop = end;
        if (target->count == HTTP_SEGMENTS || (stop == from && stop < end)) return bad_path(diag);
        const char *segment;
        if (http_decode(ctx, from, (size_t)(stop - from), false, "path", diag, &segment) != 0) return 1;
        if (!is_safe(segment)) return bad_path(diag);
        target->segments[target->count++] = segment;
        buf_char(&path, '/');
        buf_add(&path, segment);
        text = stop;
    }
    target->path = path.data;
    return 0;
}

int http_parse_target(const void *ctx, const char *text, Diag *diag, HttpTarget *ret_target, HttpFields *query) {
    const char *mark = strchr(text, '?');
    size_t size = mark ? (size_t)(mark - text) : strlen(text);
    *ret_target = (HttpTarget){.path = "/"};
    if (parse_path(ctx, text, size, diag, ret_target) != 0) return 1;
    return mark ? http_parse_form(ctx, mark + 1, strlen(mark + 1), "query", diag, query) : 0;
}
