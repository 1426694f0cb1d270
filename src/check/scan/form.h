/* check/scan/form.h: one time that begins at a place. Private to check/scan/. */
#ifndef CHECK_FORM_H
#define CHECK_FORM_H

#include "check/scan/when.h"

typedef struct Pattern Pattern;

/* The forms as they are looked for. Owned by ctx. */
Pattern *forms_compile(const void *ctx);
/* A time can begin with a rune: most are turned away by this. */
bool form_may_begin(uint32_t rune);
/* The longest form that fits at a place, without where it stands; false when none does. */
bool form_at(const Pattern *patterns, const uint32_t *at, When *ret_when);

#endif
