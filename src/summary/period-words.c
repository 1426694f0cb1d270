/* summary/period-words.c: periods and days within others, as a text says them. */
#include <string.h>

#include "base/mem.h"
#include "summary/composer.h"

/* Words behind the year they begin with; all of them when there is nothing else. */
static char *without_year(const void *ctx, char *words, int year) {
    const char *said = mem_printf(ctx, "%d年", year);
    bool more = !strncmp(words, said, strlen(said)) && words[strlen(said)];
    return more ? words + strlen(said) : words;
}

char *period_words_within(const void *ctx, Period period, Period outer, Lang lang) {
    int year = date_year(outer.start);
    bool same = date_year(period.start) == year && date_year(period.end) == year;
    char *words = period_words(ctx, period, lang);
    return same ? without_year(ctx, words, year) : words;
}

char *day_words_within(const void *ctx, Date date, Period outer, Lang lang) {
    char *words = day_words(ctx, date, lang);
    return date_year(date) == date_year(outer.end) ? without_year(ctx, words, date_year(date)) : words;
}

int date_year(Date date) {
    int year, month, day;
    date_split(date, &year, &month, &day);
    return year;
}

Period period_after(Period period) {
    int year, month, day, months = period_months(period);
    date_split(period.end + 1, &year, &month, &day);
    int last = year * 12 + month - 1 + months; /* the month behind the last one, counted from year 0 */
    return (Period){period.end + 1, date_make(last / 12, last % 12 + 1, 1) - 1};
}
