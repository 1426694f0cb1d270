/* defn/tree.c: the one file that knows libyaml. */
#include "defn/tree.h"

#include <string.h>
#include <yaml.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"

#define BRACKETS_MAX 64u
#define HEAD_BEGIN   "---\n"

const char *tree_yaml_of(const char *path, const char *text, size_t size, size_t *ret_size) {
    *ret_size = size;
    if (strcmp(file_extension(path), "md")) return text;
    if (strncmp(text, HEAD_BEGIN, strlen(HEAD_BEGIN))) return NULL;
    const char *head = text + strlen(HEAD_BEGIN), *end = strstr(head - 1, "\n" TREE_HEAD_END);
    if (!end) return NULL;
    *ret_size = (size_t)(end + 1 - head);
    return head;
}

const TreeNode *tree_root(const Tree *tree, size_t document) { return &tree->nodes[tree->roots[document]]; }

const TreeNode *tree_element(const Tree *tree, const TreeNode *list, size_t i) {
    return &tree->nodes[tree->children[list->from + i]];
}

const TreeNode *tree_name(const Tree *tree, const TreeNode *mapping, size_t i) {
    return tree_element(tree, mapping, 2 * i);
}

const TreeNode *tree_value(const Tree *tree, const TreeNode *mapping, size_t i) {
    return tree_element(tree, mapping, 2 * i + 1);
}

const char *tree_text(const Tree *tree, const TreeNode *node) { return tree->texts + node->from; }

/* --- reading --- */

typedef struct Reading {
    const void *ctx;
    const char *shown, *yaml;
    size_t size;
    unsigned lines_before; /* of the file, before what is YAML in it */
    Diag *diag;
    TreeNode *nodes;
    uint32_t *children, *roots;
    size_t n_nodes, n_children, n_roots;
    Buf texts;
} Reading;

static unsigned line_of(const Reading *reading, yaml_mark_t mark) {
    return (unsigned)mark.line + 1 + reading->lines_before;
}

/* What libyaml says, and what somebody who does not know YAML can do about it. */
static const struct {
    const char *problem, *say;
} plain_words[] = {
    {"did not find expected ',' or '}'",
     "what begins with { here is not well-formed; write {name: value, name: value} with plain commas"},
    {"did not find expected ',' or ']'", "what begins with [ here is not well-formed; write [a, b] with plain commas"},
    {"mapping values are not allowed in this context",
     "a second ': ' stands on this line; put the text that holds it in quotes"},
    {"found character that cannot start any token",
     "no value begins with this character; put the text in quotes, and indent with spaces, not tabs"},
    {"could not find expected ':'", "this line is no 'name: value'; write a plain : and a space behind it"},
    {"did not find expected key", "this line is indented otherwise than those it belongs to; begin it below them"},
    {"did not find expected '-' indicator",
     "this line is indented otherwise than those it belongs to; begin it below them"},
    {"did not find expected <document start>",
     "this line is indented otherwise than those it belongs to; begin it below them"},
    {"did not find expected alphabetic or numeric character",
     "* and & have a meaning of their own; put the text in quotes"},
    {"found undefined alias", "* has a meaning of its own; put the text in quotes"},
    {"found unexpected end of stream", "a quoted text begins here and does not end; close it"},
    {"control characters are not allowed", "an invisible control character stands here; remove it"},
};

static const char *say_plainly(const char *problem) {
    for (size_t i = 0; i < sizeof plain_words / sizeof plain_words[0]; i++)
        if (!strcmp(problem, plain_words[i].problem)) return plain_words[i].say;
    return NULL;
}

static yaml_mark_t mark_of(const char *text, size_t offset) {
    yaml_mark_t mark = {0};
    for (const char *at = text, *end = text + offset; at < end; mark.column++)
        if (text_next(&at, end) == '\n') mark = (yaml_mark_t){.line = mark.line + 1, .column = (size_t)-1};
    return mark;
}

static Place place_of(const Reading *reading, yaml_mark_t mark) {
    return (Place){.file = reading->shown, .line = line_of(reading, mark), .column = (unsigned)mark.column + 1};
}

/* libyaml's time grows with the square of the brackets that are open at once: they are counted beforehand, those in
 * texts with them. */
static bool check_brackets(const Reading *reading) {
    const char *text = reading->yaml;
    size_t open = 0;
    for (size_t i = 0; i < reading->size; i++) {
        if (text[i] == '[' || text[i] == '{') open++;
        if ((text[i] == ']' || text[i] == '}') && open) open--;
        if (open <= BRACKETS_MAX) continue;
        diag_error(reading->diag, place_of(reading, mark_of(text, i)), "too-deep",
                   "more than %u brackets are open here; close them", BRACKETS_MAX);
        return false;
    }
    return true;
}

/* Where the problem lies: at what was opened and not closed; at the byte, for what cannot be read at all; else where it
 * showed. */
