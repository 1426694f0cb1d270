/* defn/keys.h: trees into structs by tables of keys. Private to defn/.
 *
 * A Key says which word of a mapping goes where in a struct and how it is read; reading a kind of
 * definition is one table. Whatever is not in the table is a finding, with the nearest key. */
#ifndef DEFN_KEYS_H
#define DEFN_KEYS_H

#include "defn/model.h"
#include "defn/tree.h"

typedef struct YamlFile {
    const void *ctx;   /* owns all that is read */
    const char *shown; /* the path to name in findings */
    Diag *diag;
    const Tree *tree; /* outlives all that is read */
    size_t *visited;  /* values of the file so far, over all its documents */
} YamlFile;

typedef struct Key Key;
typedef void (*KeyReader)(YamlFile *file, const TreeNode *node, const Key *key, void *target);

struct Key {
    const char *name;
    KeyReader read;
    size_t offset; /* of the member in the struct */
    bool required;
    const Key *keys;     /* of the elements of a list of mappings */
    size_t size;         /* of one element */
    size_t count_offset; /* of the list's count */
    const Key *heading;  /* of a list: what an element with this key alone says of the one behind it */
};

/* Readers; the member's type stands beside each. */
void yaml_read_name(YamlFile *, const TreeNode *, const Key *, void *);   /* Name: a lower-case word */
void yaml_read_text(YamlFile *, const TreeNode *, const Key *, void *);   /* Name: any text */
void yaml_read_string(YamlFile *, const TreeNode *, const Key *, void *); /* const char * */
void yaml_read_label(YamlFile *, const TreeNode *, const Key *, void *);  /* Label: {zh, en}, both asked for */
void yaml_read_bool(YamlFile *, const TreeNode *, const Key *, void *);   /* bool */
void yaml_read_int(YamlFile *, const TreeNode *, const Key *, void *);    /* int64_t, 0 … 9 digits */
void yaml_read_names(YamlFile *, const TreeNode *, const Key *, void *);  /* Names: words */
void yaml_read_texts(YamlFile *, const TreeNode *, const Key *, void *);  /* Names: texts */
void yaml_read_list(YamlFile *, const TreeNode *, const Key *, void *);   /* T *: mappings by key->keys */
void yaml_read_pair(YamlFile *, const TreeNode *, const Key *, void *);   /* members of the same struct, by key->keys */

/* Fills target from a mapping node. */
void yaml_read_mapping(YamlFile *file, const TreeNode *node, const Key *keys, void *target);

/* Calls read for each document of a file. False, with a finding, when it holds too much. */
typedef void (*YamlDocument)(YamlFile *file, const TreeNode *root, void *data);
bool yaml_each_document(const void *ctx, const char *shown, const Tree *tree, Diag *diag, YamlDocument read,
                        void *data);

#endif
