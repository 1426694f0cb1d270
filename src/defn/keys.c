/* defn/keys.c: the walk over libyaml's document tree. Owns nothing; what it reads belongs to file->ctx.
 * Bounded: in depth by the key tables themselves, in size by DEFN_NODES_MAX visits a file however aliases multiply. */
#include "defn/keys.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/defn.h"

#define NAME_MAX_SIZE 48
#define KEYS_MAX      32u /* of one kind of mapping */
#define BRACKETS_MAX  64u

Place yaml_place(const YamlFile *file, const yaml_node_t *node) {
    return (Place){.file = file->shown,
                   .line = (unsigned)node->start_mark.line + 1 + file->line_offset,
                   .column = (unsigned)node->start_mark.column + 1};
}

static void *member(const Key *key, void *target) { return (char *)target + key->offset; }

/* One more value has been come upon. False, once with a finding, when there are too many. */
static bool within_bounds(YamlFile *file, const yaml_node_t *node, size_t more) {
    bool was_within = *file->visited <= DEFN_NODES_MAX;
    *file->visited += more;
    if (*file->visited <= DEFN_NODES_MAX) return true;
    if (was_within)
        diag_error(file->diag, yaml_place(file, node), "too-large", "the file holds more than %u values; divide it",
                   DEFN_NODES_MAX);
    return false;
}

/* What a key wants of its value: a message about the key's name. */
static const char A_TEXT[] = "'%s' must be a text; write one", A_NAME[] = "'%s' must be a name; write one word",
                  A_BOOL[] = "'%s' must be true or false; write one of the two",
                  A_WHOLE[] = "'%s' must be a whole number of at most 9 digits; write one",
                  SOME_WORDS[] = "'%s' must be a list; write [a, b]",
                  SOME_MAPPINGS[] = "'%s' must be a list; write a line with - for each",
                  NOT_NONE[] = "'%s' is an empty list; write at least one, or remove it";

static void wrong(YamlFile *file, const yaml_node_t *node, const Key *key, const char *wanted) {
    diag_error(file->diag, yaml_place(file, node), "wrong-form", wanted, key->name);
}

/* The text of a scalar, copied; NULL with a finding when the node is something else. */
static const char *scalar(YamlFile *file, yaml_node_t *node, const Key *key, const char *wanted) {
    if (node->type != YAML_SCALAR_NODE) {
        wrong(file, node, key, wanted);
        return NULL;
    }
    const char *text = (const char *)node->data.scalar.value;
    if (!text_is_valid(text, node->data.scalar.length)) {
        diag_error(file->diag, yaml_place(file, node), "bad-text", "'%s' holds a NUL character; remove it", key->name);
        return NULL;
    }
    return mem_strdup(file->ctx, text);
}

static bool is_name(const char *text) {
    if (!islower((unsigned char)text[0])) return false;
    for (const char *c = text; *c; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_') return false;
    return strlen(text) <= NAME_MAX_SIZE;
}

void yaml_read_text(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_TEXT);
    if (text) *(Name *)member(key, target) = (Name){.text = text, .at = yaml_place(file, node)};
}

void yaml_read_name(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_NAME);
    if (!text) return;
    if (!is_name(text)) {
        diag_error(file->diag, yaml_place(file, node), "bad-name",
                   "'%s' is not a name; use lower-case letters, digits and _, at most %d, starting with a letter", text,
                   NAME_MAX_SIZE);
        return;
    }
    *(Name *)member(key, target) = (Name){.text = text, .at = yaml_place(file, node)};
}

void yaml_read_string(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_TEXT);
    if (text) *(const char **)member(key, target) = text;
}

void yaml_read_bool(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_BOOL);
    if (!text) return;
    if (strcmp(text, "true") && strcmp(text, "false")) {
        wrong(file, node, key, A_BOOL);
        return;
    }
    *(bool *)member(key, target) = text[0] == 't';
}

