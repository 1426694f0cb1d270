/* db/postgres-slots.c: values as PostgreSQL takes them, everything as text, blobs as their bytes; and their places. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/postgres.h"

PgSlots pg_slots_new(const void *ctx, size_t n) {
    return (PgSlots){
        .n = n,
        .values = mem_array(ctx, const char *, n),
        .sizes = mem_array(ctx, int, n),
        .binary = mem_array(ctx, int, n),
        .rooms = mem_check(talloc_zero_size(ctx, n * PG_ROOM_SIZE)),
    };
}

void pg_slots_clear(PgSlots *slots) {
    if (slots->n) memset(slots->values, 0, slots->n * sizeof *slots->values);
}

static const char *value_text_in(Value value, char room[PG_ROOM_SIZE]) {
    switch (value.kind) {
    case VALUE_BLANK:
    case VALUE_NA:
        return NULL;
    case VALUE_BOOL:
        return value.yes ? "1" : "0";
    case VALUE_NUMBER:
        snprintf(room, PG_ROOM_SIZE, "%" PRId64, value.units);
        return room;
    case VALUE_DATE:
        if (value.date == DATE_NONE) return NULL;
        date_format_iso(value.date, room);
        return room;
    case VALUE_TEXT:
        return value.text;
    }
    return NULL;
}

void pg_slots_value(PgSlots *slots, size_t slot, Value value) {
    assert(slot < slots->n);
    slots->values[slot] = value_text_in(value, slots->rooms[slot]);
    slots->binary[slot] = 0;
}

void pg_slots_blob(PgSlots *slots, size_t slot, const void *bytes, size_t size) {
    assert(slot < slots->n && size <= INT32_MAX);
    slots->values[slot] = bytes;
    slots->sizes[slot] = (int)size;
    slots->binary[slot] = 1;
}

char *pg_number_parameters(const void *ctx, const char *sql, size_t *ret_count) {
    char *text = mem_strdup(ctx, sql);
    char quote = '\0';
    size_t count = 0;
    for (char *at = text; *at; at++) {
        if (quote) {
            if (*at == quote) quote = '\0';
        } else if (*at == '\'' || *at == '"') {
            quote = *at;
        } else if (*at == '?') {
            size_t number = strtoul(at + 1, NULL, 10);
            if (number > count) count = number;
            *at = '$';
        }
    }
    *ret_count = count;
    return text;
}
