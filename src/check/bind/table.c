/* check/bind/table.c: what the cells of a table are of.
 *
 * The head of a column and the name of a row tell it together. Where a row gives the total, the other rows are parts,
 * of which nothing is known; a row whose name tells nothing of a thing is a part too, unless it only names a time. */
#include <string.h>

#include "check/bind/binding.h"

static const Part *part_of(const Work *work, size_t paragraph) { return work->text->paragraphs[paragraph].part; }

bool table_holds(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index];
    const Paragraph *cell = &work->text->paragraphs[mention->paragraph];
    return cell->part->kind == PART_CELL && mention->from - cell->from <= (work->text->runes[cell->from] == '-') &&
           mention->to == cell->to;
}

/* A cell tells of something: 成果登记, not 产出 or 成果股. */
static bool is_telling(const Binding *binding, size_t paragraph) {
    if (paragraph == NO_CELL) return false;
    const Paragraph *cell = &binding->work->text->paragraphs[paragraph];
    const Hit *end = context_hits_from(binding, cell->to);
    for (const Hit *hit = context_hits_from(binding, cell->from); hit < end; hit++)
        if (!phrases_neutral(binding->phrases, hit->word)) return true;
    return false;
}

/* What the row of a cell is called: its name, or what else names it where that alone tells of something. */
static size_t row_name(const Binding *binding, const Heads *heads) {
    bool detail = heads->name != NO_CELL && !work_cell_is_total(binding->work, heads->name) &&
                  !is_telling(binding, heads->name) && is_telling(binding, heads->detail);
    return detail ? heads->detail : heads->name;
}

/* Learns whether one of the rows of a table is the total. */
static void enter_table(Binding *binding, const Table *table) {
    const Work *work = binding->work;
    if (binding->table == table) return;
    binding->table = table;
    binding->totalled = false;
    for (size_t i = table->first; i < table->end; i++)
        binding->totalled |= part_of(work, i)->row >= table->body && work_cell_is_total(work, i);
}

static void enter_cell(Binding *binding, InForce *force, size_t paragraph) {
    if (paragraph == NO_CELL) return;
    const Paragraph *it = &binding->work->text->paragraphs[paragraph];
    context_enter(binding, force, it->from, it->to);
}

/* A head names nothing that nobody knows: 2023年末, 增加（家）, 合计. */
static bool is_plain(const Binding *binding, size_t paragraph) {
    const Work *work = binding->work;
    if (paragraph == NO_CELL || work_cell_is_total(work, paragraph)) return true;
    if (work_cell_says(work, work->lexicon->subtotal, paragraph)) return true;
    const Paragraph *name = &binding->work->text->paragraphs[paragraph];
    size_t to = name->from;
    while (to < name->to && binding->work->text->runes[to] != '(') to++; /* (件), (万元) tell nothing of a thing */
    return context_unknown(binding, name->from, to) == 0;
}

/* The words of heading and caption, column and row; those of the cells count as next to the number. Where these say no
 * more than times, changes and totals, the caption alone tells. */
static Context context_of_cell(Binding *binding, size_t index, const Heads *heads, size_t row) {
    const Mention *mention = &binding->work->mentions[index];
    const Table *table = binding->table;
    InForce force = {.count = 0};
    Context context = {.from = mention->from, .to = mention->number};
    enter_cell(binding, &force, mention->heading);
    if (mention->heading != table->caption) enter_cell(binding, &force, table->caption);
    enter_cell(binding, &force, heads->group);
    enter_cell(binding, &force, heads->column);
    enter_cell(binding, &force, row);
    for (size_t i = 0; i < force.count; i++) {
        bool cell = force.list[i].at >= binding->work->text->paragraphs[table->first].from;
        context_add(&context, &force.list[i], cell ? ADJACENT : CAPTION, cell);
    }
    context.bare = !context_tells(binding, &context) && heads->column != NO_CELL && is_plain(binding, heads->column) &&
                   is_plain(binding, heads->group) && is_plain(binding, row);
    return context;
}

static bool heads_say(const Work *work, const WordSet *set, size_t column, size_t row) {
    return work_cell_says(work, set, column) || work_cell_says(work, set, row);
}

/* 年度目标, and not 完成目标的. */
static bool is_target_head(const Work *work, size_t cell) {
    return work_cell_says(work, work->lexicon->target, cell) && !work_cell_says(work, work->lexicon->share, cell);
}

static Face face_of_cell(const Work *work, size_t index, size_t column, size_t row) {
    const Lexicon *lexicon = work->lexicon;
    bool percent = work->checked->claims[index].kind == CLAIM_PERCENT;
    if (work->checked->claims[index].kind == CLAIM_RANK) return FACE_RANK;
    if (heads_say(work, lexicon->rise, column, row) || heads_say(work, lexicon->fall, column, row)) return FACE_GROWTH;
    if (percent && heads_say(work, lexicon->compare, column, row)) return FACE_GROWTH;
    if (is_target_head(work, column) || is_target_head(work, row)) return FACE_TARGET;
    return percent ? FACE_SHARE : FACE_VALUE;
}

/* The row is one of parts: what it is named after is no thing known, or another row is their total. */
static bool is_part(const Binding *binding, size_t column, size_t row) {
    if (row == NO_CELL || work_cell_is_total(binding->work, row)) return false;
    if (!is_telling(binding, row) && (binding->totalled || column == NO_CELL)) return true;
    return !is_plain(binding, row);
}

/* The indicator that a cell's heads name, and the face they give the number; a rate may be one of an amount. */
static Choice choose(Binding *binding, size_t index, const Context *context, Face *face) {
    const Claim *claim = &binding->work->checked->claims[index];
    Choice own = {0};
    if (*face == FACE_RANK) return bind_choose(binding, index, context, SUIT_ANY);
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
    enter_table(binding, table_of(&work->tables, paragraph));
    Heads heads = work_cell_heads(work, paragraph);
    size_t column = heads.column, row = row_name(binding, &heads);
    bool percent = work->checked->claims[index].kind == CLAIM_PERCENT,
         progress = percent && work_cell_says(work, work->lexicon->progress, column),
         share = percent && !progress && binding->totalled;
    if (is_part(binding, column, row) || (share && row != NO_CELL && !work_cell_is_total(work, row)))
        return; /* of the total */
    Context context = context_of_cell(binding, index, &heads, row);
    Face face = face_of_cell(work, index, column, row);
    Choice choice = choose(binding, index, &context, &face);
    if (choice.indicator && bind_names_part(binding, column, choice.indicator)) return;
    bool adds = choice.indicator && face == FACE_VALUE && choice.indicator->kind == INDICATOR_STOCK &&
                heads_say(work, work->lexicon->fresh, column, row);
    if (adds) face = FACE_GROWTH;
    const Claim *amount = progress && !choice.indicator ? amount_of_row(work, index) : NULL;
    if (amount) bind_settle(work, index, amount->indicator, FACE_SHARE, amount->confidence);
    if (choice.indicator) bind_settle(work, index, choice.indicator, face, confidence_of(&choice));
}
