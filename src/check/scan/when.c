/* check/scan/when.c: the forms in which prose names times, as a table of patterns. */
#include "check/scan/when.h"

#include <string.h>

#include "base/mem.h"
#include "check/scan/numeral.h"

#define YEAR_FIRST    1949
#define YEAR_LAST     2199
#define NUMBERS_MAX   6
#define HEAD_PARTS    8  /* paragraphs in which a document says its period, up to the first of its body */
#define BODY_LEAST    20 /* runes of a paragraph of the body, */
#define DATE_RUNES    6  /* within which a line of the head has its day */
#define OPENING       40 /* of which so many are its opening */
#define FOOT_PARTS    4  /* paragraphs at the end in which the day stands */
#define FOOT_RUNES    40 /* that such a one has at most */
#define EARLY_MONTH   2  /* until then a text speaks of the year before */
#define PART_BEHIND   40 /* runes behind the year within which a part of it is the document's */
#define COMPARE_RUNES 4  /* within which a word of comparison stands before the time it is of */

/* What the numbers of a pattern are. */
typedef enum {
    MEANS_NOTHING,
    MEANS_YEAR,        /* year */
    MEANS_YEARS,       /* year, year */
    MEANS_YEAR_MONTHS, /* year, month, month */
    MEANS_YEAR_MONTH,  /* year, month */
    MEANS_YEAR_QUARTER,
    MEANS_YEAR_UNTIL, /* year, month: from January */
    MEANS_MONTHS,     /* month, month */
    MEANS_MONTH,
    MEANS_QUARTER,
    MEANS_UNTIL, /* month */
    MEANS_FIRST, /* month: from January */
    MEANS_SINCE, /* year */
    MEANS_PART,  /* of the year of the document: from, to */
} Meaning;

/* Y a year of four digits, N a number of one or two, - any dash or 至 or 到, ? the rune before it may be missing, ! no
 * number follows; other runes are themselves. Longer forms stand first. years, from and to belong to MEANS_PART. */
typedef struct Form {
    const char *pattern;
    Meaning meaning;
    int years, from, to;
} Form;

