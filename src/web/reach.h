/* web/reach.h: a record by its id, for whom it may be there. Private to web/. */
#ifndef WEB_REACH_H
#define WEB_REACH_H

#include "ledger/record.h"
#include "web/visit.h"

/* The current record with its spans, when what is asked holds for it. Owned by the visit. 0, WEB_MISSING (there is
 * none, or none for him), or a fault. */
int reach_record(const Visit *visit, const Ask *ask, int64_t id, Record **ret_record);
/* Whether it holds for a record that is in hand. 0 and the answer, or a fault. */
int reach_holds(const Visit *visit, const Ask *ask, const Record *record, bool *ret_holds);

/* {id} of the path, in visit->ledger, for one of the words of defn/permission.h. */
int reach_named(const Visit *visit, const char *word, Record **ret_record);
/* The same also of a withdrawn record: its last version (recorded_to is set), with the spans it had. */
int reach_named_ever(const Visit *visit, const char *word, Record **ret_record);
/* The records of a ledger for which a word holds, as queries carry it. Owned by the visit. 0, or a fault. */
int reach_open(const Visit *visit, const char *word, const Ledger *ledger, RowScope *ret_scope);

#endif
