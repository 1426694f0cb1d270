/* doc/reading.c: from bytes to the form that reads them, and what is no document refused. */
#include "doc/reading.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "doc/reader.h"

#define CONTROLS_SHARE 100u /* a text holds at most one control character in so many */

#define NO_DOCUMENT READING_NO_DOCUMENT

/* What the first bytes tell. */
typedef struct Signature {
    const char *bytes;
    size_t size;
    const char *code, *say; /* NULL: it is read */
} Signature;

static const Signature SIGNATURES[] = {
    {"PK\x03\x04", 4, NULL, NULL},
    {"\xD0\xCF\x11\xE0", 4, "reading-locked",
     "the file is protected by a password, or is of Word before 2007; save it as docx without a password"},
    {"{\\rtf", 5, "reading-kind", NO_DOCUMENT},
    {"%PDF-", 5, "reading-kind", "a PDF holds pages, not text in its order; give the document it was made from"},
    {"PK\x05\x06", 4, "reading-kind", NO_DOCUMENT},
    {"\x89PNG", 4, "reading-kind", NO_DOCUMENT},
    {"\xFF\xD8\xFF", 3, "reading-kind", NO_DOCUMENT},
    {"GIF8", 4, "reading-kind", NO_DOCUMENT},
    {"Rar!", 4, "reading-kind", NO_DOCUMENT},
    {"7z\xBC\xAF", 4, "reading-kind", NO_DOCUMENT},
    {"\x1F\x8B", 2, "reading-kind", NO_DOCUMENT},
};

static const Signature *find_signature(const char *bytes, size_t size) {
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof *SIGNATURES; i++) {
        const Signature *signature = &SIGNATURES[i];
        if (size >= signature->size && memcmp(bytes, signature->bytes, signature->size) == 0) return signature;
    }
    return NULL;
}

/* Bytes of a program or a picture may happen to be characters of some encoding. */
static bool is_binary(const char *text) {
    size_t controls = 0, size = 0;
    for (; text[size]; size++) {
        unsigned char byte = (unsigned char)text[size];
        if (byte == 0x7F || (byte < ' ' && !strchr("\t\n\v\f\r\x1A\x1B", byte))) controls++;
    }
    return controls > size / CONTROLS_SHARE;
}

/* A line between the head and the rows of a table: |:---|---:|. Nothing else looks so, whatever the file is named. */
static bool has_ruler(const char *text) {
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += strspn(line, "\r\n");
        size_t size = strspn(line, "|:- \t");
        bool all = !line[size] || line[size] == '\n' || line[size] == '\r';
        if (*line == '|' && all && strstr(line, "---") && strstr(line, "---") < line + size) return true;
    }
    return false;
}

static bool is_markdown(const char *name, const char *text) {
    return strcasecmp(file_extension(name), "md") == 0 || has_ruler(text);
}

/* Finds the text as given. HTML may say what encoding it is in. */
static bool decode(Reader *reader, const char *bytes, size_t size) {
    Reading *reading = reader->reading;
    const char *declared = html_begins(bytes, size) ? html_charset(bytes, size) : NULL;
    char *text = declared ? text_decode(reading, bytes, size, declared) : NULL;
    reading->encoding = declared;
    if (!text) text = text_from_bytes(reading, bytes, size, &reading->encoding);
    if (text) reading->given = text;
    return text && !is_binary(text);
}

static int read_text(Reader *reader, const char *bytes, size_t size) {
    Reading *reading = reader->reading;
    if (!decode(reader, bytes, size)) return reader_refuse(reader, "reading-kind", NO_DOCUMENT);
    reading->n_given = (uint32_t)text_count(reading->given);
    bool html = html_begins(reading->given, strlen(reading->given));
    if (is_markdown(reader->name, html ? "" : reading->given)) return read_markdown(reader);
    if (!html) return read_plain(reader);
    reading->form = READING_HTML;
    return read_html(reader);
}

static int read_bytes(Reader *reader, const char *bytes, size_t size) {
    const Signature *signature = find_signature(bytes, size);
    if (size > READING_FILE_MAX)
        return reader_refuse(reader, "reading-size",
                             "the file is larger than 64 MiB; take out the pictures or divide it");
    if (signature && signature->say) return reader_refuse(reader, signature->code, signature->say);
    int r = signature ? read_docx(reader, bytes, size) : read_text(reader, bytes, size);
    if (r != 0) return r;
    reader_part(reader, PART_TEXT, 0);
    if (reader->overfull)
        return reader_refuse(reader, "reading-size", "the document holds more text than is read; divide it");
    if (reader->reading->n_parts == 0)
        return reader_refuse(reader, "reading-empty",
                             "there is no text in the file; choose the file with the document");
    return 0;
}

int reading_from_bytes(const void *ctx, const char *name, const char *bytes, size_t size, Diag *diag,
                       Reading **ret_reading) {
    Reader reader = {.name = name, .diag = diag};
    reader_begin(&reader, ctx, READING_TEXT);
    int r = read_bytes(&reader, bytes, size);
    if (r == 0)
        *ret_reading = reader.reading;
    else
        talloc_free(reader.reading);
    return r;
}

int reading_open(const void *ctx, const char *path, Diag *diag, Reading **ret_reading) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    char *bytes;
    size_t size;
    if (file_read(scratch, path, READING_FILE_MAX, diag, &bytes, &size) != 0) return 1;
    return reading_from_bytes(ctx, path, bytes, size, diag, ret_reading);
}
