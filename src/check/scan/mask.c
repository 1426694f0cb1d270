/* check/scan/mask.c: what looks like a number and is none: times, titles, names, numbers of documents, articles, lists
 * and telephones, codes, the litter around the text of a web page. */
#include "base/mem.h"
#include "base/text.h"
#include "check/work.h"

#define TITLE_MAX      120 /* runes within 《》 */
#define QUOTE_MAX      10  /* runes of a name within quotation marks */
#define LITTER_MAX     90  /* runes of a line of litter */
#define LITTER_ONE_MAX 30  /* of one with a single word of it */
#define SESSION_RUNES  4   /* between 届 and the number of its session */

#define QUOTE_OPEN  0x201Cu
#define QUOTE_CLOSE 0x201Du
#define TITLE_OPEN  0x300Au
#define TITLE_CLOSE 0x300Bu
#define NUMBER_WORD 0x53F7u /* 号 */
#define COMMA_LIST  0x3001u /* 、 */
#define GREEK_FIRST 0x391u  /* letters that look Latin */
#define GREEK_LAST  0x3C9u

static void take(Work *work, size_t from, size_t size) {
    for (size_t i = from; i < from + size && i < work->text->size; i++) work->taken[i] = true;
}

static bool is_arabic(uint32_t rune) { return rune >= '0' && rune <= '9'; }
static bool is_latin(uint32_t rune) {
    return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') || (rune >= GREEK_FIRST && rune <= GREEK_LAST);
}

/* The rune `close` after at, not further than most and in the same paragraph; 0 when there is none. */
static size_t find_close(const Text *text, size_t at, uint32_t close, size_t most) {
    for (size_t i = at + 1; i < text->size && i <= at + most && text->runes[i] != '\n'; i++)
        if (text->runes[i] == close) return i;
    return 0;
}

/* --- each finds the runes of its kind that begin at a place: how many, or 0 --- */

static size_t title_size(const Work *work, size_t at) {
    size_t close = work->text->runes[at] == TITLE_OPEN ? find_close(work->text, at, TITLE_CLOSE, TITLE_MAX) : 0;
    return close ? close + 1 - at : 0;
}

/* “四送一服”: a short name with Chinese numerals and no digits. */
static size_t quoted_name_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    size_t close = runes[at] == QUOTE_OPEN ? find_close(work->text, at, QUOTE_CLOSE, QUOTE_MAX) : 0;
    if (!close) return 0;
    for (size_t i = at; i < close; i++)
        if (is_arabic(runes[i])) return 0;
    return close + 1 - at;
}

static size_t name_size(const Work *work, size_t at) {
    const Word *word = words_at(work->lexicon->names, work->text->runes + at);
    return word ? word->size : 0;
}

/* [2022]15号, (2022)第15号, 15号, 第711号. */
static size_t document_number_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    size_t i = at, digits = 0;
    if (runes[i] == '[' || runes[i] == '(') {
        for (i++; is_arabic(runes[i]); i++) digits++;
        if (digits != 4 || (runes[i] != ']' && runes[i] != ')')) return 0;
        i++;
    }
    if (runes[i] == 0x7B2C) i++; /* 第 */
    size_t start = i;
    while (numeral_is_part(runes[i])) i++;
    return i > start && runes[i] == NUMBER_WORD ? i + 1 - at : 0;
}

/* A bracket that holds nothing but a number: (一), (3). */
static size_t bracketed_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (runes[at] != '(') return 0;
    size_t i = at + 1;
    while (numeral_is_part(runes[i])) i++;
    return i > at + 1 && i - at <= 4 && runes[i] == ')' ? i + 1 - at : 0;
}

/* The number with a point that a paragraph begins with; 0 when it begins otherwise. */
static int number_of(const Work *work, size_t paragraph) {
    const uint32_t *at = work->text->runes + work->text->paragraphs[paragraph].from;
    int number = 0;
    for (int digits = 0; is_arabic(*at) && digits < 2; digits++, at++) number = 10 * number + (int)(*at - '0');
    return *at == '.' ? number : 0;
}

/* 1．7项指标中，…, and the next paragraph begins with 2.: no decimal. */
static bool is_in_turn(const Work *work, size_t at) {
    size_t paragraph = work_paragraph(work, at);
    if (work->text->paragraphs[paragraph].part->kind == PART_CELL) return false; /* 2.75 beside 3.30 */
    int number = number_of(work, paragraph);
    bool next = paragraph + 1 < work->text->n_paragraphs && number_of(work, paragraph + 1) == number + 1;
    return number && (next || (paragraph && number > 1 && number_of(work, paragraph - 1) == number - 1));
}

