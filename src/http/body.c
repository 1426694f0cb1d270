/* http/body.c: where the bytes of a body go by its kind: forms and JSON into memory, files into the spool folder.
 *
 * The size was compared with the route's limit when it was announced and is again while it comes. */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/text.h"
#include "http/exchange.h"
#include "http/spool.h"

struct BodyReader {
    unsigned takes; /* the one HttpTakes it is */
    Buf bytes;      /* of a form, JSON or the field of a multipart body that is being read */
    size_t memory;  /* bytes kept of all fields */
    Multipart *parser;
    Spool *spool; /* the file being read; NULL: a field is */
    const char *field;
    Diag *diag;
};

enum { STATUS_BAD = 400, STATUS_LARGE = 413, STATUS_TYPE = 415, STATUS_FAULT = 500, STATUS_FULL = 507 };

static unsigned fail(HttpExchange *exchange, unsigned status, const char *code, const char *english) {
    Label say = {.zh = lang_tr(LANG_ZH, english), .en = english};
    diag_add(exchange->request.diag, DIAG_ERROR, (Place){.field = "body"}, code, NULL, say);
    return status;
}

static unsigned too_large(HttpExchange *exchange) {
    return fail(exchange, STATUS_LARGE, "http-large",
                N_("what was sent is larger than this page takes; send less at a time"));
}

static unsigned keep(HttpExchange *exchange, const char *bytes, size_t size) {
    BodyReader *reader = exchange->reader;
    if (reader->memory + size > HTTP_MEMORY_BYTES) return too_large(exchange);
    reader->memory += size;
    buf_add_bytes(&reader->bytes, bytes, size);
    return 0;
}

/* --- files --- */

static unsigned disk(HttpExchange *exchange) {
    int error = errno;
    log_error("request %s: spool folder %s: %s", exchange->request.id, exchange->core->spool, strerror(error));
    return error == ENOSPC || error == EDQUOT ? STATUS_FULL : STATUS_FAULT;
}

static unsigned open_file(HttpExchange *exchange, const char *field, const char *name, const char *type) {
    HttpRequest *request = &exchange->request;
    if (request->n_files == HTTP_FILES)
        return fail(exchange, STATUS_LARGE, "http-files", N_("there are too many files at once; send fewer at a time"));
    Spool *spool = exchange->core->spool ? spool_new(request->ctx, exchange->core->spool) : (errno = ENOENT, NULL);
    if (!spool) return disk(exchange);
    exchange->reader->spool = spool;
    *mem_push(request->ctx, request->files, request->n_files) = (HttpFile){.field = mem_strdup(request->ctx, field),
                                                                           .name = mem_strdup(request->ctx, name),
                                                                           .type = mem_strdup(request->ctx, type),
                                                                           .path = spool_path(spool)};
    return 0;
}

static unsigned add_to_file(HttpExchange *exchange, const char *bytes, size_t size) {
    return spool_add(exchange->reader->spool, bytes, size) == 0 ? 0 : disk(exchange);
}

static void close_file(HttpExchange *exchange) {
    Spool *spool = exchange->reader->spool;
    spool_close(spool);
    exchange->request.files[exchange->request.n_files - 1].size = spool_size(spool);
    exchange->reader->spool = NULL;
}

/* --- multipart --- */

static int on_part(void *data, const MultipartHead *head) {
    HttpExchange *exchange = data;
    BodyReader *reader = exchange->reader;
    if (head->filename) return (int)open_file(exchange, head->name, head->filename, head->type);
    if (exchange->request.form.count >= HTTP_FIELDS)
        return (int)fail(exchange, STATUS_LARGE, "http-fields",
                         N_("the form has too many fields; send fewer at a time"));
    reader->field = mem_strdup(exchange->request.ctx, head->name);
    reader->bytes = BUF_INIT(exchange->request.ctx);
    buf_add(&reader->bytes, "");
    return 0;
}

static int on_bytes(void *data, const char *bytes, size_t size) {
    HttpExchange *exchange = data;
    return (int)(exchange->reader->spool ? add_to_file(exchange, bytes, size) : keep(exchange, bytes, size));
}

