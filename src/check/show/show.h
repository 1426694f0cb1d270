/* check/show/show.h: what the forms share: the text cut where its marks begin and end, what was found in order, and the
 * words and signs for it. Private to check/. */
#ifndef CHECK_SHOW_H
#define CHECK_SHOW_H

#include "base/buf.h"
#include "check/check.h"

#define NO_REMARK SIZE_MAX

/* --- what there is to look at --- */

/* A relation that fails has its remark. */
typedef enum { FOUND_DIFFERS, FOUND_CANNOT, FOUND_REMARK } FoundKind;

typedef struct Found {
    FoundKind kind;
    uint32_t start, end; /* in the text as given */
    size_t index;        /* of the claim or the remark */
    size_t claim;        /* where it stands or what it is about, or NO_CLAIM */
} Found;

/* In the order of the text. Owned by ctx. */
size_t show_found(const void *ctx, const Checked *checked, Found **ret_found);
/* In the current language, whole: "15%：台账为12.3%". Owned by ctx. */
const char *show_found_words(const void *ctx, const Checked *checked, const Found *found);
const char *show_found_sign(const Found *found);
const char *show_found_key(const Found *found); /* "differs", "cannot", "note" */
/* Where it stands and of what kind it is, as a word: "differs-12-18". Owned by ctx. */
const char *show_found_at(const void *ctx, const Found *found);

/* --- the text --- */

/* A piece of a part that is shown in one way. */
typedef struct Stretch {
    size_t from, to;                 /* its glyphs; none for a claim that no glyph shows */
    size_t claim;                    /* or NO_CLAIM */
    bool remarked;                   /* a remark is about it */
    size_t remarks_from, remarks_to; /* the remarks that begin in it */
    size_t note;                     /* the first remark whose sign stands behind it, or NO_REMARK */
} Stretch;

typedef struct ShownPart {
    const Part *part;
    Stretch *stretches;
    size_t n_stretches;
    size_t found_from, found_to; /* what is found in it */
} ShownPart;

typedef struct Shown {
    ShownPart *parts; /* one for each of the reading */
    size_t n_parts;
    size_t *next_note; /* by remark: the next whose sign stands in the same place, or NO_REMARK */
    Found *found;
    size_t n_found;
} Shown;

/* Every claim, remark and finding has its place, also where the text ends before it. Owned by ctx. */
Shown *show_cut(const void *ctx, const Checked *checked);
/* A character that is safe to show: what would steer a terminal or turn the direction of the text becomes U+FFFD. */
uint32_t show_rune(uint32_t rune);
void show_glyphs(Buf *out, const Reading *reading, size_t from, size_t to);

/* --- words --- */

#define VERDICTS 4
extern const Verdict show_verdicts[VERDICTS]; /* in the order in which they are listed */
Label show_verdict(Verdict verdict);
const char *show_verdict_sign(Verdict verdict); /* one column wide */
#define SHOW_RELATION_SIGN "≠"
#define SHOW_REMARK_SIGN   "※"

/* What the ledger says to a claim, as a text prints it: 170件, 12.3%, 第2位; NULL where it says nothing. */
const char *show_ledger(const void *ctx, const Claim *claim);

typedef struct Tally {
    size_t verdicts[VERDICTS]; /* by Verdict */
    size_t failing;            /* relations */
} Tally;
Tally show_tally(const Checked *checked);

#endif
