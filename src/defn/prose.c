/* defn/prose.c: prose.yaml, the words by which the checker understands official texts. */
#include "defn/prose.h"

#include <string.h>

#include "base/mem.h"

#define AT(Type, member) offsetof(Type, member)
#define LIST_OF(list, count, Element, table)                                                                           \
    yaml_read_list, AT(Prose, list), .keys = (table), .size = sizeof(Element), .count_offset = AT(Prose, count)

static const Key measure_keys[] = {
    {"unit", yaml_read_text, AT(ProseMeasure, unit), .required = true},
    {"kind", yaml_read_name, AT(ProseMeasure, kind_name), .required = true},
    {"words", yaml_read_texts, AT(ProseMeasure, words), .required = true},
    {"digits", yaml_read_bool, AT(ProseMeasure, digits)},
    {"pronoun", yaml_read_bool, AT(ProseMeasure, pronoun)},
    {0},
};

static const Key words_keys[] = {
    {"name", yaml_read_name, AT(ProseWords, name), .required = true},
    {"words", yaml_read_texts, AT(ProseWords, words), .required = true},
    {0},
};

static const Key alike_keys[] = {{"words", yaml_read_texts, AT(ProseAlike, words), .required = true}, {0}};

static const Key same_keys[] = {
    {"means", yaml_read_text, AT(ProseSame, means), .required = true},
    {"words", yaml_read_texts, AT(ProseSame, words), .required = true},
    {"drifts", yaml_read_bool, AT(ProseSame, drifts)},
    {0},
};

static const Key prose_keys[] = {
    {"measures", LIST_OF(measures, n_measures, ProseMeasure, measure_keys)},
    {"alike", LIST_OF(alike, n_alike, ProseAlike, alike_keys)},
    {"words", LIST_OF(words, n_words, ProseWords, words_keys)},
    {"same", LIST_OF(same, n_same, ProseSame, same_keys)},
    {0},
};

/* Elements behind those that are there. */
static void *append(const void *ctx, void *list, size_t *count, const void *more, size_t n, size_t size) {
    for (size_t i = 0; i < n; i++) {
        list = mem_grow(ctx, list, *count, size);
        memcpy((char *)list + (*count)++ * size, (const char *)more + i * size, size);
    }
    return list;
}

static void check_kinds(const YamlFile *file, const Prose *prose) {
    static const char *const kinds[] = {"count", "money", "percent", "points", "other"};
    for (size_t i = 0; i < prose->n_measures; i++) {
        const Name *kind = &prose->measures[i].kind_name;
        bool known = !kind->text;
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
            known |= kind->text && !strcmp(kind->text, kinds[k]);
        if (!known)
            diag_error(file->diag, kind->at, "unknown-kind",
                       "'%s' is no kind of measure; write count, money, percent, points or other", kind->text);
    }
}

void prose_read(YamlFile *file, const TreeNode *root, Prose *prose) {
    Prose more = {0};
    yaml_read_mapping(file, root, prose_keys, &more);
    check_kinds(file, &more);
#define APPEND(list, count)                                                                                            \
    prose->list = append(file->ctx, prose->list, &prose->count, more.list, more.count, sizeof *prose->list)
    APPEND(measures, n_measures);
    APPEND(words, n_words);
    APPEND(alike, n_alike);
    APPEND(same, n_same);
#undef APPEND
}
