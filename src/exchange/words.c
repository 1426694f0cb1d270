/* exchange/words.c: the words of a ledger as a flat list, and the units of money. */
#include "exchange/words.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"

const Label words_state = {"状态", "State"}, words_number = {"编号", "Number"};

typedef struct Word {
    const char *full; /* folded as it stands */
    const char *bare; /* folded without its bracket; the same when it has none */
    Meaning meaning;
} Word;

struct Words {
    Word *list;
    size_t count;
};

/* Headings that mean the same in every ledger, unless a field is called so. */
static const struct {
    const char *heading;
    MeaningKind kind;
} common[] = {
    {"状态", MEANS_STATE},  {"办理状态", MEANS_STATE},  {"当前状态", MEANS_STATE},  {"State", MEANS_STATE},
    {"编号", MEANS_NUMBER}, {"系统编号", MEANS_NUMBER}, {"Number", MEANS_NUMBER},   {"序号", MEANS_NOTHING},
    {"No.", MEANS_NOTHING}, {"备注", MEANS_NOTHING},    {"Remarks", MEANS_NOTHING},
};

/* --- meanings by name --- */

/* Whether the ledger has what a common heading speaks of: without states or numbers it is just an unknown column. */
static bool has_use(const Ledger *ledger, MeaningKind kind) {
    switch (kind) {
    case MEANS_STATE:
        return ledger->n_states > 1;
    case MEANS_NUMBER:
        return ledger->number.text != NULL;
    case MEANS_FIELD:
    case MEANS_NOTHING:
        break;
    }
    return true;
}

static const char *const names[] = {[MEANS_STATE] = "state", [MEANS_NUMBER] = "number", [MEANS_NOTHING] = ""};

bool words_meaning(const Ledger *ledger, const char *name, Meaning *ret_meaning) {
    *ret_meaning = (Meaning){MEANS_FIELD, ledger_find_field(ledger, name)};
    if (ret_meaning->field) return true;
    for (MeaningKind kind = MEANS_STATE; kind <= MEANS_NOTHING; kind++) {
        if (strcmp(names[kind], name) != 0 || !has_use(ledger, kind)) continue;
        ret_meaning->kind = kind;
        return true;
    }
    return false;
}

const char *words_name(const Meaning *meaning) {
    return meaning->kind == MEANS_FIELD ? meaning->field->name.text : names[meaning->kind];
}

/* --- brackets --- */

/* A cleaned text without stars, and what stands in the bracket at its end, or a unit of money behind / : or a space;
 * NULL: neither. */
static char *split_bracket(const void *ctx, const char *text, const char **ret_inside) {
    static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"〔", "〕"}};
    char *clean = text_clean(ctx, text);
    size_t size = strlen(clean);
    while (size && strchr("* :", clean[size - 1])) clean[--size] = '\0';
    *ret_inside = NULL;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        size_t closing = strlen(pairs[i][1]);
        if (size <= closing || strcmp(clean + size - closing, pairs[i][1])) continue;
        char *opening = NULL;
        for (char *at = clean; (at = strstr(at, pairs[i][0])); at++) opening = at;
        if (!opening || opening == clean) break;
        clean[size - closing] = '\0';
        *ret_inside = opening + strlen(pairs[i][0]);
        *opening = '\0';
        return clean;
    }
    char *sign = strpbrk(clean, "/: ");
    if (sign && sign > clean && words_unit_power(sign + 1) >= 0) {
        *sign = '\0';
        *ret_inside = sign + 1;
    }
    return clean;
}

static const char *fold_bare(const void *ctx, const char *text) {
    const char *inside;
    return text_fold(ctx, split_bracket(ctx, text, &inside));
}

/* --- words --- */

static void add_word(Words *words, const char *text, Meaning meaning) {
    if (!text) return;
    Word word = {text_fold(words, text), fold_bare(words, text), meaning};
    if (word.full[0]) *mem_push(words, words->list, words->count) = word;
}

static void add_field(Words *words, const Field *field) {
    const Meaning meaning = {MEANS_FIELD, field};
    add_word(words, field->label.zh, meaning);
    add_word(words, field->label.en, meaning);
    add_word(words, field->name.text, meaning);
    for (size_t i = 0; i < field->aliases.count; i++) add_word(words, field->aliases.list[i].text, meaning);
}

