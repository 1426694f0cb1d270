/* sheet/merges.c: parses a sheet without its <sheetData>, which is skipped as bytes: parsing it twice would double the
 * time of every import. */
#include "sheet/merges.h"

#include <stdlib.h>
#include <string.h>

#define PART_MAX     ((uint64_t)2 << 30)
#define MERGES_MAX   65536u
#define PIECE        ((size_t)64 << 10)
#define END_TAG      "sheetData>" /* whatever its prefix; '<' cannot stand in text, so a match is the tag */
#define END_TAG_SIZE (sizeof END_TAG - 1)

typedef struct Merges {
    const void *ctx;
    SheetMerge *list;
    size_t n;
} Merges;

bool merges_read_cell(const char *name, uint32_t *ret_row, size_t *ret_column) {
    size_t column = 0;
    const char *at = name;
    for (; *at >= 'A' && *at <= 'Z' && at - name < 4; at++) column = column * 26 + (size_t)(*at - 'A' + 1);
    char *end;
    unsigned long row = strtoul(at, &end, 10);
    if (at == name || *at < '1' || *at > '9' || *end || row > UINT32_MAX) return false;
    *ret_row = (uint32_t)row;
    *ret_column = column - 1;
    return true;
}

int merges_compare(const void *a, const void *b) {
    const SheetMerge *one = a, *other = b;
    if (one->first_row != other->first_row) return one->first_row < other->first_row ? -1 : 1;
    return one->first < other->first ? -1 : one->first > other->first;
}

static void on_start(void *data, const char *name, const XmlAttributes *attributes) {
    Merges *merges = data;
    char range[32];
    if (strcmp(name, "mergeCell") != 0 || !xml_attribute(attributes, "ref", range, sizeof range)) return;
    char *colon = strchr(range, ':');
    if (!colon || merges->n == MERGES_MAX) return;
    *colon = '\0';
    SheetMerge merge;
    if (!merges_read_cell(range, &merge.first_row, &merge.first)) return;
    if (!merges_read_cell(colon + 1, &merge.last_row, &merge.last)) return;
    bool is_ordered = merge.last_row >= merge.first_row && merge.last >= merge.first;
    bool is_single = merge.last_row == merge.first_row && merge.last == merge.first;
    if (!is_ordered || is_single || merge.last >= SHEET_COLUMNS_MAX) return;
    *mem_push(merges->ctx, merges->list, merges->n) = merge;
}

/* Unpacks until behind the end tag of sheetData, keeping what may be the tag's beginning. What is left of the last
 * piece is moved to the front; its size, or -1 with findings. */
static ssize_t skip_data(PackagePart *part, char bytes[PIECE], size_t size, Diag *diag) {
    for (;;) {
        const char *tag = memmem(bytes, size, END_TAG, END_TAG_SIZE);
        if (tag) {
            size -= (size_t)(tag - bytes) + END_TAG_SIZE;
            memmove(bytes, tag + END_TAG_SIZE, size);
            return (ssize_t)size;
        }
        size_t kept = size < END_TAG_SIZE - 1 ? size : END_TAG_SIZE - 1, more;
        memmove(bytes, bytes + size - kept, kept);
        int r = part_read(part, bytes + kept, PIECE - kept, diag, &more);
        if (r <= 0) return r;
        size = kept + more;
    }
}

/* The start tag of sheetData in the first piece: where it begins and where its content begins. False when it is not
 * there or has no content. */
static bool find_data(const char *bytes, size_t size, size_t *ret_tag, size_t *ret_content) {
    const char *word = memmem(bytes, size, "sheetData", 9);
    const char *close = word ? memchr(word, '>', (size_t)(bytes + size - word)) : NULL;
    const char *open = word ? memrchr(bytes, '<', (size_t)(word - bytes)) : NULL;
    if (!close || !open || close[-1] == '/') return false;
    *ret_tag = (size_t)(open - bytes);
    *ret_content = (size_t)(close + 1 - bytes);
    return true;
}

/* Feeds what stands before and behind the data. 0, -1 with findings; XML that cannot be read has no merges. */
static int parse_around(XmlParser *parser, PackagePart *part, char bytes[PIECE], Diag *diag) {
    size_t size = 0, more, tag, content;
    int r = 1;
    while (size < PIECE && (r = part_read(part, bytes + size, PIECE - size, diag, &more)) > 0) size += more;
    if (r < 0 || !find_data(bytes, size, &tag, &content)) return r < 0 ? r : 0;
    bool good = xml_feed(parser, bytes, tag);
    memmove(bytes, bytes + content, size - content);
    ssize_t rest = skip_data(part, bytes, size - content, diag);
    while (rest > 0 && good) {
        good = xml_feed(parser, bytes, (size_t)rest);
        r = part_read(part, bytes, PIECE, diag, &more);
        rest = r > 0 ? (ssize_t)more : r;
    }
    return rest < 0 ? -1 : 0;
}

int merges_read(const void *ctx, Package *package, const char *part_name, Diag *diag, SheetMerge **ret_merges,
                size_t *ret_n) {
    static const XmlEvents EVENTS = {.start = on_start};
    MEM_SCRATCH scratch = talloc_new(NULL);
    Merges merges = {.ctx = ctx};
    PackagePart *part;
    if (part_open(scratch, package, part_name, diag, &part) != 0) return 1;
    if (part_size(part) <= PART_MAX) {
        char *bytes = mem_array(scratch, char, PIECE);
        if (parse_around(xml_new(scratch, &EVENTS, &merges, package_terms(package)->depth_max), part, bytes, diag) < 0)
            return 1;
    }
    if (merges.n > 0) qsort(merges.list, merges.n, sizeof *merges.list, merges_compare);
    *ret_merges = merges.list;
    *ret_n = merges.n;
    return 0;
}
