/* sheet/separator.c: counts candidates outside quotation marks, line by line.
 *
 * The right one stands equally often on neighbouring lines; a decimal comma in a file of semicolons does not. */
#include "sheet/separator.h"

#include <stdbool.h>
#include <string.h>

#define LINES_MAX 20

/* In order of preference; those after USUAL count only when none of the others occurs. */
static const char *const CANDIDATES[] = {",", "\t", ";", "，"};
#define USUAL 3

typedef struct Tally {
    size_t total;
    size_t even; /* pairs of neighbouring lines with the same number, not 0 */
} Tally;

static Tally tally(const char *text, size_t size, const char *candidate) {
    Tally result = {0};
    size_t length = strlen(candidate), here = 0, before = 0;
    bool quoted = false;
    int lines = 0;
    for (size_t i = 0; i < size && lines < LINES_MAX; i++) {
        if (text[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (text[i] == '\n' || text[i] == '\r') {
            result.even += here > 0 && here == before;
            if (here > 0) before = here;
            here = 0;
            lines++;
        } else if (size - i >= length && memcmp(text + i, candidate, length) == 0) {
            here++;
            result.total++;
        }
    }
    result.even += here > 0 && here == before;
    return result;
}

static bool is_better(Tally a, Tally b) { return a.even != b.even ? a.even > b.even : a.total > b.total; }

const char *separator_guess(const char *text, size_t size) {
    const char *best = CANDIDATES[0];
    Tally most = {0};
    for (size_t i = 0; i < sizeof CANDIDATES / sizeof *CANDIDATES; i++) {
        if (i >= USUAL && most.total > 0) break;
        Tally found = tally(text, size, CANDIDATES[i]);
        if (!is_better(found, most)) continue;
        most = found;
        best = CANDIDATES[i];
    }
    return best;
}
