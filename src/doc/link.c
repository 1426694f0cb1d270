/* doc/link.c: targets, names and anchors. Assumes nothing of a target: it may come from any text. */
#include "doc/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"

#define FIGURE_SCHEME "figure:"
#define DIGEST_SHOWN  16 /* hexadecimal digits that tell cut names apart */

typedef struct Anchor {
    const char *name;
    const char *bookmark;
    bool claimed;
} Anchor;

struct LinkAnchors {
    Anchor *list; /* sorted by name, none twice */
    size_t count;
};

static bool starts_with(const char *text, const char *start) { return strncasecmp(text, start, strlen(start)) == 0; }

LinkKind link_kind(const char *target) {
    static const char *const web_schemes[] = {"http://", "https://", "mailto:"};
    if (!target) return LINK_NONE;
    if (strncmp(target, FIGURE_SCHEME, strlen(FIGURE_SCHEME)) == 0) return LINK_FIGURE;
    for (size_t i = 0; i < sizeof web_schemes / sizeof *web_schemes; i++)
        if (starts_with(target, web_schemes[i])) return LINK_WEB;
    return LINK_NONE;
}

const char *link_figure(const char *target) { return target + strlen(FIGURE_SCHEME); }

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Copies text; a byte that is neither word nor in `also` is written by the format. */
static char *encode(const void *ctx, const char *start, const char *text, const char *also, const char *format) {
    Buf buf = BUF_INIT(ctx);
    buf_add(&buf, start);
    for (; *text; text++) {
        if (is_word(*text) || strchr(also, *text))
            buf_char(&buf, *text);
        else
            buf_printf(&buf, format, (unsigned)(unsigned char)*text);
    }
    return buf.data;
}

char *link_address(const void *ctx, const char *target) {
    return encode(ctx, "", target, "-.~:/?#[]@!$&*+,;=%", "%%%02X");
}

char *link_html_id(const void *ctx, const char *name) { return encode(ctx, "f-", name, "-", ".%02x"); }

static char *digest_of(const void *ctx, const char *name) {
    char hex[HASH_HEX_SIZE];
    Hash *hash = hash_new(NULL, HASH_SHA256);
    hash_start(hash);
    hash_add(hash, name, strlen(name));
    hash_end_hex(hash, hex);
    talloc_free(hash);
    return mem_strndup(ctx, hex, DIGEST_SHOWN);
}

char *link_bookmark(const void *ctx, const char *name) {
    char *bookmark = mem_printf(ctx, "f_%s", name);
    bool fits = strlen(bookmark) <= LINK_BOOKMARK_MAX;
    for (char *at = bookmark; *at; at++) {
        if (is_word(*at)) continue;
        *at = '_';
        fits = false;
    }
    if (fits) return bookmark;
    int room = LINK_BOOKMARK_MAX - DIGEST_SHOWN - 1;
    return mem_printf(ctx, "%.*s_%s", room, bookmark, digest_of(bookmark, name));
}

static int compare_anchors(const void *a, const void *b) {
    return strcmp(((const Anchor *)a)->name, ((const Anchor *)b)->name);
}

static void collect(LinkAnchors *anchors, const Run *runs, size_t n_runs) {
    for (size_t i = 0; i < n_runs; i++) {
        if (!runs[i].anchor || !*runs[i].text) continue;
        Anchor *anchor = mem_push(anchors, anchors->list, anchors->count);
        anchor->name = runs[i].anchor;
    }
}

static void drop_repeated(LinkAnchors *anchors) {
    size_t kept = 0;
    for (size_t i = 0; i < anchors->count; i++)
        if (!kept || strcmp(anchors->list[kept - 1].name, anchors->list[i].name) != 0)
            anchors->list[kept++] = anchors->list[i];
    anchors->count = kept;
}

LinkAnchors *link_anchors_of(const void *ctx, const Doc *doc) {
    LinkAnchors *anchors = mem_new(ctx, LinkAnchors);
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const Block *block = &doc->blocks[i];
        collect(anchors, block->runs, block->n_runs);
        for (size_t c = 0; c < block->n_rows * block->n_columns; c++)
            collect(anchors, block->cells[c].runs, block->cells[c].n_runs);
    }
    if (!anchors->count) return anchors;
    qsort(anchors->list, anchors->count, sizeof *anchors->list, compare_anchors);
    drop_repeated(anchors);
    for (size_t i = 0; i < anchors->count; i++)
        anchors->list[i].bookmark = link_bookmark(anchors, anchors->list[i].name);
    return anchors;
}

static Anchor *find_anchor(const LinkAnchors *anchors, const char *name) {
    if (!anchors->count) return NULL;
    return bsearch(&(Anchor){.name = name}, anchors->list, anchors->count, sizeof *anchors->list, compare_anchors);
}

const char *link_find(const LinkAnchors *anchors, const char *target) {
    if (link_kind(target) != LINK_FIGURE) return NULL;
    const Anchor *anchor = find_anchor(anchors, link_figure(target));
    return anchor ? anchor->bookmark : NULL;
}

const char *link_claim(LinkAnchors *anchors, const char *anchor) {
    Anchor *found = anchor ? find_anchor(anchors, anchor) : NULL;
    if (!found || found->claimed) return NULL;
    found->claimed = true;
    return found->bookmark;
}
