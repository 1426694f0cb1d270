/* check/show/page-model.c: what the figures, remarks and relations of a checked text open, in words. */
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "check/show/page.h"
#include "figure/page.h"

#define REMARKS_OF_FIGURE_MOST 20 /* told at one figure */

/* The records behind a figure, told once however often the text names it. */
typedef struct Source {
    const Indicator *indicator;
    Period period;
    size_t uses;
} Source;

/* What else is said of a claim. */
typedef struct Said {
    json_t *facts; /* NULL: nothing */
    size_t n;
} Said;

typedef struct Model {
    const void *ctx;
    const Checked *checked;
    Store *store;
    json_t *root;
    Source *sources;
    size_t n_sources;
    Said *said; /* by claim */
} Model;

static const char *in_words(const void *ctx, Period period) {
    return period.start == DATE_NONE ? NULL : period_words(ctx, period, lang_current());
}

static const char *numbered(const void *ctx, const char *name, size_t number) {
    return mem_printf(ctx, "%s%zu", name, number);
}

/* --- words and counters --- */

static const struct {
    const char *name;
    Label label;
} words[] = {
    {"all", {"全部", "All"}},
    {"figures", {"逐数说明", "Figure by figure"}},
    {"remarks", {"提示", "Remarks"}},
    {"behind", {"台账记录", "Records of the ledgers"}},
    {"found", {"需要看的地方", "To look at"}},
    {"none", {"没有发现不符、算不通或需要提示的地方。", "Nothing differs, every sum holds, nothing to remark."}},
    {"show", {"只看", "Show only"}},
    {"next", {"下一处", "Next"}},
    {"previous", {"上一处", "Previous"}},
    {"no_store", {"未连接台账：只核对文中数字之间的关系。", "No ledgers: the text was held against itself only."}},
    {"not_whole", {"文稿的数字太多，后面的未核对。", "The text holds too many figures; the rest was not looked at."}},
};

static json_t *words_json(void) {
    json_t *object = page_words();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        page_set_text(object, words[i].name, label_text(words[i].label));
    return object;
}

static void add_counter(json_t *array, const char *key, const char *sign, const char *label, size_t count) {
    json_t *object = page_object();
    page_set_text(object, "key", key);
    page_set_text(object, "sign", sign);
    page_set_text(object, "label", label);
    page_set(object, "count", json_integer((json_int_t)count));
    page_set(object, "any", json_boolean(count > 0));
    json_array_append_new(array, object);
}

static json_t *counters_json(const Checked *checked) {
    Tally tally = show_tally(checked);
    json_t *array = page_array();
    for (size_t i = 0; i < VERDICTS; i++) {
        Verdict verdict = show_verdicts[i];
        add_counter(array, verdict_name(verdict), show_verdict_sign(verdict), label_text(show_verdict(verdict)),
                    tally.verdicts[verdict]);
    }
    add_counter(array, "broken", SHOW_RELATION_SIGN, label_text((Label){"算不通", "sums fail"}), tally.failing);
    add_counter(array, "note", SHOW_REMARK_SIGN, label_text((Label){"提示", "remarks"}), checked->n_remarks);
    return array;
}

/* --- what was found --- */

static json_t *found_json(const void *ctx, const Checked *checked, const Found *found) {
    bool remark = found->kind == FOUND_REMARK;
    json_t *object = page_object();
    page_set_text(object, "key", show_found_key(found));
    page_set_text(object, "sign", show_found_sign(found));
    page_set_text(object, "at", show_found_at(ctx, found));
    page_set(object, "corrects",
             json_boolean(found->kind == FOUND_DIFFERS && show_ledger(ctx, &checked->claims[found->claim]) != NULL));
    page_set_text(object, "text", show_found_words(ctx, checked, found));
    page_set_text(object, "to",
                  remark ? numbered(ctx, PAGE_REMARK, found->index) : numbered(ctx, PAGE_CLAIM, found->claim));
    return object;
}

static json_t *all_found_json(const void *ctx, const Checked *checked) {
    MEM_SCRATCH scratch = talloc_new(ctx);
    Found *found;
    size_t n = show_found(scratch, checked, &found);
    json_t *array = page_array();
    for (size_t i = 0; i < n; i++) json_array_append_new(array, found_json(scratch, checked, &found[i]));
    return array;
}

/* --- figures --- */

/* How the words of the text are understood: 不少于1500名. NULL where they say so themselves. */
static const char *read_as(const void *ctx, const Claim *claim) {
    static const Label BOUNDS[] = {
        [BOUND_EXACT] = {"%s", "%s"},
        [BOUND_OVER] = {"超过%s", "over %s"},
        [BOUND_NEAR] = {"接近%s", "nearly %s"},
        [BOUND_AT_LEAST] = {"不少于%s", "at least %s"},
        [BOUND_AT_MOST] = {"不超过%s", "at most %s"},
        [BOUND_LESS] = {"不到%s", "less than %s"},
        [BOUND_ABOUT] = {"约%s", "about %s"},
    };
    const char *unit = claim->kind == CLAIM_MONEY ? "元" : claim->unit;
    const char *number = mem_printf(ctx, "%s%s", figure_decimal(ctx, (FigureNumber){true, claim->value}), unit);
    const char *read = mem_printf(ctx, label_text(BOUNDS[claim->bound]), number);
    return strcmp(read, claim->text) != 0 ? read : NULL;
}

