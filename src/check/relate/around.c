/* check/relate/around.c: what stands around two numbers, in prose or in the heads of a table, and whether it speaks of
 * one thing. */
#include "base/text.h"
#include "check/relate/echo.h"

#define PAIRS_SURE   2    /* pairs of characters around both that even a small number needs */
#define AROUND       16   /* runes on either side of a number in which both must have a pair of characters in common */
#define NUMBER_LARGE 1000 /* from here on, so many: */
#define AROUND_LARGE 48
#define HEAD_RUNES   24 /* of the clause that heads a paragraph, and before a number, that are looked at */
#define NOUN_HEAD    8  /* runes of a heading that is no more than a noun: 五、特派员。 */
#define NOUN_FAR     6  /* runes before a number within which the noun of another may stand */
#define ROW_MAX      16 /* cells before one that say what it is of */

/* Where the row of a cell begins. */
static size_t row_from(const Work *work, size_t paragraph) {
    const Paragraph *paragraphs = work->text->paragraphs;
    const Part *cell = paragraphs[paragraph].part;
    for (size_t n = 0; paragraph && n < ROW_MAX; n++, paragraph--) {
        const Part *before = paragraphs[paragraph - 1].part;
        if (before->kind != PART_CELL || before->table != cell->table || before->row != cell->row) break;
    }
    return paragraphs[paragraph].from;
}

bool echo_is_cell(const Work *work, size_t index) {
    return work->text->paragraphs[work->mentions[index].paragraph].part->kind == PART_CELL;
}

/* Where the words of a cell are looked for. */
typedef enum { WORDS_OF_ROW, WORDS_OF_COLUMN, WORDS_OF_CAPTION, WORDS_END } WordsOf;

/* The words around a number, within its sentence; of a cell those of its row before it, the head of its column, or,
 * of the total of all, the caption of its table. */
static void around(const Work *work, size_t index, WordsOf of, size_t ret_span[2]) {
    const Mention *mention = &work->mentions[index];
    size_t sentence = work_sentence_from(work, mention->from), end = work_sentence_to(work, mention->to);
    size_t far =
        decimal_compare(work->checked->claims[index].value, (Decimal){NUMBER_LARGE, 0}) < 0 ? AROUND : AROUND_LARGE;
    ret_span[0] = mention->from > sentence + far ? mention->from - far : sentence;
    ret_span[1] = mention->to + far < end ? mention->to + far : end;
    if (!echo_is_cell(work, index)) return;
    ret_span[0] = row_from(work, mention->paragraph);
    ret_span[1] = mention->from;
    Heads heads = work_cell_heads(work, mention->paragraph);
    bool total = work_cell_is_total(work, heads.name);
    size_t head = of == WORDS_OF_COLUMN             ? heads.column
                  : of == WORDS_OF_CAPTION && total ? table_of(&work->tables, mention->paragraph)->caption
                                                    : NO_CELL;
    if (head == NO_CELL) return;
    ret_span[0] = work->text->paragraphs[head].from;
    ret_span[1] = work->text->paragraphs[head].to;
}

/* Both stretches name a thing of prose.yaml, if by other words. */
static bool names_one_thing(const Work *work, size_t spans[2][2]) {
    const WordSet *same = work->lexicon->same;
    for (size_t a = spans[0][0]; a < spans[0][1]; a++) {
        const Word *one = words_at(same, work->text->runes + a);
        for (size_t b = spans[1][0]; one && one->size > 2 && b < spans[1][1]; b++) {
            const Word *other = words_at(same, work->text->runes + b);
            if (other && other->tag == one->tag) return true;
        }
    }
    return false;
}

bool echo_is_han(uint32_t rune) { return text_is_han(rune) && !numeral_is_part(rune); }

/* The pair of characters at a rune stands within [from, to), too. */
static bool pair_stands(const Work *work, size_t at, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    if (!echo_is_han(runes[at]) || !echo_is_han(runes[at + 1])) return false;
    for (size_t i = from; i + 1 < to; i++)
        if (runes[at] == runes[i] && runes[at + 1] == runes[i + 1]) return true;
    return false;
}

/* Both stretches have at least so many pairs of characters, none of them overlapping. */
static bool share_pairs(const Work *work, size_t spans[2][2], size_t but, size_t least) {
    size_t n = 0;
    for (size_t a = spans[0][0]; a + 1 < spans[0][1] && n < least; a++)
        if (a + 1 != but && pair_stands(work, a, spans[1][0], spans[1][1])) n++, a++;
    return n >= least;
}

bool fact_named_in(const Work *work, size_t from, size_t to, size_t index) {
    size_t near = fact_near_from(work, index), number = work->mentions[index].from;
    if (near && work->text->runes[near - 1] == ':')
        near = work_clause_from(work, near - 1); /* 年度目标：登记成果200件 */
    if (number > near + HEAD_RUNES) near = number - HEAD_RUNES;
    size_t spans[2][2] = {{from, to}, {near, number}};
    return share_pairs(work, spans, SIZE_MAX, 1);
}

bool fact_headed_alike(const Work *work, size_t index, size_t other) {
    size_t from = work->text->paragraphs[work->mentions[index].paragraph].from, to = work_clause_to(work, from);
    return fact_named_in(work, from, to > from + HEAD_RUNES ? from + HEAD_RUNES : to, other);
}

bool fact_around_alike(const Work *work, size_t index, size_t other) {
    bool cell = echo_is_cell(work, index) || echo_is_cell(work, other);
    for (WordsOf of = WORDS_OF_ROW; of < (cell ? WORDS_END : WORDS_OF_COLUMN); of++) {
        size_t spans[2][2];
        around(work, index, of, spans[0]);
        around(work, other, of, spans[1]);
        if (names_one_thing(work, spans) || share_pairs(work, spans, work->mentions[index].to, 1)) return true;
    }
    return false;
}

