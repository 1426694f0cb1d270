/* app/secret.h: passwords from the keyboard or a pipe, never from the arguments, which every user of the machine can
 * see. */
#ifndef APP_SECRET_H
#define APP_SECRET_H

#include "base/diag.h"

/* On a terminal asked for twice, without showing it; else the first line of standard input. NULL with a finding. Owned
 * by ctx. */
char *secret_read(const void *ctx, Diag *diag);

#endif
