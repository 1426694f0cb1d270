/* base/po.c: a line reader for .po files.
 *
 * The files are made by gettext's tools and checked by msgfmt at build time, so what cannot be read is passed over.
 * Every line is one of: comment, keyword with a quoted string, quoted string that continues the one before. */
#include "base/po.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

typedef struct Entry {
    Buf id;
    Buf translation;
    Buf *open;  /* where continued strings go, or NULL */
    bool fuzzy; /* said by a comment before the msgid */
    bool unfit; /* has a context or plural forms */
} Entry;

typedef struct Reader {
    Entry entry;
    void (*on_pair)(const char *msgid, const char *msgstr, void *data);
    void *data;
} Reader;

static char unescape(char c) {
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    default:
        return c;
    }
}

static bool starts_with(const char *line, const char *end, const char *word) {
    size_t size = strlen(word);
    return (size_t)(end - line) >= size && memcmp(line, word, size) == 0;
}

/* gettext writes the macros of inttypes.h by name: the file is the same for every machine. */
static const struct {
    const char *name, *format;
} SIZES[] = {{"<PRId64>", PRId64}, {"<PRIu64>", PRIu64}, {"<PRIu32>", PRIu32}};

/* Adds what the name of a size at `at` stands for; the bytes of the name, 0 when there is none. */
static size_t read_size(const char *at, const char *end, Buf *buf) {
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        if (!starts_with(at, end, SIZES[i].name)) continue;
        buf_add(buf, SIZES[i].format);
        return strlen(SIZES[i].name);
    }
    return 0;
}

/* The characters that stand for themselves, up to the next that may not. */
static size_t plain_size(const char *at, const char *end) {
    const char *from = at;
    while (at < end && *at != '"' && *at != '\\' && *at != '<') at++;
    return (size_t)(at - from);
}

/* Adds the quoted string that starts at `at` to buf. */
static void read_string(const char *at, const char *end, Buf *buf) {
    at = memchr(at, '"', (size_t)(end - at));
    if (!at) return;
    for (at++; at < end && *at != '"';) {
        size_t plain = plain_size(at, end), size = plain ? plain : read_size(at, end, buf);
        if (plain) {
            buf_add_bytes(buf, at, plain);
        } else if (!size) {
            bool escaped = *at == '\\' && at + 1 < end;
            buf_char(buf, escaped ? unescape(at[1]) : *at);
            size = escaped ? 2 : 1;
        }
        at += size;
    }
}

static void finish_entry(Reader *reader) {
    Entry *entry = &reader->entry;
    if (!entry->fuzzy && !entry->unfit && entry->id.size && entry->translation.size)
        reader->on_pair(buf_text(&entry->id), buf_text(&entry->translation), reader->data);
    buf_clear(&entry->id);
    buf_clear(&entry->translation);
    entry->open = NULL;
    entry->fuzzy = entry->unfit = false;
}

static void read_line(Reader *reader, const char *line, const char *end) {
    Entry *entry = &reader->entry;
    bool complete = entry->open == &entry->translation;
    if (line == end || (complete && *line != '"')) finish_entry(reader);
    if (starts_with(line, end, "#,")) {
        entry->fuzzy = entry->fuzzy || memmem(line, (size_t)(end - line), "fuzzy", strlen("fuzzy"));
    } else if (starts_with(line, end, "msgctxt") || starts_with(line, end, "msgid_plural")) {
        entry->unfit = true;
        entry->open = NULL;
    } else if (starts_with(line, end, "msgid")) {
        entry->open = &entry->id;
    } else if (starts_with(line, end, "msgstr")) {
        entry->open = &entry->translation;
    } else if (!starts_with(line, end, "\"")) {
        return;
    }
    if (entry->open) read_string(line, end, entry->open);
}

void po_read(const char *po, size_t size, void (*on_pair)(const char *msgid, const char *msgstr, void *data),
             void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Reader reader = {
        .entry = {.id = BUF_INIT(scratch), .translation = BUF_INIT(scratch)}, .on_pair = on_pair, .data = data};
    const char *end = po + size;
    for (const char *line = po; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        const char *last = stop > line && stop[-1] == '\r' ? stop - 1 : stop;
        read_line(&reader, line, last);
        line = stop + 1;
    }
    finish_entry(&reader);
}
