/* doc/pdf-break.c: where a line may end. Unicode's rules as Pango has them, made stricter by the marks of Chinese
 * and looser beside Han characters, where quotation marks would otherwise hold everything together. */
#include <string.h>

#include "doc/marks.h"
#include "doc/pdf.h"

#define FIRST_EAST_ASIAN 0x2E80u /* radicals: everything behind may stand alone */
#define FIRST_STRETCHING 0x2010u /* dashes and quotation marks also take their share of a full line */
#define NO_BREAK_SPACE   0xA0u

static bool may_break(unsigned before, unsigned after, const PangoLogAttr *attr) {
    if (!attr->is_cursor_position || after == ' ' || before == NO_BREAK_SPACE || after == NO_BREAK_SPACE) return false;
    if (marks_keep_together(before, after)) return false;
    return before >= FIRST_EAST_ASIAN || after >= FIRST_EAST_ASIAN || attr->is_line_break;
}

/* The halves of —— and …… stay joined. */
static bool may_stretch(unsigned before, unsigned after) {
    if (before == after && marks_have("—…", before)) return false;
    return before == ' ' || before >= FIRST_STRETCHING || after >= FIRST_STRETCHING;
}

void pdf_find_breaks(PdfText *text) {
    if (!text->n_chars) return;
    PangoLogAttr *attrs = mem_array(text, PangoLogAttr, text->n_chars + 1);
    pango_get_log_attrs(text->text, (int)strlen(text->text), -1, pango_language_from_string("zh-cn"), attrs,
                        (int)text->n_chars + 1);
    for (size_t i = 0; i + 1 < text->n_chars; i++) {
        unsigned before = text->chars[i].rune, after = text->chars[i + 1].rune;
        text->chars[i].breaks_after = may_break(before, after, &attrs[i + 1]);
        text->chars[i].stretches = may_stretch(before, after);
    }
    talloc_free(attrs);
}
