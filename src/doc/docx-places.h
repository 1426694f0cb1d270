/* doc/docx-places.h: a docx opened to be changed: its text as given, where each stretch of it stands in the bytes of
 * document.xml, and how a run is divided there.
 *
 * A run is closed before a place within it and opened again with its properties behind it; all other bytes stay. */
#ifndef DOC_DOCX_PLACES_H
#define DOC_DOCX_PLACES_H

#include "doc/docx-edit.h"
#include "doc/docx-spot.h"

typedef struct DocxPlaces {
    void *ctx; /* these three are the caller's to set */
    const char *name;
    Diag *diag;
    DocxParts parts;
    DocxLeaves leaves;
    char *xml; /* document.xml */
    size_t size;
    Spot *spots; /* by element, one for each that was asked for */
    size_t n_spots;
    int64_t id; /* the largest of the marks of comments, or -1 */
} DocxPlaces;

/* 0, 1 with a finding: also for a text without any leaf. */
int docx_places_open(DocxPlaces *places, const char *bytes, size_t size);
/* The first leaf that ends behind a place; the number of leaves when none does. */
size_t docx_leaf_behind(const DocxLeaves *leaves, uint32_t place);
/* Finds spots, whose elements are set, in any order and several times over; they are the places' own from then on. */
void docx_find_spots(DocxPlaces *places, Spot *spots, size_t n);
const Spot *docx_spot_of(const DocxPlaces *places, const DocxLeaf *leaf);

void docx_add_slice(Buf *out, const char *xml, Slice slice);
/* "</w:t></w:r>" and "<w:r>…<w:t xml:space="preserve">", the inner pair where the text itself is divided. */
void docx_close_run(Buf *out, const char *xml, const Spot *spot, bool in_text);
void docx_open_run(Buf *out, const char *xml, const Spot *spot, bool in_text);
/* Copies from *at up to a byte. The tag of a text that is divided (or NULL) says from then on that its white space
 * stays. */
void docx_copy_up_to(const DocxPlaces *places, Buf *out, size_t *at, size_t to, const Spot *divided);

#endif
