/* expr/test-world.c: the scopes and rows of the test world. */
#include "expr/test-world.h"

#include <string.h>

#include "base/mem.h"

#define COUNT(array)     (sizeof(array) / sizeof *(array))
#define ONE_IN(world, n) (world_random(&(world)->random, (n)) == 0)

/* Records have ids that no other table uses; some references lead behind the last one. */
enum { PROJECT_ID = 1, FIRM_ID = 101, TOWN_ID = 201 };

static const char *const CLASSES[] = {"applied", "basic", "soft"};
static const char *const KINDS[] = {"training", "trial", "trial_run"};
static const char *const ROLES[] = {"leader", "member"};

static const ExprSymbol TOWN_SYMBOLS[] = {
    {.name = "name", .type = TYPE_TEXT, .column = "name"},
    {.name = "people", .type = TYPE_NUMBER, .column = "people"},
};
static const ExprScope TOWN = {
    .name = "town", .table = "town", .symbols = TOWN_SYMBOLS, .n_symbols = COUNT(TOWN_SYMBOLS)};

static const ExprSymbol FIRM_SYMBOLS[] = {
    {.name = "name", .type = TYPE_TEXT, .column = "name"},
    {.name = "capital", .type = TYPE_NUMBER, .scale = 2, .column = "capital"},
    {.name = "since", .type = TYPE_DATE, .column = "since"},
    {.name = "listed", .type = TYPE_BOOL, .column = "listed"},
    {.name = "town", .type = TYPE_REF, .column = "town", .to = &TOWN},
};
static const ExprState FIRM_STATES[] = {{.name = "active"}, {.name = "closed"}};
static const ExprScope FIRM = {.name = "firm",
                               .table = "firm",
                               .symbols = FIRM_SYMBOLS,
                               .n_symbols = COUNT(FIRM_SYMBOLS),
                               .states = FIRM_STATES,
                               .n_states = COUNT(FIRM_STATES)};

static const ExprSymbol MEMBER_SYMBOLS[] = {
    {.name = "name", .type = TYPE_TEXT, .column = "name"},
    {.name = "role", .type = TYPE_CODE, .column = "role", .codes = ROLES, .n_codes = COUNT(ROLES)},
    {.name = "days", .type = TYPE_NUMBER, .column = "days"},
    {.name = "share", .type = TYPE_NUMBER, .scale = 2, .column = "share"},
    {.name = "joined", .type = TYPE_DATE, .column = "joined"},
    {.name = "local", .type = TYPE_BOOL, .column = "local"},
    {.name = "home", .type = TYPE_REF, .column = "home", .to = &TOWN},
};
static const ExprScope MEMBER = {.name = "members", .symbols = MEMBER_SYMBOLS, .n_symbols = COUNT(MEMBER_SYMBOLS)};

static const ExprSymbol PROJECT_SYMBOLS[] = {
    {.name = "title", .type = TYPE_TEXT, .column = "title"},
    {.name = "note", .type = TYPE_TEXT, .column = "note"},
    {.name = "staff", .type = TYPE_NUMBER, .column = "staff"},
    {.name = "big", .type = TYPE_NUMBER, .column = "big"},
    {.name = "amount", .type = TYPE_NUMBER, .scale = 2, .column = "amount"},
    {.name = "rate", .type = TYPE_NUMBER, .scale = 4, .column = "rate"},
    {.name = "started", .type = TYPE_DATE, .column = "started"},
    {.name = "finished", .type = TYPE_DATE, .column = "finished"},
    {.name = "registered_on", .type = TYPE_DATE, .column = "registered_on"},
    {.name = "local", .type = TYPE_BOOL, .column = "local"},
    {.name = "term", .type = TYPE_PERIOD, .column = "term"},
    {.name = "class", .type = TYPE_CODE, .column = "class", .codes = CLASSES, .n_codes = COUNT(CLASSES)},
    {.name = "kinds", .type = TYPE_CODES, .column = "kinds", .codes = KINDS, .n_codes = COUNT(KINDS)},
    {.name = "owner", .type = TYPE_REF, .column = "owner", .to = &FIRM},
    {.name = "partner", .type = TYPE_REF, .column = "partner", .to = &FIRM},
    {.name = "members", .type = TYPE_ROWS, .column = "members", .to = &MEMBER},
};
_Static_assert(COUNT(PROJECT_SYMBOLS) <= WORLD_FIELDS_MAX, "a row has a place for every field");
static const ExprState PROJECT_STATES[] = {
    {.name = "draft"}, {.name = "serving"}, {.name = "registered", .entered = &PROJECT_SYMBOLS[8]}, {.name = "ended"}};
