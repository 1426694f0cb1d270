/* summary/page-model.h: what the page of a text shows, as JSON for its template. Private to summary/. */
#ifndef SUMMARY_PAGE_MODEL_H
#define SUMMARY_PAGE_MODEL_H

#include "base/json.h"
#include "summary/summary.h"

/* Words, figures with their rows, the records the text names. Owned by ctx. 0, or a fault. */
int page_model(const void *ctx, Store *store, const Summary *summary, json_t **ret_model);

#endif
