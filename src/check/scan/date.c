/* check/scan/date.c: when each claim is meant, and whether it is said of what is to come.
 *
 * The period is that of the claim's sentence, else of the document. What stands under a heading of plans, or behind
 * 力争 and the like, is a plan. */
#include "base/text.h"
#include "check/work.h"

#define HEADING_MAX   48 /* runes */
#define OPENING_RUNES 14 /* of a paragraph, within which 下半年 or 下一步 makes it a plan */
#define OPENING_MOST  20 /* runes of a first sentence that says of when the paragraph is */
#define NUMBER_RUNES  3  /* of the number of a heading */
#define CHANGE_RUNES  8  /* between 由391家 and what it came to */
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
    bool titled;    /* the title says that all of it is to come: 2024年工作计划 */
    bool plan;
    Period period;    /* that its heading says; start DATE_NONE where it says none */
    bool announced;   /* what is to come is listed, paragraph by paragraph: 要在以下方面实现新突破。 */
    Period listed;    /* and when */
    Period paragraph; /* that the paragraph begins with: 五、下半年打算。 */
} Section;

static const Period no_period = {DATE_NONE, DATE_NONE};

static Period first_said(Period one, Period other) { return one.start != DATE_NONE ? one : other; }

/* 由2016年末的, 与上年相比: a time that something is set against. */
static bool is_set_against(const Work *work, const When *when) {
    uint32_t before = when->at ? work->text->runes[when->at - 1] : 0;
    return before == 0x7531 || before == 0x4ECE || before == 0x6BD4 || before == 0x8F83 ||
           before == 0x4E0E; /* 由从比较与 */
}

/* 年度任务, 年度预算: a time that names what was set for it, and no more. */
static bool names_target(const Work *work, const When *when) {
    size_t to = when->at + when->size;
    return work_says(work, work->lexicon->target, when->at, to) || work_says(work, work->lexicon->budget, when->at, to);
}