/* What the figure is about: the indicator, else what the text says. */
static const char *title_of(const Claim *claim) {
    if (claim->indicator) return label_text(claim->indicator->title);
    return claim->subject ? claim->subject : "";
}

static void say_of(Model *model, size_t claim, const char *label, const char *text) {
    Said *said = &model->said[claim];
    if (said->n++ >= REMARKS_OF_FIGURE_MOST) return;
    if (!said->facts) said->facts = json_keep(model->ctx, page_array());
    page_add_fact(said->facts, label, text);
}

static void say_relations_and_remarks(Model *model) {
    const Checked *checked = model->checked;
    for (size_t i = 0; i < checked->n_relations; i++) {
        const Relation *relation = &checked->relations[i];
        const char *text = mem_printf(model->ctx, "%s %s", relation->says,
                                      relation->holds ? label_text((Label){"✓ 成立", "✓ holds"})
                                                      : label_text((Label){"≠ 不成立", "≠ does not hold"}));
        for (size_t k = 0; k < relation->n_claims; k++)
            say_of(model, relation->claims[k], label_text((Label){"数量关系", "Relation"}), text);
    }
    for (size_t i = 0; i < checked->n_remarks; i++)
        if (checked->remarks[i].claim != NO_CLAIM)
            say_of(model, checked->remarks[i].claim, label_text((Label){"提示", "Remark"}),
                   label_text(checked->remarks[i].say));
}

/* The source of a claim; *ret_index is its place. False where no record stands behind it. */
static bool find_source(Model *model, const Claim *claim, size_t *ret_index) {
    if (!model->store || !claim->indicator || claim->period.start == DATE_NONE) return false;
    for (size_t i = 0; i < model->n_sources; i++) {
        Source *source = &model->sources[i];
        if (source->indicator != claim->indicator || source->period.start != claim->period.start ||
            source->period.end != claim->period.end)
            continue;
        source->uses++;
        *ret_index = i;
        return true;
    }
    *ret_index = model->n_sources;
    *mem_push(model->ctx, model->sources, model->n_sources) = (Source){claim->indicator, claim->period, 1};
    return true;
}

static json_t *claim_facts(const void *ctx, const Claim *claim, const Said *said) {
    const Indicator *indicator = claim->indicator;
    const char *sign = show_verdict_sign(claim->verdict), *verdict = label_text(show_verdict(claim->verdict));
    json_t *facts = page_array();
    page_add_fact(facts, label_text((Label){"结论", "Verdict"}), mem_printf(ctx, "%s %s", sign, verdict));
    page_add_fact(facts, label_text((Label){"说明", "Why"}), label_text(claim->why));
    page_add_fact(facts, label_text((Label){"台账", "Ledger"}), show_ledger(ctx, claim));
    page_add_fact(facts, label_text((Label){"读作", "Read as"}), read_as(ctx, claim));
    if (claim->subject && strcmp(claim->subject, title_of(claim)) != 0)
        page_add_fact(facts, label_text((Label){"所指", "Said of"}), claim->subject);
    page_add_fact(facts, label_text((Label){"期间", "Period"}), in_words(ctx, claim->period));
    if (claim->plan)
        page_add_fact(facts, label_text((Label){"性质", "Kind"}), label_text((Label){"计划数", "of what is to come"}));
    if (indicator) {
        page_add_fact(facts, label_text((Label){"指标", "Indicator"}),
                      mem_printf(ctx, label_text((Label){"%s（把握%d%%）", "%s (%d%% sure)"}),
                                 label_text(indicator->title), claim->confidence));
        page_add_fact(facts, label_text((Label){"口径", "What it counts"}), label_text(indicator->caliber));
    }
    if (said->facts) json_array_extend(facts, said->facts);
    return facts;
}

static json_t *claim_json(Model *model, size_t index) {
    MEM_SCRATCH scratch = talloc_new(model->ctx);
    const Claim *claim = &model->checked->claims[index];
    const char *ledger = show_ledger(scratch, claim);
    size_t source;
    json_t *object = page_object();
    page_set_text(object, "id", numbered(scratch, PAGE_CLAIM_FACTS, index));
    page_set_text(object, "place", numbered(scratch, PAGE_CLAIM, index));
    page_set(object, "no", json_integer((json_int_t)index + 1));
    page_set_text(object, "key", verdict_name(claim->verdict));
    page_set_text(object, "sign", show_verdict_sign(claim->verdict));
    page_set_text(object, "verdict", label_text(show_verdict(claim->verdict)));
    page_set_text(object, "text", claim->text);
    page_set_text(object, "title", title_of(claim));
    page_set_text(object, "ledger", ledger ? ledger : "");
    page_set(object, "facts", claim_facts(scratch, claim, &model->said[index]));
    page_set_text(object, "source", find_source(model, claim, &source) ? numbered(scratch, PAGE_SOURCE, source) : NULL);
    return object;
}

