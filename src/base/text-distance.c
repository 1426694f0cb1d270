/* base/text-distance.c: how far one text is from another, for "did you mean". */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define SLIPS_MAX 3u /* edits that a slip of the pen takes at most */

typedef struct Runes {
    unsigned *list;
    size_t count;
} Runes;

static Runes decode(const void *ctx, const char *text) {
    size_t size = strlen(text);
    Runes runes = {.list = mem_array(ctx, unsigned, size + 1)};
    const char *end = text + size;
    while (text < end) runes.list[runes.count++] = text_next(&text, end);
    return runes;
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* One row of the table of edit distances, where row[j] is the distance between the first i runes of a and the first j
 * of b. Only the band |i - j| <= limit is computed; beyond it everything counts as limit + 1. Returns the least. */
static size_t next_row(Runes a, Runes b, size_t i, size_t limit, size_t *row) {
    size_t from = i > limit ? i - limit : 1;
    size_t to = smaller(b.count, i + limit);
    size_t corner = row[from - 1]; /* row i - 1, column j - 1 */
    row[from - 1] = from == 1 ? i : limit + 1;
    size_t least = row[from - 1];
    for (size_t j = from; j <= to; j++) {
        size_t change = corner + (a.list[i - 1] != b.list[j - 1]);
        corner = row[j];
        row[j] = smaller(change, smaller(row[j], row[j - 1]) + 1);
        least = smaller(least, row[j]);
    }
    return least;
}

size_t text_distance(const char *a, const char *b, size_t limit) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Runes x = decode(scratch, a);
    Runes y = decode(scratch, b);
    size_t apart = x.count > y.count ? x.count - y.count : y.count - x.count;
    if (apart > limit) return limit + 1;
    limit = smaller(limit, x.count + y.count); /* no distance is larger, and limit + 1 must not overflow */
    size_t *row = mem_array(scratch, size_t, y.count + 1);
    for (size_t j = 0; j <= y.count; j++) row[j] = smaller(j, limit + 1);
    for (size_t i = 1; i <= x.count; i++)
        if (next_row(x, y, i, limit, row) > limit) return limit + 1;
    return smaller(row[y.count], limit + 1);
}

const char *text_nearest(const char *text, const char *const *candidates, size_t n) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *wanted = text_fold(scratch, text);
    const char *nearest = NULL;
    size_t allowed = smaller(text_count(wanted) / 3, SLIPS_MAX);
    for (size_t i = 0; i < n; i++) {
        size_t distance = text_distance(wanted, text_fold(scratch, candidates[i]), allowed);
        if (distance > allowed) continue;
        nearest = candidates[i];
        if (distance == 0) break;
        allowed = distance - 1; /* the first of equals stays */
    }
    return nearest;
}
