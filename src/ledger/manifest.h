/* ledger/manifest.h: what a backup says of itself: manifest.json. Private to ledger/.
 *
 * Types of columns are words of their own (int, text, date, blob), so that a backup does not care for databases. */
#ifndef LEDGER_MANIFEST_H
#define LEDGER_MANIFEST_H

#include "ledger/store.h"

#define MANIFEST_NAME "manifest.json"
#define MANIFEST_MAX  ((size_t)16 << 20)

typedef struct ManifestColumn {
    const char *name;
    const char *type;
} ManifestColumn;

typedef struct ManifestTable {
    const char *name;
    ManifestColumn *columns; /* in the order of the CSV */
    size_t n_columns;
    int64_t rows;
    char hash[HASH_HEX_SIZE]; /* SM3 of the CSV */
} ManifestTable;

typedef struct Manifest {
    int64_t schema;
    const char *org_name;
    int64_t seq; /* the head of the change log */
    char head[HASH_HEX_SIZE];
    const char *catalog; /* hash of the definitions that the tables fit */
    const char *created; /* UTC instant */
    bool has_key, has_files;
    ManifestTable *tables;
    size_t n_tables;
} Manifest;

/* What is to be backed up of a store, rows and hashes still open. Owned by ctx. 0 or a fault. */
int manifest_draw(const void *ctx, Store *store, Manifest *ret_manifest);
/* As JSON, owned by ctx. */
char *manifest_write(const void *ctx, const Manifest *manifest);
/* Reads and checks: of this program or an older one, names that are safe as identifiers. 0, or 1 with findings. */
int manifest_read(const void *ctx, const char *path, const char *text, size_t size, Diag *diag, Manifest *ret_manifest);

/* The type in the words of a database: "int" is bigint or INTEGER. NULL for an unknown word. */
const char *manifest_type(const Db *db, const char *word);

#endif
