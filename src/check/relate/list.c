/* check/relate/list.c: wholes and the parts behind them in running text: 29家，其中17家、12家; （…）. */
#include <string.h>

#include "base/text.h"
#include "check/relate/parts.h"

#define BRACKET_GAP 6  /* runes between a whole and the bracket with its parts */
#define KIND_RUNES  14 /* of 按…分 */
#define SLIP_MOST   10 /* percent by which 已…的a, …的b, …的c may miss what they are of */
#define SLIP_PAIR   20 /* and 男…、女… */
#define SLIP_WHOLE  10 /* smaller wholes are missed by little by chance */
#define LEAD_RUNES  8  /* at the beginning of a sentence within which 其中 takes up the sentence before */

/* --- where a list is --- */

static size_t bracket_close(const Work *work, size_t open) {
    const uint32_t *runes = work->text->runes;
    size_t at = open;
    while (runes[at] && runes[at] != '\n' && runes[at] != ')') at++;
    return at;
}

/* 其中, or a clause that ends in 中 (筹集额中，): takes up what was said before. */
static bool takes_up(const Work *work, size_t from) {
    const uint32_t *runes = work->text->runes;
    size_t clause = work_clause_to(work, from);
    size_t lead = from + LEAD_RUNES < clause ? from + LEAD_RUNES : clause;
    bool among = work_says(work, work->lexicon->among, from, lead);
    bool within = clause > from && runes[clause - 1] == 0x4E2D && clause - from <= KIND_RUNES; /* 中 */
    return among || within;
}

/* The end of the list that may follow a whole: of its sentence, and of the next one where that takes it up. */
static size_t list_to(const Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[whole].to, to = work_sentence_to(work, from);
    if (runes[from] == ':') return work_period_to(work, from);
    bool more = (runes[to] == 0x3002 || runes[to] == ';') && takes_up(work, to + 1);
    return more ? work_period_to(work, to + 1) : to;
}

/* Whether a claim is itself an item of a list: 其中 stands before it, and a claim of its unit before that. */
static bool is_item(const Work *work, size_t index) {
    const uint32_t *runes = work->text->runes;
    size_t sentence = work_sentence_from(work, work->mentions[index].from);
    const Word *word;
    const uint32_t *at = words_last(work->lexicon->among, runes + sentence, runes + work->mentions[index].from, &word);
    for (size_t i = index; at && i-- && work->mentions[i].from >= sentence;)
        if (runes + work->mentions[i].from < at && parts_can_be(work, index, i)) return true;
    return false;
}

/* --- behind the whole --- */

/* 29家（通过公示17家、在审12家）. */
static bool list_in_bracket(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t at = work->mentions[whole].to, end = at + BRACKET_GAP;
    while (at < end && runes[at] != '(' && !rune_ends_clause(runes[at])) at++;
    if (runes[at] != '(') return false;
    Parts parts;
    size_t close = bracket_close(work, at);
    parts_gather(work, whole, whole + 1, close, &parts);
    bool all = true; /* every number in the bracket is a part */
    for (size_t i = whole + 1; i < work->checked->n_claims && work->mentions[i].from < close; i++)
        all &= parts_can_be(work, whole, i);
    return parts_settle(work, &parts, all && parts.count > 3 ? PARTS_ALL : all ? PARTS_LIKELY : PARTS_SOME);
}

/* 巡察反馈23个，已销号19个，尚余5个: what is done and what is left are all. */
static bool is_complement(const Work *work, const Parts *parts) {
    if (parts->count != 3 || parts->list[1] > parts->list[0] + 2) return false;
    size_t last = parts->list[2];
    return work_says(work, work->lexicon->rest, fact_near_from(work, last), work->mentions[last].from);
}

/* 登记合同1864项，成交40.26亿元。其中，输出702项、…，吸纳1162项、…: of which amount before it, only the unit says; with
 * two of one unit, only what adds up. */
static bool list_taken_up(Work *work, size_t whole, size_t to) {
    size_t sentence = work_sentence_from(work, work->mentions[whole].from),
           end = work_sentence_to(work, work->mentions[whole].to);
    size_t first = whole + 1, alike = 1;
    for (size_t i = whole; i-- && work->mentions[i].from >= sentence;) alike += parts_can_be(work, whole, i);
    for (; first < work->checked->n_claims && work->mentions[first].from < end; first++)
        alike += parts_can_be(work, whole, first);
    Parts parts;
    parts_gather(work, whole, first, to, &parts);
    return parts_settle(work, &parts, alike > 1 ? PARTS_SOME : PARTS_LIKELY);
}

/* Leaves the parts that stand behind one another, with nothing else counted between. */
static void keep_row(Parts *parts) {
    size_t n = 2;
    while (n < parts->count && parts->list[n] == parts->list[n - 1] + 1) n++;
    if (n < parts->count) parts->count = n;
}

/* 国家级3个. */
static bool is_of_level(const Work *work, size_t index) {
    return work_says(work, work->lexicon->level, fact_near_from(work, index), work->mentions[index].from);
}