static yaml_mark_t problem_mark(const yaml_parser_t *parser, const char *text) {
    static const char *const left_open[] = {"found unexpected end of stream", "did not find expected ',' or '}'",
                                            "did not find expected ',' or ']'"};
    for (size_t i = 0; i < sizeof left_open / sizeof left_open[0]; i++)
        if (!strcmp(parser->problem, left_open[i])) return parser->context_mark;
    return parser->error == YAML_READER_ERROR ? mark_of(text, parser->problem_offset) : parser->problem_mark;
}

static void report_syntax(const Reading *reading, const yaml_parser_t *parser) {
    if (parser->error == YAML_MEMORY_ERROR) mem_check(NULL);
    Place at = place_of(reading, problem_mark(parser, reading->yaml));
    const char *say = say_plainly(parser->problem);
    if (say)
        diag_add(reading->diag, DIAG_ERROR, at, "yaml", NULL, (Label){lang_tr(LANG_ZH, say), say});
    else
        diag_error(reading->diag, at, "yaml", "this is not well-formed YAML (%s); look at the line and the one before",
                   parser->problem);
}

/* --- from a document to nodes --- */

/* libyaml counts the nodes of a document from 1. */
static void add_child(Reading *reading, int node, size_t first) {
    *mem_push(reading->ctx, reading->children, reading->n_children) = (uint32_t)(first + (size_t)node - 1);
}

static void add_text(Reading *reading, const yaml_node_t *node, TreeNode *to) {
    to->from = (uint32_t)reading->texts.size;
    to->size = (uint32_t)node->data.scalar.length;
    buf_add_bytes(&reading->texts, node->data.scalar.value, node->data.scalar.length + 1);
}

static void add_list(Reading *reading, const yaml_node_t *node, size_t first, TreeNode *to) {
    to->from = (uint32_t)reading->n_children;
    for (const yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
        add_child(reading, *item, first);
    to->size = (uint32_t)reading->n_children - to->from;
}

static void add_mapping(Reading *reading, const yaml_node_t *node, size_t first, TreeNode *to) {
    to->from = (uint32_t)reading->n_children;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
        add_child(reading, pair->key, first);
        add_child(reading, pair->value, first);
    }
    to->size = ((uint32_t)reading->n_children - to->from) / 2;
}

static TreeNode tree_node(Reading *reading, const yaml_node_t *node, size_t first) {
    TreeNode to = {.line = line_of(reading, node->start_mark), .column = (uint32_t)node->start_mark.column + 1};
    to.kind = node->type == YAML_SCALAR_NODE ? TREE_TEXT : node->type == YAML_SEQUENCE_NODE ? TREE_LIST : TREE_MAPPING;
    if (to.kind == TREE_TEXT) add_text(reading, node, &to);
    if (to.kind == TREE_LIST) add_list(reading, node, first, &to);
    if (to.kind == TREE_MAPPING) add_mapping(reading, node, first, &to);
    return to;
}

/* False for the empty document, with which the text ends. */
static bool add_document(Reading *reading, const yaml_document_t *document) {
    size_t first = reading->n_nodes;
    for (const yaml_node_t *node = document->nodes.start; node < document->nodes.top; node++) {
        TreeNode made = tree_node(reading, node, first);
        *mem_push(reading->ctx, reading->nodes, reading->n_nodes) = made;
    }
    if (first == reading->n_nodes) return false;
    *mem_push(reading->ctx, reading->roots, reading->n_roots) = (uint32_t)first;
    return true;
}

static bool read_documents(Reading *reading, yaml_parser_t *parser) {
    for (bool more = true; more;) {
        yaml_document_t document;
        if (!yaml_parser_load(parser, &document)) {
            report_syntax(reading, parser);
            return false;
        }
        more = add_document(reading, &document);
        yaml_document_delete(&document);
    }
    return true;
}

bool tree_read(const void *ctx, const char *shown, const char *text, const char *yaml, size_t size, Diag *diag,
               Tree *ret_tree) {
    Reading reading = {.ctx = ctx, .shown = shown, .yaml = yaml, .size = size, .diag = diag, .texts = BUF_INIT(ctx)};
    for (const char *c = text; c < yaml; c++) reading.lines_before += *c == '\n';
    *ret_tree = (Tree){0};
    if (!check_brackets(&reading)) return false;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) mem_check(NULL);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml, size);
    bool whole = read_documents(&reading, &parser);
    yaml_parser_delete(&parser);
    *ret_tree = (Tree){.nodes = reading.nodes,
                       .children = reading.children,
                       .roots = reading.roots,
                       .texts = buf_text(&reading.texts),
                       .n_nodes = reading.n_nodes,
                       .n_children = reading.n_children,
                       .n_roots = reading.n_roots,
                       .n_bytes = reading.texts.size};
    return whole;
}
