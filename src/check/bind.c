/* check/bind.c: which indicator each claim is of, by the words around it, and which of its numbers is meant.
 *
 * The words right before and behind a claim say most; the earlier clauses of its sentence carry the topic on; heads of
 * columns, headings and the sentence before say the rest. A growth, a share or a rank is one of the claim before it
 * unless its own words name an indicator that is such a rate. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "check/phrases.h"
#include "check/work.h"

/* How much the words of a place tell. */
#define NEAR_LEFT     1.0
#define NEAR_RIGHT    0.9
#define CLAUSE_BEFORE 0.85
#define TOPIC         0.75
#define SENTENCE_REST 0.6
#define SENTENCE_LAST 0.4
#define HEADING       0.45
#define HEAD_COLUMN   1.0
#define HEAD_ROW      1.0

#define ALIKE_FACTOR    0.85 /* of a fit whose unit counts the same things otherwise */
#define SURE            0.62 /* coverage a phrase must have */
#define MARGIN          1.06 /* by which the best fit must lead the next */
#define RATE_SURE       0.8  /* coverage of a rate that its own words name */
#define SUBJECT_MAX     24   /* runes */
#define CHAIN_RUNES     60   /* a growth or share behind its number stands within these */

typedef struct Binding {
    Work *work;
    Phrases *phrases;
} Binding;

/* --- the words around a claim --- */

/* The end of the claim before, if it stands in the same clause; else the beginning of the clause. */
static size_t near_from(const Work *work, size_t index) {
    size_t clause = work_clause_from(work, work->mentions[index].from);
    size_t before = index ? work->mentions[index - 1].to : 0;
    return before > clause ? before : clause;
}

static bool ends_item(uint32_t rune) { return rune_ends_clause(rune) || rune == 0x3001 || rune == '(' || rune == ')'; }

/* What follows a claim: to the next claim or the end of the item. */
static size_t near_to(const Work *work, size_t index) {
    size_t at = work->mentions[index].to;
    size_t next = index + 1 < work->checked->n_claims ? work->mentions[index + 1].from : work->text->size;
    while (at < next && !ends_item(work->text->runes[at])) at++;
    return at;
}

/* The beginning of what 。 ends, over ； too: topics are carried on behind a semicolon. */
static size_t period_from(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    while (at && runes[at - 1] != '\n' && runes[at - 1] != 0x3002) at--;
    return at;
}

static void add(const Binding *binding, Context *context, size_t from, size_t to, double weight) {
    const uint32_t *runes = binding->work->text->runes;
    if (to > from) context_add(binding->phrases, context, runes + from, runes + to, weight, weight >= NEAR_RIGHT);
}

static void add_cell(const Binding *binding, Context *context, size_t paragraph) {
    const Work *work = binding->work;
    size_t heads[2];
    work_cell_heads(work, paragraph, &heads[0], &heads[1]);
    for (int i = 0; i < 2; i++) {
        if (heads[i] == SIZE_MAX) continue;
        const Paragraph *head = &work->text->paragraphs[heads[i]];
        add(binding, context, head->from, head->to, i ? HEAD_ROW : HEAD_COLUMN);
    }
}

static Context context_of(const Binding *binding, size_t index) {
    const Work *work = binding->work;
    const Mention *mention = &work->mentions[index];
    Context context = {.count = 0};
    size_t near = near_from(work, index), clause = work_clause_from(work, mention->from);
    size_t sentence = work_sentence_from(work, mention->from), period = period_from(work, mention->from);
    add(binding, &context, near, mention->number, NEAR_LEFT);
    add(binding, &context, mention->end, near_to(work, index), NEAR_RIGHT);
    add(binding, &context, clause, near, CLAUSE_BEFORE);
    add(binding, &context, sentence, clause, SENTENCE_REST);
    add(binding, &context, period, work_clause_to(work, period) < mention->from ? work_clause_to(work, period) : period, TOPIC);
    add(binding, &context, period, sentence, SENTENCE_LAST);
    if (period > work->text->paragraphs[mention->paragraph].from)
        add(binding, &context, period_from(work, period - 1), period, SENTENCE_LAST);
    if (mention->heading != SIZE_MAX) {
        const Paragraph *heading = &work->text->paragraphs[mention->heading];
        add(binding, &context, heading->from, heading->to, HEADING);
    }
    add_cell(binding, &context, mention->paragraph);
    return context;
}

