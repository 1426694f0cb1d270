/* check/show/wrap.c: breaks lines. What is pending goes out when it is known that a line may end behind it. */
#include "check/show/wrap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

#define WIDTH_USUAL 80
#define WIDTH_LEAST 20
#define WIDTH_MOST  400
#define STYLE_END   "\033[0m"
#define RUNE_BYTES  8

static const char closing[] = "，。、；：？！）》〉」』】〕”’％…—·";
static const char opening[] = "（《〈「『【〔“‘";

static size_t width_of(FILE *out) {
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;
    if (isatty(fileno(out)) && !ioctl(fileno(out), TIOCGWINSZ, &size) && size.ws_col) width = size.ws_col;
    return width >= WIDTH_LEAST && width <= WIDTH_MOST ? (size_t)width : WIDTH_USUAL;
}

Wrap wrap_init(const void *ctx, FILE *out, bool colours) {
    return (Wrap){.out = out, .colours = colours, .width = width_of(out), .pending = BUF_INIT(ctx)};
}

static void begin_line(Wrap *wrap) {
    wrap->column = wrap->broken ? wrap->hang : wrap->indent;
    (void)fprintf(wrap->out, "%*s", (int)wrap->column, "");
    wrap->begun = false;
}

static void put_pending(Wrap *wrap) {
    if (!wrap->begun && !wrap->broken) begin_line(wrap);
    bool fits = wrap->column + wrap->space + wrap->pending_width <= wrap->width;
    if (wrap->begun && !fits) {
        (void)fputc('\n', wrap->out);
        wrap->broken = true;
        begin_line(wrap);
    }
    if (wrap->space && wrap->begun) wrap->column += (size_t)fprintf(wrap->out, " ");
    (void)fputs(wrap->pending.data, wrap->out);
    wrap->column += wrap->pending_width;
    wrap->begun = true;
}

static void flush(Wrap *wrap) {
    if (!wrap->pending.size) return;
    bool space = !strcmp(wrap->pending.data, " ");
    if (!space) put_pending(wrap);
    wrap->space = space;
    buf_clear(&wrap->pending);
    wrap->pending_width = 0;
}

static bool is_one_of(const char *list, const char *sign) { return *sign != ' ' && strstr(list, sign); }

static bool is_word(char c) { return (unsigned char)c > ' ' && (unsigned char)c < 0x7F; }

/* Adds what is not parted itself. */
static void put(Wrap *wrap, const char *text, const char *first, const char *last, const char *style) {
    size_t width = text_width(text);
    bool joined = wrap->glue || is_one_of(closing, first) || (wrap->word && is_word(*first));
    if (!joined || wrap->hang + wrap->pending_width + width > wrap->width) flush(wrap);
    bool styled = wrap->colours && *style;
    if (styled) buf_add(&wrap->pending, style);
    buf_add(&wrap->pending, text);
    if (styled) buf_add(&wrap->pending, STYLE_END);
    wrap->pending_width += width;
    wrap->glue = is_one_of(opening, last);
    wrap->word = is_word(*last) && !last[1];
}

/* The next character of a text as a string. */
static bool next_sign(const char **at, char ret_sign[RUNE_BYTES]) {
    const char *from = *at;
    if (!*from) return false;
    (void)text_next(at, from + strlen(from));
    size_t size = (size_t)(*at - from);
    memcpy(ret_sign, from, size);
    ret_sign[size] = '\0';
    return true;
}

void wrap_text(Wrap *wrap, const char *text, const char *style) {
    char sign[RUNE_BYTES];
    while (next_sign(&text, sign)) put(wrap, sign, sign, sign, style);
}

void wrap_whole(Wrap *wrap, const char *text, const char *style) {
    if (wrap->hang + text_width(text) > wrap->width) {
        wrap_text(wrap, text, style);
        return;
    }
    char first[RUNE_BYTES] = "", last[RUNE_BYTES] = "";
    const char *at = text;
    if (!next_sign(&at, first)) return;
    memcpy(last, first, sizeof last);
    while (next_sign(&at, last)) {}
    put(wrap, text, first, last, style);
}

void wrap_end_line(Wrap *wrap) {
    flush(wrap);
    (void)fputc('\n', wrap->out);
    wrap->begun = wrap->broken = wrap->space = wrap->glue = wrap->word = false;
}
