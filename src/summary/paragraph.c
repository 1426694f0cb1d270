/* summary/paragraph.c: what is left of a paragraph when the sentences without their figure are gone. */
#include <string.h>

#include "base/text.h"
#include "summary/prose.h"
#include "summary/sentence.h"

typedef struct Paragraph {
    Sentence *list;
    size_t count;
} Paragraph;

/* --- dropping --- */

/* Nothing but marks: what stood between them was an empty section. */
static bool says_nothing(const char *text) {
    static const char marks[] = "，、；。：！？（）*,.;:!?() ";
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        unsigned rune = text_next(&at, end);
        bool mark = false;
        for (const char *list = marks, *last = marks + strlen(marks); list < last && !mark;)
            mark = text_next(&list, last) == rune;
        if (!mark) return false;
    }
    return true;
}

static void drop_holes(const Paragraph *paragraph) {
    for (size_t i = 0; i < paragraph->count; i++) {
        Sentence *sentence = &paragraph->list[i];
        sentence->dropped = strstr(sentence->text, PROSE_HOLE) || (!sentence->intro && says_nothing(sentence->text));
    }
}

/* The first sentence that belongs to another item, or to nothing behind a lead at i. */
static size_t end_of_item(const Paragraph *paragraph, size_t i) {
    for (i++; i < paragraph->count; i++)
        if (paragraph->list[i].item || paragraph->list[i].strong || paragraph->list[i].intro) break;
    return i;
}

/* A lead that led something goes when all of that is gone. */
static void drop_bare_leads(const Paragraph *paragraph) {
    for (size_t i = 0; i < paragraph->count; i++) {
        if (!paragraph->list[i].strong) continue;
        size_t end = end_of_item(paragraph, i), left = 0;
        for (size_t k = i + 1; k < end; k++) left += !paragraph->list[k].dropped;
        if (end > i + 1 && !left) paragraph->list[i].dropped = true;
    }
}

/* The number of an item goes on to what is left of it. */
static void pass_numbers_on(const Paragraph *paragraph) {
    for (size_t i = 0; i + 1 < paragraph->count; i++) {
        Sentence *sentence = &paragraph->list[i], *next = sentence + 1;
        if (!sentence->item || !sentence->dropped) continue;
        sentence->item = false;
        if (!next->intro) next->item = true;
    }
}

static size_t count_items(const Paragraph *paragraph) {
    size_t items = 0;
    for (size_t i = 0; i < paragraph->count; i++) items += paragraph->list[i].item && !paragraph->list[i].dropped;
    return items;
}

static void drop_bare_intros(const Paragraph *paragraph) {
    for (size_t i = 0; i < paragraph->count; i++) {
        if (!paragraph->list[i].intro) continue;
        size_t left = 0;
        for (size_t k = i + 1; k < paragraph->count && !paragraph->list[k].intro; k++)
            left += !paragraph->list[k].dropped;
        if (!left) paragraph->list[i].dropped = true;
    }
}

/* --- writing --- */

/* Marks that met because a clause between them is gone. Until none is left, every one shortens the text. */
static const struct {
    const char *met, *left;
} meetings[] = {
    {"，，", "，"}, {"，。", "。"}, {"，；", "；"},     {"，、", "，"},     {"、，", "，"},     {"、。", "。"},
    {"、；", "；"}, {"、、", "、"}, {"；。", "。"},     {"。。", "。"},     {"。；", "。"},     {"；；", "；"},
    {"，）", "）"}, {"（，", "（"}, {"（、", "（"},     {"（；", "（"},     {"；）", "）"},     {"（）", ""},
    {"：，", "："}, {"：、", "："}, {"，其中。", "。"}, {"，其中；", "；"}, {"，其中，", "，"},
};

static bool settle_one_meeting(char *text) {
    for (size_t i = 0; i < sizeof meetings / sizeof *meetings; i++) {
        char *at = strstr(text, meetings[i].met);
        if (!at) continue;
        size_t met = strlen(meetings[i].met), left = strlen(meetings[i].left);
        memcpy(at, meetings[i].left, left);
        memmove(at + left, at + met, strlen(at + met) + 1);
        return true;
    }
    return false;
}

/* A sentence does not begin with the mark of a clause that went. */
static const char *skip_leading_marks(const char *text) {
    static const char *const marks[] = {"，", "、", "；", " "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks;) {
        bool found = !strncmp(text, marks[i], strlen(marks[i]));
        if (found) text += strlen(marks[i]);
        i = found ? 0 : i + 1;
    }
    return text;
}

static bool ends_in_han(const Buf *out) { return !out->size || (unsigned char)out->data[out->size - 1] >= 0x80; }

static void write_sentence(Buf *out, const Sentence *sentence, size_t number) {
    const char *text = skip_leading_marks(sentence->text);
    if (out->size && !ends_in_han(out) && (unsigned char)text[0] < 0x80 && text[0] != '*') buf_char(out, ' ');
    bool strong = sentence->item && !strncmp(text, "**", 2);
    if (strong) buf_add(out, "**");
    if (number) buf_printf(out, "%s是", text_han_number((unsigned)number));
    buf_add(out, text + (strong ? 2 : 0));
}

/* The last item ends the paragraph. */
static void end_paragraph(Buf *out) {
    static const struct { const char *open, *closed; } ends[] = {{"；", "。"}, {";", "."}, {"，", "。"}, {"、", "。"}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t size = strlen(ends[i].open);
        if (out->size < size || strcmp(out->data + out->size - size, ends[i].open)) continue;
        out->size -= size;
        buf_add(out, ends[i].closed);
        return;
    }
}

char *prose_settle_paragraph(const void *ctx, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Paragraph paragraph;
    paragraph.count = sentence_split(scratch, text, &paragraph.list);
    drop_holes(&paragraph);
    drop_bare_leads(&paragraph);
    pass_numbers_on(&paragraph);
    drop_bare_intros(&paragraph);
    size_t items = count_items(&paragraph), number = 0;
    Buf out = BUF_INIT(scratch);
    for (size_t i = 0; i < paragraph.count; i++) {
        const Sentence *sentence = &paragraph.list[i];
        if (sentence->dropped) continue;
        number += sentence->item;
        write_sentence(&out, sentence, sentence->item && items > 1 ? number : 0);
    }
    end_paragraph(&out);
    char *settled = mem_strdup(ctx, buf_text(&out));
    while (settle_one_meeting(settled)) continue;
    return settled;
}
