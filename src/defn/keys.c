/* defn/keys.c: the walk over the tree of a file. Owns nothing; texts are those of the tree, what else it reads belongs
 * to file->ctx.
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

static Place node_place(const YamlFile *file, const TreeNode *node) {
    return (Place){.file = file->shown, .line = node->line, .column = node->column};
}

static void *member(const Key *key, void *target) { return (char *)target + key->offset; }

/* One more value has been come upon. False, once with a finding, when there are too many. */
static bool within_bounds(YamlFile *file, const TreeNode *node, size_t more) {
    bool was_within = *file->visited <= DEFN_NODES_MAX;
    *file->visited += more;
    if (*file->visited <= DEFN_NODES_MAX) return true;
    if (was_within)
        diag_error(file->diag, node_place(file, node), "too-large", "the file holds more than %u values; divide it",
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

static void wrong(YamlFile *file, const TreeNode *node, const Key *key, const char *wanted) {
    diag_error(file->diag, node_place(file, node), "wrong-form", wanted, key->name);
}

/* The text of a scalar, lent; NULL with a finding when the node is something else. */
static const char *scalar(YamlFile *file, const TreeNode *node, const Key *key, const char *wanted) {
    if (node->kind != TREE_TEXT) {
        wrong(file, node, key, wanted);
        return NULL;
    }
    const char *text = tree_text(file->tree, node);
    if (strlen(text) != node->size) {
        diag_error(file->diag, node_place(file, node), "bad-text", "'%s' holds a NUL character; remove it", key->name);
        return NULL;
    }
    return text;
}

static bool is_name(const char *text) {
    if (!islower((unsigned char)text[0])) return false;
    for (const char *c = text; *c; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_') return false;
    return strlen(text) <= NAME_MAX_SIZE;
}

void yaml_read_text(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_TEXT);
    if (text) *(Name *)member(key, target) = (Name){.text = text, .at = node_place(file, node)};
}

void yaml_read_name(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_NAME);
    if (!text) return;
    if (!is_name(text)) {
        diag_error(file->diag, node_place(file, node), "bad-name",
                   "'%s' is not a name; use lower-case letters, digits and _, at most %d, starting with a letter", text,
                   NAME_MAX_SIZE);
        return;
    }
    *(Name *)member(key, target) = (Name){.text = text, .at = node_place(file, node)};
}

void yaml_read_string(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_TEXT);
    if (text) *(const char **)member(key, target) = text;
}

void yaml_read_bool(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    const char *text = scalar(file, node, key, A_BOOL);
    if (!text) return;
    if (strcmp(text, "true") && strcmp(text, "false")) {
        wrong(file, node, key, A_BOOL);
        return;
    }
    *(bool *)member(key, target) = text[0] == 't';
}

