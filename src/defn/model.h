/* defn/model.h: what the program knows of programmes: ledgers, code lists, indicators, reports, roles.
 *
 * Read from YAML (read.c), references resolved and conditions compiled (link.c), then never changed: one
 * Catalog, shared by all threads, lives until a new one takes its place. Every object knows where it stands
 * in its file. A Name is a reference as written; the pointer beside it is what link.c found. */
#ifndef DEFN_MODEL_H
#define DEFN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/value.h"
#include "expr/expr.h"

#define DEFN_FIELDS_MAX 120u
#define DEFN_STATES_MAX 40u
#define DEFN_ROWS_MAX   500u /* rows of a child table in one record */

typedef struct Catalog Catalog;
typedef struct Ledger Ledger;
typedef struct FieldKind FieldKind; /* defn/kind.h */

/* A word in a definition, with its place. */
typedef struct Name {
    const char *text; /* NULL: not written */
    Place at;
} Name;

typedef struct Names {
    Name *list;
    size_t count;
} Names;

/* --- code lists --- */

typedef struct Code {
    Name name;
    Label label;
    Names aliases;
} Code;

typedef struct CodeList {
    Name name;
    Label title;
    Code *codes;
    size_t n_codes;
    const char **words; /* the codes alone, for expressions */
} CodeList;

/* The code that a person means by a word: the code itself, a label or an alias, folded. NULL: none. */
const Code *codelist_find(const CodeList *list, const char *word);
/* The label that comes nearest, for "did you mean"; NULL when none is near. */
const Code *codelist_nearest(const CodeList *list, const char *word);

/* --- ledgers --- */

typedef struct Field {
    Name name;
    Name kind_name, list_name, to_name;
    const FieldKind *kind;
    Label label;
    Label help;
    Label section; /* of a form, that begins with this field; empty: it goes on */
    Names aliases; /* other headings that mean this field */
    const char *unit;
    Name min_text, max_text, scale_text, default_text;
    int scale; /* decimals */
    bool required, personal, external, search;
    bool has_min, has_max;
    int64_t min, max;     /* scaled like the value; characters for text */
    const CodeList *list; /* of a code */
    const Ledger *to;     /* of a reference */
    struct Field *rows;   /* of a child table */
    size_t n_rows;
    ExprScope rows_scope;
    const char *column; /* its column, quoted: the name may be a word of SQL */
    size_t index;       /* place in the record's values, and in the table behind the system columns */
} Field;

typedef enum { TERM_WORKDAYS, TERM_DAYS, TERM_MONTHS } TermUnit;

typedef struct State {
    Name name;
    Label label;
    Name date_name, number_name;
    Names need_names;
    const Field *date;   /* holds the day this state was entered, or NULL */
    const Field *number; /* holds the number given on entering, or NULL */
    const Field **needs; /* filled from this state on */
    size_t n_needs;
    Name within_text, due_text;
    int64_t within;         /* how long it may last; 0: not said so */
    TermUnit within_unit;   /* of working days the first one counts */
    const Field *due;       /* the day it may last until, or NULL */
    int due_month, due_day; /* of every year; 0: not said so */
    bool final;
    size_t index;
} State;

typedef struct Transition {
    Name name;
    Label label;
    Names from_names, by, need_names;
    Name to_name, returns_name;
    Name guard_text;
    const State **from;
    size_t n_from;
    const State *to;
    const Field **needs;
    size_t n_needs;
    Expr *guard;          /* or NULL */
    const Field *returns; /* gives a record back: where what is to be completed is listed (also in needs); or NULL */
    bool reason;          /* a written reason is asked for */
} Transition;

typedef struct Check {
    Name level_name;
    Name when_text;
    Label say;
    DiagLevel level;
    Expr *when;         /* the condition that is wrong */
    const Field *field; /* the first field it names: where the finding is shown; NULL for none */
} Check;

