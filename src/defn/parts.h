/* defn/parts.h: the stages of reading definitions, in order. Private to defn/. */
#ifndef DEFN_PARTS_H
#define DEFN_PARTS_H

#include "defn/defn.h"

/* 1. read.c: files into objects; nothing resolved. The catalog owns all it reads. *ret_whole: no definition was lost,
 * so that a name that leads nowhere is a mistake of whoever wrote it. */
Catalog *defn_parse(const void *ctx, const DefnSources *sources, Diag *diag, bool *ret_whole);
/* 2. link.c: names into pointers. What cannot be linked is left out or taken for something like it, so that the next
 * stages can go on. */
void defn_link(Catalog *catalog, const DefnSources *sources, Diag *diag);
/* 3. scope.c: the names each ledger lends to expressions. Needs linked fields and states. */
void defn_build_scopes(Catalog *catalog);
/* 4. compile.c: conditions and measures into expressions. Needs all scopes. */
void defn_compile(Catalog *catalog, const DefnSources *sources, Diag *diag);

/* catalog.c: the object of that name in an array of objects that begin with their Name; NULL when there is none. */
const void *defn_find_named(const void *array, size_t n, size_t size, const char *name);

/* source-hash.c: every byte of the sources, in their order. Owned by ctx. */
const char *defn_hash_sources(const void *ctx, const DefnSources *sources);

/* place.c: where a character of a text, counted from 0, stands in its file. */
Place defn_place(const DefnSources *sources, const Name *text, size_t character);

#endif
