/* base/label.h: words in the two languages the program speaks.
 *
 * Whatever a person reads exists in Chinese and in English. Labels written in definitions carry both.
 * Messages written in C are English format strings; their Chinese is looked up in lang/zh_CN.po, so a
 * finding also carries both from the moment it is made. */
#ifndef BASE_LABEL_H
#define BASE_LABEL_H

#include <stdarg.h>
#include <stddef.h>

typedef enum { LANG_ZH, LANG_EN } Lang;

typedef struct Label {
    const char *zh;
    const char *en;
} Label;

/* Sets the language of the program: first KEZHANG_LANG, then LC_ALL, LC_MESSAGES, LANG; zh* is Chinese, all else
 * English. Called once, before threads start. */
void lang_from_environment(void);
/* Sets the language of this thread alone. */
void lang_use(Lang lang);
/* The language of this thread, else that of the program. */
Lang lang_current(void);

/* Adds the Chinese translations of a gettext .po file for the life of the program. Called before threads start. */
void lang_load_po(const char *po, size_t size);

/* The Chinese of an English message, or the message itself where none is written. Lent for ever. */
const char *lang_tr(Lang lang, const char *english) __attribute__((format_arg(2), returns_nonnull));
#define _(english) lang_tr(lang_current(), (english))
/* Marks a message that stands in a table and is translated where it is used; tools/po-update looks for it. */
#define N_(english) (english)

/* The label in the current language; the other one where it is missing; "" for an empty label. Lent. */
const char *label_text(Label label) __attribute__((returns_nonnull));

/* Formats an English message and its translation (which must take the same arguments) into a label owned by ctx. */
Label label_format(const void *ctx, const char *english, ...) __attribute__((format(printf, 2, 3)));
Label label_vformat(const void *ctx, const char *english, va_list args) __attribute__((format(printf, 2, 0)));

#endif
