/* base/embed.h: files made part of the program by tools/embed.py.
 *
 * A list is declared where it is used: `extern const EmbeddedFile doc_docx_files[];`. It ends with a zeroed row. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include <stddef.h>
#include <string.h>

typedef struct EmbeddedFile {
    const char *path;  /* below the root given to the tool, with slashes */
    const char *bytes; /* followed by a NUL that does not count, so that text files are strings */
    size_t size;
} EmbeddedFile;

/* The file with that path, lent for ever, or NULL. */
static inline const EmbeddedFile *embed_find(const EmbeddedFile *files, const char *path) {
    for (; files->path; files++)
        if (strcmp(files->path, path) == 0) return files;
    return NULL;
}

#endif