/* --- choosing --- */

typedef double (*Suits)(const Binding *binding, const Claim *claim, const Indicator *indicator);

static bool is_percent(const Indicator *indicator) { return !strcmp(indicator->unit, "%"); }

/* The unit must be that of the indicator, or one that counts the same things. */
static double suits_value(const Binding *binding, const Claim *claim, const Indicator *indicator) {
    if (!strcmp(claim->unit, indicator->unit)) return 1;
    if (claim->kind != CLAIM_COUNT || !*claim->unit) return 0;
    return lexicon_alike(binding->work->lexicon, claim->unit, indicator->unit) ? ALIKE_FACTOR : 0;
}

/* An amount of which there can be a growth, a share or a rank. */
static double suits_amount(const Binding *binding, const Claim *claim, const Indicator *indicator) {
    (void)binding, (void)claim;
    return is_percent(indicator) ? 0 : 1;
}

static double suits_any(const Binding *binding, const Claim *claim, const Indicator *indicator) {
    (void)binding, (void)claim, (void)indicator;
    return 1;
}

typedef struct Choice {
    const Indicator *indicator; /* or NULL */
    double coverage;
    double score, next;
    bool near; /* something next to the number is the indicator's own */
} Choice;

/* Said of a part of the whole (省级5个), or of each (每人2万元), which the indicator is not. */
static bool is_of_part(const Binding *binding, size_t index, const Indicator *indicator) {
    const Work *work = binding->work;
    const uint32_t *runes = work->text->runes, *to = runes + work->mentions[index].number;
    const Word *word;
    size_t near = near_from(work, index);
    for (const uint32_t *at = runes + near; (at = words_within(work->lexicon->part, at, to, &word)) != NULL; at += word->size)
        if (!phrases_says(binding->phrases, indicator, word)) return true;
    bool mean = indicator->measure == MEASURE_AVG || indicator->measure == MEASURE_RATIO;
    return !mean && work_says(work, work->lexicon->each, near, work->mentions[index].number);
}

static Choice choose(const Binding *binding, size_t index, Suits suits) {
    const Claim *claim = &binding->work->checked->claims[index];
    Context context = context_of(binding, index);
    const Fit *fits = phrases_fit(binding->phrases, &context);
    Choice choice = {0};
    for (size_t i = 0; i < binding->work->ask->catalog->n_indicators; i++) {
        double score = fits[i].score * suits(binding, claim, fits[i].indicator);
        if (score > choice.next && is_of_part(binding, index, fits[i].indicator)) continue;
        if (score > choice.score) {
            choice = (Choice){fits[i].indicator, fits[i].coverage, score, choice.score, fits[i].near};
        } else if (score > choice.next) {
            choice.next = score;
        }
    }
    return choice;
}

static bool is_sure(const Choice *choice) {
    return choice->indicator && choice->coverage >= SURE && choice->score >= choice->next * MARGIN;
}

/* The claim before in the sentence says the same of the same, and nothing next to this one speaks for it. */
static bool repeats(const Work *work, size_t index, const Choice *choice) {
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    for (size_t i = index; !choice->near && i-- && work->mentions[i].from >= sentence;)
        if (work->checked->claims[i].indicator == choice->indicator) return true;
    return false;
}

static void settle(Work *work, size_t index, const Indicator *indicator, Face face, double coverage) {
    Claim *claim = &work->checked->claims[index];
    claim->indicator = indicator;
    claim->face = face;
    claim->confidence = (int)lround(fmin(coverage, 1) * 100);
    work->mentions[index].score = coverage;
}

