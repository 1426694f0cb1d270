/* defn/prose.h: reading prose.yaml. Private to defn/. */
#ifndef DEFN_PROSE_H
#define DEFN_PROSE_H

#include "defn/keys.h"

/* Adds what a file says to what earlier files said: a site adds its words, it need not repeat the others. */
void prose_read(YamlFile *file, const TreeNode *root, Prose *prose);

#endif
