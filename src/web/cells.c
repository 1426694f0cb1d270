/* web/cells.c: see cells.h. */
#include "web/cells.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/kind.h"

#define GROUP 3 /* digits between commas */

bool cell_is_numeric(const Field *field) { return field->kind->type == TYPE_NUMBER; }

bool cell_is_sum(const Field *field) {
    return field->kind->type == TYPE_NUMBER && (!strcmp(field->kind->name, "money") || field->unit) &&
           !(field->unit && strchr(field->unit, '%'));
}

const char *cell_unit(const Field *field) {
    if (field->unit) return field->unit;
    if (!strcmp(field->kind->name, "percent")) return "%";
    return field->kind->scale == MONEY_SCALE && !strcmp(field->kind->name, "money") ? _("yuan") : "";
}

/* 1560000.5 as 1,560,000.5; what is no number as it is. */
static const char *divide_thousands(const void *ctx, const char *number) {
    Buf out = BUF_INIT(ctx);
    size_t sign = *number == '-', whole = strcspn(number, ".") - sign;
    if (strspn(number + sign, "0123456789.") != strlen(number + sign)) return number;
    buf_add_bytes(&out, number, sign);
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % GROUP == 0) buf_char(&out, ',');
        buf_char(&out, number[sign + i]);
    }
    buf_add(&out, number + sign + whole);
    return buf_text(&out);
}

const char *cell_number(const void *ctx, const Field *field, const char *number) {
    bool is_amount = cell_is_numeric(field) && field->kind != kind_find("year");
    return is_amount ? divide_thousands(ctx, number) : number;
}

const char *cell_amount(const void *ctx, const Field *field, Value value) {
    return cell_number(ctx, field, field_show(ctx, field, value));
}

const char *cell_count(const void *ctx, int64_t count) {
    return divide_thousands(ctx, mem_printf(ctx, "%lld", (long long)count));
}

const char *cell_text(Visit *visit, const Record *record, const Field *field) {
    Mask mask = permission_mask(visit->mandate, field);
    if (mask == MASK_WHOLE) return record->values[field->index].kind == VALUE_BLANK ? "" : CELL_HIDDEN;
    const char *text = record_show(visit->ctx, visit->store, record, field, mask != MASK_NONE);
    return cell_number(visit->ctx, field, text);
}

json_t *cell_json(Visit *visit, const Record *record, const Field *field) {
    json_t *cell = page_object();
    Value value = record->values[field->index];
    page_set_text(cell, "text", cell_text(visit, record, field));
    page_set_text(cell, "class", cell_is_numeric(field) ? "numeric" : field->kind->type == TYPE_DATE ? "day" : NULL);
    bool leads = field->to && value.kind == VALUE_NUMBER;
    page_set_text(cell, "url", leads ? cell_record_url(visit, field->to, value.units) : NULL); /* not that of the row */
    return cell;
}

json_t *cell_state_json(const State *state) {
    json_t *object = page_object();
    page_set_text(object, "label", label_text(state->label));
    page_set_text(object, "tone", state->final ? "final" : state->index ? "underway" : "first");
    return object;
}

char *cell_record_url(const Visit *visit, const Ledger *ledger, int64_t id) {
    return mem_printf(visit->ctx, "/ledgers/%s/%lld", ledger->name.text, (long long)id);
}
