/* check/scan/numeral.c: Arabic and Chinese numerals, with the multipliers that may follow either. */
#include "check/scan/numeral.h"

#include "base/text.h"

#define DIGITS_MAX   15 /* that a value keeps */
#define DECIMALS_MAX 6

/* --- characters --- */

#define REST  0x4F59u /* 余 */
#define MORE  0x591Au /* 多 */
#define SOME  0x51E0u /* 几 */
#define ABOUT 0x6765u /* 来 */
#define POINT 0x70B9u /* 点 */

/* Every character of numerals at the place that its own number gives: no two share one. */
#define PLACES             128u
#define DIGIT(rune, digit) [(rune) % PLACES] = {rune, digit, 0}
#define POWER(rune, power) [(rune) % PLACES] = {rune, -1, power}
static const struct {
    uint32_t rune;
    int digit, power; /* -1: it is no digit; 0: it is no unit */
} characters[PLACES] = {
    DIGIT(0x96F6, 0), /* 零 */
    DIGIT(0x4E00, 1), /* 一 */
    DIGIT(0x4E8C, 2), /* 二 */
    DIGIT(0x4E24, 2), /* 两 */
    DIGIT(0x4E09, 3), /* 三 */
    DIGIT(0x56DB, 4), /* 四 */
    DIGIT(0x4E94, 5), /* 五 */
    DIGIT(0x516D, 6), /* 六 */
    DIGIT(0x4E03, 7), /* 七 */
    DIGIT(0x516B, 8), /* 八 */
    DIGIT(0x4E5D, 9), /* 九 */
    POWER(0x5341, 1), /* 十 */
    POWER(0x767E, 2), /* 百 */
    POWER(0x5343, 3), /* 千 */
    POWER(0x4E07, 4), /* 万 */
    POWER(0x4EBF, 8), /* 亿 */
};

static bool is_character(uint32_t rune) { return characters[rune % PLACES].rune == rune; }

int numeral_digit(uint32_t rune) { return is_character(rune) ? characters[rune % PLACES].digit : -1; }
static int power_of(uint32_t rune) { return is_character(rune) ? characters[rune % PLACES].power : 0; }

static bool is_arabic(uint32_t rune) { return rune >= '0' && rune <= '9'; }

bool numeral_is_part(uint32_t rune) { return is_arabic(rune) || is_character(rune); }

static int64_t ten_to(int power) {
    int64_t value = 1;
    while (power-- > 0) value *= 10;
    return value;
}

/* --- the way through one numeral --- */

typedef struct Walk {
    const uint32_t *at;
    Numeral *numeral;
    int64_t units; /* value × 10^scale */
    int scale;
} Walk;

/* 余, 多, 几 and 来 behind what was read so far. */
static void read_inner_bound(Walk *walk) {
    Numeral *numeral = walk->numeral;
    uint32_t rune = *walk->at;
    if (!numeral->round || numeral->bound != BOUND_EXACT) return;
    if (rune == REST || rune == MORE || rune == SOME)
        numeral->bound = BOUND_OVER;
    else if (rune == ABOUT)
        numeral->bound = BOUND_ABOUT;
    else
        return;
    walk->at++;
}

/* The value times 10^power; false when it cannot be held. */
static bool multiply(Walk *walk, int power) {
    walk->numeral->precision += power;
    for (; power && walk->scale; power--) walk->scale--;
    for (; power; power--)
        if (__builtin_mul_overflow(walk->units, 10, &walk->units)) return false;
    return true;
}

/* 千瓦, 千克, 千米: 千 belongs to the measure. */
static bool begins_measure(const uint32_t *at) {
    return at[0] == 0x5343 && (at[1] == 0x74E6 || at[1] == 0x514B || at[1] == 0x7C73);
}

/* 万, 亿, 万亿, 千 … behind a number, each perhaps with 余 before or behind it: 150余万, 1.2万余. */
static void read_multipliers(Walk *walk) {
    int power, last = 0;
    while ((power = power_of(*walk->at)) > 1 && power > last && !begins_measure(walk->at)) {
        last = power;
        walk->at++;
        walk->numeral->round = true;
        if (!multiply(walk, power)) walk->numeral->known = false;
        read_inner_bound(walk);
    }
}

/* --- Arabic --- */

/* Three digits behind a comma, and no fourth. */
static bool is_group(const uint32_t *at) {
    return at[0] == ',' && is_arabic(at[1]) && is_arabic(at[2]) && is_arabic(at[3]) && !is_arabic(at[4]);
}

static void add_digit(Walk *walk, uint32_t rune, int *count) {
    if (*count < DIGITS_MAX) walk->units = walk->units * 10 + (int64_t)(rune - '0');
    if (walk->units) ++*count;
    if (*count > DIGITS_MAX) walk->numeral->known = false;
}

static void read_arabic(Walk *walk) {
    int count = 0, group = 0;
    for (; is_arabic(*walk->at) || (group && group <= 3 && is_group(walk->at)); walk->at++) {
        if (*walk->at == ',') {
            group = 0;
            continue;
        }
        add_digit(walk, *walk->at, &count);
        group++;
    }
    walk->numeral->round = walk->units && walk->units % 10 == 0;
    if (*walk->at != '.' || !is_arabic(walk->at[1])) return;
    walk->numeral->round = false;
    for (walk->at++; is_arabic(*walk->at); walk->at++) {
        if (walk->scale == DECIMALS_MAX) continue;
        add_digit(walk, *walk->at, &count);
        walk->scale++;
        walk->numeral->precision--;
    }
}