void yaml_read_int(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_WHOLE);
    if (!text) return;
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > 9 || text[digits]) {
        wrong(file, node, key, A_WHOLE);
        return;
    }
    *(int64_t *)member(key, target) = strtoll(text, NULL, 10);
}

static const Key label_keys[] = {
    {"zh", yaml_read_string, offsetof(Label, zh), .required = true},
    {"en", yaml_read_string, offsetof(Label, en), .required = true},
    {0},
};

void yaml_read_label(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    yaml_read_mapping(file, node, label_keys, member(key, target));
}

/* The elements of a list; 0 with a finding when the node is no list, an empty one, or too long. */
static size_t count_elements(YamlFile *file, yaml_node_t *node, const Key *key, const char *wanted) {
    if (node->type != YAML_SEQUENCE_NODE) {
        wrong(file, node, key, wanted);
        return 0;
    }
    size_t n = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    if (!n) wrong(file, node, key, NOT_NONE);
    return within_bounds(file, node, n) ? n : 0;
}

static yaml_node_t *element_at(const YamlFile *file, const yaml_node_t *list, size_t index) {
    return yaml_document_get_node(file->document, list->data.sequence.items.start[index]);
}

static void read_each(YamlFile *file, yaml_node_t *node, const Key *key, void *target, KeyReader read) {
    Names *names = member(key, target);
    size_t n = count_elements(file, node, key, SOME_WORDS);
    for (size_t i = 0; i < n; i++) {
        Name name = {0};
        read(file, element_at(file, node, i), &(Key){.name = key->name}, &name);
        if (name.text) *mem_push(file->ctx, names->list, names->count) = name;
    }
}

void yaml_read_names(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    read_each(file, node, key, target, yaml_read_name);
}

void yaml_read_texts(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    read_each(file, node, key, target, yaml_read_text);
}

/* What a mapping holds whose only key is the heading's; NULL when it is an element. */
static yaml_node_t *heading_in(const YamlFile *file, const yaml_node_t *node, const Key *heading) {
    if (!heading || node->type != YAML_MAPPING_NODE) return NULL;
    const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
    if (pair + 1 != node->data.mapping.pairs.top) return NULL;
    const yaml_node_t *name = yaml_document_get_node(file->document, pair->key);
    bool is_heading = name->type == YAML_SCALAR_NODE && !strcmp((const char *)name->data.scalar.value, heading->name);
    return is_heading ? yaml_document_get_node(file->document, pair->value) : NULL;
}

void yaml_read_list(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    size_t n = count_elements(file, node, key, SOME_MAPPINGS), count = 0;
    char *elements = mem_check(talloc_zero_size(file->ctx, (n ? n : 1) * key->size));
    yaml_node_t *headed = NULL;
    for (size_t i = 0; i < n; i++) {
        yaml_node_t *element = element_at(file, node, i), *heading = heading_in(file, element, key->heading);
        char *place = elements + count * key->size;
        if (heading)
            key->heading->read(file, heading, key->heading, place);
        else
            yaml_read_mapping(file, element, key->keys, place), count++;
        headed = heading;
    }
    if (headed)
        diag_error(file->diag, yaml_place(file, headed), "heads-nothing", "nothing stands behind this '%s'; remove it",
                   key->heading->name);
    *(char **)member(key, target) = elements;
    *(size_t *)((char *)target + key->count_offset) = count;
}

void yaml_read_pair(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    yaml_read_mapping(file, node, key->keys, target);
}

static const Key *find_key(const Key *keys, const char *name) {
    for (; keys->name; keys++)
        if (!strcmp(keys->name, name)) return keys;
    return NULL;
}

/* --- mappings --- */

/* "zh:名称" in braces is one word for YAML, and a full-width colon is none. */
static bool has_colon(const char *name) { return strchr(name, ':') || strstr(name, "："); }

