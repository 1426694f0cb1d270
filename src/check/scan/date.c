/* check/scan/date.c: when each claim is meant, and whether it is said of what is to come.
 *
 * The period is that of the claim's sentence, else of the document. What stands under a heading of plans, or behind
 * 力争 and the like, is a plan. */
#include "base/text.h"
#include "check/scan/said.h"

#define HEADING_MAX   48 /* runes */
#define OPENING_RUNES 14 /* of a paragraph, within which 下半年 or 下一步 makes it a plan */
#define OPENING_MOST  20 /* runes of a first sentence that says of when the paragraph is */
#define NUMBER_RUNES  3  /* of the number of a heading */

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
    bool titled;    /* the title says that all of it is to come: 2024年工作计划 */
    bool plan;
    Period period;    /* that its heading says; start DATE_NONE where it says none */
    bool announced;   /* what is to come is listed, paragraph by paragraph: 要在以下方面实现新突破。 */
    Period listed;    /* and when */
    Period paragraph; /* that the paragraph begins with: 五、下半年打算。 */
} Section;

static const Period no_period = {DATE_NONE, DATE_NONE};

static Period first_said(Period one, Period other) { return one.start != DATE_NONE ? one : other; }

/* The only time that is named within [from, to), as a period; start DATE_NONE when none is, or more than one. */
static Period period_within(const Work *work, size_t from, size_t to, bool compared) {
    Period period = no_period;
    for (size_t i = whens_from(&work->whens, from); i < work->whens.count && work->whens.list[i].at < to; i++) {
        const When *when = &work->whens.list[i];
        if (when->kind == WHEN_NONE || (when->compared && !compared) || said_against(work, when) ||
            said_of_target(work, when))
            continue;
        if (period.start != DATE_NONE) return no_period;
        period = when_period(when, work->checked->period, work->now);
    }
    return period;
}

/* 3. 研发投入（1—5月）, 9. 下半年 */
static bool ends_in_period(const Work *work, const Paragraph *paragraph) {
    size_t when = whens_from(&work->whens, paragraph->from);
    const When *said = when < work->whens.count ? &work->whens.list[when] : NULL;
    bool bare = said && said->at + said->size == paragraph->to && said->at <= paragraph->from + NUMBER_RUNES;
    return bare || (said && said->at > paragraph->from && said->at + said->size + 1 == paragraph->to &&
                    work->text->runes[said->at - 1] == '(' && work->text->runes[paragraph->to - 1] == ')');
}

/* Later than all that the text tells of: 四季度再办班16期 in a report on three. */
static bool is_to_come(const Work *work, Period period) {
    Period told = work->checked->period;
    int year, month, day;
    if (period.start == DATE_NONE || told.start == DATE_NONE || period.start <= told.end) return false;
    date_split(period.start, &year, &month, &day);
    return year >= work->now;
}

/* 8月底前, 三季度末 in a report on half a year: up to a time that is not over yet; 截至7月10日 is when it was written.
 */
static bool ends_to_come(const Work *work, const When *when, Period period) {
    int month, last, year, day;
    Period told = work->checked->period;
    if (!when || when->kind != WHEN_UNTIL || period.start == DATE_NONE || told.start == DATE_NONE) return false;
    date_split(told.end, &year, &month, &day);
    int told_year = year;
    date_split(period.end, &year, &last, &day);
    return year == told_year && last > month + 1;
}

/* 三、2025年计划: the time right behind the number of a heading, when it is still to come. */
static bool opens_to_come(const Work *work, const Paragraph *paragraph) {
    size_t when = whens_from(&work->whens, paragraph->from);
    bool opens = when < work->whens.count && work->whens.list[when].at <= paragraph->from + NUMBER_RUNES;
    return opens && is_to_come(work, when_period(&work->whens.list[when], work->checked->period, work->now));
}

/* A heading that says of when what follows is, not one that names a thing of some year: 2021年打算, 表1（截至9月30日）,
 * 研发投入（1—5月）. */
static bool heads_period(const Work *work, const Paragraph *paragraph) {
    bool table = work->text->runes[paragraph->from] == 0x8868; /* 表 */
    return table || ends_in_period(work, paragraph) || opens_to_come(work, paragraph) ||
           work_says(work, work->lexicon->plan_heading, paragraph->from, paragraph->to) ||
           work_says(work, work->lexicon->done_heading, paragraph->from, paragraph->to);
}