/* 新签约项目16个, and 16个项目签约落户: so much stands around both that a small number is no chance. */
bool echo_is_wordy(const Work *work, size_t index, size_t other) {
    size_t spans[2][2];
    if (echo_is_cell(work, index) || echo_is_cell(work, other)) return false;
    around(work, index, WORDS_OF_ROW, spans[0]);
    around(work, other, WORDS_OF_ROW, spans[1]);
    return share_pairs(work, spans, work->mentions[index].to, PAIRS_SURE);
}

bool fact_common_around(const Work *work, size_t index, size_t other, size_t least) {
    const uint32_t *runes = work->text->runes;
    size_t spans[2][2];
    around(work, index, WORDS_OF_ROW, spans[0]);
    around(work, other, WORDS_OF_ROW, spans[1]);
    for (size_t a = spans[0][0]; a + least <= spans[0][1]; a++)
        for (size_t b = spans[1][0]; b + least <= spans[1][1]; b++) {
            size_t n = 0;
            while (n < least && runes[a + n] == runes[b + n] && echo_is_han(runes[a + n])) n++;
            if (n == least) return true;
        }
    return false;
}

/* --- the noun of a number --- */

/* 14名特派员: the two characters right behind the number; 0 when there are none. */
size_t echo_noun_behind(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t at = work->mentions[index].to;
    return at + 1 < work->text->size && echo_is_han(runes[at]) && echo_is_han(runes[at + 1]) ? at : 0;
}

/* The same, when they say what is counted. */
static size_t noun_behind(const Work *work, size_t index) {
    size_t at = echo_noun_behind(work, index);
    return at && !words_at(work->lexicon->idle, work->text->runes + at) ? at : 0;
}

static bool stands_in(const Work *work, size_t noun, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    for (size_t at = from; at + 1 < to; at++)
        if (runes[at] == runes[noun] && runes[at + 1] == runes[noun + 1] && at != noun) return true;
    return false;
}

/* The noun stands in a head of the column or of the row of a cell. */
static bool heads_noun(const Work *work, size_t noun, size_t paragraph) {
    Heads heads = work_cell_heads(work, paragraph);
    const size_t list[] = {heads.column, heads.group, heads.name, heads.detail};
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if (list[i] != NO_CELL &&
            stands_in(work, noun, work->text->paragraphs[list[i]].from, work->text->paragraphs[list[i]].to))
            return true;
    return false;
}

/* The noun stands right behind the other number too, or shortly before it in its clause, or heads its paragraph, column
 * or row. */
bool echo_has_noun(const Work *work, size_t noun, size_t other) {
    const Mention *mention = &work->mentions[other];
    if (echo_is_cell(work, other)) return heads_noun(work, noun, mention->paragraph);
    size_t near = fact_near_from(work, other), head = work->text->paragraphs[mention->paragraph].from,
           to = work_clause_to(work, head);
    if (mention->from > near + NOUN_FAR) near = mention->from - NOUN_FAR;
    bool headed = to <= head + NOUN_HEAD && stands_in(work, noun, head, to);
    return headed || stands_in(work, noun, near, mention->from) || stands_in(work, noun, mention->to, mention->to + 2);
}

/* A thing of prose.yaml next to a number, by whichever of its names; NULL when none stands there. */
static const Word *thing_beside(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    const Mention *mention = &work->mentions[index];
    const Word *behind = words_at(work->lexicon->same, runes + mention->to);
    return behind ? behind
                  : words_before(work->lexicon->same, runes + fact_near_from(work, index), runes + mention->from);
}

/* 高新技术企业16家, and 16家高企. */
bool echo_counts_one_thing(const Work *work, size_t index, size_t other) {
    const Word *one = thing_beside(work, index), *again = thing_beside(work, other);
    return one && again && one->tag == again->tag;
}

/* 有任务的村78个, and 78个村: the character right before one is right behind the other, and ends there. */
bool echo_turns_round(const Work *work, size_t index, size_t other) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[index].from, to = work->mentions[other].to;
    return from && echo_is_han(runes[from - 1]) && runes[from - 1] == runes[to] &&
           !words_at(work->lexicon->idle, runes + to + 1) && !text_is_han(runes[to + 1]);
}

bool fact_noun_alike(const Work *work, size_t index, size_t other) {
    size_t noun = noun_behind(work, index), again = noun_behind(work, other);
    return (noun && echo_has_noun(work, noun, other)) || (again && echo_has_noun(work, again, index));
}

/* A name, of two characters at least, that has nothing in common with what stands around a number. */
static bool names_other(const Work *work, size_t cell, size_t other) {
    if (cell == NO_CELL) return true;
    const Paragraph *name = &work->text->paragraphs[cell];
    size_t spans[2][2] = {{name->from, name->to}};
    around(work, other, WORDS_OF_ROW, spans[1]);
    bool words = echo_is_han(work->text->runes[name->from]) && echo_is_han(work->text->runes[name->from + 1]);
    return words && !names_one_thing(work, spans) && !share_pairs(work, spans, SIZE_MAX, 1);
}

/* 砚东街道 in a table of many: a cell in a row of something else than prose tells of. */
bool echo_of_other_row(const Work *work, size_t index, size_t other) {
    if (!echo_is_cell(work, index) || echo_is_cell(work, other)) return false;
    Heads heads = work_cell_heads(work, work->mentions[index].paragraph);
    bool total = work_cell_is_total(work, heads.name) || work_cell_says(work, work->lexicon->subtotal, heads.name);
    return heads.name != NO_CELL && !total && names_other(work, heads.name, other) &&
           names_other(work, heads.detail, other);
}
