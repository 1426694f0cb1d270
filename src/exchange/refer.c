/* exchange/refer.c: names by the order the ledger gives, remembered in maps of bounded size. */
#include "exchange/refer.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "ledger/query.h"

#define NAMES_MAX      4096u /* names kept; a full map starts afresh */
#define CANDIDATES_MAX 200u  /* records looked at for one half of a word */
#define CHOICES_MAX    4u    /* of several records of one name, those told */

typedef struct Kept {
    char *key; /* "ledger words" or "ledger id" */
    const char *text;
    UT_hash_handle hh;
} Kept;

struct Refer {
    Store *store;
    Kept *names, *suggestions;
    TALLOC_CTX *names_ctx;
    bool titles;
};

static int drop_refer(Refer *refer) {
    HASH_CLEAR(hh, refer->names);
    HASH_CLEAR(hh, refer->suggestions);
    return 0;
}

Refer *refer_new(const void *ctx, Store *store) {
    Refer *refer = mem_new(ctx, Refer);
    refer->store = store;
    refer->names_ctx = talloc_new(refer);
    talloc_set_destructor(refer, drop_refer);
    return refer;
}

static Kept *keep(const void *ctx, Kept **map, const char *key, const char *text) {
    Kept *kept = mem_new(ctx, Kept);
    kept->key = mem_strdup(kept, key);
    kept->text = text ? mem_strdup(kept, text) : NULL;
    HASH_ADD_KEYPTR(hh, *map, kept->key, strlen(kept->key), kept);
    return kept;
}

/* --- from words --- */

/* The id behind the # at the end of words, or 0. */
static int64_t written_id(const char *words) {
    const char *sign = strrchr(words, '#');
    if (!sign || !sign[1] || sign[1 + strspn(sign + 1, "0123456789")]) return 0;
    return strtoll(sign + 1, NULL, 10);
}

int refer_find(Refer *refer, const Ledger *ledger, const char *words, int64_t *ret_id) {
    int result = record_find_named(refer->store, ledger, words, ret_id);
    int64_t id = result == RECORD_E_NONE ? written_id(words) : 0;
    if (!id) return result;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Record *record;
    result = record_load(scratch, refer->store, ledger, id, NULL, &record);
    if (!result) *ret_id = id;
    return result;
}

/* --- did you mean --- */

typedef struct Candidates {
    const char **list;
    size_t count;
} Candidates;

static int take_candidate(const Record *record, void *data) {
    Candidates *candidates = data;
    for (size_t i = 0; i < record->ledger->n_names; i++) {
        const Field *field = record->ledger->names[i];
        Value value = record->values[field->index];
        if (field->personal || field->kind->sealed || value.kind != VALUE_TEXT) continue;
        const char *name = mem_strdup(candidates, value.text);
        *mem_push(candidates, candidates->list, candidates->count) = name;
    }
    return 0;
}

/* A slip of the pen is in one half of a word: whatever holds the other half is a candidate. */
static const char *find_nearest(const void *ctx, Refer *refer, const Ledger *ledger, const char *words) {
    Candidates *candidates = mem_new(ctx, Candidates);
    const char *middle = words, *end = words + strlen(words);
    for (size_t n = text_count(words) / 2; n; n--) (void)text_next(&middle, end);
    const char *halves[] = {mem_strndup(ctx, words, (size_t)(middle - words)), middle};
    for (size_t i = 0; i < 2; i++) {
        Query query = {.ledger = ledger, .search = halves[i], .period = {DATE_NONE, DATE_NONE}, .most = CANDIDATES_MAX};
        if (halves[i][0] && query_each(refer->store, &query, take_candidate, candidates) < 0) return NULL;
    }
    return text_nearest(words, candidates->list, candidates->count);
}

const char *refer_suggest(Refer *refer, const Ledger *ledger, const char *words) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *key = mem_printf(scratch, "%s %s", ledger->name.text, words);
    Kept *kept;
    HASH_FIND_STR(refer->suggestions, key, kept);
    if (!kept && HASH_COUNT(refer->suggestions) < REFER_SUGGESTIONS_MAX)
        kept = keep(refer, &refer->suggestions, key, find_nearest(scratch, refer, ledger, words));
    return kept ? kept->text : NULL;
}

