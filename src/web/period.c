/* web/period.c: see period.h. */
#include "web/period.h"

#include <string.h>

#include "base/mem.h"
#include "web/url.h"

#define PERIOD_COOKIE  "period"
#define PERIOD_SECONDS (30L * DAY_SECONDS)
#define YEARS_BEFORE   2 /* offered by the chooser, around the one that is shown */
#define YEARS_AFTER    1

const char *period_code(const Visit *visit, Period period) { return period_format_short(visit->ctx, period); }
const char *period_title(const Visit *visit, Period period) { return period_words(visit->ctx, period, visit->lang); }

/* --- which one --- */

static int latest_half_year(Visit *visit, Period *ret_period) {
    Date today = date_today(), last;
    int fault = store_last_day(visit->store, today, &last);
    if (fault) return fault;
    Date reached = last == DATE_NONE || last + PERIOD_LEAD_DAYS > today ? today : last + PERIOD_LEAD_DAYS;
    Period half = period_around(reached, 6);
    *ret_period = half.end <= reached ? half : period_move(half, -6);
    return 0;
}

int period_choose(Visit *visit, Period *ret_period) {
    const char *asked = visit_query(visit, "period"), *last = http_field(&visit->request->cookies, PERIOD_COOKIE);
    if (period_parse(asked, ret_period)) {
        const char *code = period_code(visit, *ret_period);
        http_set_cookie(visit->response,
                        &(HttpCookie){.name = PERIOD_COOKIE, .value = code, .seconds = PERIOD_SECONDS});
        return 0;
    }
    int fault = last && period_parse(last, ret_period) ? 0 : latest_half_year(visit, ret_period);
    if (fault || !*asked) return fault;
    diag_error(visit->diag, (Place){.field = "period"}, "not-a-period",
               "'%s' is no period; write 2020, 2020H1, 2020Q2, 2020-06 or 2020-01..2020-04", asked);
    return WEB_WRONG;
}

/* --- the chooser --- */

static const char *period_url(const Visit *visit, Period period) {
    return url_with(visit->ctx, visit->request->path, &visit->request->query,
                    URL_CHANGES({"period", period_code(visit, period)}, {"page", NULL}));
}

static json_t *part_json(const Visit *visit, Period part, Period shown, const char *label) {
    json_t *object = page_object();
    page_set_text(object, "label", label);
    page_set_text(object, "title", period_title(visit, part));
    page_set_text(object, "url", period_url(visit, part));
    page_set(object, "here", json_boolean(period_is_same(part, shown)));
    return object;
}

/* What a part is called beside its year; a month by its number alone. */
static const char *part_label(const Visit *visit, int months, int n) {
    if (months == 6) return n == 1 ? _("First half") : _("Second half");
    return mem_printf(visit->ctx, months == 3 ? _("Q%d") : "%d", n);
}

/* Halves, quarters and months of a year. */
static json_t *parts_json(const Visit *visit, int year, Period shown) {
    static const int lengths[] = {6, 3, 1};
    json_t *rows = page_array();
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        json_t *row = page_object(), *parts = page_array();
        for (int n = 1; n <= 12 / lengths[i]; n++) {
            Period part = period_around(date_make(year, n * lengths[i], 1), lengths[i]);
            json_array_append_new(parts, part_json(visit, part, shown, part_label(visit, lengths[i], n)));
        }
        page_set(row, "parts", parts);
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *years_json(const Visit *visit, Period shown) {
    json_t *years = page_array();
    int last, month, day;
    date_split(shown.end, &last, &month, &day);
    for (int year = last + YEARS_AFTER; year >= last - YEARS_BEFORE; year--) {
        if (date_make(year, 1, 1) == DATE_NONE) continue;
        json_t *object =
            part_json(visit, period_around(date_make(year, 1, 1), 12), shown, mem_printf(visit->ctx, "%d", year));
        page_set(object, "rows", parts_json(visit, year, shown));
        json_array_append_new(years, object);
    }
    return years;
}

/* The other parameters, for the form that asks for any period. */
static json_t *kept_json(const Visit *visit) {
    json_t *kept = page_array();
    const HttpFields *query = &visit->request->query;
    for (size_t i = 0; i < query->count; i++) {
        if (!strcmp(query->list[i].name, "period") || !strcmp(query->list[i].name, "page")) continue;
        json_t *object = page_object();
        page_set_text(object, "name", query->list[i].name);
        page_set_text(object, "value", query->list[i].value);
        json_array_append_new(kept, object);
    }
    return kept;
}

json_t *period_json(const Visit *visit, Period period) {
    json_t *object = page_object();
    int months = period_months(period);
    Period before = period_move(period, -months), after = period_move(period, months);
    page_set_text(object, "label", period_title(visit, period));
    page_set_text(object, "code", period_code(visit, period));
    page_set_text(object, "path", visit->request->path);
    page_set_text(object, "previous_url", before.start == DATE_NONE ? NULL : period_url(visit, before));
    page_set_text(object, "next_url", after.start == DATE_NONE ? NULL : period_url(visit, after));
    page_set(object, "years", years_json(visit, period));
    page_set(object, "kept", kept_json(visit));
    return object;
}