static const Form forms[] = {
    {"Y年N月N日-Y年N月N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月N日-N月N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月N日-N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月-Y年N月", MEANS_NOTHING, 0, 0, 0},
    {"截至Y年N月底", MEANS_YEAR_UNTIL, 0, 0, 0},
    {"截止Y年N月底", MEANS_YEAR_UNTIL, 0, 0, 0},
    {"截至Y年N月N日", MEANS_YEAR_UNTIL, 0, 0, 0},
    {"截止Y年N月N日", MEANS_YEAR_UNTIL, 0, 0, 0},
    {"Y年N月N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月?-N月份", MEANS_YEAR_MONTHS, 0, 0, 0},
    {"Y年N月?-N月", MEANS_YEAR_MONTHS, 0, 0, 0},
    {"Y年N月底", MEANS_YEAR_UNTIL, 0, 0, 0},
    {"Y年N月末", MEANS_YEAR_UNTIL, 0, 0, 0},
    {"Y年N月份", MEANS_YEAR_MONTH, 0, 0, 0},
    {"Y年N月上旬", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月中旬", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月下旬", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月", MEANS_YEAR_MONTH, 0, 0, 0},
    {"Y年第?N季度", MEANS_YEAR_QUARTER, 0, 0, 0},
    {"Y年度?上半年", MEANS_YEAR_MONTHS, 0, 1, 6},
    {"Y年度?下半年", MEANS_YEAR_MONTHS, 0, 7, 12},
    {"Y年度?前三季度", MEANS_YEAR_MONTHS, 0, 1, 9},
    {"Y-Y年度?", MEANS_YEARS, 0, 0, 0},
    {"Y年-Y年", MEANS_YEARS, 0, 0, 0},
    {"Y年以来", MEANS_SINCE, 0, 0, 0},
    {"Y年度", MEANS_YEAR, 0, 0, 0},
    {"Y年底?", MEANS_YEAR, 0, 0, 0},
    {"Y-N-N", MEANS_NOTHING, 0, 0, 0},
    {"Y.N.N", MEANS_NOTHING, 0, 0, 0},
    {"Y/N/N", MEANS_NOTHING, 0, 0, 0},
    {"N月N日-N月N日", MEANS_NOTHING, 0, 0, 0},
    {"N月N日-N日", MEANS_NOTHING, 0, 0, 0},
    {"截至N月底", MEANS_UNTIL, 0, 0, 0},
    {"截止N月底", MEANS_UNTIL, 0, 0, 0},
    {"截至N月末", MEANS_UNTIL, 0, 0, 0},
    {"截至N月N日", MEANS_UNTIL, 0, 0, 0},
    {"N月N日", MEANS_NOTHING, 0, 0, 0},
    {"N月-N月份?", MEANS_MONTHS, 0, 0, 0},
    {"N-N月份?", MEANS_MONTHS, 0, 0, 0},
    {"N月底前", MEANS_UNTIL, 0, 0, 0},
    {"N月末前", MEANS_UNTIL, 0, 0, 0},
    {"N月底", MEANS_UNTIL, 0, 0, 0},
    {"N月末", MEANS_UNTIL, 0, 0, 0},
    {"N月上旬", MEANS_NOTHING, 0, 0, 0},
    {"N月中旬", MEANS_NOTHING, 0, 0, 0},
    {"N月下旬", MEANS_NOTHING, 0, 0, 0},
    {"N月初", MEANS_NOTHING, 0, 0, 0},
    {"N月份", MEANS_MONTH, 0, 0, 0},
    {"N月", MEANS_MONTH, 0, 0, 0},
    {"N日", MEANS_NOTHING, 0, 0, 0},
    {"N时N分", MEANS_NOTHING, 0, 0, 0},
    {"N点N分", MEANS_NOTHING, 0, 0, 0},
    {"N:N:N", MEANS_NOTHING, 0, 0, 0},
    {"N:N", MEANS_NOTHING, 0, 0, 0},
    {"N点!", MEANS_NOTHING, 0, 0, 0},
    {"N时", MEANS_NOTHING, 0, 0, 0},
    {"N个半?月", MEANS_NOTHING, 0, 0, 0},
    {"N周年", MEANS_NOTHING, 0, 0, 0},
    {"N周", MEANS_NOTHING, 0, 0, 0},
    {"N年N个月", MEANS_NOTHING, 0, 0, 0},
    {"N多年", MEANS_NOTHING, 0, 0, 0},
    {"N余年", MEANS_NOTHING, 0, 0, 0},
    {"近N年", MEANS_NOTHING, 0, 0, 0},
    {"N年内", MEANS_NOTHING, 0, 0, 0},
    {"N年之内", MEANS_NOTHING, 0, 0, 0},
    {"N年来", MEANS_NOTHING, 0, 0, 0},
    {"N个工作日内", MEANS_NOTHING, 0, 0, 0},
    {"前N季度", MEANS_QUARTER, 0, 0, 0},
    {"前N个月", MEANS_FIRST, 0, 0, 0},
    {"第?N季度", MEANS_QUARTER, 0, 0, 0},
    {"N世纪", MEANS_NOTHING, 0, 0, 0},
    {"去年同期", MEANS_PART, -1, 0, 0},
    {"上年同期", MEANS_PART, -1, 0, 0},
    {"去年上半年", MEANS_PART, -1, 1, 6},
    {"去年下半年", MEANS_PART, -1, 7, 12},
    {"去年全年", MEANS_PART, -1, 1, 12},
    {"去年底", MEANS_PART, -1, 1, 12},
    {"上年末", MEANS_PART, -1, 1, 12},
    {"去年", MEANS_PART, -1, 1, 12},
    {"上年度?", MEANS_PART, -1, 1, 12},
    {"前年", MEANS_PART, -2, 1, 12},
    {"今年上半年", MEANS_PART, 0, 1, 6},
    {"今年下半年", MEANS_PART, 0, 7, 12},
    {"今年以来", MEANS_PART, 0, 0, 0},
    {"今年N-N月份?", MEANS_MONTHS, 0, 0, 0},
    {"今年", MEANS_PART, 0, 0, 0},
    {"本年度?", MEANS_PART, 0, 0, 0},
    {"年初的", MEANS_PART, -1, 1, 12},
    {"年初数", MEANS_PART, -1, 1, 12},
    {"期初数", MEANS_PART, -1, 1, 12},
    {"年末", MEANS_PART, 0, 1, 12},
    {"明年", MEANS_PART, 1, 1, 12},
    {"来年", MEANS_PART, 1, 1, 12},
    {"全年", MEANS_PART, 0, 1, 12},
    {"年内", MEANS_PART, 0, 1, 12},
    {"年底前?", MEANS_PART, 0, 1, 12},
    {"前三季度", MEANS_PART, 0, 1, 9},
    {"上半年", MEANS_PART, 0, 1, 6},
    {"下半年", MEANS_PART, 0, 7, 12},
};

/* --- one pattern --- */

static bool is_dash(uint32_t rune) {
    return rune == '-' || rune == '~' || rune == 0x2014 || rune == 0x81F3 || rune == 0x5230; /* — 至 到 */
}

/* Four digits, Arabic or Chinese; the runes they take, 0 when there is no year. */
static size_t read_year(const uint32_t *at, int *ret_year) {
    int year = 0;
    for (int i = 0; i < 4; i++) {
        int digit = at[i] >= '0' && at[i] <= '9' ? (int)(at[i] - '0') : numeral_digit(at[i]);
        if (digit < 0 || at[i] == 0x4E24) return 0;
        year = year * 10 + digit;
    }
    *ret_year = year;
    return year >= YEAR_FIRST && year <= YEAR_LAST && !(at[4] >= '0' && at[4] <= '9') ? 4 : 0;
}

/* One or two digits, or a Chinese number below a hundred. */
static size_t read_small(const uint32_t *at, int *ret_number) {
    Numeral numeral;
    if (!numeral_read(at, &numeral) || numeral.value.scale || numeral.value.units > 99 || numeral.bare) return 0;
    *ret_number = (int)numeral.value.units;
    return numeral.core;
}

/* The number that stands where patterns are tried, read once for all of them. */
typedef struct First {
    int year, small;
    size_t year_size, small_size; /* 0: it is none */
} First;

/* The runes a pattern takes, and its numbers; 0 when it does not fit. */
static size_t match(const uint32_t *pattern, const uint32_t *at, const First *first, int numbers[NUMBERS_MAX]) {
    const uint32_t *start = at;
    size_t n = 0;
    for (; *pattern; pattern++) {
        bool optional = pattern[1] == '?';
        size_t size;
        if (*pattern == '!') {
            if (numeral_is_part(*at)) return 0;
            continue;
        }
        if (*pattern == 'Y' && at == start)
            size = first->year_size, numbers[n++] = first->year;
        else if (*pattern == 'N' && at == start)
            size = first->small_size, numbers[n++] = first->small;
        else if (*pattern == 'Y')
            size = read_year(at, &numbers[n++]);
        else if (*pattern == 'N')
            size = read_small(at, &numbers[n++]);
        else if (*pattern == '-')
            size = !is_dash(*at) ? 0 : at[1] == *at && *at == 0x2014 ? 2 : 1;
        else
            size = *at == *pattern;
        if (!size && !optional) return 0;
        at += size;
        pattern += optional;
    }
    return (size_t)(at - start);
}

/* --- what it means --- */

static bool is_month(int number) { return number >= 1 && number <= 12; }

static void set_months(When *when, int from, int to) {
    if (!is_month(from) || !is_month(to) || to < from) return;
    when->kind = WHEN_PERIOD;
    when->from = from;
    when->to = to;
}

static void set_quarter(When *when, int quarter, bool all) {
    if (quarter >= 1 && quarter <= 4) set_months(when, all ? 1 : quarter * 3 - 2, quarter * 3);
}

static void set_until(When *when, int month) {
    set_months(when, 1, month);
    if (when->kind == WHEN_PERIOD) when->kind = WHEN_UNTIL;
}

static When make_when(const Form *form, const int numbers[NUMBERS_MAX], bool all_quarters) {
    When when = {0};
    if (form->pattern[0] == 'Y' || form->meaning == MEANS_YEAR_UNTIL) when.year = numbers[0];
    switch (form->meaning) {
    case MEANS_NOTHING:
        if (when.year && is_month(numbers[1])) when.month = numbers[1];
        break;
    case MEANS_YEAR:
        set_months(&when, 1, 12);
        break;
    case MEANS_YEARS:
        when.last_year = numbers[1];
        break;
    case MEANS_YEAR_MONTHS:
        if (form->from)
            set_months(&when, form->from, form->to);
        else
            set_months(&when, numbers[1], numbers[2]);
        break;
    case MEANS_YEAR_MONTH:
        set_months(&when, numbers[1], numbers[1]);
        break;
    case MEANS_YEAR_QUARTER:
        set_quarter(&when, numbers[1], false);
        break;
    case MEANS_YEAR_UNTIL:
        set_until(&when, numbers[1]);
        break;
    case MEANS_MONTHS:
        set_months(&when, numbers[0], numbers[1]);
        break;
    case MEANS_MONTH:
        set_months(&when, numbers[0], numbers[0]);
        break;
    case MEANS_QUARTER:
        set_quarter(&when, numbers[0], all_quarters);
        break;
    case MEANS_UNTIL:
        set_until(&when, numbers[0]);
        break;
    case MEANS_FIRST:
        set_months(&when, 1, numbers[0]);
        break;
    case MEANS_SINCE:
        when.kind = WHEN_PERIOD;
        when.since = true;
        break;
    case MEANS_PART:
        when.kind = WHEN_PERIOD;
        when.years = form->years;
        when.now = form->years || !strncmp(form->pattern, "今年", strlen("今年")) ||
                   !strncmp(form->pattern, "本年", strlen("本年"));
        when.from = form->from;
        when.to = form->to;
        break;
    }
    return when;
}

/* --- the text --- */

typedef struct Pattern {
    const Form *form;
    const uint32_t *runes;
} Pattern;

static Pattern *compile_forms(const void *ctx) {
    size_t n = sizeof forms / sizeof forms[0], size;
    Pattern *patterns = mem_array(ctx, Pattern, n);
    for (size_t i = 0; i < n; i++) patterns[i] = (Pattern){&forms[i], text_fold_runes(ctx, forms[i].pattern, &size)};
    return patterns;
}

/* A time can begin here: with a number or with one of the words above. Most runes are turned away by this. */
static bool may_begin(uint32_t rune) {
    static const uint32_t words[] = {0x622A, 0x524D, 0x7B2C, 0x53BB, 0x4E0A, 0x4ECA,
                                     0x672C, 0x660E, 0x6765, 0x5168, 0x5E74, 0x4E0B, 0x8FD1}; /* 截前第去上今本明来全年下近 */
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i] == rune) return true;
    return numeral_is_part(rune);
}

