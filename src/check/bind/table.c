/* check/bind/table.c: what the cells of a table are of.
 *
 * The head of a column and the name of a row tell it together. Where a row gives the total, the other rows are parts,
 * of which nothing is known; a row whose name tells nothing of a thing is a part too, unless it only names a time. */
#include <string.h>

#include "check/bind/binding.h"

#define NO_CELL SIZE_MAX

static const Part *part_of(const Work *work, size_t paragraph) { return work->text->paragraphs[paragraph].part; }

static bool is_cell_of(const Work *work, size_t paragraph, unsigned table) {
    return part_of(work, paragraph)->kind == PART_CELL && part_of(work, paragraph)->table == table;
}

bool table_holds(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index];
    const Paragraph *cell = &work->text->paragraphs[mention->paragraph];
    return cell->part->kind == PART_CELL && mention->from - cell->from <= (work->text->runes[cell->from] == '-') &&
           mention->to == cell->to;
}

/* The cell is empty or holds a mere number, as the serial numbers of rows do. */
static bool is_number(const Work *work, const Paragraph *cell) {
    for (size_t i = cell->from; i < cell->to; i++)
        if (work->text->runes[i] > '9') return false;
    return true;
}

static bool is_total(const Work *work, size_t paragraph) {
    const Paragraph *cell = &work->text->paragraphs[paragraph];
    const uint32_t *runes = work->text->runes;
    return words_within(work->lexicon->altogether, runes + cell->from, runes + cell->to, NULL) == runes + cell->from;
}

/* A cell tells of something: 成果登记, not 产出 or 成果股. */
static bool is_telling(const Binding *binding, const Paragraph *cell) {
    const Hit *end = context_hits_from(binding, cell->to);
    for (const Hit *hit = context_hits_from(binding, cell->from); hit < end; hit++)
        if (!phrases_neutral(binding->phrases, hit->word)) return true;
    return false;
}

/* The name of a row: its first cell that tells of something, else the first that is no number. */
static size_t row_name(const Binding *binding, size_t paragraph) {
    const Work *work = binding->work;
    const Part *cell = part_of(work, paragraph);
    size_t first = NO_CELL, telling = NO_CELL;
    for (size_t i = paragraph; i-- && is_cell_of(work, i, cell->table) && part_of(work, i)->row == cell->row;) {
        const Paragraph *other = &work->text->paragraphs[i];
        if (!is_number(work, other)) first = i;
        if (is_telling(binding, other)) telling = i;
    }
    return first == NO_CELL || telling == NO_CELL || is_total(work, first) ? first : telling;
}

/* Learns where a table begins, its heads, and whether one of its rows is the total. */
static void enter_table(Binding *binding, size_t paragraph) {
    const Work *work = binding->work;
    unsigned number = part_of(work, paragraph)->table;
    Table *table = &binding->table;
    size_t first = paragraph;
    if (table->known && table->number == number) return;
    while (first && is_cell_of(work, first - 1, number)) first--;
    *table = (Table){.known = true, .number = number, .first = first};
    memset(table->heads, 0xFF, sizeof table->heads);
    for (size_t i = first; i < work->text->n_paragraphs && is_cell_of(work, i, number); i++) {
        const Part *cell = part_of(work, i);
        if (!cell->row && cell->column < TABLE_COLUMNS_MAX) table->heads[cell->column] = i;
        table->totalled |= cell->row && is_total(work, i);
    }
}

static void enter_cell(Binding *binding, InForce *force, size_t paragraph) {
    if (paragraph == NO_CELL) return;
    const Paragraph *it = &binding->work->text->paragraphs[paragraph];
    context_enter(binding, force, it->from, it->to);
}

/* The words of heading and caption, column and row; those of the cells count as next to the number. */
static Context context_of_cell(Binding *binding, size_t index, size_t column, size_t row) {
    const Mention *mention = &binding->work->mentions[index];
    InForce force = {.count = 0};
    Context context = {.from = mention->from, .to = mention->number};
    size_t first = binding->table.first;
    enter_cell(binding, &force, mention->heading);
    if (first && mention->heading != first - 1) enter_cell(binding, &force, first - 1);
    enter_cell(binding, &force, column);
    enter_cell(binding, &force, row);
    for (size_t i = 0; i < force.count; i++) {
        bool cell = force.list[i].at >= binding->work->text->paragraphs[first].from;
        context_add(&context, &force.list[i], cell ? ADJACENT : CAPTION, cell);
    }
    return context;
}

