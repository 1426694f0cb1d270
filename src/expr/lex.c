/* expr/lex.c: the words of an expression: names, numbers, dates, texts and signs.
 *
 * Reads one token at a time straight from the source, which is known to be well-formed UTF-8. Columns count
 * characters, not bytes. Han stands inside texts only, and as 万 or 亿 behind a number. */
#include "expr/lex.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Longer signs first. */
static const char *const SIGNS[] = {"!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", ",", "."};

/* What hands and habits write instead. */
static const struct {
    const char *slip;
    const char *meant;
} SLIPS[] = {
    {"==", "="}, {"<>", "!="}, {"&&", "and"}, {"||", "or"}, {"≥", ">="}, {"≤", "<="}, {"≠", "!="}, {"×", "*"},
    {"÷", "/"},  {"“", "'"},   {"”", "'"},    {"‘", "'"},   {"’", "'"},  {"、", ","}, {"。", "."},
};

/* Behind a number: 5000万, 1.2亿. */
static const struct {
    const char *word;
    int zeros;
} MULTIPLES[] = {{"万亿", 12}, {"万", 4}, {"亿", 8}};

Place lex_place(const Source *source, unsigned offset) {
    Place place = source->at;
    const char *at = source->text;
    if (place.column == 0) place.column = 1;
    while (at < source->text + offset && text_next(&at, source->text + offset)) place.column++;
    return place;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_name(char c) { return is_name_start(c) || is_digit(c); }
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool starts_with(const char *text, const char *head) { return strncmp(text, head, strlen(head)) == 0; }

static unsigned rune_end(const Source *source, unsigned offset) {
    const char *at = source->text + offset;
    text_next(&at, source->text + source->size);
    return (unsigned)(at - source->text);
}

static bool read_name(const Source *source, Token *token) {
    const char *text = source->text + token->start;
    size_t n = 1;
    while (is_name(text[n])) n++;
    token->kind = TOKEN_NAME;
    token->text = mem_strndup(source->ctx, text, n);
    token->end = token->start + (unsigned)n;
    return true;
}

/* YYYY-MM-DD: digits and hyphens in their places, and no digit behind. */
static bool looks_like_date(const char *text) {
    static const char SHAPE[] = "0000-00-00";
    for (size_t i = 0; SHAPE[i]; i++) {
        if (SHAPE[i] == '0' ? !is_digit(text[i]) : text[i] != SHAPE[i]) return false;
    }
    return !is_digit(text[strlen(SHAPE)]);
}

static bool read_date(const Source *source, Token *token) {
    char iso[DATE_ISO_SIZE] = "";
    memcpy(iso, source->text + token->start, sizeof iso - 1);
    Date date = date_parse_iso(iso);
    if (date == DATE_NONE) {
        diag_error(source->diag, lex_place(source, token->start), "bad-date",
                   "there is no day %s; write an existing day from 1900 to 2199", iso);
        return false;
    }
    token->type = TYPE_DATE;
    token->value = VALUE_OF_DATE(date);
    token->end = token->start + (unsigned)sizeof iso - 1;
    return true;
}

/* Digits with at most one point; *ret_scale counts those behind it. False when they do not fit. */
static bool read_digits(const char **at, int64_t *ret_units, int *ret_scale) {
    bool point = false, fits = true;
    *ret_units = 0;
    *ret_scale = 0;
    for (; is_digit(**at) || (**at == '.' && !point && is_digit((*at)[1])); (*at)++) {
        if (**at == '.') {
            point = true;
            continue;
        }
        fits = fits && !__builtin_mul_overflow(*ret_units, 10, ret_units) &&
               !__builtin_add_overflow(*ret_units, **at - '0', ret_units);
        *ret_scale += point;
    }
    return fits;
}

/* 万 and 亿 take decimals away before they add zeros: 1.5万 is 15000. */
static bool read_multiple(const char **at, int64_t *units, int *scale) {
    for (size_t i = 0; i < sizeof MULTIPLES / sizeof *MULTIPLES; i++) {
        if (!starts_with(*at, MULTIPLES[i].word)) continue;
        *at += strlen(MULTIPLES[i].word);
        *scale -= MULTIPLES[i].zeros;
        break;
    }
    for (; *scale < 0; (*scale)++) {
        if (__builtin_mul_overflow(*units, 10, units)) return false;
    }
    for (; *scale > 0 && *units % 10 == 0; (*scale)--) *units /= 10;
    return *scale <= DECIMAL_SCALE_MAX;
}

static bool read_number(const Source *source, Token *token) {
    const char *at = source->text + token->start;
    int64_t units;
    int scale;
    bool fits = read_digits(&at, &units, &scale);
    fits = fits && read_multiple(&at, &units, &scale);
    if (!fits || is_name(*at)) {
        diag_error(source->diag, lex_place(source, token->start), "bad-number",
                   fits ? "a letter stands directly behind a number; put a space or an operator between"
                        : "the number is too long; write at most 18 digits, 9 of them decimals");
        return false;
    }
    token->type = TYPE_NUMBER;
    token->value = VALUE_OF_DECIMAL(units, scale);
    token->end = (unsigned)(at - source->text);
    return true;
}

/* '…' or "…"; the quote itself is written twice. */
static bool read_text(const Source *source, Token *token) {
    Buf text = BUF_INIT(source->ctx);
    const char *at = source->text + token->start;
    char quote = *at++;
    for (; *at && (*at != quote || at[1] == quote); at++) {
        if (*at == quote) at++;
        buf_char(&text, *at);
    }
    if (!*at) {
        diag_error(source->diag, lex_place(source, token->start), "open-text",
                   "a text begins here and does not end; close it with %c", quote);
        return false;
    }
    token->type = TYPE_TEXT;
    token->value = VALUE_OF_TEXT(buf_text(&text));
    token->end = (unsigned)(at + 1 - source->text);
    return true;
}

static bool read_sign(const Source *source, Token *token) {
    const char *text = source->text + token->start;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (!starts_with(text, SIGNS[i])) continue;
        token->kind = TOKEN_SIGN;
        token->text = SIGNS[i];
        token->end = token->start + (unsigned)strlen(SIGNS[i]);
        return true;
    }
    return false;
}

