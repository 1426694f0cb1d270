/* defn/defn.h: from definition files to a catalog, and from two catalogs to their difference. */
#ifndef DEFN_DEFN_H
#define DEFN_DEFN_H

#include "defn/model.h"

#define DEFN_FILE_MAX  ((size_t)1 << 20)
#define DEFN_NODES_MAX 200000u /* values in one file, aliases counted each time */

/* A definition file as text. Later sources with the same definition name replace earlier ones. */
typedef struct DefnSource {
    const char *path;  /* "ledgers/achievement.yaml": the folder says what kind of file it is */
    const char *shown; /* the path to name in findings */
    const char *text;
    size_t size;
    const struct Tree *tree; /* of what is YAML in it, made beforehand; NULL: it is read first */
} DefnSource;

typedef struct DefnSources {
    DefnSource *list;
    size_t count;
    const char *hash; /* of all of them, when it was made beforehand; else NULL */
} DefnSources;

/* The shipped definitions (embedded, or $KEZHANG_DEFS as a folder) and then those of a site's folder, if there is one.
 */
int defn_load(const void *ctx, const char *site_folder, Diag *diag, DefnSources *ret_sources);

/* Reads and links. Every mistake of every file becomes a finding; but while a file cannot be read at all, what refers
 * to it is not judged. 0, or 1 with findings and no catalog. */
int defn_read(const void *ctx, const DefnSources *sources, Diag *diag, const Catalog **ret_catalog);

/* Reads definitions that were accepted once, perhaps by a version with fewer rules: what is wrong with them now is no
 * finding, as long as they can be read. */
int defn_read_kept(const void *ctx, const DefnSources *sources, Diag *diag, const Catalog **ret_catalog);

/* --- difference --- */

typedef enum {
    CHANGE_LEDGER_ADDED,
    CHANGE_LEDGER_REMOVED, /* lossy */
    CHANGE_FIELD_ADDED,
    CHANGE_FIELD_REMOVED, /* lossy */
    CHANGE_FIELD_KIND, /* or decimals, or what it refers to: lossy unless wider, never done when stored values would lie
                        */
    CHANGE_COLUMN,     /* a column of a child table: lossy unless it is new */
    CHANGE_FIELD_REQUIRED,
    CHANGE_FIELD_NARROWED, /* a smaller max: old values stay, new ones are held to it */
    CHANGE_STATE_ADDED,
    CHANGE_STATE_REMOVED, /* lossy when records are in it */
    CHANGE_STATE_WAY,     /* the day of a state stands elsewhere, or states come in another order: ways are laid anew */
    CHANGE_CODE_REMOVED,  /* lossy when records use it */
    CHANGE_KEY,
    CHANGE_INDEX,     /* what records are found by: names, searched fields */
    CHANGE_LIST,      /* the dates and amounts that a list is kept in the order of */
    CHANGE_INDICATOR, /* a figure comes, goes or is counted otherwise */
} ChangeKind;

typedef struct DefnChange {
    ChangeKind kind;
    bool lossy;                   /* done only when asked for */
    bool never;                   /* cannot be done at all; lossy as well */
    const Ledger *before, *after; /* either may be NULL */
    const Field *field_before, *field_after;
    Label say;
    Place at;
} DefnChange;

/* What leads from one catalog to another, in the order it must be done. before may be NULL (all is added). Owned by
 * ctx. */
size_t defn_diff(const void *ctx, const Catalog *before, const Catalog *after, DefnChange **ret_changes);

#endif
