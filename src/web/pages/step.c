/* web/pages/step.c: one record through one transition: what it needs, the day, the reason. */
#include "web/step.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/kind.h"
#include "web/api/api.h"
#include "web/cells.h"
#include "web/form-parts.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/words.h"
#include "web/write.h"

#define ASKED_MOST 40u /* fields of one step */

typedef struct Step {
    const Transition *transition;
    Form *form;
    const Field *fields[ASKED_MOST]; /* that are asked for */
    size_t n_fields;
    bool conflict;
    Written written;
} Step;

static void ask_for(Step *step, const Field *field) {
    bool known = !field || field == step->transition->returns || step->n_fields == ASKED_MOST;
    for (size_t i = 0; i < step->n_fields; i++) known |= step->fields[i] == field;
    if (!known) step->fields[step->n_fields++] = field;
}

/* The day first, then what the transition needs, then what the state does. */
static void list_fields(Step *step) {
    const Transition *transition = step->transition;
    ask_for(step, transition->to->date);
    for (size_t i = 0; i < transition->n_needs; i++) ask_for(step, transition->needs[i]);
    for (size_t i = 0; i < transition->to->n_needs; i++) ask_for(step, transition->to->needs[i]);
    ask_for(step, transition->to->number);
}

/* The step of the path, for somebody who may take it. */
static int find_step(Visit *visit, Step *step) {
    Record *record;
    bool holds = false;
    *step = (Step){.transition = ledger_find_transition(visit->ledger, visit_segment(visit, "transition"))};
    int result = reach_named(visit, "ledger:read", &record);
    if (result) return result;
    if (!step->transition) return WEB_MISSING;
    const Ask ask = {.ledger = visit->ledger, .transition = step->transition};
    result = reach_holds(visit, &ask, record, &holds);
    if (result) return result;
    if (!holds) return WEB_REFUSED;
    step->form = form_new(visit, visit->ledger, record);
    list_fields(step);
    return 0;
}

/* --- showing --- */

/* Not the days and numbers that steps give, nor what is copied from decisions of others. */
static bool is_returnable(const Step *step, const Field *field) {
    const Ledger *ledger = step->form->ledger;
    for (size_t i = 0; i < ledger->n_states; i++)
        if (ledger->states[i].date == field || ledger->states[i].number == field) return false;
    return field != step->transition->returns && !field->external;
}

static json_t *returnable_json(const Step *step) {
    json_t *array = page_array();
    const Ledger *ledger = step->form->ledger;
    for (size_t i = 0; i < ledger->n_fields; i++) {
        const Field *field = &ledger->fields[i];
        if (!is_returnable(step, field)) continue;
        const char *note = mem_printf(step->form, ":note.%s", field->name.text);
        const char *tick = mem_printf(step->form, ":tick.%s", field->name.text);
        bool is_blank = step->form->before->values[i].kind == VALUE_BLANK;
        json_t *object = page_object();
        page_set_text(object, "name", field->name.text);
        page_set_text(object, "label", label_text(field->label));
        page_set_text(object, "state", is_blank ? _("blank") : NULL);
        page_set_text(object, "note", form_text(step->form, note));
        page_set(object, "ticked", json_boolean(*form_text(step->form, tick) != '\0'));
        json_array_append_new(array, object);
    }
    return array;
}

static int show(Step *step) {
    Form *form = step->form;
    Visit *visit = form->visit;
    const Transition *transition = step->transition;
    json_t *model = page_object(), *fields = page_array();
    for (size_t i = 0; i < step->n_fields; i++) json_array_append_new(fields, form_field_json(form, step->fields[i]));
    page_set(model, "fields", fields);
    form_show_problems(form, model);
    page_set(model, "asks_day", json_boolean(!transition->to->date));
    page_set_text(model, "day", form_text(form, ":day"));
    page_set_text(model, "reason", form_text(form, ":reason"));
    page_set(model, "asks_reason", json_boolean(transition->reason || (form->n_problems && !form->n_errors)));
    page_set(model, "returns", json_boolean(transition->returns != NULL));
    page_set(model, "returnable", transition->returns ? returnable_json(step) : page_array());
    page_set_text(model, "also", form_text(form, ":also"));
    page_set_text(model, "guard", transition->guard ? step_guard_words(visit, transition) : NULL);
    page_set(model, "from", cell_state_json(form->before->state));
    page_set(model, "to", cell_state_json(transition->to));
    page_set(model, "leads", json_boolean(transition_leads_from(transition, form->before->state)));
    page_set(model, "version", json_integer(form->before->version));
    page_set_text(model, "record_title", record_title(visit->ctx, visit->store, form->before));
    page_set_text(model, "number", form->before->number);
    page_set_text(model, "back", cell_record_url(visit, form->ledger, form->before->id));
    page_set_text(model, "action", visit->request->path);
    page_set_text(model, "step", label_text(transition->label));
    int fault = step_add_signatures(visit, form->before, model);
    return fault ? fault : frame_show(visit, "step", label_text(transition->label), model);
}

