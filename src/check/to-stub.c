#include "doc/reading.h"
int docx_comment(const char *path, const char *copy, const char *author, const DocxComment *comments, size_t n, Diag *diag) {
    (void)path, (void)copy, (void)author, (void)comments, (void)n, (void)diag;
    return 1;
}
