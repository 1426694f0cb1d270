/* summary/paper-cut.c: a text as the blocks that people write: where it is cut, and what its outline says of each. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "summary/paper.h"

/* Of a heading, else 0. */
static size_t level_of(const char *line) {
    size_t level = strspn(line, "#");
    return level && level <= PAPER_LEVELS && line[level] == ' ' ? level : 0;
}

static bool is_blank(const char *line) {
    size_t blank = strspn(line, " \t\r");
    return line[blank] == '\n' || !line[blank];
}

static const char *next_line(const char *line) {
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

size_t paper_cut(const void *ctx, const char *text, const char ***ret_blocks) {
    size_t n = 0;
    bool told = false; /* the block has something besides headings */
    const char *start = text;
    *ret_blocks = NULL;
    for (const char *line = text; *line; line = next_line(line)) {
        bool heading = level_of(line) > 0;
        if (heading && told) {
            *mem_push(ctx, *ret_blocks, n) = mem_strndup(ctx, start, (size_t)(line - start));
            start = line;
            told = false;
        }
        told |= !heading && !is_blank(line);
    }
    if (*start) *mem_push(ctx, *ret_blocks, n) = mem_strdup(ctx, start);
    return n;
}

size_t paper_block_headings(const void *ctx, const char *block, PaperHeading **ret_list) {
    size_t n = 0;
    *ret_list = NULL;
    for (const char *line = block; *line; line = next_line(line)) {
        size_t level = level_of(line);
        if (!level && !is_blank(line)) break;
        if (!level) continue;
        const char *words = line + level + 1;
        *mem_push(ctx, *ret_list, n) = (PaperHeading){level, mem_strndup(ctx, words, strcspn(words, "\r\n"))};
    }
    return n;
}

const char *paper_block_title(const void *ctx, const char *block) {
    PaperHeading *headings;
    size_t n = paper_block_headings(ctx, block, &headings);
    return n ? headings[n - 1].words : "";
}

const Report *paper_report(const void *ctx, const Report *report, const PaperBlock *blocks, size_t n) {
    Buf body = BUF_INIT(ctx);
    for (size_t i = 0; i < n; i++) {
        buf_add(&body, blocks[i].body);
        if (body.size && body.data[body.size - 1] != '\n') buf_char(&body, '\n');
        buf_char(&body, '\n');
    }
    Report *paper = mem_new(ctx, Report);
    *paper = *report;
    paper->body = buf_text(&body);
    paper->body_size = body.size;
    paper->body_line = 1;
    return paper;
}
