/* doc/docx-count.c: the ways of counting that lists have. */
#include <stdio.h>
#include <string.h>

#include "doc/docx-read.h"

#define ROMAN_MAX 3999u
#define HAN_MAX   9999u

static void write_decimal(Buf *out, unsigned n) { buf_printf(out, "%u", n); }

static void write_two_digits(Buf *out, unsigned n) { buf_printf(out, "%02u", n); }

static void write_roman(Buf *out, unsigned n, bool upper) {
    static const struct {
        unsigned value;
        const char *upper, *lower;
    } SIGNS[] = {{1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"},  {400, "CD", "cd"}, {100, "C", "c"},
                 {90, "XC", "xc"}, {50, "L", "l"},    {40, "XL", "xl"}, {10, "X", "x"},    {9, "IX", "ix"},
                 {5, "V", "v"},    {4, "IV", "iv"},   {1, "I", "i"}};
    if (n > ROMAN_MAX) return write_decimal(out, n);
    for (size_t i = 0; n > 0; i++)
        for (; n >= SIGNS[i].value; n -= SIGNS[i].value) buf_add(out, upper ? SIGNS[i].upper : SIGNS[i].lower);
}

static void write_upper_roman(Buf *out, unsigned n) { write_roman(out, n, true); }
static void write_lower_roman(Buf *out, unsigned n) { write_roman(out, n, false); }

/* a … z, aa … zz */
static void write_letter(Buf *out, unsigned n, char first) {
    unsigned times = (n - 1) / 26 + 1;
    for (unsigned i = 0; i < times && i < DOCX_LEVELS; i++) buf_char(out, (char)(first + (int)((n - 1) % 26)));
}

static void write_upper_letter(Buf *out, unsigned n) { write_letter(out, n, 'A'); }
static void write_lower_letter(Buf *out, unsigned n) { write_letter(out, n, 'a'); }

/* 一百二十三, or with the signs that cannot be changed: 壹佰贰拾叁 */
static void write_han(Buf *out, unsigned n, const char *const *digits, const char *const *places, bool one_ten) {
    bool gap = false, begun = false;
    if (n > HAN_MAX) return write_decimal(out, n);
    for (int place = 3; place >= 0; place--) {
        static const unsigned VALUES[] = {1, 10, 100, 1000};
        unsigned digit = n / VALUES[place] % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap) buf_add(out, digits[0]);
        if (digit != 1 || place != 1 || begun || one_ten) buf_add(out, digits[digit]);
        buf_add(out, places[place]);
        begun = true;
        gap = false;
    }
}

static const char *const HAN[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

static void write_chinese(Buf *out, unsigned n) {
    static const char *const PLACES[] = {"", "十", "百", "千"};
    write_han(out, n, HAN, PLACES, false);
}

static void write_legal(Buf *out, unsigned n) {
    static const char *const DIGITS[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
    static const char *const PLACES[] = {"", "拾", "佰", "仟"};
    write_han(out, n, DIGITS, PLACES, true);
}

static void write_digits(Buf *out, unsigned n) {
    char text[16];
    snprintf(text, sizeof text, "%u", n);
    for (const char *at = text; *at; at++) buf_add(out, *at == '0' ? "〇" : HAN[*at - '0']);
}

static void write_full_width(Buf *out, unsigned n) {
    char text[16];
    snprintf(text, sizeof text, "%u", n);
    for (const char *at = text; *at; at++) buf_rune(out, 0xFF10u + (unsigned)(*at - '0'));
}

/* Signs that Unicode has in a row: the first, and how many. */
static void write_sign(Buf *out, unsigned n, unsigned first, unsigned count) {
    if (n >= 1 && n <= count)
        buf_rune(out, first + n - 1);
    else
        write_decimal(out, n);
}

static void write_circle(Buf *out, unsigned n) { write_sign(out, n, 0x2460, 20); }
static void write_parenthesis(Buf *out, unsigned n) { write_sign(out, n, 0x2474, 20); }
static void write_full_stop(Buf *out, unsigned n) { write_sign(out, n, 0x2488, 20); }
static void write_han_parenthesis(Buf *out, unsigned n) { write_sign(out, n, 0x3220, 10); }

static void write_stem(Buf *out, unsigned n) {
    static const char *const STEMS[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    buf_add(out, STEMS[(n - 1) % (sizeof STEMS / sizeof *STEMS)]);
}

static void write_branch(Buf *out, unsigned n) {
    static const char *const BRANCHES[] = {"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"};
    buf_add(out, BRANCHES[(n - 1) % (sizeof BRANCHES / sizeof *BRANCHES)]);
}

static const struct {
    const char *name;
    void (*write)(Buf *out, unsigned n);
} FORMATS[] = {
    {"decimal", write_decimal},
    {"decimalZero", write_two_digits},
    {"decimalHalfWidth", write_decimal},
    {"decimalFullWidth", write_full_width},
    {"decimalFullWidth2", write_full_width},
    {"decimalEnclosedCircle", write_circle},
    {"decimalEnclosedCircleChinese", write_circle},
    {"decimalEnclosedParen", write_parenthesis},
    {"decimalEnclosedFullstop", write_full_stop},
    {"ideographEnclosedCircle", write_han_parenthesis},
    {"upperRoman", write_upper_roman},
    {"lowerRoman", write_lower_roman},
    {"upperLetter", write_upper_letter},
    {"lowerLetter", write_lower_letter},
    {"chineseCounting", write_chinese},
    {"chineseCountingThousand", write_chinese},
    {"taiwaneseCounting", write_chinese},
    {"taiwaneseCountingThousand", write_chinese},
    {"japaneseCounting", write_chinese},
    {"chineseLegalSimplified", write_legal},
    {"ideographLegalTraditional", write_legal},
    {"ideographDigital", write_digits},
    {"taiwaneseDigital", write_digits},
    {"japaneseDigitalTenThousand", write_digits},
    {"ideographTraditional", write_stem},
    {"ideographZodiac", write_branch},
};

void docx_count_write(Buf *out, const char *format, unsigned n) {
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        if (strcmp(FORMATS[i].name, format) != 0) continue;
        if (n == 0)
            buf_char(out, '0');
        else
            FORMATS[i].write(out, n);
    }
}
