/* check/relate/drift.c: one policy or programme under two names. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/work.h"

#define TITLES_MAX   400
#define TITLE_MIN    6 /* runes: shorter names are alike by chance */
#define TITLE_MAX    60
#define TITLE_ENDING 2  /* 办法, 意见, 细则: kinds of documents that differ are different documents */
#define SHARE_SHORT  80 /* percent of the shorter title that both have in common, in order */
#define SHARE_LONG   62

#define PROGRAMME_MIN    4 /* runes before 工程, 行动 */
#define PROGRAMME_MAX    12
#define PROGRAMME_BEFORE 2 /* that agree before what differs, */
#define PROGRAMME_LAST   5 /* where nothing does behind it */

#define TITLE_OPEN  0x300Au
#define TITLE_CLOSE 0x300Bu

typedef struct Title {
    size_t from, to;
} Title;

static size_t title_size(const Title *title) { return title->to - title->from; }

static size_t find_titles(const Work *work, Title titles[TITLES_MAX]) {
    const uint32_t *runes = work->text->runes;
    size_t n = 0;
    for (size_t i = 0; i < work->text->size && n < TITLES_MAX; i++) {
        if (runes[i] != TITLE_OPEN) continue;
        size_t to = i + 1;
        while (to < work->text->size && runes[to] != TITLE_CLOSE && runes[to] != '\n' && to - i <= TITLE_MAX) to++;
        if (runes[to] == TITLE_CLOSE && to - i - 1 >= TITLE_MIN) titles[n++] = (Title){i + 1, to};
    }
    return n;
}

/* A rune that tells one document from another: its year, number, area or level. */
static bool distinguishes(uint32_t rune) {
    static const uint32_t runes[] = {0x7701, 0x5E02, 0x53BF, 0x533A, 0x5E74,
                                     0x56FD, 0x8BD5, 0x5B9E, 0x7EC6, 0x89E3}; /* 省市县区年国试实细解 */
    for (size_t i = 0; i < sizeof runes / sizeof runes[0]; i++)
        if (runes[i] == rune) return true;
    return numeral_is_part(rune);
}

/* The next rune of a title that distinguishes it, from an index on; 0 when there is none. */
static uint32_t next_distinguishing(const uint32_t *runes, size_t n, size_t *index) {
    while (*index < n)
        if (distinguishes(runes[(*index)++])) return runes[*index - 1];
    return 0;
}

static bool distinguished_alike(const uint32_t *a, size_t n, const uint32_t *b, size_t m) {
    size_t i = 0, k = 0;
    for (;;) {
        uint32_t one = next_distinguishing(a, n, &i), other = next_distinguishing(b, m, &k);
        if (one != other) return false;
        if (!one) return true;
    }
}

/* The longest common subsequence. */
static size_t common(const uint32_t *a, size_t n, const uint32_t *b, size_t m) {
    size_t row[TITLE_MAX + 2] = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0, before = 0; k < m; k++) {
            size_t above = row[k + 1];
            row[k + 1] = a[i] == b[k] ? before + 1 : row[k] > above ? row[k] : above;
            before = above;
        }
    return row[m];
}

static bool is_same_title(const Work *work, const Title *a, const Title *b) {
    const uint32_t *one = work->text->runes + a->from, *other = work->text->runes + b->from;
    size_t n = title_size(a), m = title_size(b);
    if (n == m && !memcmp(one, other, n * sizeof *one)) return false;
    if (memcmp(one + n - TITLE_ENDING, other + m - TITLE_ENDING, TITLE_ENDING * sizeof *one)) return false;
    if (!distinguished_alike(one, n, other, m)) return false;
    size_t shared = common(one, n, other, m);
    size_t shorter = n < m ? n : m, longer = n < m ? m : n;
    return shared * 100 >= shorter * SHARE_SHORT && shared * 100 >= longer * SHARE_LONG;
}

static void add_drift(Work *work, size_t from, size_t to, const char *earlier) {
    const Text *text = work->text;
    const char *words = text_between(work->ctx, text, from, to);
    *mem_push(work->ctx, work->checked->remarks, work->checked->n_remarks) = (Remark){
        .start = text_start(text, from),
        .end = text_end(text, to - 1),
        .code = "name-drift",
        .say = {work_printf(work, "前文写作“%s”，这里写作“%s”，如是同一件事请统一名称", earlier, words),
                work_printf(work, "'%s' before, '%s' here: if it is one thing, call it by one name", earlier, words)},
        .claim = NO_CLAIM,
    };
}

