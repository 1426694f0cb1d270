/* summary/compose.c: template → figures → Markdown → document.
 *
 * The template is rendered over one unchanging state of the ledgers; figures are counted as they are met. What then
 * has nothing to say vanishes (prose.h), and the figures that stand in what is left are listed in the annex. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "summary/annex.h"
#include "summary/composer.h"
#include "summary/prose.h"

#define FIGURE_LINK "](figure:"
#define RECORD_LINK "](record:"

/* The language a template or a text is written in. */
static Lang language_of(const char *text, size_t size) {
    const char *end = text + size;
    for (const char *at = text; at < end;)
        if (text_is_han(text_next(&at, end))) return LANG_ZH;
    return LANG_EN;
}

/* Findings of the check have said what is wrong with the template, so it compiles. */
static int render(Composer *composer, Diag *diag, Buf *out) {
    const Report *report = composer->ask.report;
    const char *body = prose_mark_lines(composer, report->body, report->body_size);
    if (tmpl_compile(composer, report->name.text, body, strlen(body), diag, &composer->tmpl)) return 1;
    int result = tmpl_render(composer->tmpl, view_root(composer), prose_escape, NULL, diag, out);
    return composer->fault ? composer->fault : result;
}

static int render_unchanging(Composer *composer, Diag *diag, Buf *out) {
    int fault = db_begin(composer->store->db, DB_SNAPSHOT);
    if (fault) return fault;
    int result = render(composer, diag, out);
    db_rollback(composer->store->db); /* nothing was written */
    return result;
}

/* --- what stands in the text --- */

static SummaryFigure *find_used(const Summary *summary, const char *name) {
    for (size_t i = 0; i < summary->n_figures; i++)
        if (!strcmp(summary->figures[i].name, name)) return &summary->figures[i];
    return NULL;
}

static void collect_figures(const Composer *composer, Summary *summary) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    for (const char *at = summary->markdown; (at = strstr(at, FIGURE_LINK));) {
        at += strlen(FIGURE_LINK);
        const char *name = mem_strndup(scratch, at, strcspn(at, ")"));
        SummaryFigure *used = find_used(summary, name);
        const SummaryFigure *counted = used ? NULL : composer_find_named(composer, name);
        if (counted) {
            used = mem_push(summary, summary->figures, summary->n_figures);
            *used = *counted;
        }
        if (used) used->uses++;
    }
}

static bool stands_there(const Summary *summary, const Indicator *indicator) {
    for (size_t i = 0; i < summary->n_figures; i++)
        if (summary->figures[i].figure->ask.indicator == indicator) return true;
    for (size_t i = 0; i < summary->n_silent; i++)
        if (summary->silent[i] == indicator) return true;
    return false;
}

static void collect_silent(const Composer *composer, Summary *summary) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const TmplName *names;
    size_t n = tmpl_names(composer->tmpl, &names);
    for (size_t i = 0; i < n; i++) {
        const char *name = mem_strndup(scratch, names[i].name, strcspn(names[i].name, "."));
        const Indicator *indicator = catalog_find_indicator(composer->store->catalog, name);
        if (indicator && !stands_there(summary, indicator))
            *mem_push(summary, summary->silent, summary->n_silent) = indicator;
    }
}

static const char *title_of(const Summary *summary) {
    for (size_t i = 0; i < summary->doc->n_blocks; i++) {
        const Block *block = &summary->doc->blocks[i];
        if (block->kind != BLOCK_TITLE) continue;
        Buf title = BUF_INIT(summary);
        for (size_t k = 0; k < block->n_runs; k++) buf_add(&title, block->runs[k].text);
        return buf_text(&title);
    }
    return label_text(summary->ask.report->title);
}

/* Documents follow figure links only: there a record opens like a figure, under the name record:LEDGER/ID. */
static const char *with_records_as_figures(const void *ctx, const char *markdown) {
    Buf out = BUF_INIT(ctx);
    for (const char *at; (at = strstr(markdown, RECORD_LINK)); markdown = at + strlen("](")) {
        buf_add_bytes(&out, markdown, (size_t)(at - markdown));
        buf_add(&out, FIGURE_LINK);
    }
    buf_add(&out, markdown);
    return buf_text(&out);
}

int composer_read(const void *ctx, const char *markdown, Diag *diag, Doc **ret_doc) {
    *ret_doc = doc_new(ctx);
    (*ret_doc)->lang = language_of(markdown, strlen(markdown)) == LANG_ZH ? "zh-CN" : "en";
    const char *source = with_records_as_figures(ctx, markdown);
    return doc_from_markdown(*ret_doc, source, strlen(source), diag);
}

