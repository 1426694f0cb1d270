/* base/dialect.h: what SQLite and PostgreSQL say differently, as data. db/ fills one row each; whoever
 * derives SQL text (schema, query, emitted expressions) reads it. Everything else is one text for both. */
#ifndef BASE_DIALECT_H
#define BASE_DIALECT_H

#include <stdbool.h>

typedef struct DbDialect {
    const char *name;      /* "sqlite", "postgresql" */
    const char *type_int;  /* 64-bit integer */
    const char *type_text; /* compared by code point */
    const char *type_date;
    const char *type_blob;
    const char *type_json;    /* rows of a child table: a JSON array as text */
    const char *table_suffix; /* behind CREATE TABLE (…) */
    /* printf patterns around one SQL expression: a bound parameter of that type */
    const char *cast_int, *cast_text, *cast_date;
    const char *date_diff;        /* pattern, two dates → whole days, first minus second */
    const char *date_year;        /* pattern, a date → its year as integer */
    const char *least, *greatest; /* names of the scalar functions: min/max, LEAST/GREATEST */
    const char *text_position;    /* pattern, (haystack, needle) → position from 1, 0 when not inside */
    const char *json_each;        /* pattern, JSON array text → FROM item with column `value`; null acts as [] */
    const char *json_text;        /* pattern, (item, member name) → the member as text */
    const char *json_int;         /* pattern, (item, member name) → the member as 64-bit integer */
    const char *by_index; /* statement for a transaction that looks up many rows of a growing table: find them through
                             indexes; NULL: they always are */
    const char *analyze;  /* pattern, (table, columns): takes notice of how far the table has grown; NULL: no need */
    const char *plan;     /* statements when tables or indexes were made: what the planner would guess wrong; NULL: it
                             counts */
    bool knows_condition; /* an index over the rows of a condition covers the columns of that condition too */
    bool is_server;       /* more than one machine may write */
} DbDialect;

#endif
