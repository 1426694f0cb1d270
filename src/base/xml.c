/* base/xml.c: events over the SAX parser of libxml2, with everything switched off that reaches outside. */
#include "base/xml.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define PIECE ((size_t)16 << 10)

struct XmlAttributes {
    const xmlChar **list; /* name, prefix, namespace, value, end of value */
    int n;
};

struct XmlParser {
    const XmlEvents *events;
    void *data;
    xmlParserCtxtPtr context;
    int depth, depth_max;
    bool stopped, bad;
};

static const xmlChar **find(const XmlAttributes *attributes, const char *name) {
    for (int i = 0; i < attributes->n; i++) {
        if (strcmp((const char *)attributes->list[i * 5], name) == 0) return attributes->list + i * 5;
    }
    return NULL;
}

bool xml_attribute(const XmlAttributes *attributes, const char *name, char *ret_value, size_t room) {
    const xmlChar **found = find(attributes, name);
    if (!found) return false;
    size_t size = (size_t)(found[4] - found[3]);
    if (size >= room) size = room - 1;
    memcpy(ret_value, found[3], size);
    ret_value[size] = '\0';
    return true;
}

char *xml_attribute_copy(const void *ctx, const XmlAttributes *attributes, const char *name) {
    const xmlChar **found = find(attributes, name);
    return found ? mem_strndup(ctx, (const char *)found[3], (size_t)(found[4] - found[3])) : NULL;
}

unsigned xml_attribute_number(const XmlAttributes *attributes, const char *name, unsigned otherwise) {
    char text[16];
    if (!xml_attribute(attributes, name, text, sizeof text)) return otherwise;
    unsigned long number = strtoul(text, NULL, 10);
    return number > UINT_MAX ? UINT_MAX : (unsigned)number;
}

bool xml_attribute_yes(const XmlAttributes *attributes, const char *name) {
    char text[8];
    return xml_attribute(attributes, name, text, sizeof text) && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

/* --- what libxml2 calls --- */

static void refuse(XmlParser *parser) {
    parser->bad = true;
    xml_stop(parser);
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
                     const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes) {
    (void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
    XmlParser *parser = data;
    if (++parser->depth > parser->depth_max) {
        refuse(parser);
    } else if (!parser->stopped) {
        XmlAttributes list = {.list = attributes, .n = n_attributes};
        parser->events->start(parser->data, (const char *)name, &list);
    }
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)prefix, (void)uri;
    XmlParser *parser = data;
    parser->depth--;
    if (!parser->stopped && parser->events->end) parser->events->end(parser->data, (const char *)name);
}

static void on_text(void *data, const xmlChar *bytes, int size) {
    XmlParser *parser = data;
    if (!parser->stopped && parser->events->text) parser->events->text(parser->data, (const char *)bytes, (size_t)size);
}

static void on_document_type(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    (void)name, (void)external, (void)system;
    refuse(data);
}

static void on_error(void *data, xmlErrorPtr error) { (void)data, (void)error; } /* the outcome says it all */

static int parser_end(XmlParser *parser) {
    xmlFreeParserCtxt(parser->context);
    return 0;
}

XmlParser *xml_new(const void *ctx, const XmlEvents *events, void *data, int depth_max) {
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .internalSubset = on_document_type,
        .serror = on_error,
    };
    XmlParser *parser = mem_new(ctx, XmlParser);
    parser->events = events;
    parser->data = data;
    parser->depth_max = depth_max;
    parser->context = mem_check(xmlCreatePushParserCtxt(&handler, parser, NULL, 0, NULL));
    talloc_set_destructor(parser, parser_end);
    /* NOENT makes &amp; in attributes arrive as one character; there are no other entities, for want of a DTD. */
    xmlCtxtUseOptions(parser->context, XML_PARSE_NONET | XML_PARSE_NOENT);
    return parser;
}

void xml_stop(XmlParser *parser) {
    parser->stopped = true;
    xmlStopParser(parser->context);
}

bool xml_feed(XmlParser *parser, const char *bytes, size_t size) {
    if (parser->stopped) return !parser->bad;
    xmlParseChunk(parser->context, bytes, (int)size, 0);
    if (!parser->stopped && !parser->context->wellFormed) parser->bad = true;
    return !parser->bad;
}

static bool finish(XmlParser *parser) {
    if (parser->stopped) return !parser->bad;
    xmlParseChunk(parser->context, NULL, 0, 1);
    return !parser->bad && parser->context->wellFormed;
}

int xml_read_piece(XmlParser *parser, PackagePart *part, Diag *diag) {
    char bytes[PIECE];
    size_t size;
    if (parser->stopped && !parser->bad) return 0;
    int r = part_read(part, bytes, sizeof bytes, diag, &size);
    if (r < 0) return r;
    if (r > 0 ? xml_feed(parser, bytes, size) : finish(parser)) return r;
    package_refuse(part_package(part), diag, package_terms(part_package(part))->broken);
    return -1;
}

int xml_read_part(Package *package, const char *name, const XmlEvents *events, void *data, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    PackagePart *part;
    if (part_open(scratch, package, name, diag, &part) != 0) return 1;
    XmlParser *parser = xml_new(scratch, events, data, package_terms(package)->depth_max);
    int r;
    while ((r = xml_read_piece(parser, part, diag)) > 0) continue;
    return r < 0 ? 1 : 0;
}
