/* doc/docx-correct.c: a copy of a docx with corrections as tracked changes: what stood there struck out (w:del), the
 * new words behind it (w:ins), in the properties of the run they stand in.
 *
 * A place that is not text of runs alone (over a tab, in a note, a text box or a formula) is not divided; it stays as
 * it is. All others stand in document.xml in the order of the text. The other parts of the package are copied as they
 * are packed. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "doc/docx-places.h"
#include "doc/docx.h"
#include "doc/markup.h"

#define ID_MOST 1000000000 /* of marks that are there; behind it we count from here */

/* A stretch of the text of one run that a correction takes out. */
typedef struct Cut {
    const Spot *spot;
    Slice bytes;
    const DocxCorrection *correction;
    bool last; /* of the correction: behind it stand the new words */
} Cut;

typedef struct Correcting {
    DocxPlaces places;
    DocxMain root;
    Cut *cuts;
    size_t n_cuts;
    int64_t id; /* of the next change */
} Correcting;

/* --- from places to cuts --- */

static size_t last_leaf(const DocxLeaves *leaves, const DocxCorrection *correction) {
    size_t i = docx_leaf_behind(leaves, correction->end - 1);
    return i < leaves->n ? i : leaves->n - 1;
}

static void find_spots(Correcting *work, const DocxCorrection *list, size_t n) {
    const DocxLeaves *leaves = &work->places.leaves;
    Spot *spots = NULL;
    size_t n_spots = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = docx_leaf_behind(leaves, list[i].start); k < leaves->n && k <= last_leaf(leaves, &list[i]); k++)
            *mem_push(work->places.ctx, spots, n_spots) = (Spot){.element = leaves->list[k].element};
    docx_find_spots(&work->places, spots, n_spots);
}

static bool is_text_of_run(const Correcting *work, const DocxLeaf *leaf, const Spot *spot) {
    size_t size = strlen(work->root.prefix);
    const char *xml = work->places.xml;
    if (leaf->whole || !spot || !spot->run) return false;
    bool same = !memcmp(xml + spot->run->name.from, work->root.prefix, size);
    const char *text = xml + spot->name.to - 1;
    return same && *text == 't' && (text == xml + spot->name.from || text[-1] == ':');
}

/* The part of a leaf within a correction; false where it cannot be divided. */
static bool cut_leaf(const Correcting *work, const DocxLeaf *leaf, const DocxCorrection *correction, Cut *ret_cut) {
    const Spot *spot = docx_spot_of(&work->places, leaf);
    uint32_t from = correction->start > leaf->start ? correction->start : leaf->start;
    uint32_t to = correction->end < leaf->end ? correction->end : leaf->end;
    if (!is_text_of_run(work, leaf, spot)) return false;
    Slice bytes = {spot_byte(work->places.xml, spot->inside, from - leaf->start),
                   spot_byte(work->places.xml, spot->inside, to - leaf->start)};
    *ret_cut = (Cut){.spot = spot, .bytes = bytes, .correction = correction};
    return bytes.from != SIZE_MAX && bytes.to != SIZE_MAX;
}

/* All of a correction, or nothing of it. */
static bool cut_out(Correcting *work, const DocxCorrection *correction) {
    const DocxLeaves *leaves = &work->places.leaves;
    size_t before = work->n_cuts;
    uint32_t at = correction->start;
    for (size_t k = docx_leaf_behind(leaves, at); k < leaves->n && at < correction->end; k++) {
        const DocxLeaf *leaf = &leaves->list[k];
        Cut cut;
        if (leaf->start > at || !cut_leaf(work, leaf, correction, &cut)) break;
        *mem_push(work->places.ctx, work->cuts, work->n_cuts) = cut;
        at = leaf->end;
    }
    if (at < correction->end) work->n_cuts = before;
    if (work->n_cuts == before) return false;
    work->cuts[work->n_cuts - 1].last = true;
    return true;
}

/* The numbers of marks of all kinds are one row: w:id="7". */
static int64_t last_id(const char *xml) {
    static const char name[] = ":id=\"";
    int64_t most = 0;
    for (const char *at = xml; (at = strstr(at, name));) {
        at += strlen(name);
        int64_t id = strtoll(at, NULL, 10);
        if (id > most) most = id;
    }
    return most < ID_MOST ? most : ID_MOST;
}

/* --- document.xml anew --- */

static void open_change(Correcting *work, Buf *out, const char *element, const Cut *cut) {
    buf_printf(out, "<w:%s%s w:id=\"%" PRId64 "\" w:author=\"", element, work->root.declare, ++work->id);
    markup_add(out, docx_sound_text(work->places.ctx, cut->correction->author));
    buf_printf(out, "\" w:date=\"%.19sZ\"><w:r>", cut->correction->at);
    docx_add_slice(out, work->places.xml, cut->spot->run->properties);
}

static void add_change(Correcting *work, Buf *out, const Cut *cut) {
    if (cut->bytes.to > cut->bytes.from) {
        open_change(work, out, "del", cut);
        buf_add(out, "<w:delText xml:space=\"preserve\">");
        docx_add_slice(out, work->places.xml, cut->bytes);
        buf_add(out, "</w:delText></w:r></w:del>");
    }
    if (!cut->last) return;
    open_change(work, out, "ins", cut);
    buf_add(out, "<w:t xml:space=\"preserve\">");
    markup_add(out, docx_sound_text(work->places.ctx, cut->correction->text));
    buf_add(out, "</w:t></w:r></w:ins>");
}

static Buf write_document(Correcting *work) {
    const DocxPlaces *places = &work->places;
    Buf out = BUF_INIT(places->ctx);
    size_t at = 0;
    for (size_t i = 0; i < work->n_cuts; i++) {
        const Cut *cut = &work->cuts[i];
        docx_copy_up_to(places, &out, &at, cut->bytes.from, cut->spot);
        docx_close_run(&out, places->xml, cut->spot, true);
        add_change(work, &out, cut);
        docx_open_run(&out, places->xml, cut->spot, true);
        at = cut->bytes.to;
    }
    buf_add_bytes(&out, places->xml + at, places->size - at);
    return out;
}

int docx_correct(const char *path, const char *copy, const DocxCorrection *list, size_t n, Diag *diag,
                 size_t *ret_done) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Correcting work = {.places = {.ctx = scratch, .name = path, .diag = diag}};
    char *bytes;
    size_t size;
    *ret_done = 0;
    if (file_read(scratch, path, READING_FILE_MAX, diag, &bytes, &size) != 0) return 1;
    if (docx_places_open(&work.places, bytes, size) != 0) return 1;
    work.root = docx_main(scratch, work.places.xml, work.places.size);
    find_spots(&work, list, n);
    work.id = last_id(work.places.xml);
    for (size_t i = 0; i < n; i++) *ret_done += cut_out(&work, &list[i]);
    if (!work.n_cuts) return file_write(copy, bytes, size, diag);
    DocxEdit edit = {.ctx = scratch, .parts = &work.places.parts, .diag = diag, .main = &work.root};
    Buf document = write_document(&work);
    edit_replace(&edit, work.places.parts.document, document.data, document.size);
    return edit_write(&edit, bytes, size, copy);
}
