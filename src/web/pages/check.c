/* web/pages/check.c: a text held against the ledgers: given as a file or pasted, shown with its figures marked, each
 * finding taken or turned down by somebody, and a copy that says so. */
#include "check/check.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "ledger/checked.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/texts.h"
#include "web/words.h"

#define UPLOAD_MAX   (READING_FILE_MAX + WEB_FORM_MAX)
#define PASTED_WORDS 24u /* of a pasted text, for its name */

/* --- those of before --- */

static int show_all_with(Visit *visit, const char *text) {
    CheckedText *list;
    size_t n = 0;
    int fault = checked_list(visit->ctx, visit->store, visit->mandate->login, &list, &n);
    json_t *model = page_object(), *array = page_array();
    for (size_t i = 0; !fault && i < n; i++) {
        json_t *object = page_object();
        page_set_text(object, "url", mem_printf(visit->ctx, "/check/%s", list[i].id));
        page_set_text(object, "name", list[i].name);
        page_set_text(object, "when", words_moment(visit->ctx, list[i].at));
        page_set(object, "claims", json_integer(list[i].claims));
        page_set(object, "differ", json_integer(list[i].differ));
        page_set(object, "remarks", json_integer(list[i].remarks));
        json_array_append_new(array, object);
    }
    page_set(model, "checked", array);
    page_set(model, "any", json_boolean(n > 0));
    page_set(model, "days", json_integer(CHECKED_DAYS));
    page_set_text(model, "text", text);
    page_set_text(model, "period", visit_form(visit, "period"));
    page_set(model, "findings", frame_findings(visit));
    return fault ? fault : frame_show(visit, "check", _("Check"), model);
}

static int show_all(Visit *visit) { return show_all_with(visit, ""); }

/* --- a new one --- */

typedef struct Given {
    const char *name;
    const char *bytes;
    size_t size;
} Given;

/* A file goes before what was pasted. 0, or 1 with a finding. */
static int read_given(Visit *visit, Given *ret_given) {
    const HttpFile *file = http_file(visit->request, "file");
    const char *text = text_form(visit, "text");
    if (file && file->size) {
        char *bytes;
        ret_given->name = *file->name ? file->name : "text";
        if (file_read(visit->ctx, file->path, READING_FILE_MAX, visit->diag, &bytes, &ret_given->size)) return 1;
        ret_given->bytes = bytes;
        return 0;
    }
    if (!text[strspn(text, " \t\r\n")]) {
        diag_error(visit->diag, PLACE_NONE, "nothing-given",
                   "there is nothing to check; choose a file or paste a text");
        return 1;
    }
    const char *first = mem_strndup(visit->ctx, text, strcspn(text, "\r\n"));
    *ret_given = (Given){text_shorten(visit->ctx, *first ? first : text, PASTED_WORDS), text, strlen(text)};
    return 0;
}

static int run_check(Visit *visit, const Given *given, Period period, Checked **ret_checked) {
    Reading *reading;
    if (reading_from_bytes(visit->ctx, given->name, given->bytes, given->size, visit->diag, &reading)) return 1;
    return check_text(visit->ctx, &(CheckAsk){reading, visit->store->catalog, visit->store, period}, ret_checked);
}

static int take_text(Visit *visit, const char **ret_id) {
    Given given;
    Checked *checked;
    Period period = {DATE_NONE, DATE_NONE};
    const char *word = visit_form(visit, "period");
    if (*word && !period_parse(word, &period)) {
        diag_error(visit->diag, PLACE_NONE, "not-a-period", "'%s' is no period; write 2020, 2020H1, 2020Q2 or 2020-06",
                   word);
        return 1;
    }
    int result = read_given(visit, &given);
    if (!result) result = run_check(visit, &given, period, &checked);
    if (result) return result;
    const CheckedText text = {.login = visit->mandate->login,
                              .at = visit->now,
                              .name = given.name,
                              .period = period,
                              .claims = (int64_t)checked->n_claims,
                              .differ = (int64_t)check_differing(checked),
                              .remarks = (int64_t)checked->n_remarks};
    return checked_keep(visit->ctx, visit->store, &text, given.bytes, given.size, visit->diag, ret_id);
}

static int check_new(Visit *visit) {
    const char *id;
    int result = take_text(visit, &id);
    if (result < 0) return result;
    if (!result) {
        visit_tell(visit, "check", json_string(id));
        return visit_go(visit, mem_printf(visit->ctx, "/check/%s", id));
    }
    result = show_all_with(visit, text_form(visit, "text"));
    return result ? result : WEB_WRONG;
}

