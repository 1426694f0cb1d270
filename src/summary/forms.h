/* summary/forms.h: the writers of the forms. Private to summary/; the table is in formats.c. */
#ifndef SUMMARY_FORMS_H
#define SUMMARY_FORMS_H

#include "summary/summary.h"

/* Each writes a whole file. 0, or 1 with findings. */
int forms_write_html(Store *store, const Summary *summary, const char *path, Diag *diag);
int forms_write_json(Store *store, const Summary *summary, const char *path, Diag *diag);

#endif
