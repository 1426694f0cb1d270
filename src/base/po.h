/* base/po.h: reads the translations of a gettext .po file. */
#ifndef BASE_PO_H
#define BASE_PO_H

#include <stddef.h>

/* Calls on_pair for every finished translation; both strings are lent for the call only. Entries that are fuzzy,
 * have a context or plural forms, or are not translated are passed over, as is the header. */
void po_read(const char *po, size_t size, void (*on_pair)(const char *msgid, const char *msgstr, void *data),
             void *data);

#endif
