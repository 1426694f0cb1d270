/* web/form.h: the form of a record: a loop over the fields of its ledger. Private to web/.
 *
 * A form is texts under names, wherever they come from: a record, a draft, an address, what was sent. The text of a
 * field stands under its name (several words of a list, several files: under the same name again); beside it
 *   NAME.na        it is not applicable: neither blank nor 0
 *   NAME.id        the record that the words of a reference were chosen for
 *   NAME.0.COLUMN  a cell of a child table; rows without any text are none
 * What is wrong is kept beside its field, all of it at once, and what was typed stays as it was typed. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "figure/page.h"
#include "ledger/record.h"
#include "web/visit.h"

typedef struct FormProblem {
    const Field *field;  /* NULL: of the whole */
    const Field *column; /* of a child table, or NULL */
    size_t row;          /* of the child table, from 0 */
    DiagLevel level;
    const char *say;
} FormProblem;

typedef struct Form {
    Visit *visit;
    const Ledger *ledger;
    const Record *before; /* NULL: a new record */
    HttpFields texts;
    Value *values; /* n_fields, once it was read */
    FormProblem *problems;
    size_t n_problems, n_errors;
    const char *draft_at; /* when a draft of it was kept that is offered; NULL: none */
} Form;

/* Empty, with the defaults of a new record. Owned by the visit. */
Form *form_new(Visit *visit, const Ledger *ledger, const Record *before);
/* Whether he gives this field: days and numbers of a state belong to whoever may take a record there. */
bool form_gives(const Form *form, const Field *field);

/* --- texts --- */

/* The first under a name, or "". */
const char *form_text(const Form *form, const char *name);
void form_add(Form *form, const char *name, const char *text);
/* In the place of all there are: what was sent, or a draft (ledger/draft.h) of it. */
void form_take(Form *form, const HttpFields *texts);
void form_take_draft(Form *form, const char *json);
/* One field, or all, as a record has them. */
void form_fill_field(Form *form, const Record *record, const Field *field);
void form_fill(Form *form, const Record *record);

/* --- values --- */

/* Texts into values; what cannot be read becomes problems. 0, or a fault. */
int form_read(Form *form);
/* One field. 0, or a fault. */
int form_read_field(Form *form, const Field *field);
void form_add_problem(Form *form, const Field *field, DiagLevel level, const char *say);
/* Takes over what the door says in the visit's Diag, where findings name their field by its label, but nothing of a
 * field that could not be read. */
void form_take_findings(Form *form);

/* --- as the templates see it --- */

/* {"sections": [{"title", "fields": […]}]}, and its problems. */
void form_show(Form *form, json_t *model);
/* All that is wrong, for ui/form-problems.mustache: what is wrong with the whole first, then by field. */
void form_show_problems(const Form *form, json_t *model);
/* One field, for ui/form-field.mustache. */
json_t *form_field_json(Form *form, const Field *field);

/* --- files of a form --- */

/* A file that he has just sent, as it stands under the name of a field: its hash and a mark that it was he. */
const char *form_file_text(const Visit *visit, const char *hash);

#endif
