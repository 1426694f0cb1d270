/* sheet/texts.c: all texts one behind the other in one spool, and where each ends in another. */
#include "sheet/texts.h"

#include <string.h>

#include "sheet/spool.h"

#define TEXTS_MEMORY ((size_t)2 << 20) /* bytes of text kept in memory */
#define ENDS_MEMORY  ((size_t)1 << 20)
#define TEXTS_MAX    ((uint64_t)2 << 30)                /* bytes of text in all */
#define TEXT_MAX     ((uint64_t)SHEET_CELL_MAX * 4 + 1) /* kept of one text: enough to see that it is too long */

struct Texts {
    Spool *bytes;
    Spool *ends; /* uint64_t each */
};

typedef struct Reading {
    Texts *texts;
    XmlParser *parser;
    TextRuns runs;
    uint64_t start; /* of the text being read */
    bool failed;
} Reading;

void text_runs_start(TextRuns *runs, const char *name) {
    if (strcmp(name, "t") == 0) runs->in_text++;
    if (strcmp(name, "rPh") == 0) runs->in_phonetic++;
}

void text_runs_end(TextRuns *runs, const char *name) {
    if (strcmp(name, "t") == 0) runs->in_text--;
    if (strcmp(name, "rPh") == 0) runs->in_phonetic--;
}

bool text_runs_take(const TextRuns *runs) { return runs->in_text > 0 && runs->in_phonetic == 0; }

static void keep(Reading *reading, Spool *spool, const void *bytes, size_t size) {
    if (row_spool_size(spool) + size <= TEXTS_MAX && row_spool_add(spool, bytes, size)) return;
    reading->failed = true;
    xml_stop(reading->parser);
}

static void on_start(void *data, const char *name, const XmlAttributes *attributes) {
    (void)attributes;
    Reading *reading = data;
    text_runs_start(&reading->runs, name);
}

static void on_end(void *data, const char *name) {
    Reading *reading = data;
    text_runs_end(&reading->runs, name);
    if (strcmp(name, "si") != 0) return;
    reading->start = row_spool_size(reading->texts->bytes);
    keep(reading, reading->texts->ends, &reading->start, sizeof reading->start);
}

static void on_text(void *data, const char *bytes, size_t size) {
    Reading *reading = data;
    bool long_already = row_spool_size(reading->texts->bytes) - reading->start >= TEXT_MAX;
    if (text_runs_take(&reading->runs) && !long_already) keep(reading, reading->texts->bytes, bytes, size);
}

int texts_read(const void *ctx, Package *package, const char *part_name, Diag *diag, Texts **ret_texts) {
    static const XmlEvents EVENTS = {.start = on_start, .end = on_end, .text = on_text};
    Texts *texts = mem_new(ctx, Texts);
    texts->bytes = row_spool_new(texts, TEXTS_MEMORY);
    texts->ends = row_spool_new(texts, ENDS_MEMORY);
    *ret_texts = texts;
    MEM_SCRATCH scratch = talloc_new(NULL);
    PackagePart *part;
    if (part_open(scratch, package, part_name, diag, &part) != 0) return 1;
    Reading reading = {.texts = texts};
    reading.parser = xml_new(scratch, &EVENTS, &reading, package_terms(package)->depth_max);
    int r;
    while ((r = xml_read_piece(reading.parser, part, diag)) > 0) continue;
    if (!reading.failed) return r < 0 ? 1 : 0;
    return package_refuse(
        package, diag,
        (PackageSay){"sheet-texts",
                     "there is no room for the texts of the file; free some disk space or save it as csv"});
}

bool texts_add_to(Texts *texts, size_t number, Row *row) {
    uint64_t ends[2] = {0, 0};
    if (number > UINT32_MAX) return false;
    bool first = number == 0;
    uint64_t at = (first ? 0 : (uint64_t)number - 1) * sizeof *ends;
    if (!row_spool_read(texts->ends, at, first ? &ends[1] : &ends[0], (first ? 1 : 2) * sizeof *ends)) return false;
    char piece[4096];
    for (uint64_t start = ends[0]; start < ends[1];) {
        size_t size = ends[1] - start < sizeof piece ? (size_t)(ends[1] - start) : sizeof piece;
        if (!row_spool_read(texts->bytes, start, piece, size)) return false;
        row_text(row, piece, size);
        start += size;
    }
    return true;
}
