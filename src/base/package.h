/* base/package.h: an office document as a zip file of parts, unpacked piece by piece, and how the parts are related.
 *
 * Refuses zip bombs twice: by what the directory says, and while unpacking. */
#ifndef BASE_PACKAGE_H
#define BASE_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

typedef struct PackageSay {
    const char *code, *english;
} PackageSay;

/* What a package may hold, and what is said of one that is refused. */
typedef struct PackageTerms {
    uint64_t unpacked_max;                       /* bytes of one part */
    uint64_t ratio_max;                          /* unpacked : packed, beyond 64 MiB: a bomb */
    int depth_max;                               /* of XML elements within one another */
    PackageSay damaged, broken, bomb, encrypted; /* broken: a part that is whole but no XML */
} PackageTerms;

typedef struct Package Package;
typedef struct PackagePart PackagePart;

/* The terms, and the bytes, live as long as the package. Owned by ctx; 0, 1 with findings. */
int package_open(const void *ctx, const char *path, const PackageTerms *terms, Diag *diag, Package **ret_package);
int package_open_bytes(const void *ctx, const char *name, const char *bytes, size_t size, const PackageTerms *terms,
                       Diag *diag, Package **ret_package);
const PackageTerms *package_terms(const Package *package);
bool package_has(const Package *package, const char *name);
/* A finding about the whole file; always 1. */
int package_refuse(const Package *package, Diag *diag, PackageSay say);

int part_open(const void *ctx, Package *package, const char *name, Diag *diag,
              PackagePart **ret_part); /* 0, 1 with findings */
int part_read(PackagePart *part, char *bytes, size_t room, Diag *diag,
              size_t *ret_size); /* 1, 0 at the end, -1 with findings */
const Package *part_package(const PackagePart *part);
uint64_t part_size(const PackagePart *part);
double part_progress(const PackagePart *part);

typedef struct Relation {
    const char *id;
    const char *type; /* last word of its address: "worksheet" */
    const char *part;
} Relation;

typedef struct Relations {
    const char *from;
    Relation *list;
    size_t n;
} Relations;

/* The relationships of a part ("" for the package), which has them. Owned by ctx; 0, 1 with findings. */
int relations_read(const void *ctx, Package *package, const char *from, Diag *diag, Relations **ret_relations);
char *relations_part(const void *ctx, const char *from); /* the name of the part that holds them */
/* The part that is related by this id (or NULL) and type; NULL when there is none. Lent. */
const char *relations_find(const Relations *relations, const char *id, const char *type);

#endif