/* --- Chinese --- */

/* What is read of one number below ten thousand: 一千二百三十四. */
typedef struct Section {
    int64_t value;
    int digit;      /* that waits for its unit, or -1 */
    int last_power; /* of the unit before it */
    bool zero;      /* 零 stood since */
    bool any;
} Section;

/* 一千二 is 1200: a last digit without a unit belongs to the next lower one. */
static int64_t section_value(const Section *section, int *ret_precision) {
    if (section->digit < 0) {
        *ret_precision = section->any ? section->last_power : 0;
        return section->value;
    }
    bool abbreviated = section->last_power > 1 && !section->zero;
    *ret_precision = abbreviated ? section->last_power - 1 : 0;
    return section->value + section->digit * ten_to(*ret_precision);
}

static void take_unit(Section *section, int power) {
    section->value += (section->digit < 0 ? 1 : section->digit) * ten_to(power);
    *section = (Section){.value = section->value, .digit = -1, .last_power = power, .any = true};
}

/* 三四十, 七八个, 三五个: two digits next to one another that follow one another. */
static bool is_approximate(const Section *section, int digit) {
    return section->digit > 0 && (digit == section->digit + 1 || (section->digit == 3 && digit == 5));
}

/* One section; false when the characters are no number (二〇二〇 is the name of a year). */
static bool read_section(Walk *walk, Section *section) {
    for (;; walk->at++) {
        int digit = numeral_digit(*walk->at), power = power_of(*walk->at);
        if (power > 3 || (digit < 0 && !power)) return true;
        if (power) {
            if (section->last_power && power >= section->last_power && section->digit < 0) return true;
            take_unit(section, power);
        } else if (!digit) {
            if (!section->any) return false;
            section->zero = true;
        } else if (section->digit >= 0) {
            if (!is_approximate(section, digit)) return false;
            walk->numeral->bound = BOUND_ABOUT;
        } else {
            section->digit = digit;
            section->any = true;
        }
    }
}

/* 二点四, 零点三: digits behind 点, one by one. */
static void read_han_decimals(Walk *walk) {
    if (*walk->at != POINT || numeral_digit(walk->at[1]) < 0) return;
    for (walk->at++; numeral_digit(*walk->at) >= 0 && walk->scale < DECIMALS_MAX; walk->at++) {
        walk->units = walk->units * 10 + numeral_digit(*walk->at);
        walk->scale++;
        walk->numeral->precision--;
    }
    walk->numeral->round = false;
}

static bool read_han(Walk *walk) {
    walk->numeral->han = true;
    if (!numeral_digit(*walk->at)) { /* 零点三 */
        walk->at++;
        read_han_decimals(walk);
        return walk->scale > 0;
    }
    walk->numeral->bare = power_of(*walk->at) > 1;
    int64_t total = 0;
    int last_large = 0;
    for (;;) {
        Section section = {.digit = -1};
        if (!read_section(walk, &section)) return false;
        int precision, power = power_of(*walk->at);
        int64_t value = section_value(&section, &precision);
        walk->numeral->round = section.any && section.digit < 0;
        read_inner_bound(walk);
        if (walk->numeral->bound == BOUND_OVER && power_of(*walk->at) > 3) power = power_of(*walk->at);
        if (power <= 3 || (last_large && power >= last_large)) {
            if (last_large && section.digit >= 0 && !section.last_power && !section.zero) { /* 三万五 */
                precision = last_large - 1;
                value = section.digit * ten_to(precision);
            }
            walk->units = total + value;
            walk->numeral->precision = section.any ? precision : last_large;
            return true;
        }
        walk->at++;
        if (!section.any) value = 1; /* 万余, 亿 */
        if (value > ten_to(DIGITS_MAX - power)) return false;
        total += value * ten_to(power);
        last_large = power;
        walk->numeral->round = true;
        read_inner_bound(walk);
        if (!numeral_is_part(*walk->at)) {
            walk->units = total;
            walk->numeral->precision = power + precision;
            return true;
        }
    }
}

/* --- both --- */

bool numeral_read(const uint32_t *at, Numeral *ret_numeral) {
    Numeral numeral = {.known = true};
    Walk walk = {.at = at, .numeral = &numeral};
    if (is_arabic(*at)) {
        read_arabic(&walk);
        read_inner_bound(&walk);
        read_multipliers(&walk);
    } else if (is_character(*at)) {
        if (!read_han(&walk)) return false;
        if (!walk.scale && walk.units < 1000) read_han_decimals(&walk);
        if (walk.scale) read_multipliers(&walk);
    }
    if (walk.at == at) return false;
    numeral.size = (size_t)(walk.at - at);
    bool bound_last = walk.at[-1] == REST || walk.at[-1] == MORE || walk.at[-1] == SOME || walk.at[-1] == ABOUT;
    numeral.core = numeral.size - bound_last;
    numeral.value = (Decimal){walk.units, walk.scale};
    *ret_numeral = numeral;
    return true;
}