static AnnexRow annex_row(const Summary *summary, const SummaryFigure *used) {
    const Figure *figure = used->figure;
    const Indicator *indicator = figure->ask.indicator;
    return (AnnexRow){.name = used->name,
                      .title = label_text(indicator->title),
                      .value = figure->value.known ? figure_print(summary, indicator, figure->value) : "—",
                      .caliber = label_text(indicator->caliber),
                      .period = figure->ask.period,
                      .count = figure->count,
                      .hash = figure->hash};
}

static int make_document(Summary *summary, Lang lang, Diag *diag) {
    int result = composer_read(summary, summary->markdown, diag, &summary->doc);
    if (result) return result;
    summary->doc->lang = lang == LANG_ZH ? "zh-CN" : "en";
    summary->title = title_of(summary);
    summary->doc->title = summary->title;
    AnnexRow *rows = mem_array(summary, AnnexRow, summary->n_figures + 1);
    for (size_t i = 0; i < summary->n_figures; i++) rows[i] = annex_row(summary, &summary->figures[i]);
    annex_add(summary->doc, rows, summary->n_figures, annex_day(summary));
    doc_number_headings(summary->doc);
    return 0;
}

/* The composer ends with the summary: its figures are lent. */
static int finish(Composer *composer, Summary *summary, const char *rendered, Diag *diag) {
    summary->ask = composer->ask;
    summary->markdown = prose_settle(summary, rendered);
    collect_figures(composer, summary);
    collect_silent(composer, summary);
    char *now = mem_array(summary, char, INSTANT_SIZE);
    instant_now(now);
    summary->made_at = now;
    return make_document(summary, composer->lang, diag);
}

static int compose(Store *store, const SummaryAsk *ask, Lang lang, Diag *diag, Summary *summary) {
    Composer *composer = mem_new(summary, Composer);
    *composer = (Composer){.store = store, .ask = *ask, .lang = lang};
    Buf out = BUF_INIT(composer);
    int result = render_unchanging(composer, diag, &out);
    if (result) return result;
    return finish(composer, summary, buf_text(&out), diag);
}

int summary_compose(const void *ctx, Store *store, const SummaryAsk *ask, Diag *diag, Summary **ret_summary) {
    if (summary_check_report(store->catalog, ask->report, diag)) return 1;
    Lang before = lang_current(), lang = language_of(ask->report->body, ask->report->body_size);
    Summary *summary = mem_new(ctx, Summary);
    lang_use(lang);
    int result = compose(store, ask, lang, diag, summary);
    lang_use(before);
    if (result)
        talloc_free(summary);
    else
        *ret_summary = summary;
    return result;
}

bool summary_is_chinese(const Report *report) { return language_of(report->body, report->body_size) == LANG_ZH; }

/* The words of a composed line; "" where something in it has nothing to say. */
static const char *plain_words(const void *ctx, const char *markdown, Diag *unsaid) {
    Doc *doc;
    Buf out = BUF_INIT(ctx);
    if (strstr(markdown, PROSE_HOLE) || composer_read(ctx, markdown, unsaid, &doc)) return "";
    for (size_t i = 0; i < doc->n_blocks; i++)
        for (size_t k = 0; k < doc->blocks[i].n_runs; k++) buf_add(&out, doc->blocks[i].runs[k].text);
    return buf_text(&out);
}

static const char *compose_line(const void *ctx, Composer *composer, const char *line) {
    Diag *unsaid = diag_new(composer);
    Buf out = BUF_INIT(composer);
    Tmpl *tmpl;
    bool fine = !tmpl_compile(composer, "", line, strlen(line), unsaid, &tmpl) &&
                !tmpl_render(tmpl, view_root(composer), prose_escape, NULL, unsaid, &out);
    return fine ? plain_words(ctx, buf_text(&out), unsaid) : line;
}

int summary_lines(const void *ctx, Store *store, const SummaryAsk *ask, const char *const *lines, size_t n,
                  const char **ret_words) {
    Lang before = lang_current();
    Composer *composer = mem_new(ctx, Composer);
    *composer = (Composer){.store = store, .ask = *ask, .lang = language_of(ask->report->body, ask->report->body_size)};
    lang_use(composer->lang);
    for (size_t i = 0; i < n; i++)
        ret_words[i] = strstr(lines[i], "{{") ? compose_line(ctx, composer, lines[i]) : lines[i];
    lang_use(before);
    return composer->fault;
}

void summary_keep(Store *store, const Summary *summary) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Figure **figures = mem_array(scratch, const Figure *, summary->n_figures);
    for (size_t i = 0; i < summary->n_figures; i++) figures[i] = summary->figures[i].figure;
    figure_keep(store, figures, summary->n_figures);
}
