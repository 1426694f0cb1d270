/* web/api/api.h: the same as JSON, under /api/v1, by the same definitions. Private to web/.
 *
 * Values: numbers and money as decimal texts in base units ("1560000"), days as ISO, codes by their words, several as
 * arrays, references as {"id", "title"}, child tables as arrays of objects, blank as null, not applicable as
 * {"na": true}. The same forms are taken; a reference also by its id alone or by the words that name it. */
#ifndef WEB_API_API_H
#define WEB_API_API_H

#include "figure/figure.h"
#include "ledger/change.h"
#include "ledger/once.h"
#include "web/frame.h"

#define IDEMPOTENCY_KEY "Idempotency-Key"

/* A call of a program: its body checked and read, done once under its key, answered. */
int api_call(Visit *visit, const WebRoute *route);
/* The key of the request, for who keeps it within his own write. 0 (key NULL: none was sent), or WEB_WRONG. */
int api_key(Visit *visit, Once *ret_once);
void api_refuse_key(Diag *diag);

extern const WebRoute routes_api_records[], routes_api_reports[], routes_api_description[], routes_api_feeds[];

#define API_BODY_MAX ((size_t)1 << 20)

/* Answers with a value, which is used up. Returns 0. */
int api_answer(Visit *visit, json_t *value);
/* The body as an object, owned by the visit. 0, or WEB_BAD with a finding. */
int api_body(Visit *visit, json_t **ret_object);
/* A day as text, null for none; new reference. */
json_t *api_day(Date day);
/* The id that a deed has just made, else {id} of the path. */
int64_t api_id(const Visit *visit);
/* An answer of one list: {"NAME": [ … ]}. */
typedef struct ApiList {
    Visit *visit;
    json_t *answer, *array;
} ApiList;
ApiList api_list(Visit *visit, const char *name);

/* ?period= (asked for) and ?as_at=. 0, or WEB_WRONG with findings. */
int api_read_period(Visit *visit, FigureAsk *ret_ask);
extern const WebInput api_period_inputs[], api_figure_inputs[], api_list_inputs[];

/* As `kezhang check --json` says it. Returns 0. */
struct Checked;
int api_answer_check(Visit *visit, const struct Checked *checked, const char *name);

/* --- odata.c: spelled as the expression language and addresses have it; owned by ctx --- */

const char *odata_condition(const void *ctx, const char *text);
const char *odata_order(const void *ctx, const char *text);

/* --- what answers in the place of pages --- */

int api_records(Visit *visit);
int api_record(Visit *visit);
int api_version(Visit *visit);
int api_unmasked(Visit *visit);
int api_withdrawn(Visit *visit);
int api_views(Visit *visit);
int api_drafts(Visit *visit);
int api_boards(Visit *visit);
int api_picture(Visit *visit);
int api_papers(Visit *visit); /* drafts, and what was issued */
int api_draft(Visit *visit);
int api_block(Visit *visit);
int api_issue(Visit *visit);
int api_drift(Visit *visit);
int api_compare(Visit *visit);
int api_accounts(Visit *visit);
int api_account(Visit *visit);
int api_new_account(Visit *visit);
int api_me(Visit *visit);
int api_units(Visit *visit);
int api_who(Visit *visit);
int api_audit(Visit *visit);
int api_system(Visit *visit);
int api_indicators(Visit *visit);
int api_figure(Visit *visit);
int api_report(Visit *visit);
int api_targets(Visit *visit);
int api_search(Visit *visit);
int api_todo(Visit *visit);
int api_done(Visit *visit);
int api_started(Visit *visit);
int api_copied(Visit *visit);
int api_errands(Visit *visit); /* of a record */
int api_takers(Visit *visit);
int api_steps(Visit *visit);
int api_jobs(Visit *visit);
int api_job(Visit *visit);
int api_import(Visit *visit);   /* on its way */
int api_imports(Visit *visit);  /* those that were taken */
int api_imported(Visit *visit); /* one of them */

/* --- schemas.c: new references --- */

/* {"$ref": …} to one of the description. */
json_t *api_schema_named(const char *name);
/* All of them: of the ledgers, and of what calls give (schemas.json). */
json_t *api_schemas(const Catalog *catalog);
json_t *api_input_schema(const WebInput *input);
json_t *api_inputs_schema(const WebInput *inputs); /* as an object; NULL: an empty one */

/* --- values.c --- */

/* A record with all fields he may see; personal ones masked, unless a reason was written down. New reference. */
json_t *api_record_json(Visit *visit, const Record *record, bool unmasked);
/* A row of the change log; new reference. */
json_t *api_change_json(const ChangeRow *change);
/* What names one among others: {"ledger", "record", "number", "title", "state"}; new reference. */
json_t *api_face_json(const Visit *visit, const Record *record);
/* Puts what the object gives by field name into values (n_fields). Findings name the field. 0, or a fault. */
int api_values_read(Visit *visit, const Ledger *ledger, const json_t *object, Value *values);

#endif