/* --- faces --- */

/* The nearest claim before in the sentence that has an indicator and an amount; SIZE_MAX when there is none. */
static size_t amount_before(const Work *work, size_t index) {
    size_t sentence = period_from(work, work->mentions[index].from);
    for (size_t i = index; i-- && work->mentions[i].from >= sentence;) {
        const Claim *claim = &work->checked->claims[i];
        bool amount = claim->kind == CLAIM_COUNT || claim->kind == CLAIM_MONEY;
        if (work->mentions[i].to + CHAIN_RUNES < work->mentions[index].from) return SIZE_MAX;
        if (amount && claim->face != FACE_GROWTH) return claim->indicator ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* The words of the clause up to a claim. */
static bool clause_says(const Work *work, const WordSet *set, size_t index) {
    size_t from = near_from(work, index);
    return work_says(work, set, from, work->mentions[index].number);
}

/* A word of a set ends right before the claim, perhaps with 了, 为 or 到 between. */
static bool right_before(const Work *work, const WordSet *set, size_t index) {
    const uint32_t *runes = work->text->runes, *at = runes + work->mentions[index].from;
    const Word *filler = words_before(work->lexicon->filler, runes, at);
    return words_before(set, runes, at) || (filler && words_before(set, runes, at - filler->size));
}

static bool says_growth(const Work *work, size_t index) {
    const Lexicon *lexicon = work->lexicon;
    return clause_says(work, lexicon->rise, index) || clause_says(work, lexicon->fall, index) ||
           clause_says(work, lexicon->compare, index);
}

static bool says_share(const Work *work, size_t index) {
    size_t clause = work_clause_from(work, work->mentions[index].from), number = work->mentions[index].number;
    return work_says(work, work->lexicon->target, clause, number) && work_says(work, work->lexicon->share, clause, number);
}

static bool says_target(const Work *work, size_t index) {
    return right_before(work, work->lexicon->target, index) ||
           (clause_says(work, work->lexicon->target, index) && !clause_says(work, work->lexicon->share, index));
}

/* An amount's own face: reached, aimed at, or by how much it grew. */
static Face amount_face(const Work *work, size_t index) {
    if (right_before(work, work->lexicon->rise, index) || right_before(work, work->lexicon->fall, index)) return FACE_GROWTH;
    if (work->checked->claims[index].plan || says_target(work, index)) return FACE_TARGET;
    return FACE_VALUE;
}

/* Said to compare with the amount before it, or aimed at for it, and nothing else: 较上年末的152家, 净增21家, 目标200件. */
static bool goes_with(const Work *work, size_t index, size_t before) {
    if (before == SIZE_MAX || strcmp(work->checked->claims[index].unit, work->checked->claims[before].unit)) return false;
    size_t from = near_from(work, index), number = work->mentions[index].number;
    return work_says(work, work->lexicon->compare, from, number) || right_before(work, work->lexicon->rise, index) ||
           right_before(work, work->lexicon->fall, index) || right_before(work, work->lexicon->target, index);
}

static void bind_amount(const Binding *binding, size_t index) {
    Face face = amount_face(binding->work, index);
    size_t before = amount_before(binding->work, index);
    if (goes_with(binding->work, index, before)) {
        settle(binding->work, index, binding->work->checked->claims[before].indicator, face, binding->work->mentions[before].score);
        return;
    }
    Choice choice = choose(binding, index, suits_value);
    if (is_sure(&choice) && !repeats(binding->work, index, &choice))
        settle(binding->work, index, choice.indicator, face, choice.coverage);
}

/* The indicator that is itself the growth of another; NULL when there is none. */
static const Indicator *growth_of(const Work *work, const Indicator *amount) {
    for (size_t i = 0; i < work->ask->catalog->n_indicators; i++) {
        const Indicator *indicator = &work->ask->catalog->indicators[i];
        if (indicator->measure == MEASURE_GROWTH && indicator->a == amount) return indicator;
    }
    return NULL;
}

/* A growth or share of an amount. */
static void settle_rate(Work *work, size_t index, const Indicator *amount, Face face, double coverage) {
    const Indicator *growth = face == FACE_GROWTH ? growth_of(work, amount) : NULL;
    settle(work, index, growth ? growth : amount, growth ? FACE_VALUE : face, coverage);
}

/* A percentage: a rate that its words name, else a growth or a share of the amount before it. */
static void bind_rate(const Binding *binding, size_t index) {
    Work *work = binding->work;
    bool growth = says_growth(work, index), share = says_share(work, index);
    size_t before = growth || share ? amount_before(work, index) : SIZE_MAX;
    Choice own = choose(binding, index, suits_value);
    Face face = work->checked->claims[index].plan ? FACE_TARGET : FACE_VALUE;
    if (share && before != SIZE_MAX) own = (Choice){0};
    if (is_sure(&own) && (own.coverage >= RATE_SURE || (!growth && !share))) {
        settle(work, index, own.indicator, face, own.coverage);
        return;
    }
    Face derived = growth && !share ? FACE_GROWTH : FACE_SHARE;
    if (before != SIZE_MAX) {
        settle_rate(work, index, work->checked->claims[before].indicator, derived, work->mentions[before].score);
        return;
    }
    Choice amount = choose(binding, index, suits_amount);
    if ((growth || share) && is_sure(&amount)) settle_rate(work, index, amount.indicator, derived, amount.coverage);
}

/* A rank is that of the claim before it in the sentence, else of what its words name. */
static void bind_rank(const Binding *binding, size_t index) {
    Work *work = binding->work;
    size_t sentence = period_from(work, work->mentions[index].from);
    if (index && work->mentions[index - 1].from >= sentence && work->checked->claims[index - 1].indicator) {
        settle(work, index, work->checked->claims[index - 1].indicator, FACE_RANK, work->mentions[index - 1].score);
        return;
    }
    Choice choice = choose(binding, index, suits_any);
    if (is_sure(&choice)) settle(work, index, choice.indicator, FACE_RANK, choice.coverage);
}

static void bind_points(const Binding *binding, size_t index) {
    Work *work = binding->work;
    if (index && work->checked->claims[index - 1].kind == CLAIM_PERCENT && work->checked->claims[index - 1].indicator &&
        work->mentions[index - 1].from >= period_from(work, work->mentions[index].from))
        settle(work, index, work->checked->claims[index - 1].indicator, FACE_GROWTH, work->mentions[index - 1].score);
}

static void (*const binders[])(const Binding *binding, size_t index) = {
    [CLAIM_COUNT] = bind_amount, [CLAIM_MONEY] = bind_amount,   [CLAIM_PERCENT] = bind_rate,
    [CLAIM_RANK] = bind_rank,    [CLAIM_POINTS] = bind_points, [CLAIM_OTHER] = bind_amount,
};

/* --- subjects --- */

/* What the text says the claim is of: the words before it, else those behind it. */
static void name_subject(Work *work, size_t index) {
    size_t from = near_from(work, index), to = work->mentions[index].from;
    if (to - from < 2) {
        from = work->mentions[index].to;
        to = near_to(work, index);
    }
    if (to - from < 2) {
        to = work->mentions[index].from;
        from = work_sentence_from(work, to);
    }
    if (to - from > SUBJECT_MAX) from = to - SUBJECT_MAX;
    while (from < to && ends_item(work->text->runes[from])) from++;
    while (to > from && ends_item(work->text->runes[to - 1])) to--;
    work->checked->claims[index].subject = text_between(work->ctx, work->text, from, to);
}

void work_bind(Work *work) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Binding binding = {.work = work};
    if (work->ask->store) binding.phrases = phrases_new(scratch, work->ask->catalog, work->lexicon);
    for (size_t i = 0; i < work->checked->n_claims; i++) {
        name_subject(work, i);
        if (binding.phrases) binders[work->checked->claims[i].kind](&binding, i);
    }
}