/* A key that the table does not have. Returns the one that was meant, or NULL. */
static const Key *report_unknown(YamlFile *file, const yaml_node_t *node, const Key *keys, const char *name) {
    const char *names[KEYS_MAX];
    size_t n = 0;
    for (; keys[n].name && n < KEYS_MAX; n++) names[n] = keys[n].name;
    const char *near = text_nearest(name, names, n);
    Place at = yaml_place(file, node);
    if (near)
        diag_error(file->diag, at, "unknown-key", "'%s' is not known here; did you mean '%s'?", name, near);
    else if (has_colon(name))
        diag_error(file->diag, at, "unknown-key", "'%s' is read as one word; write a plain : and a space behind it",
                   name);
    else
        diag_error(file->diag, at, "unknown-key", "'%s' is not known here; remove it", name);
    return near ? find_key(keys, near) : NULL;
}

/* {zh: …, en: …}: the keys that are asked for, as they would be written. */
static const char *wanted_form(const void *ctx, const Key *keys) {
    Buf form = BUF_INIT(ctx);
    for (; keys->name; keys++)
        if (keys->required) buf_printf(&form, "%s%s: …", form.size ? ", " : "", keys->name);
    return buf_text(&form);
}

static void report_no_mapping(YamlFile *file, const yaml_node_t *node, const Key *keys) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_error(file->diag, yaml_place(file, node), "wrong-form", "names with values are needed here; write {%s}",
               wanted_form(scratch, keys));
}

static uint64_t bit_of(const Key *keys, const Key *key) { return key ? (uint64_t)1 << (key - keys) : 0; }

void yaml_read_mapping(YamlFile *file, yaml_node_t *node, const Key *keys, void *target) {
    if (!within_bounds(file, node, 1)) return;
    if (node->type != YAML_MAPPING_NODE) {
        report_no_mapping(file, node, keys);
        return;
    }
    uint64_t seen = 0, meant = 0;
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
        yaml_node_t *name_node = yaml_document_get_node(file->document, pair->key);
        yaml_node_t *value = yaml_document_get_node(file->document, pair->value);
        const char *name = name_node->type == YAML_SCALAR_NODE ? (const char *)name_node->data.scalar.value : "?";
        const Key *key = find_key(keys, name);
        if (!key) {
            meant |= bit_of(keys, report_unknown(file, name_node, keys, name));
            continue;
        }
        if (seen & bit_of(keys, key))
            diag_error(file->diag, yaml_place(file, name_node), "twice", "'%s' is written twice; keep one", name);
        seen |= bit_of(keys, key);
        if (within_bounds(file, value, 1)) key->read(file, value, key, target);
    }
    for (const Key *key = keys; key->name; key++)
        if (key->required && !((seen | meant) & bit_of(keys, key)))
            diag_error(file->diag, yaml_place(file, node), "missing-key", "'%s' is missing; write it", key->name);
}

/* --- documents --- */

/* What libyaml says, and what somebody who does not know YAML can do about it. */
static const struct {
    const char *problem, *say;
} plain_words[] = {
    {"did not find expected ',' or '}'",
     "what begins with { here is not well-formed; write {name: value, name: value} with plain commas"},
    {"did not find expected ',' or ']'", "what begins with [ here is not well-formed; write [a, b] with plain commas"},
    {"mapping values are not allowed in this context",
     "a second ': ' stands on this line; put the text that holds it in quotes"},
    {"found character that cannot start any token",
     "no value begins with this character; put the text in quotes, and indent with spaces, not tabs"},
    {"could not find expected ':'", "this line is no 'name: value'; write a plain : and a space behind it"},
    {"did not find expected key", "this line is indented otherwise than those it belongs to; begin it below them"},
    {"did not find expected '-' indicator",
     "this line is indented otherwise than those it belongs to; begin it below them"},
    {"did not find expected <document start>",
     "this line is indented otherwise than those it belongs to; begin it below them"},
    {"did not find expected alphabetic or numeric character",
     "* and & have a meaning of their own; put the text in quotes"},
    {"found undefined alias", "* has a meaning of its own; put the text in quotes"},
    {"found unexpected end of stream", "a quoted text begins here and does not end; close it"},
    {"control characters are not allowed", "an invisible control character stands here; remove it"},
};

