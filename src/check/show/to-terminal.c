/* check/show/to-terminal.c: the text on a terminal: every figure with its sign, and below each paragraph what is wrong
 * in it.
 *
 * The signs say all that the colours say. Nothing of the text reaches the terminal as a command. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/show/show.h"
#include "check/show/wrap.h"

#define STYLE_NONE      ""
#define STYLE_DIM       "\033[2m"
#define STYLE_BOLD      "\033[1m"
#define STYLE_GOOD      "\033[32m"
#define STYLE_WRONG     "\033[1;31m"
#define STYLE_UNKNOWN   "\033[33m"
#define STYLE_REMARK    "\033[35m"
#define STYLE_UNDERLINE "\033[2;4m"
#define STYLE_END       "\033[0m"
#define CELL_GAP        " │ "
#define NOTE_INDENT     4

static const char *verdict_style(Verdict verdict) {
    static const char *const STYLES[VERDICTS] = {
        [VERDICT_MATCH] = STYLE_GOOD,
        [VERDICT_DIFFERS] = STYLE_WRONG,
        [VERDICT_UNBOUND] = STYLE_UNDERLINE,
        [VERDICT_CANNOT] = STYLE_UNKNOWN,
    };
    return STYLES[verdict];
}

static const char *found_style(const Found *found) {
    static const char *const STYLES[] = {
        [FOUND_DIFFERS] = STYLE_WRONG,
        [FOUND_CANNOT] = STYLE_UNKNOWN,
        [FOUND_REMARK] = STYLE_REMARK,
    };
    return STYLES[found->kind];
}

typedef struct Screen {
    const Checked *checked;
    const Shown *shown;
    Wrap wrap;
} Screen;

/* --- the text --- */

static void put_stretch(Screen *screen, const Stretch *stretch, const char *style) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf text = BUF_INIT(scratch);
    const Reading *reading = screen->checked->reading;
    show_glyphs(&text, reading, stretch->from, stretch->to);
    if (stretch->claim == NO_CLAIM) {
        wrap_text(&screen->wrap, buf_text(&text), stretch->remarked ? STYLE_REMARK : style);
        return;
    }
    const Claim *claim = &screen->checked->claims[stretch->claim];
    if (stretch->from == stretch->to) buf_add(&text, claim->text);
    buf_add(&text, show_verdict_sign(claim->verdict));
    wrap_whole(&screen->wrap, buf_text(&text), verdict_style(claim->verdict));
}

static bool is_same_row(const Part *part, const Part *next) {
    return part->kind == PART_CELL && next->kind == PART_CELL && part->table == next->table && part->row == next->row;
}

static void put_part(Screen *screen, const ShownPart *part) {
    const char *style = part->part->kind == PART_HEADING ? STYLE_BOLD : STYLE_NONE;
    for (size_t i = 0; i < part->n_stretches; i++) put_stretch(screen, &part->stretches[i], style);
}

/* A paragraph, or the cells of a row beside each other; the part behind it. */
static size_t put_line(Screen *screen, size_t first) {
    const ShownPart *parts = screen->shown->parts;
    size_t next = first;
    do {
        if (next > first) wrap_text(&screen->wrap, CELL_GAP, STYLE_DIM);
        put_part(screen, &parts[next++]);
    } while (next < screen->shown->n_parts && is_same_row(parts[first].part, parts[next].part));
    wrap_end_line(&screen->wrap);
    return next;
}

/* --- what is wrong in it --- */

static void put_note(Screen *screen, const Found *found) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Wrap *wrap = &screen->wrap;
    wrap->indent = NOTE_INDENT;
    wrap->hang = NOTE_INDENT + 2;
    wrap_whole(wrap, show_found_sign(found), found_style(found));
    wrap_text(wrap, mem_printf(scratch, " %s ", show_found_words(scratch, screen->checked, found)), STYLE_NONE);
    wrap_whole(wrap, mem_printf(scratch, "[%u–%u]", found->start, found->end), STYLE_DIM);
    wrap_end_line(wrap);
    wrap->indent = wrap->hang = 0;
}

static void put_notes(Screen *screen, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) put_note(screen, &screen->shown->found[i]);
    if (to > from) wrap_end_line(&screen->wrap);
}

void check_to_terminal(const Checked *checked, bool colours, FILE *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Screen screen = {.checked = checked, .shown = show_cut(scratch, checked)};
    screen.wrap = wrap_init(scratch, out, colours);
    const ShownPart *parts = screen.shown->parts;
    for (size_t i = 0, next; i < screen.shown->n_parts; i = next) {
        next = put_line(&screen, i);
        put_notes(&screen, parts[i].found_from, parts[next - 1].found_to);
    }
}

/* --- how many of each --- */

typedef struct TotalRow {
    const char *sign, *label, *style;
    size_t count;
} TotalRow;

#define TOTAL_ROWS (VERDICTS + 4)

static void list_totals(const Checked *checked, TotalRow rows[TOTAL_ROWS]) {
    Tally tally = show_tally(checked);
    *rows++ = (TotalRow){" ", label_text((Label){"数字", "figures"}), STYLE_BOLD, checked->n_claims};
    for (size_t i = 0; i < VERDICTS; i++) {
        Verdict verdict = show_verdicts[i];
        const char *style = verdict == VERDICT_UNBOUND ? STYLE_DIM : verdict_style(verdict);
        *rows++ =
            (TotalRow){show_verdict_sign(verdict), label_text(show_verdict(verdict)), style, tally.verdicts[verdict]};
    }
    *rows++ = (TotalRow){" ", label_text((Label){"数量关系", "relations"}), STYLE_BOLD, checked->n_relations};
    *rows++ = (TotalRow){SHOW_RELATION_SIGN, label_text((Label){"不成立", "do not hold"}), STYLE_WRONG, tally.failing};
    *rows++ = (TotalRow){SHOW_REMARK_SIGN, label_text((Label){"提示", "remarks"}), STYLE_REMARK, checked->n_remarks};
}

void check_totals_to_terminal(const Checked *checked, bool colours, FILE *out) {
    TotalRow rows[TOTAL_ROWS];
    size_t widest = 0;
    list_totals(checked, rows);
    for (size_t i = 0; i < TOTAL_ROWS; i++)
        if (text_width(rows[i].label) > widest) widest = text_width(rows[i].label);
    (void)fputc('\n', out);
    for (size_t i = 0; i < TOTAL_ROWS; i++) {
        const TotalRow *row = &rows[i];
        bool styled = colours && row->count;
        (void)fprintf(out, "%s%s %s%*s%8zu%s\n", styled ? row->style : "", row->sign, row->label,
                      (int)(widest - text_width(row->label)), "", row->count, styled ? STYLE_END : "");
    }
}
