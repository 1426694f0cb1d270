/* tmpl/tmpl.h: mustache (the public specification, without lambdas): compile once, render many times.
 *
 * {{name}} escaped, {{{name}}} and {{&name}} raw, {{#name}}…{{/name}} section, {{^name}}…{{/name}} inverted,
 * {{! comment}}, {{> partial}}, {{=<% %>=}} delimiters, dotted names, {{.}}. What values there are comes
 * through a TmplView; the escape function belongs to the rendering, so HTML, Markdown and plain text share it. */
#ifndef TMPL_TMPL_H
#define TMPL_TMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"

#define TMPL_DEPTH_MAX  64          /* nested sections or partials */
#define TMPL_OUTPUT_MAX (64u << 20) /* bytes of one rendering */

typedef struct Tmpl Tmpl;

/* Compiles; every syntax error is a finding with line and column. Owned by ctx. 0, or 1 with findings. */
int tmpl_compile(const void *ctx, const char *name, const char *source, size_t size, Diag *diag, Tmpl **ret_tmpl);

/* All names used as variables and sections, with places, in order: so that a misspelt one fails when the
 * template is read and not in front of a user. */
typedef struct TmplName {
    const char *name; /* dotted */
    bool section;
    Place at;
} TmplName;
size_t tmpl_names(const Tmpl *tmpl, const TmplName **ret_names);

/* A value as the template sees it. What it prints is its text, whatever its kind. */
typedef enum { TMPL_ABSENT, TMPL_TEXT, TMPL_OBJECT, TMPL_LIST, TMPL_TRUE, TMPL_FALSE } TmplKind;

typedef struct TmplValue TmplValue;
/* Member of an object by (undotted) name, and item of a list by index; data is the value's own. What they make lives
 * in ctx, which ends with the rendering. */
typedef struct TmplView {
    TmplValue (*member)(const void *ctx, const void *data, const char *name);
    TmplValue (*item)(const void *ctx, const void *data, size_t index);
} TmplView;

struct TmplValue {
    TmplKind kind;
    const char *
        text; /* TMPL_TEXT; an empty text is false in a section. An object may also have a text: what {{name}} prints */
    const TmplView *view; /* TMPL_OBJECT, TMPL_LIST. What is false may also have a text and members: an empty figure */
    const void *data;
    size_t count; /* TMPL_LIST */
    bool raw;     /* text is already in the target's form and is not escaped */
};

/* The usual view over a JSON value (jansson's): {"a": {"b": [..]}}. null is false and prints nothing. Numbers become
 * text in ctx. */
struct json_t;
TmplValue tmpl_json(const void *ctx, const struct json_t *value);

typedef void (*TmplEscape)(Buf *out, const char *text, size_t size);
void tmpl_escape_html(Buf *out, const char *text, size_t size);
void tmpl_escape_none(Buf *out, const char *text, size_t size);

typedef struct TmplPartials {
    const Tmpl *(*find)(const void *data, const char *name); /* NULL when there is none: renders as empty */
    const void *data;
} TmplPartials;

/* Renders into out. 0, or 1 with a finding (too deep, too long). */
int tmpl_render(const Tmpl *tmpl, TmplValue root, TmplEscape escape, const TmplPartials *partials, Diag *diag,
                Buf *out);

#endif
