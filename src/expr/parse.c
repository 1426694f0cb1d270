/* expr/parse.c: from tokens to a tree, by binding power.
 *
 * Knows operators and brackets, not what any name means. Depth of recursion, height of the tree and length of
 * the source are bounded, so that nothing that reads the tree needs to be careful. The first mistake ends it. */
#include <string.h>

#include "base/mem.h"
#include "expr/lex.h"
#include "expr/node.h"

/* Binding powers; an operator takes to its right only what binds more strongly. */
enum { POWER_OR = 1, POWER_AND, POWER_NOT, POWER_COMPARE, POWER_SUM, POWER_PRODUCT, POWER_SIGN };

static const struct {
    const char *text;
    int power;
} INFIX[] = {
    {"or", POWER_OR},      {"and", POWER_AND},     {"=", POWER_COMPARE},        {"!=", POWER_COMPARE},
    {"<", POWER_COMPARE},  {"<=", POWER_COMPARE},  {">", POWER_COMPARE},        {">=", POWER_COMPARE},
    {"in", POWER_COMPARE}, {"not", POWER_COMPARE}, {"contains", POWER_COMPARE}, {"+", POWER_SUM},
    {"-", POWER_SUM},      {"*", POWER_PRODUCT},   {"/", POWER_PRODUCT},
};

/* Names that never begin a value. `not` does, and is taken before these are looked at. */
static const char *const OPERATOR_WORDS[] = {"and", "or", "not", "in", "contains", "where"};

typedef struct Parser {
    const Source *source;
    Token token;  /* the next one */
    unsigned end; /* of the one before */
    unsigned depth;
} Parser;

static Node *parse_operand(Parser *parser, int power);

bool parse_is_operator(const char *word) {
    for (size_t i = 0; i < sizeof OPERATOR_WORDS / sizeof *OPERATOR_WORDS; i++) {
        if (strcmp(OPERATOR_WORDS[i], word) == 0) return true;
    }
    return false;
}

static Node *fail(Parser *parser, const char *code, const char *english, const char *detail) {
    diag_error(parser->source->diag, lex_place(parser->source, parser->token.start), code, english, detail);
    return NULL;
}

static bool advance(Parser *parser) {
    parser->end = parser->token.end;
    return lex_token(parser->source, parser->end, &parser->token);
}

static bool at_word(const Parser *parser, const char *text) {
    return (parser->token.kind == TOKEN_NAME || parser->token.kind == TOKEN_SIGN) &&
           strcmp(parser->token.text, text) == 0;
}

/* What the next token is, for a message. */
static const char *shown(const Parser *parser) {
    if (parser->token.kind == TOKEN_END) return "⏎";
    return mem_strndup(parser->source->ctx, parser->source->text + parser->token.start,
                       parser->token.end - parser->token.start);
}

static bool expect(Parser *parser, const char *text) {
    if (at_word(parser, text)) return advance(parser);
    diag_error(parser->source->diag, lex_place(parser->source, parser->token.start), "syntax",
               "%s is missing before %s; add it", text, shown(parser));
    return false;
}

static Node *new_node(Parser *parser, NodeKind kind, unsigned start) {
    Node *node = mem_new(parser->source->ctx, Node);
    node->kind = kind;
    node->start = start;
    node->end = parser->end;
    node->height = 1;
    return node;
}

static void add_name(Parser *parser, Node *node, const char *text, unsigned start) {
    *mem_push(parser->source->ctx, node->names, node->n_names) = (Name){.text = text, .start = start};
}

static Node *new_call(Parser *parser, const char *name, unsigned start) {
    Node *node = new_node(parser, NODE_CALL, start);
    add_name(parser, node, name, start);
    return node;
}

/* Lets a node reach over a finished operand (NULL: it failed). False, with a finding when the tree grows too high. */
static bool cover(Parser *parser, Node *node, const Node *operand) {
    if (!operand) return false;
    if (node->height <= operand->height) node->height = operand->height + 1;
    node->end = parser->end;
    return node->height <= NODE_HEIGHT_MAX ||
           fail(parser, "too-deep", "the expression is too long a chain before %s; split it", shown(parser));
}

static bool add_arg(Parser *parser, Node *node, Node *arg) {
    if (!cover(parser, node, arg)) return false;
    *mem_push(parser->source->ctx, node->args, node->n_args) = arg;
    return true;
}

static Node *parse_literal(Parser *parser) {
    Token token = parser->token;
    if (!advance(parser)) return NULL;
    Node *node = new_node(parser, NODE_LITERAL, token.start);
    node->type = token.type;
    node->value = token.value;
    node->scale = token.type == TYPE_NUMBER ? token.value.scale : 0;
    return node;
}

static Node *parse_brackets(Parser *parser) {
    unsigned start = parser->token.start;
    if (!advance(parser)) return NULL;
    Node *node = parse_operand(parser, 0);
    if (!node || !expect(parser, ")")) return NULL;
    node->start = start;
    node->end = parser->end;
    return node;
}

/* not x, -x */
static Node *parse_prefix(Parser *parser, const char *name, int power) {
    unsigned start = parser->token.start;
    if (!advance(parser)) return NULL;
    Node *node = new_call(parser, name, start);
    return add_arg(parser, node, parse_operand(parser, power)) ? node : NULL;
}

