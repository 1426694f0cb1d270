/* base/translit-make.c: a program of the build: writes the tables of translit.c, as ICU gives them.
 *
 *   translit-make OUT.c */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/translit.h"
#include "base/utf16.h"

#define ASCII_END 0x80u

/* All code points of a block but ASCII as lines of one text. */
static const char *lines_of_block(Buf *lines, unsigned first) {
    buf_clear(lines);
    for (unsigned rune = first; rune < first + TRANSLIT_BLOCK; rune++) {
        if (rune >= ASCII_END) buf_rune(lines, rune);
        buf_char(lines, '\n');
    }
    return buf_text(lines);
}

static void write_rune(FILE *out, const char *result, size_t size, unsigned rune) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf itself = BUF_INIT(scratch);
    buf_rune(&itself, rune);
    bool same = size == itself.size && memcmp(result, buf_text(&itself), size) == 0;
    bool kept = !same && size < TRANSLIT_RUNE_SIZE;
    (void)fputc('"', out);
    for (size_t i = 0; kept && i < size; i++) (void)fprintf(out, "\\%03o", (unsigned char)result[i]);
    (void)fprintf(out, "\",%s", rune % 16 == 15 ? "\n" : "");
}

/* Writes one block; false when every code point of it stays as it is. */
static bool write_block(FILE *out, const UTransliterator *rules, const char *name, unsigned first) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf lines = BUF_INIT(scratch);
    const char *source = lines_of_block(&lines, first);
    const char *line = utf16_transliterate(scratch, rules, source);
    if (!strcmp(line, source)) return false;
    (void)fprintf(out, "static const TranslitRune %s_%x[TRANSLIT_BLOCK] = {\n", name, first);
    for (unsigned rune = first; rune < first + TRANSLIT_BLOCK; rune++) {
        size_t size = strcspn(line, "\n");
        write_rune(out, rune < ASCII_END ? "" : line, rune < ASCII_END ? 0 : size, rune);
        line += size + 1;
    }
    (void)fputs("};\n", out);
    return true;
}

/* Letters, signs and the Han characters that people and places are named with; not Hangul, private use, nor the rare
 * extensions of Han, for whose readings ICU would be asked for half a minute. */
static bool is_worth(unsigned first) { return first < 0xA000u || (first >= 0xF900u && first < 0x10000u); }

static void write_table(FILE *out, const char *name, const char *rules_text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    UTransliterator *rules = utf16_open_rules(rules_text);
    bool *there = mem_array(scratch, bool, TRANSLIT_BLOCKS);
    for (unsigned i = 0; i < TRANSLIT_BLOCKS; i++) {
        unsigned first = i * TRANSLIT_BLOCK;
        there[i] = is_worth(first) && write_block(out, rules, name, first);
    }
    (void)fprintf(out, "extern const TranslitRune *const %s_blocks[TRANSLIT_BLOCKS];\n", name);
    (void)fprintf(out, "const TranslitRune *const %s_blocks[TRANSLIT_BLOCKS] = {\n", name);
    for (unsigned i = 0; i < TRANSLIT_BLOCKS; i++)
        if (there[i]) (void)fprintf(out, "[0x%x] = %s_%x,\n", i, name, i * TRANSLIT_BLOCK);
    (void)fputs("};\n", out);
    utrans_close(rules);
}

int main(int argc, char **argv) {
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out) return 2;
    (void)fputs("#include \"base/translit.h\"\n", out);
    write_table(out, "translit_latin", "Han-Latin; Latin-ASCII");
    write_table(out, "translit_simplify", "Traditional-Simplified");
    return fclose(out) ? 1 : 0;
}
