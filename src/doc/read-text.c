/* doc/read-text.c: plain text: a line a part. */
#include <string.h>

#include "base/text.h"
#include "doc/reader.h"

static void next_line(Reader *reader) {
    bool empty = !reader->visible;
    reader_part(reader, PART_TEXT, 0);
    reader->part.apart = empty;
}

int read_plain(Reader *reader) {
    const char *at = reader->reading->given, *end = at + strlen(at);
    uint32_t place = 0;
    for (; at < end; place++) {
        unsigned rune = text_next(&at, end);
        if (rune == '\r' && at < end && *at == '\n') continue;
        if (rune == '\n' || rune == '\r')
            next_line(reader);
        else
            reader_glyph(reader, rune, place, place + 1);
    }
    return 0;
}
