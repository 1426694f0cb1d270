/* doc/read-html.c: what a reader of a web page sees, from its source.
 *
 * One pass over tags and text with the open elements on a stack of bounded depth: parts are made as they come, and
 * what holds the body of the page (html-body.c) is chosen among the elements that were closed. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "doc/html-body.h"
#include "doc/html-element.h"
#include "doc/html-grid.h"
#include "doc/html-scan.h"
#include "doc/reader.h"

#define COLSPAN_MAX 1000u

typedef struct Open {
    char name[HTML_NAME_MAX];
    unsigned flags;
    BodyMark mark; /* where it began */
} Open;

typedef struct Page {
    Reader *reader;
    Body body;
    HtmlScan scan;
    const char *known; /* place is that of this byte */
    uint32_t place;
    Open open[READING_DEPTH_MAX];
    size_t depth;
    size_t deeper;                                /* open elements that stand beyond the depth */
    unsigned dropped, headers, pre, links, forms; /* of the open elements */
    unsigned heading;                             /* level of the innermost open one, or 0 */
    Grid *grid;                                   /* of the innermost open table, or NULL */
    unsigned n_tables;
    bool space; /* white space is pending */
    uint32_t space_place;
} Page;

static void advance(Page *page, const char *to) {
    page->place += runes_between(page->known, to);
    page->known = to;
}

/* Ends the part; the next is of the kind that the open elements say. */
static void break_part(Page *page) {
    Reader *reader = page->reader;
    if (page->grid && page->grid->in_cell)
        reader_cell(reader, page->grid->number, page->grid->row, page->grid->column);
    else
        reader_part(reader, page->heading ? PART_HEADING : PART_TEXT, page->heading);
    body_part(&page->body, page->heading == 1);
    page->space = false;
}

/* --- text --- */

static bool is_seen(const Page *page) { return !page->dropped && (!page->headers || page->heading == 1); }

static void add_glyph(Page *page, uint32_t rune, uint32_t start, uint32_t end) {
    reader_glyph(page->reader, rune, start, end);
    body_count(&page->body, rune, page->links > 0);
}

static bool collapses(uint32_t rune) {
    return rune == ' ' || rune == '\t' || rune == '\n' || rune == '\r' || rune == '\f';
}

/* A run of white space shows as one space, and not at all where a part begins or ends. */
static void add_rune(Page *page, uint32_t rune, uint32_t start, uint32_t end) {
    if (page->pre && (rune == '\n' || rune == '\r')) {
        break_part(page);
    } else if (!page->pre && collapses(rune)) {
        if (!page->space) page->space_place = start;
        page->space = true;
    } else {
        bool inside = page->reader->part.from < page->reader->reading->n_glyphs;
        if (page->space && inside) add_glyph(page, ' ', page->space_place, page->space_place + 1);
        page->space = false;
        add_glyph(page, rune, start, end);
    }
}

static void add_text(Page *page, const HtmlToken *text) {
    if (!is_seen(page)) return;
    advance(page, text->from);
    for (const char *at = text->from; at < text->to;) {
        uint32_t start = page->place;
        uint32_t rune = html_rune(&at, text->to);
        advance(page, at);
        add_rune(page, rune, start, page->place);
    }
}

/* --- elements --- */

/* The level of the innermost open heading, or 0. */
static unsigned open_heading(const Page *page) {
    for (size_t i = page->depth; i > 0; i--)
        if (page->open[i - 1].flags & ELEMENT_HEADING) return (unsigned)(page->open[i - 1].name[1] - '0');
    return 0;
}

/* Counts an element among the open ones, or out of them. */
static void count_flags(Page *page, unsigned flags, unsigned by) {
    if (flags & ELEMENT_DROP) page->dropped += by;
    if (flags & ELEMENT_HEADER) page->headers += by;
    if (flags & ELEMENT_PRE) page->pre += by;
    if (flags & ELEMENT_LINK) page->links += by;
    if (flags & ELEMENT_FORM) page->forms += by;
}

static void leave_table(Page *page, unsigned flags) {
    Grid *grid = page->grid;
    if ((flags & ELEMENT_CELL) && grid) grid->in_cell = false;
    if ((flags & ELEMENT_ROW) && grid) grid->in_row = false;
    if ((flags & ELEMENT_TABLE) && grid) {
        page->grid = grid->outer;
        talloc_free(grid);
    }
}

static void close_top(Page *page) {
    Open *open = &page->open[--page->depth];
    unsigned table = page->grid && (open->flags & ELEMENT_CELL) ? page->grid->number : 0;
    leave_table(page, open->flags);
    if (open->flags & ELEMENT_HEADING) page->heading = open_heading(page);
    if (open->flags & ELEMENT_BLOCK) break_part(page);
    count_flags(page, open->flags, -1u);
    body_leave(&page->body, open->flags, open->mark, table);
}

static void close_down_to(Page *page, size_t depth) {
    while (page->depth > depth) close_top(page);
}

