/* summary/issued.c: a text as it went out, with the annex of the numbers that were frozen with it.
 *
 * What was signed is what is given out: the same annex as behind the text before its issue, as an annex of GB/T 9704 on
 * pages of its own behind the signature, so that an office that sends the text alone leaves those pages away. Values,
 * counts and fingerprints are the frozen ones; the caliber is told only while it is still that of the frozen value. */
#include <string.h>

#include "base/mem.h"
#include "summary/annex.h"
#include "summary/composer.h"

#define FIGURE_LINK "](figure:"

static const Label redefined = {"（定稿后口径已修改）", "(defined otherwise since it was issued)"};

typedef struct Frozen {
    const Catalog *catalog;
    const Issue *issue;
    const IssueFigure *figures;
    size_t n;
} Frozen;

static bool is_within(Period inner, Period outer) { return inner.start >= outer.start && inner.end <= outer.end; }

const IssueFigure *summary_frozen(const IssueFigure *figures, size_t n, Period period, const char *name) {
    const IssueFigure *narrower = NULL;
    size_t length = strcspn(name, "@");
    bool own = name[length] && period_parse(name + length + 1, &period);
    for (size_t i = 0; i < n; i++) {
        const IssueFigure *figure = &figures[i];
        if (strlen(figure->indicator) != length || strncmp(figure->indicator, name, length)) continue;
        if (period_is_same(figure->period, period)) return figure;
        if (!own && is_within(figure->period, period)) narrower = figure;
    }
    return narrower;
}

static AnnexRow row_of(const void *ctx, const Frozen *frozen, const IssueFigure *figure, const char *name) {
    const Indicator *indicator = catalog_find_indicator(frozen->catalog, figure->indicator);
    bool same = indicator && !strcmp(indicator->hash, figure->definition);
    FigureNumber value = {figure->known, figure->value};
    return (AnnexRow){.name = name,
                      .title = indicator ? label_text(indicator->title) : figure->indicator,
                      .value = !value.known ? "—"
                               : indicator  ? figure_print(ctx, indicator, value)
                                            : figure_decimal(ctx, value),
                      .caliber = label_text(same ? indicator->caliber : redefined),
                      .period = figure->period,
                      .count = figure->count,
                      .hash = figure->hash};
}

static bool is_listed(const AnnexRow *rows, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].name, name)) return true;
    return false;
}

/* In the order of the text, each name once. */
static size_t list_rows(const void *ctx, const Frozen *frozen, AnnexRow **ret_rows) {
    size_t n = 0;
    *ret_rows = NULL;
    for (const char *at = frozen->issue->body; (at = strstr(at, FIGURE_LINK));) {
        at += strlen(FIGURE_LINK);
        const char *name = mem_strndup(ctx, at, strcspn(at, ")"));
        const IssueFigure *figure = summary_frozen(frozen->figures, frozen->n, frozen->issue->period, name);
        if (figure && !is_listed(*ret_rows, n, name)) *mem_push(ctx, *ret_rows, n) = row_of(ctx, frozen, figure, name);
    }
    return n;
}

int summary_read_issued(const void *ctx, const char *markdown, Diag *diag, Doc **ret_doc) {
    int result = composer_read(ctx, markdown, diag, ret_doc);
    if (!result) doc_number_headings(*ret_doc);
    return result;
}

int summary_issued_doc(const void *ctx, Store *store, const Issue *issue, Diag *diag, Doc **ret_doc) {
    Frozen frozen = {.catalog = store->catalog, .issue = issue};
    IssueFigure *figures;
    AnnexRow *rows;
    int result = composer_read(ctx, issue->body, diag, ret_doc);
    if (result) return result;
    if (issue_figures(ctx, store, issue->id, &figures, &frozen.n)) return -1;
    frozen.figures = figures;
    Lang before = lang_current();
    lang_use(strcmp((*ret_doc)->lang, "en") ? LANG_ZH : LANG_EN);
    size_t n = list_rows(*ret_doc, &frozen, &rows);
    annex_add(*ret_doc, rows, n, instant_day(issue->at));
    lang_use(before);
    doc_number_headings(*ret_doc);
    return 0;
}
