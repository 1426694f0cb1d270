/* check/show/page.h: the page of a checked text: its text and what each figure opens. Private to check/. */
#ifndef CHECK_PAGE_H
#define CHECK_PAGE_H

#include "base/json.h"
#include "check/show/show.h"

#define PAGE_CLAIMS_MAX 30000u /* on one page; a summary has some hundred */

/* Places of the page, each followed by a number: in the text, and the facts they lead to. */
#define PAGE_CLAIM        "c"
#define PAGE_CLAIM_FACTS  "f"
#define PAGE_REMARK       "r"
#define PAGE_REMARK_FACTS "n"
#define PAGE_SOURCE       "s"

/* The text as HTML. */
void check_page_body(const void *ctx, const Checked *checked, Buf *out);
/* All but the text, as JSON for the template, in the current language; store may be NULL. Owned by ctx. 0, or a
 * fault. */
int check_page_model(const void *ctx, const Checked *checked, Store *store, const char *document, json_t **ret_model);

#endif
