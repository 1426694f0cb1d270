/* doc/docx.h: the two halves of the docx writer, and of zip files what others share. */
#ifndef DOC_DOCX_H
#define DOC_DOCX_H

#include <zip.h>

#include "doc/doc.h"

/* Writes word/document.xml, and the relationship elements its outside links need. */
void docx_write_document(const Doc *doc, const DocFonts *fonts, Buf *out, Buf *out_relations);

/* Gives an entry the first moment a zip file can name, so that the same parts give the same bytes. */
bool docx_zip_date(zip_t *archive, zip_int64_t index);
/* Reads back what closing an archive left in its source. */
bool docx_zip_bytes(const void *ctx, zip_source_t *source, char **ret_bytes, size_t *ret_size);

#endif
