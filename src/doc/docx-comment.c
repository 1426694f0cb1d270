/* doc/docx-comment.c: a copy of a docx with comments in its margin.
 *
 * The text is read for its leaves, the places become bytes of document.xml, and there marks are put in between the
 * bytes as they were (docx-places.h). The other parts of the package are copied as they are packed. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/xml.h"
#include "doc/docx-places.h"
#include "doc/docx.h"
#include "doc/markup.h"

/* One end of a comment as it is put into document.xml. */
typedef struct Mark {
    size_t at; /* before this byte */
    bool begins;
    size_t comment;
    const Spot *split; /* whose run is divided here, or NULL */
    bool in_text;      /* within the text element itself */
} Mark;

typedef struct Commenting {
    DocxPlaces places;
    const DocxComment *comments;
    size_t n;
    size_t *first, *last; /* leaves of each comment */
    Mark *marks;
    int64_t id; /* of the first comment that is added */
} Commenting;

/* --- from places to leaves --- */

/* The stretch of a comment in leaves: one that covers nothing covers the character behind it, or the last one. */
static void find_leaves(Commenting *work, size_t i) {
    const DocxLeaves *leaves = &work->places.leaves;
    uint32_t start = work->comments[i].start, end = work->comments[i].end;
    size_t first = docx_leaf_behind(leaves, start);
    if (first == leaves->n) first--;
    size_t last = end > start ? docx_leaf_behind(leaves, end - 1) : first;
    if (last == leaves->n || leaves->list[last].start >= end) last = last > first ? last - 1 : first;
    work->first[i] = first;
    work->last[i] = last < first ? first : last;
}

static void find_spots(Commenting *work) {
    Spot *spots = mem_array(work->places.ctx, Spot, 2 * work->n);
    work->first = mem_array(work->places.ctx, size_t, work->n);
    work->last = mem_array(work->places.ctx, size_t, work->n);
    for (size_t i = 0; i < work->n; i++) {
        find_leaves(work, i);
        spots[2 * i].element = work->places.leaves.list[work->first[i]].element;
        spots[2 * i + 1].element = work->places.leaves.list[work->last[i]].element;
    }
    docx_find_spots(&work->places, spots, 2 * work->n);
    work->id = 1 + work->places.id;
}

/* --- from leaves to bytes --- */

static size_t pass_blanks(const char *xml, size_t from, size_t to) {
    while (from < to && strchr(" \t\r\n", xml[from])) from++;
    return from;
}

/* Before the element of a leaf, or behind it: outside of the run where nothing else stands between. */
static Mark mark_beside(const Commenting *work, const DocxLeaf *leaf, bool begins) {
    const Spot *spot = docx_spot_of(&work->places, leaf);
    const SpotRun *run = leaf->whole ? NULL : spot->run;
    Mark mark = {.at = begins ? spot->all.from : spot->all.to, .begins = begins};
    if (!run) return mark;
    bool outermost = begins ? pass_blanks(work->places.xml, run->inside.from, mark.at) == mark.at
                            : pass_blanks(work->places.xml, mark.at, run->inside.to) == run->inside.to;
    if (outermost)
        mark.at = begins ? run->all.from : run->all.to;
    else
        mark.split = spot;
    return mark;
}

static Mark mark_of(const Commenting *work, const DocxLeaf *leaf, uint32_t place, bool begins) {
    bool within = !leaf->whole && place > leaf->start && place < leaf->end;
    const Spot *spot = docx_spot_of(&work->places, leaf);
    size_t byte = within && spot->run ? spot_byte(work->places.xml, spot->inside, place - leaf->start) : SIZE_MAX;
    if (byte == SIZE_MAX) return mark_beside(work, leaf, begins);
    return (Mark){.at = byte, .begins = begins, .split = spot, .in_text = true};
}

/* In the order of the bytes; at one place what ends comes before what begins. */
static int compare_marks(const void *a, const void *b) {
    const Mark *left = a, *right = b;
    if (left->at != right->at) return left->at < right->at ? -1 : 1;
    if (left->begins != right->begins) return left->begins ? 1 : -1;
    return (left->comment > right->comment) - (left->comment < right->comment);
}

static void find_marks(Commenting *work) {
    work->marks = mem_array(work->places.ctx, Mark, 2 * work->n);
    for (size_t i = 0; i < work->n; i++) {
        const DocxComment *comment = &work->comments[i];
        const DocxLeaf *first = &work->places.leaves.list[work->first[i]],
                       *last = &work->places.leaves.list[work->last[i]];
        uint32_t end = comment->end > comment->start ? comment->end : comment->start + 1;
        Mark from = mark_of(work, first, comment->start, true);
        Mark to = mark_of(work, last, end, false);
        if (to.at <= from.at) to = mark_beside(work, first, false); /* it leads into a text box or out of one */
        from.comment = to.comment = i;
        work->marks[2 * i] = from;
        work->marks[2 * i + 1] = to;
    }
    qsort(work->marks, 2 * work->n, sizeof *work->marks, compare_marks);
}

