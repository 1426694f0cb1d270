/* defn/keys.h: YAML nodes into structs by tables of keys. Private to defn/.
 *
 * A Key says which word of a mapping goes where in a struct and how it is read; reading a kind of
 * definition is one table. Whatever is not in the table is a finding, with the nearest key. */
#ifndef DEFN_KEYS_H
#define DEFN_KEYS_H

#include <yaml.h>

#include "defn/model.h"

typedef struct YamlFile {
    const void *ctx; /* owns all that is read */
    const char *shown;
    Diag *diag;
    yaml_document_t *document;
    unsigned line_offset; /* of a head inside another file */
    size_t *visited; /* values of the file so far, over all its documents */
} YamlFile;

typedef struct Key Key;
typedef void (*KeyReader)(YamlFile *file, yaml_node_t *node, const Key *key, void *target);

struct Key {
    const char *name;
    KeyReader read;
    size_t offset;       /* of the member in the struct */
    bool required;
    const Key *keys;     /* of the elements of a list of mappings */
    size_t size;         /* of one element */
    size_t count_offset; /* of the list's count */
    const Key *heading;  /* of a list: what an element with this key alone says of the one behind it */
};

/* Readers; the member's type stands beside each. */
void yaml_read_name(YamlFile *, yaml_node_t *, const Key *, void *);  /* Name: a lower-case word */
void yaml_read_text(YamlFile *, yaml_node_t *, const Key *, void *);  /* Name: any text */
void yaml_read_string(YamlFile *, yaml_node_t *, const Key *, void *); /* const char * */
void yaml_read_label(YamlFile *, yaml_node_t *, const Key *, void *); /* Label: {zh, en}, both asked for */
void yaml_read_bool(YamlFile *, yaml_node_t *, const Key *, void *);  /* bool */
void yaml_read_int(YamlFile *, yaml_node_t *, const Key *, void *);   /* int64_t, 0 … 9 digits */
void yaml_read_names(YamlFile *, yaml_node_t *, const Key *, void *); /* Names: words */
void yaml_read_texts(YamlFile *, yaml_node_t *, const Key *, void *); /* Names: texts */
void yaml_read_list(YamlFile *, yaml_node_t *, const Key *, void *);  /* T *: mappings by key->keys */
void yaml_read_pair(YamlFile *, yaml_node_t *, const Key *, void *);  /* members of the same struct, by key->keys */

/* Fills target from a mapping node. */
void yaml_read_mapping(YamlFile *file, yaml_node_t *node, const Key *keys, void *target);

Place yaml_place(const YamlFile *file, const yaml_node_t *node);

/* Calls read for each document of a text. False, with a finding, when it was not read to its end. */
typedef void (*YamlDocument)(YamlFile *file, yaml_node_t *root, void *data);
bool yaml_each_document(const void *ctx, const char *shown, unsigned line_offset, const char *text, size_t size,
                        Diag *diag, YamlDocument read, void *data);

#endif
