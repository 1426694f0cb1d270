/* web/url.h: addresses of our own pages. Private to web/. */
#ifndef WEB_URL_H
#define WEB_URL_H

#include "defn/model.h"
#include "http/http.h"

/* The path with the fields as query, each of `changes` (ended by a NULL name) in the place of what it had; a NULL value
 * takes it away. Owned by ctx. */
char *url_with(const void *ctx, const char *path, const HttpFields *fields, const HttpField *changes);
#define URL_CHANGES(...) ((const HttpField[]){__VA_ARGS__, {NULL, NULL}})

/* The list of a ledger. Owned by ctx. */
char *url_list(const void *ctx, const Ledger *ledger);

/* A path of ours that somebody asks to be led back to: "/" for anything else. */
const char *url_own(const char *target);

#endif
