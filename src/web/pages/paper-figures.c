/* web/pages/paper-figures.c: figures to put into a text: found by name, other name or pinyin, shown with their value
 * and what they count, and put in one of the ways that prose speaks of a number. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/texts.h"

#define FOUND_MOST 12 /* figures shown for what was typed */

/* --- the ways --- */

/* What is written for a figure; % stands for its name. A way is offered while its face has something to say; what is
 * written stays without it in a period that has no such thing. */
static const struct {
    const char *name, *face;
    Label template;
} ways[] = {
    {N_("value"), "{{%}}", {"{{%}}", "{{%}}"}},
    {N_("round form"), "{{%.about}}", {"{{%.about}}", "{{%.about}}"}},
    {N_("with growth on a year before"),
     "{{%.growth}}",
     {"{{%}}{{#%.growth}}，同比{{%.growth}}{{/%.growth}}",
      "{{%}}{{#%.growth}}, {{%.growth}} on a year before{{/%.growth}}"}},
    {N_("with a year before"),
     "{{%.year_before}}",
     {"{{%}}{{#%.year_before}}（上年同期{{%.year_before}}）{{/%.year_before}}",
      "{{%}}{{#%.year_before}} (a year before {{%.year_before}}){{/%.year_before}}"}},
    {N_("with its target"),
     "{{%.share}}",
     {"{{%}}{{#%.share}}，完成年度目标{{%.target}}的{{%.share}}{{/%.share}}",
      "{{%}}{{#%.share}}, {{%.share}} of the target of {{%.target}}{{/%.share}}"}},
};
#define N_WAYS (sizeof ways / sizeof ways[0])

static const char *name_in(const void *ctx, const char *template, const char *name) {
    Buf out = BUF_INIT(ctx);
    for (const char *at = template; *at; at++)
        if (*at == '%')
            buf_add(&out, name);
        else
            buf_char(&out, *at);
    return buf_text(&out);
}

static int add_ways(Visit *visit, const OpenPaper *open, const Indicator *indicator, json_t *model) {
    const SummaryAsk ask = {open->report, open->paper->period, DATE_NONE};
    const bool zh = summary_is_chinese(open->report);
    const char *lines[2 * N_WAYS], *words[2 * N_WAYS]; /* the templates, then the faces */
    for (size_t i = 0; i < N_WAYS; i++) {
        lines[i] = name_in(visit->ctx, zh ? ways[i].template.zh : ways[i].template.en, indicator->name.text);
        lines[N_WAYS + i] = name_in(visit->ctx, ways[i].face, indicator->name.text);
    }
    int fault = summary_lines(visit->ctx, visit->store, &ask, lines, 2 * N_WAYS, words);
    json_t *array = page_array();
    for (size_t i = 0; !fault && i < N_WAYS; i++) {
        if (!*words[i] || !*words[N_WAYS + i]) continue;
        json_t *object = page_object();
        page_set_text(object, "name", _(ways[i].name));
        page_set_text(object, "tag", lines[i]);
        page_set_text(object, "words", words[i]);
        json_array_append_new(array, object);
    }
    page_set(model, "any", json_boolean(json_array_size(array) > 0));
    page_set(model, "ways", array);
    return fault;
}

/* --- found --- */

typedef enum { NOT_FOUND, FOUND_WITHIN, FOUND_BEGINS, FOUND_WHOLE } Match;

static Match match_one(const char *text, const char *typed) {
    const char *at = strstr(text, typed);
    return !at ? NOT_FOUND : at != text ? FOUND_WITHIN : at[strlen(typed)] ? FOUND_BEGINS : FOUND_WHOLE;
}

/* How well what was typed names it: by its name, title or another name of it, or by how these are typed in pinyin. */
static Match match(const void *ctx, const Indicator *indicator, const char *typed) {
    const char *titles[] = {indicator->title.zh, indicator->title.en, indicator->name.text};
    const size_t n = sizeof titles / sizeof titles[0];
    Match best = NOT_FOUND;
    for (size_t i = 0; i < n + indicator->aliases.count; i++) {
        const char *title = i < n ? titles[i] : indicator->aliases.list[i - n].text;
        if (!title) continue;
        const char *spellings[] = {text_fold(ctx, title), text_pinyin(ctx, title), text_initials(ctx, title)};
        for (size_t k = 0; k < sizeof spellings / sizeof spellings[0]; k++) {
            Match found = match_one(spellings[k], typed);
            if (found > best) best = found;
        }
    }
    return best;
}

static int add_found(Visit *visit, const OpenPaper *open, const Indicator *indicator, json_t *array) {
    Figure *figure;
    const FigureAsk ask = {indicator, open->paper->period, DATE_NONE};
    int fault = figure_total(visit->ctx, visit->store, &ask, &figure);
    if (fault) return fault;
    json_t *object = page_object();
    page_set_text(object, "title", label_text(indicator->title));
    page_set_text(object, "value", text_number_or(visit, indicator, figure->value));
    page_set_text(object, "caliber", label_text(indicator->caliber));
    json_array_append_new(array, object);
    return add_ways(visit, open, indicator, object);
}

/* The best first. */
static int add_all_found(Visit *visit, const OpenPaper *open, const char *typed, json_t *array) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Catalog *catalog = visit->store->catalog;
    Match *matches = mem_array(scratch, Match, catalog->n_indicators + 1);
    int fault = 0;
    for (size_t i = 0; i < catalog->n_indicators; i++) matches[i] = match(scratch, &catalog->indicators[i], typed);
    for (Match wanted = FOUND_WHOLE; wanted > NOT_FOUND; wanted--)
        for (size_t i = 0; !fault && i < catalog->n_indicators && json_array_size(array) < FOUND_MOST; i++)
            if (matches[i] == wanted) fault = add_found(visit, open, &catalog->indicators[i], array);
    return fault;
}

static int find_figures(Visit *visit) {
    OpenPaper open;
    int fault = paper_open(visit, &open);
    if (fault) return fault;
    const char *typed = text_fold(visit->ctx, visit_query(visit, "figure"));
    json_t *model = page_object(), *array = page_array();
    page_set(model, "figures", array);
    if (*typed) fault = add_all_found(visit, &open, typed, array);
    page_set(model, "none", json_boolean(*typed && !json_array_size(array)));
    return fault ? fault : frame_show_part(visit, "paper-figures", model);
}

const WebRoute routes_paper_figures[] = {
    {HTTP_GET, "/reports/drafts/{draft}/figures", "report:write", find_figures, .waits = true},
    {0},
};
