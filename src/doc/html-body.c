/* doc/html-body.c: the body of a web page among what stands around it.
 *
 * A page with one article is that article. Else an element that calls itself the body must hold half of the page.
 * Others must hold nearly all of it, and outside of them nothing may be left that a reader would miss: rather too much
 * is read than a number lost. */
#include "doc/html-body.h"

#include <string.h>

#include "doc/html-element.h"

#define SENTENCE_LETTERS  20u  /* of the shortest that is missed even without a digit */
#define PROSE_LETTERS     100u /* that are missed without the sign that ends a sentence */
#define CELL_PARTS        3u   /* of a table that is there for the layout */
#define HALF(mass, all)   (2 * (mass) >= (all))
#define NEARLY(mass, all) (10 * (mass) >= 7 * (all))

enum { MARK_TITLE = 1, MARK_LEFT_OUT = 2 };

void body_count(Body *body, uint32_t rune, bool linked) {
    if (linked || rune_is_space(rune)) return;
    body->letters++;
    body->digits += rune >= '0' && rune <= '9';
    body->sentence = body->sentence || rune == 0x3002 || rune == 0xFF1B; /* 。 ； */
}

static bool has_substance(const Body *body, const Part *part) {
    if (part->kind == PART_CELL && body->digits) return true;
    if (body->sentence && (body->digits || body->letters >= SENTENCE_LETTERS)) return true;
    return body->letters >= PROSE_LETTERS;
}

void body_part(Body *body, bool title) {
    const Reading *reading = body->reader->reading;
    if (reading->n_parts > body->n_marks) {
        *mem_push(body->ctx, body->marks, body->n_marks) = body->title ? MARK_TITLE : 0;
        body->now.parts = body->n_marks;
        body->now.mass += body->letters;
        body->now.substance += has_substance(body, &reading->parts[reading->n_parts - 1]);
    }
    body->title = title;
    body->sentence = false;
    body->letters = body->digits = 0;
}

BodyMark body_enter(const Body *body) { return body->now; }

static uint64_t mass_of(const BodyChoice *choice) { return choice->to.mass - choice->from.mass; }

static void leave_out(Body *body, const BodyChoice *form) {
    for (size_t i = form->from.parts; i < form->to.parts; i++) body->marks[i] |= MARK_LEFT_OUT;
}

/* Choices that have become too light go, so that few are kept. */
static void drop_light(Body *body) {
    size_t n = 0;
    for (size_t i = 0; i < body->n_choices; i++) {
        const BodyChoice *choice = &body->choices[i];
        if (HALF(mass_of(choice), body->now.mass))
            body->choices[n++] = *choice;
        else if (choice->flags & ELEMENT_FORM)
            leave_out(body, choice);
    }
    body->n_choices = n;
}

void body_leave(Body *body, unsigned flags, BodyMark from, unsigned table) {
    BodyChoice choice = {.flags = flags, .from = from, .to = body->now, .table = table};
    if (flags & ELEMENT_ARTICLE) body->now.articles = from.articles + 1;
    if ((flags & ELEMENT_ARTICLE) && from.substance < body->now.substance) body->article = choice;
    if (!(flags & (ELEMENT_MAIN | ELEMENT_HOLDER | ELEMENT_FORM)) || from.parts == body->now.parts) return;
    if (HALF(mass_of(&choice), body->now.mass)) {
        drop_light(body);
        *mem_push(body->ctx, body->choices, body->n_choices) = choice;
    } else if (flags & ELEMENT_FORM) {
        leave_out(body, &choice);
    }
}

static bool is_body(const Body *body, const BodyChoice *choice) {
    if (choice->flags & ELEMENT_MAIN) return true;
    if (!(choice->flags & ELEMENT_HOLDER) || !NEARLY(mass_of(choice), body->now.mass)) return false;
    if ((choice->flags & ELEMENT_CELL) && choice->to.parts - choice->from.parts < CELL_PARTS) return false;
    return choice->from.substance == 0 && choice->to.substance == body->now.substance;
}

/* The only article, else the smallest element that says it is the body, else the smallest that must be. NULL: all
 * is. */
static const BodyChoice *find_body(const Body *body) {
    const BodyChoice *found = NULL;
    if (body->now.articles == 1 && body->article.flags) return &body->article;
    for (size_t i = 0; i < body->n_choices; i++) {
        const BodyChoice *choice = &body->choices[i];
        if (!is_body(body, choice)) continue;
        if (choice->flags & ELEMENT_MAIN) return choice;
        if (!found) found = choice;
    }
    return found;
}

static void keep_part(Reading *reading, size_t *n_glyphs, size_t *n_parts, Part part) {
    size_t size = part.to - part.from;
    memmove(reading->glyphs + *n_glyphs, reading->glyphs + part.from, size * sizeof *reading->glyphs);
    part.from = *n_glyphs;
    part.to = *n_glyphs += size;
    reading->parts[(*n_parts)++] = part;
}

void body_choose(Body *body) {
    Reading *reading = body->reader->reading;
    drop_light(body);
    const BodyChoice *chosen = find_body(body);
    size_t n_glyphs = 0, n_parts = 0;
    for (size_t i = 0; i < body->n_marks; i++) {
        Part part = reading->parts[i];
        bool inside = !chosen || (i >= chosen->from.parts && i < chosen->to.parts);
        if (chosen && part.kind == PART_CELL && part.table == chosen->table)
            part = (Part){.kind = PART_TEXT, .from = part.from, .to = part.to};
        if (body->marks[i] == MARK_TITLE || (inside && body->marks[i] == 0))
            keep_part(reading, &n_glyphs, &n_parts, part);
    }
    reading->n_glyphs = body->reader->part.from = n_glyphs;
    reading->n_parts = n_parts;
}
