/* check/scan/period.c: the period that a document is of, and that a time in it means. */
#include "check/scan/when.h"

#define HEAD_PARTS  8   /* paragraphs in which a document says its period, up to the first of its body */
#define BODY_LEAST  20  /* runes of a paragraph of the body, */
#define DATE_RUNES  6   /* within which a line of the head has its day */
#define OPENING     40  /* of which so many are its opening */
#define FOOT_PARTS  4   /* paragraphs at the end in which the day stands */
#define FOOT_RUNES  40  /* that such a one has at most */
#define EARLY_MONTH 2   /* until then a text speaks of the year before */
#define PLAN_RUNES  6   /* behind 今年 within which 要确保 makes it a plan */
#define UNTIL_FAR   200 /* runes behind the head within which 截至10月底 says it */
#define PART_BEHIND 40  /* runes behind the year within which a part of it is the document's */

static Period make_period(int year, int from, int to) {
    Period period = {date_make(year, from, 1), DATE_NONE};
    period.end = to == 12 ? date_make(year, 12, 31) : date_make(year, to + 1, 1) - 1;
    return period.start == DATE_NONE ? (Period){DATE_NONE, DATE_NONE} : period;
}

/* Where the head of a text ends: behind the opening of its first paragraph of running text. */
static size_t head_end(const Text *text, const Whens *whens) {
    size_t end = 0;
    for (size_t i = 0; i < text->n_paragraphs && i < HEAD_PARTS; i++) {
        const Paragraph *paragraph = &text->paragraphs[i];
        if (paragraph->litter) continue;
        size_t size = paragraph->to - paragraph->from;
        size_t when = whens_from(whens, paragraph->from);
        bool dated =
            when < whens->count && whens->list[when].month && whens->list[when].at < paragraph->from + DATE_RUNES;
        bool body = size >= BODY_LEAST && text->runes[paragraph->to - 1] == 0x3002 && !dated;
        if (body) return paragraph->from + (size < OPENING ? size : OPENING);
        end = paragraph->to;
    }
    return end;
}

/* 上半年, 一季度: less than a year. */
static bool is_part(const When *when) { return when->from && when->to && (when->from > 1 || when->to < 12); }

/* 现将今年1—10月工作情况汇报如下: the sentence that says what follows. */
static const When *announced_part(const Text *text, const Whens *whens, size_t head) {
    for (size_t i = 0; i < whens->count && whens->list[i].at < head + UNTIL_FAR; i++) {
        const When *when = &whens->list[i];
        if (when->kind != WHEN_PERIOD || !is_part(when) || when->years || when->compared) continue;
        for (size_t at = when->at; at + 1 < text->size && text->runes[at] != 0x3002 && text->runes[at] != '\n'; at++)
            if (text->runes[at] == 0x5982 && text->runes[at + 1] == 0x4E0B) return when; /* 如下 */
    }
    return NULL;
}

/* 截至10月底, near the beginning of what was written in November: the month that it tells up to; 0 when none is said.
 */
static int told_until(const Whens *whens, size_t head, const When *day) {
    for (size_t i = whens_from(whens, 0); day && i < whens->count && whens->list[i].at < head + UNTIL_FAR; i++) {
        const When *when = &whens->list[i];
        bool lately = when->to == day->month || when->to + 1 == day->month;
        if (when->kind == WHEN_UNTIL && !when->years && !when->compared && lately) return when->to;
    }
    return 0;
}

/* 一季度38件，二季度47件: a list of parts of the year, none of which is that of the document. */
static bool is_listed(const Text *text, const Whens *whens, size_t i) {
    const When *when = &whens->list[i], *next = when + 1;
    if (!is_part(when) || i + 1 == whens->count || !is_part(next) || next->year || next->from <= when->to) return false;
    bool number = false;
    for (size_t at = when->at + when->size; at < next->at; at++) {
        if (text->runes[at] == 0x3002 || text->runes[at] == '\n') return false;
        number |= text->runes[at] >= '0' && text->runes[at] <= '9';
    }
    return number && next->to - next->from == when->to - when->from;
}

/* The first part of a year that the head names: 上半年. */
static const When *first_part(const Text *text, const Whens *whens, size_t end, bool wants_year) {
    for (size_t i = 0; i < whens->count && whens->list[i].at < end; i++) {
        const When *when = &whens->list[i];
        if (!wants_year && is_listed(text, whens, i)) return NULL;
        if (when->kind == WHEN_PERIOD && !when->compared && !when->since &&
            (wants_year ? when->year : is_part(when) && !when->years))
            return when;
    }
    return NULL;
}

