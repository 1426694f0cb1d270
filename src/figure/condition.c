/* figure/condition.c: a condition read aloud, word by word. Not a grammar: what it does not know stays as it is. */
#include "figure/condition.h"

#include <string.h>

#include "base/buf.h"

#define ENTERED "entered("

/* Words and signs of the language. Longer ones first where one begins with another. */
static const struct {
    const char *word;
    Label label;
} phrases[] = {
    {"not empty", {"已填", "filled in"}},
    {"empty", {"未填", "not filled in"}},
    {"in period", {"在本期内", "in the period"}},
    {"period.start", {"期初", "the first day of the period"}},
    {"period.end", {"期末", "the last day of the period"}},
    {"period.year", {"本年度", "the year of the period"}},
    {"period", {"本期", "the period"}},
    {"state at period.end", {"期末状态", "state at the end of the period"}},
    {"state at", {"状态", "state at"}},
    {"contains", {"包含", "contains"}},
    {"coalesce", {"已填者：", "the first filled in of "}},
    {"workdays", {"工作日数", "working days"}},
    {"days", {"天数", "days"}},
    {"today", {"今天", "today"}},
    {"state", {"状态", "state"}},
    {"and", {"且", "and"}},
    {"or", {"或", "or"}},
    {"not", {"非", "not"}},
    {"in", {"属于", "in"}},
    {"year", {"年份", "year"}},
    {"count", {"个数", "count"}},
    {"sum", {"合计", "sum"}},
    {"where", {"其中", "where"}},
    {"!=", {"不是", "≠"}},
    {">=", {"≥", "≥"}},
    {"<=", {"≤", "≤"}},
    {"=", {"是", "="}},
    {",", {"、", ","}},
    {"(", {"（", "("}},
    {")", {"）", ")"}},
};
#define N_PHRASES (sizeof phrases / sizeof *phrases)

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The phrase the text begins with, and not the beginning of a longer name. */
static const Label *phrase_at(const char *text, size_t *ret_size) {
    for (size_t i = 0; i < N_PHRASES; i++) {
        size_t size = strlen(phrases[i].word);
        if (strncmp(text, phrases[i].word, size)) continue;
        bool name = is_name_char(phrases[i].word[size - 1]);
        if (name && (is_name_char(text[size]) || text[size] == '.')) continue;
        *ret_size = size;
        return &phrases[i].label;
    }
    return NULL;
}

/* Where a condition is being read: whose names are meant, and whether states are, since the word state or entered. */
typedef struct Reading {
    const void *ctx;
    const Ledger *own;
    const Ledger *ledger; /* its own, or the one a reference led to */
    bool states;
    Buf out;
} Reading;

static const char *code_label(const Ledger *ledger, const char *name) {
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const CodeList *list = ledger->fields[i].list;
        for (size_t k = 0; list && k < list->n_codes; k++)
            if (!strcmp(list->codes[k].name.text, name)) return label_text(list->codes[k].label);
    }
    return NULL;
}

static const char *label_of(const Reading *reading, const char *name, const Field *field) {
    const State *state = ledger_find_state(reading->ledger, name);
    if (state && reading->states) return label_text(state->label);
    if (field) return label_text(field->label);
    const char *code = code_label(reading->ledger, name);
    return code ? code : state ? label_text(state->label) : name;
}

/* A name with those that follow it by references: village.help_from is 村的帮扶起始日期. */
static void add_name(Reading *reading, char *name) {
    char *rest = NULL;
    for (char *part = strtok_r(name, ".", &rest); part; part = strtok_r(NULL, ".", &rest)) {
        const Field *field = ledger_find_field(reading->ledger, part);
        reading->states = reading->states || !strcmp(part, "state");
        buf_add(&reading->out,
                strcmp(part, "state") ? label_of(reading, part, field) : label_text((Label){"状态", "state"}));
        if (!field || !field->to || !*rest) continue;
        buf_add(&reading->out, label_text((Label){"的", "'s "}));
        reading->ledger = field->to;
    }
}

static void add_phrase(Reading *reading, const char *word, const Label *phrase) {
    if (!strncmp(word, "state", strlen("state"))) reading->states = true;
    if (!strcmp(phrase->en, "and") || !strcmp(phrase->en, "or")) {
        reading->states = false;
        reading->ledger = reading->own;
    }
    buf_add(&reading->out, label_text(*phrase));
}

/* entered(registered) is the day of “已登记”. */
static size_t add_entered(Reading *reading, const char *text) {
    size_t start = strlen(ENTERED), size = strcspn(text + start, ")");
    char *name = mem_strndup(reading->ctx, text + start, size);
    buf_add(&reading->out, label_text((Label){"“", "the day of “"}));
    reading->states = true;
    add_name(reading, name);
    reading->states = false;
    buf_add(&reading->out, label_text((Label){"”的日期", "”"}));
    return start + size + (text[start + size] == ')');
}

/* Numbers, days, texts in quotes. Quotes are left out, and spaces too where Chinese has none. */
static size_t add_other(Reading *reading, const char *text) {
    if (*text == ' ' && lang_current() != LANG_ZH) buf_char(&reading->out, ' ');
    if (*text == ' ' || *text == '\'') return 1;
    size_t size = strcspn(text + 1, " ,()'=<>!") + 1;
    buf_add_bytes(&reading->out, text, size);
    return size;
}

char *condition_words(const void *ctx, const Ledger *ledger, const Expr *condition) {
    const char *text = expr_text(condition);
    Reading reading = {.ctx = ctx, .own = ledger, .ledger = ledger, .out = BUF_INIT(ctx)};
    while (*text) {
        size_t size;
        const Label *phrase = phrase_at(text, &size);
        if (phrase) {
            add_phrase(&reading, text, phrase);
        } else if (!strncmp(text, ENTERED, strlen(ENTERED))) {
            size = add_entered(&reading, text);
        } else if (is_name_char(*text) && !(*text >= '0' && *text <= '9')) {
            for (size = 1; is_name_char(text[size]) || text[size] == '.';) size++;
            add_name(&reading, mem_strndup(ctx, text, size));
        } else {
            size = add_other(&reading, text);
        }
        text += size;
    }
    return mem_strdup(ctx, buf_text(&reading.out));
}
