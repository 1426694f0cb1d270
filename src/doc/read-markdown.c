/* doc/read-markdown.c: Markdown, a line a part, without its marks.
 *
 * The marks are headings, bullets, quotations, rules, tables, strong text, code and links. A mark is dropped by giving
 * no glyph for it; what is not surely a mark stays. */
#include <string.h>

#include "base/text.h"
#include "doc/reader.h"

#define HEADINGS   6u
#define LINK_BYTES ((size_t)4096) /* of its text, and of its target: so far its end is looked for */

typedef struct Line {
    Reader *reader;
    const char *at, *end;
    uint32_t place; /* of at */
    bool in_code;   /* between fences */
    unsigned table, row;
    bool in_table;
} Line;

/* Goes on to a place of the line without a glyph. */
static void pass_to(Line *line, const char *to) {
    line->place += runes_between(line->at, to);
    line->at = to;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static const char *pass_blanks(const char *at, const char *end) {
    while (at < end && is_blank(*at)) at++;
    return at;
}

static void add_rune(Line *line) {
    unsigned rune = text_next(&line->at, line->end);
    reader_glyph(line->reader, rune, line->place, line->place + 1);
    line->place++;
}

static const char *find_near(const char *at, const char *end, char c) {
    size_t size = (size_t)(end - at);
    return memchr(at, c, size < LINK_BYTES ? size : LINK_BYTES);
}

/* Behind the target of the link whose text ends at close, or NULL. */
static const char *link_end(const Line *line, const char *close) {
    if (!close || close + 1 >= line->end || close[1] != '(') return NULL;
    const char *end = find_near(close, line->end, ')');
    return end ? end + 1 : NULL;
}

/* Marks that stand in pairs or before a character. Their size, 0 for none. */
static size_t mark_size(const char *at, const char *end) {
    if (end - at >= 2 && (strncmp(at, "**", 2) == 0 || strncmp(at, "__", 2) == 0)) return 2;
    if (end - at >= 2 && *at == '!' && at[1] == '[') return 1;
    return *at == '`';
}

/* Text with its marks dropped, up to end or to a bar that divides cells. */
static void add_text(Line *line, const char *end, bool in_cell) {
    while (line->at < end && !(in_cell && *line->at == '|')) {
        const char *at = line->at;
        size_t mark = mark_size(at, end);
        bool escape = *at == '\\' && at + 1 < end && strchr("\\`*_{}[]()#+-.!|<>~^", at[1]);
        const char *close = *at == '[' ? find_near(at, end, ']') : NULL;
        const char *behind = link_end(line, close);
        if (behind) {
            pass_to(line, at + 1);
            while (line->at < close) add_rune(line);
            pass_to(line, behind);
        } else if (mark) {
            pass_to(line, at + mark);
        } else {
            if (escape) pass_to(line, at + 1);
            add_rune(line);
        }
    }
}

/* |---|:--:| below the heading of a table */
static bool is_rule_of_table(const Line *line) {
    for (const char *at = line->at; at < line->end; at++)
        if (!strchr("|-: \t", *at)) return false;
    return true;
}

static void add_row(Line *line) {
    if (!line->in_table) line->table++, line->row = 0;
    line->in_table = true;
    if (is_rule_of_table(line)) return;
    for (unsigned column = 0; line->at < line->end; column++) {
        pass_to(line, pass_blanks(line->at + 1, line->end));
        reader_cell(line->reader, line->table, line->row, column);
        add_text(line, line->end, true);
    }
    line->row++;
}

/* A heading's marks before and behind its text. False when the line is none. */
static bool add_heading(Line *line) {
    unsigned level = 0;
    while (level <= HEADINGS && line->at + level < line->end && line->at[level] == '#') level++;
    const char *text = line->at + level, *end = line->end;
    if (level == 0 || level > HEADINGS || (text < end && !is_blank(*text))) return false;
    reader_part(line->reader, PART_HEADING, level);
    pass_to(line, pass_blanks(text, end));
    while (end > line->at && (is_blank(end[-1]) || end[-1] == '#')) end--;
    add_text(line, end, false);
    return true;
}

/* Bullets, quotations and the mark of a signature, one within another. */
static void pass_leading_marks(Line *line) {
    for (;;) {
        const char *at = pass_blanks(line->at, line->end);
        bool mark = at < line->end && strchr(">-*+^", *at) && (at + 1 == line->end || is_blank(at[1]));
        pass_to(line, mark ? at + 1 : at);
        if (!mark) return;
    }
}

/* A line of three or more equal marks and nothing else. */
static bool is_rule(const Line *line) {
    size_t n = 0;
    if (line->at == line->end || !strchr("-*_=", *line->at)) return false;
    for (const char *at = line->at; at < line->end; at++) {
        if (*at != *line->at && !is_blank(*at)) return false;
        n += *at == *line->at;
    }
    return n >= 3;
}

static bool is_fence(const Line *line) {
    return line->end - line->at >= 3 && (strncmp(line->at, "```", 3) == 0 || strncmp(line->at, "~~~", 3) == 0);
}

static void add_line(Line *line) {
    reader_part(line->reader, PART_TEXT, 0);
    pass_to(line, pass_blanks(line->at, line->end));
    bool fence = is_fence(line), row = !line->in_code && line->at < line->end && *line->at == '|';
    if (!row) line->in_table = false;
    if (fence) {
        line->in_code = !line->in_code;
    } else if (line->in_code) {
        while (line->at < line->end) add_rune(line);
    } else if (row) {
        add_row(line);
    } else if (!is_rule(line) && !add_heading(line)) {
        pass_leading_marks(line);
        add_text(line, line->end, false);
    }
    pass_to(line, line->end);
}

int read_markdown(Reader *reader) {
    const char *end = reader->reading->given + strlen(reader->reading->given);
    Line line = {.reader = reader, .at = reader->reading->given};
    while (line.at < end) {
        line.end = line.at + strcspn(line.at, "\r\n");
        add_line(&line);
        if (line.at < end) pass_to(&line, line.at + 1);
    }
    return 0;
}
