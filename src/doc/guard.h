/* doc/guard.h: bounds on a Markdown source before the parser sees it. */
#ifndef DOC_GUARD_H
#define DOC_GUARD_H

#include <stddef.h>

#include "base/diag.h"

/* 0, or 1 with a finding: size, encoding, containers nested in one line, cells of tables. The parser fills short
 * rows up to the width of the heading row, so that a few bytes could otherwise become millions of cells. */
int guard_markdown(const char *source, size_t size, Diag *diag);

#endif
