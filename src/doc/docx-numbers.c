/* doc/docx-numbers.c: numbering.xml, and the numbers it gives to the paragraphs of lists.
 *
 * A paragraph names a use (w:num) of a list (w:abstractNum) and a level. Uses of one list go on counting together; a
 * use may begin anew, or change a level. */
#include <stdlib.h>
#include <string.h>

#include "base/xml.h"
#include "doc/docx-read.h"

#define LISTS_MAX  4096u
#define USES_MAX   32768u
#define COUNT_MAX  1000000u
#define NOT_SAID   UINT32_MAX
#define LABEL_SIZE 256u /* bytes of a pattern that are looked at */

typedef struct Level {
    const char *format;  /* "decimal" */
    const char *pattern; /* "第%1章" */
    const char *style;   /* whose paragraphs stand at this level, or NULL */
    unsigned start;
    bool spaced;  /* white space divides it from the text */
    bool decimal; /* all numbers of the pattern are written in digits */
    bool goes_on; /* does not begin anew below a higher level */
} Level;

typedef struct List {
    unsigned id;
    const char *style, *link; /* the style of lists that it is, or that it stands for; or NULL */
    Level levels[DOCX_LEVELS];
    unsigned counts[DOCX_LEVELS];
    bool begun[DOCX_LEVELS];
} List;

typedef struct Use {
    unsigned id;
    size_t list;
    Level *levels[DOCX_LEVELS];   /* that it changes, or NULL */
    unsigned starts[DOCX_LEVELS]; /* at which it begins anew once, or NOT_SAID */
} Use;

struct DocxNumbering {
    List **lists; /* by id */
    size_t n_lists;
    Use **uses; /* by id */
    size_t n_uses;
};

typedef struct NumberReading {
    DocxNumbering *numbering;
    List *list; /* being read, or NULL */
    Use *use;
    size_t level;
    Level *current; /* level of a list, or one that a use changes */
} NumberReading;

static size_t find_list(const DocxNumbering *numbering, unsigned id) {
    size_t i = 0;
    while (i < numbering->n_lists && numbering->lists[i]->id != id) i++;
    return i;
}

static void begin_list(NumberReading *reading, const XmlAttributes *attributes) {
    DocxNumbering *numbering = reading->numbering;
    reading->list = NULL;
    if (numbering->n_lists == LISTS_MAX) return;
    reading->list = *mem_push(numbering, numbering->lists, numbering->n_lists) = mem_new(numbering, List);
    reading->list->id = xml_attribute_number(attributes, "abstractNumId", NOT_SAID);
}

static void begin_use(NumberReading *reading, const XmlAttributes *attributes) {
    DocxNumbering *numbering = reading->numbering;
    reading->use = NULL;
    if (numbering->n_uses == USES_MAX) return;
    Use *use = reading->use = *mem_push(numbering, numbering->uses, numbering->n_uses) = mem_new(numbering, Use);
    use->id = xml_attribute_number(attributes, "numId", 0);
    use->list = numbering->n_lists;
    for (size_t i = 0; i < DOCX_LEVELS; i++) use->starts[i] = NOT_SAID;
}

static void begin_level(NumberReading *reading, const XmlAttributes *attributes) {
    size_t level = xml_attribute_number(attributes, "ilvl", 0);
    reading->current = NULL;
    if (level >= DOCX_LEVELS) return;
    if (reading->use)
        reading->current = reading->use->levels[level] = mem_new(reading->numbering, Level);
    else if (reading->list)
        reading->current = &reading->list->levels[level];
    if (reading->current) *reading->current = (Level){.format = "decimal", .pattern = "", .start = 1, .spaced = true};
}

static unsigned count_of(const XmlAttributes *attributes) {
    unsigned n = xml_attribute_number(attributes, "val", 0);
    return n < COUNT_MAX ? n : COUNT_MAX;
}

/* What is said of a level. */
static void take_level(NumberReading *reading, const char *name, const XmlAttributes *attributes) {
    Level *level = reading->current;
    const void *ctx = reading->numbering;
    char value[LABEL_SIZE];
    bool said = xml_attribute(attributes, "val", value, sizeof value);
    if (strcmp(name, "start") == 0) level->start = count_of(attributes);
    if (strcmp(name, "numFmt") == 0 && said) level->format = mem_strdup(ctx, value);
    if (strcmp(name, "lvlText") == 0 && said) level->pattern = mem_strdup(ctx, value);
    if (strcmp(name, "pStyle") == 0 && said) level->style = mem_strdup(ctx, value);
    if (strcmp(name, "suff") == 0 && said) level->spaced = strcmp(value, "nothing") != 0;
    if (strcmp(name, "isLgl") == 0) level->decimal = !said || strcmp(value, "0") != 0;
    if (strcmp(name, "lvlRestart") == 0 && said) level->goes_on = strcmp(value, "0") == 0;
}

