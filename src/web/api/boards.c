/* web/api/boards.c: the numbers of the pictures, without how they are drawn. */
#include "base/mem.h"
#include "web/api/api.h"
#include "web/picture.h"

static const char *kind_name(PictureKind kind) {
    static const char *const names[] = {[PICTURE_NUMBER] = "number",
                                        [PICTURE_BAR] = "bar",
                                        [PICTURE_LINE] = "line",
                                        [PICTURE_PIE] = "pie",
                                        [PICTURE_MAP] = "map"};
    return names[kind];
}

static json_t *picture_head(const Picture *picture, size_t number) {
    json_t *object = page_object(), *of = page_array();
    for (size_t i = 0; i < picture->n_of; i++) json_array_append_new(of, json_string(picture->of[i]->name.text));
    page_set(object, "picture", json_integer((json_int_t)number));
    page_set(object, "title", json_label(picture->title));
    page_set_text(object, "kind", kind_name(picture->kind));
    page_set(object, "indicators", of);
    return object;
}

int api_boards(Visit *visit) {
    const Catalog *catalog = visit->store->catalog;
    ApiList list = api_list(visit, "boards");
    for (size_t i = 0; i < catalog->n_boards; i++) {
        const Board *board = &catalog->boards[i];
        json_t *object = page_object(), *pictures = page_array();
        for (size_t k = 0; k < board->n_pictures; k++)
            json_array_append_new(pictures, picture_head(&board->pictures[k], k + 1));
        page_set_text(object, "board", board->name.text);
        page_set(object, "title", json_label(board->title));
        page_set(object, "pictures", pictures);
        json_array_append_new(list.array, object);
    }
    return api_answer(visit, list.answer);
}

/* --- the table of one: the same texts as on its page, without addresses --- */

static json_t *texts_of(const json_t *cells) {
    json_t *texts = page_array();
    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *cell = json_array_get(cells, i);
        json_t *text = json_object_get(cell, "text");
        json_array_append_new(texts, text ? json_incref(text) : json_incref((json_t *)cell));
    }
    return texts;
}

static json_t *rows_json(const json_t *model) {
    const json_t *rows = json_object_get(model, "rows");
    json_t *list = page_array();
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        json_t *object = page_object();
        page_set(object, "label", json_incref(json_object_get(row, "label")));
        page_set(object, "cells", texts_of(json_object_get(row, "cells")));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *tiles_json(const json_t *model) {
    static const char *const names[] = {"value", "unit", "target", "share"};
    const json_t *tiles = json_object_get(model, "tiles");
    json_t *list = page_array();
    for (size_t i = 0; i < json_array_size(tiles); i++) {
        const json_t *tile = json_array_get(tiles, i);
        json_t *object = page_object(), *cells = page_array();
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
            json_array_append(cells, json_object_get(tile, names[k]));
        page_set(object, "label", json_incref(json_object_get(tile, "title")));
        page_set(object, "cells", cells);
        json_array_append_new(list, object);
    }
    return list;
}

int api_picture(Visit *visit) {
    const Board *board = catalog_find_board(visit->store->catalog, visit_segment(visit, "board"));
    int64_t number = visit_number(visit_segment(visit, "picture"));
    FigureAsk ask;
    json_t *model;
    if (!board || number < 1 || number > (int64_t)board->n_pictures) return WEB_MISSING;
    if (api_read_period(visit, &ask)) return WEB_WRONG;
    int fault = picture_json(visit, &board->pictures[number - 1], ask.period, &model);
    if (fault) return fault;
    json_keep(visit->ctx, model);
    bool is_tiles = board->pictures[number - 1].kind == PICTURE_NUMBER;
    json_t *object = picture_head(&board->pictures[number - 1], (size_t)number),
           *heads = json_object_get(model, "heads");
    page_set_text(object, "period", period_format_short(visit->ctx, ask.period));
    page_set(object, "heads",
             is_tiles ? json_pack("[s,s,s,s]", _("Value"), _("Unit"), _("Target"), _("Share"))
             : heads  ? texts_of(heads)
                      : page_array());
    page_set(object, "rows", is_tiles ? tiles_json(model) : rows_json(model));
    return api_answer(visit, object);
}
