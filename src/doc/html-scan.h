/* doc/html-scan.h: the source of HTML cut into tags and text, with the rules of its standard for what is which.
 *
 * Every byte is looked at a bounded number of times, whatever the source is. */
#ifndef DOC_HTML_SCAN_H
#define DOC_HTML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTML_NAME_MAX 16u /* bytes of a name with its NUL; longer ones are cut: they mean nothing here */

typedef enum { HTML_TEXT, HTML_OPEN, HTML_CLOSE, HTML_END } HtmlTokenKind;

typedef struct HtmlToken {
    HtmlTokenKind kind;
    const char *from, *to;    /* of a tag its inside: name and attributes */
    char name[HTML_NAME_MAX]; /* of a tag, in lower case */
} HtmlToken;

typedef struct HtmlScan {
    const char *at, *end;
} HtmlScan;

/* The next tag or text; comments and the like are passed over. HTML_END at the end. */
void html_next(HtmlScan *scan, HtmlToken *ret_token);
/* Passes over what an element holds that has text alone, as script does; its closing tag comes next. */
void html_pass_raw(HtmlScan *scan, const char *name);

/* The value of an attribute of an opening tag as it stands in the source; false when there is none. */
bool html_attribute(const HtmlToken *tag, const char *name, const char **ret_value, size_t *ret_size);
unsigned html_attribute_number(const HtmlToken *tag, const char *name, unsigned otherwise, unsigned max);

/* A character of text at *at (moved on), references as what they mean. One of two characters gives the first. */
uint32_t html_rune(const char **at, const char *end);

#endif
