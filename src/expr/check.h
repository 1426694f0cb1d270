/* expr/check.h: what the two halves of the checker share: name.c finds names, check.c types calls. Private. */
#ifndef EXPR_CHECK_H
#define EXPR_CHECK_H

#include "expr/node.h"

typedef struct Check {
    const Source *source;
    const ExprScope *scope; /* of the ledger, or of the child rows inside `where` */
    bool in_rows;
} Check;

/* Adds a finding at a byte of the source. Always false, so that a check can end with it. */
bool check_fail(const Check *check, unsigned offset, const char *code, const char *english, ...)
    __attribute__((format(printf, 4, 5)));
/* A name that means nothing in `home`, with the known one that is nearest. Always false. */
bool check_fail_unknown(const Check *check, Name name, const char *home, Words known);

/* --- name.c: each settles the node in place, or is false with a finding --- */

/* All names of the node but the last, which must be references. *ret_scope is where the last one belongs. */
bool name_follow(const Check *check, Node *node, const ExprScope **ret_scope);
/* A reserved word, a field, a child table or a state. */
bool name_settle(const Check *check, Node *node);
/* The last name must be `state`. */
bool name_settle_state(const Check *check, Node *node, const ExprScope *scope);
const ExprSymbol *name_find_symbol(const ExprScope *scope, const char *name);
bool name_fail_unknown(const Check *check, Name name, const ExprScope *scope, Words more);
Words name_states(const Check *check, const ExprScope *scope);

/* A single name that is no field: it may be a word of the list beside it. */
bool name_is_word(const Check *check, const Node *node);
/* A bare word, or a text, beside an argument that tells what it stands for (or NULL). */
bool name_settle_beside(const Check *check, Node *node, const Node *model);
/* Whether words and texts beside this node get their meaning from it. */
bool name_is_model(const Node *node);

#endif