/* --- one --- */

typedef struct OpenCheck {
    CheckedText *text;
    const char *path;
    Checked *checked;
    CheckedMark *marks;
    size_t n_marks;
} OpenCheck;

static int open_text(Visit *visit, OpenCheck *open) {
    const char *id = visit_segment(visit, "check");
    int result = checked_id_is_fine(id) ? checked_find(visit->ctx, visit->store, id, &open->text) : 1;
    if (result) return result < 0 ? result : WEB_MISSING;
    open->path = checked_path(visit->ctx, visit->store, id);
    return checked_marks(visit->ctx, visit->store, id, &open->marks, &open->n_marks);
}

/* Checks it anew: what the page says is what the ledgers say now. */
static int open_check(Visit *visit, OpenCheck *open) {
    char *bytes;
    Given given;
    int result = open_text(visit, open);
    if (result) return result;
    given.name = open->text->name;
    if (file_read(visit->ctx, open->path, READING_FILE_MAX, visit->diag, &bytes, &given.size)) return WEB_MISSING;
    given.bytes = bytes;
    result = run_check(visit, &given, open->text->period, &open->checked);
    return result > 0 ? WEB_WRONG : result;
}

static const CheckedMark *find_mark(const OpenCheck *open, const char *place) {
    for (size_t i = 0; i < open->n_marks; i++)
        if (!strcmp(open->marks[i].place, place)) return &open->marks[i];
    return NULL;
}

typedef struct Taking {
    const Visit *visit;
    const OpenCheck *open;
    size_t done;
} Taking;

static bool is_taken(const char *at, void *data, CheckTaken *ret_taken) {
    const Taking *taking = data;
    const CheckedMark *mark = find_mark(taking->open, at);
    if (!mark || strcmp(mark->mark, "accepted") != 0) return false;
    *ret_taken = (CheckTaken){words_person(taking->visit, mark->actor), mark->at};
    return true;
}

/* What people said, beside each finding. */
static void add_marks(Visit *visit, const OpenCheck *open, json_t *model) {
    json_t *found = json_object_get(model, "found");
    size_t n_taken = 0;
    for (size_t i = 0; i < json_array_size(found); i++) {
        json_t *one = json_array_get(found, i);
        const CheckedMark *mark = find_mark(open, json_string_value(json_object_get(one, "at")));
        bool taken = mark && !strcmp(mark->mark, "accepted"), corrects = json_is_true(json_object_get(one, "corrects"));
        page_set(one, "accepted", json_boolean(taken));
        page_set(one, "rejected", json_boolean(mark && !strcmp(mark->mark, "rejected")));
        page_set_text(one, "words", mark ? mark->words : "");
        page_set_text(one, "marked_by", mark ? words_person(visit, mark->actor) : NULL);
        page_set_text(one, "marked_at", mark ? words_moment(visit->ctx, mark->at) : NULL);
        n_taken += taken && corrects;
    }
    page_set(model, "n_taken", json_integer((json_int_t)n_taken));
}

static int hide_rows(const Visit *visit, json_t *model) {
    json_t *sources = json_object_get(model, "sources");
    int fault = 0;
    for (size_t i = 0; !fault && i < json_array_size(sources); i++) {
        json_t *source = json_array_get(sources, i);
        fault = text_hide_rows(visit, json_string_value(json_object_get(source, "indicator")), source);
    }
    return fault;
}

static int show_check(Visit *visit) {
    OpenCheck open;
    json_t *model;
    int result = open_check(visit, &open);
    if (!result) result = check_page(visit->ctx, open.checked, visit->store, open.text->name, visit->diag, &model);
    if (result) return result == 1 && visit->diag->errors ? WEB_WRONG : result;
    result = hide_rows(visit, model);
    if (result) return result;
    add_marks(visit, &open, model);
    page_set_text(model, "url", visit->request->path);
    page_set_text(model, "name", open.text->name);
    page_set_text(model, "who", words_person(visit, open.text->login));
    page_set_text(model, "when", words_moment(visit->ctx, open.text->at));
    page_set(model, "is_docx", json_boolean(open.checked->reading->form == READING_DOCX));
    page_set(model, "corrects", json_boolean(open.checked->reading->form != READING_HTML));
    json_incref(model);
    return frame_show(visit, "check-result", open.text->name, model);
}