/* The first rune of a pattern is there, as far as can be told without reading on: most patterns are turned away by it.
 */
static bool may_match(const uint32_t *pattern, uint32_t rune, const First *first) {
    if (*pattern == 'Y') return first->year_size;
    if (*pattern == 'N') return first->small_size;
    return *pattern == rune || pattern[1] == '?' || *pattern == '!';
}

static bool find_at(const Pattern *patterns, const uint32_t *at, When *ret_when) {
    size_t best = 0;
    First first = {0};
    first.year_size = read_year(at, &first.year);
    first.small_size = read_small(at, &first.small);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        int numbers[NUMBERS_MAX] = {0};
        if (!may_match(patterns[i].runes, *at, &first)) continue;
        size_t size = match(patterns[i].runes, at, &first, numbers);
        if (size <= best) continue;
        best = size;
        *ret_when = make_when(patterns[i].form, numbers, *at == 0x524D);
    }
    ret_when->size = best;
    return best;
}

/* A word of comparison before it, or 同期 within it. */
static bool is_compared(const Text *text, const Lexicon *lexicon, const When *when) {
    const uint32_t *at = text->runes + when->at;
    size_t back = when->at < COMPARE_RUNES ? when->at : COMPARE_RUNES;
    for (const uint32_t *start = at - back; start < at; start++)
        if (*start == 0x6BD4 || *start == 0x8F83) return true; /* 比, 较 */
    return words_within(lexicon->compare, at, at + when->size, NULL) != NULL;
}