/* The only time that is named within [from, to), as a period; start DATE_NONE when none is, or more than one. */
static Period period_within(const Work *work, size_t from, size_t to, bool compared) {
    Period period = no_period;
    for (size_t i = whens_from(&work->whens, from); i < work->whens.count && work->whens.list[i].at < to; i++) {
        const When *when = &work->whens.list[i];
        if (when->kind == WHEN_NONE || (when->compared && !compared) || is_set_against(work, when) ||
            names_target(work, when))
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

static void enter_paragraph(const Work *work, size_t index, Section *section) {
    const Paragraph *paragraph = &work->text->paragraphs[index];
    section->announced &= work_is_item(work, paragraph) || paragraph->part->kind == PART_CELL;
    size_t opening = work_period_to(work, paragraph->from);
    section->paragraph =
        opening <= paragraph->from + OPENING_MOST ? period_within(work, paragraph->from, opening, false) : no_period;
    section->paragraph = first_said(section->paragraph, opens_later(work, paragraph));
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

/* 占全年预算900万元的54%: the year of a budget, not of how far it has been carried out. */
static bool is_of_budget(const Work *work, const When *when, size_t to) {
    const uint32_t *runes = work->text->runes;
    const Word *budget;
    const uint32_t *at = words_within(work->lexicon->budget, runes + when->at, runes + to, &budget);
    return at && !when->year && !when->years && !when->now && !words_at(work->lexicon->progress, at + budget->size);
}

/* 全年目标: the year of a target, not of what was done; but 2021年目标： is of all that it heads. */
static bool is_of_target(const Work *work, const When *when) {
    size_t from = when->at + when->size, to = from + TARGET_RUNES;
    const Word *target = words_at(work->lexicon->target, work->text->runes + from);
    if (target && work->text->runes[from + target->size] == ':') return false;
    if (to > work->text->size) to = work->text->size;
    return names_target(work, when) || work_says(work, work->lexicon->target, from, to) || is_of_budget(work, when, to);
}

/* 上年同期为2.8% is of last year, 较上年同期增长15% of this. */
static bool is_value_of(const Work *work, size_t from, size_t to) {
    return !work_says(work, work->lexicon->rise, from, to) && !work_says(work, work->lexicon->fall, from, to);
}

/* （上年末79家），半年净增4家: the bracket that a time stands in has closed before a place. */
static bool is_closed_before(const Work *work, const When *when, size_t to) {
    for (size_t at = when->at + when->size; at < to; at++) {
        if (work->text->runes[at] == '(') return false;
        if (work->text->runes[at] == ')') return true;
    }
    return false;
}

/* （上年1090家，净增146家）: a change behind what was, in its bracket. */
static bool is_change_in_bracket(const Work *work, const When *when, size_t from, size_t to) {
    return when->at && work->text->runes[when->at - 1] == '(' &&
           (work_says(work, work->lexicon->rise, from, to) || work_says(work, work->lexicon->fall, from, to));
}

/* 入库1320家，上年为1140家，多180家；…: an earlier time told aside, behind a number of the text's own, is over with
 * what has changed since, or with its clause. */
static bool is_aside(const Work *work, const When *when, size_t index, size_t told) {
    const Mention *mention = &work->mentions[index];
    size_t number = mention->from, sentence = work_sentence_from(work, when->at), own = index;
    while (own && work->mentions[own - 1].from > when->at) own--;
    if (when->years >= 0 || !own || work->mentions[own - 1].from < sentence) return false;
    return number >= work_sentence_to(work, when->at) || work_says(work, work->lexicon->rise, told, number) ||
           work_says(work, work->lexicon->fall, told, number);
}

/* 一是…1.86%，二是…97家: the time stands in an item of a list, and the number in a later one. */
static bool is_of_other_item(const Work *work, const When *when, size_t number) {
    const uint32_t *runes = work->text->runes;
    bool later = false;
    for (size_t at = when->at + when->size; at + 1 < number; at++) {
        bool item = runes[at + 1] == 0x662F && numeral_digit(runes[at]) > 0 && rune_ends_clause(runes[at - 1]); /* 是 */
        if (item && runes[at] == 0x4E00) return false; /* 一 */
        later |= item;
    }
    return later;
}

/* 由2016年末的21家增至118家, 在上年末112家的基础上净增13家, 是2018年97家的4倍; 去年底是58家，现在是65家: the time of
 * the number right behind it alone. */
static bool is_of_base(const Work *work, const When *when, size_t index) {
    if (!index || work->mentions[index - 1].from < when->at) return false;
    size_t told = work->mentions[index - 1].to, number = work->mentions[index].from;
    return is_set_against(work, when) || is_closed_before(work, when, number) ||
           is_change_in_bracket(work, when, told, number) || work_says(work, work->lexicon->based, told, number) ||
           lexicon_lists(work->lexicon->multiple, work->checked->claims[index].unit) ||
           work_says(work, work->lexicon->present, told, number) || is_aside(work, when, index, told) ||
           is_of_other_item(work, when, number);
}

/* 一季度38件，二季度47件，累计85件; 一季度150家、二季度260家；全年…: a list of times is over where a total is told, or
 * where its sentence ends. */
static bool is_over_at(const Work *work, const When *when, size_t index) {
    size_t number = work->mentions[index].from, from = work_sentence_from(work, when->at),
           to = work_sentence_to(work, when->at), times = 0;
    for (size_t i = whens_from(&work->whens, from); i < work->whens.count && work->whens.list[i].at < to; i++)
        times += work->whens.list[i].kind == WHEN_PERIOD && work->whens.list[i].at < number;
    bool told = index && work->mentions[index - 1].from > when->at; /* its own number stands between */
    if (times < 2 || !told) return false;
    return number >= to || work_says(work, work->lexicon->altogether, work->mentions[index - 1].to, number);
}

/* The last time before a claim in its sentence; NULL when there is none. first: from where to look, moved on. */
static const When *time_of(const Work *work, size_t index, size_t *first) {
    const When *found = NULL;
    const Mention *mention = &work->mentions[index];
    size_t from = work_period_from(work, mention->from);
    while (*first < work->whens.count && work->whens.list[*first].at < from) ++*first;
    for (size_t i = *first; i < work->whens.count && work->whens.list[i].at < mention->from; i++) {
        const When *when = &work->whens.list[i];
        size_t end = when->at + when->size;
        bool share = work->text->runes[mention->from - 1] == 0x7684; /* 完成全年目标的43%: so far */
        bool adjacent = end + TARGET_RUNES >= mention->from && !(share && is_of_target(work, when));
        if (when->kind == WHEN_NONE || (when->compared && !(adjacent && is_value_of(work, end, mention->from))))
            continue;
        if ((!is_of_target(work, when) || adjacent) && !is_of_base(work, when, index)) found = when;
    }
    return found && is_over_at(work, found, index) ? NULL : found;
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
        period = period_within(work, head->from, head->to, is_value_of(work, head->from, head->to));
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

/* A word of strong_plan stands in a stretch, and not as what was won: 争取上级资金3100万元. */
static bool says_strong_plan(const Work *work, size_t from, size_t to) {
    const uint32_t *at = work->text->runes + from, *end = work->text->runes + to;
    const Word *word;
    for (; (at = words_within(work->lexicon->strong_plan, at, end, &word)) != NULL; at += word->size)
        if (!words_at(work->lexicon->won, at) && !is_noun(work, at, word)) return true;
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

/* 2023年，…，年末有效高企105家: a time without a year is of the year named before it in the sentence;
 * 1—11月…，上年同期…: the same part of a year is that named before it. */
static Period spoken_before(const Work *work, const When *when, Period place) {
    size_t from = work_period_from(work, when->at);
    bool same_part = when->years && !when->from;
    if (!same_part && (when->year || when->now || when->years)) return place;
    for (const When *before = when; before-- > work->whens.list && before->at >= from;)
        if ((same_part ? before->to && !before->years && !is_of_target(work, before) : before->year) &&
            before->kind != WHEN_NONE && !before->compared)
            return when_period(before, place, work->now);
    return place;
}

/* The whole year before the one that a period is in. */
static Period year_over_before(Period period) {
    int year, month, day;
    if (period.start == DATE_NONE) return period;
    date_split(period.start, &year, &month, &day);
    return (Period){date_make(year - 1, 1, 1), date_make(year - 1, 12, 31)};
}

/* 由391家增加到438家: what it was before; 全年高企达到95家，再走访企业110家: what the rest of the time is to bring. */
static Period moved_period(const Work *work, size_t index, const When *when, Period period, Period place) {
    const Mention *mention = &work->mentions[index];
    uint32_t before = mention->from ? work->text->runes[mention->from - 1] : 0;
    size_t clause = work_clause_from(work, mention->from);
    if (!when && (before == 0x7531 || before == 0x4ECE) && index + 1 < work->checked->n_claims && /* 由从 */
        work->mentions[index + 1].from <= mention->to + CHANGE_RUNES &&
        work_says(work, work->lexicon->arrive, mention->to, work->mentions[index + 1].from))
        return year_over_before(period);
    bool year = when && !when->year && !when->years && when->from == 1 && when->to == 12;
    bool further = year && is_to_come(work, place) && work_says(work, work->lexicon->further, clause, mention->from);
    return further ? place : period;
}

static void date_claim(Work *work, size_t index, const Section *section, size_t *first) {
    Claim *claim = &work->checked->claims[index];
    Mention *mention = &work->mentions[index];
    const When *when = time_of(work, index, first);
    size_t clause = work_clause_from(work, mention->from), sentence = work_sentence_from(work, mention->from);
    mention->planned = says_strong_plan(work, clause, mention->from);
    Period cell = period_of_cell(work, mention->paragraph);
    bool over = cell.start != DATE_NONE && !is_to_come(work, cell); /* a column of what was, in a plan */
    bool done = is_done(work, index) || over || (!section->titled && is_of_present(work, mention));
    Period place = done ? work->checked->period : period_of_place(work, section);
    place = first_said(cell, place);
    Period shared = period_of_run(work, index, place);
    Period said = first_said(when ? when_period(when, spoken_before(work, when, place), work->now) : place, place);
    claim->period = first_said(shared, moved_period(work, index, when, said, place));
    mention->shared_times = shared.start != DATE_NONE;
    mention->own_period = when || mention->shared_times;
    mention->until = when && when->kind == WHEN_UNTIL;
    mention->heading = section->heading;
    mention->matches = no_period;
    bool to_come = section->plan || section->announced || is_to_come(work, claim->period) ||
                   opens_as_plan(work, &work->text->paragraphs[mention->paragraph]);
    claim->plan = (to_come && !done && !is_over(work, claim->period, when && !section->titled)) ||
                  says_strong_plan(work, sentence, mention->from);
}

void work_date(Work *work) {
    Section section = {.heading = SIZE_MAX, .period = no_period, .listed = no_period};
    size_t index = 0, first = 0;
    work->checked->period = first_said(work->ask->period, whens_document(work->text, &work->whens, &work->now));
    for (size_t i = 0; i < work->text->n_paragraphs; i++) {
        enter_paragraph(work, i, &section);
        for (; index < work->checked->n_claims && work->mentions[index].paragraph == i; index++)
            date_claim(work, index, &section, &first);
    }
}
