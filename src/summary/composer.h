/* summary/composer.h: a text in the making: its figures, its lists, the words it is written in. Private to summary/. */
#ifndef SUMMARY_COMPOSER_H
#define SUMMARY_COMPOSER_H

#include "figure/target.h"
#include "summary/summary.h"
#include "tmpl/tmpl.h"

typedef struct Composer {
    Store *store;
    SummaryAsk ask;
    Lang lang;               /* of the template */
    SummaryFigure **figures; /* counted so far, each once */
    size_t n_figures;
    struct List **lists; /* fetched so far */
    size_t n_lists;
    Tmpl *tmpl; /* of the text */
    int fault;  /* the first that met a figure or list; the rest is then empty */
} Composer;

/* --- figures: book.c --- */

/* The figure of an indicator for a period, counted when it is first asked for. A fact that is not stated for the asked
 * period is taken for the longest period within that starts with it: January to April of a half-year. Lent by the
 * composer; NULL after a fault. */
const SummaryFigure *composer_figure(Composer *composer, const Indicator *indicator, Period period);
const SummaryFigure *composer_find_named(const Composer *composer, const char *name);

/* --- documents: compose.c --- */

/* A composed text as a document in its language; its headings have no numbers yet. 0, or 1 with findings. */
int composer_read(const void *ctx, const char *markdown, Diag *diag, Doc **ret_doc);

/* --- periods in words: period-words.c --- */

/* Without the year where outer has the same: 上半年, 1—4月. */
char *period_words_within(const void *ctx, Period period, Period outer, Lang lang);
char *day_words_within(const void *ctx, Date date, Period outer, Lang lang); /* 12月31日 */
int date_year(Date date);
Period period_after(Period period); /* the one that follows, as long */

/* --- names: view.c --- */

TmplValue view_root(Composer *composer);
/* The names a template may use: outside of lists, or as a face behind the name of a figure. */
bool view_has_name(const char *name);
bool view_has_item_name(const char *name); /* of the items of any list */
size_t view_names(const void *ctx, const char ***ret_names);

/* --- lists: list.c --- */

typedef struct Item {
    const Record *record;
    const SummaryFigure *figure; /* of the indicator that the record names, or NULL */
    Period period;               /* of the record, where it has one */
} Item;

typedef struct List {
    const char *name;
    Composer *composer;
    Item *items;
    size_t count;
} List;

/* A list of the report's head, or one of those every report has: open_targets, late_targets, met_targets,
 * next_targets. Fetched when it is first asked for. NULL when there is none of that name, or after a fault. */
const List *composer_list(Composer *composer, const char *name);
bool list_is_built_in(const char *name);
const char *list_built_in(size_t index); /* their names; NULL behind the last */

#endif
