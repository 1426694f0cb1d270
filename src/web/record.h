/* web/record.h: the page of one record, part by part. Private to web/.
 *
 * Each part puts its member into the model of ui/record.mustache; what somebody may not see is left out there.
 * Functions that ask the database return 0 or a fault. */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include "figure/page.h"
#include "ledger/change.h"
#include "ledger/errand.h"
#include "web/visit.h"

typedef struct RecordPage {
    Visit *visit;
    const Record *record; /* with its way through the states */
    Date as_at;           /* shown as it was known on that day; DATE_NONE: as it is */
    bool withdrawn;
    bool unmasked;        /* personal fields whole, this once */
    ChangeRow *changes;   /* newest first, as far as that day */
    size_t n_changes;
} RecordPage;

/* Of ui/record-values.mustache, "sections" of fields, "tables", "files", and "blank": the labels of what is not filled;
 * "may_unmask", "unmasked": whether personal fields are hidden here, or whole. */
int record_add_values(const RecordPage *page, json_t *model);
/* "course": the way it went, where it is, and where it goes from there if all goes well. */
int record_add_course(const RecordPage *page, json_t *model);
/* Of ui/record-related.mustache: "related", the records of other ledgers that name this one. */
int record_add_related(const RecordPage *page, json_t *model);
/* "counted": the "figures" of a period that count it now, "options" of periods, and the "documents" that did when they
 * were issued. */
int record_add_counted(const RecordPage *page, json_t *model);
/* "history": who changed what when. */
int record_add_history(const RecordPage *page, json_t *model);
/* "errands": who was asked about it, and what is to be answered by whoever looks. */
int record_add_errands(const RecordPage *page, json_t *model);
/* Whether he may take back what was asked: his own, or that of somebody whose account is closed. */
bool record_takes_back(Visit *visit, const Errand *errand);

/* A value for this page: masked as he may see it, or whole when it was unmasked. Owned by the visit. */
const char *record_text(const RecordPage *page, const Record *record, const Field *field);
/* "title", "number", "state", "path", "ledger_title", "ledger_path": what every page about a record says first. */
void record_add_face(Visit *visit, const Record *record, json_t *model);
const char *record_path(const Visit *visit, const Record *record, const char *below);

#endif
