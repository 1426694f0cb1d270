/* figure/light.h: how a target stands: red, yellow or green, and the rule by which.
 *
 * A target is measured from the first day of its period to a cut-off within it, and its share is held against the time
 * that has gone by (对照序时进度): as far as the time or farther is green, less than LIGHT_LAG points behind it is
 * yellow, more is red. For an upper bound (不超过) share tells nothing: within it is green, beyond it red.
 * (docs/decisions: lights; domain.md, area 2: completion of "at least" and "at most" targets.) */
#ifndef FIGURE_LIGHT_H
#define FIGURE_LIGHT_H

#include "figure/figure.h"

#define LIGHT_LAG 10 /* percentage points behind the time gone by */

typedef enum { LIGHT_NONE, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED } Light;

/* "green", and 绿灯; NONE is "none" and 无灯. */
const char *light_name(Light light);
const char *light_words(Light light);

/* Of the target's days, how many have gone by at the end of the figure's period (today, when that is earlier), in
 * percent with one decimal; not known without a target. */
FigureNumber light_elapsed(const Figure *figure, Date today);
/* Needs the faces of the figure. NONE: there is no target, or no value. */
Light light_of(const Figure *figure, Date today);
/* The rule, with the numbers that it was applied to. Owned by ctx. */
const char *light_rule(const void *ctx, const Figure *figure, Date today);

/* What is measured of a target at a day: from its first day to this one, at most to its end. */
Period light_period(Period target, Date end);

#endif
