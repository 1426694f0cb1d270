/* web/pages/import-view.h: the steps of an import as pages show them. Private to web/. */
#ifndef WEB_PAGES_IMPORT_VIEW_H
#define WEB_PAGES_IMPORT_VIEW_H

#include "web/frame.h"
#include "web/importing.h"

/* {"sheets": [{"value", "label", "chosen"}], "several_sheets", "headings": [the same], "columns": [{"input", "letter", "heading",
 * "samples", "options": [{"value", "label", "chosen"}]}], "sheet", "heading"} */
json_t *import_look_json(const Visit *visit, const ImportLook *look);
/* {"read", "created", "updated", "unchanged", "refused"} as texts, "any" (whether anything is written), "takes" how many. */
json_t *import_counts_json(const Visit *visit, const json_t *notes);
/* [{"row", "title", "is_new", "fields": [{"label", "unit", "old", "new"}]}] */
json_t *import_effects_json(const Visit *visit, const json_t *preview);

#endif
