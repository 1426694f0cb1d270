/* check/show/show.c: cuts a checked text into what is shown.
 *
 * Claims and remarks come in the order of the text, so one walk over the glyphs places them all. A claim is never cut
 * in two; a remark cuts the plain text around it. */
#include "check/show/show.h"

#include "base/mem.h"

#define NOTE_REACH 64 /* stretches behind the beginning of a remark in which its end is looked for */

typedef struct Cutter {
    const Checked *checked;
    Shown *shown;
    size_t claim, remark, found; /* the next of each */
    uint32_t remarked_to;        /* the place up to which remarks reach that have begun */
} Cutter;

static Stretch *add_stretch(Cutter *cutter, ShownPart *shown, size_t glyph) {
    Stretch *stretch = mem_push(cutter->shown, shown->stretches, shown->n_stretches);
    *stretch = (Stretch){glyph, glyph, NO_CLAIM, false, cutter->remark, cutter->remark, NO_REMARK};
    return stretch;
}

static bool next_claim_before(const Cutter *cutter, uint32_t place) {
    return cutter->claim < cutter->checked->n_claims && cutter->checked->claims[cutter->claim].start < place;
}

static bool next_remark_before(const Cutter *cutter, uint32_t place) {
    return cutter->remark < cutter->checked->n_remarks && cutter->checked->remarks[cutter->remark].start < place;
}

/* The remarks that begin before a place are those of the stretch. */
static void take_remarks(Cutter *cutter, Stretch *stretch, uint32_t place) {
    for (; next_remark_before(cutter, place); cutter->remark++) {
        uint32_t end = cutter->checked->remarks[cutter->remark].end;
        if (end > cutter->remarked_to) cutter->remarked_to = end;
        stretch->remarked = true;
    }
    stretch->remarks_to = cutter->remark;
}

/* Puts down the next claim; the glyph behind it. */
static size_t cut_claim(Cutter *cutter, ShownPart *shown, size_t glyph) {
    const Glyph *glyphs = cutter->checked->reading->glyphs;
    const Claim *claim = &cutter->checked->claims[cutter->claim];
    Stretch *stretch = add_stretch(cutter, shown, glyph);
    stretch->claim = cutter->claim++;
    while (stretch->to < shown->part->to && glyphs[stretch->to].start < claim->end) stretch->to++;
    stretch->remarked = claim->start < cutter->remarked_to;
    take_remarks(cutter, stretch, claim->end);
    return stretch->to;
}

static void cut_plain(Cutter *cutter, ShownPart *shown, size_t glyph) {
    const Glyph *at = &cutter->checked->reading->glyphs[glyph];
    Stretch *stretch = shown->n_stretches ? &shown->stretches[shown->n_stretches - 1] : NULL;
    bool remarked = at->start < cutter->remarked_to, begins = next_remark_before(cutter, at->end);
    if (!stretch || stretch->claim != NO_CLAIM || begins || stretch->remarked != remarked)
        stretch = add_stretch(cutter, shown, glyph);
    stretch->remarked = remarked;
    take_remarks(cutter, stretch, at->end);
    stretch->to = glyph + 1;
}

/* What belongs to the part although none of its glyphs stands there. */
static void cut_rest(Cutter *cutter, ShownPart *shown, uint32_t limit) {
    while (next_claim_before(cutter, limit)) cut_claim(cutter, shown, shown->part->to);
    if (next_remark_before(cutter, limit)) take_remarks(cutter, add_stretch(cutter, shown, shown->part->to), limit);
    shown->found_from = cutter->found;
    while (cutter->found < cutter->shown->n_found && cutter->shown->found[cutter->found].start < limit) cutter->found++;
    shown->found_to = cutter->found;
}

/* --- the signs of remarks --- */

/* The stretch in which a remark ends, as far as its part goes. */
static Stretch *last_stretch(const Cutter *cutter, const ShownPart *shown, size_t first, const Remark *remark) {
    const Glyph *glyphs = cutter->checked->reading->glyphs;
    size_t last = first;
    for (size_t i = first + 1; i < shown->n_stretches && i - first < NOTE_REACH; i++) {
        const Stretch *stretch = &shown->stretches[i];
        if (stretch->from == stretch->to || glyphs[stretch->from].start >= remark->end) break;
        last = i;
    }
    return &shown->stretches[last];
}

/* From the end to the start, so that those in one place come in their order. */
static void place_notes(Cutter *cutter, const ShownPart *shown) {
    for (size_t i = shown->n_stretches; i-- > 0;) {
        const Stretch *stretch = &shown->stretches[i];
        for (size_t remark = stretch->remarks_to; remark-- > stretch->remarks_from;) {
            Stretch *last = last_stretch(cutter, shown, i, &cutter->checked->remarks[remark]);
            cutter->shown->next_note[remark] = last->note;
            last->note = remark;
        }
    }
}

/* --- the whole --- */

Shown *show_cut(const void *ctx, const Checked *checked) {
    const Reading *reading = checked->reading;
    Shown *shown = mem_new(ctx, Shown);
    Cutter cutter = {.checked = checked, .shown = shown};
    shown->n_found = show_found(shown, checked, &shown->found);
    shown->next_note = mem_array(shown, size_t, checked->n_remarks);
    shown->n_parts = reading->n_parts;
    shown->parts = mem_array(shown, ShownPart, reading->n_parts);
    for (size_t i = 0; i < reading->n_parts; i++) {
        ShownPart *part = &shown->parts[i];
        part->part = &reading->parts[i];
        for (size_t glyph = part->part->from; glyph < part->part->to;)
            if (next_claim_before(&cutter, reading->glyphs[glyph].end))
                glyph = cut_claim(&cutter, part, glyph);
            else
                cut_plain(&cutter, part, glyph++);
        bool last = i + 1 == reading->n_parts;
        cut_rest(&cutter, part, last ? UINT32_MAX : reading->glyphs[reading->parts[i + 1].from].start);
        place_notes(&cutter, part);
    }
    return shown;
}

uint32_t show_rune(uint32_t rune) {
    bool turns = (rune >= 0x202A && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069);
    if (rune == '\t' || rune == '\n' || rune == '\r') return ' ';
    return rune < ' ' || (rune >= 0x7F && rune < 0xA0) || turns ? 0xFFFD : rune;
}

void show_glyphs(Buf *out, const Reading *reading, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) buf_rune(out, show_rune(reading->glyphs[i].rune));
}