static bool cell_says(const Work *work, const WordSet *set, size_t paragraph) {
    const Paragraph *cell = paragraph == NO_CELL ? NULL : &work->text->paragraphs[paragraph];
    return cell && work_says(work, set, cell->from, cell->to);
}

static bool heads_say(const Work *work, const WordSet *set, size_t column, size_t row) {
    return cell_says(work, set, column) || cell_says(work, set, row);
}

static Face face_of_cell(const Work *work, size_t index, size_t column, size_t row) {
    const Lexicon *lexicon = work->lexicon;
    bool percent = work->checked->claims[index].kind == CLAIM_PERCENT;
    if (heads_say(work, lexicon->rise, column, row) || heads_say(work, lexicon->fall, column, row)) return FACE_GROWTH;
    if (percent && heads_say(work, lexicon->compare, column, row)) return FACE_GROWTH;
    if (heads_say(work, lexicon->target, column, row) && !heads_say(work, lexicon->share, column, row))
        return FACE_TARGET;
    return percent ? FACE_SHARE : FACE_VALUE;
}

/* The row is one of parts: what it is named after is no thing known, or another row is their total. */
static bool is_part(const Binding *binding, size_t column, size_t row) {
    if (row == NO_CELL || is_total(binding->work, row)) return false;
    if ((binding->table.totalled && !is_telling(binding, &binding->work->text->paragraphs[row])) || column == NO_CELL)
        return true;
    const Paragraph *name = &binding->work->text->paragraphs[row];
    size_t to = name->from;
    while (to < name->to && binding->work->text->runes[to] != '(') to++; /* (件), (万元) tell nothing of a thing */
    return context_unknown(binding, name->from, to) > 0;
}

/* The indicator that a cell's heads name, and the face they give the number; a rate may be one of an amount. */
static Choice choose(Binding *binding, size_t index, const Context *context, Face *face) {
    const Claim *claim = &binding->work->checked->claims[index];
    Choice own = {0};
    bool aimed = *face == FACE_TARGET, rate = claim->kind == CLAIM_PERCENT; /* a rate that is aimed at: 满意率 90% */
    if (*face != FACE_GROWTH && (!aimed || rate)) own = bind_choose(binding, index, context, SUIT_VALUE);
    if (own.indicator && !aimed) *face = claim->plan ? FACE_TARGET : FACE_VALUE;
    if (own.indicator) return own;
    return bind_choose(binding, index, context, claim->kind == CLAIM_PERCENT ? SUIT_AMOUNT : SUIT_VALUE);
}

/* A rate that its own heads do not name is of what all amounts before it in its row are of; NULL when they differ. */
static const Claim *amount_of_row(const Work *work, size_t index) {
    const Part *cell = part_of(work, work->mentions[index].paragraph);
    const Claim *found = NULL;
    for (size_t i = index; i--;) {
        const Part *other = part_of(work, work->mentions[i].paragraph);
        const Claim *claim = &work->checked->claims[i];
        if (other->kind != PART_CELL || other->table != cell->table || other->row != cell->row) break;
        if (claim->kind != CLAIM_COUNT && claim->kind != CLAIM_MONEY) continue;
        if (!claim->indicator || (found && found->indicator != claim->indicator)) return NULL;
        found = claim;
    }
    return found;
}

void table_bind(Binding *binding, size_t index) {
    Work *work = binding->work;
    size_t paragraph = work->mentions[index].paragraph;
    if (part_of(work, paragraph)->column >= TABLE_COLUMNS_MAX) return;
    enter_table(binding, paragraph);
    size_t column = binding->table.heads[part_of(work, paragraph)->column], row = row_name(binding, paragraph);
    bool share = work->checked->claims[index].kind == CLAIM_PERCENT && binding->table.totalled;
    if (is_part(binding, column, row) || (share && row != NO_CELL && !is_total(work, row))) return; /* of the total */
    Context context = context_of_cell(binding, index, column, row);
    Face face = face_of_cell(work, index, column, row);
    Choice choice = choose(binding, index, &context, &face);
    bool adds = choice.indicator && face == FACE_VALUE && choice.indicator->kind == INDICATOR_STOCK &&
                heads_say(work, work->lexicon->fresh, column, row);
    if (adds) face = FACE_GROWTH;
    bool rate = work->checked->claims[index].kind == CLAIM_PERCENT && cell_says(work, work->lexicon->progress, column);
    const Claim *amount = rate && !choice.indicator ? amount_of_row(work, index) : NULL;
    if (amount) bind_settle(work, index, amount->indicator, FACE_SHARE, amount->confidence);
    if (choice.indicator) bind_settle(work, index, choice.indicator, face, confidence_of(&choice));
}
