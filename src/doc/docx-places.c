/* doc/docx-places.c: see docx-places.h. */
#include "doc/docx-places.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "doc/docx.h"

#define DOCUMENT_MAX ((size_t)64 << 20) /* bytes of document.xml that are rewritten */

int docx_places_open(DocxPlaces *places, const char *bytes, size_t size) {
    Reader reader = {.name = places->name, .diag = places->diag};
    reader_begin(&reader, places->ctx, READING_DOCX);
    if (docx_open(places->ctx, places->name, bytes, size, places->diag, &places->parts) != 0) return 1;
    if (docx_read(&reader, &places->parts, &places->leaves) != 0) return 1;
    if (docx_part_bytes(places->ctx, places->parts.package, places->parts.document, DOCUMENT_MAX, places->diag,
                        &places->xml, &places->size) != 0)
        return 1;
    if (!text_is_valid(places->xml, places->size) || !places->leaves.n)
        return package_refuse(places->parts.package, places->diag, docx_terms.damaged);
    return 0;
}

/* --- spots --- */

size_t docx_leaf_behind(const DocxLeaves *leaves, uint32_t place) {
    size_t low = 0, high = leaves->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (leaves->list[middle].end > place)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static int compare_spots(const void *a, const void *b) {
    uint32_t left = ((const Spot *)a)->element, right = ((const Spot *)b)->element;
    return (left > right) - (left < right);
}

void docx_find_spots(DocxPlaces *places, Spot *spots, size_t n) {
    qsort(spots, n, sizeof *spots, compare_spots);
    places->spots = spots;
    places->n_spots = 0;
    for (size_t i = 0; i < n; i++)
        if (!places->n_spots || spots[places->n_spots - 1].element != spots[i].element)
            spots[places->n_spots++] = spots[i];
    places->id = spots_find(places->ctx, places->xml, places->size, spots, places->n_spots);
}

const Spot *docx_spot_of(const DocxPlaces *places, const DocxLeaf *leaf) {
    Spot key = {.element = leaf->element};
    return bsearch(&key, places->spots, places->n_spots, sizeof key, compare_spots);
}

/* --- runs divided --- */

void docx_add_slice(Buf *out, const char *xml, Slice slice) {
    buf_add_bytes(out, xml + slice.from, slice.to - slice.from);
}

static void add_tag(Buf *out, const char *xml, const char *open, Slice name, const char *close) {
    buf_add(out, open);
    docx_add_slice(out, xml, name);
    buf_add(out, close);
}

/* Where text is divided its ends may be white space, which stays only where the element says so. */
static bool says_space(const char *xml, const Spot *spot) {
    size_t from = spot->all.from;
    return memmem(xml + from, spot->inside.from - from, "xml:space", strlen("xml:space")) != NULL;
}

void docx_close_run(Buf *out, const char *xml, const Spot *spot, bool in_text) {
    if (in_text) add_tag(out, xml, "</", spot->name, ">");
    add_tag(out, xml, "</", spot->run->name, ">");
}

void docx_open_run(Buf *out, const char *xml, const Spot *spot, bool in_text) {
    add_tag(out, xml, "<", spot->run->name, ">");
    docx_add_slice(out, xml, spot->run->properties);
    if (in_text) add_tag(out, xml, "<", spot->name, " xml:space=\"preserve\">");
}

void docx_copy_up_to(const DocxPlaces *places, Buf *out, size_t *at, size_t to, const Spot *divided) {
    if (divided && divided->inside.from > *at && !says_space(places->xml, divided)) {
        size_t bracket = divided->inside.from - 1;
        buf_add_bytes(out, places->xml + *at, bracket - *at);
        buf_add(out, " xml:space=\"preserve\"");
        *at = bracket;
    }
    buf_add_bytes(out, places->xml + *at, to - *at);
    *at = to;
}
