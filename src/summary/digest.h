/* summary/digest.h: fingerprints of a text and of rows. Private to summary/. */
#ifndef SUMMARY_DIGEST_H
#define SUMMARY_DIGEST_H

#include "summary/summary.h"

/* Of the Markdown and of every figure's hash, in order. Hexadecimal, owned by ctx. */
const char *digest_summary(const void *ctx, const Store *store, const Summary *summary);

#endif