/* The number of a heading or list at the beginning of a paragraph: 一、 3. 3、 第一章. */
static size_t list_number_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (at && runes[at - 1] != '\n') return 0;
    size_t i = at;
    while (numeral_is_part(runes[i])) i++;
    if (i == at || i - at > 4) return 0;
    bool point = is_in_turn(work, at) || (runes[i] == '.' && !is_arabic(runes[i + 1])) || runes[i] == COMMA_LIST ||
                 runes[i] == ')';
    return point ? i + 1 - at : 0;
}

/* GDP1.5%, PCT5件: digits that letters end before and that a measure ends are a number; K12项目 goes on and is none. */
static bool is_measured(const Work *work, size_t end) {
    while (numeral_is_part(work->text->runes[end])) end++; /* R&D1.2亿元 */
    const Word *measure = words_at(work->lexicon->measures, work->text->runes + end);
    return measure && !text_is_han(work->text->runes[end + measure->size]);
}

/* A word of Latin letters and digits, a number with a letter at either end: 5G, GR2019, COVID-19, 4A. */
static size_t code_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if ((!is_latin(runes[at]) && !is_arabic(runes[at])) ||
        (at && (is_latin(runes[at - 1]) || is_arabic(runes[at - 1]))))
        return 0;
    size_t i = at, letters = at; /* letters: behind the last of them and what joins */
    bool latin = false, digit = false;
    for (;; i++) {
        bool joint = (runes[i] == '-' || runes[i] == '_' || runes[i] == '/' || runes[i] == '.' || runes[i] == '&' ||
                      runes[i] == ' ' || runes[i] == 0x2014) &&
                     latin && (is_arabic(runes[i + 1]) || is_latin(runes[i + 1]));
        if (!is_latin(runes[i]) && !is_arabic(runes[i]) && !joint) break;
        if (is_latin(runes[i]) && digit && !latin && words_at(work->lexicon->measures, runes + i)) return 0;
        latin |= is_latin(runes[i]);
        digit |= is_arabic(runes[i]);
        if (is_latin(runes[i]) || (joint && runes[i] != '.')) letters = i + 1;
    }
    bool word = letters > at + 1 && is_latin(runes[letters - 1]); /* and not A1级 */
    if (i > letters && word && is_measured(work, i)) i = letters;
    return latin && digit ? i - at : 0;
}

/* 0558-1234567, and digits so many that nobody counts with them. */
static size_t telephone_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (!is_arabic(runes[at]) || (at && is_arabic(runes[at - 1]))) return 0;
    size_t i = at, digits = 0, groups = 1;
    for (; is_arabic(runes[i]) || (runes[i] == '-' && is_arabic(runes[i + 1])); i++) {
        digits += is_arabic(runes[i]);
        groups += runes[i] == '-';
    }
    bool code = runes[at] == '0' && groups == 2 && digits >= 10;
    bool mobile = runes[at] == '1' && digits == 11 && groups == 1;
    bool service = digits >= 9 && groups >= 2;
    bool said = digits >= 4 && words_before(work->lexicon->phone, runes, runes + at - (at && runes[at - 1] == ':'));
    return code || mobile || service || said || digits > 15 ? i - at : 0;
}

/* 一企一策, 一核两翼: number, thing, number, thing, and neither thing is counted. */
static size_t paired_name_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (numeral_digit(runes[at]) < 1 || !text_is_han(runes[at + 1]) || numeral_is_part(runes[at + 1])) return 0;
    if (numeral_digit(runes[at + 2]) < 1 || !text_is_han(runes[at + 3]) || numeral_is_part(runes[at + 3])) return 0;
    if (runes[at + 1] == 0x5230 || runes[at + 1] == 0x81F3) return 0; /* 三到五个 */
    bool same = numeral_digit(runes[at]) == 1 && numeral_digit(runes[at + 2]) == 1;
    bool counted =
        words_at(work->lexicon->measures, runes + at + 1) && words_at(work->lexicon->measures, runes + at + 3);
    return same || !counted ? 4 : 0;
}

/* 表1, 附表二, at the beginning of a paragraph. */
static size_t table_number_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if ((runes[at] != 0x8868 && runes[at] != 0x56FE) || at != work->text->paragraphs[work_paragraph(work, at)].from)
        return 0; /* 表图 */
    size_t i = at + 1;
    while (numeral_is_part(runes[i])) i++;
    return i - at > 1 && i - at <= 4 ? i - at : 0;
}