static int ask(Visit *visit) {
    Step step;
    int result = find_step(visit, &step);
    if (result) return result;
    const Field *date = step.transition->to->date;
    for (size_t i = 0; i < step.n_fields; i++) form_fill_field(step.form, step.form->before, step.fields[i]);
    const char *today = date_iso(step.form, date_today());
    if (date && !*form_text(step.form, date->name.text)) form_add(step.form, date->name.text, today);
    form_add(step.form, ":day", today);
    return show(&step);
}

/* --- what is to be completed --- */

/* Of a step that gives a record back: one numbered line for each field that was ticked, with what was written beside
 * it, and then what else is asked for: all of it is told once. */
static void list_returned(Step *step) {
    const Field *list = step->transition->returns;
    if (!list) return;
    Form *form = step->form;
    Buf out = BUF_INIT(form);
    unsigned n = 0;
    for (size_t i = 0; i < form->ledger->n_fields; i++) {
        const Field *field = &form->ledger->fields[i];
        const char *note = form_text(form, mem_printf(form, ":note.%s", field->name.text));
        if (!*form_text(form, mem_printf(form, ":tick.%s", field->name.text)) && !*note) continue;
        buf_printf(&out, "%s%u. %s%s%s", n ? "\n" : "", n + 1, label_text(field->label), *note ? _(": ") : "", note);
        n++;
    }
    const char *also = text_clean(form, form_text(form, ":also"));
    if (*also) buf_printf(&out, "%s%u. %s", n ? "\n" : "", n + 1, also);
    if (out.size)
        form->values[list->index] = VALUE_OF_TEXT(mem_strdup(form, buf_text(&out)));
    else
        form_add_problem(form, NULL, DIAG_ERROR, _("tick what is to be completed, or write it"));
}

/* --- doing it --- */

static Date day_of(Step *step) {
    const Field *field = step->transition->to->date;
    Value value = field ? step->form->values[field->index] : VALUE_OF_BLANK;
    if (value.kind == VALUE_DATE) return value.date;
    const char *text = form_text(step->form, ":day");
    Date day = *text ? date_parse_lenient(text) : DATE_NONE;
    if (*text && day == DATE_NONE) form_add_problem(step->form, NULL, DIAG_ERROR, _("the day is not a date"));
    return day;
}

static int do_step(Writer *writer, Store *store, Diag *diag, void *data) {
    Step *step = data;
    Form *form = step->form;
    Record *now;
    const char *reason = form_text(form, ":reason");
    int result = record_load(form, store, form->ledger, form->before->id, NULL, &now);
    if (!result) result = record_load_spans(form, store, now);
    if (result < 0) return result;
    step->conflict = result || now->version != visit_number(form_text(form, ":version"));
    if (step->conflict) return 0;
    const Write write = {.ledger = form->ledger,
                         .before = now,
                         .transition = step->transition,
                         .values = form->values,
                         .effective = day_of(step),
                         .reason = *reason ? reason : NULL};
    return transition_apply(writer, &write, diag, &step->written);
}

static int show_wrong(Step *step) {
    step_word_findings(step->form->visit, step->transition, step->form->visit->diag);
    form_take_findings(step->form);
    int fault = show(step);
    return fault ? fault : WEB_WRONG;
}

static int take(Visit *visit) {
    Step step;
    int result = find_step(visit, &step);
    if (result) return result;
    form_take(step.form, &visit->request->form);
    for (size_t i = 0; !result && i < step.n_fields; i++) result = form_read_field(step.form, step.fields[i]);
    if (result) return result;
    list_returned(&step);
    (void)day_of(&step);
    if (step.form->n_errors) return show_wrong(&step);
    result = write_run(visit, do_step, &step);
    if (result < 0) return result;
    if (step.conflict) return WEB_CONFLICT;
    if (result || step.written.outcome == WRITTEN_REFUSED) return show_wrong(&step);
    const char *words = mem_printf(visit->ctx, _("Done: %s"), label_text(step.transition->label));
    return visit_go_saying(visit, cell_record_url(visit, visit->ledger, step.written.id), words);
}

#define STEP_PATH "/ledgers/{ledger}/{id}/steps/{transition}"

const WebRoute routes_step[] = {
    {HTTP_GET, STEP_PATH, "ledger:read", ask,
     .api = API(API_PREFIX "/ledgers/{ledger}/records/{id}/steps",
                {"现在能办的步骤", "What can be done with a record now"}, api_steps, .gives = "Steps")},
    {HTTP_POST, STEP_PATH, "ledger:read", take, HTTP_TAKES_FORM | HTTP_TAKES_MULTIPART, WEB_FORM_MAX, .waits = true},
    {0},
};
