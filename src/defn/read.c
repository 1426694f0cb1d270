/* defn/read.c: which keys each kind of definition has, and where they go. One table a kind; nothing is
 * resolved here. The folder of a source says which kinds it may hold. */
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/keys.h"
#include "defn/parts.h"
#include "defn/prose.h"

#define AT(Type, member) offsetof(Type, member)
#define LIST_OF(Type, list, count, Element, table)                                                                     \
    yaml_read_list, AT(Type, list), .keys = (table), .size = sizeof(Element), .count_offset = AT(Type, count)

static const Key code_keys[] = {
    {"code", yaml_read_text, AT(Code, name), .required = true},
    {"zh", yaml_read_string, AT(Code, label.zh), .required = true},
    {"en", yaml_read_string, AT(Code, label.en), .required = true},
    {"aliases", yaml_read_texts, AT(Code, aliases)},
    {0},
};

static const Key codelist_keys[] = {
    {"codes", yaml_read_name, AT(CodeList, name), .required = true},
    {"title", yaml_read_label, AT(CodeList, title), .required = true},
    {"values", LIST_OF(CodeList, codes, n_codes, Code, code_keys), .required = true},
    {0},
};

/* clang-format off */
#define COMMON_FIELD_KEYS \
    {"name", yaml_read_name, AT(Field, name), .required = true}, \
    {"kind", yaml_read_name, AT(Field, kind_name), .required = true}, \
    {"label", yaml_read_label, AT(Field, label), .required = true}, \
    {"help", yaml_read_label, AT(Field, help)}, \
    {"aliases", yaml_read_texts, AT(Field, aliases)}, \
    {"required", yaml_read_bool, AT(Field, required)}, \
    {"personal", yaml_read_bool, AT(Field, personal)}, \
    {"min", yaml_read_text, AT(Field, min_text)}, \
    {"max", yaml_read_text, AT(Field, max_text)}, \
    {"scale", yaml_read_text, AT(Field, scale_text)}, \
    {"unit", yaml_read_string, AT(Field, unit)}, \
    {"list", yaml_read_name, AT(Field, list_name)}, \
    {"to", yaml_read_name, AT(Field, to_name)}, \
    {"default", yaml_read_text, AT(Field, default_text)}, \
    {"external", yaml_read_bool, AT(Field, external)}, \
    {"search", yaml_read_bool, AT(Field, search)}
/* clang-format on */

/* A row of a child table has no child tables of its own. */
static const Key row_keys[] = {COMMON_FIELD_KEYS, {0}};
static const Key field_keys[] = {COMMON_FIELD_KEYS, {"rows", LIST_OF(Field, rows, n_rows, Field, row_keys)}, {0}};
static const Key section_key = {"section", yaml_read_label, AT(Field, section)};

static const Key state_keys[] = {
    {"name", yaml_read_name, AT(State, name), .required = true},
    {"label", yaml_read_label, AT(State, label), .required = true},
    {"date", yaml_read_name, AT(State, date_name)},
    {"number", yaml_read_name, AT(State, number_name)},
    {"needs", yaml_read_names, AT(State, need_names)},
    {"within", yaml_read_text, AT(State, within_text)},
    {"due", yaml_read_text, AT(State, due_text)},
    {"final", yaml_read_bool, AT(State, final)},
    {0},
};

static const Key transition_keys[] = {
    {"name", yaml_read_name, AT(Transition, name), .required = true},
    {"label", yaml_read_label, AT(Transition, label), .required = true},
    {"from", yaml_read_names, AT(Transition, from_names), .required = true},
    {"to", yaml_read_name, AT(Transition, to_name), .required = true},
    {"by", yaml_read_names, AT(Transition, by), .required = true},
    {"needs", yaml_read_names, AT(Transition, need_names)},
    {"returns", yaml_read_name, AT(Transition, returns_name)},
    {"guard", yaml_read_text, AT(Transition, guard_text)},
    {"reason", yaml_read_bool, AT(Transition, reason)},
    {0},
};

static const Key check_keys[] = {
    {"level", yaml_read_name, AT(Check, level_name), .required = true},
    {"when", yaml_read_text, AT(Check, when_text), .required = true},
    {"say", yaml_read_label, AT(Check, say), .required = true},
    {0},
};

