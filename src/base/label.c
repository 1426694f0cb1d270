/* base/label.c: the current language and the table of translations.
 *
 * The table is filled before threads start and only read afterwards; it lives as long as the program. */
#include "base/label.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "base/mem.h"
#include "base/po.h"

typedef struct Translation {
    const char *english;
    const char *chinese;
    UT_hash_handle hh;
} Translation;

static Translation *translations;
static Lang program_lang = LANG_EN;
static _Thread_local Lang thread_lang;
static _Thread_local bool thread_lang_set;

void lang_from_environment(void) {
    static const char *const NAMES[] = {"KEZHANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    const char *name = "";
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && !*name; i++) {
        const char *value = getenv(NAMES[i]);
        if (value) name = value;
    }
    program_lang = strncmp(name, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
    thread_lang_set = false;
}

void lang_use(Lang lang) {
    thread_lang = lang;
    thread_lang_set = true;
}

Lang lang_current(void) { return thread_lang_set ? thread_lang : program_lang; }

static void add_translation(const char *english, const char *chinese, void *data) {
    (void)data;
    Translation *entry = NULL;
    HASH_FIND_STR(translations, english, entry);
    if (!entry) {
        entry = mem_new(NULL, Translation);
        entry->english = mem_strdup(entry, english);
        HASH_ADD_KEYPTR(hh, translations, entry->english, strlen(entry->english), entry);
    }
    entry->chinese = mem_strdup(entry, chinese);
}

void lang_load_po(const char *po, size_t size) { po_read(po, size, add_translation, NULL); }

const char *lang_tr(Lang lang, const char *english) {
    if (lang == LANG_EN) return english;
    Translation *entry = NULL;
    HASH_FIND_STR(translations, english, entry);
    return entry ? entry->chinese : english;
}

const char *label_text(Label label) {
    bool chinese = lang_current() == LANG_ZH;
    const char *wanted = chinese ? label.zh : label.en;
    const char *other = chinese ? label.en : label.zh;
    if (wanted && *wanted) return wanted;
    return other ? other : "";
}

Label label_format(const void *ctx, const char *english, ...) {
    va_list args;
    va_start(args, english);
    Label label = label_vformat(ctx, english, args);
    va_end(args);
    return label;
}

Label label_vformat(const void *ctx, const char *english, va_list args) {
    va_list again;
    va_copy(again, args);
    Label label = {
        .zh = mem_vprintf(ctx, lang_tr(LANG_ZH, english), args),
        .en = mem_vprintf(ctx, english, again),
    };
    va_end(again);
    return label;
}
