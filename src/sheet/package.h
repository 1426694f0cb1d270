/* sheet/package.h: the zip file around a spreadsheet, and its parts unpacked piece by piece.
 *
 * Refuses zip bombs twice: by what the directory says, and while unpacking. */
#ifndef SHEET_PACKAGE_H
#define SHEET_PACKAGE_H

#include "sheet/backend.h"

typedef struct Package Package;
typedef struct Part Part;

int package_open(const SheetFile *file, Diag *diag, Package **ret_package); /* owned by file; 0, 1 with findings */
bool package_has(const Package *package, const char *name);
/* The part a relationship of the part `from` means: targets are relative to its folder or, with a slash, absolute. */
char *package_target(const void *ctx, const char *from, const char *target);
const SheetFile *package_file(const Package *package);

int part_open(const void *ctx, Package *package, const char *name, Diag *diag,
              Part **ret_part); /* 0, 1 with findings */
int part_read(Part *part, char *bytes, size_t room, Diag *diag,
              size_t *ret_size); /* 1, 0 at the end, -1 with findings */
uint64_t part_size(const Part *part);
double part_progress(const Part *part);

#endif