static const Key ledger_keys[] = {
    {"ledger", yaml_read_name, AT(Ledger, name), .required = true},
    {"title", yaml_read_label, AT(Ledger, title), .required = true},
    {"about", yaml_read_label, AT(Ledger, about)},
    {"area", yaml_read_int, AT(Ledger, area), .required = true},
    {"number", yaml_read_text, AT(Ledger, number)},
    {"key", yaml_read_names, AT(Ledger, key_names), .required = true},
    {"names", yaml_read_names, AT(Ledger, name_names)},
    {"joined", yaml_read_names, AT(Ledger, joined_names)},
    {"shows", yaml_read_name, AT(Ledger, shows_name), .required = true},
    {"edit", yaml_read_names, AT(Ledger, edit)},
    {"findable", yaml_read_bool, AT(Ledger, findable)},
    {"fields", LIST_OF(Ledger, fields, n_fields, Field, field_keys), .heading = &section_key, .required = true},
    {"states", LIST_OF(Ledger, states, n_states, State, state_keys)},
    {"transitions", LIST_OF(Ledger, transitions, n_transitions, Transition, transition_keys)},
    {"checks", LIST_OF(Ledger, checks, n_checks, Check, check_keys)},
    {"list", yaml_read_names, AT(Ledger, list_names)},
    {0},
};

static const Key coverage_keys[] = {
    {"reported", yaml_read_name, AT(Indicator, reported_name), .required = true},
    {"expected", yaml_read_name, AT(Indicator, expected_name), .required = true},
    {0},
};

static const Key indicator_keys[] = {
    {"indicator", yaml_read_name, AT(Indicator, name), .required = true},
    {"title", yaml_read_label, AT(Indicator, title), .required = true},
    {"area", yaml_read_int, AT(Indicator, area), .required = true},
    {"unit", yaml_read_string, AT(Indicator, unit), .required = true},
    {"kind", yaml_read_name, AT(Indicator, kind_name), .required = true},
    {"of", yaml_read_name, AT(Indicator, of_name)},
    {"measure", yaml_read_text, AT(Indicator, measure_text), .required = true},
    {"where", yaml_read_text, AT(Indicator, where_text)},
    {"scale", yaml_read_text, AT(Indicator, scale_text)},
    {"aliases", yaml_read_texts, AT(Indicator, aliases)},
    {"prose", yaml_read_texts, AT(Indicator, prose)},
    {"caliber", yaml_read_label, AT(Indicator, caliber), .required = true},
    {"coverage", yaml_read_pair, 0, .keys = coverage_keys},
    {0},
};

static const Key report_list_keys[] = {
    {"name", yaml_read_name, AT(ReportList, name), .required = true},
    {"of", yaml_read_name, AT(ReportList, of_name), .required = true},
    {"where", yaml_read_text, AT(ReportList, where_text)},
    {"order", yaml_read_text, AT(ReportList, order_text)},
    {"most", yaml_read_int, AT(ReportList, most)},
    {0},
};

static const Key report_keys[] = {
    {"report", yaml_read_name, AT(Report, name), .required = true},
    {"title", yaml_read_label, AT(Report, title), .required = true},
    {"months", yaml_read_int, AT(Report, months)},
    {"signed_by", yaml_read_names, AT(Report, signed_by)},
    {"lists", LIST_OF(Report, lists, n_lists, ReportList, report_list_keys)},
    {0},
};

static const Key picture_keys[] = {
    {"title", yaml_read_label, AT(Picture, title), .required = true},
    {"kind", yaml_read_name, AT(Picture, kind_name), .required = true},
    {"of", yaml_read_names, AT(Picture, of_names), .required = true},
    {"by", yaml_read_text, AT(Picture, by_text)},
    {"within", yaml_read_text, AT(Picture, within_text)},
    {"most", yaml_read_int, AT(Picture, most)},
    {"periods", yaml_read_int, AT(Picture, periods)},
    {"wide", yaml_read_bool, AT(Picture, wide)},
    {0},
};

static const Key board_keys[] = {
    {"board", yaml_read_name, AT(Board, name), .required = true},
    {"title", yaml_read_label, AT(Board, title), .required = true},
    {"about", yaml_read_label, AT(Board, about)},
    {"pictures", LIST_OF(Board, pictures, n_pictures, Picture, picture_keys), .required = true},
    {0},
};

