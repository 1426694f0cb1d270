/* check/relate/ratio.h: the ways to find what a percentage is a share of. Private to check/relate/.
 *
 * Each is asked about a percentage and adds the relation that it finds; true when it does. wholes: of which each claim
 * is a part, SIZE_MAX where it is none. */
#ifndef CHECK_RATIO_H
#define CHECK_RATIO_H

#include "check/relate/facts.h"

#define AMOUNTS_MAX 8 /* before a percentage that are looked at */

/* ratio.c: said in one breath with its whole: 占目标200件的85%. */
bool share_is_of_whole(const Work *work, size_t percent, size_t whole);

/* ratio-far.c */
bool share_far(Work *work, size_t index);
bool share_of_list(Work *work, size_t index, const size_t *wholes);
bool share_of_topic(Work *work, size_t index);
bool share_of_aim(Work *work, size_t index);
bool share_ahead(Work *work, size_t index);
bool share_of_named(Work *work, size_t index);
bool share_of_items(Work *work, size_t index);
bool share_of_target(Work *work, size_t index);
bool share_of_definition(Work *work, size_t index);

void share_of_cell(Work *work, size_t index); /* ratio-cell.c */

#endif
