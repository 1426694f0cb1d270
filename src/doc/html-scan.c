/* doc/html-scan.c: tags and text of HTML source.
 *
 * A parser that builds the tree of the standard looks through all open elements at each tag, so that some 100 KB of
 * opening tags keep it busy for seconds; and it does not say where each character of a text came from. What a reader
 * sees needs neither tree nor repair. */
#include "doc/html-scan.h"

#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#define REFERENCE_NAME_MAX 10u /* bytes of the longest known with its NUL */
#define REPLACEMENT        0xFFFDu
#define RUNE_MAX           0x10FFFFu

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

/* --- tags --- */

static const char *find(const char *at, const char *end, char c) {
    const char *found = memchr(at, c, (size_t)(end - at));
    return found ? found : end;
}

/* Behind the part of a tag that begins at an attribute: its end bracket, or the end of the source. */
static const char *tag_end(const char *at, const char *end) {
    bool value = false; /* an equals sign came, so that quotes count */
    for (; at < end && *at != '>'; at++) {
        if (value && (*at == '"' || *at == '\'')) {
            at = find(at + 1, end, *at);
            if (at == end) return end;
            value = false;
        } else if (!is_space(*at)) {
            value = *at == '=';
        }
    }
    return at;
}

static void read_tag(HtmlScan *scan, HtmlToken *token) {
    bool close = scan->at[1] == '/';
    token->kind = close ? HTML_CLOSE : HTML_OPEN;
    token->from = scan->at + 1 + close;
    size_t n = 0;
    const char *at = token->from;
    for (; at < scan->end && !is_space(*at) && *at != '>' && *at != '/'; at++)
        if (n + 1 < HTML_NAME_MAX) token->name[n++] = lower(*at);
    token->name[n] = '\0';
    token->to = tag_end(at, scan->end);
    scan->at = token->to < scan->end ? token->to + 1 : scan->end;
    if (token->to == scan->end) token->kind = HTML_END; /* a tag that is cut off is none */
}

/* Comments, document types, processing instructions and closing tags without a name. */
static void pass_comment(HtmlScan *scan) {
    const char *at = scan->at, *end = scan->end;
    if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
        at += 2; /* <!--> is whole */
        const char *close = memmem(at, (size_t)(end - at), "-->", 3);
        scan->at = close ? close + 3 : end;
    } else {
        at = find(at, end, '>');
        scan->at = at < end ? at + 1 : end;
    }
}

static bool is_tag(const char *at, const char *end) {
    return end - at >= 2 && (is_letter(at[1]) || (at[1] == '/' && end - at >= 3 && is_letter(at[2])));
}

static bool is_comment(const char *at, const char *end) { return end - at >= 2 && strchr("!?/", at[1]) && at[1]; }

void html_next(HtmlScan *scan, HtmlToken *token) {
    *token = (HtmlToken){.kind = HTML_END};
    while (scan->at < scan->end && *scan->at == '<' && !is_tag(scan->at, scan->end) && is_comment(scan->at, scan->end))
        pass_comment(scan);
    if (scan->at == scan->end) return;
    if (is_tag(scan->at, scan->end)) {
        read_tag(scan, token);
        return;
    }
    const char *at = scan->at + 1;
    while (at < scan->end && !(*at == '<' && (is_tag(at, scan->end) || is_comment(at, scan->end)))) at++;
    *token = (HtmlToken){.kind = HTML_TEXT, .from = scan->at, .to = at};
    scan->at = at;
}

void html_pass_raw(HtmlScan *scan, const char *name) {
    size_t size = strlen(name);
    for (const char *at = scan->at; (at = find(at, scan->end, '<')) < scan->end; at++) {
        if ((size_t)(scan->end - at) < size + 3 || at[1] != '/' || strncasecmp(at + 2, name, size) != 0) continue;
        if (is_letter(at[size + 2]) || is_digit(at[size + 2])) continue;
        scan->at = at;
        return;
    }
    scan->at = scan->end;
}

/* --- attributes --- */

/* The next attribute at *at (moved on); false when there are no more. Sizes are of what stands in the source. */
static bool next_attribute(const char **at, const char *end, const char **name, size_t *name_size, const char **value,
                           size_t *value_size) {
    const char *p = *at;
    while (p < end && (is_space(*p) || *p == '/')) p++;
    if (p == end) return false;
    *name = p++;
    while (p < end && !is_space(*p) && *p != '/' && *p != '=') p++;
    *name_size = (size_t)(p - *name);
    const char *equals = p;
    while (equals < end && is_space(*equals)) equals++;
    *value = p;
    *value_size = 0;
    if (equals < end && *equals == '=') {
        p = equals + 1;
        while (p < end && is_space(*p)) p++;
        bool quoted = p < end && (*p == '"' || *p == '\'');
        *value = p + quoted;
        if (quoted)
            p = find(p + 1, end, *p);
        else
            while (p < end && !is_space(*p)) p++;
        *value_size = (size_t)(p - *value);
        if (quoted && p < end) p++;
    }
    *at = p;
    return true;
}

