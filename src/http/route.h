/* http/route.h: the table of routes as a tree of segments. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/parse.h"

typedef struct Routes Routes;

/* A pattern without a slash in front, or a method and pattern twice, is a programming error. Owned by ctx. */
Routes *routes_new(const void *ctx, const HttpRoute *list, size_t n);

typedef struct RouteMatch {
    const HttpRoute *const *by_method; /* HTTP_METHODS of them, NULL where there is none; NULL: no such path */
    const char *values[HTTP_SEGMENTS]; /* of the {name} segments in their order */
} RouteMatch;

RouteMatch routes_find(const Routes *routes, const HttpTarget *target);
/* The parameters of a route with their values, owned by ctx. */
HttpFields route_parameters(const void *ctx, const HttpRoute *route, const RouteMatch *match);

const char *http_method_name(HttpMethod method);
HttpMethod http_method_find(const char *name); /* HTTP_METHODS: none of ours */
/* "GET, HEAD, OPTIONS": what a path takes. Owned by ctx. */
const char *route_allowed(const void *ctx, const RouteMatch *match);

#endif
