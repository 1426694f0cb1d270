/* kinds/ref.c: a record of another ledger. Read as the words it is named by; kept as its id. */
#include "base/mem.h"
#include "defn/kinds/kinds.h"

/* Only an id is in hand here; whoever shows a record follows the reference and shows its title. */
static char *show_ref(const void *ctx, const Field *field, Value value) {
    return value.kind == VALUE_TEXT ? mem_strdup(ctx, value.text) : number_show(ctx, field, value);
}

const FieldKind kind_ref = {
    .name = "ref",
    .label = {"关联记录", "Reference"},
    .type = TYPE_REF,
    .storage = STORE_INT,
    .uses = USES_TO,
    .parse = text_take,
    .show = show_ref,
};