static int on_end(void *data) {
    HttpExchange *exchange = data;
    BodyReader *reader = exchange->reader;
    if (reader->spool) {
        close_file(exchange);
        return 0;
    }
    if (!text_is_valid(reader->bytes.data, reader->bytes.size))
        return (int)fail(exchange, STATUS_BAD, "http-text",
                         N_("a field is not UTF-8, or holds a NUL; send it as UTF-8"));
    HttpFields *form = &exchange->request.form;
    *mem_push(exchange->request.ctx, form->list, form->count) = (HttpField){reader->field, reader->bytes.data};
    return 0;
}

static const MultipartEvents EVENTS = {.part = on_part, .bytes = on_bytes, .end = on_end};

/* --- kinds --- */

static const struct {
    const char *type;
    unsigned takes;
} TYPES[] = {
    {"application/x-www-form-urlencoded", HTTP_TAKES_FORM},
    {"multipart/form-data", HTTP_TAKES_MULTIPART},
    {"application/json", HTTP_TAKES_JSON},
};

/* The kind of body by its Content-Type; whatever is no other kind is a file. */
static unsigned kind_of(const char *type) {
    size_t size = strcspn(type, "; \t");
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (strlen(TYPES[i].type) == size && strncasecmp(type, TYPES[i].type, size) == 0) return TYPES[i].takes;
    return size > 0 ? HTTP_TAKES_FILE : HTTP_TAKES_NOTHING;
}

unsigned body_begin(HttpExchange *exchange) {
    HttpRequest *request = &exchange->request;
    const HttpRoute *route = request->route;
    if (exchange->announced == 0) return 0;
    if (route->takes == HTTP_TAKES_NOTHING)
        return fail(exchange, STATUS_LARGE, "http-body", N_("this page takes no body; send the request without one"));
    if (exchange->announced != UINT64_MAX && exchange->announced > route->body_max) return too_large(exchange);
    const char *type = http_header(request, "Content-Type");
    unsigned takes = type ? kind_of(type) : HTTP_TAKES_NOTHING;
    if (takes == HTTP_TAKES_JSON && !(route->takes & HTTP_TAKES_JSON)) takes = HTTP_TAKES_FILE;
    if (!(takes & route->takes))
        return fail(exchange, STATUS_TYPE, "http-type",
                    N_("this page takes no body of that type; see its form or the API's description"));
    BodyReader *reader = exchange->reader = mem_new(request->ctx, BodyReader);
    reader->takes = takes;
    reader->bytes = BUF_INIT(request->ctx);
    if (takes == HTTP_TAKES_MULTIPART &&
        multipart_new(request->ctx, type, &EVENTS, exchange, request->diag, &reader->parser) != 0)
        return STATUS_BAD;
    return takes == HTTP_TAKES_FILE ? open_file(exchange, "", "", type) : 0;
}

unsigned body_add(HttpExchange *exchange, const char *bytes, size_t size) {
    BodyReader *reader = exchange->reader;
    if (exchange->received > exchange->request.route->body_max) return too_large(exchange);
    if (reader->takes == HTTP_TAKES_FILE) return add_to_file(exchange, bytes, size);
    if (reader->takes != HTTP_TAKES_MULTIPART) return keep(exchange, bytes, size);
    int result = multipart_add(reader->parser, bytes, size, exchange->request.diag);
    return result == 1 ? STATUS_BAD : (unsigned)result;
}

unsigned body_end(HttpExchange *exchange) {
    HttpRequest *request = &exchange->request;
    BodyReader *reader = exchange->reader;
    if (!reader) return 0;
    switch (reader->takes) {
    case HTTP_TAKES_FILE:
        close_file(exchange);
        return 0;
    case HTTP_TAKES_MULTIPART:
        return multipart_end(reader->parser, request->diag) == 0 ? 0 : STATUS_BAD;
    case HTTP_TAKES_JSON:
        request->body = buf_text(&reader->bytes);
        request->body_size = reader->bytes.size;
        return 0;
    default:
        return http_parse_form(request->ctx, buf_text(&reader->bytes), reader->bytes.size, "form", request->diag,
                               &request->form) == 0
                   ? 0
                   : STATUS_BAD;
    }
}
