/* check/bind/binding.h: what the parts of binding share. Private to check/.
 *
 *   bind.c chooses an indicator for each claim, by the words around it: force.c keeps those that still hold, context.c
 *   adds those next to it; face.c says which of its numbers is meant, and what the rates, ranks and comparisons behind
 *   an amount are of. */
#ifndef CHECK_BINDING_H
#define CHECK_BINDING_H

#include "check/bind/phrases.h"
#include "check/work.h"

#define IN_FORCE_MAX 64
#define NEXT_TO      1.0 /* how much the words next to a number tell */
#define IN_CLAUSE    0.9 /* how much the words of its clause tell */
#define CAPTION      0.6 /* how much the words of a heading or caption tell */

/* What is said of parts: behind 其中 to the end of its sentence, or in brackets. */
typedef struct Aside {
    size_t from, to;
    bool closes; /* its words are over where it ends */
} Aside;

/* The words of phrases that still hold where the reading stands. */
typedef struct InForce {
    Hit list[IN_FORCE_MAX];
    size_t count;
    size_t next;        /* hit to come */
    size_t paragraph;   /* SIZE_MAX at first */
    const Aside *aside; /* in which the reading stands, or NULL */
    size_t next_aside;
    size_t label_to, sentence; /* of the label of the paragraph, and where the reading stands */
    Hit held[IN_FORCE_MAX]; /* what was in force before it */
    size_t n_held;
} InForce;

typedef struct Binding {
    Work *work;
    Phrases *phrases;
    const Hit *hits; /* of the whole text, in its order */
    size_t n_hits;
    const Aside *asides; /* in their order */
    size_t n_asides;
    InForce force;
    const Table *table; /* that is being read, or NULL; */
    bool totalled;      /* one of its rows is the total */
    uint32_t area; /* last character of the area that the document is of: 县, 市; 0 when it names none */
    bool zone;     /* it is of a 开发区 or 园区 */
    size_t title;  /* the paragraph that says what the whole text is of; SIZE_MAX when none does */
    size_t next_when;
    size_t lost; /* the last claim of a list that is of nothing known */
} Binding;

typedef struct Choice {
    const Indicator *indicator; /* or NULL */
    double score;
    size_t words; /* of the phrase */
    bool near;    /* one of them next to the number that tells of what it is */
} Choice;

/* --- opening.c --- */

void context_open(Binding *binding, const void *ctx);
/* These runes stand in one of the first lines. */
bool context_titled(const Work *work, const uint32_t *runes, size_t size);

/* --- force.c --- */

/* Moves on to a claim. */
void force_reach(Binding *binding, size_t index);
/* Takes the words of a stretch into force. */
void context_enter(const Binding *binding, InForce *force, size_t from, size_t to);
/* No full stop ends a paragraph: a heading, a broken line. */
bool force_is_open(const Work *work, size_t paragraph);
/* The first word of a phrase at a place or behind. */
const Hit *context_hits_from(const Binding *binding, size_t at);

/* --- context.c --- */

/* The words around a claim; claims are asked for in their order. */
Context context_of(Binding *binding, size_t index);
/* How many runes of a stretch are neither words of phrases, times, nor idle. */
size_t context_unknown(const Binding *binding, size_t from, size_t to);
/* One of the words next to a number tells of a thing. */
bool context_tells(const Binding *binding, const Context *context);
/* Where what stands next to a claim begins and ends. */
size_t context_near_from(const Work *work, size_t index);
size_t context_near_to(const Work *work, size_t index);
/* The words of a stretch as part of a context. */
void context_add_stretch(const Binding *binding, Context *context, size_t from, size_t to, double weight, bool near);

/* --- run.c --- */

/* 、和及与 */
bool run_joins(uint32_t rune);
/* The place of a claim in a run of numbers that 分别 shares out, and how long the run is; false when it is in none. */
bool run_holds(const Work *work, size_t index, size_t *ret_place, size_t *ret_length);
/* The words of the thing that is a claim's in such a run; false when it is in none. */
bool run_add(const Binding *binding, Context *context, size_t index);
/* The words of what a list is of, for the total behind its parts: 登记成果，应用类84件、理论类15件，共99件; false when it is
 * none, or nothing is said there. */
bool run_add_total(const Binding *binding, Context *context, size_t index);

/* --- table.c --- */

/* The claim is all that a cell of a table holds. */
bool table_holds(const Work *work, size_t index);
void table_bind(Binding *binding, size_t index);

/* --- face.c --- */

/* Which number of its indicator an amount is. */
Face face_of_amount(const Work *work, size_t index);
/* What is new in the period, of an indicator that counts what there is: by how much it grew. */
bool face_adds(const Work *work, size_t index, const Indicator *indicator);
/* The claim before that this one only compares with, or aims at; NO_CLAIM when it stands for itself. */
size_t face_goes_with(const Work *work, size_t index);
/* A word of a set stands next to a claim; or ends right before it, perhaps with 了, 的 or ( between. */
bool face_near_says(const Work *work, const WordSet *set, size_t index);
bool face_right_before(const Work *work, const WordSet *set, size_t index);
bool face_is_amount(const Claim *claim);
/* Binds a claim that is no amount. */
void face_bind(Binding *binding, size_t index);

/* --- not-of.c --- */

/* Said of a part of the whole (省级5个), of each (每人2万元), or denied. */
bool bind_is_of_part(const Binding *binding, size_t index, const Context *context, const Indicator *indicator);
/* A head of a table names a part of what an indicator counts: 国家级（个）. */
bool bind_names_part(const Binding *binding, size_t cell, const Indicator *indicator);
/* Said of a wider or narrower area than the document's. */
bool bind_is_elsewhere(const Binding *binding, size_t index, const Context *context);

/* --- aim.c --- */

/* The claim is what is aimed at: 目标200件, 要求达到200件, 离200件还差; the part of it that is reached; or it is of the target
 * told right before. */
bool face_says_target(const Work *work, size_t index);
bool face_goes_on_target(const Work *work, size_t index);      /* only behind such a one in its list */
bool face_stands_before_target(const Work *work, size_t index); /* 200件的目标 alone */
bool face_says_share(const Work *work, size_t index);
bool face_follows_target(const Work *work, size_t index);

/* --- again.c --- */

/* The indicator of an earlier number that a claim only names again; NULL when it does not. */
const Indicator *again_of(const Binding *binding, size_t index);
/* The indicator of the same records as the number right before, in the measure of this one: 办班76期、2660人次; NULL when
 * there is none, or more than one. */
const Indicator *again_beside(const Binding *binding, size_t index);

/* --- bind.c --- */

typedef enum { SUIT_VALUE, SUIT_AMOUNT, SUIT_ANY } Suit;

/* The indicator that the words around a claim name, of those whose unit suits. */
Choice bind_choose(Binding *binding, size_t index, const Context *context, Suit suit);
/* How sure a choice is, in percent. */
int confidence_of(const Choice *choice);
void bind_settle(Work *work, size_t index, const Indicator *indicator, Face face, int confidence);

#endif
