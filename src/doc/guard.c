/* doc/guard.c: one pass over the lines of a source, counting what would cost the parser more than its length. */
#include "doc/guard.h"

#include <string.h>

#include "base/text.h"
#include "doc/doc.h"

typedef struct Line {
    size_t size;
    size_t markers; /* of quotes and lists before the text */
    size_t cells;   /* if it is a row of a table: the pipes around it part none */
} Line;

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }
static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static const char *skip(const char *at, const char *end, bool (*is_such)(char c)) {
    while (at < end && is_such(*at)) at++;
    return at;
}

/* Behind the marker at `at`, or NULL where there is none: quote marks stand anywhere, - and 1. only before a space. */
static const char *skip_marker(const char *at, const char *end) {
    if (at < end && *at == '>') return at + 1;
    const char *mark = skip(at, end, is_digit);
    if (mark == end || !*mark || !strchr(mark > at ? ".)" : "-+*", *mark)) return NULL;
    const char *behind = mark + 1;
    return behind == end || is_blank(*behind) || is_line_end(*behind) ? behind : NULL;
}

static Line scan_line(const char *start, const char *end) {
    Line line = {0};
    const char *at = skip(start, end, is_blank);
    for (const char *next; (next = skip_marker(at, end)) != NULL; line.markers++) at = skip(next, end, is_blank);
    const char *row = at;
    char last = '\0';
    for (line.cells = 1; at < end && !is_line_end(*at); at++) {
        line.cells += *at == '|' && at > row;
        if (!is_blank(*at)) last = *at;
    }
    if (last == '|' && line.cells > 1) line.cells--;
    line.size = (size_t)(at - start);
    return line;
}

static int guard_lines(const char *source, size_t size, Diag *diag) {
    const char *end = source + size;
    size_t width = 0, cells = 0;
    unsigned number = 1;
    for (const char *at = source; at < end; number++) {
        Line line = scan_line(at, end);
        Place place = {.line = number, .column = 1};
        if (line.markers > DOC_DEPTH_MAX) {
            diag_error(diag, place, "too-deep", "quotes and lists nest deeper than %d; flatten them", DOC_DEPTH_MAX);
            return 1;
        }
        if (line.cells > width) width = line.cells;
        if (line.size == 0) width = 0;
        cells += width;
        if (cells > DOC_CELLS_MAX) {
            diag_error(diag, place, "too-many-cells", "more than %u table cells or lines; split the document",
                       DOC_CELLS_MAX);
            return 1;
        }
        at += line.size;
        if (at < end && *at == '\r' && at + 1 < end && at[1] == '\n') at++;
        at++;
    }
    return 0;
}

int guard_markdown(const char *source, size_t size, Diag *diag) {
    if (size > DOC_SOURCE_MAX) {
        diag_error(diag, PLACE_NONE, "too-large", "the text has %zu bytes, more than %u; split it", size,
                   DOC_SOURCE_MAX);
        return 1;
    }
    if (!text_is_valid(source, size)) {
        diag_error(diag, PLACE_NONE, "not-utf8", "the text is not well-formed UTF-8; save it as UTF-8");
        return 1;
    }
    return guard_lines(source, size, diag);
}
