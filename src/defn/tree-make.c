/* defn/tree-make.c: run when the program is built: writes the trees of the shipped definitions and their fingerprint as
 * C, so that neither is made at each start.
 *
 *   tree-make OUTPUT.c
 *
 * A file that cannot be read has a tree without nodes: the program says what is wrong with it. */
#include <stdio.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/mem.h"
#include "defn/parts.h"
#include "defn/tree.h"

extern const EmbeddedFile defn_shipped[];

static void write_numbers(FILE *out, const char *name, size_t file, const uint32_t *numbers, size_t n) {
    (void)fprintf(out, "static const uint32_t %s_%zu[] = {", name, file);
    for (size_t i = 0; i < n; i++) (void)fprintf(out, "%u,", numbers[i]);
    (void)fputs("0};\n", out);
}

static void write_texts(FILE *out, size_t file, const char *texts, size_t size) {
    (void)fprintf(out, "static const char texts_%zu[] = {", file);
    for (size_t i = 0; i < size; i++) (void)fprintf(out, "%d,", texts[i]);
    (void)fputs("0};\n", out);
}

static void write_tree(FILE *out, size_t file, const Tree *tree) {
    (void)fprintf(out, "static const TreeNode nodes_%zu[] = {", file);
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const TreeNode *node = &tree->nodes[i];
        (void)fprintf(out, "{%u,%u,%u,%u,%u},", node->kind, node->line, node->column, node->from, node->size);
    }
    (void)fputs("};\n", out);
    write_numbers(out, "children", file, tree->children, tree->n_children);
    write_numbers(out, "roots", file, tree->roots, tree->n_roots);
    write_texts(out, file, tree->texts, tree->n_bytes);
}

static bool read_shipped(const void *ctx, const EmbeddedFile *file, Tree *ret_tree) {
    size_t size;
    const char *yaml = tree_yaml_of(file->path, file->bytes, file->size, &size);
    return yaml && tree_read(ctx, file->path, file->bytes, yaml, size, diag_new(ctx), ret_tree);
}

static void write_trees(FILE *out, const void *ctx) {
    Buf rows = BUF_INIT(ctx);
    for (size_t i = 0; defn_shipped[i].path; i++) {
        Tree tree;
        bool whole = read_shipped(ctx, &defn_shipped[i], &tree) && tree.n_nodes;
        if (whole) write_tree(out, i, &tree);
        buf_printf(&rows, whole ? "TREE(%zu, %zu),\n" : "{0},\n", i, tree.n_roots);
    }
    (void)fputs("#define TREE(n, of_roots) \\\n    {.nodes = nodes_##n, .children = children_##n, .roots = roots_##n,"
                " .texts = texts_##n, .n_roots = of_roots}\n", out);
    (void)fprintf(out, "extern const Tree defn_trees[];\nconst Tree defn_trees[] = {\n%s};\n", buf_text(&rows));
}

static void write_hash(FILE *out, const void *ctx) {
    DefnSources sources = {0};
    for (const EmbeddedFile *file = defn_shipped; file->path; file++)
        *mem_push(ctx, sources.list, sources.count) =
            (DefnSource){.path = file->path, .text = file->bytes, .size = file->size};
    (void)fprintf(out, "extern const char defn_shipped_hash[];\nconst char defn_shipped_hash[] = \"%s\";\n",
                  defn_hash_sources(ctx, &sources));
}

int main(int argc, char **argv) {
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out) return 2;
    MEM_SCRATCH scratch = talloc_new(NULL);
    (void)fputs("#include \"defn/tree.h\"\n", out);
    write_trees(out, scratch);
    write_hash(out, scratch);
    return fclose(out) ? 1 : 0;
}
