/* defn/link.h: what the parts of linking share: finding by name with "did you mean". Private to defn/. */
#ifndef DEFN_LINK_H
#define DEFN_LINK_H

#include "defn/parts.h"

typedef struct Linking {
    Catalog *catalog;
    const DefnSources *sources;
    Diag *diag;
} Linking;

/* What has a name. */
typedef enum {
    THING_LEDGER,
    THING_FIELD,
    THING_STATE,
    THING_TRANSITION,
    THING_CODELIST,
    THING_CODE,
    THING_INDICATOR,
    THING_REPORT_LIST,
    THING_ROLE,
} Thing;

/* The object of that name in an array of objects that begin with their Name; NULL with a finding when there is none,
 * NULL without one when no name is written. */
#define RESOLVE(linking, name, array, n, thing) link_resolve((linking), (name), (array), (n), sizeof *(array), (thing))
const void *link_resolve(const Linking *linking, const Name *name, const void *array, size_t n, size_t size,
                         Thing thing);
const Field *link_field_named(const Linking *linking, const Ledger *ledger, const Name *name);
void link_check_roles(const Linking *linking, const Names *roles);
/* A finding for each object whose name one before it has. */
void link_check_twice(const Linking *linking, const void *array, size_t n, size_t size, Thing thing);

/* What people call things, and whose word it is: no word may mean two things. */
typedef struct Called {
    const char *word;
    const Name *by;
} Called;
typedef struct Callings {
    const void *ctx;
    Called *list;
    size_t count;
} Callings;
void link_add_calling(Callings *callings, const Name *by, Label label, const Names *aliases);
void link_check_callings(const Linking *linking, const Callings *callings);

/* The index of the first word of a text in a list that ends with NULL; -1 with a finding (of the word and the list), or
 * when nothing is written. */
int link_word(const Linking *linking, const Name *text, const char *const *known, const char *finding);
/* A number written as an attribute, in units of the scale. False when none is written, or with a finding. */
bool link_read_number(const Linking *linking, const Name *text, int scale, int64_t *ret_units);
int link_read_scale(const Linking *linking, const Name *text, int standard);

void link_ledger(const Linking *linking, Ledger *ledger);                                  /* link-ledger.c */
void link_term(const Linking *linking, const Ledger *ledger, State *state);                /* link-term.c */
void link_field(const Linking *linking, const Ledger *ledger, Field *field, size_t index); /* link-field.c */
void link_indicators(const Linking *linking);                                              /* link-indicator.c */
void link_boards(const Linking *linking);                                                  /* link-board.c */
void link_roles(const Linking *linking);                                                   /* link-role.c */

#endif
