/* sheet/backend.h: what a format must be able to do to be read, and what all open files have in common. */
#ifndef SHEET_BACKEND_H
#define SHEET_BACKEND_H

#include "sheet/row.h"

typedef struct SheetBackend SheetBackend;

typedef struct SheetInfo {
    const char *name;
    bool hidden;
} SheetInfo;

/* A merged range; rows from 1, columns from 0, both ends inside. */
typedef struct SheetMerge {
    uint32_t first_row, last_row;
    size_t first, last;
} SheetMerge;

/* The first member of every backend's own file. */
struct SheetFile {
    const SheetBackend *backend;
    const char *path;
    int fd; /* at an unknown position */
    uint64_t size;
    SheetInfo *sheets;
    size_t n_sheets;
    size_t selected;
    SheetMerge *merges; /* of the selected sheet, by their first cells */
    size_t n_merges;
    Row *row;
};

struct SheetBackend {
    const char *format;
    size_t size;                                /* of the backend's file, zeroed before open() */
    int (*open)(SheetFile *file, Diag *diag);   /* fills sheets; 0, 1 with findings */
    int (*select)(SheetFile *file, Diag *diag); /* goes to the start of the selected sheet; 0, 1 with findings */
    int (*next)(SheetFile *file, Diag *diag); /* begins and fills row, which may be empty; 1, 0 end, -1 with findings */
    double (*progress)(const SheetFile *file);
};

extern const SheetBackend SHEET_CSV;
extern const SheetBackend SHEET_XLSX;
extern const SheetBackend SHEET_XLS;

/* A place for findings; row 0 = not said. */
Place sheet_place(const SheetFile *file, uint32_t row);
/* Refusals every format makes in the same words; always -1, as next() returns it. */
int sheet_refuse_column(const SheetFile *file, Diag *diag, uint32_t row, size_t column);
int sheet_refuse_text(const SheetFile *file, Diag *diag, uint32_t row, size_t column);
/* A whole sentence about the file; always 1, as open() and select() return it. */
int sheet_refuse_file(const SheetFile *file, Diag *diag, const char *code, const char *english);

#endif
