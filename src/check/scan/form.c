/* check/scan/form.c: the forms in which prose names times, as a table of patterns, and what each means. The patterns
 * stand in one tree, so that what many of them begin with is read once. */
#include "check/scan/form.h"

#include <string.h>

#include "base/mem.h"
#include "check/scan/numeral.h"

#define YEAR_FIRST  1949
#define YEAR_LAST   2199
#define NUMBERS_MAX 6

/* What the numbers of a pattern are, behind its year if it has one. */
typedef enum {
    MEANS_NOTHING,
    MEANS_YEAR,
    MEANS_YEARS,         /* the last year of a row */
    MEANS_MONTHS,        /* month, month; of a pattern that names them: from, to */
    MEANS_MONTH,         /* month */
    MEANS_QUARTER,       /* quarter */
    MEANS_QUARTERS,      /* quarter, quarter */
    MEANS_QUARTER_UNTIL, /* quarter: from January */
    MEANS_UNTIL,         /* month: from January, as it stood then */
    MEANS_FIRST,         /* month: from January */
    MEANS_SINCE,
    MEANS_AGO,  /* years */
    MEANS_PART, /* of the year of the document: from, to */
} Meaning;

/* Y a year of four digits, N a number of one or two, - any dash or 至 or 到, ? the rune before it may be missing, ! no
 * number follows, # one follows; other runes are themselves. Longer forms stand first. years belongs to MEANS_PART,
 * from and to to it and to MEANS_MONTHS. */
typedef struct Form {
    const char *pattern;
    Meaning meaning;
    int years, from, to;
} Form;

