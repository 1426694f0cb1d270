/* base/json.h: small help over jansson: JSON values that end with a talloc context. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "base/diag.h"

/* Hands a reference to ctx: json_decref() when ctx ends. Returns the value, lent. */
json_t *json_keep(const void *ctx, json_t *value);
json_t *json_label(Label label); /* {"zh": …, "en": …}, missing halves left out; a new reference */
json_t *json_text_or_null(const char *text);
const char *json_text_in(const json_t *object, const char *name); /* lent; "" when it is no text */
/* {"sheet", "row", "column", "value", "code", "say"} of a finding in a sheet; a new reference. */
json_t *json_finding(const Finding *finding);
void json_print(const json_t *value, FILE *out); /* indented by two, keys in the order made, ends the line */

#endif
