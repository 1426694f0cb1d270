/* doc/docx-styles.c: which styles are headings, and which of a list. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xml.h"
#include "doc/docx-read.h"

#define STYLES_MAX 65536u
#define BASES_MAX  16 /* styles one upon another */
#define BODY_LEVEL 9u /* outline level of what is no heading */

typedef struct StyleReading {
    DocxStyles *styles;
    DocxStyle style;
    bool inside;
} StyleReading;

/* heading 1, Heading1, 标题 1, 标题1: the level; Title and 标题: 1. 0 for others. */
static int heading_of(const char *name) {
    static const char *const WORDS[] = {"heading", "标题"};
    if (strcasecmp(name, "title") == 0 || strcmp(name, "标题") == 0) return 1;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t size = strlen(WORDS[i]);
        if (strncasecmp(name, WORDS[i], size) != 0) continue;
        const char *digit = name + size + (name[size] == ' ');
        if (*digit >= '1' && *digit <= '9' && !digit[1]) return *digit - '0';
    }
    return 0;
}

static void take_name(StyleReading *reading, const char *name) {
    int level = heading_of(name);
    if (level && reading->style.outline < 0) reading->style.outline = level;
}

static void on_start(void *data, const char *name, const XmlAttributes *attributes) {
    StyleReading *reading = data;
    DocxStyle *style = &reading->style;
    char value[64];
    if (strcmp(name, "style") == 0) {
        bool paragraph = !xml_attribute(attributes, "type", value, sizeof value) || strcmp(value, "paragraph") == 0;
        *style = (DocxStyle){.outline = -1, .number = -1, .level = -1};
        style->id = xml_attribute_copy(reading->styles, attributes, "styleId");
        reading->inside = paragraph && style->id && reading->styles->n < STYLES_MAX;
    }
    if (!reading->inside || !xml_attribute(attributes, "val", value, sizeof value)) return;
    if (strcmp(name, "name") == 0) take_name(reading, value);
    if (strcmp(name, "basedOn") == 0) style->base = xml_attribute_copy(reading->styles, attributes, "val");
    if (strcmp(name, "outlineLvl") == 0) {
        unsigned level = xml_attribute_number(attributes, "val", BODY_LEVEL);
        style->outline = level < BODY_LEVEL ? (int)level + 1 : 0;
    }
    if (strcmp(name, "numId") == 0) style->number = (int)(xml_attribute_number(attributes, "val", 0) & 0xFFFFFF);
    if (strcmp(name, "ilvl") == 0) style->level = (int)(xml_attribute_number(attributes, "val", 0) % DOCX_LEVELS);
}

static void on_end(void *data, const char *name) {
    StyleReading *reading = data;
    if (strcmp(name, "style") != 0 || !reading->inside) return;
    take_name(reading, reading->style.id);
    *mem_push(reading->styles, reading->styles->list, reading->styles->n) = reading->style;
    reading->inside = false;
}

static int compare(const void *a, const void *b) {
    return strcmp(((const DocxStyle *)a)->id, ((const DocxStyle *)b)->id);
}

const DocxStyle *docx_style(const DocxStyles *styles, const char *id) {
    DocxStyle key = {.id = id};
    if (!id || !styles->n) return NULL;
    return bsearch(&key, styles->list, styles->n, sizeof key, compare);
}

static void inherit(const DocxStyles *styles, DocxStyle *style) {
    const DocxStyle *base = docx_style(styles, style->base);
    for (int i = 0; base && i < BASES_MAX; i++, base = docx_style(styles, base->base)) {
        if (style->outline < 0) style->outline = base->outline;
        if (style->number < 0) style->number = base->number;
        if (style->level < 0) style->level = base->level;
    }
}

int docx_styles_read(const void *ctx, const DocxParts *parts, Diag *diag, DocxStyles **ret_styles) {
    static const XmlEvents EVENTS = {.start = on_start, .end = on_end};
    DocxStyles *styles = *ret_styles = mem_new(ctx, DocxStyles);
    StyleReading reading = {.styles = styles};
    if (!parts->styles) return 0;
    if (xml_read_part(parts->package, parts->styles, &EVENTS, &reading, diag) != 0) return 1;
    if (styles->n) qsort(styles->list, styles->n, sizeof *styles->list, compare);
    for (size_t i = 0; i < styles->n; i++) inherit(styles, &styles->list[i]);
    return 0;
}
