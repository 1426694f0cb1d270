/* doc/pdf-font.c: which installed font stands in for one that is not.
 *
 * The fonts official documents name are not free, so that a server often lacks them. fontconfig always answers with
 * some font; only an answer of the same name means that the family is there. */
#include <fontconfig/fontconfig.h>
#include <string.h>

#include "doc/pdf.h"

#define FALLBACKS_MAX 4

/* Best first. */
static const char *const FALLBACKS[FACE_COUNT][FALLBACKS_MAX] = {
    [FACE_SONG] = {"SimSun", "Noto Serif CJK SC"},
    [FACE_HEI] = {"SimHei", "Noto Sans CJK SC"},
    [FACE_KAI] = {"楷体", "AR PL KaitiM GB", "AR PL UKai CN", "Noto Serif CJK SC"},
    [FACE_FANG] = {"仿宋", "Noto Serif CJK SC"},
    [FACE_TITLE] = {"Noto Serif CJK SC"},
};

static bool has_family(FcPattern *match, const char *family) {
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(match, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0) return true;
    return false;
}

static bool is_installed(const char *family) {
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, (char *)NULL);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = FcFontMatch(NULL, pattern, &result);
    bool installed = match && has_family(match, family);
    if (match) FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    return installed;
}

const char *pdf_find_family(Face face, const char *asked, Diag *diag) {
    if (is_installed(asked)) return asked;
    for (size_t i = 0; i < FALLBACKS_MAX && FALLBACKS[face][i]; i++) {
        if (!is_installed(FALLBACKS[face][i])) continue;
        diag_note(diag, PLACE_NONE, "font-replaced", "the font %s is not installed, %s stands in; install it", asked,
                  FALLBACKS[face][i]);
        return FALLBACKS[face][i];
    }
    diag_warn(diag, PLACE_NONE, "font-missing",
              "the font %s is not installed, nor one to stand in; install it or Noto CJK", asked);
    return asked;
}