static void enter_heading(const Work *work, size_t index, Section *section) {
    const Paragraph *paragraph = &work->text->paragraphs[index];
    bool first = is_first_level(work, paragraph);
    bool done = work_says(work, work->lexicon->done_heading, paragraph->from, paragraph->to);
    if (says_plan(work, paragraph->from, paragraph->to))
        section->plan = true;
    else if (first || done)
        section->plan = section->titled && !done;
    section->titled |= section->plan && section->heading == SIZE_MAX;
    Period said =
        heads_period(work, paragraph) ? period_within(work, paragraph->from, paragraph->to, false) : no_period;
    bool over = section->heading != SIZE_MAX && ends_in_period(work, &work->text->paragraphs[section->heading]);
    if (first || over || said.start != DATE_NONE) section->period = said;
    section->heading = index;
}

/* ——, ●, 1. and 一是: an item of a list. */
bool work_is_item(const Work *work, const Paragraph *paragraph) {
    static const uint32_t marks[] = {0x2014, '-', '(', 0x25CF, 0x2022, 0x25A0, 0x25C6, 0xB7}; /* — ● • ■ ◆ · */
    const uint32_t *at = work->text->runes + paragraph->from;
    if (paragraph->part->kind == PART_HEADING || is_first_level(work, paragraph)) return false;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (*at == marks[i]) return true;
    const uint32_t *number = at;
    while (numeral_is_part(*at)) at++;
    return at > number && (*at == '.' || *at == 0x3001 || *at == 0x662F); /* 、 是 */
}

/* 2021年，我们要在以下方面实现新突破: what follows is to come. */
static bool announces(const Work *work, const Paragraph *paragraph) {
    size_t from = work_period_from(work, paragraph->to - 1);
    if (from < paragraph->from) from = paragraph->from;
    return work_says(work, work->lexicon->following, from, paragraph->to) &&
           (work_says(work, work->lexicon->strong_plan, from, paragraph->to) ||
            work_says(work, work->lexicon->resolve, from, paragraph->to));
}

/* 2023年，力争…: the time that a paragraph opens with, when it is later than all that the text tells of: then all of
 * the paragraph is to come. */
static Period opens_later(const Work *work, const Paragraph *paragraph) {
    size_t when = whens_from(&work->whens, paragraph->from);
    if (when == work->whens.count || work->whens.list[when].at != paragraph->from) return no_period;
    Period period = when_period(&work->whens.list[when], work->checked->period, work->now);
    return is_to_come(work, period) ? period : no_period;
}

/* 五、下半年打算。: when a short first sentence, in which no number stands, says what follows is. claim: the next one.
 */
static Period opens_with(const Work *work, const Paragraph *paragraph, size_t claim) {
    size_t to = work_period_to(work, paragraph->from);
    bool number = claim < work->checked->n_claims && work->mentions[claim].from < to;
    return number || to > paragraph->from + OPENING_MOST ? no_period : period_within(work, paragraph->from, to, false);
}

static void enter_paragraph(const Work *work, size_t index, size_t claim, Section *section) {
    const Paragraph *paragraph = &work->text->paragraphs[index];
    section->announced &= work_is_item(work, paragraph) || paragraph->part->kind == PART_CELL;
    section->paragraph = first_said(opens_with(work, paragraph, claim), opens_later(work, paragraph));
    if (announces(work, paragraph)) {
        section->announced = true;
        section->listed = period_within(work, paragraph->from, paragraph->to, false);
    }
    if (!section->announced && is_heading(work, paragraph)) enter_heading(work, index, section);
}

static bool opens_as_plan(const Work *work, const Paragraph *paragraph) {
    size_t to = paragraph->from + OPENING_RUNES < paragraph->to ? paragraph->from + OPENING_RUNES : paragraph->to;
    return says_plan(work, paragraph->from, to);
}

/* The only time that the heads of a cell's column name, else those of its row or what stands above the table: 全年目标,
 * 上年同期; not what 比上年增加 compares with. */
