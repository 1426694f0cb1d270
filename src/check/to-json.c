/* check/to-json.c: what was found, for programs: the contract of `kezhang check --json`.
 *
 * One line a figure, relation or finding, written as it is made: a long text needs no more memory than a short one. */
#include "base/json.h"
#include "base/mem.h"
#include "check/check.h"

static void set(json_t *object, const char *name, json_t *value) { json_object_set_new(object, name, value); }
static void set_text(json_t *object, const char *name, const char *text) { set(object, name, json_text_or_null(text)); }

static void set_number(json_t *object, const char *name, FigureNumber number) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    set_text(object, name, figure_decimal(scratch, number));
}

static void set_period(json_t *object, Period period) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    set_text(object, "period", period.start == DATE_NONE ? NULL : period_format_short(scratch, period));
}

static json_t *claim_json(const Checked *checked, size_t index) {
    const Claim *claim = &checked->claims[index];
    json_t *object = mem_check(json_object());
    set(object, "start", json_integer(claim->start));
    set(object, "end", json_integer(claim->end));
    set_text(object, "text", claim->text);
    set_number(object, "value", (FigureNumber){true, claim->value});
    set_text(object, "unit", claim->unit);
    set_text(object, "bound", bound_name(claim->bound));
    set_text(object, "kind", claim_kind_name(claim->kind));
    set_text(object, "subject", claim->subject ? claim->subject : "");
    set_period(object, claim->period);
    set_text(object, "indicator", claim->indicator ? claim->indicator->name.text : NULL);
    set_number(object, "ledger", claim->ledger);
    set_text(object, "verdict", verdict_name(claim->verdict));
    set_text(object, "face", face_name(claim->face));
    set(object, "confidence", json_integer(claim->confidence));
    set(object, "plan", json_boolean(claim->plan));
    set(object, "why", claim->why.zh || claim->why.en ? json_label(claim->why) : json_null());
    return object;
}

static json_t *relation_json(const Checked *checked, size_t index) {
    const Relation *relation = &checked->relations[index];
    json_t *object = mem_check(json_object()), *figures = mem_check(json_array());
    for (size_t i = 0; i < relation->n_claims; i++)
        json_array_append_new(figures, json_integer((json_int_t)relation->claims[i]));
    set_text(object, "kind", relation_kind_name(relation->kind));
    set(object, "figures", figures);
    set_text(object, "says", relation->says);
    set(object, "holds", json_boolean(relation->holds));
    return object;
}

static json_t *remark_json(const Checked *checked, size_t index) {
    const Remark *remark = &checked->remarks[index];
    json_t *object = mem_check(json_object());
    set(object, "start", json_integer(remark->start));
    set(object, "end", json_integer(remark->end));
    set_text(object, "code", remark->code);
    set(object, "say", json_label(remark->say));
    set(object, "figure", remark->claim == NO_CLAIM ? json_null() : json_integer((json_int_t)remark->claim));
    return object;
}

static void print_value(json_t *value, FILE *out) {
    json_dumpf(value, out, JSON_ENCODE_ANY);
    json_decref(value);
}

typedef json_t *(*MakeRow)(const Checked *checked, size_t index);

static void print_list(const Checked *checked, const char *name, size_t n, MakeRow make, FILE *out) {
    (void)fprintf(out, ",\n  \"%s\": [", name);
    for (size_t i = 0; i < n; i++) {
        (void)fputs(i ? ",\n    " : "\n    ", out);
        print_value(make(checked, i), out);
    }
    (void)fputs(n ? "\n  ]" : "]", out);
}

void check_to_json(const Checked *checked, const char *document, FILE *out) {
    (void)fputs("{\n  \"document\": ", out);
    print_value(json_text_or_null(document), out);
    (void)fprintf(out, ",\n  \"chars\": %lu,\n  \"whole\": %s", (unsigned long)checked->reading->n_given,
                  checked->whole ? "true" : "false");
    print_list(checked, "figures", checked->n_claims, claim_json, out);
    print_list(checked, "relations", checked->n_relations, relation_json, out);
    print_list(checked, "findings", checked->n_remarks, remark_json, out);
    (void)fputs("\n}\n", out);
}
