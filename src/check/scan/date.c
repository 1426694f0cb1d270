/* check/scan/date.c: when each claim is meant, and whether it is said of what is to come.
 *
 * The period is that of the claim's sentence, else of the document. What stands under a heading of plans, or behind
 * 力争 and the like, is a plan. */
#include "check/work.h"

#define HEADING_MAX   48 /* runes */
#define OPENING_RUNES 14 /* of a paragraph, within which 下半年 or 下一步 makes it a plan */
#define TARGET_RUNES  4  /* within which 目标 behind 全年 makes it the target's year */

static bool is_heading(const Work *work, const Paragraph *paragraph) {
    const uint32_t *runes = work->text->runes;
    if (paragraph->part->kind == PART_HEADING) return true;
    if (paragraph->part->kind == PART_CELL || paragraph->to - paragraph->from > HEADING_MAX) return false;
    return !rune_ends_sentence(runes[paragraph->to - 1]) && runes[paragraph->to - 1] != ',';
}

/* 一、: the first level, under which an earlier plan is over. */
static bool is_first_level(const Work *work, const Paragraph *paragraph) {
    const uint32_t *at = work->text->runes + paragraph->from;
    while (numeral_digit(*at) > 0 || *at == 0x5341) at++; /* 十 */
    return at > work->text->runes + paragraph->from && *at == 0x3001;
}

static bool says_plan(const Work *work, size_t from, size_t to) {
    return work_says(work, work->lexicon->plan_heading, from, to) &&
           !work_says(work, work->lexicon->done_heading, from, to);
}

/* Where the reading of paragraphs stands. */
typedef struct Section {
    size_t heading; /* the last one above, or SIZE_MAX */
    bool plan;
} Section;

static void enter_paragraph(const Work *work, size_t index, Section *section) {
    const Paragraph *paragraph = &work->text->paragraphs[index];
    if (!is_heading(work, paragraph)) return;
    if (says_plan(work, paragraph->from, paragraph->to))
        section->plan = true;
    else if (is_first_level(work, paragraph) ||
             work_says(work, work->lexicon->done_heading, paragraph->from, paragraph->to))
        section->plan = false;
    section->heading = index;
}

static bool opens_as_plan(const Work *work, const Paragraph *paragraph) {
    size_t to = paragraph->from + OPENING_RUNES < paragraph->to ? paragraph->from + OPENING_RUNES : paragraph->to;
    return says_plan(work, paragraph->from, to);
}

/* 全年目标: the year of a target, not of what was done. */
static bool is_of_target(const Work *work, const When *when) {
    size_t from = when->at + when->size, to = from + TARGET_RUNES;
    return work_says(work, work->lexicon->target, from, to < work->text->size ? to : work->text->size);
}

/* 上年同期为2.8% is of last year, 较上年同期增长15% of this. */
static bool is_value_of(const Work *work, size_t from, size_t to) {
    return !work_says(work, work->lexicon->rise, from, to) && !work_says(work, work->lexicon->fall, from, to);
}

/* The last time before a claim in its sentence; NULL when there is none. first: from where to look, moved on. */
static const When *time_of(const Work *work, const Mention *mention, size_t *first) {
    const When *found = NULL;
    size_t from = work_period_from(work, mention->from);
    while (*first < work->whens.count && work->whens.list[*first].at < from) ++*first;
    for (size_t i = *first; i < work->whens.count && work->whens.list[i].at < mention->from; i++) {
        const When *when = &work->whens.list[i];
        size_t end = when->at + when->size;
        bool adjacent = end + TARGET_RUNES >= mention->from;
        if (when->kind == WHEN_NONE || (when->compared && !(adjacent && is_value_of(work, end, mention->from))))
            continue;
        if (!is_of_target(work, when) || adjacent) found = when;
    }
    return found;
}

static void date_claim(Work *work, size_t index, const Section *section, size_t *first) {
    Claim *claim = &work->checked->claims[index];
    Mention *mention = &work->mentions[index];
    const Paragraph *paragraph = &work->text->paragraphs[mention->paragraph];
    const When *when = time_of(work, mention, first);
    claim->period = when ? when_period(when, work->checked->period) : work->checked->period;
    if (claim->period.start == DATE_NONE) claim->period = work->checked->period;
    mention->own_period = when != NULL;
    mention->until = when && when->kind == WHEN_UNTIL;
    mention->heading = section->heading;
    size_t sentence = work_sentence_from(work, mention->from), clause = work_clause_from(work, mention->from);
    mention->matches = (Period){DATE_NONE, DATE_NONE};
    mention->planned = work_says(work, work->lexicon->strong_plan, clause, mention->from);
    claim->plan = section->plan || opens_as_plan(work, paragraph) ||
                  work_says(work, work->lexicon->strong_plan, sentence, mention->from);
}

void work_date(Work *work) {
    Section section = {.heading = SIZE_MAX};
    size_t index = 0, first = 0;
    work->checked->period =
        work->ask->period.start != DATE_NONE ? work->ask->period : whens_document(work->text, &work->whens);
    for (size_t i = 0; i < work->text->n_paragraphs; i++) {
        enter_paragraph(work, i, &section);
        for (; index < work->checked->n_claims && work->mentions[index].paragraph == i; index++)
            date_claim(work, index, &section, &first);
    }
}
