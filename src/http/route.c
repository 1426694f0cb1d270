/* http/route.c: the table of routes as a tree of segments; made once at start, then only read. */
#include "http/route.h"

#include <assert.h>
#include <string.h>

typedef struct Node Node;
struct Node {
    const char *segment;
    const Node *brother; /* the next child of the same parent */
    Node *children;
    Node *any;                             /* the {name} child */
    const HttpRoute *routes[HTTP_METHODS]; /* that end here */
    bool ends;                             /* one of them does */
};

struct Routes {
    Node root;
};

static const char *const METHODS[HTTP_METHODS] = {
    [HTTP_GET] = "GET",       [HTTP_POST] = "POST", [HTTP_PUT] = "PUT",         [HTTP_PATCH] = "PATCH",
    [HTTP_DELETE] = "DELETE", [HTTP_HEAD] = "HEAD", [HTTP_OPTIONS] = "OPTIONS",
};

const char *http_method_name(HttpMethod method) { return method < HTTP_METHODS ? METHODS[method] : "?"; }

HttpMethod http_method_find(const char *name) {
    unsigned method = 0;
    while (method < HTTP_METHODS && strcmp(METHODS[method], name) != 0) method++;
    return (HttpMethod)method;
}

/* --- making --- */

static Node *child(const void *ctx, Node *node, const char *segment, size_t size) {
    if (size > 0 && *segment == '{') {
        if (!node->any) node->any = mem_new(ctx, Node);
        return node->any;
    }
    for (Node *at = node->children; at; at = (Node *)at->brother)
        if (strlen(at->segment) == size && strncmp(at->segment, segment, size) == 0) return at;
    Node *made = mem_new(ctx, Node);
    made->segment = mem_strndup(made, segment, size);
    made->brother = node->children;
    return node->children = made;
}

static void add(Routes *routes, const HttpRoute *route) {
    const char *at = route->pattern;
    Node *node = &routes->root;
    assert(*at == '/' && route->method < HTTP_HEAD && route->permission && route->handle);
    while (*at == '/' && at[1]) {
        size_t size = strcspn(at + 1, "/");
        node = child(routes, node, at + 1, size);
        at += 1 + size;
    }
    assert(!node->routes[route->method]);
    node->routes[route->method] = route;
    node->ends = true;
}

Routes *routes_new(const void *ctx, const HttpRoute *list, size_t n) {
    Routes *routes = mem_new(ctx, Routes);
    for (size_t i = 0; i < n; i++) add(routes, &list[i]);
    return routes;
}

/* --- finding --- */

/* The node where the segments from i on end, written ones tried before {name}; values are noted on the way. */
static const Node *walk(const Node *node, const HttpTarget *target, size_t i, const char **values) {
    if (i == target->count) return node->ends ? node : NULL;
    const char *segment = target->segments[i];
    for (const Node *at = node->children; at; at = at->brother) {
        const Node *end = strcmp(at->segment, segment) == 0 ? walk(at, target, i + 1, values) : NULL;
        if (end) return end;
    }
    if (!node->any || !*segment) return NULL;
    *values = segment;
    return walk(node->any, target, i + 1, values + 1);
}

RouteMatch routes_find(const Routes *routes, const HttpTarget *target) {
    RouteMatch match = {0};
    const Node *node = walk(&routes->root, target, 0, match.values);
    if (node) match.by_method = node->routes;
    return match;
}

HttpFields route_parameters(const void *ctx, const HttpRoute *route, const RouteMatch *match) {
    HttpFields fields = {0};
    for (const char *at = strchr(route->pattern, '{'); at; at = strchr(at, '{')) {
        size_t size = strcspn(++at, "}");
        HttpField field = {.name = mem_strndup(ctx, at, size), .value = match->values[fields.count]};
        *mem_push(ctx, fields.list, fields.count) = field;
    }
    return fields;
}

const char *route_allowed(const void *ctx, const RouteMatch *match) {
    Buf names = BUF_INIT(ctx);
    for (unsigned method = 0; method < HTTP_HEAD; method++)
        if (match->by_method[method]) buf_printf(&names, "%s, ", METHODS[method]);
    if (match->by_method[HTTP_GET]) buf_add(&names, "HEAD, ");
    buf_add(&names, "OPTIONS");
    return names.data;
}
