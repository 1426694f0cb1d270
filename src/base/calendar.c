/* base/calendar.c: working days from the yearly lists. Owns one mark a day for the whole span of years. */
#include <jansson.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/json.h"
#include "base/mem.h"

#define YEAR_COUNT (DATE_YEAR_LAST - DATE_YEAR_FIRST + 1)
#define DAY_COUNT  109573 /* of all these years */

typedef enum { DAY_PLAIN, DAY_OFF, DAY_MADE_UP } DayMark;

struct Calendar {
    Date first;
    uint8_t marks[DAY_COUNT];
    bool covered[YEAR_COUNT];
};

static DayMark mark_of(const Calendar *calendar, Date date) {
    return date_is_valid(date) ? (DayMark)calendar->marks[date - calendar->first] : DAY_PLAIN;
}

static bool is_weekend(Date date) {
    int weekday = ((date + 3) % 7 + 7) % 7; /* Monday = 0; 1970-01-01 was a Thursday */
    return weekday >= 5;
}

/* Every yearly list begins with New Year's Day, so a year that names it has its list. */
static void mark_covered(Calendar *calendar, Date date) {
    int year, month, day;
    date_split(date, &year, &month, &day);
    if (month == 1 && day == 1) calendar->covered[year - DATE_YEAR_FIRST] = true;
}

static void read_days(Calendar *calendar, json_t *days, DayMark mark, Diag *diag) {
    const char *key;
    json_t *name;
    json_object_foreach(days, key, name) {
        Date date = date_parse_iso(key);
        if (date == DATE_NONE) {
            diag_error(diag, PLACE_NONE, "calendar-date", "the calendar has no such day as \"%s\"; write YYYY-MM-DD",
                       key);
            continue;
        }
        calendar->marks[date - calendar->first] = (uint8_t)mark;
        if (mark == DAY_OFF) mark_covered(calendar, date);
    }
}

int calendar_read(const void *ctx, const char *json, size_t size, Diag *diag, Calendar **ret_calendar) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t errors = diag->errors;
    json_error_t fault;
    json_t *root = json_loadb(json, size, JSON_REJECT_DUPLICATES, &fault);
    if (!root) {
        Place at = {.line = (unsigned)fault.line, .column = (unsigned)fault.column};
        diag_error(diag, at, "calendar-json", "the calendar is not JSON (%s); fetch it again", fault.text);
        return 1;
    }
    json_keep(scratch, root);
    json_t *holidays = json_object_get(root, "holidays");
    json_t *workdays = json_object_get(root, "workdays");
    if (!json_is_object(holidays) || !json_is_object(workdays)) {
        diag_error(diag, PLACE_NONE, "calendar-shape",
                   "the calendar lacks \"holidays\" or \"workdays\"; fetch it again");
        return 1;
    }
    Calendar *calendar = mem_new(scratch, Calendar);
    calendar->first = date_make(DATE_YEAR_FIRST, 1, 1);
    read_days(calendar, holidays, DAY_OFF, diag);
    read_days(calendar, workdays, DAY_MADE_UP, diag);
    if (diag->errors > errors) return 1;
    *ret_calendar = talloc_steal(ctx, calendar);
    return 0;
}

bool calendar_is_workday(const Calendar *calendar, Date date) {
    DayMark mark = mark_of(calendar, date);
    return mark == DAY_MADE_UP || (mark == DAY_PLAIN && !is_weekend(date));
}

bool calendar_covers(const Calendar *calendar, Date date) {
    if (!date_is_valid(date)) return false;
    int year, month, day;
    date_split(date, &year, &month, &day);
    return calendar->covered[year - DATE_YEAR_FIRST];
}

Date calendar_add_workdays(const Calendar *calendar, Date start, int n) {
    for (Date date = start; date_is_valid(date); date++) {
        if (calendar_is_workday(calendar, date)) n--;
        if (n <= 0) return date;
    }
    return DATE_NONE;
}

int calendar_count_workdays(const Calendar *calendar, Date start, Date end) {
    if (end < start) return -calendar_count_workdays(calendar, end, start);
    int count = 0;
    for (Date date = start; date <= end; date++) count += calendar_is_workday(calendar, date);
    return count;
}
