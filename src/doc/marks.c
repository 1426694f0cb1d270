/* doc/marks.c: the sets of marks. */
#include "doc/marks.h"

#include <string.h>

#include "base/text.h"

#define RUNE_BYTES 4u /* of UTF-8, at most */

unsigned marks_first(const char *text) { return text_next(&text, text + strnlen(text, RUNE_BYTES)); }

unsigned marks_last(const char *text, size_t size) {
    const char *at = text + size;
    while (at > text && ((unsigned char)*--at & 0xC0) == 0x80) continue;
    return text_next(&at, text + size);
}

bool marks_have(const char *set, unsigned rune) {
    const char *end = set + strlen(set);
    for (unsigned member; (member = text_next(&set, end)) != 0;)
        if (member == rune) return true;
    return false;
}

static bool begins_no_line(unsigned rune) {
    return marks_have("，。、；：！？）》〉」』】〕〗”’…—～·％‰℃々,.;:!?)]}%°", rune);
}

static bool ends_no_line(unsigned rune) { return marks_have("（《〈「『【〔〖“‘￥¥$№([{", rune); }

static bool is_digit(unsigned rune) { return rune >= '0' && rune <= '9'; }

/* 170 | 件, 3.6% | 以上, 1— | 4月 */
static bool is_number_with_unit(unsigned before, unsigned after) {
    bool unit = (is_digit(before) || marks_have("%‰℃", before)) && text_is_han(after);
    bool range = marks_have("—～~–-", before) && is_digit(after);
    return unit || range;
}

bool marks_keep_together(unsigned before, unsigned after) {
    return begins_no_line(after) || ends_no_line(before) || is_number_with_unit(before, after);
}