static Period period_of_cell(const Work *work, size_t paragraph) {
    const Table *table = table_of(&work->tables, paragraph);
    Heads heads = work_cell_heads(work, paragraph);
    bool titled = table && table->caption != NO_CELL && is_heading(work, &work->text->paragraphs[table->caption]);
    const size_t list[] = {heads.column, heads.group, heads.detail, heads.name, titled ? table->caption : NO_CELL};
    Period period = no_period;
    for (size_t i = 0; i < sizeof list / sizeof list[0] && period.start == DATE_NONE; i++) {
        if (list[i] == NO_CELL) continue;
        const Paragraph *head = &work->text->paragraphs[list[i]];
        period = period_within(work, head->from, head->to, said_is_value(work, head->from, head->to));
    }
    return period;
}

/* Two claims with nothing but 、 or 和 between. */
static bool is_joined(const Work *work, size_t index, size_t next) {
    size_t to = work->mentions[index].to;
    uint32_t rune = work->text->runes[to];
    bool joins = rune == 0x3001 || rune == 0x548C || rune == 0x53CA || rune == 0x4E0E; /* 、和及与 */
    return joins && work->mentions[next].from == to + 1;
}

/* 4月、5月、6月分别为21家、34家、29家; 2017年至2021年分别为…: the time of the n-th of a run that is shared out among as
 * many times; start DATE_NONE when it is in no such run. */
static Period period_of_run(const Work *work, size_t index, Period spoken_of) {
    size_t first = index, last = index, times = 0;
    while (first && is_joined(work, first - 1, first)) first--;
    while (last + 1 < work->checked->n_claims && is_joined(work, last, last + 1)) last++;
    size_t from = work_clause_from(work, work->mentions[first].from), to = work->mentions[first].from;
    if (last == first || !work_says(work, work->lexicon->share_out, from, to)) return no_period;
    const When *list = work->whens.list + whens_from(&work->whens, from);
    while (list + times < work->whens.list + work->whens.count && list[times].at < to) times++;
    if (times == last - first + 1) return when_period(&list[index - first], spoken_of, work->now);
    bool years = times == 1 && list->last_year && (size_t)(list->last_year - list->year) == last - first;
    When year = {.kind = WHEN_PERIOD, .year = years ? list->year + (int)(index - first) : 0, .from = 1, .to = 12};
    return years ? when_period(&year, spoken_of, work->now) : no_period;
}

/* 实施培育计划，…, 超出预期。: no verb of intent, but a noun. */
static bool is_noun(const Work *work, const uint32_t *at, const Word *word) {
    uint32_t next = at[word->size];
    if (!words_at(work->lexicon->plan_nouns, at)) return false;
    return rune_ends_clause(next) || next == 0x3001 || next == 0x201D || next == 0x7684; /* 、 ” 的 */
}

/* 入选人才计划12人: the end of a name. */
static bool is_in_name(const Work *work, size_t from, const uint32_t *to) {
    return words_before(work->lexicon->plan_names, work->text->runes + from, to) != NULL;
}

/* A word of strong_plan stands in a stretch, and not as what was won: 争取上级资金3100万元. */
static bool says_strong_plan(const Work *work, size_t from, size_t to) {
    const uint32_t *at = work->text->runes + from, *end = work->text->runes + to;
    const Word *word;
    for (; (at = words_within(work->lexicon->strong_plan, at, end, &word)) != NULL; at += word->size)
        if (!words_at(work->lexicon->won, at) && !is_noun(work, at, word) && !is_in_name(work, from, at + word->size))
            return true;
    return false;
}

/* Of what is done: 目标30家，已完成22家; 96人次已全部建档, whatever the section is about. */
static bool is_done(const Work *work, size_t index) {
    const Mention *mention = &work->mentions[index];
    return !mention->planned &&
           (work_says(work, work->lexicon->done, work_clause_from(work, mention->from), mention->from) ||
            words_at(work->lexicon->done, work->text->runes + mention->to));
}

/* 在建的11个平台中，6个要建成; 把剩余6个问题全部销号; 年末达到前述125家: of what a plan takes a part, what is left,
 * what was told. */
static bool is_there_already(const Work *work, const Mention *mention) {
    size_t from = work_clause_from(work, mention->from), to = work_clause_to(work, mention->to);
    return work->text->runes[to - 1] == 0x4E2D || /* 中 */
           work_says(work, work->lexicon->remaining, from, mention->from) ||
           work_says(work, work->lexicon->recall, from, mention->from);
}

/* 全县78家有效高企将实现走访全覆盖: in a plan, who is there already: the number opens its clause, but for when and
 * where, and what it counts stands behind it. */
