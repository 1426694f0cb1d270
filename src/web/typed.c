/* web/typed.c: see typed.h. */
#include "web/typed.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/check.h"

#define DOCUMENT "text.md" /* so that it is read as Markdown */

typedef struct Walk {
    const char *at, *end;
    uint32_t place; /* of at */
} Walk;

static void walk_to(Walk *walk, uint32_t place) {
    for (; walk->place < place && walk->at < walk->end; walk->place++) (void)text_next(&walk->at, walk->end);
}

/* Whether [from, to) can be put into a link: no part of one, and no mark of Markdown within. */
static bool is_free(const char *markdown, const char *from, const char *to) {
    if (memchr(from, '*', (size_t)(to - from)) || memchr(from, '[', (size_t)(to - from))) return false;
    const char *line = from, *end = to + strcspn(to, "\n");
    while (line > markdown && line[-1] != '\n') line--;
    const char *open = memrchr(line, '[', (size_t)(from - line)), *close = memchr(to, ']', (size_t)(end - to));
    bool within = open && !memchr(open, ']', (size_t)(from - open)) && close && close[1] == '(';
    const char *target = memrchr(line, '(', (size_t)(from - line));
    return !within && !(target > line && target[-1] == ']' && !memchr(target, ')', (size_t)(from - target)));
}

static const char *mark_claims(const Visit *visit, const Checked *checked, const char *markdown, size_t *ret_count) {
    Buf out = BUF_INIT(visit->ctx);
    Walk walk = {markdown, markdown + strlen(markdown), 0};
    const char *done = markdown;
    for (size_t i = 0; i < checked->n_claims; i++) {
        if (checked->claims[i].start < walk.place) continue;
        walk_to(&walk, checked->claims[i].start);
        const char *from = walk.at;
        walk_to(&walk, checked->claims[i].end);
        if (!is_free(markdown, from, walk.at)) continue;
        buf_add_bytes(&out, done, (size_t)(from - done));
        buf_printf(&out, "[%.*s](figure:" TYPED_NAME ")", (int)(walk.at - from), from);
        done = walk.at;
        ++*ret_count;
    }
    buf_add(&out, done);
    return buf_text(&out);
}

int typed_mark(const Visit *visit, const char *markdown, Period period, const char **ret_markdown, size_t *ret_count) {
    Reading *reading;
    Checked *checked;
    Diag *unsaid = diag_new(visit->ctx);
    *ret_markdown = markdown;
    *ret_count = 0;
    if (reading_from_bytes(visit->ctx, DOCUMENT, markdown, strlen(markdown), unsaid, &reading)) return 0; /* no words */
    const CheckAsk ask = {reading, visit->store->catalog, NULL, period};
    int fault = check_text(visit->ctx, &ask, &checked);
    if (!fault) *ret_markdown = mark_claims(visit, checked, markdown, ret_count);
    return fault;
}
