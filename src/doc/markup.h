/* doc/markup.h: text inside HTML and XML. */
#ifndef DOC_MARKUP_H
#define DOC_MARKUP_H

#include "base/buf.h"

/* Adds text so that it is neither a tag nor an entity, nor ends an attribute in either kind of quotes; control
 * characters, which XML does not allow, become spaces. */
void markup_add(Buf *out, const char *text);

#endif