struct Ledger {
    Name name;
    Label title, about;
    int64_t area;
    Name number; /* pattern of the own number, or not written */
    Names key_names, name_names, joined_names, list_names, edit;
    bool findable; /* its titles are found by whoever fills in what refers to it, whatever records he sees */
    Name shows_name;
    Field *fields;
    size_t n_fields;
    State *states; /* at least one */
    size_t n_states;
    Transition *transitions;
    size_t n_transitions;
    Check *checks;
    size_t n_checks;
    const Field **key;
    size_t n_key;
    const Field **names; /* how other sheets name a record, in the order tried */
    size_t n_names;
    const Field **joined; /* texts that name a record too when written one behind the other; may be none */
    size_t n_joined;
    const Field **list; /* columns of the list; `state` and `number` are left out here */
    size_t n_list;
    const Field *shows;
    const Field **by_name; /* all fields in the order of their names: what is hashed */
    const char *table;     /* its table in the database */
    ExprScope scope;
};

const Field *ledger_find_field(const Ledger *ledger, const char *name);
/* Whether its list is kept in the order of a field: a date or an amount among the columns. */
bool ledger_orders_by(const Ledger *ledger, const Field *field);
const State *ledger_find_state(const Ledger *ledger, const char *name);
const Transition *ledger_find_transition(const Ledger *ledger, const char *name);
/* The state that a person means by a word: its name or a label, folded. NULL: none. */
const State *ledger_guess_state(const Ledger *ledger, const char *word);

/* --- indicators --- */

typedef enum {
    INDICATOR_FLOW,
    INDICATOR_STOCK,
    INDICATOR_RATIO,
    INDICATOR_GROWTH,
    INDICATOR_RANK,
    INDICATOR_STATED
} IndicatorKind;
typedef enum {
    MEASURE_COUNT,
    MEASURE_DISTINCT,
    MEASURE_SUM,
    MEASURE_AVG,
    MEASURE_RATIO,
    MEASURE_GROWTH,
    MEASURE_STATED
} MeasureKind;

typedef struct Indicator {
    Name name;
    Label title, caliber;
    int64_t area;
    const char *unit;
    Name kind_name, of_name, measure_text, where_text, scale_text;
    Names aliases;
    Names prose; /* how official prose tells it: words that must all be there */
    int scale;   /* decimals of the value */
    IndicatorKind kind;
    MeasureKind measure;
    const Ledger *of;
    Expr *field;                   /* of distinct, sum, avg */
    Expr *where;                   /* or NULL: all records */
    const struct Indicator *a, *b; /* of ratio (a over b) and growth (a) */
    Name reported_name, expected_name;
    const struct Indicator *reported, *expected; /* coverage, or NULL */
    const char *hash;                            /* of the definition, SM3 hex */
} Indicator;

/* Whether it can be divided into groups that add up to it: a count or a sum, not a mean, ratio or stated fact. */
bool indicator_is_divisible(const Indicator *indicator);
/* Whether it is computed from others: a ratio or a growth. */
bool indicator_is_derived(const Indicator *indicator);
const char *indicator_kind_name(IndicatorKind kind);
const char *measure_kind_name(MeasureKind measure);

/* --- boards --- */

typedef enum { PICTURE_NUMBER, PICTURE_BAR, PICTURE_LINE, PICTURE_PIE, PICTURE_MAP } PictureKind;

/* One picture of a board: indicators beside each other, over time, or one of them divided by what its records say. */
typedef struct Picture {
    Label title;
    Name kind_name, by_text, within_text;
    Names of_names;
    int64_t most, periods; /* groups shown (0: all), periods up to the one asked for (0: only this) */
    bool wide;
    PictureKind kind;
    const Indicator **of; /* at least one; exactly one when divided */
    size_t n_of;
    Expr *by;             /* or NULL; of a map a reference to the places */
    const Ledger *places; /* of a map: the ledger of its places */
    Expr *within;         /* of a map: what each place lies in, a text */
} Picture;

