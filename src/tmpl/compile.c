/* tmpl/compile.c: from source to operations, in one pass.
 *
 * A line that holds nothing but white space and one tag other than a variable disappears whole. What is wrong is
 * noted and passed over, so that all of it is found. Operations point into a copy of the source. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tmpl/op.h"

typedef struct Open {
    const char *name;
    size_t op;
    Place at;
} Open;

typedef struct Compiler {
    Tmpl *tmpl;
    Diag *diag;
    const char *at;           /* what is not compiled yet */
    const char *end;          /* of the source */
    const char *open, *close; /* the delimiters */
    bool line_is_blank;       /* nothing but white space so far on the line where `at` stands */
    bool line_is_told;        /* it has its OP_LINE */
    const char *line;         /* start of a line at or before `at`, and its number: for places */
    unsigned line_number;
    Open sections[TMPL_DEPTH_MAX];
    size_t depth;
} Compiler;

/* One tag as it stands in the source. */
typedef struct Tag {
    char sigil; /* 0 for a plain variable */
    const char *start;
    const char *end;
    const char *text; /* between the delimiters, without outer space; owned by the template */
    Place at;
} Tag;

/* --- places and findings --- */

static Place place_of(Compiler *compiler, const char *at) {
    for (const char *p; (p = memchr(compiler->line, '\n', (size_t)(at - compiler->line))); compiler->line = p + 1) {
        compiler->line_number++;
    }
    Place place = {.file = compiler->tmpl->name, .line = compiler->line_number, .column = 1};
    for (const char *p = compiler->line; p < at; text_next(&p, at)) place.column++;
    return place;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static const char *find(const char *from, const char *end, const char *text) {
    return memmem(from, (size_t)(end - from), text, strlen(text));
}

/* --- operations --- */

static Op *add_op(Compiler *compiler, OpKind kind) {
    Op *op = mem_push(compiler->tmpl, compiler->tmpl->ops, compiler->tmpl->n_ops);
    op->kind = kind;
    return op;
}

/* Says once that the current line begins, when something of it is going to be written. */
static void tell_line(Compiler *compiler) {
    if (!compiler->line_is_told) add_op(compiler, OP_LINE);
    compiler->line_is_told = true;
}

static void add_text(Compiler *compiler, const char *from, const char *end) {
    while (from < end) {
        const char *newline = memchr(from, '\n', (size_t)(end - from));
        const char *stop = newline ? newline + 1 : end;
        bool is_empty = *from == '\n' || (*from == '\r' && from + 1 < end && from[1] == '\n');
        if (!is_empty) tell_line(compiler);
        Op *op = add_op(compiler, OP_TEXT);
        op->text = from;
        op->size = (size_t)(stop - from);
        if (newline) compiler->line_is_told = false;
        from = stop;
    }
}

/* Splits a dotted name into the operation and notes it among the names of the template. */
static bool add_names(Compiler *compiler, Op *op, const Tag *tag) {
    Tmpl *tmpl = compiler->tmpl;
    *mem_push(tmpl, tmpl->names, tmpl->n_names) =
        (TmplName){.name = tag->text, .section = op->kind != OP_VARIABLE, .at = tag->at};
    if (strcmp(tag->text, ".") == 0) return true;
    for (const char *part = tag->text;;) {
        size_t size = strcspn(part, ".");
        if (size == 0) return false;
        *mem_push(tmpl, op->names, op->n_names) = mem_strndup(tmpl, part, size);
        if (!part[size]) return true;
        part += size + 1;
    }
}

/* Whether the text of a tag is a name; nothing else may stand in most of them. */
static bool is_name(Compiler *compiler, const Tag *tag) {
    for (const char *p = tag->text; *p; p++) {
        if (!is_space(*p)) continue;
        diag_error(compiler->diag, tag->at, "bad-name", "'%s' has space inside; write one name", tag->text);
        return false;
    }
    if (*tag->text) return true;
    diag_error(compiler->diag, tag->at, "bad-name", "a tag without a name; write one");
    return false;
}

static Op *add_named(Compiler *compiler, OpKind kind, const Tag *tag) {
    Op *op = add_op(compiler, kind);
    if (is_name(compiler, tag) && !add_names(compiler, op, tag)) {
        diag_error(compiler->diag, tag->at, "bad-name", "'%s' has an empty part; write names with single dots between",
                   tag->text);
    }
    return op;
}

/* --- tags --- */

static void compile_variable(Compiler *compiler, const Tag *tag) {
    add_named(compiler, OP_VARIABLE, tag)->raw = tag->sigil != 0;
}

static void compile_section(Compiler *compiler, const Tag *tag) {
    if (compiler->depth == TMPL_DEPTH_MAX) {
        diag_error(compiler->diag, tag->at, "too-deep", "sections are nested more than %d deep; split the template",
                   TMPL_DEPTH_MAX);
        compiler->at = compiler->end;
        compiler->depth = 0;
        return;
    }
    add_named(compiler, tag->sigil == '#' ? OP_SECTION : OP_INVERTED, tag);
    compiler->sections[compiler->depth++] = (Open){.name = tag->text, .op = compiler->tmpl->n_ops - 1, .at = tag->at};
}

static void compile_end(Compiler *compiler, const Tag *tag) {
    if (compiler->depth == 0) {
        diag_error(compiler->diag, tag->at, "unopened", "%s ends here and did not begin; take the tag away", tag->text);
        return;
    }
    Open open = compiler->sections[--compiler->depth];
    if (strcmp(open.name, tag->text) != 0) {
        diag_error(compiler->diag, tag->at, "crossed", "%s ends here, but %s began last; end that first", tag->text,
                   open.name);
    }
    add_op(compiler, OP_END)->other = open.op;
    compiler->tmpl->ops[open.op].other = compiler->tmpl->n_ops - 1;
}

static void compile_partial(Compiler *compiler, const Tag *tag) {
    Op *op = add_op(compiler, OP_PARTIAL);
    if (is_name(compiler, tag)) op->text = tag->text;
}

/* {{=<% %>=}} */
static void compile_delimiters(Compiler *compiler, const Tag *tag) {
    size_t open = strcspn(tag->text, " \t\r\n"), gap = strspn(tag->text + open, " \t\r\n");
    const char *close = tag->text + open + gap;
    if (open == 0 || !*close || strpbrk(close, " \t\r\n") || strchr(tag->text, '=')) {
        diag_error(compiler->diag, tag->at, "bad-delimiters",
                   "'%s' are no delimiters; write two signs with a space between, without =", tag->text);
        return;
    }
    compiler->open = mem_strndup(compiler->tmpl, tag->text, open);
    compiler->close = close;
}

/* The signs behind an opening delimiter. */
static const struct {
    char sigil;
    bool alone;                                          /* disappears with its line when it stands alone on it */
    const char *end;                                     /* sign before the closing delimiter */
    void (*compile)(Compiler *compiler, const Tag *tag); /* NULL: a comment */
} TAGS[] = {
    {0, false, "", compile_variable},     {'{', false, "}", compile_variable},
    {'&', false, "", compile_variable},   {'#', true, "", compile_section},
    {'^', true, "", compile_section},     {'/', true, "", compile_end},
    {'>', true, "", compile_partial},     {'!', true, "", NULL},
    {'=', true, "=", compile_delimiters},
};

static size_t tag_kind(char sigil) {
    for (size_t i = 1; i < sizeof TAGS / sizeof *TAGS; i++) {
        if (TAGS[i].sigil == sigil) return i;
    }
    return 0;
}

/* Reads the tag that opens at `start`. False with a finding when it does not close. */
static bool read_tag(Compiler *compiler, const char *start, Tag *ret_tag, size_t *ret_kind) {
    const char *from = start + strlen(compiler->open);
    size_t kind = from < compiler->end ? tag_kind(*from) : 0;
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *close = mem_printf(scratch, "%s%s", TAGS[kind].end, compiler->close);
    if (kind > 0) from++;
    const char *stop = find(from, compiler->end, close);
    Place at = place_of(compiler, start);
    if (!stop) {
        diag_error(compiler->diag, at, "unclosed", "a tag opens here and does not close; close it with %s", close);
        return false;
    }
    *ret_tag = (Tag){.sigil = TAGS[kind].sigil, .start = start, .end = stop + strlen(close), .at = at};
    *ret_kind = kind;
    while (from < stop && is_space(*from)) from++;
    while (stop > from && is_space(stop[-1])) stop--;
    ret_tag->text = mem_strndup(compiler->tmpl, from, (size_t)(stop - from));
    return true;
}

/* --- lines --- */

/* Where the line behind a tag goes on, when nothing but white space is left on it; else NULL. */
static const char *rest_of_line(const Compiler *compiler, const char *at) {
    while (at < compiler->end && is_blank(*at)) at++;
    if (at == compiler->end) return at;
    if (*at == '\n') return at + 1;
    return *at == '\r' && at + 1 < compiler->end && at[1] == '\n' ? at + 2 : NULL;
}

/* The start of the white space directly before a tag that reaches back to the start of its line; else NULL. */
static const char *start_of_line(const Compiler *compiler, const char *tag) {
    const char *start = tag;
    while (start > compiler->at && is_blank(start[-1])) start--;
    bool at_newline = start > compiler->at && start[-1] == '\n';
    bool at_start = start == compiler->at && compiler->line_is_blank;
    return at_newline || at_start ? start : NULL;
}

static void compile_tag(Compiler *compiler, const Tag *tag, size_t kind) {
    const char *line = TAGS[kind].alone ? start_of_line(compiler, tag->start) : NULL;
    const char *rest = line ? rest_of_line(compiler, tag->end) : NULL;
    add_text(compiler, compiler->at, rest ? line : tag->start);
    if (!rest) tell_line(compiler);
    compiler->at = rest ? rest : tag->end;
    compiler->line_is_blank = rest != NULL;
    if (TAGS[kind].compile) TAGS[kind].compile(compiler, tag);
    if (rest && TAGS[kind].sigil == '>') {
        Op *partial = &compiler->tmpl->ops[compiler->tmpl->n_ops - 1];
        partial->indent = mem_strndup(compiler->tmpl, line, (size_t)(tag->start - line));
    }
}

static void compile_source(Compiler *compiler) {
    while (compiler->at < compiler->end) {
        Tag tag;
        size_t kind;
        const char *start = find(compiler->at, compiler->end, compiler->open);
        if (!start || !read_tag(compiler, start, &tag, &kind)) {
            add_text(compiler, compiler->at, compiler->end);
            break;
        }
        compile_tag(compiler, &tag, kind);
    }
    while (compiler->depth > 0) {
        Open open = compiler->sections[--compiler->depth];
        diag_error(compiler->diag, open.at, "unclosed", "the section %s begins here and does not end; end it",
                   open.name);
    }
}

int tmpl_compile(const void *ctx, const char *name, const char *source, size_t size, Diag *diag, Tmpl **ret_tmpl) {
    Tmpl *tmpl = mem_new(ctx, Tmpl);
    size_t errors = diag->errors;
    tmpl->name = mem_strdup(tmpl, name);
    if (text_is_valid(source, size)) {
        const char *copy = mem_strndup(tmpl, source, size);
        Compiler compiler = {.tmpl = tmpl,
                             .diag = diag,
                             .at = copy,
                             .end = copy + size,
                             .open = "{{",
                             .close = "}}",
                             .line_is_blank = true,
                             .line = copy,
                             .line_number = 1};
        compile_source(&compiler);
    } else {
        diag_error(diag, PLACE_FILE(name), "bad-text", "the template is not UTF-8; save it as UTF-8");
    }
    if (diag->errors > errors) {
        talloc_free(tmpl);
        return 1;
    }
    *ret_tmpl = tmpl;
    return 0;
}

size_t tmpl_names(const Tmpl *tmpl, const TmplName **ret_names) {
    *ret_names = tmpl->names;
    return tmpl->n_names;
}
