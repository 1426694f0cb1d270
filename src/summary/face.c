/* summary/face.c: what is known of a figure, in words. Chinese as reports write it; English for English templates. */
#include "summary/face.h"

#include <string.h>

#include "base/mem.h"

/* Nothing was counted: a sum or number of things is 0. A share of 0 % or a published 0 is a statement. */
static bool is_nothing(const Figure *figure) {
    bool derived = indicator_is_derived(figure->ask.indicator) || figure->ask.indicator->measure == MEASURE_STATED;
    return !figure->value.known || (!derived && figure->value.value.units == 0);
}

static const char *print_value(const void *ctx, const SummaryFigure *figure) {
    return figure_print(ctx, figure->figure->ask.indicator, figure->figure->value);
}

const char *face_print(const void *ctx, const SummaryFigure *figure) {
    return is_nothing(figure->figure) ? NULL : print_value(ctx, figure);
}

static const char *print_about(const void *ctx, const SummaryFigure *figure) {
    return is_nothing(figure->figure) ? NULL : figure_about(ctx, figure->figure->ask.indicator, figure->figure->value);
}

static const char *print_so_far(const void *ctx, const SummaryFigure *figure) {
    return figure->so_far->figure == figure->figure ? NULL : face_print(ctx, figure->so_far);
}

static const char *print_target(const void *ctx, const SummaryFigure *shown) {
    return figure_print(ctx, shown->figure->ask.indicator, shown->so_far->figure->target);
}

static const char *print_share(const void *ctx, const SummaryFigure *shown) {
    FigureNumber share = shown->so_far->figure->share;
    return share.known ? mem_printf(ctx, "%s%%", decimal_text(ctx, share.value)) : NULL;
}

/* What is left to do for a target to be reached; between two shares it is counted in points. */
static const char *print_remaining(const void *ctx, const SummaryFigure *shown) {
    const Figure *figure = shown->so_far->figure;
    FigureNumber left = {.known = figure->target.known && figure->value.known && !figure->target_at_most};
    if (!left.known || !decimal_subtract(figure->target.value, figure->value.value, &left.value)) return NULL;
    if (left.value.units <= 0) return NULL;
    if (!figure_is_percent(figure->ask.indicator)) return figure_print(ctx, figure->ask.indicator, left);
    return mem_printf(ctx, label_text((Label){"%s个百分点", "%s percentage points"}), decimal_text(ctx, left.value));
}

/* Up, down, the same: for amounts in percent, for shares in percentage points. */
static const Label growth_words[2][3] = {
    {{"下降%s%%", "down %s%%"}, {"持平", "unchanged"}, {"增长%s%%", "up %s%%"}},
    {{"下降%s个百分点", "down %s percentage points"},
     {"持平", "unchanged"},
     {"提高%s个百分点", "up %s percentage points"}},
};

static const char *growth_text(const void *ctx, Decimal change, bool points) {
    int direction = (change.units > 0) - (change.units < 0);
    if (change.units < 0) change.units = -change.units;
    const char *words = label_text(growth_words[points][direction + 1]);
    return direction ? mem_printf(ctx, words, decimal_text(ctx, change)) : words;
}

static const char *print_growth(const void *ctx, const SummaryFigure *shown) {
    const Figure *figure = shown->figure;
    bool is_growth = figure->ask.indicator->measure == MEASURE_GROWTH && figure->value.known;
    if (is_growth) return growth_text(ctx, figure->value.value, false);
    if (figure->growth.known) return growth_text(ctx, figure->growth.value, false);
    Decimal change;
    bool share = figure_is_percent(figure->ask.indicator) && figure->value.known && figure->before.known;
    if (!share || !decimal_subtract(figure->value.value, figure->before.value, &change)) return NULL;
    return growth_text(ctx, change, true);
}

static const char *print_year_before(const void *ctx, const SummaryFigure *figure) {
    return figure_print(ctx, figure->figure->ask.indicator, figure->figure->before);
}

static const char *print_rank(const void *ctx, const SummaryFigure *shown) {
    const Figure *figure = shown->figure;
    if (!figure->rank.known) return NULL;
    const char *rank = decimal_text(ctx, figure->rank.value);
    bool scoped = *shown->rank_scope;
    const char *words =
        mem_printf(ctx, label_text(scoped ? (Label){"%s第%s", "%s: number %s"} : (Label){"%s第%s位", "%snumber %s"}),
                   shown->rank_scope, rank);
    if (!figure->rank_of.known) return words;
    return mem_printf(ctx, label_text((Label){"%s（共%s个）", "%s of %s"}), words,
                      decimal_text(ctx, figure->rank_of.value));
}

static const char *print_coverage(const void *ctx, const SummaryFigure *shown) {
    const Figure *figure = shown->figure;
    const Indicator *indicator = figure->ask.indicator;
    if (!figure->reported.known || !figure->expected.known || !figure->expected.value.units) return NULL;
    return mem_printf(ctx, label_text((Label){"应报%s、已报%s", "%s expected, %s reported"}),
                      figure_print(ctx, indicator->expected, figure->expected),
                      figure_print(ctx, indicator->reported, figure->reported));
}

static const char *print_covering(const void *ctx, const SummaryFigure *figure) {
    (void)ctx;
    return figure->covering;
}

static const char *print_title(const void *ctx, const SummaryFigure *figure) {
    (void)ctx;
    return label_text(figure->figure->ask.indicator->title);
}

static const char *print_caliber(const void *ctx, const SummaryFigure *figure) {
    (void)ctx;
    return label_text(figure->figure->ask.indicator->caliber);
}

const Face faces[] = {
    {"value", FACE_LINKED, {"数值", "Value"}, print_value},
    {"about", FACE_LINKED, {"约数", "Round form"}, print_about},
    {"so_far", FACE_SO_FAR, {"累计", "So far"}, print_so_far},
    {"target", FACE_SO_FAR, {"目标值", "Target"}, print_target},
    {"share", FACE_SO_FAR, {"完成率", "Share of the target"}, print_share},
    {"remaining", FACE_SO_FAR, {"尚需完成", "Still to do"}, print_remaining},
    {"growth", FACE_LINKED, {"同比", "Against a year before"}, print_growth},
    {"year_before", FACE_LINKED, {"上年同期", "A year before"}, print_year_before},
    {"rank", FACE_LINKED, {"位次", "Rank"}, print_rank},
    {"coverage", FACE_LINKED, {"填报情况", "Coverage"}, print_coverage},
    {"covering", FACE_PLAIN, {"所属时期", "Period of its own"}, print_covering},
    {"title", FACE_PLAIN, {"指标", "Indicator"}, print_title},
    {"caliber", FACE_PLAIN, {"口径", "What it counts"}, print_caliber},
    {0},
};

const Face *face_find(const char *name) {
    for (const Face *face = faces; face->name; face++)
        if (!strcmp(face->name, name)) return face;
    return NULL;
}
