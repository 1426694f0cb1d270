/* summary/prose.c: the blocks of a text: paragraphs are settled one by one, headings without content go. */
#include "summary/prose.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "summary/sentence.h"

#define LEVELS_MAX 6 /* of headings in Markdown */

typedef enum { PART_PARAGRAPH, PART_HEADING, PART_LINE } PartKind;

/* A block of the text. A line stands for itself: the title, a signature, a rule, a row of a table, a list item. */
typedef struct Part {
    PartKind kind;
    int level;        /* of a heading */
    const char *text; /* NULL: vanished */
    bool joined;      /* no blank line before it: the next row of a table or item of a list */
    bool ends;        /* what stands below is not part of the section above */
} Part;

typedef struct Parts {
    Part *list;
    size_t count;
} Parts;

/* --- reading --- */

static int heading_level(const char *line) {
    int level = (int)strspn(line, "#");
    return level <= LEVELS_MAX && (line[level] == ' ' || !line[level]) ? level : 0;
}

static bool is_rule(const char *line) { return strlen(line) >= 3 && strspn(line, "-") == strlen(line); }
static bool is_signature(const char *line) { return line[0] == '^' && line[1] == ' '; }

static bool is_list_item(const char *line) {
    if (strchr("-+*>", line[0]) && line[0] && line[1] == ' ') return true;
    size_t digits = strspn(line, "0123456789");
    return digits && (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
}

static bool stands_alone(const char *line) {
    return is_rule(line) || is_signature(line) || line[0] == '|' || is_list_item(line);
}

static char *without(const void *ctx, const char *text, const char *mark) {
    Buf out = BUF_INIT(ctx);
    for (const char *found; (found = strstr(text, mark)); text = found + strlen(mark))
        buf_add_bytes(&out, text, (size_t)(found - text));
    buf_add(&out, text);
    return mem_strdup(ctx, buf_text(&out));
}

/* The next line without outer space and marks. *ret_became_empty: it was not blank in the template. */
static char *take_line(const void *ctx, const char **at, bool *ret_became_empty) {
    size_t size = strcspn(*at, "\n");
    char *marked = mem_strndup(ctx, *at, size), *line = without(ctx, marked, PROSE_LINE);
    *at += size + ((*at)[size] != '\0');
    size_t shown = strlen(line);
    while (shown && strchr(" \t\r", line[shown - 1])) line[--shown] = '\0';
    *ret_became_empty = !shown && strstr(marked, PROSE_LINE);
    return line;
}

/* Lines of one paragraph go on in one line; Chinese needs no space between them. */
static void join_line(Buf *paragraph, const char *line) {
    const char *at = line;
    unsigned first = text_next(&at, line + strlen(line));
    unsigned char before = paragraph->size ? (unsigned char)paragraph->data[paragraph->size - 1] : 0;
    if (paragraph->size && first < 0x80 && before < 0x80) buf_char(paragraph, ' ');
    buf_add(paragraph, line);
}

static void end_paragraph(const void *ctx, Parts *parts, Buf *paragraph) {
    if (!paragraph->size) return;
    *mem_push(ctx, parts->list, parts->count) = (Part){PART_PARAGRAPH, .text = mem_strdup(ctx, buf_text(paragraph))};
    buf_clear(paragraph);
}

static Part line_part(const char *line, bool joined) {
    int level = heading_level(line);
    if (level > 1) return (Part){PART_HEADING, .level = level, .text = line};
    return (Part){PART_LINE, .text = line, .joined = joined, .ends = level || is_rule(line) || is_signature(line)};
}

static Parts read_parts(const void *ctx, const char *markdown) {
    Parts parts = {0};
    Buf paragraph = BUF_INIT(ctx);
    bool in_lines = false;
    for (const char *at = markdown; *at;) {
        bool became_empty;
        char *line = take_line(ctx, &at, &became_empty);
        if (became_empty) continue;
        bool alone = heading_level(line) || stands_alone(line);
        if (alone || !*line) end_paragraph(ctx, &parts, &paragraph);
        if (alone)
            *mem_push(ctx, parts.list, parts.count) = line_part(line, in_lines);
        else if (*line)
            join_line(&paragraph, line);
        in_lines = alone;
    }
    end_paragraph(ctx, &parts, &paragraph);
    return parts;
}

/* --- settling --- */

static void settle_part(const void *ctx, Part *part) {
    if (part->kind == PART_PARAGRAPH) {
        char *settled = prose_settle_paragraph(ctx, part->text);
        part->text = *settled ? settled : NULL;
    } else if (strstr(part->text, PROSE_HOLE)) {
        bool is_title = heading_level(part->text) > 0;
        part->text = is_title ? without(ctx, part->text, PROSE_HOLE) : NULL;
    }
}

/* From the end: content[level] says whether there is any between here and the next heading of that level or above. */
static void drop_bare_headings(const Parts *parts) {
    bool content[LEVELS_MAX + 1] = {false};
    for (size_t i = parts->count; i-- > 0;) {
        Part *part = &parts->list[i];
        if (!part->text) continue;
        if (part->kind == PART_HEADING && !content[part->level]) part->text = NULL;
        int from = part->kind == PART_HEADING ? part->level : 0;
        bool found = part->kind != PART_HEADING && !part->ends;
        for (int level = from; level <= LEVELS_MAX; level++) content[level] = found;
    }
}

char *prose_settle(const void *ctx, const char *markdown) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Parts parts = read_parts(scratch, markdown);
    for (size_t i = 0; i < parts.count; i++) settle_part(scratch, &parts.list[i]);
    drop_bare_headings(&parts);
    Buf out = BUF_INIT(scratch);
    for (size_t i = 0; i < parts.count; i++) {
        const Part *part = &parts.list[i];
        if (!part->text) continue;
        if (out.size && !part->joined) buf_char(&out, '\n');
        buf_add(&out, part->text);
        buf_char(&out, '\n');
    }
    return mem_strdup(ctx, buf_text(&out));
}

/* --- around the rendering --- */

char *prose_mark_lines(const void *ctx, const char *template, size_t size) {
    Buf out = BUF_INIT(ctx);
    for (const char *at = template, *end = template + size; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
        bool blank = true;
        for (const char *c = at; c < stop && blank; c++) blank = strchr(" \t\r", *c) != NULL;
        buf_add_bytes(&out, at, (size_t)(stop - at));
        if (!blank) buf_add(&out, PROSE_LINE);
        if (newline) buf_char(&out, '\n');
        at = newline ? newline + 1 : end;
    }
    return mem_strdup(ctx, buf_text(&out));
}

void prose_escape(Buf *out, const char *text, size_t size) {
    const char *end = text + size;
    bool digits = true; /* so far nothing but digits: 1. would begin a list */
    for (const char *at = text, *start = at; at < end; start = at) {
        unsigned rune = text_next(&at, end);
        bool begins = start == text;
        bool number = digits && !begins && (rune == '.' || rune == ')') && (at == end || *at == ' ');
        digits = digits && rune >= '0' && rune <= '9';
        if (rune == PROSE_HOLE_RUNE || rune == PROSE_LINE_RUNE) continue;
        if (rune == '\n' || rune == '\r' || rune == '\t') rune = ' ';
        if (rune < 0x80 && (strchr("\\`*_[]<>#|&~", (int)rune) || (begins && strchr("-+^=", (int)rune)) || number))
            buf_char(out, '\\');
        buf_rune(out, rune);
    }
}