bool html_attribute(const HtmlToken *tag, const char *wanted, const char **ret_value, size_t *ret_size) {
    const char *at = tag->from, *name;
    size_t size, length = strlen(wanted);
    while (at < tag->to && !is_space(*at) && *at != '/') at++;
    while (next_attribute(&at, tag->to, &name, &size, ret_value, ret_size))
        if (size == length && strncasecmp(name, wanted, size) == 0) return true;
    return false;
}

unsigned html_attribute_number(const HtmlToken *tag, const char *name, unsigned otherwise, unsigned max) {
    const char *value;
    size_t size;
    if (!html_attribute(tag, name, &value, &size)) return otherwise;
    unsigned number = 0;
    size_t i = 0;
    while (i < size && is_space(value[i])) i++;
    if (i == size || !is_digit(value[i])) return otherwise;
    for (; i < size && is_digit(value[i]) && number <= max; i++) number = number * 10 + (unsigned)(value[i] - '0');
    return number > max ? max : number;
}

/* --- characters --- */

/* What windows-1252 has where Unicode has controls: numbers of these are meant so. */
static const uint16_t WESTERN[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                     0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

static unsigned digit_of(char c, unsigned base) {
    unsigned digit = is_digit(c) ? (unsigned)(c - '0') : is_letter(c) ? (unsigned)(lower(c) - 'a') + 10 : base;
    return digit < base ? digit : base;
}

/* &#20; or &#x14; 0 when it is neither. */
static uint32_t numeric(const char **at, const char *end) {
    const char *p = *at + 2;
    unsigned base = p < end && lower(*p) == 'x' ? 16 : 10;
    if (base == 16) p++;
    const char *first = p;
    uint32_t rune = 0;
    for (; p < end && digit_of(*p, base) < base; p++)
        if (rune <= RUNE_MAX) rune = rune * base + digit_of(*p, base);
    if (p == first) return 0;
    *at = p < end && *p == ';' ? p + 1 : p;
    if (rune >= 0x80 && rune < 0xA0) return WESTERN[rune - 0x80];
    return rune == 0 || rune > RUNE_MAX || (rune >= 0xD800 && rune <= 0xDFFF) ? REPLACEMENT : rune;
}

/* Those that are met often, since libxml2 looks through its list from the start, and those that it does not know. */
static const struct {
    const char *name;
    uint32_t rune;
} MORE[] = {{"nbsp", 0xA0}, {"ldquo", 0x201C}, {"rdquo", 0x201D},  {"amp", '&'},     {"lt", '<'},    {"gt", '>'},
            {"quot", '"'},  {"mdash", 0x2014}, {"hellip", 0x2026}, {"middot", 0xB7}, {"apos", '\''}, {"AMP", '&'},
            {"LT", '<'},    {"GT", '>'},       {"QUOT", '"'},      {"COPY", 0xA9},   {"REG", 0xAE}};

static uint32_t named_rune(const char *name, size_t size) {
    char text[REFERENCE_NAME_MAX];
    memcpy(text, name, size);
    text[size] = '\0';
    for (size_t i = 0; i < sizeof MORE / sizeof *MORE; i++)
        if (strcmp(text, MORE[i].name) == 0) return MORE[i].rune;
    const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)text);
    return found ? found->value : 0;
}

/* &nbsp; and the old names also without the semicolon, the longest that fits. 0 when it is none. */
static uint32_t named(const char **at, const char *end) {
    const char *name = *at + 1;
    size_t size = 0;
    while (name + size < end && size + 1 < REFERENCE_NAME_MAX && (is_letter(name[size]) || is_digit(name[size])))
        size++;
    if (size && name + size < end && name[size] == ';') {
        uint32_t rune = named_rune(name, size);
        if (rune) *at = name + size + 1;
        if (rune) return rune;
    }
    for (; size > 1; size--) {
        uint32_t rune = named_rune(name, size);
        if (rune == 0 || rune > 0xFF || rune == '\'') continue;
        *at = name + size;
        return rune;
    }
    return 0;
}

uint32_t html_rune(const char **at, const char *end) {
    uint32_t rune = 0;
    if (**at == '&' && *at + 1 < end) rune = (*at)[1] == '#' ? numeric(at, end) : named(at, end);
    return rune ? rune : text_next(at, end);
}