/* 已经解决的8件. */
static bool is_of_state(const Work *work, size_t index) {
    return work->text->runes[work->mentions[index].from - 1] == 0x7684; /* 的 */
}

/* “良”的8个. */
static bool is_of_grade(const Work *work, size_t index) {
    return is_of_state(work, index) && work->mentions[index].from > 1 &&
           work->text->runes[work->mentions[index].from - 2] == 0x201D; /* ” */
}

/* How many of the first parts are of a kind, with the whole. */
static size_t count_of(const Work *work, const Parts *parts, bool (*is)(const Work *, size_t)) {
    size_t n = 1;
    while (n < parts->count && is(work, parts->list[n])) n++;
    return n;
}

/* 12件，已经解决的8件，逐步解决的3件，留作参考的2件; 47个，国家级1个，省级11个，市级36个: told apart by what became of
 * them, or by level, they are all there are. */
static bool list_by_form(Work *work, const Parts *parts) {
    Parts items = *parts;
    size_t whole = parts->list[0], first = parts->list[1], clause = work_clause_from(work, work->mentions[first].from);
    bool done = work_says(work, work->lexicon->done, clause, work->mentions[first].from);
    size_t states = done ? count_of(work, parts, is_of_state) : count_of(work, parts, is_of_grade);
    size_t levels = count_of(work, parts, is_of_level);
    items.count = states > levels ? states : levels;
    if (items.count < 4 || first != whole + 1) return false;
    if (decimal_compare(work->checked->claims[whole].value, (Decimal){SLIP_WHOLE, 0}) < 0) return false;
    return parts_settle_slip(work, &items, SLIP_MOST);
}

/* 合同2140项、86.5亿元，其中输出980项、32.1亿元，吸纳1160项、54.4亿元: of two wholes told together, the first;
 * 412万元，比上 年的386万元增加26万元，其中拨款320万元；自筹92万元: over what is said of its change, or in brackets. */
static bool list_between(Work *work, size_t whole, size_t to) {
    const uint32_t *runes = work->text->runes, *at;
    size_t next = whole + 1, from = work->mentions[whole].to;
    at = words_within(work->lexicon->among, runes + from, runes + to, NULL);
    for (size_t i = from; !at && i < to; i++)
        if (runes[i] == ':') at = runes + i;
    bool rated = true; /* 430万元，完成目标的43%，其中: nothing but a rate of the whole */
    for (; at && next < work->checked->n_claims && runes + work->mentions[next].from < at; next++) {
        if (parts_can_be(work, whole, next) && !fact_is_change(work, next) && !parts_is_of_each(work, next) &&
            !parts_in_bracket(work, next))
            return false;
        rated &= work->checked->claims[next].kind == CLAIM_PERCENT;
    }
    if (!at || next == whole + 1) return false;
    Parts parts, more;
    parts_gather(work, whole, next, to, &parts);
    parts_gather(work, whole, next, work_period_to(work, to), &more);
    bool likely = parts_are_complements(work, &parts) || (rated && parts.count > 3);
    return parts_settle(work, &parts, likely ? PARTS_LIKELY : PARTS_SOME) || parts_settle_equal(work, &more);
}

/* 争取资金1260万元。中央300万元、省级660万元、市级300万元: the last number of its sentence and all of the next. */
static bool list_next(Work *work, size_t whole, size_t to) {
    Parts parts;
    const uint32_t *runes = work->text->runes;
    if (runes[to] == '?' && runes[to + 1] == '\n') to++; /* 236家高企分布在哪里？ the next paragraph answers */
    bool over = runes[to] == '\n' && runes[to - 1] != '?';
    size_t first = whole + 1, end = over ? to : work_sentence_to(work, to + 1);
    if (first == work->checked->n_claims || work->mentions[first].from < to) return false;
    parts_gather(work, whole, first, end, &parts);
    if (parts.count < 4 || !parts_are_exact(work, &parts, parts.count) || !parts_equal(work, &parts, parts.count))
        return false;
    parts_add(work, &parts, parts.count, true);
    return true;
}

/* 其中政府拨款320万元，占77.7%；自筹72万元；捐赠20万元: over semicolons, when it adds up. */
static bool list_on(Work *work, size_t whole, size_t to) {
    Parts parts;
    if (work->text->runes[to] != ';') return false;
    parts_gather(work, whole, whole + 1, work_period_to(work, to), &parts);
    return parts_settle_equal(work, &parts);
}

/* Its number opens its clause: 6项达标. */
static bool opens_clause(const Work *work, size_t index) {
    return work->mentions[index].from == work_clause_from(work, work->mentions[index].from);
}

