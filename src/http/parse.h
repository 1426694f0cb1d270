/* http/parse.h: what senders write, taken apart within bounds. Each call returns 0, or 1 with a finding. */
#ifndef HTTP_PARSE_H
#define HTTP_PARSE_H

#include "http/http.h"

/* Percent escapes undone, with plus as space where it means that; text is UTF-8 without NUL. `where` names the place.
 */
int http_decode(const void *ctx, const char *text, size_t size, bool plus, const char *where, Diag *diag,
                const char **ret_text);
/* Everything but letters, digits, "-._~" and the characters of `also` as %XX; control characters always. */
char *http_encode(const void *ctx, const char *text, const char *also);

/* Adds to fields. */
int http_parse_form(const void *ctx, const char *text, size_t size, const char *where, Diag *diag, HttpFields *fields);
int http_parse_cookies(const void *ctx, const char *text, Diag *diag, HttpFields *fields);

/* A request target: "/a/b%20c?x=1" gives segments "a", "b c". "/" has none; a slash at the end gives an empty last one.
 */
typedef struct HttpTarget {
    const char *path;
    const char *segments[HTTP_SEGMENTS];
    size_t count;
} HttpTarget;
int http_parse_target(const void *ctx, const char *text, Diag *diag, HttpTarget *ret_target, HttpFields *query);

/* The value of a parameter of a header ("boundary", "name"), quoted or not; NULL when there is none. Owned by ctx. */
const char *http_header_parameter(const void *ctx, const char *header, const char *name);

/* --- multipart/form-data (RFC 7578), piece by piece --- */

typedef struct Multipart Multipart;

typedef struct MultipartHead {
    const char *name;
    const char *filename; /* NULL: a plain field */
    const char *type;
} MultipartHead;

typedef struct MultipartEvents {
    int (*part)(void *data, const MultipartHead *head); /* texts are lent for the call; else than 0 ends the parsing */
    int (*bytes)(void *data, const char *bytes, size_t size);
    int (*end)(void *data);
} MultipartEvents;

int multipart_new(const void *ctx, const char *content_type, const MultipartEvents *events, void *data, Diag *diag,
                  Multipart **ret_parser);
int multipart_add(Multipart *parser, const char *bytes, size_t size, Diag *diag); /* else: what an event gave */
int multipart_end(Multipart *parser, Diag *diag);

#endif
