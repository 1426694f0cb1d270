/* doc/docx-spot.c: one walk over the tags of document.xml. */
#include "doc/docx-spot.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct Open {
    Spot *spot;
    unsigned depth;
} Open;

typedef struct Walk {
    const void *ctx;
    const char *xml;
    size_t at, size;
    Spot *next, *end; /* spots still to come */
    uint32_t element;
    unsigned depth;
    Open *open; /* spots whose element is open */
    size_t n_open;
    SpotRun **runs; /* that are open */
    size_t n_runs;
    size_t properties; /* where those of the innermost run begin, while they are open */
    int64_t id;
} Walk;

typedef struct Tag {
    Slice all, name;
    bool closes, is_empty;
} Tag;

static size_t find(const Walk *walk, size_t from, const char *what) {
    size_t size = strlen(what);
    const char *found = memmem(walk->xml + from, walk->size - from, what, size);
    return found ? (size_t)(found - walk->xml) + size : walk->size;
}

static bool begins(const Walk *walk, size_t at, const char *what) {
    size_t size = strlen(what);
    return walk->size - at >= size && memcmp(walk->xml + at, what, size) == 0;
}

/* Behind the tag that begins here. */
static size_t tag_end(const Walk *walk, size_t at) {
    char quote = 0;
    for (; at < walk->size; at++) {
        char c = walk->xml[at];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return walk->size;
}

/* The next tag; comments, instructions and marked text are passed over. False at the end. */
static bool next_tag(Walk *walk, Tag *ret_tag) {
    for (;;) {
        const char *open = memchr(walk->xml + walk->at, '<', walk->size - walk->at);
        if (!open) return false;
        size_t at = (size_t)(open - walk->xml);
        if (begins(walk, at, "<!--")) {
            walk->at = find(walk, at + 4, "-->");
        } else if (begins(walk, at, "<![CDATA[")) {
            walk->at = find(walk, at, "]]>");
        } else if (begins(walk, at, "<?")) {
            walk->at = find(walk, at, "?>");
        } else {
            walk->at = tag_end(walk, at);
            Tag tag = {.all = {at, walk->at}, .closes = begins(walk, at, "</")};
            tag.name.from = tag.name.to = at + 1 + tag.closes;
            while (tag.name.to < walk->at && !strchr(" \t\r\n/>", walk->xml[tag.name.to])) tag.name.to++;
            tag.is_empty = walk->at - at >= 2 && walk->xml[walk->at - 2] == '/';
            *ret_tag = tag;
            return true;
        }
    }
}

/* Whether the name without its prefix is this. */
static bool is_named(const Walk *walk, Slice name, const char *local) {
    size_t size = strlen(local), length = name.to - name.from;
    const char *end = walk->xml + name.to;
    return length >= size && memcmp(end - size, local, size) == 0 &&
           (length == size || end[-(ptrdiff_t)size - 1] == ':');
}

/* The id of a mark of a comment is its only number. */
static void take_id(Walk *walk, const Tag *tag) {
    if (!is_named(walk, tag->name, "commentRangeStart") && !is_named(walk, tag->name, "commentReference")) return;
    const char *id = memmem(walk->xml + tag->name.to, tag->all.to - tag->name.to, "id=", 3);
    int64_t n = id ? strtoll(id + 4, NULL, 10) : 0;
    if (n > walk->id) walk->id = n;
}

static void start(Walk *walk, const Tag *tag) {
    if (is_named(walk, tag->name, "r") && !tag->is_empty) {
        SpotRun *run = *mem_push(walk->ctx, walk->runs, walk->n_runs) = mem_new(walk->ctx, SpotRun);
        *run = (SpotRun){.all = tag->all, .inside = {tag->all.to, 0}, .name = tag->name, .depth = walk->depth};
    }
    SpotRun *run = walk->n_runs ? walk->runs[walk->n_runs - 1] : NULL;
    if (run && run->depth + 1 == walk->depth && is_named(walk, tag->name, "rPr")) walk->properties = tag->all.from;
    take_id(walk, tag);
    if (walk->next < walk->end && walk->next->element == walk->element) {
        Spot *spot = walk->next++;
        *spot =
            (Spot){.element = walk->element, .all = tag->all, .inside = {tag->all.to, tag->all.to}, .name = tag->name};
        spot->run = run;
        if (run) run->used = true;
        *mem_push(walk->ctx, walk->open, walk->n_open) = (Open){spot, walk->depth};
    }
    walk->element++;
}

static void end(Walk *walk, const Tag *tag) {
    SpotRun *run = walk->n_runs ? walk->runs[walk->n_runs - 1] : NULL;
    if (run && run->depth + 1 == walk->depth && is_named(walk, tag->name, "rPr")) {
        run->properties = (Slice){walk->properties, tag->all.to};
        run->inside.from = tag->all.to;
    }
    if (run && run->depth == walk->depth) {
        run->all.to = tag->all.to;
        run->inside.to = tag->all.from;
        walk->n_runs--;
        if (!run->used) talloc_free(run);
    }
    if (walk->n_open && walk->open[walk->n_open - 1].depth == walk->depth) {
        Spot *spot = walk->open[--walk->n_open].spot;
        spot->all.to = tag->all.to;
        spot->inside.to = tag->is_empty ? tag->all.to : tag->all.from;
    }
}

int64_t spots_find(const void *ctx, const char *xml, size_t size, Spot *spots, size_t n) {
    Walk walk = {.ctx = ctx, .xml = xml, .size = size, .next = spots, .end = spots + n, .id = -1};
    Tag tag;
    while (next_tag(&walk, &tag)) {
        if (!tag.closes) {
            walk.depth++;
            start(&walk, &tag);
        }
        if (tag.closes || tag.is_empty) {
            end(&walk, &tag);
            walk.depth--;
        }
    }
    return walk.id;
}

size_t spot_byte(const char *xml, Slice inside, size_t n_runes) {
    size_t at = inside.from;
    if (memchr(xml + at, '<', inside.to - at)) return SIZE_MAX;
    for (; n_runes > 0 && at < inside.to; n_runes--) {
        if (xml[at] == '&')
            while (at < inside.to && xml[at] != ';') at++;
        else if (xml[at] == '\r' && at + 1 < inside.to && xml[at + 1] == '\n')
            at++;
        for (at++; at < inside.to && ((unsigned char)xml[at] & 0xC0) == 0x80; at++) continue;
    }
    return at;
}
