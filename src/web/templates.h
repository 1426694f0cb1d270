/* web/templates.h: the templates of ui/, compiled once in each language. Private to web/.
 *
 * Words in a template stand as [[English]] and are replaced by their Chinese (lang/zh_CN.po) when it is compiled. With
 * KEZHANG_UI=DIR templates and other files are read from there at every request, for whoever works on them. */
#ifndef WEB_TEMPLATES_H
#define WEB_TEMPLATES_H

#include "base/embed.h"
#include "base/json.h"
#include "http/response.h"
#include "tmpl/tmpl.h"

typedef struct Templates Templates;

/* Owned by ctx. 0, or 1 with findings. */
int templates_open(const void *ctx, Diag *diag, Templates **ret_templates);
/* Renders ui/NAME.mustache in the current language. 0, or 1 with findings. */
int templates_render(const Templates *templates, const char *name, const json_t *model, Diag *diag, Buf *out);

/* Whether they are read at every request. */
bool templates_are_live(void);

/* A file of ui/ or of a library that browsers load, ready to be sent; NULL when there is none. Lent, or owned by ctx.
 */
const HttpStatic *templates_asset(const Templates *templates, const void *ctx, const char *path);
/* Changes with any of them: the part of their address that lets browsers keep them. */
const char *templates_version(const Templates *templates);

#endif
