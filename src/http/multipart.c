/* http/multipart.c: multipart/form-data piece by piece (RFC 7578, RFC 2046).
 *
 * Holds back no more than the headers of one part or what could begin a delimiter. Bytes of a part go out as they come;
 * names are UTF-8 as browsers write them. */
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/text.h"
#include "http/parse.h"

typedef enum {
    STATE_START,  /* before the first delimiter */
    STATE_BEHIND, /* a delimiter was read: a line end begins a part, two hyphens end the body */
    STATE_HEAD,
    STATE_BYTES,
    STATE_END,
} State;

struct Multipart {
    const MultipartEvents *events;
    void *data;
    State state;
    const char *delimiter; /* CR LF hyphens boundary; the first one may lack its line end */
    size_t delimiter_size;
    Buf held;
};

static int wrong(Diag *diag, const char *english) {
    Label say = {.zh = lang_tr(LANG_ZH, english), .en = english};
    diag_add(diag, DIAG_ERROR, (Place){.field = "body"}, "http-multipart", NULL, say);
    return 1;
}

int multipart_new(const void *ctx, const char *content_type, const MultipartEvents *events, void *data, Diag *diag,
                  Multipart **ret_parser) {
    Multipart *parser = mem_new(ctx, Multipart);
    const char *boundary = http_header_parameter(parser, content_type, "boundary");
    if (!boundary || !*boundary || strlen(boundary) > HTTP_BOUNDARY_BYTES)
        return wrong(diag, N_("the form has no usable boundary; send it again from the page"));
    parser->events = events;
    parser->data = data;
    parser->delimiter = mem_printf(parser, "\r\n--%s", boundary);
    parser->delimiter_size = strlen(parser->delimiter);
    parser->held = BUF_INIT(parser);
    buf_add(&parser->held, "\r\n"); /* so that the first delimiter is like the others */
    *ret_parser = parser;
    return 0;
}

/* --- the headers of a part --- */

/* The value of a header among lines, owned by ctx; NULL when there is none. */
static const char *part_header(const void *ctx, const char *lines, const char *name) {
    size_t size = strlen(name);
    for (const char *line = lines; line; line = strstr(line, "\r\n"), line = line ? line + 2 : NULL) {
        if (strncasecmp(line, name, size) != 0 || line[size] != ':') continue;
        line += size + 1;
        line += strspn(line, " \t");
        return mem_strndup(ctx, line, strcspn(line, "\r"));
    }
    return NULL;
}

