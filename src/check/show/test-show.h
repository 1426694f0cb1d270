/* Checked texts made by hand: a line a paragraph, # before a heading, and a claim as {170件|match}. */
#ifndef CHECK_TEST_SHOW_H
#define CHECK_TEST_SHOW_H

#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/text.h"
#include "check/check.h"

typedef struct Sheet {
    Checked checked;
    Reading reading;
    Buf given;
    uint32_t place; /* of what comes next, in the text as given */
} Sheet;

static inline void sheet_glyph(Sheet *sheet, uint32_t rune) {
    *mem_push(sheet, sheet->reading.glyphs, sheet->reading.n_glyphs) = (Glyph){rune, sheet->place, sheet->place + 1};
    sheet->place++;
    buf_rune(&sheet->given, rune);
}

static inline void sheet_glyphs(Sheet *sheet, const char *text, size_t size) {
    const char *end = text + size;
    while (text < end) sheet_glyph(sheet, text_next(&text, end));
}

static inline Verdict sheet_verdict(const char *name, size_t size) {
    for (Verdict verdict = VERDICT_UNBOUND; verdict <= VERDICT_CANNOT; verdict++)
        if (strlen(verdict_name(verdict)) == size && !memcmp(verdict_name(verdict), name, size)) return verdict;
    return VERDICT_UNBOUND;
}

/* The digits of a claim are its value, what stands behind them its unit. */
static inline const char *sheet_claim(Sheet *sheet, const char *text) {
    const char *bar = strchr(text, '|'), *end = strchr(bar, '}');
    Claim *claim = mem_push(sheet, sheet->checked.claims, sheet->checked.n_claims);
    *claim = (Claim){.start = sheet->place, .period = sheet->checked.period, .subject = ""};
    claim->text = mem_strndup(sheet, text, (size_t)(bar - text));
    claim->verdict = sheet_verdict(bar + 1, (size_t)(end - bar - 1));
    size_t digits = strspn(claim->text, "0123456789");
    claim->unit = claim->text + digits;
    for (size_t i = 0; i < digits; i++) claim->value.units = claim->value.units * 10 + (claim->text[i] - '0');
    sheet_glyphs(sheet, text, (size_t)(bar - text));
    claim->end = sheet->place;
    return end + 1;
}

static inline const char *sheet_line(Sheet *sheet, const char *text) {
    unsigned level = (unsigned)strspn(text, "#");
    Part part = {.kind = level ? PART_HEADING : PART_TEXT, .level = level, .from = sheet->reading.n_glyphs};
    for (text += strspn(text, "# "); *text && *text != '\n';) {
        const char *from = text;
        if (*text == '{') {
            text = sheet_claim(sheet, text + 1);
            continue;
        }
        (void)text_next(&text, text + strlen(text));
        sheet_glyphs(sheet, from, (size_t)(text - from));
    }
    part.to = sheet->reading.n_glyphs;
    if (part.to > part.from) *mem_push(sheet, sheet->reading.parts, sheet->reading.n_parts) = part;
    if (!*text) return text;
    sheet->place++;
    buf_char(&sheet->given, '\n');
    return text + 1;
}

static inline Sheet *sheet_make(const void *ctx, const char *text) {
    Sheet *sheet = mem_new(ctx, Sheet);
    sheet->given = BUF_INIT(sheet);
    sheet->checked = (Checked){.reading = &sheet->reading, .period = {DATE_NONE, DATE_NONE}, .whole = true};
    (void)period_parse("2020H1", &sheet->checked.period);
    while (*text) text = sheet_line(sheet, text);
    sheet->reading.form = READING_TEXT;
    sheet->reading.encoding = "UTF-8";
    sheet->reading.given = buf_text(&sheet->given);
    sheet->reading.n_given = sheet->place;
    return sheet;
}

static inline Remark *sheet_remark(Sheet *sheet, uint32_t start, uint32_t end, const char *code, Label say) {
    Remark *remark = mem_push(sheet, sheet->checked.remarks, sheet->checked.n_remarks);
    *remark = (Remark){start, end, code, say, NO_CLAIM};
    return remark;
}

static inline Relation *sheet_relation(Sheet *sheet, RelationKind kind, const char *says, bool holds, size_t first,
                                       size_t n) {
    Relation *relation = mem_push(sheet, sheet->checked.relations, sheet->checked.n_relations);
    *relation = (Relation){.kind = kind, .says = says, .holds = holds, .n_claims = n};
    relation->claims = mem_array(sheet, size_t, n);
    for (size_t i = 0; i < n; i++) relation->claims[i] = first + i;
    return relation;
}

#endif
