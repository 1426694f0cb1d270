/* http/fields.c: lists of names with values: query, form, cookies; and the parameters of a header. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "http/parse.h"

const char *http_field(const HttpFields *fields, const char *name) {
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->list[i].name, name) == 0) return fields->list[i].value;
    return NULL;
}

HttpFields http_fields_copy(const void *ctx, const HttpFields *fields) {
    HttpFields copy = {.list = mem_array(ctx, HttpField, fields->count + 1), .count = fields->count};
    for (size_t i = 0; i < fields->count; i++)
        copy.list[i] =
            (HttpField){mem_strdup(copy.list, fields->list[i].name), mem_strdup(copy.list, fields->list[i].value)};
    return copy;
}

const char *http_header(const HttpRequest *request, const char *name) {
    for (size_t i = 0; i < request->headers.count; i++)
        if (strcasecmp(request->headers.list[i].name, name) == 0) return request->headers.list[i].value;
    return NULL;
}

const HttpFile *http_file(const HttpRequest *request, const char *field) {
    for (size_t i = 0; i < request->n_files; i++)
        if (strcmp(request->files[i].field, field) == 0) return &request->files[i];
    return NULL;
}

static int form_pair(const void *ctx, const char *text, size_t size, const char *where, Diag *diag,
                     HttpField *ret_field) {
    const char *equals = memchr(text, '=', size);
    size_t name = equals ? (size_t)(equals - text) : size;
    if (http_decode(ctx, text, name, true, where, diag, &ret_field->name) != 0) return 1;
    ret_field->value = "";
    return equals ? http_decode(ctx, equals + 1, size - name - 1, true, where, diag, &ret_field->value) : 0;
}

int http_parse_form(const void *ctx, const char *text, size_t size, const char *where, Diag *diag, HttpFields *fields) {
    const char *end = text + size;
    while (text < end) {
        const char *stop = memchr(text, '&', (size_t)(end - text));
        if (!stop) stop = end;
        if (stop > text) {
            HttpField field;
            if (form_pair(ctx, text, (size_t)(stop - text), where, diag, &field) != 0) return 1;
            if (fields->count >= HTTP_FIELDS) {
                diag_error(diag, (Place){.field = where}, "http-fields",
                           "there are more than %u fields; send fewer at a time", HTTP_FIELDS);
                return 1;
            }
            *mem_push(ctx, fields->list, fields->count) = field;
        }
        text = stop + 1;
    }
    return 0;
}

/* Cookies of other programs on the same host are passed over when they cannot be read: the sender cannot mend them. */
int http_parse_cookies(const void *ctx, const char *text, Diag *diag, HttpFields *fields) {
    while (*text) {
        text += strspn(text, " \t;");
        size_t size = strcspn(text, ";");
        const char *equals = memchr(text, '=', size);
        const char *next = text + size;
        while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t')) size--;
        if (equals > text) {
            HttpField field = {.name = mem_strndup(ctx, text, (size_t)(equals - text))};
            const char *value = equals + 1, *end = text + size;
            Diag *unread = diag_new(ctx);
            if (end - value >= 2 && *value == '"' && end[-1] == '"') value++, end--;
            bool good = end >= value && text_is_valid(text, (size_t)(equals - text)) &&
                        http_decode(ctx, value, (size_t)(end - value), false, "cookie", unread, &field.value) == 0;
            if (good && fields->count >= HTTP_COOKIES) {
                diag_error(diag, (Place){.field = "cookie"}, "http-cookies",
                           "there are more than %u cookies; remove those of this address in the browser", HTTP_COOKIES);
                return 1;
            }
            if (good) *mem_push(ctx, fields->list, fields->count) = field;
        }
        text = next;
    }
    return 0;
}

/* The text between quotation marks, with \" and \\ undone; moves *at behind it. */
static char *quoted(const void *ctx, const char **at) {
    Buf text = BUF_INIT(ctx);
    buf_add(&text, "");
    const char *from = *at + 1;
    for (; *from && *from != '"'; from++) {
        if (*from == '\\' && (from[1] == '"' || from[1] == '\\')) from++;
        buf_char(&text, *from);
    }
    *at = *from ? from + 1 : from;
    return text.data;
}

const char *http_header_parameter(const void *ctx, const char *header, const char *name) {
    const char *at = header + strcspn(header, ";");
    while (*at) {
        at += strspn(at, "; \t");
        size_t size = strcspn(at, "=; \t");
        bool wanted = size == strlen(name) && strncasecmp(at, name, size) == 0;
        at += size;
        if (*at != '=') {
            at += strcspn(at, ";");
            continue;
        }
        at++;
        size = strcspn(at, "; \t");
        const char *value = *at == '"' ? quoted(ctx, &at) : mem_strndup(ctx, at, size);
        if (wanted) return value;
        at += strcspn(at, ";");
    }
    return NULL;
}