static void on_start(void *data, const char *name, const XmlAttributes *attributes) {
    NumberReading *reading = data;
    Use *use = reading->use;
    if (strcmp(name, "abstractNum") == 0) {
        begin_list(reading, attributes);
    } else if (strcmp(name, "num") == 0) {
        begin_use(reading, attributes);
    } else if (strcmp(name, "lvl") == 0) {
        begin_level(reading, attributes);
    } else if (reading->list && strcmp(name, "styleLink") == 0) {
        reading->list->style = xml_attribute_copy(reading->numbering, attributes, "val");
    } else if (reading->list && strcmp(name, "numStyleLink") == 0) {
        reading->list->link = xml_attribute_copy(reading->numbering, attributes, "val");
    } else if (use && strcmp(name, "abstractNumId") == 0) {
        use->list = find_list(reading->numbering, xml_attribute_number(attributes, "val", NOT_SAID));
    } else if (use && strcmp(name, "lvlOverride") == 0) {
        reading->level = xml_attribute_number(attributes, "ilvl", 0) % DOCX_LEVELS;
    } else if (use && strcmp(name, "startOverride") == 0) {
        use->starts[reading->level] = count_of(attributes);
    } else if (reading->current) {
        take_level(reading, name, attributes);
    }
}

static void on_end(void *data, const char *name) {
    NumberReading *reading = data;
    if (strcmp(name, "lvl") == 0) reading->current = NULL;
    if (strcmp(name, "abstractNum") == 0) reading->list = NULL;
    if (strcmp(name, "num") == 0) reading->use = NULL;
}

static int compare(const void *a, const void *b) {
    unsigned left = (*(Use *const *)a)->id, right = (*(Use *const *)b)->id;
    return (left > right) - (left < right);
}

/* A list that stands for a style of lists has its levels elsewhere. */
static void follow_link(const DocxNumbering *numbering, Use *use) {
    const char *link = use->list < numbering->n_lists ? numbering->lists[use->list]->link : NULL;
    for (size_t i = 0; link && i < numbering->n_lists; i++) {
        const char *style = numbering->lists[i]->style;
        if (style && strcmp(style, link) == 0) use->list = i;
    }
}

int docx_numbering_read(const void *ctx, const DocxParts *parts, Diag *diag, DocxNumbering **ret_numbering) {
    static const XmlEvents EVENTS = {.start = on_start, .end = on_end};
    DocxNumbering *numbering = *ret_numbering = mem_new(ctx, DocxNumbering);
    NumberReading reading = {.numbering = numbering};
    if (!parts->numbering) return 0;
    if (xml_read_part(parts->package, parts->numbering, &EVENTS, &reading, diag) != 0) return 1;
    for (size_t i = 0; i < numbering->n_uses; i++) follow_link(numbering, numbering->uses[i]);
    if (numbering->n_uses) qsort(numbering->uses, numbering->n_uses, sizeof *numbering->uses, compare);
    return 0;
}

/* --- counting --- */

static Use *find_use(const DocxNumbering *numbering, int id) {
    Use key = {.id = (unsigned)id};
    const Use *wanted = &key;
    if (id <= 0 || !numbering->n_uses) return NULL;
    Use **found = bsearch(&wanted, numbering->uses, numbering->n_uses, sizeof wanted, compare);
    return found && (*found)->list < numbering->n_lists ? *found : NULL;
}

static const Level *level_of(const Use *use, const List *list, size_t level) {
    return use->levels[level] ? use->levels[level] : &list->levels[level];
}

static size_t level_of_style(const Use *use, const List *list, const char *style) {
    for (size_t i = 0; style && i < DOCX_LEVELS; i++) {
        const Level *level = level_of(use, list, i);
        if (level->style && strcmp(level->style, style) == 0) return i;
    }
    return 0;
}

static void count(Use *use, List *list, size_t at) {
    for (size_t i = 0; i <= at; i++) {
        bool anew = use->starts[i] != NOT_SAID;
        if (anew || !list->begun[i])
            list->counts[i] = anew ? use->starts[i] : level_of(use, list, i)->start;
        else if (i == at)
            list->counts[i]++;
        use->starts[i] = NOT_SAID;
        list->begun[i] = true;
    }
    for (size_t i = at + 1; i < DOCX_LEVELS; i++)
        if (!level_of(use, list, i)->goes_on) list->begun[i] = false;
}

/* %1 … %9 are the counts of the levels; a level that is not counted, as one of bullets, shows no pattern either. */
static void write_label(const Use *use, const List *list, size_t at, Buf *out) {
    const Level *level = level_of(use, list, at);
    if (!level->format || strcmp(level->format, "bullet") == 0 || strcmp(level->format, "none") == 0) return;
    for (const char *p = level->pattern; *p; p++) {
        bool number = *p == '%' && p[1] >= '1' && p[1] <= '9';
        size_t i = number ? (size_t)(p[1] - '1') : 0;
        if (number) {
            const char *format = level_of(use, list, i)->format;
            docx_count_write(out, level->decimal || !format ? "decimal" : format, list->counts[i]);
            p++;
        } else {
            buf_char(out, *p);
        }
    }
    if (level->spaced && out->size) buf_char(out, ' ');
}

void docx_number_next(DocxNumbering *numbering, int number, int level, const char *style, Buf *out) {
    Use *use = find_use(numbering, number);
    if (!use) return;
    List *list = numbering->lists[use->list];
    size_t at = level >= 0 && level < (int)DOCX_LEVELS ? (size_t)level : level_of_style(use, list, style);
    count(use, list, at);
    write_label(use, list, at, out);
}
