/* doc/html-charset.c: whether bytes are HTML, and in what encoding they say they are. */
#include <string.h>
#include <strings.h>

#include "doc/html-scan.h"
#include "doc/reader.h"

#define LOOK_BYTES ((size_t)4096) /* from the start: a declaration that comes later is not looked for */
#define MARK_UTF8  "\xEF\xBB\xBF"

/* HTML says in its first tag that it is: the elements of the sniffing standard, and those that pages begin with. */
static const char *const FIRST[] = {"html", "head",  "body",  "script", "iframe", "h1", "div",     "font",  "table",
                                    "a",    "style", "title", "b",      "br",     "p",  "meta",    "link",  "article",
                                    "main", "span",  "h2",    "h3",     "ul",     "ol", "section", "center"};

static bool is_first(const char *name) {
    for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++)
        if (strcmp(name, FIRST[i]) == 0) return true;
    return false;
}

static bool begins_with(const char *at, const char *end, const char *word) {
    size_t size = strlen(word);
    return (size_t)(end - at) >= size && strncasecmp(at, word, size) == 0;
}

static const char *pass_mark(const char *bytes, size_t size) {
    bool marked = size >= strlen(MARK_UTF8) && memcmp(bytes, MARK_UTF8, strlen(MARK_UTF8)) == 0;
    return marked ? bytes + strlen(MARK_UTF8) : bytes;
}

static bool is_blank(const HtmlToken *text) {
    const char *at = text->from;
    while (at < text->to && *at && strchr(" \t\r\n\f", *at)) at++;
    return at == text->to;
}

bool html_begins(const char *bytes, size_t size) {
    const char *at = pass_mark(bytes, size), *end = bytes + size;
    HtmlToken token;
    while (at < end && strchr(" \t\r\n\f", *at) && *at) at++;
    if (begins_with(at, end, "<!doctype html")) return true;
    HtmlScan scan = {.at = at, .end = end};
    html_next(&scan, &token); /* behind comments and <?xml … ?> */
    while (token.kind == HTML_TEXT && is_blank(&token)) html_next(&scan, &token);
    return token.kind == HTML_OPEN && is_first(token.name);
}

/* What pages call the encodings they are in, and what reads it: GB18030 holds its forerunners. */
static const struct {
    const char *label, *encoding;
} CHARSETS[] = {
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb18030", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"x-gbk", "GB18030"},
    {"hz-gb-2312", "HZ"},
    {"big5", "BIG5"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"windows-1252", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
};

static const char *find_charset(const char *label, size_t size) {
    for (size_t i = 0; i < sizeof CHARSETS / sizeof *CHARSETS; i++)
        if (strlen(CHARSETS[i].label) == size && strncasecmp(CHARSETS[i].label, label, size) == 0)
            return CHARSETS[i].encoding;
    return NULL;
}

/* charset="x" or content="text/html; charset=x" */
static const char *charset_of(const HtmlToken *meta) {
    const char *value;
    size_t size;
    if (html_attribute(meta, "charset", &value, &size)) return find_charset(value, size);
    if (!html_attribute(meta, "content", &value, &size)) return NULL;
    for (const char *at = value, *end = value + size; at < end; at++) {
        if (!begins_with(at, end, "charset")) continue;
        at += strlen("charset");
        while (at < end && strchr(" =\"'\t", *at)) at++;
        const char *from = at;
        while (at < end && !strchr(" ;\"'\t", *at)) at++;
        return find_charset(from, (size_t)(at - from));
    }
    return NULL;
}

const char *html_charset(const char *bytes, size_t size) {
    if (pass_mark(bytes, size) != bytes) return NULL; /* the mark decides */
    HtmlToken token;
    HtmlScan scan = {.at = bytes, .end = bytes + (size < LOOK_BYTES ? size : LOOK_BYTES)};
    for (html_next(&scan, &token); token.kind != HTML_END; html_next(&scan, &token)) {
        if (token.kind != HTML_OPEN) continue;
        if (strcmp(token.name, "body") == 0) return NULL;
        if (strcmp(token.name, "script") == 0 || strcmp(token.name, "style") == 0 || strcmp(token.name, "title") == 0)
            html_pass_raw(&scan, token.name);
        const char *encoding = strcmp(token.name, "meta") == 0 ? charset_of(&token) : NULL;
        if (encoding) return encoding;
    }
    return NULL;
}
