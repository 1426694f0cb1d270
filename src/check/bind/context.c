/* check/bind/context.c: the words around a claim that tell what it is of.
 *
 * Words are in force from where they stand to the end of their paragraph, and those of a heading in its section; a word
 * that is not at home with one in force ends it: behind 吸纳 nothing is 输出 any more, behind 技术合同 nothing is of
 * 特派员. What stands next to the number counts most. */
#include <string.h>

#include "base/mem.h"
#include "check/bind/binding.h"

/* How much the words of a place tell. */
#define BEHIND   ADJACENT /* when words before the number tell already */
#define CLAUSE   IN_CLAUSE
#define SENTENCE 0.8
#define EARLIER  0.7 /* in the paragraph */
#define HEADING  CAPTION

#define BRACKET_RUNES 60 /* behind a word within which its bracket closes */
#define LINE_RUNES    24 /* that a broken line has at least */
#define WHEN_RUNES    16 /* that a time takes at most */
#define OBJECT_RUNES  2  /* that the object of a verb has at least */
#define TITLE_LINES   3  /* among which the title stands */
#define TAIL_RUNES    2  /* of unknown words between a known one and the number */
#define SHORT_WORDS   4  /* runes of unknown words next to a number that leave it bare enough */

/* --- places --- */

static bool ends_near(uint32_t rune) { return rune_ends_clause(rune) && rune != ':'; }
static bool ends_item(uint32_t rune) { return rune_ends_clause(rune) || rune == 0x3001 || rune == '(' || rune == ')'; }

/* No full stop ends it: a heading, a broken line. */
static bool is_open(const Work *work, size_t paragraph) {
    const Paragraph *it = &work->text->paragraphs[paragraph];
    return it->part->kind != PART_CELL && !rune_ends_sentence(work->text->runes[it->to - 1]);
}

/* A question, which the next paragraph answers. */
static bool asks(const Work *work, size_t paragraph) {
    return work->text->runes[work->text->paragraphs[paragraph].to - 1] == '?';
}

/* So long that it can only be a broken line. */
static bool is_broken(const Work *work, size_t paragraph) {
    const Paragraph *it = &work->text->paragraphs[paragraph];
    return is_open(work, paragraph) && it->to - it->from >= LINE_RUNES;
}

/* The end of the claim before, if it stands in the same clause; else the beginning of the clause. A label before a
 * colon belongs to the number behind it. */
size_t context_near_from(const Work *work, size_t index) {
    size_t at = work->mentions[index].from, before = index ? work->mentions[index - 1].to : 0;
    size_t paragraph = work->mentions[index].paragraph;
    if (at == work->text->paragraphs[paragraph].from && paragraph && is_broken(work, paragraph - 1)) at--;
    size_t number = at;
    while (at > before && !ends_near(work->text->runes[at - 1])) at--;
    Kind kind = work_next_kind(work, at, number); /* 按季度分解：一季度60家 */
    return kind.from < number ? kind.from : at;
}

size_t context_near_to(const Work *work, size_t index) {
    size_t at = work->mentions[index].to;
    size_t next = index + 1 < work->checked->n_claims ? work->mentions[index + 1].from : work->text->size;
    while (at < next && !ends_item(work->text->runes[at])) at++;
    return at;
}

/* --- words in force --- */

