/* doc/docx.h: the two halves of the docx writer. */
#ifndef DOC_DOCX_H
#define DOC_DOCX_H

#include "doc/doc.h"

/* Writes word/document.xml, and the relationship elements its outside links need. */
void docx_write_document(const Doc *doc, const DocFonts *fonts, Buf *out, Buf *out_relations);

#endif
