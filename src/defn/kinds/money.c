/* kinds/money.c: money: yuan with two decimals, kept as whole fen.
 *
 * A heading or the cell itself may say 万元 or 亿元; 156万元 is kept as 156000000 fen. There is no rounding:
 * a third decimal is a mistake of whoever wrote it, and is said. */
#include "defn/kinds/kinds.h"

const FieldKind kind_money = {
    .name = "money",
    .label = {"金额", "Money"},
    .type = TYPE_NUMBER,
    .storage = STORE_INT,
    .uses = USES_MIN | USES_MAX,
    .scale = MONEY_SCALE,
    .parse = number_parse,
    .show = number_show,
};
