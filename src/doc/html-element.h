/* doc/html-element.h: what the elements of HTML mean to a reader of its text. */
#ifndef DOC_HTML_ELEMENT_H
#define DOC_HTML_ELEMENT_H

enum {
    ELEMENT_BLOCK = 1 << 0,   /* begins and ends parts */
    ELEMENT_VOID = 1 << 1,    /* has no closing tag */
    ELEMENT_RAW = 1 << 2,     /* holds text without tags, which nobody sees */
    ELEMENT_DROP = 1 << 3,    /* is not read */
    ELEMENT_HEADER = 1 << 4,  /* is not read but for its <h1> */
    ELEMENT_HEADING = 1 << 5, /* h1 … h6 */
    ELEMENT_PRE = 1 << 6,     /* white space stays */
    ELEMENT_LINK = 1 << 7,
    ELEMENT_FORM = 1 << 8,
    ELEMENT_MAIN = 1 << 9,     /* says that it holds what the page is about */
    ELEMENT_ARTICLE = 1 << 10, /* the same, where there is one alone */
    ELEMENT_HOLDER = 1 << 11,  /* may hold it */
    ELEMENT_P = 1 << 12,
    ELEMENT_ITEM = 1 << 13,
    ELEMENT_LIST = 1 << 14,
    ELEMENT_TABLE = 1 << 15,
    ELEMENT_ROWS = 1 << 16,
    ELEMENT_ROW = 1 << 17,
    ELEMENT_CELL = 1 << 18,
};

/* Of an element by its name in lower case; 0 for those that change nothing. */
unsigned element_flags(const char *name);
/* Which elements the opening of one ends, and which keep them from it: ret_until. */
unsigned element_ends(unsigned flags, unsigned *ret_until);

#endif
