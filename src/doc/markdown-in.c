/* doc/markdown-in.c: Markdown into blocks, over cmark-gfm with its table extension.
 *
 * cmark-gfm keeps its extensions in a process-wide list: they are registered once and only read afterwards. Its
 * arena allocator is process-wide too and is not used; nodes come from the default allocator.
 * Owns the parser and its tree for the length of one call. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <string.h>

#include "doc/doc.h"
#include "doc/guard.h"
#include "doc/link.h"
#include "doc/marks.h"

#define SIGNATURE_MARK "^ "
#define NO_BLOCK       SIZE_MAX
#define NO_NUMBER      (-1)
#define CHINESE_FROM   0x2010u /* dashes, quotation marks and whatever follows them in Unicode take no space */

typedef struct Reader {
    Doc *doc;
    Diag *diag;
    const char *line_start; /* of line `line` of the source */
    const char *source_end;
    int line;
    int depth;
    int quotes, pictures, lists;        /* that are open */
    int next_number[DOC_DEPTH_MAX + 1]; /* of the next item of each open list, or NO_NUMBER */
    int number;                         /* of the item whose first paragraph is still to come, or NO_NUMBER */
    BlockKind kind;                     /* of the block being read, and of those that hard line breaks begin */
    int level;
    size_t block;  /* being read, or NO_BLOCK until it has text */
    size_t table;  /* index of the block */
    DocCell *cell; /* being read, or NULL */
    size_t row, column;
    bool in_text;     /* within a block that has inlines */
    bool annex_label; /* the next block may be the label of the annex before it */
    bool line_begins; /* after a soft break of a signature */
    Run style;        /* of the text gathered */
    int strong;
    Buf text;
} Reader;

typedef struct NodeKind {
    const char *type; /* as cmark names it */
    void (*enter)(Reader *reader, cmark_node *node);
    void (*leave)(Reader *reader, cmark_node *node);
} NodeKind;

/* Inline nodes have no line of their own: the block around them has. */
static Place place_of(cmark_node *node) {
    while (cmark_node_get_start_line(node) == 0 && cmark_node_parent(node)) node = cmark_node_parent(node);
    return (Place){.line = (unsigned)cmark_node_get_start_line(node),
                   .column = (unsigned)cmark_node_get_start_column(node)};
}

/* The block that text goes to, made when its first text comes: blocks without text are left out. */
static Block *current_block(Reader *reader) {
    if (reader->block == NO_BLOCK) {
        Block *block = doc_add(reader->doc, reader->kind);
        block->level = reader->level;
        reader->block = reader->doc->n_blocks - 1;
    }
    return &reader->doc->blocks[reader->block];
}

/* Ends the run being gathered; the next one may look different. */
static void end_run(Reader *reader) {
    if (!reader->text.size) return;
    const char *text = buf_text(&reader->text);
    Run *run = reader->cell ? cell_add_run(reader->doc, reader->cell, text)
                            : block_add_run(reader->doc, current_block(reader), text);
    run->link = reader->style.link;
    run->anchor = reader->style.anchor;
    run->strong = reader->strong > 0;
    buf_clear(&reader->text);
}

static void begin_block(Reader *reader, BlockKind kind, int level) {
    reader->kind = kind;
    reader->level = level;
    reader->block = NO_BLOCK;
    reader->in_text = true;
    reader->annex_label = false;
}

static void end_block(Reader *reader) {
    end_run(reader);
    reader->in_text = false;
}

static void pass_line(Reader *reader) {
    const char *at = reader->line_start;
    while (at < reader->source_end && *at != '\n' && *at != '\r') at++;
    if (at + 1 < reader->source_end && at[0] == '\r' && at[1] == '\n') at++;
    reader->line_start = at < reader->source_end ? at + 1 : at;
    reader->line++;
}

/* Whether the source has the mark of a signature where the paragraph starts: the text of the node does not tell
 * a mark from an escaped one. Nodes come in order, so the lines are walked once. */
static bool has_signature_mark(Reader *reader, cmark_node *paragraph) {
    while (reader->line < cmark_node_get_start_line(paragraph)) pass_line(reader);
    ptrdiff_t column = cmark_node_get_start_column(paragraph) - 1;
    ptrdiff_t mark_size = (ptrdiff_t)strlen(SIGNATURE_MARK);
    return column >= 0 && column <= reader->source_end - reader->line_start - mark_size &&
           memcmp(reader->line_start + column, SIGNATURE_MARK, (size_t)mark_size) == 0;
}

static void enter_heading(Reader *reader, cmark_node *node) {
    int level = cmark_node_get_heading_level(node) - 1;
    begin_block(reader, level ? BLOCK_HEADING : BLOCK_TITLE, level > DOC_LEVELS ? DOC_LEVELS : level);
}

/* A quoted paragraph right behind the rule of an annex goes on with that block. */
static bool is_annex_label(Reader *reader) {
    if (!reader->annex_label || !reader->quotes) return false;
    size_t annex = reader->doc->n_blocks - 1;
    begin_block(reader, BLOCK_FLUSH, 0);
    reader->block = annex;
    return true;
}

