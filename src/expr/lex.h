/* expr/lex.h: the source as tokens. Private to this folder. */
#ifndef EXPR_LEX_H
#define EXPR_LEX_H

#include "expr/node.h"

typedef enum { TOKEN_END, TOKEN_NAME, TOKEN_LITERAL, TOKEN_SIGN } TokenKind;

typedef struct Token {
    TokenKind kind;
    unsigned start; /* bytes of the source */
    unsigned end;
    const char *text; /* of a name or sign */
    ExprType type;    /* of a literal */
    Value value;
} Token;

/* The token at or behind an offset. False with a finding when nothing that stands there can be one. */
bool lex_token(const Source *source, unsigned offset, Token *ret_token);
/* An offset as line and column for a finding. */
Place lex_place(const Source *source, unsigned offset);

#endif
