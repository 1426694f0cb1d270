/* web/place-map.c: places as cells within what they lie in, drawn here: no tiles from outside, no coordinates needed.
 *
 * Every record of the ledger of places is a hexagon with its name and its number, in the order of the register; a block
 * for each town. Shade and number say the same; the table beside it says it in words. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "figure/breakdown.h"
#include "ledger/query.h"
#include "web/cells.h"
#include "web/measure.h"
#include "web/picture.h"
#include "web/sight.h"

#define PLACES_MOST 5000u
#define ACROSS      5  /* cells in a row */
#define STEP_X      56 /* pixels from cell to cell */
#define STEP_Y      49
#define LEVELS      4 /* shades above none */
#define NAME_MOST   4 /* characters in a cell */

typedef struct Cell {
    int64_t id; /* of the place */
    const char *title;
    size_t town;              /* in which it lies */
    const FigureGroup *group; /* NULL: nothing counted there */
} Cell;

typedef struct PlaceMap {
    Visit *visit;
    const Picture *picture;
    const FigureAsk *ask;
    Sight sight;
    ExprParams params;
    Cell *places;
    size_t n_places;
    const char **towns; /* in the order in which the register comes to them */
    size_t n_towns;
    FigureGroup *groups; /* by key */
    size_t n_groups;
    Decimal most;
} PlaceMap;

/* --- places --- */

static const char *within_of(PlaceMap *map, const Record *record) {
    Value value = VALUE_OF_BLANK;
    ExprRow row = record_row(map->visit->store, record);
    if (expr_eval(map->visit->ctx, map->picture->within, &row, &map->params, &value) || value.kind != VALUE_TEXT)
        return label_text((Label){"未填", "not filled in"});
    return mem_strdup(map->visit->ctx, value.text);
}

static size_t town_of(PlaceMap *map, const Record *record) {
    const char *within = within_of(map, record);
    size_t i = 0;
    while (i < map->n_towns && strcmp(map->towns[i], within) != 0) i++;
    if (i == map->n_towns) *mem_push(map->visit->ctx, map->towns, map->n_towns) = within;
    return i;
}

static int compare_keys(const void *a, const void *b) {
    const FigureGroup *one = a, *other = b;
    return (one->key.units > other->key.units) - (one->key.units < other->key.units);
}

static int take_place(const Record *record, void *data) {
    PlaceMap *map = data;
    const void *ctx = map->visit->ctx;
    if (map->n_places == PLACES_MOST) return 1;
    const FigureGroup wanted = {.key = VALUE_OF_INT(record->id)};
    Cell place = {.id = record->id, .town = town_of(map, record)};
    place.title = record_title(ctx, map->visit->store, record);
    if (map->n_groups) place.group = bsearch(&wanted, map->groups, map->n_groups, sizeof *map->groups, compare_keys);
    *mem_push(ctx, map->places, map->n_places) = place;
    return 0;
}

static int read_groups(PlaceMap *map) {
    Breakdown *breakdown;
    int fault = figure_breakdown(map->visit->ctx, map->visit->store, map->ask, map->picture->by, 0, &breakdown);
    if (fault) return fault;
    map->groups = breakdown->groups;
    map->n_groups = breakdown->n_groups;
    for (size_t i = 0; i < map->n_groups; i++) {
        FigureNumber value = map->groups[i].value;
        if (value.known && (!map->most.units || decimal_compare(value.value, map->most) > 0)) map->most = value.value;
    }
    if (map->n_groups) qsort(map->groups, map->n_groups, sizeof *map->groups, compare_keys);
    return 0;
}

/* --- cells --- */

/* 0 for nothing, then LEVELS equal steps up to the largest. */
static int level_of(const PlaceMap *map, const Cell *place) {
    if (!place->group || !place->group->value.known || place->group->value.value.units <= 0) return 0;
    __int128 units = place->group->value.value.units;
    return (int)((units * LEVELS + map->most.units - 1) / map->most.units);
}

static const char *value_of(const PlaceMap *map, const Cell *place) {
    return place->group ? measure_number(map->visit, map->ask->indicator, place->group->value) : "0";
}