static const ExprScope PROJECT = {.name = "project",
                                  .table = "project",
                                  .symbols = PROJECT_SYMBOLS,
                                  .n_symbols = COUNT(PROJECT_SYMBOLS),
                                  .states = PROJECT_STATES,
                                  .n_states = COUNT(PROJECT_STATES)};

const ExprScope *world_scope(void) { return &PROJECT; }

ExprParams world_params(void) {
    return (ExprParams){.period = {date_make(2020, 1, 1), date_make(2020, 6, 30)}, .today = date_make(2020, 7, 5)};
}

/* --- making --- */

uint64_t world_random(uint64_t *state, uint64_t below) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u; /* splitmix64 */
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
}

static const char *pick(World *world, const char *const *list, size_t n) {
    return list[world_random(&world->random, n)];
}

static Date random_date(World *world) {
    if (ONE_IN(world, 12)) return ONE_IN(world, 2) ? date_make(2012, 2, 29) : date_make(2028, 12, 31);
    return date_make(2019, 10, 1) + 10 * (Date)world_random(&world->random, 40); /* few, so that they coincide */
}

static Value random_number(World *world, const ExprSymbol *symbol) {
    static const int64_t SPECIAL[] = {0, 1, -1, 100, 10000, 5000000000};
    static const int64_t HUGE[] = {INT64_MAX, INT64_MIN, INT64_MAX / 100, 4611686018427387904};
    uint64_t draw = world_random(&world->random, 4);
    int64_t units = (int64_t)world_random(&world->random, 200000) - 50000;
    if (draw == 0) units = SPECIAL[world_random(&world->random, COUNT(SPECIAL))];
    if (draw == 1 && strcmp(symbol->name, "big") == 0) units = HUGE[world_random(&world->random, COUNT(HUGE))];
    return VALUE_OF_DECIMAL(units, symbol->scale);
}

static Value random_text(World *world) {
    static const char *const TEXTS[] = {"",  "机器人", "青禾县机器人应用", "新河镇", "O'Neil \"x\"", "100%|a_b",
                                        "A", "a"};
    return VALUE_OF_TEXT(pick(world, TEXTS, COUNT(TEXTS)));
}

static Value random_value(World *world, const ExprSymbol *symbol) {
    static const char *const PERIODS[] = {"2020-01..2020-06", "2020-01..2020-12", "2020-03..2020-03",
                                          "2020-06..2020-07", "2019-01..2019-12"};
    static const char *const SETS[] = {"|training|", "|trial_run|", "|training|trial|trial_run|", "|trial|"};
    if (ONE_IN(world, 5)) return ONE_IN(world, 3) ? (Value){.kind = VALUE_NA} : VALUE_OF_BLANK;
    switch (symbol->type) {
    case TYPE_BOOL:
        return VALUE_OF_BOOL(ONE_IN(world, 2));
    case TYPE_NUMBER:
        return random_number(world, symbol);
    case TYPE_DATE:
        return VALUE_OF_DATE(random_date(world));
    case TYPE_TEXT:
        return random_text(world);
    case TYPE_PERIOD:
        return VALUE_OF_TEXT(pick(world, PERIODS, COUNT(PERIODS)));
    case TYPE_CODE:
        return VALUE_OF_TEXT(pick(world, symbol->codes, symbol->n_codes));
    case TYPE_CODES:
        return VALUE_OF_TEXT(pick(world, SETS, COUNT(SETS)));
    case TYPE_REF:
        return VALUE_OF_INT((symbol->to == &FIRM ? FIRM_ID : TOWN_ID) + (int64_t)world_random(&world->random, 7));
    default:
        return VALUE_OF_BLANK;
    }
}

static void fill_values(World *world, WorldRow *row) {
    for (size_t i = 0; i < row->scope->n_symbols; i++) {
        const ExprSymbol *symbol = &row->scope->symbols[i];
        Value value = random_value(world, symbol);
        bool can_be_na = symbol->type != TYPE_ROWS && row->scope->table;
        row->values[i] = value.kind == VALUE_NA && !can_be_na ? VALUE_OF_BLANK : value;
    }
}

