/* check/bind/context.c: the words around a claim that tell what it is of: those in force (force.c), and those next to
 * the number, which count most. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/bind/binding.h"

/* How much the words of a place tell. */
#define BEHIND   ADJACENT /* when words before the number tell already */
#define CLAUSE   IN_CLAUSE
#define SENTENCE 0.8
#define EARLIER  0.7 /* in the paragraph */
#define HEADING  CAPTION

#define LINE_RUNES   24 /* that a broken line has at least */
#define WHEN_RUNES   16 /* that a time takes at most */
#define OBJECT_RUNES 2  /* that the object of a verb has at least */
#define TAIL_RUNES   2  /* of unknown words between a known one and the number */
#define OWN_THING    3  /* runes of unknown words right behind a number that name a thing */
#define SHORT_WORDS  4  /* runes of unknown words next to a number that leave it bare enough */

/* --- places --- */

static bool ends_near(uint32_t rune) { return rune_ends_clause(rune) && rune != ':'; }
static bool ends_item(uint32_t rune) { return rune_ends_clause(rune) || rune == 0x3001 || rune == '(' || rune == ')'; }

/* So long that it can only be a broken line. */
static bool is_broken(const Work *work, size_t paragraph) {
    const Paragraph *it = &work->text->paragraphs[paragraph];
    return force_is_open(work, paragraph) && it->to - it->from >= LINE_RUNES;
}

/* 10家进入决赛、获奖3项: what the claim before counts ends with its item, but for what 分别 shares out. */
static size_t behind_item(const Work *work, size_t near, size_t before, size_t number) {
    size_t at = number;
    if (near == before && at > near + 1 && run_joins(work->text->runes[at - 1])) return at; /* 1000万元奖金和180万元经费 */
    while (at > near && work->text->runes[at - 1] != 0x3001) at--; /* 、 */
    bool item = near == before && at > near + 1 && !work_says(work, work->lexicon->share_out, near, number);
    return item ? at : near;
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
    return kind.from < number ? kind.from : behind_item(work, at, before, number);
}

/* 960场科普活动覆盖全部乡镇: whom it reached is not what is counted; not 覆盖率, nor 118个村全覆盖. */
static bool reaches(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    const Word *word = words_at(work->lexicon->reach, runes + at);
    uint32_t next = word ? runes[at + word->size] : 0;
    return word && text_is_han(next) && next != 0x7387 && next != 0x9762; /* 率面 */
}

/* 3件将在90天内到期: a term that stands behind a number is said of it. */
static bool is_term(const Work *work, size_t index) {
    return work->text->runes[work->mentions[index].to] == 0x5185; /* 内 */
}

size_t context_near_to(const Work *work, size_t index) {
    size_t at = work->mentions[index].to, behind = index + 1;
    while (behind < work->checked->n_claims && is_term(work, behind)) behind++;
    size_t next = behind < work->checked->n_claims ? work->mentions[behind].from : work->text->size;
    while (at < next && !ends_item(work->text->runes[at]) && !reaches(work, at)) at++;
    return at;
}

/* --- what says nothing of a thing --- */

static const Word *idle_at(const Lexicon *lexicon, const uint32_t *at) {
    const WordSet *sets[] = {lexicon->idle,    lexicon->altogether, lexicon->among, lexicon->filler, lexicon->plan,
                             lexicon->compare, lexicon->rise,       lexicon->fall,  lexicon->target, lexicon->share_out,
                             lexicon->become,  lexicon->total,      lexicon->all,   lexicon->arrive};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        const Word *word = words_at(sets[i], at);
        if (word) return word;
    }
    return NULL;
}

/* Behind a title in 《》 or a bracket that begins at a place, which say nothing of what is counted: 乡镇（街道）50场;
 * the place itself when none does. */
