/* summary/check.c: the names of a report's template, before anything is counted. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "summary/composer.h"
#include "summary/face.h"

typedef struct Checker {
    const Catalog *catalog;
    const Report *report;
    Diag *diag;
    const void *ctx;
} Checker;

/* Places of the template are lines of its body. */
static Place place_in_file(const Checker *checker, Place at) {
    at.file = checker->report->name.at.file;
    if (at.line && checker->report->body_line) at.line += checker->report->body_line - 1;
    return at;
}

static bool is_list(const Checker *checker, const char *name) {
    for (size_t i = 0; i < checker->report->n_lists; i++)
        if (!strcmp(checker->report->lists[i].name.text, name)) return true;
    return list_is_built_in(name);
}

/* The ledgers whose fields are names inside lists: those of the head, and the targets. */
static size_t ledgers_of(const Checker *checker, const Ledger ***ret_ledgers) {
    size_t n = 0;
    const Ledger **ledgers = mem_array(checker->ctx, const Ledger *, checker->report->n_lists + 1);
    for (size_t i = 0; i < checker->report->n_lists; i++)
        if (checker->report->lists[i].of) ledgers[n++] = checker->report->lists[i].of;
    const Ledger *targets = target_ledger(checker->catalog);
    if (targets) ledgers[n++] = targets;
    *ret_ledgers = ledgers;
    return n;
}

static bool is_item_name(const Checker *checker, const char *name) {
    const Ledger **ledgers;
    size_t n = ledgers_of(checker, &ledgers);
    for (size_t i = 0; i < n; i++)
        if (ledger_find_field(ledgers[i], name)) return true;
    return view_has_item_name(name);
}

static const char *nearest_name(const Checker *checker, const char *name) {
    const char **names;
    const Catalog *catalog = checker->catalog;
    size_t n = view_names(checker->ctx, &names);
    for (size_t i = 0; i < catalog->n_indicators; i++)
        *mem_push(checker->ctx, names, n) = catalog->indicators[i].name.text;
    for (size_t i = 0; i < checker->report->n_lists; i++)
        *mem_push(checker->ctx, names, n) = checker->report->lists[i].name.text;
    for (size_t i = 0; list_built_in(i); i++) *mem_push(checker->ctx, names, n) = list_built_in(i);
    const Ledger **ledgers;
    size_t n_ledgers = ledgers_of(checker, &ledgers);
    for (size_t i = 0; i < n_ledgers; i++)
        for (size_t k = 0; k < ledgers[i]->n_fields; k++)
            *mem_push(checker->ctx, names, n) = ledgers[i]->fields[k].name.text;
    return text_nearest(name, names, n);
}

static void refuse_name(const Checker *checker, Place at, const char *name) {
    const char *near = nearest_name(checker, name);
    if (near)
        diag_error(checker->diag, at, "unknown-name", "no indicator, list or field is called '%s'; did you mean '%s'",
                   name, near);
    else
        diag_error(checker->diag, at, "unknown-name",
                   "no indicator, list or field is called '%s'; correct the name or define the indicator", name);
}

static void refuse_face(const Checker *checker, Place at, const char *name, const char *face) {
    Buf known = BUF_INIT(checker->ctx);
    for (const Face *row = faces; row->name; row++) buf_printf(&known, "%s.%s", known.size ? ", " : "", row->name);
    diag_error(checker->diag, at, "unknown-face", "'%s' has no face '.%s'; it has %s", name, face, buf_text(&known));
}

static void check_name(const Checker *checker, const TmplName *used) {
    Place at = place_in_file(checker, used->at);
    const char *dot = strchr(used->name, '.');
    if (dot == used->name) return; /* {{.}}: the value itself */
    if (!dot) {
        bool known = view_has_name(used->name) || is_list(checker, used->name) || is_item_name(checker, used->name) ||
                     catalog_find_indicator(checker->catalog, used->name);
        if (!known) refuse_name(checker, at, used->name);
        return;
    }
    const char *first = mem_strndup(checker->ctx, used->name, (size_t)(dot - used->name));
    if (strcmp(first, "figure") && !catalog_find_indicator(checker->catalog, first))
        refuse_name(checker, at, first);
    else if (!face_find(dot + 1))
        refuse_face(checker, at, first, dot + 1);
}

int summary_check_report(const Catalog *catalog, const Report *report, Diag *diag) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Checker checker = {catalog, report, diag, scratch};
    Diag *found = diag_new(scratch);
    Tmpl *tmpl;
    int wrong = tmpl_compile(scratch, report->name.text, report->body, report->body_size, found, &tmpl);
    for (size_t i = 0; i < found->count; i++) {
        const Finding *one = &found->list[i];
        diag_add(diag, one->level, place_in_file(&checker, one->at), one->code, one->value, one->say);
    }
    if (wrong) return 1;
    size_t before = diag->errors;
    const TmplName *names;
    size_t n = tmpl_names(tmpl, &names);
    for (size_t i = 0; i < n; i++) check_name(&checker, &names[i]);
    return diag->errors > before;
}
