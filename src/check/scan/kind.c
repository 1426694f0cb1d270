/* check/scan/kind.c: where a text parts a whole by kind: 按性质分， 从区域看， 分几种情况： */
#include "check/work.h"

#define KIND_RUNES 14 /* of 按…分 */

/* 按用途分: 从区域看, 分几种情况: */
static bool opens(const Work *work, size_t at) {
    const uint32_t *runes = work->text->runes;
    bool begins = !at || rune_ends_clause(runes[at - 1]);
    return runes[at] == 0x6309 || (begins && (runes[at] == 0x5206 || runes[at] == 0x4ECE)); /* 按, 分, 从 */
}

/* The runes with which such an opening ends at a place, comma or colon included; 0 when it does not. */
static size_t close_size(const uint32_t *runes, size_t open, size_t at) {
    bool says = runes[at] == 0x5206 || runes[at] == 0x770B;               /* 分, 看 */
    size_t size = runes[at] == 0x5206 && runes[at + 1] == 0x89E3 ? 2 : 1; /* 分解 */
    uint32_t end = runes[at + size];
    return (end == ',' && says) || (end == ':' && (says || runes[open] == 0x5206)) ? size + 1 : 0;
}

Kind work_next_kind(const Work *work, size_t from, size_t to) {
    const uint32_t *runes = work->text->runes;
    for (size_t i = from; i < to; i++) {
        if (!opens(work, i)) continue;
        for (size_t k = i + 1; k < to && k <= i + KIND_RUNES && !rune_ends_clause(runes[k]); k++) {
            size_t size = close_size(runes, i, k);
            if (size) return (Kind){i, k + size};
        }
    }
    return (Kind){to, to};
}
