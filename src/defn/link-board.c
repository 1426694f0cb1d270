/* defn/link-board.c: pictures: of which indicators, and what their kind asks for. */
#include "base/mem.h"
#include "defn/link.h"

#define PERIODS_MOST 24

static const char *const kind_names[] = {"number", "bar", "line", "pie", "map", NULL};

static void link_of(const Linking *linking, Picture *picture) {
    const Catalog *catalog = linking->catalog;
    picture->of = mem_array(catalog, const Indicator *, picture->of_names.count + 1);
    for (size_t i = 0; i < picture->of_names.count; i++) {
        const Name *name = &picture->of_names.list[i];
        const Indicator *indicator =
            RESOLVE(linking, name, catalog->indicators, catalog->n_indicators, THING_INDICATOR);
        if (indicator) picture->of[picture->n_of++] = indicator;
    }
}

/* Only one can be divided, and into parts that add up. */
static void check_division(const Linking *linking, const Picture *picture) {
    const Name *by = &picture->by_text;
    if (picture->of_names.count > 1)
        diag_error(linking->diag, by->at, "bad-picture", "one indicator is divided at a time; make a picture for each");
    else if (picture->n_of && !indicator_is_divisible(picture->of[0]))
        diag_error(linking->diag, by->at, "bad-picture", "'%s' has no parts that add up to it; choose a count or a sum",
                   picture->of[0]->name.text);
}

static void check_kind(const Linking *linking, const Picture *picture) {
    bool divided = picture->by_text.text, is_map = picture->kind == PICTURE_MAP;
    const Place at = picture->kind_name.at;
    if (!divided && (is_map || picture->kind == PICTURE_PIE))
        diag_error(linking->diag, at, "bad-picture",
                   "such a picture divides an indicator; say by what: 'by: owner.town'");
    if (divided && (picture->kind == PICTURE_LINE || picture->kind == PICTURE_NUMBER))
        diag_error(linking->diag, picture->by_text.at, "bad-picture",
                   "a line or a number is not divided; make it a bar or a pie, or remove 'by'");
    if (is_map != (picture->within_text.text != NULL))
        diag_error(linking->diag, at, "bad-picture",
                   is_map ? "a map lays its places out by what they lie in; say it: 'within: town'"
                          : "only a map has 'within'; remove it");
    if (picture->periods > PERIODS_MOST)
        diag_error(linking->diag, at, "bad-picture", "more than %d periods cannot be read; show fewer", PERIODS_MOST);
}

static void link_picture(const Linking *linking, Picture *picture) {
    int kind = link_word(linking, &picture->kind_name, kind_names, "'%.*s' is no kind of picture; write one of: %s");
    link_of(linking, picture);
    if (picture->by_text.text) check_division(linking, picture);
    if (kind < 0) return;
    picture->kind = (PictureKind)kind;
    check_kind(linking, picture);
}

void link_boards(const Linking *linking) {
    const Catalog *catalog = linking->catalog;
    for (size_t i = 0; i < catalog->n_boards; i++)
        for (size_t k = 0; k < catalog->boards[i].n_pictures; k++)
            link_picture(linking, &catalog->boards[i].pictures[k]);
}