/* A page of pictures: the cockpit, the map. */
typedef struct Board {
    Name name;
    Label title, about;
    Picture *pictures;
    size_t n_pictures;
} Board;

/* The field at the end of a name (owner.town: town); NULL when it names none. */
const Field *field_named_by(const Expr *expr);

/* --- reports and roles --- */

typedef struct ReportList {
    Name name;
    Name of_name, where_text, order_text;
    int64_t most;
    const Ledger *of;
    Expr *where;
    Expr *order; /* or NULL */
} ReportList;

typedef struct Report {
    Name name;
    Label title;
    int64_t months;  /* of the period it is written for: 1, 3, 6 or 12; 0: not said, a year */
    Names signed_by; /* roles, in turn: each agrees to a draft or sends it back, the last one issues it */
    ReportList *lists;
    size_t n_lists;
    const char *body; /* the template behind the head */
    size_t body_size;
    unsigned body_line; /* of its first line in the file */
} Report;

typedef struct Role {
    Name name;
    Label label;
    Names may;  /* words of defn/permission.h */
    Name scope; /* of the records it sees when it is given without saying: own, unit, town, subtree, county */
    bool apart; /* does no business and is nobody's second role: the three administrators */
} Role;

/* By which fields a record is told to belong to a person, a unit or a town: expressions, tried on every ledger. */
typedef struct Belonging {
    Name to; /* own (by: texts that may be his login), unit or town */
    Names by;
} Belonging;

/* A kind of work, under which ledgers and indicators are found. */
typedef struct Area {
    Name number_text;
    Label title;
    int64_t number; /* 0: the registers that all work shares */
} Area;

/* --- the language of official texts: what the checker takes for a number, and what not --- */

typedef struct ProseMeasure {
    Name unit; /* what its words are printed as */
    Name kind_name;
    Names words;
    bool digits;  /* counts only behind Arabic digits */
    bool pronoun; /* 一 before it mostly counts nothing */
} ProseMeasure;

/* Words that play one part in a sentence; which part, the name says. */
typedef struct ProseWords {
    Name name;
    Names words;
} ProseWords;

/* Measures that count the same things. */
typedef struct ProseAlike {
    Names words;
} ProseAlike;

/* Other words for one thing. */
typedef struct ProseSame {
    Name means;
    Names words;
    bool drifts; /* proper names of which a text should keep to one; others are mere abbreviations */
} ProseSame;

typedef struct Prose {
    ProseMeasure *measures;
    size_t n_measures;
    ProseWords *words;
    size_t n_words;
    ProseAlike *alike;
    size_t n_alike;
    ProseSame *same;
    size_t n_same;
} Prose;

/* --- the whole --- */

struct Catalog {
    Ledger *ledgers;
    size_t n_ledgers;
    CodeList *codelists;
    size_t n_codelists;
    Indicator *indicators;
    size_t n_indicators;
    Report *reports;
    size_t n_reports;
    Board *boards;
    size_t n_boards;
    Role *roles;
    size_t n_roles;
    Belonging *belongings;
    size_t n_belongings;
    Area *areas; /* in the order of menus */
    size_t n_areas;
    Prose prose;
    const char *hash; /* of all definitions together */
};

bool transition_leads_from(const Transition *transition, const State *state);

/* By name; NULL when there is none. Lent. */
const Ledger *catalog_find_ledger(const Catalog *catalog, const char *name);
const Indicator *catalog_find_indicator(const Catalog *catalog, const char *name);
const Report *catalog_find_report(const Catalog *catalog, const char *name);
const Board *catalog_find_board(const Catalog *catalog, const char *name);
const Role *catalog_find_role(const Catalog *catalog, const char *name);
/* By code or by Chinese or English title, folded, for what people type; NULL when none. */
const Ledger *catalog_guess_ledger(const Catalog *catalog, const char *word);
const Indicator *catalog_guess_indicator(const Catalog *catalog, const char *word);

#endif
