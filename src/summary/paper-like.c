/* summary/paper-like.c: the blocks of another text to begin from: those of a draft, or of an issued text the draft it
 * went out from. A text that was issued without a draft is read back: where a number is still worded as its frozen
 * figure the name of the figure takes its place; every other number stays as it was typed, for the writer to look at.
 */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "figure/figure.h"
#include "summary/paper.h"

#define FIGURE_LINK "](figure:"

typedef struct Reading {
    const void *ctx;
    const Catalog *catalog;
    const Issue *issue;
    IssueFigure *figures;
    size_t n_figures;
} Reading;

/* The name that composes these words again, or NULL. */
static const char *name_of(const Reading *reading, const char *words, const char *link) {
    const IssueFigure *figure = summary_frozen(reading->figures, reading->n_figures, reading->issue->period, link);
    const Indicator *indicator = figure ? catalog_find_indicator(reading->catalog, figure->indicator) : NULL;
    if (!indicator || strchr(link, '@')) return NULL;
    FigureNumber value = {figure->known, figure->value};
    const struct {
        const char *words, *face;
    } faces[] = {{figure_print(reading->ctx, indicator, value), ""},
                 {figure_about(reading->ctx, indicator, value), ".about"}};
    for (size_t i = 0; i < sizeof faces / sizeof faces[0]; i++)
        if (faces[i].words && !strcmp(faces[i].words, words))
            return mem_printf(reading->ctx, "{{%s%s}}", indicator->name.text, faces[i].face);
    return NULL;
}

static const char *template_of(const Reading *reading) {
    Buf out = BUF_INIT(reading->ctx);
    const char *done = reading->issue->body;
    for (const char *at = done, *mark; (mark = strstr(at, FIGURE_LINK));) {
        const char *open = memrchr(done, '[', (size_t)(mark - done)), *link = mark + strlen(FIGURE_LINK);
        size_t size = strcspn(link, ")");
        at = link + size + (link[size] == ')');
        if (!open) continue;
        const char *words = mem_strndup(reading->ctx, open + 1, (size_t)(mark - open - 1));
        const char *name = name_of(reading, words, mem_strndup(reading->ctx, link, size));
        buf_add_bytes(&out, done, (size_t)(open - done));
        buf_add(&out, name ? name : words);
        done = at;
    }
    buf_add(&out, done);
    return buf_text(&out);
}

static int read_back(const void *ctx, Store *store, const Issue *issue, PaperBlock **ret_blocks, size_t *ret_count) {
    Reading reading = {.ctx = ctx, .catalog = store->catalog, .issue = issue};
    const char **bodies;
    int fault = issue_figures(ctx, store, issue->id, &reading.figures, &reading.n_figures);
    if (fault) return fault;
    size_t n = paper_cut(ctx, template_of(&reading), &bodies);
    *ret_blocks = NULL;
    *ret_count = 0;
    for (size_t i = 0; i < n; i++)
        *mem_push(ctx, *ret_blocks, *ret_count) = (PaperBlock){.block = (int64_t)i, .owner = "", .body = bodies[i]};
    return 0;
}

int paper_like_issue(const void *ctx, Store *store, const Issue *issue, PaperBlock **ret_blocks, size_t *ret_count) {
    Paper *papers;
    size_t n;
    int fault = paper_list(ctx, store, &papers, &n);
    if (fault) return fault;
    for (size_t i = 0; i < n; i++)
        if (papers[i].issue == issue->id) return paper_blocks(ctx, store, papers[i].id, ret_blocks, ret_count);
    return read_back(ctx, store, issue, ret_blocks, ret_count);
}
