/* figure/page.h: pages that need nothing beside themselves and in which numbers open.
 *
 * One family: the sheet, the panel beside it and the rows behind a figure are the same in all (figure/page/); a page
 * adds its template, style and script. They stand in the file, and a content security policy admits these and nothing
 * else. */
#ifndef FIGURE_PAGE_H
#define FIGURE_PAGE_H

#include "base/buf.h"
#include "base/embed.h"
#include "base/json.h"
#include "figure/sample.h"

/* Renders page.mustache of the files over the model, with page.css behind sheet.css and page.js behind panel.js.
 * Shared parts: {{> head}}, {{> panel}}, and within a figure {{> facts}} and {{> rows}}. 0, or 1 with findings. */
int page_render(const void *ctx, const EmbeddedFile *files, json_t *model, Diag *diag, Buf *out);

/* --- the model: new references, in the current language --- */

json_t *page_object(void);
json_t *page_array(void);
void page_set(json_t *object, const char *name, json_t *value);
void page_set_text(json_t *object, const char *name, const char *text);
/* The words of the shared parts; a page adds its own. */
json_t *page_words(void);
/* {"label": …, "text": …}: one line of a definition list; nothing for an empty text. */
void page_add_fact(json_t *facts, const char *label, const char *text);
/* The rows counted and those just outside: what {{> rows}} shows. */
void page_set_sample(const void *ctx, json_t *object, const Indicator *indicator, const Sample *sample);

#endif
