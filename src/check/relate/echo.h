/* check/relate/echo.h: whether two numbers can be one that comes back. Private to check/relate/. */
#ifndef CHECK_ECHO_H
#define CHECK_ECHO_H

#include "check/relate/parts.h"

/* A Chinese character, and no numeral. */
bool echo_is_han(uint32_t rune);
/* 14名特派员: where the two characters right behind a number stand; 0 when there are none. */
size_t echo_noun_behind(const Work *work, size_t index);
/* The noun that stands at a rune is that of the other number too: behind it, shortly before it in its clause, or as the
 * head of its paragraph, column or row. */
bool echo_has_noun(const Work *work, size_t noun, size_t other);
/* It stands in a cell of a table. */
bool echo_is_cell(const Work *work, size_t index);
/* 新签约项目16个, and 16个项目签约落户: so much stands around both that a small number is no chance. */
bool echo_is_wordy(const Work *work, size_t index, size_t other);
/* 高新技术企业16家, and 16家高企; 有任务的村78个, and 78个村. */
bool echo_counts_one_thing(const Work *work, size_t index, size_t other);
bool echo_turns_round(const Work *work, size_t index, size_t other);
/* 砚东街道 in a table of many: a cell in a row of something else than prose tells of. */
bool echo_of_other_row(const Work *work, size_t index, size_t other);
/* Both are amounts that count alike, and neither is of something else. */
bool echo_can(const Work *work, size_t index, size_t other);

void relate_recalls(Work *work); /* recall.c */

#endif