/* --- what somebody says to a finding --- */

static int mark_finding(Visit *visit) {
    OpenCheck open;
    int result = open_text(visit, &open);
    const char *wanted = visit_form(visit, "mark"), *at = visit_form(visit, "at");
    if (result) return result;
    bool known = !*wanted || !strcmp(wanted, "accepted") || !strcmp(wanted, "rejected");
    if (!known || !*at) return WEB_BAD;
    const CheckedMark mark = {.place = at,
                              .mark = wanted,
                              .words = visit_form(visit, "words"),
                              .at = visit->now,
                              .actor = visit->mandate->login};
    result = checked_mark(visit->store, open.text->id, &mark);
    return result ? result : visit_go(visit, mem_printf(visit->ctx, "/check/%s#found-title", open.text->id));
}

/* --- copies --- */

static int write_docx(const char *path, Diag *diag, void *data) {
    const OpenCheck *open = data;
    return check_to_docx(open->checked, open->path, path, diag);
}

static int write_corrected(const char *path, Diag *diag, void *data) {
    Taking *taking = data;
    const OpenCheck *open = taking->open;
    return check_to_corrected(open->checked, open->path, is_taken, data, path, diag, &taking->done);
}

static int send_docx(Visit *visit) {
    OpenCheck open;
    int result = open_check(visit, &open);
    return result ? result : text_send_file(visit, open.text->name, write_docx, &open);
}

static int send_corrected(Visit *visit) {
    OpenCheck open;
    int result = open_check(visit, &open);
    if (result) return result;
    if (open.checked->reading->form == READING_HTML) return WEB_MISSING;
    const char *extension = file_extension(open.text->name), *name = open.text->name;
    Taking taking = {visit, &open, 0};
    if (!*extension) name = mem_printf(visit->ctx, "%s.txt", name);
    return text_send_file(visit, name, write_corrected, &taking);
}

/* --- for programs --- */

static int answer_all(Visit *visit) {
    CheckedText *texts;
    size_t n = 0;
    int fault = checked_list(visit->ctx, visit->store, visit->mandate->login, &texts, &n);
    if (fault) return fault;
    ApiList list = api_list(visit, "checks");
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list.array, json_pack("{s:s, s:s, s:s, s:I, s:I, s:I}", "check", texts[i].id, "name",
                                                    texts[i].name, "at", texts[i].at, "claims", texts[i].claims,
                                                    "differ", texts[i].differ, "remarks", texts[i].remarks));
    return api_answer(visit, list.answer);
}

static int answer_check(Visit *visit) {
    OpenCheck open;
    int result = open_check(visit, &open);
    return result ? result : api_answer_check(visit, open.checked, open.text->name);
}

#define CHECKS API_PREFIX "/checks"

const WebRoute routes_check[] = {
    {HTTP_GET, "/check", "check:run", show_all,
     .api = API(CHECKS, {"我核对过的文稿", "The texts one has had checked"}, answer_all, .gives = "Checks")},
    {HTTP_POST, "/check", "check:run", check_new, HTTP_TAKES_FORM | HTTP_TAKES_MULTIPART, UPLOAD_MAX, .waits = true,
     .api = API(CHECKS, {"核对文稿并保存", "Check a text and keep it"}, NULL,
                INPUTS({"file", INPUT_FILE, {"docx、html、txt、md", "docx, html, txt or md"}},
                       {"text", INPUT_TEXT, {"或文字", "or the text itself"}},
                       {"period", INPUT_PERIOD, {"文稿所述期间", "what the text is about"}}),
                "Kept", .again = true)},
    {HTTP_GET, "/check/{check}", "check:run", show_check, .waits = true,
     .api = API(CHECKS "/{check}", {"一次核对，按现在的台账", "One of them, as the ledgers say now"}, answer_check,
                .gives = "Check")},
    {HTTP_POST, "/check/{check}/marks", "check:run", mark_finding, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true},
    {HTTP_GET, "/check/{check}/commented", "check:run", send_docx, .waits = true,
     .api = API(CHECKS "/{check}/commented", {"带批注的 docx", "A copy of a docx with comments"}, send_docx,
                .gives = "file")},
    {HTTP_GET, "/check/{check}/corrected", "check:run", send_corrected, .waits = true,
     .api = API(CHECKS "/{check}/corrected", {"改正后的文字", "The text with what was accepted put right"}, send_corrected,
                .gives = "file")},
    {0},
};