const Hit *context_hits_from(const Binding *binding, size_t at) {
    size_t low = 0, high = binding->n_hits;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (binding->hits[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return binding->hits + low;
}

/* The place of the newest thing in force that a word is at home with; 0 when there is none. */
static size_t said_of(const Binding *binding, const InForce *force, size_t word) {
    for (size_t i = force->count; i-- > 0;) {
        size_t thing = force->list[i].word;
        if (phrases_is_thing(binding->phrases, thing) && phrases_at_home(binding->phrases, thing, word)) return i;
    }
    return 0;
}

/* Takes a word into force. A thing ends what is not at home with it; what becomes of a thing ends the like of itself,
 * and the things before the one that it is said of. */
static void enter(const Binding *binding, InForce *force, const Hit *hit) {
    const Phrases *phrases = binding->phrases;
    bool neutral = phrases_neutral(phrases, hit->word), thing = phrases_is_thing(phrases, hit->word);
    size_t kept = 0, of = neutral || thing ? 0 : said_of(binding, force, hit->word);
    for (size_t i = 0; i < force->count; i++) {
        size_t word = force->list[i].word;
        bool apart = !neutral && !phrases_neutral(phrases, word) && !phrases_at_home(phrases, word, hit->word);
        bool ended = apart && (thing || i < of || !phrases_is_thing(phrases, word));
        if (word != hit->word && !ended) force->list[kept++] = force->list[i];
    }
    if (kept == IN_FORCE_MAX) memmove(force->list, force->list + 1, --kept * sizeof force->list[0]);
    force->list[kept++] = *hit;
    force->count = kept;
}

void context_enter(const Binding *binding, InForce *force, size_t from, size_t to) {
    const Hit *end = binding->hits + binding->n_hits;
    for (const Hit *hit = context_hits_from(binding, from); hit < end && hit->at < to; hit++)
        enter(binding, force, hit);
}

/* Goes on to a paragraph. What was said holds on only from one that no full stop ends: a heading, a broken line. */
static void enter_paragraph(Binding *binding, size_t paragraph, size_t heading) {
    const Work *work = binding->work;
    InForce *force = &binding->force;
    bool open = false;
    if (force->paragraph != SIZE_MAX && force->next < binding->n_hits)
        context_enter(binding, force, binding->hits[force->next].at, work->text->paragraphs[force->paragraph].to);
    for (size_t i = force->paragraph == SIZE_MAX ? 0 : force->paragraph + 1; i <= paragraph; i++) {
        bool goes_on = i && (is_open(work, i - 1) || asks(work, i - 1));
        open = goes_on && work->text->paragraphs[i].part->kind != PART_CELL;
        if (!open) force->count = 0;
        if (i == paragraph) break;
        context_enter(binding, force, work->text->paragraphs[i].from, work->text->paragraphs[i].to);
    }
    if (!open && binding->title != SIZE_MAX && paragraph != binding->title &&
        work->text->paragraphs[paragraph].part->kind != PART_CELL)
        context_enter(binding, force, work->text->paragraphs[binding->title].from,
                      work->text->paragraphs[binding->title].to);
    if (!open && heading != SIZE_MAX && heading != paragraph && heading != binding->title)
        context_enter(binding, force, work->text->paragraphs[heading].from, work->text->paragraphs[heading].to);
    force->next = (size_t)(context_hits_from(binding, work->text->paragraphs[paragraph].from) - binding->hits);
    force->paragraph = paragraph;
}

/* Moves on to a claim. */
static void advance(Binding *binding, size_t index) {
    const Mention *mention = &binding->work->mentions[index];
    InForce *force = &binding->force;
    if (force->paragraph != mention->paragraph) enter_paragraph(binding, mention->paragraph, mention->heading);
    for (; force->next < binding->n_hits && binding->hits[force->next].at < mention->number; force->next++)
        enter(binding, force, &binding->hits[force->next]);
}

/* --- what says nothing of a thing --- */

static const Word *idle_at(const Lexicon *lexicon, const uint32_t *at) {
    const WordSet *sets[] = {lexicon->idle,        lexicon->altogether, lexicon->among, lexicon->filler,
                             lexicon->strong_plan, lexicon->compare,    lexicon->rise,  lexicon->fall,
                             lexicon->target,      lexicon->share_out};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        const Word *word = words_at(sets[i], at);
        if (word) return word;
    }
    return NULL;
}

size_t context_unknown(const Binding *binding, size_t from, size_t to) {
    const Work *work = binding->work;
    const Whens *whens = &work->whens;
    size_t unknown = 0, when = binding->next_when;
    while (when < whens->count && whens->list[when].at + whens->list[when].size <= from) when++;
    for (size_t at = from; at < to;) {
        const uint32_t *rune = work->text->runes + at;
        const Word *idle = idle_at(work->lexicon, rune);
        Hit hit = {.size = 0};
        if (when < whens->count && whens->list[when].at <= at) {
            at = whens->list[when].at + whens->list[when].size > at ? whens->list[when].at + whens->list[when].size
                                                                    : at + 1;
            when++;
        } else if (phrases_at(binding->phrases, rune, &hit) || idle) {
            at += idle && idle->size > hit.size ? idle->size : hit.size;
        } else {
            unknown += *rune > 0x3020;
            at++;
        }
    }
    return unknown;
}

/* --- together --- */

void context_add_stretch(const Binding *binding, Context *context, size_t from, size_t to, double weight, bool near) {
    const Hit *end = binding->hits + binding->n_hits;
    for (const Hit *hit = context_hits_from(binding, from); hit < end && hit->at + hit->size <= to; hit++)
        context_add(context, hit, weight, near);
}

/* A thing stands next to the number: what became of things in earlier clauses is not said of it. */
static bool names_thing(const Binding *binding, size_t near) {
    for (size_t i = binding->force.count; i-- > 0 && binding->force.list[i].at >= near;)
        if (phrases_is_thing(binding->phrases, binding->force.list[i].word)) return true;
    return false;
}

/* 合同86项（输出34项、吸纳50项），成交额: what a bracket says is over where it closes. */
static bool is_closed_off(const Work *work, size_t at, size_t from) {
    for (size_t to = at + BRACKET_RUNES < from ? at + BRACKET_RUNES : from; at < to; at++)
        if (work->text->runes[at] == '(' || work->text->runes[at] == ')') return work->text->runes[at] == ')';
    return false;
}

static void add_in_force(const Binding *binding, Context *context, size_t index, size_t near) {
    const Work *work = binding->work;
    size_t at = work->mentions[index].from, paragraph = work->text->paragraphs[work->mentions[index].paragraph].from;
    size_t clause = work_clause_from(work, at), sentence = work_period_from(work, at);
    bool thing = names_thing(binding, near), other = !thing && context_unknown(binding, near, at) > SHORT_WORDS;
    for (size_t i = 0; i < binding->force.count; i++) {
        const Hit *hit = &binding->force.list[i];
        if (other && hit->at < near) continue; /* what is unknown here is a thing of its own */
        if (hit->at < near && is_closed_off(work, hit->at, at)) continue;
        if (thing && hit->at < clause && hit->at < near && !phrases_is_thing(binding->phrases, hit->word)) continue;
        double weight = hit->at >= near        ? NEXT_TO
                        : hit->at >= clause    ? CLAUSE
                        : hit->at >= sentence  ? SENTENCE
                        : hit->at >= paragraph ? EARLIER
                                               : HEADING;
        context_add(context, hit, weight, hit->at >= near);
    }
}

/* A clause that tells the parts of a whole told before: behind a colon, a bracket, or 其中. */
static bool tells_parts(const Work *work, size_t clause) {
    uint32_t before = work->text->runes[clause - 1];
    return before == ':' || words_at(work->lexicon->among, work->text->runes + clause);
}

/* The only thing next to a claim of which nothing else is said there; NO_WORD when there is none. */
static size_t mere_thing(const Binding *binding, const Context *context) {
    size_t thing = NO_WORD;
    for (size_t i = 0; i < context->count; i++) {
        size_t word = context->words[i].word;
        if (!context->words[i].near || phrases_neutral(binding->phrases, word)) continue;
        if (thing != NO_WORD || !phrases_is_thing(binding->phrases, word)) return NO_WORD;
        thing = word;
    }
    return thing;
}

/* The last thing before a place in a stretch that another is at home with; NULL when there is none. */
static const Hit *whole_of(const Binding *binding, size_t thing, size_t from, size_t to) {
    const Hit *whole = NULL, *end = context_hits_from(binding, to);
    for (const Hit *hit = context_hits_from(binding, from); hit < end; hit++)
        if (hit->word != thing && phrases_is_thing(binding->phrases, hit->word) &&
            phrases_at_home(binding->phrases, hit->word, thing))
            whole = hit;
    return whole;
}

/* 正在筹建的平台15个，其中院士工作站2个: what is done to the whole is done to its parts. */
static void add_whole(const Binding *binding, Context *context, size_t index) {
    const Work *work = binding->work;
    size_t at = work->mentions[index].from, clause = work_clause_from(work, at), from = work_period_from(work, at);
    size_t thing = mere_thing(binding, context);
    if (thing == NO_WORD || clause <= from || !tells_parts(work, clause)) return;
    const Hit *whole = whole_of(binding, thing, from, clause);
    if (!whole) return;
    size_t to = work_clause_to(work, whole->at);
    const Hit *end = context_hits_from(binding, to);
    for (const Hit *hit = context_hits_from(binding, work_clause_from(work, whole->at)); hit < end; hit++) {
        Hit here = {.at = at, .size = hit->size, .word = hit->word};
        if (!phrases_is_thing(binding->phrases, hit->word)) context_add(context, &here, NEXT_TO, true);
    }
}

bool context_tells(const Binding *binding, const Context *context) {
    for (size_t i = 0; i < context->count; i++)
        if (context->words[i].near && !phrases_neutral(binding->phrases, context->words[i].word)) return true;
    return false;
}

/* What follows the number: up to the first thing it names the number's own (88家企业申报高企), then it tells on. */
static void add_following(const Binding *binding, Context *context, size_t from, size_t to) {
    const Hit *end = binding->hits + binding->n_hits;
    bool near = true;
    for (const Hit *hit = context_hits_from(binding, from); hit < end && hit->at + hit->size <= to; hit++) {
        context_add(context, hit, near ? NEXT_TO : BEHIND, near);
        near &= !phrases_is_thing(binding->phrases, hit->word);
    }
}

/* What follows belongs to the number when nothing before it tells, or when an item ends there. */
static void add_behind(const Binding *binding, Context *context, size_t index) {
    const Work *work = binding->work;
    size_t from = work->mentions[index].end, to = context_near_to(work, index);
    size_t before = context_unknown(binding, context->from, work->mentions[index].from);
    if (context_tells(binding, context)) {
        if (ends_item(work->text->runes[to])) context_add_stretch(binding, context, from, to, BEHIND, false);
    } else if (before <= SHORT_WORDS) {
        add_following(binding, context, from, to);
        context->bare =
            !before && !context_tells(binding, context) && context_unknown(binding, from, to) <= SHORT_WORDS;
    }
}

/* 研发费用加计扣除2.3亿元, 发布榜单12项: what stands between a known word and the number is the thing itself, unknown.
 * Behind a thing a word or so may stand (仪器设备12台), behind what is done to it its object. */
static bool is_of_unknown(const Binding *binding, size_t index, size_t near) {
    const Hit *last = NULL, *end = binding->hits + binding->n_hits;
    size_t from = binding->work->mentions[index].from;
    if (binding->work->checked->claims[index].kind == CLAIM_RANK) return false;
    for (const Hit *hit = context_hits_from(binding, near); hit < end && hit->at < from; hit++) last = hit;
    if (!last || last->at + last->size >= from) return false;
    size_t most = phrases_is_thing(binding->phrases, last->word) ? TAIL_RUNES : OBJECT_RUNES - 1;
    return context_unknown(binding, last->at + last->size, from) > most;
}

/* Two words next to each other that no indicator has both of: joined alike (新品种、新技术75项 is of both together), or
 * what is done to a thing and the thing (申报院士工作站1家). Nothing is known of such a number. */
static bool is_at_odds(const Binding *binding, const Hit *first, const Hit *next) {
    const Phrases *phrases = binding->phrases;
    size_t gap = next->at - first->at - first->size;
    bool thing = phrases_is_thing(phrases, next->word), alike = thing == phrases_is_thing(phrases, first->word);
    bool joined = gap == 1 && alike && run_joins(binding->work->text->runes[next->at - 1]);
    return (joined || (!gap && thing)) && !phrases_at_home(phrases, first->word, next->word);
}

/* The last thing before the number, or what is said of it, is at odds with what stands before it. */
static bool is_of_several(const Binding *binding, size_t index, size_t near, size_t from) {
    const Mention *claim = index ? &binding->work->mentions[index - 1] : NULL;
    const Hit *end = binding->hits + binding->n_hits, *before = NULL;
    bool odds = false;
    for (const Hit *hit = context_hits_from(binding, near); hit < end && hit->at < from; hit++) {
        if (phrases_neutral(binding->phrases, hit->word)) continue;
        if (claim && hit->at == claim->to) continue; /* the thing that the number before counts */
        if (before && is_at_odds(binding, before, hit))
            odds = true;
        else if (phrases_is_thing(binding->phrases, hit->word))
            odds = false;
        before = hit;
    }
    return odds;
}

/* The number is of nothing known, or goes on with a list that is not: 申报院士工作站1家、博士后工作站2家. */
static bool is_lost(Binding *binding, size_t index, size_t near) {
    size_t from = binding->work->mentions[index].number;
    bool goes_on = index && binding->lost == index - 1 && run_joins(binding->work->text->runes[near]);
    if (!goes_on && !is_of_several(binding, index, near, from)) return is_of_unknown(binding, index, near);
    binding->lost = index;
    return true;
}

Context context_of(Binding *binding, size_t index) {
    const Work *work = binding->work;
    const Whens *whens = &work->whens;
    size_t near = context_near_from(work, index);
    Context context = {.from = near, .to = work->mentions[index].number};
    size_t place, length;
    while (binding->next_when < whens->count && whens->list[binding->next_when].at + WHEN_RUNES < near)
        binding->next_when++;
    advance(binding, index);
    if (!work->mentions[index].shared_times && run_holds(work, index, &place, &length)) {
        (void)run_add(binding, &context, index); /* without things to share out among, nothing is known of it */
        return context;
    }
    if (is_lost(binding, index, near)) return context;
    add_in_force(binding, &context, index, near);
    add_whole(binding, &context, index);
    add_behind(binding, &context, index);
    context.bare &= work->mentions[index].shared_times || !work_says(work, work->lexicon->among, near, context.to);
    return context;
}

/* --- opening --- */

/* The last character of the area named most, as a document names its own: 全县, 我市. Places in ranks do not count. */
static uint32_t own_area(const Work *work) {
    struct {
        uint32_t level;
        size_t count;
    } levels[8] = {{0}};
    size_t best = 0, used = 0, claim = 0;
    const Word *word;
    const uint32_t *runes = work->text->runes, *end = runes + work->text->size;
    for (const uint32_t *at = runes; (at = words_within(work->lexicon->area, at, end, &word)) != NULL;
         at += word->size) {
        size_t behind = (size_t)(at - runes) + word->size, i = 0;
        while (claim < work->checked->n_claims && work->mentions[claim].from < behind) claim++;
        if (claim < work->checked->n_claims && work->checked->claims[claim].kind == CLAIM_RANK &&
            work->mentions[claim].from == behind)
            continue;
        while (i < used && levels[i].level != word->runes[word->size - 1]) i++;
        if (i == used && used < sizeof levels / sizeof levels[0]) levels[used++].level = word->runes[word->size - 1];
        if (i < used && ++levels[i].count > levels[best].count) best = i;
    }
    return levels[best].level;
}

/* The title, if it tells of a thing: the first of the first lines that are no running text. */
static size_t title_of(const Binding *binding) {
    const Work *work = binding->work;
    for (size_t i = 0, seen = 0; i < work->text->n_paragraphs && seen < TITLE_LINES; i++) {
        const Paragraph *line = &work->text->paragraphs[i];
        if (work->litter[line->from]) continue;
        if (!is_open(work, i)) return SIZE_MAX;
        seen++;
        const Hit *end = context_hits_from(binding, line->to);
        for (const Hit *hit = context_hits_from(binding, line->from); hit < end; hit++)
            if (phrases_is_thing(binding->phrases, hit->word)) return i;
    }
    return SIZE_MAX;
}

void context_open(Binding *binding, const void *ctx) {
    const Text *text = binding->work->text;
    Hit *hits = NULL, hit;
    size_t count = 0;
    for (size_t at = 0; at < text->size; at += phrases_at(binding->phrases, text->runes + at, &hit) ? hit.size : 1) {
        if (!phrases_at(binding->phrases, text->runes + at, &hit) || hit.word == NO_WORD) continue;
        hit.at = at;
        *mem_push(ctx, hits, count) = hit;
    }
    binding->hits = hits;
    binding->n_hits = count;
    binding->area = own_area(binding->work);
    binding->title = title_of(binding);
    binding->force.paragraph = binding->lost = SIZE_MAX;
}
