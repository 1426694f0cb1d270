/* defn/place.c: the way from a character of a text back to the line and column where it stands in its file.
 *
 * YAML takes quotes, escapes and indentation away and folds lines into one; here file and text are walked side by
 * side again. Only findings come here, so nothing needs to be quick. Two escapes are not followed, since no condition
 * holds them: a line that ends with \ and what a tag or an anchor before the text takes up. */
#include <string.h>

#include "base/text.h"
#include "defn/parts.h"

typedef struct Walk {
    const char *at, *end; /* in the file */
    Place place;
    char style; /* how the text is written: one of " ' | >, else plainly */
} Walk;

static void step(Walk *walk) {
    unsigned rune = text_next(&walk->at, walk->end);
    if (rune == '\n')
        walk->place = (Place){.file = walk->place.file, .line = walk->place.line + 1, .column = 1};
    else if (rune)
        walk->place.column++;
}

static void step_many(Walk *walk, size_t n) {
    while (n--) step(walk);
}

static const DefnSource *find_source(const DefnSources *sources, const char *shown) {
    for (size_t i = 0; i < sources->count; i++)
        if (!strcmp(sources->list[i].shown, shown)) return &sources->list[i];
    return NULL;
}

/* To the first character of a text: past the quote, or past the line with the | or >. */
static bool begin(const DefnSources *sources, Place from, Walk *ret_walk) {
    const DefnSource *source = from.file ? find_source(sources, from.file) : NULL;
    if (!source) return false;
    Walk walk = {
        .at = source->text, .end = source->text + source->size, .place = {.file = from.file, .line = 1, .column = 1}};
    while (walk.at < walk.end && walk.place.line < from.line) step(&walk);
    while (walk.at < walk.end && walk.place.column < from.column) step(&walk);
    walk.style = walk.at < walk.end ? *walk.at : '\0';
    if (walk.style == '"' || walk.style == '\'') step(&walk);
    unsigned line = walk.place.line;
    bool is_block = walk.style == '|' || walk.style == '>';
    while (is_block && walk.at < walk.end && walk.place.line == line) step(&walk);
    *ret_walk = walk;
    return true;
}

static size_t blanks_at(const Walk *walk) { return strspn(walk->at, " \t\n"); }

/* What stands for a space or an end of line of the text: one blank, or all blanks where a line was folded. */
static void pass_blank(Walk *walk) {
    size_t blanks = blanks_at(walk);
    bool is_folded = memchr(walk->at, '\n', blanks) != NULL;
    step_many(walk, is_folded ? blanks : blanks > 0);
}

/* How many characters of the file stand for one of the text that is no blank. */
static size_t width_at(const Walk *walk) {
    if (walk->style == '\'' && *walk->at == '\'') return 2;
    if (walk->style != '"' || *walk->at != '\\') return 1;
    switch (walk->at[1]) {
    case 'x':
        return 4;
    case 'u':
        return 6;
    case 'U':
        return 10;
    default:
        return 2;
    }
}

Place defn_place(const DefnSources *sources, const Name *text, size_t character) {
    Walk walk;
    if (!begin(sources, text->at, &walk)) return text->at;
    const char *at = text->text, *end = at + strlen(at);
    for (size_t i = 0; at < end; i++) {
        unsigned rune = text_next(&at, end);
        bool is_blank = (rune == ' ' || rune == '\n') && *walk.at != '\\';
        if (!is_blank) step_many(&walk, blanks_at(&walk));
        if (i == character) break;
        if (is_blank)
            pass_blank(&walk);
        else
            step_many(&walk, width_at(&walk));
    }
    return walk.place;
}