static const Key role_keys[] = {
    {"name", yaml_read_name, AT(Role, name), .required = true},
    {"label", yaml_read_label, AT(Role, label), .required = true},
    {"scope", yaml_read_name, AT(Role, scope)},
    {"may", yaml_read_texts, AT(Role, may)},
    {"apart", yaml_read_bool, AT(Role, apart)},
    {0},
};

static const Key belonging_keys[] = {
    {"to", yaml_read_name, AT(Belonging, to), .required = true},
    {"by", yaml_read_texts, AT(Belonging, by), .required = true},
    {0},
};

static const Key roles_keys[] = {
    {"roles", LIST_OF(Catalog, roles, n_roles, Role, role_keys), .required = true},
    {"belongs", LIST_OF(Catalog, belongings, n_belongings, Belonging, belonging_keys)},
    {0},
};

static const Key area_keys[] = {
    {"number", yaml_read_text, AT(Area, number_text), .required = true},
    {"title", yaml_read_label, AT(Area, title), .required = true},
    {0},
};

static const Key areas_keys[] = {
    {"areas", LIST_OF(Catalog, areas, n_areas, Area, area_keys), .required = true},
    {0},
};

/* --- a shelf of the catalog for each folder of definitions --- */

typedef struct Shelf {
    const char *folder, *extension;
    const Key *keys;
    size_t size;         /* of one object; its first member is its Name */
    size_t array, count; /* where the catalog keeps them */
} Shelf;

static const Shelf shelves[] = {
    {"codes/", "yaml", codelist_keys, sizeof(CodeList), AT(Catalog, codelists), AT(Catalog, n_codelists)},
    {"ledgers/", "yaml", ledger_keys, sizeof(Ledger), AT(Catalog, ledgers), AT(Catalog, n_ledgers)},
    {"indicators/", "yaml", indicator_keys, sizeof(Indicator), AT(Catalog, indicators), AT(Catalog, n_indicators)},
    {"boards/", "yaml", board_keys, sizeof(Board), AT(Catalog, boards), AT(Catalog, n_boards)},
    {"reports/", "md", report_keys, sizeof(Report), AT(Catalog, reports), AT(Catalog, n_reports)},
};

typedef struct Reading {
    Catalog *catalog;
    const Shelf *shelf;
    Report *report; /* of a report's head: where its body goes */
    bool lost;      /* a definition could not be read so far as to have a name */
} Reading;

/* The place on the shelf for an object of this name: that of an earlier definition, or a new one at the end. */
static void *place_on_shelf(const void *ctx, Reading *reading, const Name *name) {
    const Shelf *shelf = reading->shelf;
    char **array = (char **)(void *)((char *)reading->catalog + shelf->array);
    size_t *count = (size_t *)(void *)((char *)reading->catalog + shelf->count);
    for (size_t i = 0; i < *count; i++) {
        void *place = *array + i * shelf->size;
        if (!strcmp(((const Name *)place)->text, name->text)) return place;
    }
    *array = mem_grow(ctx, *array, *count, shelf->size);
    return *array + (*count)++ * shelf->size;
}

/* Whether two files stand in one folder of definitions: DIR in DIR/ledgers/achievement.yaml. */
static bool same_home(const char *a, const char *b) {
    size_t home[2];
    const char *const files[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        const char *sub = strrchr(files[i], '/');
        home[i] = sub ? (size_t)(sub - files[i]) : 0;
        while (home[i] && files[i][home[i] - 1] != '/') home[i]--;
    }
    return home[0] == home[1] && !strncmp(a, b, home[0]);
}

/* Reads one definition. One of a later folder replaces that of the same name; twice in one folder is a mistake. */
static void read_definition(YamlFile *file, const TreeNode *root, void *data) {
    Reading *reading = data;
    const Shelf *shelf = reading->shelf;
    void *object = mem_check(talloc_zero_size(file->ctx, shelf->size));
    yaml_read_mapping(file, root, shelf->keys, object);
    const Name *name = object;
    if (!name->text) {
        reading->lost = true;
        return;
    }
    void *place = place_on_shelf(file->ctx, reading, name);
    const Name *old = place;
    if (old->text && same_home(old->at.file, name->at.file)) {
        diag_error(file->diag, name->at, "twice", "'%s' is already defined in %s, line %u; rename one or remove it",
                   name->text, old->at.file, old->at.line);
        return;
    }
    memcpy(place, object, shelf->size);
    reading->report = place;
}

