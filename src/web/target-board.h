/* web/target-board.h: the targets that somebody may see, measured for a period. Private to web/.
 *
 * A target is measured from the first day of its own period to the end of the period that is looked at (light.h). */
#ifndef WEB_TARGET_BOARD_H
#define WEB_TARGET_BOARD_H

#include "figure/light.h"
#include "figure/target.h"
#include "web/visit.h"

typedef struct TargetSeen {
    const Target *target;
    const Figure *figure;
    Light light;
} TargetSeen;

/* Those that have begun by the end of the period, by indicator. Counts when it must. Owned by the visit. 0, or a fault.
 */
int target_board_read(Visit *visit, Period period, TargetSeen **ret_list, size_t *ret_count);

#endif