/* Full-width forms mirror ASCII at a fixed distance. */
static const char *half_width(const Source *source, unsigned offset) {
    const char *at = source->text + offset;
    unsigned rune = text_next(&at, source->text + source->size);
    return rune > 0xFF00 && rune < 0xFF5F ? mem_printf(source->ctx, "%c", (char)(rune - 0xFEE0)) : NULL;
}

/* The slip that stands at an offset and what was meant, or false. */
static bool find_slip(const Source *source, unsigned offset, const char **ret_slip, const char **ret_meant) {
    const char *text = source->text + offset;
    for (size_t i = 0; i < sizeof SLIPS / sizeof *SLIPS; i++) {
        if (!starts_with(text, SLIPS[i].slip)) continue;
        *ret_slip = SLIPS[i].slip;
        *ret_meant = SLIPS[i].meant;
        return true;
    }
    *ret_slip = mem_strndup(source->ctx, text, rune_end(source, offset) - offset);
    *ret_meant = half_width(source, offset);
    return *ret_meant != NULL;
}

static bool refuse(const Source *source, unsigned offset) {
    const char *slip, *meant;
    if (find_slip(source, offset, &slip, &meant)) {
        diag_error(source->diag, lex_place(source, offset), "bad-sign", "%s is no sign of the language; write %s", slip,
                   meant);
    } else {
        diag_error(source->diag, lex_place(source, offset), "bad-sign",
                   "%s cannot stand here; names are Latin letters, digits and _, and texts stand in quotes", slip);
    }
    return false;
}

bool lex_token(const Source *source, unsigned offset, Token *ret_token) {
    const char *text = source->text, *slip, *meant;
    while (is_space(text[offset])) offset++;
    *ret_token = (Token){.kind = TOKEN_LITERAL, .start = offset, .end = offset};
    if (offset == source->size) {
        ret_token->kind = TOKEN_END;
        return true;
    }
    if (is_name_start(text[offset])) return read_name(source, ret_token);
    if (looks_like_date(text + offset)) return read_date(source, ret_token);
    if (is_digit(text[offset])) return read_number(source, ret_token);
    if (text[offset] == '\'' || text[offset] == '"') return read_text(source, ret_token);
    if (find_slip(source, offset, &slip, &meant)) return refuse(source, offset);
    return read_sign(source, ret_token) || refuse(source, offset);
}