static void enter_paragraph(Reader *reader, cmark_node *node) {
    if (is_annex_label(reader)) return;
    bool signature = has_signature_mark(reader, node);
    begin_block(reader, signature ? BLOCK_SIGNATURE : reader->quotes ? BLOCK_FLUSH : BLOCK_PARAGRAPH, 0);
    reader->line_begins = signature;
    if (reader->number != NO_NUMBER) buf_printf(&reader->text, "%d.", reader->number);
    reader->number = NO_NUMBER;
}

static void leave_text_block(Reader *reader, cmark_node *node) {
    (void)node;
    end_block(reader);
}

static void enter_quote(Reader *reader, cmark_node *node) {
    reader->quotes++;
    if (!cmark_node_first_child(node)) reader->annex_label = false;
}

static void leave_quote(Reader *reader, cmark_node *node) {
    (void)node;
    reader->quotes--;
}

static void enter_list(Reader *reader, cmark_node *node) {
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    reader->next_number[++reader->lists] = ordered ? cmark_node_get_list_start(node) : NO_NUMBER;
}

static void leave_list(Reader *reader, cmark_node *node) {
    (void)node;
    reader->lists--;
}

static void enter_item(Reader *reader, cmark_node *node) {
    (void)node;
    int *next = &reader->next_number[reader->lists];
    reader->number = *next;
    if (*next != NO_NUMBER) ++*next;
}

static void leave_item(Reader *reader, cmark_node *node) {
    (void)node;
    reader->number = NO_NUMBER;
}

static void enter_rule(Reader *reader, cmark_node *node) {
    (void)node;
    doc_add(reader->doc, BLOCK_ANNEX);
    reader->annex_label = true;
}

static void enter_table(Reader *reader, cmark_node *node) {
    size_t n_rows = 0;
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row)) n_rows++;
    Block *block = doc_add(reader->doc, BLOCK_TABLE);
    block_make_table(reader->doc, block, n_rows, cmark_gfm_extensions_get_table_columns(node));
    reader->table = reader->doc->n_blocks - 1;
    reader->row = 0;
    reader->annex_label = false;
}

static void enter_row(Reader *reader, cmark_node *node) {
    (void)node;
    reader->column = 0;
}

static void leave_row(Reader *reader, cmark_node *node) {
    (void)node;
    reader->row++;
}

static void enter_cell(Reader *reader, cmark_node *node) {
    (void)node;
    const Block *table = &reader->doc->blocks[reader->table];
    if (reader->row < table->n_rows && reader->column < table->n_columns) {
        reader->cell = block_cell(table, reader->row, reader->column);
        reader->in_text = true;
    }
    reader->column++;
}

static void leave_cell(Reader *reader, cmark_node *node) {
    (void)node;
    end_block(reader);
    reader->cell = NULL;
}

/* Each line of a block of code or HTML is a paragraph: nothing of it is lost and nothing of it is obeyed. */
static void enter_literal_block(Reader *reader, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    while (text && *text) {
        size_t size = strcspn(text, "\r\n");
        begin_block(reader, reader->quotes ? BLOCK_FLUSH : BLOCK_PARAGRAPH, 0);
        buf_add_bytes(&reader->text, text, size);
        end_block(reader);
        text += size + strspn(text + size, "\r\n");
    }
}

static bool is_marked(const char *text) { return strncmp(text, SIGNATURE_MARK, strlen(SIGNATURE_MARK)) == 0; }

static void enter_text(Reader *reader, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    if (!text || !reader->in_text || reader->pictures) return;
    if (reader->line_begins && is_marked(text)) {
        end_run(reader);
        reader->block = NO_BLOCK;
        text += strlen(SIGNATURE_MARK);
    }
    reader->line_begins = false;
    buf_add(&reader->text, text);
}

/* The character a line ends with: of what is gathered, or of the last run of the block. */
static unsigned rune_before(Reader *reader) {
    if (reader->text.size) return marks_last(buf_text(&reader->text), reader->text.size);
    if (reader->cell || reader->block == NO_BLOCK) return 0;
    const Block *block = &reader->doc->blocks[reader->block];
    const char *text = block->n_runs ? block->runs[block->n_runs - 1].text : "";
    return marks_last(text, strlen(text));
}

/* The text the next line begins with. */
static const char *text_after(cmark_node *line_break) {
    cmark_node *node = cmark_node_next(line_break);
    while (node && cmark_node_first_child(node)) node = cmark_node_first_child(node);
    const char *text = node ? cmark_node_get_literal(node) : NULL;
    return text ? text : "";
}

/* Lines of Chinese are joined as they are, others by a space; marked lines of a signature are not joined. */
static void enter_soft_break(Reader *reader, cmark_node *node) {
    const char *after = text_after(node);
    reader->line_begins = reader->kind == BLOCK_SIGNATURE && !reader->cell && is_marked(after);
    bool chinese = rune_before(reader) >= CHINESE_FROM && marks_first(after) >= CHINESE_FROM;
    if (reader->in_text && !chinese && !reader->line_begins) buf_char(&reader->text, ' ');
}