/* 十七届人大二次会议, 二届三次全会: which session it was. */
static size_t session_size(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    if (runes[at] != 0x5C4A) return 0; /* 届 */
    size_t i = at + 1;
    while (i <= at + SESSION_RUNES && text_is_han(runes[i]) && !numeral_is_part(runes[i])) i++;
    size_t number = i;
    while (numeral_is_part(runes[i])) i++;
    return i > number && runes[i] == 0x6B21 ? i + 1 - at : 0; /* 次 */
}

static size_t (*const kinds[])(const Work *work, size_t at) = {
    title_size,     name_size, quoted_name_size, document_number_size, bracketed_size, list_number_size,
    telephone_size, code_size, paired_name_size, table_number_size,    session_size,
};

/* What one of them can begin with. */
static Runes masked_begin(const Work *work) {
    Runes begin = {0};
    runes_add_text(&begin, "《“[(第表图届" NUMERAL_RUNES);
    runes_add_range(&begin, 'a', 'z');
    runes_add_range(&begin, 'A', 'Z');
    runes_add_range(&begin, GREEK_FIRST, GREEK_LAST);
    words_begin(work->lexicon->names, &begin);
    return begin;
}

/* --- litter --- */

/* A word of litter says nothing of a thing: 【打印本页】, and not 技术支持企业12家; in prose it must be a label, 邮编：, and
 * not 阅读量1.2万次. */
static bool stands_alone(const Work *work, const uint32_t *end, bool prose) {
    return prose ? *end == ':' : !text_is_han(*end) || words_at(work->lexicon->litter, end);
}

/* The words of litter in a paragraph, and how many of them stand alone. */
static size_t count_litter(const Work *work, const Paragraph *paragraph, bool prose, size_t *ret_alone) {
    size_t count = 0;
    const uint32_t *end = work->text->runes + paragraph->to;
    const Word *word;
    *ret_alone = 0;
    for (const uint32_t *at = work->text->runes + paragraph->from;
         (at = words_within(work->lexicon->litter, at, end, &word)) != NULL; at += word->size) {
        count++;
        *ret_alone += stands_alone(work, at + word->size, prose);
    }
    return count;
}

/* 公众号阅读量1.2万次，点赞3000次。: clauses, as nothing around a text has them. */
static bool is_prose(const Work *work, const Paragraph *paragraph) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = paragraph->from; i < paragraph->to; i++)
        if (runes[i] == 0x3002 || (runes[i] == ',' && i + 1 < paragraph->to && text_is_han(runes[i + 1]))) return true;
    return false;
}

/* A short line with the words that web pages set around a text. */
static void mask_litter(Work *work) {
    for (size_t i = 0; i < work->text->n_paragraphs; i++) {
        Paragraph *paragraph = &work->text->paragraphs[i];
        size_t size = paragraph->to - paragraph->from, alone;
        if (size > LITTER_MAX || paragraph->part->kind == PART_CELL) continue;
        bool prose = is_prose(work, paragraph);
        size_t words = count_litter(work, paragraph, prose, &alone);
        bool several = words > 1 && (alone > 1 || !prose), one = alone && size <= LITTER_ONE_MAX && !prose;
        if (!several && !one) continue;
        take(work, paragraph->from, size);
        paragraph->litter = true;
    }
}

/* --- where the numbers come from --- */

/* The table that lists each number of a summary with its records and a digest of them is no part of what it says. */
static void mask_sources(Work *work) {
    const Paragraph *paragraphs = work->text->paragraphs;
    unsigned sources = 0;
    for (size_t i = 0, head = 0; i < work->text->n_paragraphs; i++) {
        const Part *cell = paragraphs[i].part;
        if (cell->kind != PART_CELL) continue;
        if (cell->table != paragraphs[head].part->table) head = i; /* the first cell of the table */
        const Word *word = words_at(work->lexicon->digest, work->text->runes + paragraphs[i].from);
        bool digest = !cell->row && word && word->size == paragraphs[i].to - paragraphs[i].from;
        if (digest) sources = cell->table;
        for (size_t k = digest ? head : i; sources == cell->table && k <= i; k++)
            take(work, paragraphs[k].from, paragraphs[k].to - paragraphs[k].from);
    }
}

void work_mask(Work *work) {
    work->taken = mem_array(work->text, bool, work->text->size + 1);
    for (size_t i = 0; i < work->whens.count; i++) take(work, work->whens.list[i].at, work->whens.list[i].size);
    mask_litter(work);
    mask_sources(work);
    const Runes begin = masked_begin(work);
    for (size_t i = 0; i < work->text->size; i++) {
        if (!runes_may_hold(&begin, work->text->runes[i])) continue;
        size_t size = 0;
        for (size_t k = 0; !size && k < sizeof kinds / sizeof kinds[0]; k++) size = kinds[k](work, i);
        if (!size) continue;
        take(work, i, size);
        i += size - 1;
    }
}
