/* sheet/number.h: spreadsheet numbers as a person sees them, and their number formats. */
#ifndef SHEET_NUMBER_H
#define SHEET_NUMBER_H

#include <stdbool.h>

#include "base/date.h"

#define NUMBER_SIZE 64 /* room for any number as text */
#define MOMENT_SIZE 24 /* room for a date with its time of day */

/* The shortest text that reads back as the same number, at most 17 significant digits: plain notation from 1e-21
 * to 1e21, an exponent outside. Assumes that LC_NUMERIC is "C". */
void number_text(double number, char ret_text[NUMBER_SIZE]);

typedef enum { MOMENT_NONE, MOMENT_DATE, MOMENT_TIME } MomentKind;

/* Reads a serial day: "2020-06-30" or "2020-06-30 12:30:00" and the date; below one day "12:30:00" (MOMENT_TIME);
 * MOMENT_NONE and nothing else when no date from 1900 to 2199 has this number. */
MomentKind number_moment(double serial, bool since_1904, Date *ret_date, char ret_text[MOMENT_SIZE]);
double number_of_date(Date date); /* its serial day in the 1900 system, as Excel counts */

/* "95%" for 0.95, without the noise that multiplying makes. */
void number_percent_text(double number, char ret_text[NUMBER_SIZE]);

/* What a number format shows: by its built-in id, or by its code (y, m or d, or a % outside quotes and brackets). */
typedef enum { SHOWS_NUMBER, SHOWS_DATE, SHOWS_PERCENT } NumberShows;
NumberShows number_format_id_shows(unsigned id);
NumberShows number_format_shows(const char *code);

#endif
