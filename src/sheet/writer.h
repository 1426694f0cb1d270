/* sheet/writer.h: what a format must be able to do to be written. */
#ifndef SHEET_WRITER_H
#define SHEET_WRITER_H

#include "base/buf.h"
#include "sheet/out.h"
#include "sheet/sheet.h"

typedef struct WriterKind WriterKind;

typedef struct WriteCell {
    CellKind kind; /* CELL_EMPTY, CELL_TEXT, CELL_NUMBER or CELL_DATE */
    size_t text;   /* where it begins in the writer's text */
    double number;
    Date date;
} WriteCell;

/* The first member of every format's own writer. */
struct SheetWriter {
    const WriterKind *kind;
    OutFile *out;
    const char *sheet;
    const SheetColumn *columns;
    size_t n;
    WriteCell *cells; /* of the row being written */
    Buf text;
    uint64_t rows;     /* written, without headings */
    uint64_t long_row; /* first row with a text that is too long for a cell; 0 = none */
};

struct WriterKind {
    const char *format;
    size_t size;                                    /* of the format's writer, zeroed before start() */
    int (*start)(SheetWriter *writer, Diag *diag);  /* up to the headings; 0, 1 with findings */
    int (*row)(SheetWriter *writer);                /* 0, 1 when it failed: finish() says why */
    int (*finish)(SheetWriter *writer, Diag *diag); /* all that comes before the rename; 0, 1 with findings */
};

extern const WriterKind SHEET_WRITE_CSV;
extern const WriterKind SHEET_WRITE_XLSX;

static inline const char *writer_text(const SheetWriter *writer, size_t at) { return writer->text.data + at; }

#endif