/* Browsers write quotation marks and line ends in names as escapes, and nothing else. */
static const char *plain_name(const void *ctx, const char *name) {
    static const struct {
        const char *escape;
        char byte;
    } ESCAPES[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
    Buf out = BUF_INIT(ctx);
    buf_add(&out, "");
    while (*name) {
        size_t i = 0, n = sizeof ESCAPES / sizeof *ESCAPES;
        while (i < n && strncmp(name, ESCAPES[i].escape, 3) != 0) i++;
        buf_char(&out, i < n ? ESCAPES[i].byte : *name);
        name += i < n ? 3 : 1;
    }
    return out.data;
}

/* Without the folders some programs send along. */
static const char *last_part(const char *name) {
    const char *back = strrchr(name, '\\');
    return file_base_name(back ? back + 1 : name);
}

/* Of control characters, or of dots alone: no name that a file can be saved under. */
static bool is_unfit(const char *name) {
    if (*name == '.' && !name[strspn(name, ".")]) return true;
    for (; *name; name++)
        if ((unsigned char)*name < ' ' || *name == 0x7F) return true;
    return false;
}

static int read_head(Multipart *parser, const char *lines, size_t size, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (!text_is_valid(lines, size)) return wrong(diag, N_("the names in the form are not UTF-8; send them as UTF-8"));
    const char *text = mem_strndup(scratch, lines, size);
    const char *disposition = part_header(scratch, text, "Content-Disposition");
    const char *name = disposition ? http_header_parameter(scratch, disposition, "name") : NULL;
    if (!name) return wrong(diag, N_("a part of the form has no name; give every field one"));
    const char *filename = http_header_parameter(scratch, disposition, "filename");
    const char *type = part_header(scratch, text, "Content-Type");
    if (filename && is_unfit(filename = last_part(plain_name(scratch, filename))))
        return wrong(diag, N_("the file name holds control characters, or dots alone; rename the file"));
    MultipartHead head = {.name = plain_name(scratch, name), .filename = filename, .type = type ? type : "text/plain"};
    return parser->events->part(parser->data, &head);
}

/* --- one step of each state: bytes used of what is held; 0 to wait for more --- */

typedef struct Step {
    size_t used;
    int result;
} Step;

static Step step_start(Multipart *parser, const char *at, size_t size, Diag *diag) {
    if (size < parser->delimiter_size) return (Step){0};
    if (memcmp(at, parser->delimiter, parser->delimiter_size) != 0)
        return (Step){.result =
                          wrong(diag, N_("the form does not begin with its boundary; send it again from the page"))};
    parser->state = STATE_BEHIND;
    return (Step){.used = parser->delimiter_size};
}

static Step step_behind(Multipart *parser, const char *at, size_t size, Diag *diag) {
    if (size < 2) return (Step){0};
    if (memcmp(at, "\r\n", 2) == 0)
        parser->state = STATE_HEAD;
    else if (memcmp(at, "--", 2) == 0)
        parser->state = STATE_END;
    else
        return (Step){
            .result = wrong(diag, N_("a boundary of the form is followed by other text; send it again from the page"))};
    return (Step){.used = 2};
}

static Step step_head(Multipart *parser, const char *at, size_t size, Diag *diag) {
    const char *end = memmem(at, size, "\r\n\r\n", 4);
    if (!end && size <= HTTP_PART_HEAD_BYTES) return (Step){0};
    if (!end || end - at > (ptrdiff_t)HTTP_PART_HEAD_BYTES)
        return (Step){.result = wrong(diag, N_("a field or file name of the form is too long; shorten it"))};
    parser->state = STATE_BYTES;
    return (Step){.used = (size_t)(end - at) + 4, .result = read_head(parser, at, (size_t)(end - at), diag)};
}

static Step step_bytes(Multipart *parser, const char *at, size_t size) {
    const char *end = memmem(at, size, parser->delimiter, parser->delimiter_size);
    size_t sure = end ? (size_t)(end - at) : size >= parser->delimiter_size ? size - parser->delimiter_size + 1 : 0;
    Step step = {.used = sure};
    if (sure > 0) step.result = parser->events->bytes(parser->data, at, sure);
    if (!end || step.result != 0) return step;
    parser->state = STATE_BEHIND;
    return (Step){.used = sure + parser->delimiter_size, .result = parser->events->end(parser->data)};
}

static Step step(Multipart *parser, const char *at, size_t size, Diag *diag) {
    switch (parser->state) {
    case STATE_START:
        return step_start(parser, at, size, diag);
    case STATE_BEHIND:
        return step_behind(parser, at, size, diag);
    case STATE_HEAD:
        return step_head(parser, at, size, diag);
    case STATE_BYTES:
        return step_bytes(parser, at, size);
    case STATE_END:
        break;
    }
    return (Step){.used = size};
}

/* Takes as many steps as the bytes allow and keeps the rest. */
int multipart_add(Multipart *parser, const char *bytes, size_t size, Diag *diag) {
    buf_add_bytes(&parser->held, bytes, size);
    const char *at = parser->held.data;
    size_t left = parser->held.size;
    Step done = {.used = 1};
    while (left > 0 && done.used > 0) {
        done = step(parser, at, left, diag);
        if (done.result != 0) return done.result;
        at += done.used;
        left -= done.used;
    }
    memmove(parser->held.data, at, left);
    parser->held.size = left;
    parser->held.data[left] = '\0';
    return 0;
}

int multipart_end(Multipart *parser, Diag *diag) {
    return parser->state == STATE_END ? 0 : wrong(diag, N_("the form ends in the middle; send it again"));
}
