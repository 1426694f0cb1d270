/* check/bind/force.c: the words that still hold where the reading stands.
 *
 * Words are in force from where they stand to the end of their paragraph, and those of a heading in its section; a word
 * that is not at home with one in force ends it: behind 吸纳 nothing is 输出 any more, behind 技术合同 nothing is of
 * 特派员. What is said of parts, behind 其中 or in brackets, ends nothing for longer than that. */
#include <string.h>

#include "check/bind/binding.h"

#define LABEL_RUNES 24 /* of the words that say what a paragraph is about */

/* No full stop ends it: a heading, a broken line. */
bool force_is_open(const Work *work, size_t paragraph) {
    const Paragraph *it = &work->text->paragraphs[paragraph];
    return it->part->kind != PART_CELL && !rune_ends_sentence(work->text->runes[it->to - 1]);
}

/* A question, which the next paragraph answers. */
static bool asks(const Work *work, size_t paragraph) {
    return work->text->runes[work->text->paragraphs[paragraph].to - 1] == '?';
}

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

/* 高企及科小: joined to the one before it, of which both hold. */
static bool is_joined(const Binding *binding, const Hit *before, const Hit *hit) {
    return before->at + before->size + 1 == hit->at && run_joins(binding->work->text->runes[hit->at - 1]);
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
        apart &= !is_joined(binding, &force->list[i], hit);
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
        bool goes_on = i && (force_is_open(work, i - 1) || asks(work, i - 1));
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
    force->aside = NULL;
    while (force->next_aside < binding->n_asides &&
           binding->asides[force->next_aside].from < work->text->paragraphs[paragraph].from)
        force->next_aside++;
    force->paragraph = paragraph;
}

/* --- asides: what 其中 and brackets say does not end what they are said of --- */

static bool is_in_force(const InForce *force, size_t word) {
    for (size_t i = 0; i < force->count; i++)
        if (force->list[i].word == word) return true;
    return false;
}

/* Behind a bracket only what was in force before it is; behind the parts of a whole, what was is again, too. */
static void leave_aside(InForce *force) {
    size_t kept = 0;
    Hit list[IN_FORCE_MAX];
    for (size_t i = 0; i < force->n_held; i++)
        if (force->aside->closes || !is_in_force(force, force->held[i].word)) list[kept++] = force->held[i];
    for (size_t i = 0; i < force->count && kept < IN_FORCE_MAX && !force->aside->closes; i++)
        list[kept++] = force->list[i];
    memcpy(force->list, list, kept * sizeof *list);
    force->count = kept;
    force->aside = NULL;
}

/* （三）优化奖补兑现。, 科技特派员：: how far the words go that say what a paragraph is about; 0 when it has none. */
static size_t label_end(const Work *work, const Mention *mention) {
    size_t from = work->text->paragraphs[mention->paragraph].from, to = from;
    while (to < from + LABEL_RUNES && to < mention->from && work->text->runes[to] != 0x3002 &&
           work->text->runes[to] != ':')
        to++; /* 。 */
    return to < from + LABEL_RUNES && to < mention->from ? to : 0;
}

/* What a paragraph is about holds in each of its sentences anew. */
static void recall_label(Binding *binding, InForce *force, size_t at) {
    size_t sentence = work_period_from(binding->work, at), kept = 0;
    if (sentence == force->sentence || !force->label_to || at < force->label_to) return;
    Hit list[IN_FORCE_MAX];
    const Hit *end = context_hits_from(binding, force->label_to);
    const Hit *hit = context_hits_from(binding, binding->work->text->paragraphs[force->paragraph].from);
    for (; hit < end && kept < IN_FORCE_MAX; hit++)
        if (!is_in_force(force, hit->word)) list[kept++] = *hit;
    for (size_t i = 0; i < force->count && kept < IN_FORCE_MAX; i++) list[kept++] = force->list[i];
    memcpy(force->list, list, kept * sizeof *list);
    force->count = kept;
    force->sentence = sentence;
}

/* Enters and leaves what asides begin or end up to a place. */
static void pass_asides(Binding *binding, InForce *force, size_t at) {
    if (force->aside && force->aside->to <= at) leave_aside(force);
    for (; force->next_aside < binding->n_asides && binding->asides[force->next_aside].from <= at;
         force->next_aside++) {
        const Aside *aside = &binding->asides[force->next_aside];
        if (force->aside || aside->to <= at) continue;
        memcpy(force->held, force->list, force->count * sizeof *force->list);
        force->n_held = force->count;
        force->aside = aside;
    }
}

void force_reach(Binding *binding, size_t index) {
    const Mention *mention = &binding->work->mentions[index];
    InForce *force = &binding->force;
    if (force->paragraph != mention->paragraph) {
        enter_paragraph(binding, mention->paragraph, mention->heading);
        force->label_to = label_end(binding->work, mention);
        force->sentence = binding->work->text->paragraphs[mention->paragraph].from;
    }
    for (; force->next < binding->n_hits && binding->hits[force->next].at < mention->number; force->next++) {
        pass_asides(binding, force, binding->hits[force->next].at);
        recall_label(binding, force, binding->hits[force->next].at);
        enter(binding, force, &binding->hits[force->next]);
    }
    pass_asides(binding, force, mention->number);
    recall_label(binding, force, mention->number);
}
