/* web/period.h: which period a page is about: ?period=2020H1, else the one chosen last, else the latest half-year that
 * the records reach. Private to web/.
 *
 * The latest half-year is the last one that had ended PERIOD_LEAD_DAYS after the last day records tell of (and that is
 * not after today): summaries are begun in the last weeks of a half-year, and a folder of old data opens where its data
 * are. */
#ifndef WEB_PERIOD_H
#define WEB_PERIOD_H

#include "figure/page.h"
#include "web/visit.h"

#define PERIOD_LEAD_DAYS 31

/* 0; WEB_WRONG with a finding, and then the period is the one that would be without the question; or a fault. A period
 * that was asked for is remembered in a cookie. */
int period_choose(Visit *visit, Period *ret_period);
/* What {{> period}} shows: {"label", "code", "previous_url", "next_url", "years": [{"label", "url", "parts": […]}],
 * "kept": the other parameters of the address}. */
json_t *period_json(const Visit *visit, Period period);
/* The short form for addresses: 2020H1. Owned by the visit. */
const char *period_code(const Visit *visit, Period period);
/* In words of the visit's language: 2020年上半年. */
const char *period_title(const Visit *visit, Period period);

#endif