static size_t skip_name(const Work *work, size_t at, size_t to) {
    uint32_t open = work->text->runes[at], close = open == 0x300A ? 0x300B : open == '(' ? ')' : 0; /* 《》 */
    for (size_t i = at; close && i < to; i++)
        if (work->text->runes[i] == close) return i + 1;
    return at;
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
        size_t behind = skip_name(work, at, to);
        if (behind > at) {
            at = behind;
        } else if (when < whens->count && whens->list[when].at <= at) {
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

static void add_in_force(const Binding *binding, Context *context, size_t index, size_t near) {
    const Work *work = binding->work;
    size_t at = work->mentions[index].from, paragraph = work->text->paragraphs[work->mentions[index].paragraph].from;
    size_t clause = work_clause_from(work, at), sentence = work_period_from(work, at);
    bool thing = names_thing(binding, near), other = !thing && context_unknown(binding, near, at) > SHORT_WORDS;
    for (size_t i = 0; i < binding->force.count; i++) {
        const Hit *hit = &binding->force.list[i];
        if (other && hit->at < near) continue; /* what is unknown here is a thing of its own */
        if (thing && hit->at < clause && hit->at < near && !phrases_is_thing(binding->phrases, hit->word)) continue;
        double weight = hit->at >= near        ? NEXT_TO
                        : hit->at >= clause    ? CLAUSE
                        : hit->at >= sentence  ? SENTENCE
                        : hit->at >= paragraph ? EARLIER
                                               : HEADING;
        context_add(context, hit, weight, hit->at >= near);
    }
}

/* What was said before a run of things: 科技活动周上，…。咨询、义诊分别达到600人次、400人次. */
static void add_earlier(const Binding *binding, Context *context, size_t near) {
    size_t sentence = work_period_from(binding->work, near);
    for (size_t i = 0; i < binding->force.count; i++)
        if (binding->force.list[i].at < near)
            context_add(context, &binding->force.list[i], binding->force.list[i].at >= sentence ? SENTENCE : EARLIER,
                        false);
}

/* Where the parts begin that a claim is one of, behind a colon, a bracket, or 其中; 0 when it is none. */
static size_t parts_from(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    size_t clause = work_clause_from(work, at), open = at;
    while (open > clause && runes[open - 1] != '(' && runes[open - 1] != ')') open--;
    if (open > clause && runes[open - 1] == '(') return open;
    bool listed = clause && (runes[clause - 1] == ':' || words_at(work->lexicon->among, runes + clause));
    return listed ? clause : 0;
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

/* 正在筹建的平台15个，其中院士工作站2个; 筹建15个，其中院士工作站2个: what is done to the whole is done to its parts.
 */
static void add_whole(const Binding *binding, Context *context, size_t index) {
    const Work *work = binding->work;
    size_t at = work->mentions[index].from, clause = parts_from(work, at), from = work_period_from(work, at);
    size_t thing = mere_thing(binding, context);
    if (thing == NO_WORD || clause <= from) return;
    const Hit *whole = whole_of(binding, thing, from, clause);
    InForce said = {.count = 0};
    context_enter(binding, &said, work_clause_from(work, whole ? whole->at : clause - 1), clause);
    for (size_t i = 0; i < said.count; i++) {
        Hit here = {.at = at, .size = said.list[i].size, .word = said.list[i].word};
        if (!phrases_is_thing(binding->phrases, here.word)) context_add(context, &here, NEXT_TO, true);
    }
}

bool context_tells(const Binding *binding, const Context *context) {
    for (size_t i = 0; i < context->count; i++)
        if (context->words[i].near && !phrases_neutral(binding->phrases, context->words[i].word)) return true;
    return false;
}

/* What follows the number: up to the first thing it names the number's own (88家企业申报高企), with what is joined to that
 * (41项创新型城市建设任务); then it tells on, unless it runs on to the next number: 1500件成果转化360件. */
static void add_following(const Binding *binding, Context *context, size_t from, size_t to, bool counted) {
    const Phrases *phrases = binding->phrases;
    const Hit *end = binding->hits + binding->n_hits, *thing = NULL;
    bool near = true, runs_on = counted && !ends_item(binding->work->text->runes[to]);
    for (const Hit *hit = context_hits_from(binding, from); hit < end && hit->at + hit->size <= to; hit++) {
        bool joined = thing && hit->at == thing->at + thing->size;
        near &= !thing || (joined && (!runs_on || phrases_neutral(phrases, hit->word)));
        if (!near && runs_on) return;
        context_add(context, hit, near ? NEXT_TO : BEHIND, near);
        if (!thing && phrases_is_thing(phrases, hit->word)) thing = hit;
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
        add_following(binding, context, from, to, work->checked->claims[index].kind == CLAIM_COUNT);
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
    force_reach(binding, index);
    if (!work->mentions[index].shared_times && run_holds(work, index, &place, &length)) {
        bool shared = run_add(binding, &context, index); /* else nothing is known of it */
        if (shared) add_earlier(binding, &context, context.from);
        return context;
    }
    if (run_add_total(binding, &context, index)) return context;
    if (is_lost(binding, index, near)) return context;
    add_in_force(binding, &context, index, near);
    add_whole(binding, &context, index);
    add_behind(binding, &context, index);
    context.bare &= work->mentions[index].shared_times || !work_says(work, work->lexicon->among, near, context.to);
    size_t behind = work->mentions[index].to; /* 212家规上工业企业: counts a thing of its own */
    context.bare &= context_unknown(binding, behind, context_near_to(work, index)) < OWN_THING;
    context.bare &=
        !work_says(work, work->lexicon->summed, work_sentence_from(work, near), near + 1); /* 两者相加，共65项 */
    return context;
}
