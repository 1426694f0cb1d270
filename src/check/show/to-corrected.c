/* check/show/to-corrected.c: the text as given, with what the ledger says where somebody took its word. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/show/show.h"

/* The bytes of so many code points. */
static const char *pass(const char *from, uint32_t runes) {
    const char *end = from + strlen(from);
    while (runes-- && from < end) (void)text_next(&from, end);
    return from;
}

void check_to_corrected(const Checked *checked, CheckTakes takes, void *data, Buf *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *at = checked->reading->given;
    uint32_t place = 0;
    Found *found;
    size_t n = show_found(scratch, checked, &found);
    for (size_t i = 0; i < n; i++) {
        const char *ledger =
            found[i].kind == FOUND_DIFFERS ? show_ledger(scratch, &checked->claims[found[i].claim]) : NULL;
        if (!ledger || found[i].start < place || !takes(show_found_at(scratch, &found[i]), data)) continue;
        const char *start = pass(at, found[i].start - place);
        buf_add_bytes(out, at, (size_t)(start - at));
        buf_add(out, ledger);
        at = pass(start, found[i].end - found[i].start);
        place = found[i].end;
    }
    buf_add(out, at);
}
