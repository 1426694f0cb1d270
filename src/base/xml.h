/* base/xml.h: the XML of the parts of a package as events, piece by piece.
 *
 * Names come without their prefix, so that any prefix and both namespaces of OOXML (ECMA and strict) read the same.
 * A document type, an entity of its own or nesting beyond what the package may have makes the XML bad. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/package.h"

typedef struct XmlAttributes XmlAttributes;

typedef struct XmlEvents {
    void (*start)(void *data, const char *name, const XmlAttributes *attributes);
    void (*end)(void *data, const char *name);                /* or NULL */
    void (*text)(void *data, const char *bytes, size_t size); /* or NULL; in any number of pieces */
} XmlEvents;

/* Copies the value of an attribute, cut to fit. False when it is absent. */
bool xml_attribute(const XmlAttributes *attributes, const char *name, char *ret_value, size_t room);
/* The same as a copy owned by ctx; NULL when absent. */
char *xml_attribute_copy(const void *ctx, const XmlAttributes *attributes, const char *name);
unsigned xml_attribute_number(const XmlAttributes *attributes, const char *name, unsigned otherwise);
bool xml_attribute_yes(const XmlAttributes *attributes, const char *name); /* "1" or "true" */

typedef struct XmlParser XmlParser;

XmlParser *xml_new(const void *ctx, const XmlEvents *events, void *data, int depth_max); /* events outlive it */
bool xml_feed(XmlParser *parser, const char *bytes, size_t size);                        /* false once the XML is bad */
void xml_stop(XmlParser *parser); /* from an event: no more events */

/* Reads a whole part. 0, 1 with findings. */
int xml_read_part(Package *package, const char *name, const XmlEvents *events, void *data, Diag *diag);
/* Reads the next piece of a part: 1, 0 at the end, -1 with findings. */
int xml_read_piece(XmlParser *parser, PackagePart *part, Diag *diag);

#endif
