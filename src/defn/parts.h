/* defn/parts.h: the stages of reading definitions, in order. Private to defn/. */
#ifndef DEFN_PARTS_H
#define DEFN_PARTS_H

#include "defn/defn.h"

/* 1. read.c: files into objects; nothing resolved. The catalog owns all it reads. */
Catalog *defn_parse(const void *ctx, const DefnSources *sources, Diag *diag);
/* 2. link.c: names into pointers. */
void defn_link(Catalog *catalog, Diag *diag);
/* 3. scope.c: the names each ledger lends to expressions. Needs linked fields and states. */
void defn_build_scopes(Catalog *catalog);
/* 4. compile.c: conditions and measures into expressions. Needs all scopes. */
void defn_compile(Catalog *catalog, Diag *diag);

#endif
