/* web/url.c: see url.h. */
#include "web/url.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "http/parse.h"

#define PLAIN "/,:"

static const HttpField *find_change(const HttpField *changes, const char *name) {
    for (; changes && changes->name; changes++)
        if (!strcmp(changes->name, name)) return changes;
    return NULL;
}

static void add(const void *ctx, Buf *out, const char *name, const char *value) {
    if (!value) return;
    buf_printf(out, "%c%s=%s", strchr(buf_text(out), '?') ? '&' : '?', http_encode(ctx, name, ""),
               http_encode(ctx, value, PLAIN));
}

char *url_with(const void *ctx, const char *path, const HttpFields *fields, const HttpField *changes) {
    Buf out = BUF_INIT(ctx);
    buf_add(&out, http_encode(ctx, path, PLAIN));
    for (size_t i = 0; fields && i < fields->count; i++)
        if (!find_change(changes, fields->list[i].name)) add(ctx, &out, fields->list[i].name, fields->list[i].value);
    for (; changes && changes->name; changes++) add(ctx, &out, changes->name, changes->value);
    return mem_strdup(ctx, buf_text(&out));
}

char *url_list(const void *ctx, const Ledger *ledger) { return mem_printf(ctx, "/ledgers/%s", ledger->name.text); }

const char *url_own(const char *target) {
    bool own = target && target[0] == '/' && target[1] != '/' && target[1] != '\\';
    return own ? target : "/";
}