static void remark_titles(Work *work) {
    Title titles[TITLES_MAX];
    size_t n = find_titles(work, titles);
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (is_same_title(work, &titles[k], &titles[i])) {
                add_drift(work, titles[i].from, titles[i].to,
                          text_between(work->ctx, work->text, titles[k].from, titles[k].to));
                break;
            }
}

/* --- programmes without marks: 英才汇聚工程, 英才集聚工程 --- */

/* The rune of a name before its ending, from the back; 0 before its beginning. */
static uint32_t rune_back(const Work *work, const Title *name, size_t back) {
    size_t at = name->to - 1 - back;
    bool within = back < PROGRAMME_MAX && name->to > back && at >= name->from;
    uint32_t rune = within ? work->text->runes[at] : 0;
    return text_is_han(rune) ? rune : 0;
}

/* How many characters back two bodies agree but for one, with a pair before it: a name that differs in the last
 * character (创新, 创业) is another, unless it is long. 0: they do not. */
static size_t size_of_slip(const Work *work, const Title *one, const Title *other) {
    size_t behind = 0, before = 0;
    while (rune_back(work, one, behind) && rune_back(work, one, behind) == rune_back(work, other, behind)) behind++;
    uint32_t a = rune_back(work, one, behind), b = rune_back(work, other, behind);
    if (!a || !b || distinguishes(a) || distinguishes(b)) return 0;
    while (rune_back(work, one, behind + 1 + before) &&
           rune_back(work, one, behind + 1 + before) == rune_back(work, other, behind + 1 + before))
        before++;
    return before >= (behind ? PROGRAMME_BEFORE : PROGRAMME_LAST) ? behind + 1 + before : 0;
}

/* The body of each programme that the text names without marks: what stands before its ending, back to the clause. */
static size_t find_programmes(const Work *work, Title names[TITLES_MAX], size_t ends[TITLES_MAX]) {
    size_t n = 0;
    for (size_t i = 0; i < work->text->size && n < TITLES_MAX; i++) {
        const Word *word = words_at(work->lexicon->programme, work->text->runes + i);
        if (!word) continue;
        size_t from = work_clause_from(work, i);
        if (from + PROGRAMME_MIN <= i)
            ends[n] = i + word->size, names[n++] = (Title){i > from + PROGRAMME_MAX ? i - PROGRAMME_MAX : from, i};
        i += word->size - 1;
    }
    return n;
}

static void remark_programmes(Work *work) {
    Title names[TITLES_MAX];
    size_t ends[TITLES_MAX], n = find_programmes(work, names, ends);
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            size_t size = size_of_slip(work, &names[k], &names[i]);
            if (!size) continue;
            add_drift(work, names[i].to - size, ends[i],
                      text_between(work->ctx, work->text, names[k].to - size, ends[k]));
            break;
        }
}

/* Names of a programme that prose.yaml says are one, where they are no mere abbreviations: 星创天地, 星创空间. */
static void remark_names(Work *work) {
    const Prose *prose = work->lexicon->prose;
    const Word **first = mem_array(work->text, const Word *, prose->n_same + 1);
    for (size_t i = 0; i < work->text->size; i++) {
        const Word *word = words_at(work->lexicon->same, work->text->runes + i);
        if (!word) continue;
        if (prose->same[word->tag].drifts) {
            const Word *earlier = first[word->tag];
            if (earlier && earlier != word) {
                MEM_SCRATCH scratch = talloc_new(NULL);
                Buf name = BUF_INIT(scratch);
                for (size_t k = 0; k < earlier->size; k++) buf_rune(&name, earlier->runes[k]);
                add_drift(work, i, i + word->size, mem_strdup(work->ctx, buf_text(&name)));
            } else {
                first[word->tag] = word;
            }
        }
        i += word->size - 1;
    }
}

void work_remark_names(Work *work) {
    remark_titles(work);
    remark_programmes(work);
    remark_names(work);
}
