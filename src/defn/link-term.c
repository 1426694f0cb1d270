/* defn/link-term.c: how long a state may last: so many days after it was entered, until a day that a field says, or
 * until a day of every year. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "defn/kind.h"
#include "defn/link.h"

#define WITHIN_MOST 9999 /* days or months */

static const struct {
    const char *word;
    TermUnit unit;
} units[] = {
    {"", TERM_WORKDAYS},  {" workday", TERM_WORKDAYS}, {" workdays", TERM_WORKDAYS}, {" day", TERM_DAYS},
    {" days", TERM_DAYS}, {" month", TERM_MONTHS},     {" months", TERM_MONTHS},
};

/* "5", "30 days", "1 month" */
static void read_within(const Linking *linking, State *state) {
    const char *text = state->within_text.text;
    char *rest;
    if (!text) return;
    long n = strtol(text, &rest, 10);
    for (size_t i = 0; i < sizeof units / sizeof units[0] && n > 0 && n <= WITHIN_MOST; i++) {
        if (strcmp(rest, units[i].word)) continue;
        state->within = n;
        state->within_unit = units[i].unit;
        return;
    }
    diag_error(linking->diag, state->within_text.at, "bad-term",
               "'%s' is no length of time; write working days as '5', or '30 days', or '2 months'", text);
}

/* "05-31": two digits each, and a day of every year. */
static bool read_yearly(State *state, const char *text) {
    int month, day, size = 0;
    if (strlen(text) != 5 || sscanf(text, "%2d-%2d%n", &month, &day, &size) != 2 || size != 5) return false;
    state->due_month = month;
    state->due_day = day;
    return true;
}

static void read_due(const Linking *linking, const Ledger *ledger, State *state) {
    const char *text = state->due_text.text;
    if (!text) return;
    if (read_yearly(state, text)) {
        if (date_make(2001, state->due_month, state->due_day) == DATE_NONE)
            diag_error(linking->diag, state->due_text.at, "bad-term",
                       "'%s' is not a day of every year; write it as 05-31", text);
        return;
    }
    state->due = link_field_named(linking, ledger, &state->due_text);
    if (state->due && state->due->kind && state->due->kind->type != TYPE_DATE)
        diag_error(linking->diag, state->due_text.at, "wrong-kind",
                   "'%s' is not a date; name a field of kind date, or a day of every year as 05-31", text);
}

void link_term(const Linking *linking, const Ledger *ledger, State *state) {
    const Name *term = state->within_text.text ? &state->within_text : &state->due_text;
    read_within(linking, state);
    read_due(linking, ledger, state);
    if (state->within_text.text && state->due_text.text)
        diag_error(linking->diag, state->due_text.at, "two-terms",
                   "'%s' has two terms, 'within' and 'due'; keep the one that holds", state->name.text);
    if (term->text && state->final)
        diag_error(linking->diag, state->name.at, "end-within",
                   "'%s' is final and lasts for ever; remove its '%s', or its 'final'", state->name.text,
                   state->within_text.text ? "within" : "due");
}