static const Form FORMS[] = {
    {"Y年N月N日-Y年N月N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月N日-N月N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月N日-N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月-Y年N月", MEANS_NOTHING, 0, 0, 0},
    {"截至Y年N月底", MEANS_UNTIL, 0, 0, 0},
    {"截止Y年N月底", MEANS_UNTIL, 0, 0, 0},
    {"截至Y年N月N日", MEANS_UNTIL, 0, 0, 0},
    {"截止Y年N月N日", MEANS_UNTIL, 0, 0, 0},
    {"Y年N月N日", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月?-N月份", MEANS_MONTHS, 0, 0, 0},
    {"Y年N月?-N月", MEANS_MONTHS, 0, 0, 0},
    {"Y年N月底", MEANS_UNTIL, 0, 0, 0},
    {"Y年N月末", MEANS_UNTIL, 0, 0, 0},
    {"Y年N月份", MEANS_MONTH, 0, 0, 0},
    {"Y年N月上旬", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月中旬", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月下旬", MEANS_NOTHING, 0, 0, 0},
    {"Y年N月", MEANS_MONTH, 0, 0, 0},
    {"Y年第?N季度", MEANS_QUARTER, 0, 0, 0},
    {"Y年度?上半年", MEANS_MONTHS, 0, 1, 6},
    {"Y年度?下半年", MEANS_MONTHS, 0, 7, 12},
    {"Y年度?前三季度", MEANS_MONTHS, 0, 1, 9},
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
    {"N年前", MEANS_AGO, 0, 1, 12},
    {"N年内", MEANS_NOTHING, 0, 0, 0},
    {"N年之内", MEANS_NOTHING, 0, 0, 0},
    {"N年来", MEANS_NOTHING, 0, 0, 0},
    {"N个工作日内", MEANS_NOTHING, 0, 0, 0},
    {"前N季度", MEANS_QUARTER, 0, 0, 0},
    {"前N个月", MEANS_FIRST, 0, 0, 0},
    {"第?N-第?N季度", MEANS_QUARTERS, 0, 0, 0},
    {"第?N季度末", MEANS_QUARTER_UNTIL, 0, 0, 0},
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
    {"今年以来", MEANS_PART, 0, 1, 0},
    {"年初以来", MEANS_PART, 0, 1, 0},
    {"年初至今", MEANS_PART, 0, 1, 0},
    {"今年N-N月份?", MEANS_MONTHS, 0, 0, 0},
    {"今年", MEANS_PART, 0, 0, 0},
    {"本年度?", MEANS_PART, 0, 0, 0},
    {"年初的", MEANS_PART, -1, 1, 12},
    {"年初为", MEANS_PART, -1, 1, 12},
    {"年初有", MEANS_PART, -1, 1, 12},
    {"年初数", MEANS_PART, -1, 1, 12},
    {"期初数", MEANS_PART, -1, 1, 12},
    {"年末", MEANS_PART, 0, 1, 12},
    {"明年", MEANS_PART, 1, 1, 12},
    {"来年", MEANS_PART, 1, 1, 12},
    {"全年", MEANS_PART, 0, 1, 12},
    {"年内", MEANS_PART, 0, 1, 12},
    {"年度预算#", MEANS_PART, 0, 1, 12},
    {"年度任务#", MEANS_PART, 0, 1, 12},
    {"年度目标#", MEANS_PART, 0, 1, 12},
    {"年底前?", MEANS_PART, 0, 1, 12},
    {"前三季度", MEANS_PART, 0, 1, 9},
    {"上半年", MEANS_PART, 0, 1, 6},
    {"下半年", MEANS_PART, 0, 7, 12},
};

/* --- one symbol of a pattern --- */

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

static bool is_number(uint32_t symbol) { return symbol == 'Y' || symbol == 'N'; }

/* The runes that a symbol takes, and its number; 0 when it does not fit. */
static size_t take(uint32_t symbol, const uint32_t *at, int *ret_number) {
    if (symbol == 'Y') return read_year(at, ret_number);
    if (symbol == 'N') return read_small(at, ret_number);
    if (symbol == '-') return !is_dash(*at) ? 0 : at[1] == *at && *at == 0x2014 ? 2 : 1;
    return *at == symbol;
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

/* 上半年, 去年同期; 三年前: so many years ago. */
static void set_part(When *when, const Form *form, int ago) {
    when->kind = WHEN_PERIOD;
    when->years = form->meaning == MEANS_AGO ? -ago : form->years;
    when->now = form->years || !strncmp(form->pattern, "今年", strlen("今年")) ||
                !strncmp(form->pattern, "本年", strlen("本年"));
    when->from = form->from;
    when->to = form->to;
}

static When make_when(const Form *form, const int numbers[NUMBERS_MAX], bool all_quarters) {
    bool dated = strchr(form->pattern, 'Y') != NULL;
    const int *number = numbers + dated; /* behind the year */
    When when = {.year = dated ? numbers[0] : 0};
    switch (form->meaning) {
    case MEANS_NOTHING:
        if (dated && is_month(number[0])) when.month = number[0];
        break;
    case MEANS_YEAR:
        set_months(&when, 1, 12);
        break;
    case MEANS_YEARS:
        when.last_year = number[0];
        break;
    case MEANS_MONTHS:
        form->from ? set_months(&when, form->from, form->to) : set_months(&when, number[0], number[1]);
        break;
    case MEANS_MONTH:
        set_months(&when, number[0], number[0]);
        break;
    case MEANS_QUARTER:
        set_quarter(&when, number[0], !dated && all_quarters);
        break;
    case MEANS_QUARTERS:
        set_months(&when, number[0] * 3 - 2, number[1] * 3);
        break;
    case MEANS_QUARTER_UNTIL:
        set_until(&when, number[0] * 3);
        break;
    case MEANS_UNTIL:
        set_until(&when, number[0]);
        break;
    case MEANS_FIRST:
        set_months(&when, 1, number[0]);
        break;
    case MEANS_SINCE:
        when.kind = WHEN_PERIOD;
        when.since = true;
        break;
    case MEANS_AGO:
    case MEANS_PART:
        set_part(&when, form, number[0]);
        break;
    }
    return when;
}

/* --- all of them --- */

typedef struct Node {
    uint32_t symbol;
    uint32_t first, next; /* below it, beside it; 0: none */
    const Form *form;     /* that ends here, or NULL */
} Node;

struct Forms {
    Node *nodes; /* the first is the root */
    size_t count;
    Runes begin; /* what a form can begin with */
};

/* The node of a symbol below another; made when there is none. */
static uint32_t node_below(Forms *forms, uint32_t node, uint32_t symbol) {
    uint32_t below = forms->nodes[node].first;
    while (below && forms->nodes[below].symbol != symbol) below = forms->nodes[below].next;
    if (below) return below;
    below = (uint32_t)forms->count;
    *mem_push(forms, forms->nodes, forms->count) = (Node){.symbol = symbol, .next = forms->nodes[node].first};
    return forms->nodes[node].first = below;
}

static void add_form(Forms *forms, uint32_t node, const uint32_t *pattern, const Form *form) {
    if (!*pattern) {
        if (!forms->nodes[node].form) forms->nodes[node].form = form;
        return;
    }
    bool optional = pattern[1] == '?';
    add_form(forms, node_below(forms, node, *pattern), pattern + 1 + optional, form);
    if (optional) add_form(forms, node, pattern + 2, form);
}

Forms *forms_compile(const void *ctx) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Forms *made = mem_new(ctx, Forms);
    size_t size;
    *mem_push(made, made->nodes, made->count) = (Node){0};
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++)
        add_form(made, 0, text_fold_runes(scratch, FORMS[i].pattern, &size), &FORMS[i]);
    for (uint32_t node = made->nodes[0].first; node; node = made->nodes[node].next)
        if (!is_number(made->nodes[node].symbol)) runes_add(&made->begin, made->nodes[node].symbol);
    runes_add_text(&made->begin, NUMERAL_RUNES);
    return made;
}

/* The way down the tree, and the best form on it: the longest, of equals the one that stands first. */
typedef struct Way {
    const uint32_t *start;
    int numbers[NUMBERS_MAX], best_numbers[NUMBERS_MAX];
    size_t n, size;
    const Form *form; /* or NULL */
} Way;

static void go_down(const Forms *forms, const Node *node, const uint32_t *at, Way *way) {
    size_t size = (size_t)(at - way->start);
    if (node->form && (size > way->size || (size == way->size && node->form < way->form))) {
        way->form = node->form;
        way->size = size;
        memcpy(way->best_numbers, way->numbers, sizeof way->numbers);
    }
    for (uint32_t below = node->first; below; below = forms->nodes[below].next) {
        const Node *next = &forms->nodes[below];
        bool digit = numeral_is_part(*at), number = is_number(next->symbol),
             ends = (next->symbol == '!' && !digit) || (next->symbol == '#' && digit);
        size_t runes = ends ? 0 : take(next->symbol, at, &way->numbers[way->n]);
        way->n += number;
        if (runes || ends) go_down(forms, next, at + runes, way);
        way->n -= number;
    }
}

bool form_at(const Forms *forms, const uint32_t *at, When *ret_when) {
    Way way = {.start = at};
    if (!runes_may_hold(&forms->begin, *at)) return false;
    go_down(forms, forms->nodes, at, &way);
    if (way.form) *ret_when = make_when(way.form, way.best_numbers, *at == 0x524D);
    ret_when->size = way.size;
    return way.form;
}