/* The day at the foot, as letters have it, else in the head; NULL when there is none. */
static const When *day_of(const Text *text, const Whens *whens, size_t head) {
    const When *day = NULL;
    size_t i = text->n_paragraphs, n = 0;
    for (size_t when = whens->count; i-- && n < FOOT_PARTS; n++) {
        const Paragraph *paragraph = &text->paragraphs[i];
        bool short_line = paragraph->to - paragraph->from <= FOOT_RUNES;
        for (; when && whens->list[when - 1].at >= paragraph->from; when--)
            if (whens->list[when - 1].month && short_line) return &whens->list[when - 1];
    }
    for (size_t when = 0; when < whens->count && whens->list[when].at < head; when++)
        if (whens->list[when].month) day = &whens->list[when];
    return day;
}

/* The year that a text speaks of when neither head nor foot say: the latest it names with a day. */
static int latest_year(const Whens *whens) {
    int year = 0;
    for (size_t i = 0; i < whens->count; i++)
        if (whens->list[i].year > year && !whens->list[i].compared && whens->list[i].kind != WHEN_PERIOD)
            year = whens->list[i].year;
    for (size_t i = 0; !year && i < whens->count; i++) year = whens->list[i].year;
    return year;
}

/* Stands in running text, no title. */
static bool is_running(const Text *text, const When *when) {
    size_t end = when->at;
    while (end < text->size && text->runes[end] != '\n') end++;
    return end > when->at + BODY_LEAST && text->runes[end - 1] == 0x3002;
}

/* 今年，要确保…: a plan for this year in a text that tells of the year before, as speeches do. */
static bool plans_this_year(const Text *text, const Whens *whens, const Lexicon *lexicon) {
    for (size_t i = 0; i < whens->count; i++) {
        const When *when = &whens->list[i];
        size_t from = when->at + when->size, to = from + PLAN_RUNES < text->size ? from + PLAN_RUNES : text->size;
        bool this_year = when->now && !when->years && !when->from;
        if (this_year && words_within(lexicon->strong_plan, text->runes + from, text->runes + to, NULL)) return true;
    }
    return false;
}

Period whens_document(const Text *text, const Whens *whens, const Lexicon *lexicon, int *ret_now) {
    size_t head = head_end(text, whens);
    const When *title = first_part(text, whens, head, true), *part = first_part(text, whens, head, false),
               *day = day_of(text, whens, head);
    int year = title ? title->year : day ? day->year : latest_year(whens);
    bool past = year && !day && !part && (!title || is_running(text, title)) && plans_this_year(text, whens, lexicon);
    *ret_now = year + past;
    if (!year) return (Period){DATE_NONE, DATE_NONE};
    if (title && is_part(title)) return make_period(year, title->from, title->to);
    if (part && title && part->at > title->at && part->from == part->to) part = NULL; /* 2023年度…。…从3月启动 */
    int from = 1, to = 12;
    const When *announced = part ? NULL : announced_part(text, whens, head);
    int until = part || announced ? 0 : told_until(whens, head, day);
    if (announced) from = announced->from, to = announced->to;
    if (part && (!title || part->at < title->at + PART_BEHIND)) from = part->from, to = part->to;
    if (until) to = until;
    bool ended = !day || to <= day->month + 1 || (to == 12 && day->month > EARLY_MONTH);
    return make_period(year - (!title && !ended), from, to);
}

Period when_period(const When *when, Period spoken_of, int now) {
    Period none = {DATE_NONE, DATE_NONE};
    bool known = spoken_of.start != DATE_NONE;
    if (when->kind == WHEN_NONE || (!when->year && !known)) return none;
    int year = when->year, spoken_year = 0, month = 1, day, from, last = 12;
    if (known) {
        date_split(spoken_of.end, &spoken_year, &last, &day);
        date_split(spoken_of.start, &spoken_year, &month, &day);
        if (!year) year = (when->now && now ? now : spoken_year) + when->years;
    }
    if (when->since) return year <= spoken_year ? (Period){date_make(year, 1, 1), spoken_of.end} : none;
    from = when->from ? when->from : month;
    return make_period(year, from, when->to ? when->to : last);
}