void yaml_read_int(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
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

void yaml_read_label(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    yaml_read_mapping(file, node, label_keys, member(key, target));
}

/* The elements of a list; 0 with a finding when the node is no list, an empty one, or too long. */
static size_t count_elements(YamlFile *file, const TreeNode *node, const Key *key, const char *wanted) {
    if (node->kind != TREE_LIST) {
        wrong(file, node, key, wanted);
        return 0;
    }
    if (!node->size) wrong(file, node, key, NOT_NONE);
    return within_bounds(file, node, node->size) ? node->size : 0;
}

static void read_each(YamlFile *file, const TreeNode *node, const Key *key, void *target, KeyReader read) {
    Names *names = member(key, target);
    size_t n = count_elements(file, node, key, SOME_WORDS);
    for (size_t i = 0; i < n; i++) {
        Name name = {0};
        read(file, tree_element(file->tree, node, i), &(Key){.name = key->name}, &name);
        if (name.text) *mem_push(file->ctx, names->list, names->count) = name;
    }
}

void yaml_read_names(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    read_each(file, node, key, target, yaml_read_name);
}

void yaml_read_texts(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    read_each(file, node, key, target, yaml_read_text);
}

/* What a mapping holds whose only key is the heading's; NULL when it is an element. */
static const TreeNode *heading_in(const YamlFile *file, const TreeNode *node, const Key *heading) {
    if (!heading || node->kind != TREE_MAPPING || node->size != 1) return NULL;
    const TreeNode *name = tree_name(file->tree, node, 0);
    bool is_heading = name->kind == TREE_TEXT && !strcmp(tree_text(file->tree, name), heading->name);
    return is_heading ? tree_value(file->tree, node, 0) : NULL;
}

void yaml_read_list(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
    size_t n = count_elements(file, node, key, SOME_MAPPINGS), count = 0;
    char *elements = mem_check(talloc_zero_size(file->ctx, (n ? n : 1) * key->size));
    const TreeNode *headed = NULL;
    for (size_t i = 0; i < n; i++) {
        const TreeNode *element = tree_element(file->tree, node, i), *heading = heading_in(file, element, key->heading);
        char *place = elements + count * key->size;
        if (heading)
            key->heading->read(file, heading, key->heading, place);
        else
            yaml_read_mapping(file, element, key->keys, place), count++;
        headed = heading;
    }
    if (headed)
        diag_error(file->diag, node_place(file, headed), "heads-nothing", "nothing stands behind this '%s'; remove it",
                   key->heading->name);
    *(char **)member(key, target) = elements;
    *(size_t *)((char *)target + key->count_offset) = count;
}

void yaml_read_pair(YamlFile *file, const TreeNode *node, const Key *key, void *target) {
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
static const Key *report_unknown(YamlFile *file, const TreeNode *node, const Key *keys, const char *name) {
    const char *names[KEYS_MAX];
    size_t n = 0;
    for (; keys[n].name && n < KEYS_MAX; n++) names[n] = keys[n].name;
    const char *near = text_nearest(name, names, n);
    Place at = node_place(file, node);
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

static void report_no_mapping(YamlFile *file, const TreeNode *node, const Key *keys) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_error(file->diag, node_place(file, node), "wrong-form", "names with values are needed here; write {%s}",
               wanted_form(scratch, keys));
}

static uint64_t bit_of(const Key *keys, const Key *key) { return key ? (uint64_t)1 << (key - keys) : 0; }

void yaml_read_mapping(YamlFile *file, const TreeNode *node, const Key *keys, void *target) {
    if (!within_bounds(file, node, 1)) return;
    if (node->kind != TREE_MAPPING) {
        report_no_mapping(file, node, keys);
        return;
    }
    uint64_t seen = 0, meant = 0;
    for (size_t i = 0; i < node->size; i++) {
        const TreeNode *name_node = tree_name(file->tree, node, i), *value = tree_value(file->tree, node, i);
        const char *name = name_node->kind == TREE_TEXT ? tree_text(file->tree, name_node) : "?";
        const Key *key = find_key(keys, name);
        if (!key) {
            meant |= bit_of(keys, report_unknown(file, name_node, keys, name));
            continue;
        }
        if (seen & bit_of(keys, key))
            diag_error(file->diag, node_place(file, name_node), "twice", "'%s' is written twice; keep one", name);
        seen |= bit_of(keys, key);
        if (within_bounds(file, value, 1)) key->read(file, value, key, target);
    }
    for (const Key *key = keys; key->name; key++)
        if (key->required && !((seen | meant) & bit_of(keys, key)))
            diag_error(file->diag, node_place(file, node), "missing-key", "'%s' is missing; write it", key->name);
}

bool yaml_each_document(const void *ctx, const char *shown, const Tree *tree, Diag *diag, YamlDocument read,
                        void *data) {
    size_t visited = 0;
    YamlFile file = {ctx, shown, diag, tree, &visited};
    for (size_t i = 0; i < tree->n_roots; i++) read(&file, tree_root(tree, i), data);
    return visited <= DEFN_NODES_MAX;
}