/* States one after another; sometimes two on one day, none yet, none any more, or two at once by mistake. */
static void fill_spans(World *world, WorldRow *row) {
    Date date = random_date(world);
    size_t n = row->scope->n_states ? world_random(&world->random, WORLD_SPANS_MAX + 1) : 0;
    for (size_t i = 0; i < n; i++) {
        const ExprState *state = &row->scope->states[world_random(&world->random, row->scope->n_states)];
        if (i > 0) row->spans[i - 1].left_on = date;
        row->spans[i] = (WorldSpan){.state = state->name, .entered_on = date, .left_on = DATE_NONE};
        date += 10 * (Date)world_random(&world->random, 4);
    }
    if (n > 0 && ONE_IN(world, 3)) row->spans[world_random(&world->random, n)].left_on = date;
    row->n_spans = n;
    row->state = n > 0 ? row->spans[n - 1].state : row->scope->n_states > 0 ? row->scope->states[0].name : NULL;
}

static void fill_items(World *world, WorldRow *row, const ExprScope *scope) {
    row->n_items = world_random(&world->random, WORLD_ITEMS_MAX + 1);
    row->items = mem_array(world, WorldRow, row->n_items + 1);
    for (size_t i = 0; i < row->n_items; i++) {
        row->items[i] = (WorldRow){.world = world, .scope = scope, .id = (int64_t)i};
        fill_values(world, &row->items[i]);
    }
}

static WorldTable new_table(World *world, const ExprScope *scope, int64_t first_id, size_t n) {
    WorldTable table = {.scope = scope, .rows = mem_array(world, WorldRow, n), .n = n};
    for (size_t i = 0; i < n; i++) {
        WorldRow *row = &table.rows[i];
        *row = (WorldRow){.world = world, .scope = scope, .id = first_id + (int64_t)i};
        if (i > 0) fill_values(world, row); /* the first is all blank */
        fill_spans(world, row);
        if (i > 0 && scope == &PROJECT) fill_items(world, row, &MEMBER);
    }
    return table;
}

World *world_new(const void *ctx, uint64_t seed) {
    World *world = mem_new(ctx, World);
    world->random = seed;
    world->tables[WORLD_PROJECT] = new_table(world, &PROJECT, PROJECT_ID, 40);
    world->tables[WORLD_FIRM] = new_table(world, &FIRM, FIRM_ID, 6);
    world->tables[WORLD_TOWN] = new_table(world, &TOWN, TOWN_ID, 5);
    return world;
}

/* --- answering --- */

static Value row_value(const ExprRow *row, const ExprSymbol *symbol) {
    const WorldRow *data = row->data;
    return data->values[symbol - data->scope->symbols];
}

static const WorldRow *find_row(const WorldTable *table, int64_t id) {
    for (size_t i = 0; i < table->n; i++) {
        if (table->rows[i].id == id) return &table->rows[i];
    }
    return NULL;
}

static bool row_follow(const ExprRow *row, const ExprSymbol *symbol, ExprRow *ret_row) {
    const WorldRow *data = row->data;
    Value id = row_value(row, symbol);
    if (id.kind != VALUE_NUMBER) return false;
    const WorldRow *found = find_row(&data->world->tables[symbol->to == &FIRM ? WORLD_FIRM : WORLD_TOWN], id.units);
    if (found) *ret_row = world_row(found);
    return found != NULL;
}

static bool row_child(const ExprRow *row, const ExprSymbol *symbol, size_t index, ExprRow *ret_row) {
    (void)symbol;
    const WorldRow *data = row->data;
    if (index >= data->n_items) return false;
    *ret_row = world_row(&data->items[index]);
    return true;
}

static const char *row_state_at(const ExprRow *row, Date date) {
    const WorldRow *data = row->data;
    if (date == DATE_NONE) return data->state;
    for (size_t i = data->n_spans; i-- > 0;) {
        const WorldSpan *span = &data->spans[i];
        if (span->entered_on <= date && (span->left_on == DATE_NONE || span->left_on > date)) return span->state;
    }
    return NULL;
}

static Date row_entered(const ExprRow *row, const char *state) {
    const WorldRow *data = row->data;
    for (size_t i = data->n_spans; i-- > 0;) {
        if (strcmp(data->spans[i].state, state) == 0) return data->spans[i].entered_on;
    }
    return DATE_NONE;
}

ExprRow world_row(const WorldRow *row) {
    static const ExprRowClass CLASS = {
        .value = row_value, .follow = row_follow, .child = row_child, .state_at = row_state_at, .entered = row_entered};
    return (ExprRow){.class = &CLASS, .data = row};
}