/* Closing tags that were left out before this opening one. */
static void close_left_out(Page *page, unsigned flags) {
    unsigned until, ends = element_ends(flags, &until);
    size_t found = page->depth;
    for (size_t i = page->depth; ends && i > 0; i--) {
        if (page->open[i - 1].flags & ends)
            found = i - 1;
        else if (page->open[i - 1].flags & until)
            break;
        if ((ends & ELEMENT_P) && found < page->depth) break;
    }
    close_down_to(page, found);
}

static bool is_hidden(const HtmlToken *tag) {
    const char *value;
    size_t size;
    if (html_attribute(tag, "hidden", &value, &size)) return true;
    if (!html_attribute(tag, "style", &value, &size)) return false;
    for (const char *at = value, *end = value + size; (at = memchr(at, ':', (size_t)(end - at))) != NULL; at++) {
        const char *name = at, *word = at + 1;
        while (name > value && strchr(" \t\r\n", name[-1])) name--;
        while (word < end && strchr(" \t\r\n", *word)) word++;
        if (name - value >= 7 && strncasecmp(name - 7, "display", 7) == 0 && end - word >= 4 &&
            strncasecmp(word, "none", 4) == 0)
            return true;
    }
    return false;
}

static void enter_table(Page *page, unsigned flags, const HtmlToken *tag) {
    if (flags & ELEMENT_TABLE) {
        Grid *grid = mem_new(page->body.ctx, Grid);
        *grid = (Grid){.outer = page->grid, .number = ++page->n_tables};
        page->grid = grid;
    }
    if (!page->grid) return;
    if (flags & (ELEMENT_ROW | ELEMENT_ROWS)) page->grid->in_row = page->grid->in_cell = false;
    if (flags & ELEMENT_ROW) grid_row(page->grid);
    if (flags & ELEMENT_CELL)
        grid_cell(page->grid, html_attribute_number(tag, "rowspan", 1, GRID_SPAN_MAX),
                  html_attribute_number(tag, "colspan", 1, COLSPAN_MAX));
}

static void push(Page *page, unsigned flags, const HtmlToken *tag) {
    if (is_hidden(tag)) flags |= ELEMENT_DROP;
    if (page->forms) flags &= ~(unsigned)ELEMENT_FORM; /* a form holds no form */
    enter_table(page, flags, tag);
    Open *open = &page->open[page->depth++];
    *open = (Open){.flags = flags};
    memcpy(open->name, tag->name, sizeof open->name);
    page->heading = open_heading(page);
    if (flags & ELEMENT_BLOCK) break_part(page);
    count_flags(page, flags, 1);
    open->mark = body_enter(&page->body);
}

static void open_element(Page *page, const HtmlToken *tag) {
    unsigned flags = element_flags(tag->name);
    if (flags & ELEMENT_RAW) html_pass_raw(&page->scan, tag->name);
    if (!page->deeper) close_left_out(page, flags);
    if (flags & ELEMENT_VOID) {
        if (flags & ELEMENT_BLOCK) break_part(page);
    } else if (page->depth == READING_DEPTH_MAX) {
        page->deeper++;
        if (flags & ELEMENT_BLOCK) break_part(page);
    } else {
        push(page, flags, tag);
    }
}

/* Whether a closing tag means this open element: any heading ends a heading. */
static bool is_meant(const Open *open, const char *name, unsigned flags) {
    return (flags & open->flags & ELEMENT_HEADING) || strcmp(open->name, name) == 0;
}

static void close_element(Page *page, const HtmlToken *tag) {
    unsigned flags = element_flags(tag->name);
    bool of_table = flags & (ELEMENT_TABLE | ELEMENT_ROWS | ELEMENT_ROW | ELEMENT_CELL);
    unsigned until = of_table ? ELEMENT_TABLE : ELEMENT_TABLE | ELEMENT_CELL;
    if (page->deeper && !(flags & ELEMENT_VOID)) {
        page->deeper--;
        if (flags & ELEMENT_BLOCK) break_part(page);
        return;
    }
    for (size_t i = page->depth; i > 0; i--) {
        if (is_meant(&page->open[i - 1], tag->name, flags)) {
            close_down_to(page, i - 1);
            return;
        }
        if (page->open[i - 1].flags & until) break;
    }
    if (flags & ELEMENT_BLOCK) break_part(page); /* </p> and </br> of nothing */
}

static void read_tokens(Page *page) {
    HtmlToken token;
    for (html_next(&page->scan, &token); token.kind != HTML_END; html_next(&page->scan, &token)) {
        if (token.kind == HTML_TEXT)
            add_text(page, &token);
        else if (token.kind == HTML_OPEN)
            open_element(page, &token);
        else
            close_element(page, &token);
    }
    close_down_to(page, 0);
    break_part(page);
}

int read_html(Reader *reader) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *given = reader->reading->given;
    Page *page = mem_new(scratch, Page);
    page->reader = reader;
    page->scan = (HtmlScan){.at = given, .end = given + strlen(given)};
    page->known = given;
    page->body = (Body){.ctx = scratch, .reader = reader};
    read_tokens(page);
    body_choose(&page->body);
    return 0;
}