static void read_roles(YamlFile *file, const TreeNode *root, void *data) {
    yaml_read_mapping(file, root, roles_keys, ((Reading *)data)->catalog);
}

static void read_areas(YamlFile *file, const TreeNode *root, void *data) {
    yaml_read_mapping(file, root, areas_keys, ((Reading *)data)->catalog);
}

static void read_prose(YamlFile *file, const TreeNode *root, void *data) {
    prose_read(file, root, &((Reading *)data)->catalog->prose);
}

/* Files that stand beside the folders. */
static const struct {
    const char *path;
    YamlDocument read;
} singles[] = {{"roles.yaml", read_roles}, {"areas.yaml", read_areas}, {"prose.yaml", read_prose}};

static YamlDocument find_single(const char *path) {
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++)
        if (!strcmp(path, singles[i].path)) return singles[i].read;
    return NULL;
}

static const Shelf *find_shelf(const char *path) {
    for (size_t i = 0; i < sizeof shelves / sizeof shelves[0]; i++) {
        const Shelf *shelf = &shelves[i];
        if (!strncmp(path, shelf->folder, strlen(shelf->folder)) && !strcmp(file_extension(path), shelf->extension))
            return shelf;
    }
    return NULL;
}

/* What stands behind the head of a report. */
static void take_body(const DefnSource *source, const char *body, Report *report) {
    report->body = body;
    report->body_size = source->size - (size_t)(body - source->text);
    report->body_line = 1;
    for (const char *c = source->text; c < body; c++) report->body_line += *c == '\n';
}

/* The tree that comes with the source, or one that is read now. False, with a finding, when it has not all. */
static bool find_tree(const void *ctx, const DefnSource *source, const char *yaml, size_t size, Diag *diag,
                      Tree *ret_tree) {
    if (!source->tree) return tree_read(ctx, source->shown, source->text, yaml, size, diag, ret_tree);
    *ret_tree = *source->tree;
    return true;
}

/* Reads what is YAML in a file by its shelf or as the single one that it is. False when a definition was lost. */
static bool read_yaml(const void *ctx, const DefnSource *source, YamlDocument read, Diag *diag, Reading *reading) {
    bool is_report = reading->shelf && reading->shelf->keys == report_keys;
    size_t size, errors = diag->errors;
    const char *yaml = tree_yaml_of(source->path, source->text, source->size, &size);
    Tree tree;
    if (yaml && !find_tree(ctx, source, yaml, size, diag, &tree)) reading->lost = true;
    if (yaml && !yaml_each_document(ctx, source->shown, &tree, diag, read, reading)) reading->lost = true;
    if (is_report && reading->report)
        take_body(source, yaml + size + strlen(TREE_HEAD_END), reading->report);
    else if (is_report && diag->errors == errors)
        diag_error(diag, (Place){.file = source->shown, .line = 1, .column = 1}, "no-head",
                   "a report begins with a head between two lines of ---; write it");
    return !reading->lost;
}

/* False when a definition was lost on the way. */
static bool read_source(const void *ctx, const DefnSource *source, Diag *diag, Catalog *catalog) {
    Reading reading = {.catalog = catalog, .shelf = find_shelf(source->path)};
    YamlDocument single = find_single(source->path);
    if (!reading.shelf && !single) {
        diag_error(
            diag, PLACE_FILE(source->shown), "wrong-folder",
            "no definition is looked for here, but in codes/*.yaml, ledgers/*.yaml, indicators/*.yaml, boards/*.yaml, "
            "reports/*.md, roles.yaml, areas.yaml and prose.yaml; move or rename this file");
        return false;
    }
    if (!source->tree && !text_is_valid(source->text, source->size)) {
        diag_error(diag, PLACE_FILE(source->shown), "encoding", "the file is not UTF-8; save it as UTF-8");
        return false;
    }
    return read_yaml(ctx, source, single ? single : read_definition, diag, &reading);
}

Catalog *defn_parse(const void *ctx, const DefnSources *sources, Diag *diag, bool *ret_whole) {
    Catalog *catalog = mem_new(ctx, Catalog);
    *ret_whole = true;
    for (size_t i = 0; i < sources->count; i++)
        if (!read_source(catalog, &sources->list[i], diag, catalog)) *ret_whole = false;
    return catalog;
}