/* --- of several, which --- */

typedef struct Choices {
    Store *store;
    const char *words;
    Buf text;
    size_t count;
} Choices;

static bool is_called(const Record *record, const char *words) {
    for (size_t i = 0; i < record->ledger->n_names; i++) {
        Value value = record->values[record->ledger->names[i]->index];
        if (value.kind == VALUE_TEXT && !strcmp(value.text, words)) return true;
    }
    return false;
}

static int take_choice(const Record *record, void *data) {
    Choices *choices = data;
    if (!is_called(record, choices->words)) return 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *title = record_title(scratch, choices->store, record);
    buf_printf(&choices->text, "%s%s #%lld", choices->count ? "、" : "", title, (long long)record->id);
    const char *before = "（";
    for (size_t i = 0; i < record->ledger->n_key; i++) {
        const char *part = record_show(scratch, choices->store, record, record->ledger->key[i], true);
        if (!strcmp(part, title)) continue;
        buf_printf(&choices->text, "%s%s", before, part);
        before = " ";
    }
    if (before[0] == ' ') buf_add(&choices->text, "）");
    return ++choices->count == CHOICES_MAX;
}

/* The first of them, each as refer_find tells it from the others, with its key in brackets. */
static const char *list_choices(const void *ctx, Refer *refer, const Ledger *ledger, const char *words) {
    Choices choices = {.store = refer->store, .words = words, .text = BUF_INIT(ctx)};
    Query query = {.ledger = ledger, .search = words, .period = {DATE_NONE, DATE_NONE}, .most = CANDIDATES_MAX};
    (void)query_each(refer->store, &query, take_choice, &choices);
    return buf_text(&choices.text);
}

/* 乡镇＋村名 */
static const char *joined_labels(const void *ctx, const Ledger *ledger) {
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < ledger->n_joined; i++)
        buf_printf(&out, "%s%s", i ? "＋" : "", label_text(ledger->joined[i]->label));
    return buf_text(&out);
}

Label refer_tell_apart(const void *ctx, Refer *refer, const Ledger *ledger, const char *words) {
    const char *title = label_text(ledger->title);
    bool has_key = ledger->n_key == 1 && ledger->key[0] == ledger->names[0];
    const char *instead = ledger->n_joined ? joined_labels(ctx, ledger)
                          : has_key        ? label_text(ledger->names[0]->label)
                                           : NULL;
    if (instead)
        return label_format(ctx, "several records of %s are called '%s'; write its '%s' instead", title, words,
                            instead);
    return label_format(ctx, "several records of %s are called '%s'; write the one meant like this: %s", title, words,
                        list_choices(ctx, refer, ledger, words));
}

/* --- to words --- */

/* Whether words lead to this record and no other. */
static bool leads_to(Refer *refer, const Ledger *ledger, const char *words, int64_t id) {
    int64_t found;
    return words[0] && !refer_find(refer, ledger, words, &found) && found == id;
}

static const char *find_name(const void *ctx, Refer *refer, const Record *record) {
    if (refer->titles) return record_title(ctx, refer->store, record);
    for (size_t i = 0; i < record->ledger->n_names; i++) {
        const Field *field = record->ledger->names[i];
        if (field->personal || field->kind->sealed || field->to) continue;
        const char *words = field_show(ctx, field, record->values[field->index]);
        if (leads_to(refer, record->ledger, words, record->id)) return words;
    }
    return mem_printf(ctx, "%s #%lld", record_title(ctx, refer->store, record), (long long)record->id);
}

void refer_use_titles(Refer *refer) { refer->titles = true; }

const char *refer_name(Refer *refer, const Ledger *ledger, int64_t id) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *key = mem_printf(scratch, "%s %lld", ledger->name.text, (long long)id);
    Kept *kept;
    HASH_FIND_STR(refer->names, key, kept);
    if (kept) return kept->text;
    Record *record;
    if (record_load(scratch, refer->store, ledger, id, NULL, &record)) return NULL;
    if (HASH_COUNT(refer->names) >= NAMES_MAX) {
        HASH_CLEAR(hh, refer->names);
        talloc_free_children(refer->names_ctx);
    }
    return keep(refer->names_ctx, &refer->names, key, find_name(scratch, refer, record))->text;
}
