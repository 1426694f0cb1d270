/* tmpl/render.c: the operations over a stack of values.
 *
 * A name is looked for from the innermost value outwards; the parts behind its first dot only within what the first
 * part is. Sections loop by jumping; only partials recurse. Depth, steps and output are bounded. */
#include <string.h>

#include "base/mem.h"
#include "tmpl/op.h"

#define STEPS_MAX 100000000u /* operations of one rendering: loops that write nothing end too */

/* A section being rendered, or the root. */
typedef struct Frame {
    TmplValue value; /* the innermost one here: what the section is, or the item of its list */
    TmplValue list;
    size_t index;
    TALLOC_CTX *ctx; /* what views make while this item is rendered */
} Frame;

typedef struct Render {
    TmplEscape escape;
    const TmplPartials *partials;
    Diag *diag;
    Buf *out;
    size_t out_max; /* size of out where it ends */
    size_t steps;
    Frame frames[TMPL_DEPTH_MAX + 1];
    size_t depth; /* of sections; frames[0] is the root */
    size_t partial_depth;
} Render;

static int render_ops(Render *render, const Tmpl *tmpl, const char *indent);

static int fail(Render *render, const Tmpl *tmpl, const char *code, const char *english, unsigned bound) {
    diag_error(render->diag, PLACE_FILE(tmpl->name), code, english, bound);
    return 1;
}

/* --- values --- */

static TmplValue member(const void *ctx, TmplValue value, const char *name) {
    if (!value.view || !value.view->member) return (TmplValue){.kind = TMPL_ABSENT};
    return value.view->member(ctx, value.data, name);
}

static TmplValue look_up(const Render *render, const Op *op) {
    const Frame *frame = &render->frames[render->depth];
    if (op->n_names == 0) return frame->value;
    TmplValue value = {.kind = TMPL_ABSENT};
    for (size_t i = render->depth + 1; i-- > 0 && value.kind == TMPL_ABSENT;) {
        value = member(frame->ctx, render->frames[i].value, op->names[0]);
    }
    for (size_t i = 1; i < op->n_names; i++) value = member(frame->ctx, value, op->names[i]);
    return value;
}

static bool holds(TmplValue value) {
    switch (value.kind) {
    case TMPL_OBJECT:
    case TMPL_TRUE:
        return true;
    case TMPL_TEXT:
        return value.text && *value.text;
    case TMPL_LIST:
        return value.count > 0;
    case TMPL_ABSENT:
    case TMPL_FALSE:
        break;
    }
    return false;
}

/* --- operations --- */

static void write_variable(Render *render, const Op *op) {
    TmplValue value = look_up(render, op);
    if (!value.text) return;
    TmplEscape escape = op->raw || value.raw ? tmpl_escape_none : render->escape;
    escape(render->out, value.text, strlen(value.text));
}

/* Makes the next item of the section the innermost value; what was made for the last one ends. */
static void enter(Frame *frame) {
    talloc_free_children(frame->ctx);
    bool is_list = frame->list.kind == TMPL_LIST;
    frame->value = is_list ? frame->list.view->item(frame->ctx, frame->list.data, frame->index) : frame->list;
}

/* Begins a section, or passes over it. Returns the operation to go on behind. */
static size_t begin_section(Render *render, const Op *ops, size_t at) {
    TmplValue value = look_up(render, &ops[at]);
    if (!holds(value)) return ops[at].other;
    TALLOC_CTX *outer = render->frames[render->depth].ctx;
    Frame *frame = &render->frames[++render->depth];
    *frame = (Frame){.list = value, .ctx = talloc_new(outer)};
    enter(frame);
    return at;
}

static size_t end_section(Render *render, const Op *ops, size_t at) {
    size_t start = ops[at].other;
    if (ops[start].kind == OP_INVERTED) return at;
    Frame *frame = &render->frames[render->depth];
    if (frame->list.kind == TMPL_LIST && ++frame->index < frame->list.count) {
        enter(frame);
        return start;
    }
    talloc_free(frame->ctx);
    render->depth--;
    return at;
}

/* A partial alone on its line is indented as a whole, in addition to the indent around it. */
static int render_partial(Render *render, const Tmpl *tmpl, const Op *op, const char *indent) {
    const Tmpl *partial = render->partials ? render->partials->find(render->partials->data, op->text) : NULL;
    if (!partial) return 0;
    if (render->partial_depth == TMPL_DEPTH_MAX) {
        return fail(render, tmpl, "too-deep", "partials are nested more than %u deep; end the recursion",
                    TMPL_DEPTH_MAX);
    }
    render->partial_depth++;
    TALLOC_CTX *ctx = render->frames[render->depth].ctx;
    const char *inner = op->indent ? mem_printf(ctx, "%s%s", indent, op->indent) : "";
    int r = render_ops(render, partial, inner);
    render->partial_depth--;
    return r;
}

static int render_ops(Render *render, const Tmpl *tmpl, const char *indent) {
    const Op *ops = tmpl->ops;
    for (size_t i = 0; i < tmpl->n_ops; i++) {
        if (++render->steps > STEPS_MAX) {
            return fail(render, tmpl, "too-long", "the rendering takes more than %u steps; shorten its lists",
                        STEPS_MAX);
        }
        if (render->out->size > render->out_max) {
            return fail(render, tmpl, "too-long", "the rendering is longer than %u bytes; shorten it", TMPL_OUTPUT_MAX);
        }
        switch (ops[i].kind) {
        case OP_TEXT:
            buf_add_bytes(render->out, ops[i].text, ops[i].size);
            break;
        case OP_LINE:
            buf_add(render->out, indent);
            break;
        case OP_VARIABLE:
            write_variable(render, &ops[i]);
            break;
        case OP_SECTION:
            if (render->depth == TMPL_DEPTH_MAX) {
                return fail(render, tmpl, "too-deep", "sections are nested more than %u deep; flatten them",
                            TMPL_DEPTH_MAX);
            }
            i = begin_section(render, ops, i);
            break;
        case OP_INVERTED:
            if (holds(look_up(render, &ops[i]))) i = ops[i].other;
            break;
        case OP_END:
            i = end_section(render, ops, i);
            break;
        case OP_PARTIAL:
            if (render_partial(render, tmpl, &ops[i], indent)) return 1;
            break;
        }
    }
    return 0;
}

int tmpl_render(const Tmpl *tmpl, TmplValue root, TmplEscape escape, const TmplPartials *partials, Diag *diag,
                Buf *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Render *render = mem_new(scratch, Render);
    *render = (Render){.escape = escape, .partials = partials, .diag = diag, .out = out};
    render->out_max = out->size + TMPL_OUTPUT_MAX;
    render->frames[0] = (Frame){.value = root, .ctx = scratch};
    return render_ops(render, tmpl, "");
}
