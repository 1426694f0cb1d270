/* sheet/out.h: a file that appears under its name only when it is complete. */
#ifndef SHEET_OUT_H
#define SHEET_OUT_H

#include "base/diag.h"

typedef struct OutFile {
    const char *path;
    const char *name;   /* of the new file, beside path; disappears with its context */
    const char *folder; /* in which both are */
} OutFile;

/* Makes an empty file. Owned by ctx. 0, 1 with findings. */
int out_open(const void *ctx, const char *path, Diag *diag, OutFile **ret_out);
/* Puts the file on disk and under its name. 0, 1 with findings. */
int out_commit(OutFile *out, Diag *diag);
int out_refuse(const OutFile *out, Diag *diag, const char *reason); /* always 1 */

#endif