Whens whens_find(const void *ctx, const Text *text, const Lexicon *lexicon) {
    Whens whens = {0};
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Pattern *patterns = compile_forms(scratch);
    for (size_t i = 0; i < text->size;) {
        When when = {0};
        bool inside_number = i && text->runes[i - 1] < 0x80 && numeral_is_part(text->runes[i - 1]);
        if (inside_number || !may_begin(text->runes[i]) || !find_at(patterns, text->runes + i, &when)) {
            i++;
            continue;
        }
        when.at = i;
        when.compared = is_compared(text, lexicon, &when);
        *mem_push(ctx, whens.list, whens.count) = when;
        i += when.size;
    }
    return whens;
}

size_t whens_from(const Whens *whens, size_t at) {
    size_t low = 0, high = whens->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (whens->list[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- periods --- */

static Period make_period(int year, int from, int to) {
    Period period = {date_make(year, from, 1), DATE_NONE};
    period.end = to == 12 ? date_make(year, 12, 31) : date_make(year, to + 1, 1) - 1;
    return period.start == DATE_NONE ? (Period){DATE_NONE, DATE_NONE} : period;
}

/* Where the head of a text ends: behind the opening of its first paragraph of running text. */
static size_t head_end(const Text *text, const Whens *whens, const bool *litter) {
    size_t end = 0;
    for (size_t i = 0; i < text->n_paragraphs && i < HEAD_PARTS; i++) {
        const Paragraph *paragraph = &text->paragraphs[i];
        if (litter[paragraph->from]) continue;
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

/* The first part of a year that the head names: 上半年. */
static const When *first_part(const Whens *whens, size_t end, bool wants_year) {
    for (size_t i = 0; i < whens->count && whens->list[i].at < end; i++) {
        const When *when = &whens->list[i];
        if (when->kind == WHEN_PERIOD && !when->compared && !when->since &&
            (wants_year ? when->year : when->from && !when->years))
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

Period whens_document(const Text *text, const Whens *whens, const bool *litter, int *ret_now) {
    size_t head = head_end(text, whens, litter);
    const When *title = first_part(whens, head, true), *part = first_part(whens, head, false),
               *day = day_of(text, whens, head);
    int year = title ? title->year : day ? day->year : latest_year(whens);
    *ret_now = year;
    if (!year) return (Period){DATE_NONE, DATE_NONE};
    if (title && (title->from > 1 || title->to < 12 || !part)) return make_period(year, title->from, title->to);
    int from = 1, to = 12;
    if (part && (!title || part->at < title->at + PART_BEHIND)) from = part->from, to = part->to;
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
