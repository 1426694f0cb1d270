/* check/check.h: the numbers of a finished text: found, bound to indicators, compared with the ledger, and their
 * arithmetic tested.
 *
 *   reading → text (folded, place kept) → scan (claims) → bind (indicator) → judge (against figures) → relate → remarks
 *
 * Works without a store too: then nothing is bound and only the text is held against itself. The words of the language
 * (measures, bounds, names that hold numbers) are definitions: defs/prose.yaml. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "base/buf.h"
#include "base/json.h"
#include "doc/reading.h"
#include "figure/figure.h"

typedef enum { CLAIM_COUNT, CLAIM_MONEY, CLAIM_PERCENT, CLAIM_POINTS, CLAIM_RANK, CLAIM_OTHER } ClaimKind;
typedef enum { BOUND_EXACT, BOUND_OVER, BOUND_NEAR, BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_LESS, BOUND_ABOUT } Bound;
typedef enum { VERDICT_UNBOUND, VERDICT_MATCH, VERDICT_DIFFERS, VERDICT_CANNOT } Verdict;
/* Which number of a figure is meant: "登记170件" its value, "增长15%" its growth, "占目标的85%" its share. */
typedef enum { FACE_VALUE, FACE_TARGET, FACE_SHARE, FACE_GROWTH, FACE_RANK } Face;

/* A number that the text claims of something. */
typedef struct Claim {
    uint32_t start, end; /* in the text as given */
    const char *text;    /* what stands there, cleaned */
    Decimal value;       /* in base units: yuan, not ten thousand of them */
    int precision;       /* the last digit that was written stands for 10^precision base units */
    const char *unit;    /* "" where none is written and none follows from the head of the table */
    Bound bound;
    ClaimKind kind;
    const char *subject;        /* what it is said of, as the text words it */
    Period period;              /* start is DATE_NONE where neither the text nor the caller says it */
    bool plan;                  /* said of what is to come */
    const Indicator *indicator; /* or NULL */
    Face face;
    int confidence;      /* percent, of the indicator */
    FigureNumber ledger; /* what the ledger says */
    Verdict verdict;
    Label why; /* in words, for everything but a match */
} Claim;

typedef enum { RELATION_SUM, RELATION_SHARE, RELATION_PRODUCT, RELATION_SAME } RelationKind;

/* An arithmetic that the text itself states between its claims. */
typedef struct Relation {
    RelationKind kind;
    size_t *claims; /* the whole first, then the parts */
    size_t n_claims;
    const char *says; /* "17+12=29" */
    bool holds;
} Relation;

/* Something to look at before the text is signed. */
typedef struct Remark {
    uint32_t start, end; /* in the text as given */
    const char *code;    /* stable word: "contradictory-bound" */
    Label say;
    size_t claim; /* it is about, or NO_CLAIM */
} Remark;
#define NO_CLAIM SIZE_MAX

typedef struct CheckAsk {
    const Reading *reading;
    const Catalog *catalog; /* for the words of the language */
    Store *store;           /* or NULL */
    Period period;          /* of the document; start DATE_NONE: found in it */
} CheckAsk;

typedef struct Checked {
    const Reading *reading;
    Period period;
    Claim *claims; /* in the order of the text */
    size_t n_claims;
    Relation *relations;
    size_t n_relations;
    Remark *remarks; /* in the order of the text */
    size_t n_remarks;
    bool whole; /* false: the text holds more claims than CHECK_CLAIMS_MAX, the rest was not looked at */
} Checked;

#define CHECK_CLAIMS_MAX 200000u

/* 0, or a fault of the store. Owned by ctx. */
int check_text(const void *ctx, const CheckAsk *ask, Checked **ret_checked);

/* There is something to look at before the text is signed: a figure that differs, a relation that fails, a remark. */
bool check_finds(const Checked *checked);

/* The stable words of the contract: "count", "at_least", "differs", "share". */
const char *claim_kind_name(ClaimKind kind);
const char *bound_name(Bound bound);
const char *verdict_name(Verdict verdict);
const char *face_name(Face face);
const char *relation_kind_name(RelationKind kind);

/* --- forms: each writes into a file, renamed into place when whole, or to a stream --- */

void check_to_json(const Checked *checked, const char *document, FILE *out);
/* The text with its figures marked, and below each paragraph what is wrong in it; then, apart, how many of each. */
void check_to_terminal(const Checked *checked, bool colours, FILE *out);
void check_totals_to_terminal(const Checked *checked, bool colours, FILE *out);
/* One self-contained page: the text with every claim marked, the why and the rows behind it. 0, 1 with findings, or a
 * fault of the store. */
int check_to_html(const Checked *checked, Store *store, const char *document, const char *path, Diag *diag);
/* The same for a page that has a frame of its own: the model of {{> …}} in show/page/page.mustache, with the text as
 * "body" and for each of "found" its place as "at", a word that stays while the text does. Owned by ctx. 0, 1 with
 * findings, or a fault of the store. */
int check_page(const void *ctx, const Checked *checked, Store *store, const char *document, Diag *diag,
               json_t **ret_model);
/* A copy of the document with the ledger's value in the place of each figure that differs and whose place ("at") is
 * taken: plain text and Markdown anew, a docx with tracked changes in the name of whoever took it. *ret_done counts
 * them; a docx may hold places that cannot be changed. Not for HTML. 0, or 1 with findings. */
typedef struct CheckTaken {
    const char *by, *at; /* a name, a UTC instant */
} CheckTaken;
typedef bool (*CheckTakes)(const char *at, void *data, CheckTaken *ret_taken);
int check_to_corrected(const Checked *checked, const char *document, CheckTakes takes, void *data, const char *path,
                       Diag *diag, size_t *ret_done);
/* How many of its figures differ. */
size_t check_differing(const Checked *checked);
/* A copy of the docx that was read, with a comment at each remark and each claim that differs. 0, or 1 with findings.
 */
int check_to_docx(const Checked *checked, const char *document, const char *path, Diag *diag);

#endif