static const char *say_plainly(const char *problem) {
    for (size_t i = 0; i < sizeof plain_words / sizeof plain_words[0]; i++)
        if (!strcmp(problem, plain_words[i].problem)) return plain_words[i].say;
    return NULL;
}

static yaml_mark_t mark_of(const char *text, size_t offset) {
    yaml_mark_t mark = {0};
    for (const char *at = text, *end = text + offset; at < end; mark.column++)
        if (text_next(&at, end) == '\n') mark = (yaml_mark_t){.line = mark.line + 1, .column = (size_t)-1};
    return mark;
}

static Place place_of(yaml_mark_t mark, const char *shown, unsigned line_offset) {
    return (Place){.file = shown, .line = (unsigned)mark.line + 1 + line_offset, .column = (unsigned)mark.column + 1};
}

/* libyaml's time grows with the square of the brackets that are open at once: they are counted beforehand, those in
 * texts with them. */
static bool check_brackets(const char *shown, unsigned line_offset, const char *text, size_t size, Diag *diag) {
    size_t open = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '[' || text[i] == '{') open++;
        if ((text[i] == ']' || text[i] == '}') && open) open--;
        if (open <= BRACKETS_MAX) continue;
        diag_error(diag, place_of(mark_of(text, i), shown, line_offset), "too-deep",
                   "more than %u brackets are open here; close them", BRACKETS_MAX);
        return false;
    }
    return true;
}

/* Where the problem lies: at what was opened and not closed; at the byte, for what cannot be read at all; else where it
 * showed. */
static yaml_mark_t problem_mark(const yaml_parser_t *parser, const char *text) {
    static const char *const left_open[] = {"found unexpected end of stream", "did not find expected ',' or '}'",
                                            "did not find expected ',' or ']'"};
    for (size_t i = 0; i < sizeof left_open / sizeof left_open[0]; i++)
        if (!strcmp(parser->problem, left_open[i])) return parser->context_mark;
    return parser->error == YAML_READER_ERROR ? mark_of(text, parser->problem_offset) : parser->problem_mark;
}

static void report_syntax(const yaml_parser_t *parser, const char *shown, unsigned line_offset, const char *text,
                          Diag *diag) {
    if (parser->error == YAML_MEMORY_ERROR) mem_check(NULL);
    Place at = place_of(problem_mark(parser, text), shown, line_offset);
    const char *say = say_plainly(parser->problem);
    if (say)
        diag_add(diag, DIAG_ERROR, at, "yaml", NULL, (Label){lang_tr(LANG_ZH, say), say});
    else
        diag_error(diag, at, "yaml", "this is not well-formed YAML (%s); look at the line and the one before",
                   parser->problem);
}

bool yaml_each_document(const void *ctx, const char *shown, unsigned line_offset, const char *text, size_t size,
                        Diag *diag, YamlDocument read, void *data) {
    if (!check_brackets(shown, line_offset, text, size, diag)) return false;
    size_t visited = 0;
    bool whole = true;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) mem_check(NULL);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    for (;;) {
        yaml_document_t document;
        if (!yaml_parser_load(&parser, &document)) {
            report_syntax(&parser, shown, line_offset, text, diag);
            whole = false;
            break;
        }
        yaml_node_t *root = yaml_document_get_root_node(&document);
        if (root) {
            YamlFile file = {ctx, shown, diag, &document, line_offset, &visited};
            read(&file, root, data);
        }
        yaml_document_delete(&document);
        if (!root) break;
    }
    yaml_parser_delete(&parser);
    return whole && visited <= DEFN_NODES_MAX;
}
