/* ledger/schema.h: tables derived from definitions. Private to ledger/. */
#ifndef LEDGER_SCHEMA_H
#define LEDGER_SCHEMA_H

#include "db/db.h"
#include "defn/defn.h"

/* Columns that every ledger's table has before its fields, in order. */
extern const char *const schema_common_columns[];
#define SCHEMA_COMMON 8

/* Creates the tables that are the same for all folders. */
int schema_create_common(Db *db);
/* Of these what is missing in a folder of an older version. */
int schema_create_later(Db *db);
/* Creates the table of one ledger with its key, references and what figures ask for. */
int schema_create_ledger(Db *db, const Catalog *catalog, const Ledger *ledger);
/* The table alone. */
int schema_create_table(Db *db, const char *table, const Field *fields, size_t n);
/* How the tables of ledgers are called: defn/link.c puts this before the ledger's name. */
#define SCHEMA_LEDGER_PREFIX "l_"
int schema_add_field(Db *db, const Ledger *ledger, const Field *field);
/* Drops and makes again all indexes of a ledger. */
int schema_create_indexes(Db *db, const Catalog *catalog, const Ledger *ledger);
int schema_drop_indexes(Db *db, const Ledger *ledger);
/* When all tables and indexes are as they will be. */
int schema_settle(Db *db);
/* The type of a field's column. */
const char *schema_type(const Db *db, const Field *field);

#endif