static bool is_of_present(const Work *work, const Mention *mention) {
    const uint32_t *runes = work->text->runes;
    size_t at = work_clause_from(work, mention->from);
    if (!mention->planned && is_there_already(work, mention)) return true;
    size_t when = whens_from(&work->whens, at);
    if (when < work->whens.count && work->whens.list[when].at == at) at += work->whens.list[when].size;
    const Word *area = words_at(work->lexicon->area, runes + at);
    if (area) at += area->size;
    bool lone = runes[at] == 0x5BF9 || runes[at] == 0x628A || runes[at] == 0x8BA9; /* 对把让 */
    return at + lone == mention->from && text_is_han(runes[mention->to]) && runes[mention->to] != 0x7684; /* 的 */
}

/* What the place of a claim says of when it is meant: the beginning of its paragraph, the list that it stands in, its
 * heading; else the document. */
static Period period_of_place(const Work *work, const Section *section) {
    Period above = first_said(section->announced ? section->listed : no_period, section->period);
    return first_said(first_said(section->paragraph, above), work->checked->period);
}

/* 2023年登记268件 in a plan of 2024: of what is over; dated: so is 2024年登记276件 in the plans of a summary of 2024.
 */
static bool is_over(const Work *work, Period period, bool dated) {
    Period told = work->checked->period;
    if (period.start == DATE_NONE || told.start == DATE_NONE) return false;
    return period.end < told.start || (dated && period.end <= told.end);
}

/* The whole year before the one that a period is in. */
static Period year_before(Period period) {
    int year, month, day;
    if (period.start == DATE_NONE) return period;
    date_split(period.start, &year, &month, &day);
    return (Period){date_make(year - 1, 1, 1), date_make(year - 1, 12, 31)};
}

/* From the beginning of the year. */
static Period since_january(Period period) {
    int year, month, day;
    date_split(period.end, &year, &month, &day);
    return (Period){date_make(year, 1, 1), period.end};
}

/* The period of a claim, by the time that its sentence says of it, where it stands. */
static Period period_said(const Work *work, size_t index, const When *when, Period place) {
    Period said = first_said(when ? when_period(when, said_spoken_of(work, when, place), work->now) : place, place);
    if (said.start != DATE_NONE && said_accumulated(work, index, when, said)) return since_january(said);
    if (!when && said_before_change(work, index)) return year_before(said);
    return is_to_come(work, place) && said_further(work, index, when) ? place : said;
}

static void date_claim(Work *work, size_t index, const Section *section, size_t *first) {
    Claim *claim = &work->checked->claims[index];
    Mention *mention = &work->mentions[index];
    const When *when = said_before(work, index, first);
    size_t clause = work_clause_from(work, mention->from), sentence = work_sentence_from(work, mention->from);
    mention->planned = says_strong_plan(work, clause, mention->from);
    Period cell = period_of_cell(work, mention->paragraph);
    bool over = cell.start != DATE_NONE && !is_to_come(work, cell); /* a column of what was, in a plan */
    bool done = is_done(work, index) || over || (!section->titled && is_of_present(work, mention));
    Period place = done ? work->checked->period : period_of_place(work, section);
    place = first_said(cell, place);
    Period shared = period_of_run(work, index, place);
    claim->period = first_said(shared, period_said(work, index, when, place));
    mention->shared_times = shared.start != DATE_NONE;
    mention->own_period = when || mention->shared_times;
    mention->until = when && when->kind == WHEN_UNTIL;
    mention->heading = section->heading;
    mention->matches = no_period;
    bool to_come = section->plan || section->announced || is_to_come(work, claim->period) ||
                   ends_to_come(work, when, claim->period) ||
                   opens_as_plan(work, &work->text->paragraphs[mention->paragraph]);
    claim->plan = (to_come && !done && !is_over(work, claim->period, when && !section->titled)) ||
                  says_strong_plan(work, sentence, mention->from);
}

void work_date(Work *work) {
    Section section = {.heading = SIZE_MAX, .period = no_period, .listed = no_period};
    size_t index = 0, first = 0;
    work->checked->period =
        first_said(work->ask->period, whens_document(work->text, &work->whens, work->lexicon, &work->now));
    for (size_t i = 0; i < work->text->n_paragraphs; i++) {
        enter_paragraph(work, i, index, &section);
        for (; index < work->checked->n_claims && work->mentions[index].paragraph == i; index++)
            date_claim(work, index, &section, &first);
    }
}
