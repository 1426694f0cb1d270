/* web/frame.h: the frame around every page: title, menu, who is in, and what was said once. Private to web/. */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "figure/page.h" /* page_object, page_set … */
#include "web/visit.h"

/* Renders ui/NAME.mustache over the model with the frame's members added; the model is used up. `place` is the path of
 * the menu entry that is marked. Returns 0, or a fault. */
int frame_show(Visit *visit, const char *name, const char *title, json_t *model);
/* A part of a page, for htmx: no frame. */
int frame_show_part(Visit *visit, const char *name, json_t *model);

/* Of a route that lasts: whether the same person was shown the page of this address and neither was anything written
 * since nor has a new day begun; it is shown again then. */
bool frame_show_again(Visit *visit);
/* Keeps what was just shown for that; not when it tells of something wrong. */
void frame_keep(Visit *visit);

/* How long a part of pages is kept. */
typedef enum {
    FRAME_LASTS,     /* whatever is written: one for all who may the same */
    FRAME_LASTS_NOW, /* until anything is written in the bureau, or the day ends: his own */
} FrameLasts;
/* The text of a part, made once for each `about`, which tells those of a template apart; nothing is kept of a visit in
 * which something was found wrong. make fills the model. *ret_text is owned by the visit. 0, or a fault. */
typedef int (*FrameMake)(Visit *visit, json_t *model, void *data);
int frame_kept(Visit *visit, const char *name, const char *about, FrameLasts lasts, FrameMake make, void *data,
               const char **ret_text);
/* Puts a rendered part into the model of another. */
void frame_set_part(json_t *model, const char *name, const char *text);

/* Words that the next page shows once, above all else. */
void frame_say(Visit *visit, const char *words);
/* The findings of the visit's Diag as [{"say", "field", "error"}]. */
json_t *frame_findings(const Visit *visit);
/* Whether a token that came is the session's. */
bool frame_csrf_is_right(const Visit *visit, const char *token);

#endif
