/* defn/keys.c: the walk over libyaml's document tree. Owns nothing; what it reads belongs to file->ctx.
 * Bounded: DEFN_DEPTH_MAX by the key tables' own depth, DEFN_NODES_MAX visits a file however aliases multiply. */
#include "defn/keys.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "defn/defn.h"

#define NAME_MAX_SIZE 48

Place yaml_place(const YamlFile *file, const yaml_node_t *node) {
    return (Place){.file = file->shown,
                   .line = (unsigned)node->start_mark.line + 1 + file->line_offset,
                   .column = (unsigned)node->start_mark.column + 1};
}

static void *member(const Key *key, void *target) { return (char *)target + key->offset; }

static void wrong(YamlFile *file, const yaml_node_t *node, const Key *key, const char *wanted) {
    diag_error(file->diag, yaml_place(file, node), "wrong-form", "'%s' must be %s", key->name, wanted);
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
    const char *text = scalar(file, node, key, "a text");
    if (text) *(Name *)member(key, target) = (Name){.text = text, .at = yaml_place(file, node)};
}

void yaml_read_name(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, "a name");
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
    const char *text = scalar(file, node, key, "a text");
    if (text) *(const char **)member(key, target) = text;
}

void yaml_read_bool(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, "true or false");
    if (!text) return;
    if (strcmp(text, "true") && strcmp(text, "false")) {
        wrong(file, node, key, "true or false");
        return;
    }
    *(bool *)member(key, target) = text[0] == 't';
}

void yaml_read_int(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, "a whole number");
    if (!text) return;
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > 9 || text[digits]) {
        wrong(file, node, key, "a whole number");
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

static void read_each(YamlFile *file, yaml_node_t *node, const Key *key, void *target, KeyReader read) {
    if (node->type != YAML_SEQUENCE_NODE) {
        wrong(file, node, key, "a list: [a, b]");
        return;
    }
    Names *names = member(key, target);
    for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++) {
        yaml_node_t *element = yaml_document_get_node(file->document, *item);
        Name name = {0};
        read(file, element, &(Key){.name = key->name}, &name);
        if (name.text) *mem_push(file->ctx, names->list, names->count) = name;
    }
}

void yaml_read_names(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    read_each(file, node, key, target, yaml_read_name);
}

void yaml_read_texts(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    read_each(file, node, key, target, yaml_read_text);
}

void yaml_read_list(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    if (node->type != YAML_SEQUENCE_NODE) {
        wrong(file, node, key, "a list, one line with - for each");
        return;
    }
    size_t n = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    char *elements = mem_check(talloc_zero_size(file->ctx, (n ? n : 1) * key->size));
    for (size_t i = 0; i < n; i++)
        yaml_read_mapping(file, yaml_document_get_node(file->document, node->data.sequence.items.start[i]), key->keys,
                          elements + i * key->size);
    *(char **)member(key, target) = elements;
    *(size_t *)((char *)target + key->count_offset) = n;
}

void yaml_read_pair(YamlFile *file, yaml_node_t *node, const Key *key, void *target) {
    yaml_read_mapping(file, node, key->keys, target);
}

static const Key *find_key(const Key *keys, const char *name) {
    for (; keys->name; keys++)
        if (!strcmp(keys->name, name)) return keys;
    return NULL;
}

static void report_unknown(YamlFile *file, const yaml_node_t *node, const Key *keys, const char *name) {
    const char *names[32];
    size_t n = 0;
    for (; keys->name && n < 32; keys++) names[n++] = keys->name;
    const char *near = text_nearest(name, names, n);
    if (near)
        diag_error(file->diag, yaml_place(file, node), "unknown-key", "'%s' is not known here; did you mean '%s'?", name,
                   near);
    else
        diag_error(file->diag, yaml_place(file, node), "unknown-key", "'%s' is not known here; remove it", name);
}

static bool within_bounds(YamlFile *file, const yaml_node_t *node) {
    if (++file->visited <= DEFN_NODES_MAX) return true;
    if (file->visited == DEFN_NODES_MAX + 1)
        diag_error(file->diag, yaml_place(file, node), "too-large", "the file holds more than %u values; divide it",
                   DEFN_NODES_MAX);
    return false;
}

void yaml_read_mapping(YamlFile *file, yaml_node_t *node, const Key *keys, void *target) {
    if (!within_bounds(file, node)) return;
    if (node->type != YAML_MAPPING_NODE) {
        diag_error(file->diag, yaml_place(file, node), "wrong-form", "this must be a mapping: {name: value}");
        return;
    }
    uint64_t seen = 0;
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
        yaml_node_t *name_node = yaml_document_get_node(file->document, pair->key);
        yaml_node_t *value = yaml_document_get_node(file->document, pair->value);
        const char *name = name_node->type == YAML_SCALAR_NODE ? (const char *)name_node->data.scalar.value : "";
        const Key *key = find_key(keys, name);
        if (!key) {
            report_unknown(file, name_node, keys, name);
            continue;
        }
        uint64_t bit = (uint64_t)1 << (key - keys);
        if (seen & bit)
            diag_error(file->diag, yaml_place(file, name_node), "twice", "'%s' is written twice; keep one", name);
        seen |= bit;
        if (within_bounds(file, value)) key->read(file, value, key, target);
    }
    for (const Key *key = keys; key->name; key++)
        if (key->required && !(seen & ((uint64_t)1 << (key - keys))))
            diag_error(file->diag, yaml_place(file, node), "missing-key", "'%s' is missing; write it", key->name);
}

static void report_syntax(const yaml_parser_t *parser, const char *shown, unsigned line_offset, Diag *diag) {
    Place at = {.file = shown,
                .line = (unsigned)parser->problem_mark.line + 1 + line_offset,
                .column = (unsigned)parser->problem_mark.column + 1};
    diag_error(diag, at, "yaml", "this is not well-formed YAML (%s); look at the line and the one before",
               parser->problem ? parser->problem : "unreadable");
}

void yaml_each_document(const void *ctx, const char *shown, unsigned line_offset, const char *text, size_t size,
                        Diag *diag, YamlDocument read, void *data) {
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) mem_check(NULL);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    for (;;) {
        yaml_document_t document;
        if (!yaml_parser_load(&parser, &document)) {
            report_syntax(&parser, shown, line_offset, diag);
            break;
        }
        yaml_node_t *root = yaml_document_get_root_node(&document);
        if (root) {
            YamlFile file = {ctx, shown, diag, &document, line_offset, 0};
            read(&file, root, data);
        }
        yaml_document_delete(&document);
        if (!root) break;
    }
    yaml_parser_delete(&parser);
}
