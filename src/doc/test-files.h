/* doc/test-files.h: what the tests of printed files share: a folder that goes away, and other programs' output. */
#ifndef DOC_TEST_FILES_H
#define DOC_TEST_FILES_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

static inline int folder_drop(char *folder) {
    char *command = mem_printf(NULL, "rm -rf '%s'", folder);
    int status = system(command);
    talloc_free(command);
    return status == 0 ? 0 : -1;
}

/* A new folder that is removed with everything in it when ctx ends. */
static inline char *folder_new(const void *ctx) {
    char *folder = mem_strdup(ctx, "/tmp/kezhang-test-XXXXXX");
    if (!mkdtemp(folder)) abort();
    talloc_set_destructor(folder, folder_drop);
    return folder;
}

/* What a command prints, owned by ctx. */
static inline char *output_of(const void *ctx, const char *command) {
    Buf out = BUF_INIT(ctx);
    FILE *pipe = popen(command, "r");
    if (!pipe) abort();
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, pipe)) > 0;) buf_add_bytes(&out, bytes, n);
    pclose(pipe);
    buf_add(&out, "");
    return out.data;
}

static inline bool has_program(const char *name) {
    char *command = mem_printf(NULL, "command -v %s >/dev/null", name);
    bool found = system(command) == 0;
    talloc_free(command);
    return found;
}

static inline size_t count_of(const char *text, const char *part) {
    size_t n = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part)) n++;
    return n;
}

#endif
