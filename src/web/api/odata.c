/* web/api/odata.c: conditions as OData spells them ($filter, version 4), in the words of the expression language: eq ne
 * gt ge lt le, contains(name,'…') and names with a slash. Whatever else stands in them is left as it is, so that a
 * condition of our own may be sent too; what is none the compiler refuses. */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "web/api/api.h"

static const struct {
    const char *word, *sign;
} signs[] = {{"eq", "="}, {"ne", "!="}, {"gt", ">"}, {"ge", ">="}, {"lt", "<"}, {"le", "<="}};

static bool is_of_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '/' || c == '.'; }

/* A text in quotes, with its doubled ones; to its end where it has none. */
static size_t quoted_size(const char *text) {
    size_t size = 1;
    while (text[size] && (text[size] != '\'' || text[size + 1] == '\'')) size += text[size] == '\'' ? 2 : 1;
    return text[size] ? size + 1 : size;
}

static void add_word(Buf *out, const char *text, size_t size) {
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strlen(signs[i].word) != size || strncmp(signs[i].word, text, size)) continue;
        buf_add(out, signs[i].sign);
        return;
    }
    for (size_t i = 0; i < size; i++) buf_char(out, text[i] == '/' ? '.' : text[i]);
}

/* Behind "contains": "(name, 'text')" as "(name contains 'text')"; how much of it was read, or 0. */
static size_t add_contains(Buf *out, const char *text) {
    size_t open = strspn(text, " "), comma = open + 1;
    if (text[open] != '(') return 0;
    while (is_of_word(text[comma]) || text[comma] == ' ') comma++;
    if (text[comma] != ',') return 0;
    buf_char(out, '(');
    add_word(out, text + open + 1, comma - open - 1);
    buf_add(out, " contains ");
    return comma + 1;
}

const char *odata_condition(const void *ctx, const char *text) {
    Buf out = BUF_INIT(ctx);
    while (*text) {
        size_t size = 0;
        while (is_of_word(text[size])) size++;
        size_t call =
            size == strlen("contains") && !strncmp(text, "contains", size) ? add_contains(&out, text + size) : 0;
        if (!call && size) add_word(&out, text, size);
        if (size) {
            text += size + call;
            continue;
        }
        size = *text == '\'' ? quoted_size(text) : 1;
        for (size_t i = 0; i < size; i++) buf_char(&out, text[i]);
        text += size;
    }
    return buf_text(&out);
}

/* "registered_on desc" as "-registered_on". */
const char *odata_order(const void *ctx, const char *text) {
    size_t name = strcspn(text, " ");
    const char *way = text + name + strspn(text + name, " ");
    return mem_printf(ctx, "%s%.*s", strcmp(way, "desc") ? "" : "-", (int)name, text);
}