/* --- document.xml anew --- */

static void add_mark(const Commenting *work, const DocxMain *root, Buf *out, const Mark *mark) {
    int64_t id = work->id + (int64_t)mark->comment;
    const char *ns = root->declare;
    if (mark->begins)
        buf_printf(out, "<w:commentRangeStart%s w:id=\"%" PRId64 "\"/>", ns, id);
    else
        buf_printf(out,
                   "<w:commentRangeEnd%s w:id=\"%" PRId64 "\"/><w:r%s><w:commentReference w:id=\"%" PRId64 "\"/></w:r>",
                   ns, id, ns, id);
}

static Buf write_document(const Commenting *work, const DocxMain *root) {
    Buf out = BUF_INIT(work->places.ctx);
    size_t at = 0;
    for (size_t i = 0; i < 2 * work->n;) {
        const Mark *mark = &work->marks[i];
        docx_copy_up_to(&work->places, &out, &at, mark->at, mark->in_text ? mark->split : NULL);
        if (mark->split) docx_close_run(&out, work->places.xml, mark->split, mark->in_text);
        for (; i < 2 * work->n && work->marks[i].at == mark->at; i++) add_mark(work, root, &out, &work->marks[i]);
        if (mark->split) docx_open_run(&out, work->places.xml, mark->split, mark->in_text);
    }
    buf_add_bytes(&out, work->places.xml + at, work->places.size - at);
    return out;
}

static Buf write_comments(const Commenting *work, const DocxMain *root, const char *author) {
    Buf out = BUF_INIT(work->places.ctx);
    for (size_t i = 0; i < work->n; i++) {
        buf_printf(&out, "<w:comment xmlns:w=\"%s\" w:id=\"%" PRId64 "\" w:author=\"", root->namespace,
                   work->id + (int64_t)i);
        markup_add(&out, docx_sound_text(work->places.ctx, author));
        buf_add(&out, "\">");
        const char *at = docx_sound_text(work->places.ctx, work->comments[i].text);
        for (;;) {
            size_t size = strcspn(at, "\n");
            buf_add(&out, "<w:p><w:r><w:t xml:space=\"preserve\">");
            markup_add(&out, mem_strndup(work->places.ctx, at, size));
            buf_add(&out, "</w:t></w:r></w:p>");
            if (!at[size]) break;
            at += size + 1;
        }
        buf_add(&out, "</w:comment>");
    }
    return out;
}

/* --- the package --- */

static void on_comment(void *data, const char *name, const XmlAttributes *attributes) {
    int64_t *id = data;
    if (strcmp(name, "comment") != 0) return;
    int64_t n = xml_attribute_number(attributes, "id", 0);
    if (n > *id) *id = n;
}

/* The ids of comments that are there, with or without a mark in the text. */
static int read_ids(Commenting *work) {
    static const XmlEvents EVENTS = {.start = on_comment};
    int64_t id = work->id - 1;
    if (work->places.parts.comments &&
        xml_read_part(work->places.parts.package, work->places.parts.comments, &EVENTS, &id, work->places.diag) != 0)
        return 1;
    work->id = id + 1;
    return 0;
}

static int write_copy(Commenting *work, const char *bytes, size_t size, const char *author, const char *copy) {
    DocxMain root = docx_main(work->places.ctx, work->places.xml, work->places.size);
    DocxEdit edit = {.ctx = work->places.ctx, .parts = &work->places.parts, .diag = work->places.diag, .main = &root};
    Buf document = write_document(work, &root), comments = write_comments(work, &root, author);
    edit_replace(&edit, work->places.parts.document, document.data, document.size);
    if (edit_add_comments(&edit, buf_text(&comments)) != 0) return 1;
    return edit_write(&edit, bytes, size, copy);
}

int docx_comment(const char *path, const char *copy, const char *author, const DocxComment *comments, size_t n,
                 Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Commenting work = {.places = {.ctx = scratch, .name = path, .diag = diag}, .comments = comments, .n = n};
    char *bytes;
    size_t size;
    if (file_read(scratch, path, READING_FILE_MAX, diag, &bytes, &size) != 0) return 1;
    if (docx_places_open(&work.places, bytes, size) != 0) return 1;
    if (n == 0) return file_write(copy, bytes, size, diag);
    find_spots(&work);
    if (read_ids(&work) != 0) return 1;
    find_marks(&work);
    return write_copy(&work, bytes, size, author, copy);
}
