/* check/work.h: what the stages of one check share. Private to check/.
 *
 *   scan/ text → whens, mask → claims      what stands in the text
 *   bind/ indicator → figure               what each claim is of, and what the ledger says
 *   relate/ arithmetic → remarks           what claims make with one another, and what to look at
 *   show/ json, terminal, html, docx       for whom it is
 *
 * Each stage reads what the earlier ones left and adds its own; nothing is taken back. */
#ifndef CHECK_WORK_H
#define CHECK_WORK_H

#include "check/scan/lexicon.h"
#include "check/scan/numeral.h"
#include "check/scan/table.h"
#include "check/scan/text.h"
#include "check/scan/when.h"

/* Where a claim stands, in runes; claims and mentions have one index. */
typedef struct Mention {
    size_t from, to;    /* with its bounds and measure */
    size_t number, end; /* of the numeral alone, and of numeral and measure */
    size_t near;        /* where the words right before it begin: with its clause, or behind the claim before */
    size_t paragraph;
    bool contradictory; /* one bound before it and another behind */
    Bound other;        /* that other */
    bool in_range;      /* one end of 20—30家 */
    bool until;         /* as it stood at the end of its period */
    bool own_period;    /* its sentence says its period */
    bool stranger;      /* words that no indicator knows say what it is of */
    bool shared_times;  /* one of a run that is shared out among times: 4月、5月分别为21家、34家 */
    size_t heading;     /* paragraph of the heading above it, or SIZE_MAX */
    bool planned;       /* its own clause says that it is to come */
    bool aimed;         /* of the binding: a target of others, or its share */
    bool told;          /* of the binding: words next to it tell of a thing */
    Period matches;     /* another period for which the ledger has its number; start DATE_NONE */
} Mention;

typedef struct PeriodName {
    Period period;
    Label words; /* zh is NULL where none is named yet */
} PeriodName;
#define WORK_NAMES 8

typedef enum { END_CLAUSE, END_SENTENCE, END_PERIOD, WORK_ENDS } WorkEnd;

typedef struct Work {
    const void *ctx; /* owns the result */
    const CheckAsk *ask;
    const Lexicon *lexicon;
    Text *text;
    uint64_t *ends[WORK_ENDS]; /* of work_mark_ends: a bit for each rune that ends a clause, a sentence, a period */
    Tables tables;
    Whens whens;
    int now;     /* the year in which the text was written, as far as it says; else 0 */
    bool *taken; /* of the scan: runes that are no part of a claim */
    Checked *checked;
    Mention *mentions;
    const struct Valued *by_value; /* of facts_by_value, once it was asked for */
    char *room;                    /* of work_keep: what is left of the newest block */
    size_t left;
    PeriodName names[WORK_NAMES]; /* of work_name_period, the last ones: a text speaks of few periods */
    size_t next_name;
} Work;

/* The first stages together: the claims of what is asked about, with their times. ctx: must live as long as the work.
 */
Work work_read(const void *ctx, const CheckAsk *ask, Checked *checked); /* check.c */
void work_mask(Work *work);                                             /* scan/mask.c */
void work_scan(Work *work);                                             /* scan/scan.c */
void work_date(Work *work);                                             /* scan/date.c: period and plan of each claim */
void work_name_subjects(Work *work);             /* bind/bind.c: what the text says each claim is of */
void work_bind(Work *work);                      /* bind/bind.c: the indicator of each claim */
void work_date_target(Work *work, size_t index); /* bind/bind.c: the period of what is aimed at */
void work_relate(Work *work);                    /* relate/relate.c */
void work_infer(Work *work);                     /* relate/infer.c: the indicators that the arithmetic tells */
int work_judge(Work *work);                      /* bind/judge.c: 0, or a fault of the store */
int work_remark(Work *work);                     /* relate/remark.c: 0, or a fault of the store */
void work_remark_names(Work *work);              /* relate/drift.c */

/* --- shared --- */

/* Adds a claim at a mention; false when there are too many. */
bool work_add_claim(Work *work, const Claim *claim, const Mention *mention);
/* Room for a piece of the result that is never freed alone: pieces stand side by side in blocks, for a long text has
 * tens of thousands, most of them smaller than the header of an allocation. */
void *work_keep(Work *work, size_t size);
const char *work_printf(Work *work, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The words of a period, kept so. */
Label work_name_period(Work *work, Period period);
/* The runes [from, to) as UTF-8, kept so. */
const char *work_keep_text(Work *work, size_t from, size_t to);
/* Before anything that asks for clauses and sentences. */
void work_mark_ends(Work *work);
/* Whether a rune ends a clause (，；。： and the like), or a sentence (。！？； and the end of a paragraph). */
bool rune_ends_clause(uint32_t rune);
bool rune_ends_sentence(uint32_t rune);
/* The beginning of the clause or sentence that holds a rune, and the end of it; within its paragraph, and
 * within some hundred runes. */
size_t work_clause_from(const Work *work, size_t at);
size_t work_clause_to(const Work *work, size_t at);
size_t work_sentence_from(const Work *work, size_t at);
size_t work_sentence_to(const Work *work, size_t at);
/* The beginning and the end of what 。 ends, over ； too: topics are carried on behind a semicolon. */
size_t work_period_from(const Work *work, size_t at);
size_t work_period_to(const Work *work, size_t at);
/* Whether one of the words of a set stands within [from, to). */
bool work_says(const Work *work, const WordSet *set, size_t from, size_t to);
/* The paragraph that holds a rune. */
size_t work_paragraph(const Work *work, size_t at);

/* Where a list by kind is told: its opening (按性质分，), and what stands behind it. */
typedef struct Kind {
    size_t open, from;
} Kind;
/* The next one from a rune on; at `to` when there is none. scan/kind.c */
Kind work_next_kind(const Work *work, size_t from, size_t to);

/* ——, ●, 1. and 一是: a paragraph that is an item of a list. scan/date.c */
bool work_is_item(const Work *work, const Paragraph *paragraph);

/* --- cells of tables: scan/cell.c --- */

Heads work_cell_heads(const Work *work, size_t paragraph);
/* One of the words of a set stands in a cell; never in NO_CELL. */
bool work_cell_says(const Work *work, const WordSet *set, size_t cell);

/* 合计, 总计, 全县: it heads a total. */
bool work_cell_is_total(const Work *work, size_t cell);

/* What a number is that is all its cell holds: a serial number, an amount, one of which nothing says in what it is
 * measured, a place among others. */
typedef struct CellNumber {
    enum { CELL_NOTHING, CELL_MEASURED, CELL_BARE, CELL_RANK } reads;
    const Measure *measure; /* of CELL_MEASURED */
    int power;              /* 4 for 万元 */
} CellNumber;
CellNumber work_cell_number(const Work *work, size_t paragraph);

#endif