Words *words_new(const void *ctx, const Ledger *ledger) {
    Words *words = mem_new(ctx, Words);
    for (size_t i = 0; i < ledger->n_fields; i++) add_field(words, &ledger->fields[i]);
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (has_use(ledger, common[i].kind)) add_word(words, common[i].heading, (Meaning){.kind = common[i].kind});
    return words;
}

static bool same_meaning(const Meaning *a, const Meaning *b) { return a->kind == b->kind && a->field == b->field; }

/* The one meaning of a folded word. A field goes before what is common; of two fields neither is meant. */
static const Meaning *find_folded(const Words *words, const char *folded, bool bare) {
    const Meaning *found = NULL;
    for (size_t i = 0; i < words->count; i++) {
        const Word *word = &words->list[i];
        if (strcmp(bare ? word->bare : word->full, folded)) continue;
        if (found && found->kind == MEANS_FIELD && word->meaning.kind != MEANS_FIELD) break;
        if (found && !same_meaning(found, &word->meaning)) return NULL;
        found = &word->meaning;
    }
    return found;
}

/* The field of a day whose heading says 日期 for 时间 or the other way round: clerks write both for it. */
static const Meaning *find_day(const void *ctx, const Words *words, const char *bare) {
    static const char *const endings[][2] = {{"时间", "日期"}, {"日期", "时间"}};
    const Meaning *found = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0] && !found; i++) {
        size_t size = strlen(bare), tail = strlen(endings[i][0]);
        if (size <= tail || strcmp(bare + size - tail, endings[i][0]) != 0) continue;
        const char *other = mem_printf(ctx, "%.*s%s", (int)(size - tail), bare, endings[i][1]);
        found = find_folded(words, other, true);
    }
    return found && found->field && found->field->kind->type == TYPE_DATE ? found : NULL;
}

const Meaning *words_find(const Words *words, const char *heading) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *full = text_fold(scratch, heading), *bare = fold_bare(scratch, heading);
    if (!full[0]) return NULL;
    const Meaning *found = find_folded(words, full, false);
    if (!found) found = find_folded(words, bare, false);
    if (!found) found = find_folded(words, bare, true);
    return found ? found : find_day(scratch, words, bare);
}

bool words_are_own(const Meaning *meaning, const char *heading) {
    if (!meaning->field) return false;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *bare = fold_bare(scratch, heading);
    const Label *label = &meaning->field->label;
    return !strcmp(bare, fold_bare(scratch, label->zh)) || !strcmp(bare, fold_bare(scratch, label->en));
}

/* --- units --- */

static const struct {
    const char *word;
    int power;
} units[] = {
    {"亿元", 8}, {"百万元", 6}, {"万元", 4}, {"人民币万元", 4}, {"千元", 3}, {"元", 0}, {"人民币元", 0}, {"yuan", 0},
};

int words_unit_power(const char *text) {
    for (size_t i = 0; text && i < sizeof units / sizeof units[0]; i++)
        if (!strcmp(text, units[i].word)) return units[i].power;
    return -1;
}

/* What stands behind 单位 in a cleaned text, or NULL. */
static const char *behind_unit_word(const char *clean) {
    static const char word[] = "单位";
    const char *at = strstr(clean, word);
    if (!at) return NULL;
    at += sizeof word - 1;
    return at + strspn(at, ": ");
}

int words_heading_power(const char *heading) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *inside;
    (void)split_bracket(scratch, heading, &inside);
    const char *named = inside ? behind_unit_word(inside) : NULL;
    return words_unit_power(named ? named : inside);
}

/* How far a unit reaches: in 万元、人 the amounts have the first. */
static size_t unit_size(const char *text) {
    size_t size = strcspn(text, ") ,;/");
    const char *next = strstr(text, "、");
    return next && (size_t)(next - text) < size ? (size_t)(next - text) : size;
}

int words_sheet_power(const char *line) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *at = text_clean(scratch, line);
    int power = -1;
    while (power < 0 && (at = behind_unit_word(at)))
        power = words_unit_power(mem_strndup(scratch, at, unit_size(at)));
    return power;
}
