/* check/scan/form.h: one time that begins at a place. Private to check/scan/. */
#ifndef CHECK_FORM_H
#define CHECK_FORM_H

#include "check/scan/when.h"

typedef struct Forms Forms;

/* The forms as they are looked for. Owned by ctx. */
Forms *forms_compile(const void *ctx);
/* The longest form that fits at a place, without where it stands; false when none does. */
bool form_at(const Forms *forms, const uint32_t *at, When *ret_when);

#endif
