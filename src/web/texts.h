/* web/texts.h: what pages of summaries share: the text with its numbers as links, its outline, people and times in
 * words. Private to web/. */
#ifndef WEB_TEXTS_H
#define WEB_TEXTS_H

#include "figure/page.h"
#include "summary/paper.h"
#include "summary/summary.h"
#include "web/visit.h"

/* A text on a page: its numbers lead to /reports/REPORT/figure?name=NAME&period=PERIOD. */
typedef struct TextPlace {
    const Visit *visit;
    const char *report;
    Period period;
    int64_t issue; /* beside the number that went out, or 0 */
} TextPlace;

/* Adds "body" (HTML) and "outline" ([{"id", "text", "deep"}]) of a document. */
void text_add(json_t *model, Doc *doc, TextPlace *place);
/* The same of a text that is being written: numbers that were typed are marked (typed.h); adds "n_figures", "n_typed"
 * and, of the figures that have nothing to say, "n_silent" and "silent". 0, or a fault. */
int text_add_draft(json_t *model, const Summary *summary, TextPlace *place);

/* A field of the form that holds lines: browsers send them ended by CR LF, here they end as in our files. */
const char *text_form(const Visit *visit, const char *name);
/* The report that the path names, or NULL. */
const Report *text_report(const Visit *visit);
/* The period of the report that a day is in, and the one before a period. */
Period text_period_of(const Report *report, Date day);
Period text_period_before(const Report *report, Period period);

/* The report and period that an address asks for; the period that ended last when it names none. */
bool text_read_ask(const Visit *visit, SummaryAsk *ret_ask);

/* The number in words, or a dash. */
const char *text_number_or(const Visit *visit, const Indicator *indicator, FigureNumber number);

/* The figure of another summary that stands for the same; NULL: there is none. */
const SummaryFigure *text_find_like(const Summary *summary, const SummaryFigure *wanted);
/* The records behind a figure (figure/page.h) are told to whoever may see all of its ledgers: of fewer the rows would
 * not make the number. Takes them out of the model else. 0, or a fault. */
int text_sees_rows(const Visit *visit, const char *indicator, bool *ret_all);
int text_hide_rows(const Visit *visit, const char *indicator, json_t *model);

/* The same where the answer is to carry them, for a figure and for a form of a summary. 0, WEB_REFUSED with a finding,
 * or a fault. */
int text_may_open_figure(const Visit *visit, const Indicator *indicator);
int text_may_open(const Visit *visit, const SummaryFormat *format, const Summary *summary);

/* Answers with a file that `write` makes, under a name to be saved by. */
typedef int (*TextWrite)(const char *path, Diag *diag, void *data);
int text_send_file(Visit *visit, const char *name, TextWrite write, void *data);

#endif