static void enter_hard_break(Reader *reader, cmark_node *node) {
    if (!reader->in_text || reader->cell) {
        enter_soft_break(reader, node);
        return;
    }
    end_run(reader);
    reader->block = NO_BLOCK;
    reader->line_begins = reader->kind == BLOCK_SIGNATURE;
}

static void enter_strong(Reader *reader, cmark_node *node) {
    (void)node;
    if (!reader->strong) end_run(reader);
    reader->strong++;
}

static void leave_strong(Reader *reader, cmark_node *node) {
    (void)node;
    if (reader->strong == 1) end_run(reader);
    reader->strong--;
}

static const char *copy_or_null(Reader *reader, const char *text) {
    return text && *text ? mem_strdup(reader->doc, text) : NULL;
}

static void enter_link(Reader *reader, cmark_node *node) {
    end_run(reader);
    reader->style.link = copy_or_null(reader, cmark_node_get_url(node));
    reader->style.anchor = copy_or_null(reader, cmark_node_get_title(node));
    if (!reader->style.link || link_kind(reader->style.link) != LINK_NONE) return;
    diag_warn(reader->diag, place_of(node), "link-target",
              "the link leads to %s, which is left out; use figure:, http:, https: or mailto:", reader->style.link);
    reader->style.link = NULL;
}

static void leave_link(Reader *reader, cmark_node *node) {
    (void)node;
    end_run(reader);
    reader->style = (Run){0};
}

static void enter_picture(Reader *reader, cmark_node *node) {
    diag_error(reader->diag, place_of(node), "picture", "pictures are not taken; remove it or write a link");
    reader->pictures++;
}

static void leave_picture(Reader *reader, cmark_node *node) {
    (void)node;
    reader->pictures--;
}

static const NodeKind NODE_KINDS[] = {
    {"heading", enter_heading, leave_text_block},
    {"paragraph", enter_paragraph, leave_text_block},
    {"block_quote", enter_quote, leave_quote},
    {"list", enter_list, leave_list},
    {"item", enter_item, leave_item},
    {"thematic_break", enter_rule, NULL},
    {"table", enter_table, NULL},
    {"table_header", enter_row, leave_row},
    {"table_row", enter_row, leave_row},
    {"table_cell", enter_cell, leave_cell},
    {"code_block", enter_literal_block, NULL},
    {"html_block", enter_literal_block, NULL},
    {"text", enter_text, NULL},
    {"code", enter_text, NULL},
    {"html_inline", enter_text, NULL},
    {"softbreak", enter_soft_break, NULL},
    {"linebreak", enter_hard_break, NULL},
    {"strong", enter_strong, leave_strong},
    {"link", enter_link, leave_link},
    {"image", enter_picture, leave_picture},
};

static const NodeKind *kind_of(cmark_node *node) {
    const char *type = cmark_node_get_type_string(node);
    for (size_t i = 0; i < sizeof NODE_KINDS / sizeof *NODE_KINDS; i++)
        if (strcmp(NODE_KINDS[i].type, type) == 0) return &NODE_KINDS[i];
    return NULL; /* document, emphasis: nothing of their own */
}

static void free_parser(cmark_parser **parser) { cmark_parser_free(*parser); }
static void free_node(cmark_node **node) { cmark_node_free(*node); }
static void free_iterator(cmark_iter **iterator) { cmark_iter_free(*iterator); }

static cmark_node *parse(const char *source, size_t size) {
    static pthread_once_t registered = PTHREAD_ONCE_INIT;
    pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
    __attribute__((cleanup(free_parser))) cmark_parser *parser =
        cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, cmark_get_default_mem_allocator());
    mem_check(parser);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, source, size);
    return mem_check(cmark_parser_finish(parser));
}

/* Ends with a finding where the tree is too deep. */
static void walk(Reader *reader, cmark_node *root) {
    __attribute__((cleanup(free_iterator))) cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        const NodeKind *kind = kind_of(node);
        bool container = cmark_node_first_child(node) != NULL;
        if (event == CMARK_EVENT_ENTER) {
            reader->depth += container;
            if (reader->depth > DOC_DEPTH_MAX) {
                diag_error(reader->diag, place_of(node), "too-deep", "the text nests deeper than %d; flatten it",
                           DOC_DEPTH_MAX);
                return;
            }
            if (kind) kind->enter(reader, node);
        } else {
            reader->depth -= container;
            if (kind && kind->leave) kind->leave(reader, node);
        }
    }
}

int doc_from_markdown(Doc *doc, const char *source, size_t size, Diag *diag) {
    if (guard_markdown(source, size, diag) != 0) return 1;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Reader reader = {.doc = doc,
                     .diag = diag,
                     .line_start = source,
                     .source_end = source + size,
                     .line = 1,
                     .block = NO_BLOCK,
                     .number = NO_NUMBER,
                     .text = BUF_INIT(scratch)};
    size_t errors = diag->errors;
    __attribute__((cleanup(free_node))) cmark_node *root = parse(source, size);
    walk(&reader, root);
    return diag->errors > errors;
}
