/* web/form-parts.h: how each kind of field is asked for. Private to web/form*.c. */
#ifndef WEB_FORM_PARTS_H
#define WEB_FORM_PARTS_H

#include "web/form.h"

typedef enum { HOLDS_TEXT, HOLDS_WORD, HOLDS_WORDS, HOLDS_RECORD, HOLDS_ROWS, HOLDS_FILES } FormHolds;

typedef struct FormInput {
    const char *kind; /* of field */
    FormHolds holds;
    const char *part;        /* of ui/form-input.mustache */
    const char *type, *mode; /* of an <input> */
    const char *unit;        /* when the field says none */
    bool wide;               /* needs a whole line */
} FormInput;

const FormInput *form_input(const Field *field);

const char *form_cell_name(const Form *form, const Field *field, size_t row, const Field *column);
/* Rows that have a place in the texts, blank ones among them. */
size_t form_rows(const Form *form, const Field *field);

#endif
