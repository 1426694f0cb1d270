/* figure/light.c: see light.h. */
#include "figure/light.h"

#include "base/mem.h"

#define ELAPSED_SCALE 1

static const struct {
    const char *name;
    Label words;
} lights[] = {
    [LIGHT_NONE] = {"none", {"无灯", "no light"}},
    [LIGHT_GREEN] = {"green", {"绿灯", "green"}},
    [LIGHT_YELLOW] = {"yellow", {"黄灯", "yellow"}},
    [LIGHT_RED] = {"red", {"红灯", "red"}},
};

const char *light_name(Light light) { return lights[light].name; }
const char *light_words(Light light) { return label_text(lights[light].words); }

static Date earlier(Date a, Date b) { return a < b ? a : b; }

FigureNumber light_elapsed(const Figure *figure, Date today) {
    FigureNumber elapsed = {.known = figure->target.known};
    if (!elapsed.known) return elapsed;
    const Period whole = figure->target_period;
    Date end = earlier(earlier(figure->ask.period.end, today), whole.end);
    int64_t gone = end < whole.start ? 0 : (int64_t)end - whole.start + 1;
    elapsed.known = decimal_divide((Decimal){gone * 100, 0}, (Decimal){(int64_t)whole.end - whole.start + 1, 0},
                                   ELAPSED_SCALE, &elapsed.value);
    return elapsed;
}

Light light_of(const Figure *figure, Date today) {
    if (!figure->target.known || !figure->value.known) return LIGHT_NONE;
    if (figure->target_at_most)
        return decimal_compare(figure->value.value, figure->target.value) <= 0 ? LIGHT_GREEN : LIGHT_RED;
    FigureNumber elapsed = light_elapsed(figure, today);
    Decimal lag;
    if (!figure->share.known || !elapsed.known || !decimal_subtract(elapsed.value, figure->share.value, &lag))
        return LIGHT_NONE;
    if (lag.units <= 0) return LIGHT_GREEN;
    return decimal_compare(lag, (Decimal){LIGHT_LAG, 0}) < 0 ? LIGHT_YELLOW : LIGHT_RED;
}

const char *light_rule(const void *ctx, const Figure *figure, Date today) {
    if (!figure->target.known) return "";
    if (figure->target_at_most)
        return label_text((Label){"上限指标：不超过目标为绿灯，超过为红灯",
                                  "an upper bound: green within the target, red beyond it"});
    const char *share = figure_decimal(ctx, figure->share),
               *elapsed = figure_decimal(ctx, light_elapsed(figure, today));
    if (!share || !elapsed) return label_text((Label){"没有数值，不亮灯", "there is no value, so no light"});
    return mem_printf(ctx,
                      label_text((Label){"完成%s%%，时间过去%s%%：不落后为绿灯，落后不到%d个百分点为黄灯，更多为红灯",
                                         "%s%% done, %s%% of the time gone: green when not behind, yellow when less "
                                         "than %d points behind, else red"}),
                      share, elapsed, LIGHT_LAG);
}

Period light_period(Period target, Date end) { return (Period){target.start, earlier(target.end, end)}; }