/* What stands between the brackets of name(…, … where …). */
static Node *parse_call(Parser *parser, unsigned start, const char *name) {
    if (!advance(parser)) return NULL;
    Node *node = new_call(parser, name, start);
    while (!at_word(parser, ")")) {
        if (node->n_args > 0 && !expect(parser, ",")) return NULL;
        if (!add_arg(parser, node, parse_operand(parser, 0))) return NULL;
        if (!at_word(parser, "where")) continue;
        node->where = advance(parser) ? parse_operand(parser, 0) : NULL;
        if (!cover(parser, node, node->where)) return NULL;
        break;
    }
    if (!expect(parser, ")")) return NULL;
    node->end = parser->end;
    return node;
}

/* a, a.b.c, a.state at DATE */
static Node *parse_path(Parser *parser, unsigned start, const char *first) {
    Node *node = new_node(parser, NODE_NAME, start);
    add_name(parser, node, first, start);
    while (at_word(parser, ".")) {
        if (!advance(parser)) return NULL;
        if (parser->token.kind != TOKEN_NAME) {
            return fail(parser, "syntax", "a name must follow the dot, not %s; write one", shown(parser));
        }
        add_name(parser, node, parser->token.text, parser->token.start);
        if (!advance(parser)) return NULL;
    }
    node->end = parser->end;
    if (!at_word(parser, "at")) return node;
    node->kind = NODE_STATE;
    return advance(parser) && add_arg(parser, node, parse_operand(parser, POWER_COMPARE)) ? node : NULL;
}

static Node *parse_name(Parser *parser) {
    Token token = parser->token;
    if (parse_is_operator(token.text))
        return fail(parser, "syntax", "a value is missing before %s; write one", token.text);
    if (!advance(parser)) return NULL;
    return at_word(parser, "(") ? parse_call(parser, token.start, token.text)
                                : parse_path(parser, token.start, token.text);
}

static Node *parse_first(Parser *parser) {
    if (at_word(parser, "not")) return parse_prefix(parser, "not", POWER_NOT);
    if (at_word(parser, "-")) return parse_prefix(parser, "-", POWER_SIGN);
    if (at_word(parser, "(")) return parse_brackets(parser);
    if (parser->token.kind == TOKEN_LITERAL) return parse_literal(parser);
    if (parser->token.kind == TOKEN_NAME) return parse_name(parser);
    return fail(parser, "syntax", "a value is missing before %s; write one", shown(parser));
}

/* Items between brackets, at least one. */
static bool parse_items(Parser *parser, Node *node) {
    if (!expect(parser, "(")) return false;
    while (add_arg(parser, node, parse_operand(parser, 0))) {
        if (!at_word(parser, ",")) return expect(parser, ")");
        if (!advance(parser)) return false;
    }
    return false;
}

/* x in (a, b, …), x in period */
static Node *parse_in(Parser *parser, Node *left) {
    bool whole = at_word(parser, "period");
    Node *node = new_call(parser, whole ? "in period" : "in", left->start);
    if (!add_arg(parser, node, left)) return NULL;
    if (whole ? !advance(parser) : !parse_items(parser, node)) return NULL;
    node->end = parser->end;
    return node;
}

/* x not in … is not (x in …). */
static Node *parse_not_in(Parser *parser, Node *left) {
    if (!at_word(parser, "in")) return fail(parser, "syntax", "in is missing before %s; write: not in", shown(parser));
    Node *in = advance(parser) ? parse_in(parser, left) : NULL;
    Node *node = new_call(parser, "not", left->start);
    return add_arg(parser, node, in) ? node : NULL;
}

static Node *parse_infix(Parser *parser, Node *left, const char *name, int power) {
    if (!advance(parser)) return NULL;
    if (strcmp(name, "in") == 0) return parse_in(parser, left);
    if (strcmp(name, "not") == 0) return parse_not_in(parser, left);
    Node *node = new_call(parser, name, left->start);
    return add_arg(parser, node, left) && add_arg(parser, node, parse_operand(parser, power)) ? node : NULL;
}

/* The operator that stands next, or false. */
static bool next_infix(const Parser *parser, const char **ret_name, int *ret_power) {
    for (size_t i = 0; i < sizeof INFIX / sizeof *INFIX; i++) {
        if (!at_word(parser, INFIX[i].text)) continue;
        *ret_name = INFIX[i].text;
        *ret_power = INFIX[i].power;
        return true;
    }
    return false;
}

/* A value and all operators behind it that bind more strongly than power. */
static Node *parse_operand(Parser *parser, int power) {
    if (++parser->depth > EXPR_DEPTH_MAX) {
        return fail(parser, "too-deep", "the expression is nested too deeply before %s; split it", shown(parser));
    }
    Node *node = parse_first(parser);
    const char *name;
    int next;
    while (node && next_infix(parser, &name, &next) && next > power) node = parse_infix(parser, node, name, next);
    parser->depth--;
    return node;
}

Node *parse_source(const Source *source) {
    Parser parser = {.source = source};
    if (!advance(&parser)) return NULL;
    Node *root = parse_operand(&parser, 0);
    if (root && parser.token.kind != TOKEN_END) {
        return fail(&parser, "syntax", "%s is not expected here; put an operator before it or take it away",
                    shown(&parser));
    }
    return root;
}
