/* summary/prose.h: rendered text made fit to be read: sentences without their figure vanish, lists count anew.
 *
 * Pure functions over Markdown; they know no figure. What had nothing to print printed PROSE_HOLE instead, and no
 * text that comes from data holds that character (see prose_escape). */
#ifndef SUMMARY_PROSE_H
#define SUMMARY_PROSE_H

#include "base/buf.h"

#define PROSE_HOLE      "\xEE\x80\x80" /* U+E000, of the private use area */
#define PROSE_HOLE_RUNE 0xE000u
#define PROSE_LINE      "\xEE\x80\x81" /* U+E001: ends every line of a template that is not blank; see prose_mark_lines */
#define PROSE_LINE_RUNE 0xE001u

/* A sentence ends with 。！？； (in English . ! ? ; before a space) or with its paragraph, never within brackets or
 * quotation marks. One that holds a hole vanishes whole. Then
 *   - a lead (a sentence all in bold, **一是强化平台支撑**。) vanishes when nothing of its item is left behind it;
 *   - an introduction (主要做了以下工作：一是…) vanishes when none of its items is left;
 *   - run-in items (一是…；二是…) count anew in each paragraph; the only one left carries no number;
 *   - the last sentence of a paragraph does not end with ；, and commas that lost their clause go;
 *   - headings with nothing below them vanish.
 * Lines of tables and lists vanish when they hold a hole. Owned by ctx. */
char *prose_settle(const void *ctx, const char *markdown);

/* One paragraph of it; "" when nothing is left. */
char *prose_settle_paragraph(const void *ctx, const char *paragraph);

/* A template whose lines are marked: a blank line of the template ends a paragraph, one that became empty does not.
 * Owned by ctx. */
char *prose_mark_lines(const void *ctx, const char *template, size_t size);

/* Text from data as Markdown that prints just that: an escape function of templates. */
void prose_escape(Buf *out, const char *text, size_t size);

#endif
