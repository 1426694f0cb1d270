/* web/step.h: what can be done with a record now, and by whom. Private to web/. */
#ifndef WEB_STEP_H
#define WEB_STEP_H

#include "figure/page.h"
#include "ledger/transition.h"
#include "web/visit.h"

/* The transitions that lead on from the record's state and that he may take it through, for ui/steps.mustache:
 * [{"label", "url", "needs": "登记号、登记日期", "guard": "…" while the condition does not hold, "reason", "returns"}].
 */
json_t *step_list_json(Visit *visit, const Record *record);
/* What signatures keep the record from (ledger/signature.h), in words: "waits" and "against", each missing when it is
 * not so. 0, or a fault. */
int step_add_signatures(Visit *visit, const Record *record, json_t *model);
/* Those of a whole ledger that he may take some record through: [{"name", "label", "reason"}]. */
json_t *step_choices_json(const Visit *visit);

/* What a transition asks of a record, in words. Owned by the visit. */
const char *step_guard_words(const Visit *visit, const Transition *transition);
/* The door names a guard as it is written in the definitions; this puts it into words. */
void step_word_findings(const Visit *visit, const Transition *transition, Diag *diag);

#endif
