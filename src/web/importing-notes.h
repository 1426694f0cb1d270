/* web/importing-notes.h: what the steps of an import leave for each other, as JSON. Private to web/. */
#ifndef WEB_IMPORTING_NOTES_H
#define WEB_IMPORTING_NOTES_H

#include "base/json.h"
#include "exchange/import.h"

#define NOTES_FILE    "file"
#define NOTES_MAPPING "mapping"
#define NOTES_PREVIEW "preview"
#define NOTES_RESULT  "result"

/* New references. */
json_t *notes_mapping(const ImportMapping *mapping);
json_t *notes_result(const ImportResult *result);
json_t *notes_effect(uint32_t row, const char *title, bool is_new, json_t *fields);
json_t *notes_field(const char *name, const char *old, const char *new);

/* Zeros when there is nothing. Texts are those of the JSON. */
void notes_read_mapping(const void *ctx, const json_t *notes, ImportMapping *ret_mapping);

#endif
