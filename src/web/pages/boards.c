/* web/pages/boards.c: pages of pictures, as defs/boards/ describes them: the cockpit, the map, and those of a site.
 *
 * A page shows frames; each picture is filled in by a request of its own, so that none counts everything. Without a
 * script a frame leads to its picture. */
#include "base/mem.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/period.h"
#include "web/picture.h"
#include "web/url.h"

static const char *picture_url(const Visit *visit, const Board *board, size_t index, Period period) {
    const char *path = mem_printf(visit->ctx, "/boards/%s/%zu", board->name.text, index + 1);
    return url_with(visit->ctx, path, NULL, URL_CHANGES({"period", period_code(visit, period)}));
}

/* --- a page of frames --- */

static bool is_map(const Board *board) { return board->n_pictures && board->pictures[0].kind == PICTURE_MAP; }

/* Of maps one is shown at a time. */
static json_t *frames_json(const Visit *visit, const Board *board, Period period, int64_t only) {
    json_t *frames = page_array();
    for (size_t i = 0; i < board->n_pictures; i++) {
        if (only && i + 1 != (size_t)only) continue;
        json_t *frame = page_object();
        page_set_text(frame, "title", label_text(board->pictures[i].title));
        page_set_text(frame, "url", picture_url(visit, board, i, period));
        page_set(frame, "wide", json_boolean(board->pictures[i].wide || is_map(board)));
        json_array_append_new(frames, frame);
    }
    return frames;
}

static json_t *choices_json(const Visit *visit, const Board *board, int64_t shown) {
    json_t *choices = page_array();
    for (size_t i = 0; i < board->n_pictures; i++) {
        json_t *choice = page_object();
        const char *number = mem_printf(visit->ctx, "%zu", i + 1);
        page_set_text(choice, "label", label_text(board->pictures[i].title));
        page_set_text(
            choice, "url",
            url_with(visit->ctx, visit->request->path, &visit->request->query, URL_CHANGES({"picture", number})));
        page_set(choice, "here", json_boolean((int64_t)i + 1 == shown));
        json_array_append_new(choices, choice);
    }
    return choices;
}

static int show_board(Visit *visit, const char *name) {
    const Board *board = catalog_find_board(visit->store->catalog, name);
    Period period;
    if (!board) return WEB_MISSING;
    int wrong = period_choose(visit, &period);
    if (wrong < 0) return wrong;
    int64_t only = visit_number(visit_query(visit, "picture"));
    if (only > (int64_t)board->n_pictures) only = 0;
    if (is_map(board) && !only) only = 1;
    json_t *model = page_object();
    page_set(model, "findings", frame_findings(visit));
    page_set_text(model, "title", label_text(board->title));
    page_set_text(model, "about", label_text(board->about));
    page_set(model, "period", period_json(visit, period));
    page_set(model, "frames", frames_json(visit, board, period, only));
    page_set(model, "has_choices", json_boolean(is_map(board)));
    page_set(model, "choices", choices_json(visit, board, only));
    page_set(model, "draws", json_boolean(!is_map(board)));
    int fault = frame_show(visit, "board", label_text(board->title), model);
    return fault ? fault : wrong;
}

static int show_cockpit(Visit *visit) { return show_board(visit, "cockpit"); }
static int show_map(Visit *visit) { return show_board(visit, "map"); }
static int show_named(Visit *visit) { return show_board(visit, visit_segment(visit, "board")); }

/* --- one picture --- */

static int show_picture(Visit *visit) {
    const Board *board = catalog_find_board(visit->store->catalog, visit_segment(visit, "board"));
    int64_t number = visit_number(visit_segment(visit, "picture"));
    Period period;
    if (!board || number < 1 || number > (int64_t)board->n_pictures) return WEB_MISSING;
    const Picture *picture = &board->pictures[number - 1];
    int wrong = period_choose(visit, &period);
    if (wrong < 0) return wrong;
    json_t *model;
    int fault = picture_json(visit, picture, period, &model);
    if (fault) return fault;
    fault = visit_wants_part(visit) ? frame_show_part(visit, "picture", model)
                                    : frame_show(visit, "picture-page", label_text(picture->title), model);
    return fault ? fault : wrong;
}

const WebRoute routes_boards[] = {
    {HTTP_GET, "/cockpit", "figure:read", show_cockpit,
     .api = API(API_PREFIX "/boards", {"图板目录", "The boards and their pictures"}, api_boards, .gives = "Boards")},
    {HTTP_GET, "/map", "figure:read", show_map},
    {HTTP_GET, "/boards/{board}", "figure:read", show_named},
    {HTTP_GET, "/boards/{board}/{picture}", "figure:read", show_picture, .waits = true,
     .api = API(API_PREFIX "/boards/{board}/pictures/{picture}", {"一幅图的数据", "The numbers of one picture"}, api_picture,
                api_period_inputs, "Picture")},
    {0},
};