static json_t *remark_json(const void *ctx, const Checked *checked, size_t index) {
    const Remark *remark = &checked->remarks[index];
    json_t *object = page_object(), *facts = page_array();
    if (remark->claim != NO_CLAIM)
        page_add_fact(facts, label_text((Label){"所指", "Said of"}), checked->claims[remark->claim].text);
    page_add_fact(facts, label_text((Label){"位置", "Place"}), mem_printf(ctx, "%u–%u", remark->start, remark->end));
    page_set_text(object, "id", numbered(ctx, PAGE_REMARK_FACTS, index));
    page_set_text(object, "place", numbered(ctx, PAGE_REMARK, index));
    page_set_text(object, "say", label_text(remark->say));
    page_set(object, "facts", facts);
    return object;
}

/* --- the records behind them --- */

static int add_source(Model *model, const Source *source, size_t index, json_t *array) {
    MEM_SCRATCH scratch = talloc_new(model->ctx);
    const Indicator *indicator = source->indicator;
    const FigureAsk ask = {indicator, source->period, DATE_NONE};
    Figure *figure;
    Sample *sample;
    int fault = figure_total(scratch, model->store, &ask, &figure);
    if (!fault) fault = sample_take(scratch, model->store, &ask, &sample);
    if (fault) return fault;
    json_t *object = page_object(), *facts = page_array();
    const char *value = figure->value.known ? figure_print(scratch, indicator, figure->value) : "—";
    page_add_fact(facts, label_text((Label){"口径", "What it counts"}), label_text(indicator->caliber));
    page_add_fact(facts, label_text((Label){"算法", "How it adds up"}), label_text(figure_fold(indicator)));
    page_set_text(object, "id", numbered(scratch, PAGE_SOURCE, index));
    page_set_text(object, "indicator", indicator->name.text);
    page_set(object, "no", json_integer((json_int_t)index + 1));
    page_set_text(object, "title", label_text(indicator->title));
    page_set_text(object, "value", value);
    page_set_text(object, "period", in_words(scratch, source->period));
    page_set(object, "facts", facts);
    page_set_sample(scratch, object, indicator, sample);
    page_set_text(object, "hash", figure->hash);
    json_array_append_new(array, object);
    return 0;
}

static int add_sources(Model *model) {
    json_t *array = page_array();
    page_set(model->root, "sources", array);
    page_set(model->root, "has_sources", json_boolean(model->n_sources > 0));
    for (size_t i = 0; i < model->n_sources; i++) {
        int fault = add_source(model, &model->sources[i], i, array);
        if (fault) return fault;
    }
    return 0;
}

/* --- the whole --- */

static void set_head(Model *model, const char *document) {
    json_t *root = model->root;
    const Checked *checked = model->checked;
    page_set_text(root, "lang", lang_current() == LANG_ZH ? "zh-CN" : "en");
    page_set_text(root, "title", file_base_name(document));
    page_set_text(root, "unit", model->store ? model->store->org_name : "");
    page_set_text(root, "period", in_words(model->ctx, checked->period));
    page_set_text(root, "made_on", day_words(model->ctx, date_today(), lang_current()));
    page_set(root, "no_store", json_boolean(!model->store));
    page_set(root, "not_whole", json_boolean(!checked->whole));
    page_set(root, "as_given", json_boolean(checked->reading->form == READING_TEXT));
    page_set(root, "steps", json_true());
    page_set(root, "word", words_json());
    page_set(root, "counters", counters_json(checked));
}

static void set_lists(Model *model) {
    const Checked *checked = model->checked;
    json_t *claims = page_array(), *remarks = page_array(), *found = all_found_json(model->ctx, checked);
    for (size_t i = 0; i < checked->n_claims; i++) json_array_append_new(claims, claim_json(model, i));
    for (size_t i = 0; i < checked->n_remarks; i++) json_array_append_new(remarks, remark_json(model->ctx, checked, i));
    page_set(model->root, "n_found", json_integer((json_int_t)json_array_size(found)));
    page_set(model->root, "has_found", json_boolean(json_array_size(found) > 0));
    page_set(model->root, "found", found);
    page_set(model->root, "has_claims", json_boolean(checked->n_claims > 0));
    page_set(model->root, "claims", claims);
    page_set(model->root, "has_remarks", json_boolean(checked->n_remarks > 0));
    page_set(model->root, "remarks", remarks);
}

int check_page_model(const void *ctx, const Checked *checked, Store *store, const char *document, json_t **ret_model) {
    Model model = {.ctx = ctx, .checked = checked, .store = store, .root = json_keep(ctx, page_object())};
    model.said = mem_array(ctx, Said, checked->n_claims + 1);
    say_relations_and_remarks(&model);
    set_head(&model, document);
    set_lists(&model);
    *ret_model = model.root;
    return add_sources(&model);
}
