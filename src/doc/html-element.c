/* doc/html-element.c: one row an element. */
#include "doc/html-element.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef struct Element {
    const char *name;
    unsigned flags;
} Element;

#define BLOCK ELEMENT_BLOCK
#define BREAK (ELEMENT_BLOCK | ELEMENT_VOID)
#define DROP  (ELEMENT_BLOCK | ELEMENT_DROP)
#define RAW   (ELEMENT_RAW | ELEMENT_DROP)

/* In the order of names. */
static const Element ELEMENTS[] = {
    {"a", ELEMENT_LINK},
    {"address", BLOCK},
    {"area", ELEMENT_VOID},
    {"article", BLOCK | ELEMENT_ARTICLE},
    {"aside", DROP},
    {"audio", ELEMENT_DROP},
    {"base", ELEMENT_VOID},
    {"blockquote", BLOCK},
    {"body", BLOCK},
    {"br", BREAK},
    {"button", ELEMENT_DROP},
    {"canvas", ELEMENT_DROP},
    {"caption", BLOCK},
    {"center", BLOCK},
    {"col", ELEMENT_VOID},
    {"datalist", ELEMENT_DROP},
    {"dd", BLOCK | ELEMENT_ITEM},
    {"details", BLOCK},
    {"dialog", BLOCK},
    {"dir", BLOCK | ELEMENT_LIST},
    {"div", BLOCK | ELEMENT_HOLDER},
    {"dl", BLOCK | ELEMENT_LIST},
    {"dt", BLOCK | ELEMENT_ITEM},
    {"embed", ELEMENT_VOID},
    {"fieldset", BLOCK},
    {"figcaption", BLOCK},
    {"figure", BLOCK},
    {"footer", DROP},
    {"form", BLOCK | ELEMENT_FORM},
    {"frame", ELEMENT_VOID},
    {"h1", BLOCK | ELEMENT_HEADING},
    {"h2", BLOCK | ELEMENT_HEADING},
    {"h3", BLOCK | ELEMENT_HEADING},
    {"h4", BLOCK | ELEMENT_HEADING},
    {"h5", BLOCK | ELEMENT_HEADING},
    {"h6", BLOCK | ELEMENT_HEADING},
    {"head", BLOCK},
    {"header", BLOCK | ELEMENT_HEADER},
    {"hgroup", BLOCK},
    {"hr", BREAK},
    {"html", BLOCK},
    {"iframe", RAW},
    {"img", ELEMENT_VOID},
    {"input", ELEMENT_VOID},
    {"legend", BLOCK},
    {"li", BLOCK | ELEMENT_ITEM},
    {"link", ELEMENT_VOID},
    {"listing", BLOCK | ELEMENT_PRE},
    {"main", BLOCK | ELEMENT_MAIN},
    {"menu", BLOCK | ELEMENT_LIST},
    {"meta", ELEMENT_VOID},
    {"nav", DROP},
    {"noembed", RAW},
    {"noframes", RAW},
    {"noscript", DROP},
    {"object", ELEMENT_DROP},
    {"ol", BLOCK | ELEMENT_LIST},
    {"optgroup", ELEMENT_DROP},
    {"option", ELEMENT_DROP},
    {"p", BLOCK | ELEMENT_P},
    {"param", ELEMENT_VOID},
    {"plaintext", BLOCK},
    {"pre", BLOCK | ELEMENT_PRE},
    {"rp", ELEMENT_DROP},
    {"rt", ELEMENT_DROP},
    {"rtc", ELEMENT_DROP},
    {"script", RAW},
    {"search", BLOCK},
    {"section", BLOCK | ELEMENT_HOLDER},
    {"select", ELEMENT_DROP},
    {"source", ELEMENT_VOID},
    {"style", RAW},
    {"summary", BLOCK},
    {"svg", ELEMENT_DROP},
    {"table", BLOCK | ELEMENT_TABLE},
    {"tbody", BLOCK | ELEMENT_ROWS},
    {"td", BLOCK | ELEMENT_CELL | ELEMENT_HOLDER},
    {"template", ELEMENT_DROP},
    {"textarea", RAW},
    {"tfoot", BLOCK | ELEMENT_ROWS},
    {"th", BLOCK | ELEMENT_CELL},
    {"thead", BLOCK | ELEMENT_ROWS},
    {"title", RAW},
    {"tr", BLOCK | ELEMENT_ROW},
    {"track", ELEMENT_VOID},
    {"ul", BLOCK | ELEMENT_LIST},
    {"video", ELEMENT_DROP},
    {"wbr", ELEMENT_VOID},
    {"xmp", RAW},
};

static int compare(const void *name, const void *element) { return strcmp(name, ((const Element *)element)->name); }

unsigned element_flags(const char *name) {
    const Element *found = bsearch(name, ELEMENTS, sizeof ELEMENTS / sizeof *ELEMENTS, sizeof *ELEMENTS, compare);
    return found ? found->flags : 0;
}

/* Closing tags may be left out; the first row that fits says which are meant. */
static const struct {
    unsigned opens, ends, until;
} LEFT_OUT[] = {
    {ELEMENT_CELL, ELEMENT_CELL, ELEMENT_TABLE | ELEMENT_ROW},
    {ELEMENT_ROW, ELEMENT_ROW | ELEMENT_CELL, ELEMENT_TABLE},
    {ELEMENT_ROWS, ELEMENT_ROWS | ELEMENT_ROW | ELEMENT_CELL, ELEMENT_TABLE},
    {ELEMENT_ITEM, ELEMENT_ITEM, ELEMENT_LIST | ELEMENT_TABLE | ELEMENT_CELL},
    {ELEMENT_BLOCK, ELEMENT_P, ELEMENT_BLOCK},
};

unsigned element_ends(unsigned flags, unsigned *ret_until) {
    for (size_t i = 0; i < sizeof LEFT_OUT / sizeof *LEFT_OUT; i++) {
        *ret_until = LEFT_OUT[i].until;
        if (flags & LEFT_OUT[i].opens) return LEFT_OUT[i].ends;
    }
    return 0;
}