/* 对接32个解决18个: two numbers with nothing that lists them between, as 8项指标，6项达标，2项滞后 has. */
static bool runs_on(const Work *work, const Parts *parts) {
    const uint32_t *runes = work->text->runes;
    size_t index = parts->list[1], clause = work_clause_to(work, work->mentions[parts->list[0]].to);
    uint32_t rune = runes[work->mentions[index].to];
    bool listed = runes[clause - 1] == 0x4E2D || /* 中 */
                  (opens_clause(work, index) && opens_clause(work, parts->list[2]));
    return !listed && parts->list[2] == index + 1 && text_is_han(rune) && rune != 0x548C; /* 和 */
}

/* 完成8项、未完成1项: what is said of one is denied of the other, so there is no third. */
static bool is_denied_pair(const Work *work, const Parts *parts) {
    const uint32_t *runes = work->text->runes;
    if (parts->count != 3 || parts->list[2] != parts->list[1] + 1) return false;
    size_t one = work->mentions[parts->list[1]].from, other = work->mentions[parts->list[2]].from;
    size_t near = fact_near_from(work, parts->list[2]);
    return other >= near + 3 && runes[other - 3] == 0x672A && runes[other - 2] == runes[one - 2] && /* 未 */
           runes[other - 1] == runes[one - 1];
}

/* 征集64个，对接48个，解决16个: three things that are told of on their own. */
static bool are_stages(const Work *work, const Parts *parts) {
    const Indicator *of[3];
    for (size_t i = 0; i < 3; i++) of[i] = work->checked->claims[parts->list[i]].indicator;
    return parts->count == 3 && of[0] && of[1] && of[2] && of[0] != of[1] && of[1] != of[2] && of[0] != of[2];
}

/* 29家，其中通过公示17家、在审12家. */
static bool list_behind(Work *work, size_t whole) {
    const uint32_t *runes = work->text->runes;
    size_t from = work->mentions[whole].to, to = list_to(work, whole);
    if (parts_in_bracket(work, whole) && bracket_close(work, from) < to) to = bracket_close(work, from);
    size_t next = whole + 1 < work->checked->n_claims ? work->mentions[whole + 1].from : to;
    const Word *word;
    const uint32_t *at = words_within(work->lexicon->among, runes + from, runes + (next < to ? next : to), &word);
    for (const uint32_t *open = runes + from; at && open < at;
         open++) /* 520万元（含首次认定300万元）: no further than its bracket */
        if (*open == '(') to = bracket_close(work, (size_t)(open - runes));
    Parts parts;
    parts_gather(work, whole, whole + 1, to, &parts);
    if (parts_are_complements(work, &parts) && parts.list[1] <= whole + 2 && parts_settle_slip(work, &parts, SLIP_PAIR))
        return true;
    bool changes = parts.count > 1 && fact_is_change(work, parts.list[1]); /* 分别增加1个、3个 */
    if (at && !changes &&
        parts_settle(work, &parts, words_at(work->lexicon->exhaustive, at) ? PARTS_ALL : PARTS_LIKELY))
        return true;
    if (at) return list_on(work, whole, to);
    if (runes[from] == ':') return parts_settle(work, &parts, PARTS_LIKELY);
    if (to > work_sentence_to(work, from) && list_taken_up(work, whole, to)) return true;
    if (list_between(work, whole, to) || (parts.count == 1 && list_next(work, whole, to))) return true;
    if (is_item(work, whole) || parts.count < 3 || parts.list[1] > whole + 2) return false;
    if (is_denied_pair(work, &parts)) return parts_settle_slip(work, &parts, SLIP_PAIR);
    if (is_complement(work, &parts)) return parts_settle(work, &parts, PARTS_LIKELY);
    if (parts.count == 3 && (runs_on(work, &parts) || are_stages(work, &parts))) return false;
    if (parts_are_exact(work, &parts, parts.count) && parts_equal(work, &parts, parts.count)) {
        parts_add(work, &parts, parts.count,
                  true); /* 32个，已整改29个，整改率90.6%，正在整改3个: all of the sentence, and it adds up */
        return true;
    }
    keep_row(&parts);
    size_t first = work->mentions[parts.list[1]].from;
    if (work_next_kind(work, from, first).from < first) return false; /* a list of another whole */
    if (parts_settle_equal(work, &parts)) return true; /* 37家，既有重新认定的15家，也有首次认定的22家，… */
    return list_by_form(work, &parts);
}

/* 奖补资金620万元、认定奖励310万元、研发补助186万元、平台奖励124万元: a part of the sum before has no parts among its
 * like. */
static bool is_part_of_last(const Work *work, size_t index) {
    const Checked *checked = work->checked;
    if (!checked->n_relations) return false;
    const Relation *last = &checked->relations[checked->n_relations - 1];
    for (size_t i = 1; i + 1 < last->n_claims; i++)
        if (last->kind == RELATION_SUM && last->holds && last->claims[i] == index && last->claims[i + 1] == index + 1)
            return true;
    return false;
}

void relate_lists(Work *work, size_t whole) {
    if (is_part_of_last(work, whole)) return;
    list_of_which(work, whole);
    list_of_earlier(work, whole);
    if (!list_in_bracket(work, whole) && !list_behind(work, whole)) (void)list_before(work, whole);
}
