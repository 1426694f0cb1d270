/* base/date.h: days, UTC instants, reporting periods and working days.
 *
 * A Date is the number of days since 1970-01-01 in the proleptic Gregorian calendar; years 1900 to 2199.
 * Data always shows ISO dates. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

typedef int32_t Date;
#define DATE_NONE       INT32_MIN
#define DATE_YEAR_FIRST 1900
#define DATE_YEAR_LAST  2199

Date date_make(int year, int month, int day); /* DATE_NONE when there is no such day */
bool date_is_valid(Date date);                /* a day of the years above; who adds days must ask */
/* This and the formats below take valid dates only. */
void date_split(Date date, int *ret_year, int *ret_month, int *ret_day);
Date date_parse_iso(const char *text);     /* exactly YYYY-MM-DD, else DATE_NONE */
Date date_parse_lenient(const char *text); /* also 2020/6/30 2020.6.30 2020年6月30日 20200630, full-width digits */
#define DATE_ISO_SIZE 11
void date_format_iso(Date date, char ret_text[DATE_ISO_SIZE]);
char *date_iso(const void *ctx, Date date);           /* the same, owned by ctx; "" for DATE_NONE */
char *date_format_zh(const void *ctx, Date date);     /* 2020年6月30日: no leading zeros (GB/T 9704) */
Date date_from_excel(double serial, bool since_1904); /* spreadsheet serial day, 1900 system with its false leap day */
Date date_today(void); /* in China (UTC+8); KEZHANG_TODAY=YYYY-MM-DD overrides for tests */

#define DAY_SECONDS (24 * 60 * 60)
/* An instant as ISO text in UTC with milliseconds: 2020-07-05T02:11:09.123Z. */
#define INSTANT_SIZE 25
void instant_now(char ret_text[INSTANT_SIZE]);
/* The last instant of a day in China (UTC+8), for "as it stood on". */
void instant_end_of(Date date, char ret_text[INSTANT_SIZE]);
/* Seconds since 1970 of such an instant; its milliseconds are left out. */
int64_t instant_seconds(const char *instant);
/* The instant so many seconds later; whole seconds before 1900 or after 2199 are a programming error. */
void instant_add(const char *instant, int64_t seconds, char ret_text[INSTANT_SIZE]);
/* The day in China (UTC+8) that the instant falls on. */
Date instant_day(const char *instant);

/* The same as clocks in China show it: 2020-07-05 10:11. */
#define INSTANT_LOCAL_SIZE 17
void instant_local(const char *instant, char ret_text[INSTANT_LOCAL_SIZE]);

/* A reporting period: whole months, both ends inside. Written 2020, 2020H1, 2020Q2, 2020-06, 2020-01..2020-04. */
typedef struct Period {
    Date start;
    Date end;
} Period;

/* Reads any of the forms above, also 2020年, 2020年上半年, 2020年1—4月, 2020年第二季度; false when it is none. */
bool period_parse(const char *text, Period *ret_period);
/* The one stored form, YYYY-MM..YYYY-MM, 16 characters. */
#define PERIOD_SIZE 17
void period_format(Period period, char ret_text[PERIOD_SIZE]);
char *period_format_short(const void *ctx, Period period); /* 2020H1, 2020-01..2020-04 */
char *period_format_zh(const void *ctx, Period period);    /* 2020年上半年, 2020年1—4月 */
Period period_year_before(Period period);
/* So many months later (earlier when negative), of the same length. Both ends DATE_NONE beyond the years above. */
Period period_move(Period period, int months);
/* The one of so many months (1, 3, 6, 12) of a year that a day lies in. */
Period period_around(Date day, int months);

bool period_is_same(Period a, Period b);
bool period_contains(Period outer, Period inner);
int period_months(Period period);

/* Working days: Monday to Friday less days off, plus make-up days (State Council notices, one list a year). */
typedef struct Calendar Calendar;
/* Reads the JSON object {"holidays": {"2020-01-01": "…"}, "workdays": {"2020-01-19": "…"}} (the shape of the
 * chinese-days data). Owned by ctx. Returns 0, or 1 with findings in diag. */
int calendar_read(const void *ctx, const char *json, size_t size, Diag *diag, Calendar **ret_calendar);
bool calendar_is_workday(const Calendar *calendar, Date date);
/* False for a year without a published list: results are then provisional. */
bool calendar_covers(const Calendar *calendar, Date date);
/* Last day of a term of n working days; the start day counts when it is one (practice of public notices). */
Date calendar_add_workdays(const Calendar *calendar, Date start, int n);
/* Working days from start to end, both inside; negative when end is before start. */
int calendar_count_workdays(const Calendar *calendar, Date start, Date end);

#endif