static json_t *cell_of(const PlaceMap *map, const Cell *place, size_t n) {
    Visit *visit = map->visit;
    size_t row = n / ACROSS, column = n % ACROSS;
    json_t *cell = page_object();
    page_set_text(cell, "title", place->title);
    page_set_text(cell, "name", text_shorten(visit->ctx, place->title, NAME_MOST));
    page_set_text(cell, "value", value_of(map, place));
    page_set_text(cell, "url", cell_record_url(visit, map->picture->places, place->id));
    page_set(cell, "level", json_integer(level_of(map, place)));
    page_set(cell, "x", json_integer((json_int_t)(STEP_X * column + (row % 2 ? STEP_X : STEP_X / 2))));
    page_set(cell, "y", json_integer((json_int_t)(STEP_Y * row + 33)));
    return cell;
}

static json_t *town_json(const PlaceMap *map, size_t index) {
    json_t *town = page_object(), *cells = page_array();
    size_t n = 0, reached = 0;
    for (size_t i = 0; i < map->n_places; i++) {
        const Cell *place = &map->places[i];
        if (place->town != index) continue;
        json_array_append_new(cells, cell_of(map, place, n++));
        reached += level_of(map, place) > 0;
    }
    size_t rows = (n + ACROSS - 1) / ACROSS;
    page_set_text(town, "title", map->towns[index]);
    page_set_text(town, "reached", mem_printf(map->visit->ctx, _("%zu of %zu"), reached, n));
    page_set(town, "width", json_integer(STEP_X * ACROSS + STEP_X / 2));
    page_set(town, "height", json_integer((json_int_t)(STEP_Y * rows + 17)));
    page_set(town, "cells", cells);
    return town;
}

static json_t *towns_json(const PlaceMap *map) {
    json_t *towns = page_array();
    for (size_t i = 0; i < map->n_towns; i++) json_array_append_new(towns, town_json(map, i));
    return towns;
}

/* --- the table --- */

static json_t *rows_json(const PlaceMap *map) {
    json_t *rows = page_array();
    Visit *visit = map->visit;
    for (size_t i = 0; i < map->n_places; i++) {
        const Cell *place = &map->places[i];
        json_t *row = page_object(), *cells = page_array();
        const char *url = place->group ? picture_group_url(visit, map->ask, map->picture, place->group->key) : NULL;
        page_set_text(row, "label", place->title);
        page_set_text(row, "url", cell_record_url(visit, map->picture->places, place->id));
        page_set_text(row, "within", map->towns[place->town]);
        json_array_append_new(cells, picture_cell(value_of(map, place), url));
        page_set(row, "cells", cells);
        json_array_append_new(rows, row);
    }
    return rows;
}

static void add_level(json_t *levels, int level, const char *label) {
    json_t *object = page_object();
    page_set(object, "level", json_integer(level));
    page_set_text(object, "label", label);
    json_array_append_new(levels, object);
}

/* Cells without a colour of their own and from the lightest to the darkest, each with the least that it means; of few
 * steps up to the largest those that some number takes. */
static json_t *levels_json(const PlaceMap *map) {
    json_t *levels = page_array();
    add_level(levels, 0, "0");
    for (int level = 1; level <= LEVELS; level++) {
        Decimal least = {map->most.units * (level - 1) / LEVELS, map->most.scale};
        if (least.units == map->most.units * level / LEVELS) continue;
        const char *text = measure_number(map->visit, map->ask->indicator, (FigureNumber){true, least});
        add_level(levels, level, mem_printf(map->visit->ctx, "> %s", text));
    }
    return levels;
}

int picture_add_map(Visit *visit, const Picture *picture, const FigureAsk *ask, json_t *model) {
    PlaceMap map = {.visit = visit, .picture = picture, .ask = ask, .sight = {.visit = visit}};
    map.params = store_params(visit->store, ask->period);
    int fault = read_groups(&map);
    if (!fault) fault = sight_turn(&map.sight, picture->places);
    const Query all = {.ledger = picture->places, .rows = &map.sight.scope};
    if (!fault) fault = query_each(visit->store, &all, take_place, &map);
    if (fault < 0) return fault;
    int64_t count = 0;
    for (size_t i = 0; i < map.n_groups; i++) count += map.groups[i].count;
    json_t *object = page_object(), *heads = page_array();
    page_set(object, "towns", towns_json(&map));
    page_set(object, "levels", levels_json(&map));
    page_set(model, "map", object);
    json_array_append_new(heads, json_text_or_null(label_text(ask->indicator->title)));
    page_set(model, "heads", heads);
    page_set(model, "rows", rows_json(&map));
    page_set_text(model, "place_title", label_text(picture->places->title));
    page_set_text(model, "url", measure_url(visit, ask));
    page_set(model, "any", json_boolean(map.n_places > 0));
    picture_set_count(visit, model, count);
    return 0;
}
