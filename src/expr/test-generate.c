/* expr/test-generate.c: a grammar of patterns. In a pattern, a capital letter stands for an expression of a type:
 * B bool, N number, D date, T text, P period, C code, K a day known beforehand; W is a bool over the child rows. */
#include "expr/test-generate.h"

#include <string.h>

#include "base/mem.h"
#include "expr/test-world.h"

typedef struct Rule {
    char sign;
    bool in_rows; /* inside child rows; else over projects */
    const char *const *leaves;
    const char *const *patterns;
} Rule;

#define LIST(...)                                                                                                      \
    (const char *const[]) { __VA_ARGS__, NULL }

static const Rule RULES[] = {
    {'B', false,
     LIST("local", "owner.listed", "na(amount)", "na(owner.since)", "empty(title)", "class = applied",
          "state = serving", "owner.state = active", "state in (draft, ended)", "kinds contains trial",
          "term in period", "owner = partner", "owner != partner", "empty(owner)", "empty(members)", "empty(kinds)",
          "class in (basic, soft)"),
     LIST("B and B", "B or B", "not B", "(B and not B)", "N = N", "N != N", "N < N", "N <= N", "N > N", "N >= N",
          "D = D", "D < D", "D >= D", "D in period", "D not in period", "T = T", "T != T", "T contains T",
          "T in (T, T, '新河镇')", "T not in (T, '')", "N in (N, N, 0)", "N not in (N, N)", "D in (D, 2020-03-01)",
          "C = C", "C != applied", "C in (applied, C)", "C not in (basic, C)", "P in period", "P = P", "P != period",
          "kinds contains C", "empty(N)", "empty(D)", "empty(T)", "empty(C)", "empty(B)", "state at D = serving",
          "state at D in (draft, registered)", "owner.state at D != closed", "(B) = (B)", "if(B, B, B)",
          "coalesce(B, B)", "count(members where W) > 1")},
    {'N', false,
     LIST("staff", "amount", "rate", "staff", "amount", "big", "owner.capital", "partner.capital", "owner.town.people",
          "count(members)", "sum(members.share)", "sum(members.days)", "period.year", "0", "1", "2.5", "5000万",
          "0.0001"),
     LIST("N + N", "N - N", "staff * rate", "(N) * 3", "N / N", "(N) / (N)", "-(N)", "abs(N)", "min(N, N)", "max(N, N)",
          "coalesce(N, N)", "coalesce(N, 0, N)", "if(B, N, N)", "days(D, D)", "workdays(D, D)", "year(D)",
          "count(members where W)", "sum(members.share where W)", "sum(members.days where W)")},
    {'D', false,
     LIST("started", "finished", "registered_on", "owner.since", "partner.since", "period.start", "period.end", "today",
          "2020-03-31", "entered(registered)", "entered(serving)", "entered(owner.active)", "entered(partner.closed)"),
     LIST("min(D, D)", "max(D, D)", "coalesce(D, D)", "if(B, D, D)", "(K + 90)", "(K - 30)")},
    {'T', false, LIST("title", "note", "owner.name", "partner.town.name", "'新河镇'", "'机器人'", "''", "'O''Neil'"),
     LIST("coalesce(T, T)", "if(B, T, T)")},
    {'P', false, LIST("term", "period"), LIST("coalesce(P, P)", "if(B, P, P)")},
    {'C', false, LIST("class"), LIST("coalesce(C, applied)", "if(B, C, soft)")},
    {'K', false, LIST("period.start", "period.end", "today", "2020-01-31"), LIST("(K + 7)", "min(K, K)")},

    {'B', true,
     LIST("local", "role = leader", "empty(name)", "empty(joined)", "name contains '机'", "home.name = '新河镇'",
          "empty(home)", "role in (leader, member)"),
     LIST("B and B", "B or B", "not B", "N > N", "N = N", "D in period", "D < D", "T = T", "empty(N)", "if(B, B, B)",
          "N in (N, 0)", "role = if(B, role, member)")},
    {'N', true, LIST("days", "share", "home.people", "1", "0.5", "100"),
     LIST("N + N", "N / N", "abs(N)", "coalesce(N, 0)")},
    {'D', true, LIST("joined", "period.start", "today"), LIST("coalesce(D, D)")},
    {'T', true, LIST("name", "home.name", "'机器人'"), LIST("coalesce(T, T)")},
};

static const Rule *find_rule(char sign, bool in_rows) {
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        if (RULES[i].sign == sign && RULES[i].in_rows == in_rows) return &RULES[i];
    }
    return NULL;
}

static const char *pick(uint64_t *random, const char *const *list) {
    size_t n = 0;
    while (list[n]) n++;
    return list[world_random(random, n)];
}

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '\''; }

/* A capital that stands alone; those inside names and texts are letters. */
static bool stands_alone(const char *pattern, size_t at) {
    return (at == 0 || !is_name(pattern[at - 1])) && !is_name(pattern[at + 1]);
}

static void expand(uint64_t *random, char sign, bool in_rows, unsigned depth, Buf *out) {
    const Rule *rule = find_rule(sign, in_rows);
    bool leaf = depth == 0 || world_random(random, 4) == 0;
    const char *pattern = pick(random, leaf ? rule->leaves : rule->patterns);
    for (size_t i = 0; pattern[i]; i++) {
        bool inner = pattern[i] == 'W';
        const Rule *next = stands_alone(pattern, i) ? find_rule(inner ? 'B' : pattern[i], in_rows || inner) : NULL;
        if (next)
            expand(random, next->sign, next->in_rows, leaf ? 0 : depth - 1, out);
        else
            buf_char(out, pattern[i]);
    }
}

const char *generate_expression(const void *ctx, uint64_t *random, ExprType type, unsigned depth) {
    static const char SIGNS[] = {
        [TYPE_BOOL] = 'B', [TYPE_NUMBER] = 'N', [TYPE_DATE] = 'D', [TYPE_TEXT] = 'T', [TYPE_PERIOD] = 'P'};
    Buf text = BUF_INIT(ctx);
    expand(random, SIGNS[type], false, depth, &text);
    return buf_text(&text);
}
