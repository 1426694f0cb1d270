/* defn/tree.h: what a definition file says, without how it is written: texts, lists and mappings, each with its place.
 * Private to defn/.
 *
 * The trees of the shipped definitions are part of the program, made by the same function when it is built
 * (tree-make.c); those of a site's files are made when they are read. */
#ifndef DEFN_TREE_H
#define DEFN_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

typedef enum { TREE_TEXT, TREE_LIST, TREE_MAPPING } TreeKind;

typedef struct TreeNode {
    uint8_t kind;
    uint32_t line, column; /* from 1, in the whole file */
    uint32_t from;         /* where the text begins in texts, or the children of the others in children */
    uint32_t size;         /* bytes of the text, elements of the list, pairs of the mapping */
} TreeNode;

typedef struct Tree {
    const TreeNode *nodes;
    const uint32_t *children; /* numbers of nodes: elements, or names and values in turn */
    const uint32_t *roots;    /* of the documents of the file */
    const char *texts;        /* each followed by a NUL */
    size_t n_nodes, n_children, n_roots, n_bytes;
} Tree;

/* The part of a file that is YAML: the whole of it, or of a report (.md) the head between two lines of ---, with
 * TREE_HEAD_END behind. NULL: it has no such head. Lent. */
#define TREE_HEAD_END "---\n"
const char *tree_yaml_of(const char *path, const char *text, size_t size, size_t *ret_size);

/* Reads that part. False, with a finding, when it is not read to its end: the tree has the documents before. What it
 * consists of is owned by ctx. */
bool tree_read(const void *ctx, const char *shown, const char *text, const char *yaml, size_t size, Diag *diag,
               Tree *ret_tree);

const TreeNode *tree_root(const Tree *tree, size_t document);
const TreeNode *tree_element(const Tree *tree, const TreeNode *list, size_t i);
const TreeNode *tree_name(const Tree *tree, const TreeNode *mapping, size_t i);
const TreeNode *tree_value(const Tree *tree, const TreeNode *mapping, size_t i);
/* Of a text; it lives as long as the tree. */
const char *tree_text(const Tree *tree, const TreeNode *node);

#endif
