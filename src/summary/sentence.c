/* summary/sentence.c: where sentences end.
 *
 * Assumes well-formed UTF-8 (template and data were checked when they were read); a link is in brackets, so its
 * text and target are never cut. */
#include "summary/sentence.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define OPENING    "（(《〈“‘「『【〔[［{"
#define CLOSING    "）)》〉”’」』】〕]］}"
#define ENDERS     "。！？；.!?;"
#define HAN_DIGITS "一二三四五六七八九十"
#define ITEM_WORD  "是"
#define STRONG     "**"

typedef struct Splitter {
    const void *ctx;
    const char *start; /* of the sentence being read */
    const char *at;
    const char *end;
    int depth;   /* of brackets and quotation marks */
    bool strong; /* within ** */
    Sentence *list;
    size_t count;
} Splitter;

/* Whether the text begins with one of the characters of a list. */
static bool is_in(unsigned rune, const char *list) {
    for (const char *end = list + strlen(list); list < end;)
        if (text_next(&list, end) == rune) return true;
    return false;
}

static bool is_ender(const Splitter *splitter, unsigned rune) {
    if (is_in(rune, "。！？；")) return true;
    return rune && rune < 0x80 && strchr(".!?;", (int)rune) && (splitter->at == splitter->end || *splitter->at == ' ');
}

/* Bytes of 一是, **二是: what numbers an item at the start of a text; 0 when nothing does. */
static size_t item_number(const char *text, size_t *ret_skip) {
    const char *at = text, *end = text + strlen(text);
    *ret_skip = strncmp(at, STRONG, strlen(STRONG)) ? 0 : strlen(STRONG);
    const char *first = at += *ret_skip;
    for (const char *next = at; next < end && is_in(text_next(&next, end), HAN_DIGITS);) at = next;
    if (at == first || strncmp(at, ITEM_WORD, strlen(ITEM_WORD))) return 0;
    return (size_t)(at - first) + strlen(ITEM_WORD);
}

static const char *skip_spaces(const char *at, const char *end) {
    while (at < end && *at == ' ') at++;
    return at;
}

/* All in bold, but for the mark it ends with: **平台建设加快**。 */
static bool is_strong(const char *text) {
    if (strncmp(text, STRONG, strlen(STRONG))) return false;
    const char *closing = strstr(text + strlen(STRONG), STRONG);
    if (!closing) return false;
    for (const char *at = closing + strlen(STRONG), *end = text + strlen(text); at < end;)
        if (!is_in(text_next(&at, end), ENDERS)) return false;
    return true;
}

static void add_sentence(Splitter *splitter, const char *end, bool intro) {
    const char *start = skip_spaces(splitter->start, end);
    while (end > start && end[-1] == ' ') end--;
    splitter->start = splitter->at;
    if (start == end) return;
    Sentence *sentence = mem_push(splitter->ctx, splitter->list, splitter->count);
    size_t skip, number = item_number(start, &skip);
    sentence->item = number > 0;
    sentence->text = mem_printf(splitter->ctx, "%.*s%.*s", (int)skip, start,
                                (int)(end - start - (ptrdiff_t)(skip + number)), start + skip + number);
    sentence->strong = is_strong(sentence->text);
    sentence->intro = intro;
}

static bool item_follows(const Splitter *splitter) {
    size_t skip;
    return item_number(skip_spaces(splitter->at, splitter->end), &skip) > 0;
}

size_t sentence_split(const void *ctx, const char *paragraph, Sentence **ret_sentences) {
    Splitter splitter = {.ctx = ctx, .start = paragraph, .at = paragraph, .end = paragraph + strlen(paragraph)};
    while (splitter.at < splitter.end) {
        unsigned rune = text_next(&splitter.at, splitter.end);
        if (rune == '\\' && splitter.at < splitter.end) {
            text_next(&splitter.at, splitter.end);
        } else if (rune == '*' && *splitter.at == '*') {
            splitter.at++;
            splitter.strong = !splitter.strong;
        } else if (is_in(rune, OPENING)) {
            splitter.depth++;
        } else if (is_in(rune, CLOSING)) {
            splitter.depth -= splitter.depth > 0;
        } else if (splitter.depth == 0 && is_ender(&splitter, rune)) {
            if (splitter.strong && !strncmp(splitter.at, STRONG, strlen(STRONG))) {
                splitter.at += strlen(STRONG);
                splitter.strong = false;
            }
            add_sentence(&splitter, splitter.at, false);
        } else if (splitter.depth == 0 && is_in(rune, "：:") && item_follows(&splitter)) {
            add_sentence(&splitter, splitter.at, true);
        }
    }
    add_sentence(&splitter, splitter.end, false);
    *ret_sentences = splitter.list;
    return splitter.count;
}
