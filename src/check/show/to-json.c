/* check/show/to-json.c: what was found, for programs: the contract of `kezhang check --json`.
 *
 * One line a figure, relation or finding, written as it is met without a value being built first: a long text has tens
 * of thousands of them, and they cost less than finding them did. The stream is locked once for all of it. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/check.h"

/* --- JSON --- */

typedef struct Json {
    FILE *out;
    bool more; /* a member stands before */
} Json;

/* A character that JSON does not take as it is. */
static void put_escaped(FILE *out, unsigned rune) {
    if (rune == '"' || rune == '\\')
        (void)fprintf(out, "\\%c", (int)rune);
    else
        (void)fprintf(out, "\\u%04x", rune);
}

/* Valid UTF-8 goes out in runs, up to what must be escaped. */
static void put_valid(FILE *out, const char *text) {
    static const char special[] =
        "\"\\\x01\x02\x03\x04\x05\x06\a\b\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18"
        "\x19\x1a\x1b\x1c\x1d\x1e\x1f";
    for (size_t run; *text; text += run) {
        run = strcspn(text, special);
        (void)fwrite_unlocked(text, 1, run, out);
        if (text[run]) put_escaped(out, (unsigned char)text[run++]);
    }
}

static void put_text(FILE *out, const char *text) {
    if (!text) {
        (void)fputs_unlocked("null", out);
        return;
    }
    (void)putc_unlocked('"', out);
    if (text_is_valid(text, strlen(text))) {
        put_valid(out, text);
    } else {
        MEM_SCRATCH scratch = talloc_new(NULL);
        Buf clean = BUF_INIT(scratch);
        for (const char *end = text + strlen(text); text < end;) buf_rune(&clean, text_next(&text, end));
        put_valid(out, buf_text(&clean));
    }
    (void)putc_unlocked('"', out);
}

static void put_name(Json *json, const char *name) {
    (void)fputs_unlocked(json->more ? ", \"" : "\"", json->out);
    (void)fputs_unlocked(name, json->out);
    (void)fputs_unlocked("\": ", json->out);
    json->more = true;
}

static void member_text(Json *json, const char *name, const char *text) {
    put_name(json, name);
    put_text(json->out, text);
}

/* A word of the contract or a number, which holds nothing to escape. */
static void member_word(Json *json, const char *name, const char *word) {
    put_name(json, name);
    (void)fputs_unlocked(word ? "\"" : "null", json->out);
    if (!word) return;
    (void)fputs_unlocked(word, json->out);
    (void)putc_unlocked('"', json->out);
}

static void put_count(FILE *out, size_t count) {
    if (count >= 10) put_count(out, count / 10);
    (void)putc_unlocked('0' + (int)(count % 10), out);
}

static void member_count(Json *json, const char *name, size_t count) {
    put_name(json, name);
    put_count(json->out, count);
}

static void member_flag(Json *json, const char *name, bool flag) {
    put_name(json, name);
    (void)fputs_unlocked(flag ? "true" : "false", json->out);
}

static void member_number(Json *json, const char *name, FigureNumber number) {
    char text[DECIMAL_SIZE];
    if (number.known) decimal_format(number.value, text);
    member_word(json, name, number.known ? text : NULL);
}

static void member_label(Json *json, const char *name, Label label) {
    put_name(json, name);
    if (!label.zh && !label.en) {
        put_text(json->out, NULL);
        return;
    }
    Json object = {.out = json->out};
    (void)putc_unlocked('{', json->out);
    member_text(&object, "zh", label.zh ? label.zh : label.en);
    member_text(&object, "en", label.en ? label.en : label.zh);
    (void)putc_unlocked('}', json->out);
}

/* --- rows --- */

static void put_claim(Json *json, const Checked *checked, size_t index) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Claim *claim = &checked->claims[index];
    member_count(json, "start", claim->start);
    member_count(json, "end", claim->end);
    member_text(json, "text", claim->text);
    member_number(json, "value", (FigureNumber){true, claim->value});
    member_text(json, "unit", claim->unit);
    member_word(json, "bound", bound_name(claim->bound));
    member_word(json, "kind", claim_kind_name(claim->kind));
    member_text(json, "subject", claim->subject ? claim->subject : "");
    member_word(json, "period", claim->period.start == DATE_NONE ? NULL : period_format_short(scratch, claim->period));
    member_text(json, "indicator", claim->indicator ? claim->indicator->name.text : NULL);
    member_number(json, "ledger", claim->ledger);
    member_word(json, "verdict", verdict_name(claim->verdict));
    member_word(json, "face", face_name(claim->face));
    member_count(json, "confidence", (size_t)claim->confidence);
    member_flag(json, "plan", claim->plan);
    member_label(json, "why", claim->why);
}

static void put_relation(Json *json, const Checked *checked, size_t index) {
    const Relation *relation = &checked->relations[index];
    member_word(json, "kind", relation_kind_name(relation->kind));
    put_name(json, "figures");
    for (size_t i = 0; i < relation->n_claims; i++) {
        (void)fputs_unlocked(i ? ", " : "[", json->out);
        put_count(json->out, relation->claims[i]);
    }
    (void)fputs_unlocked(relation->n_claims ? "]" : "[]", json->out);
    member_text(json, "says", relation->says);
    member_flag(json, "holds", relation->holds);
}

static void put_remark(Json *json, const Checked *checked, size_t index) {
    const Remark *remark = &checked->remarks[index];
    member_count(json, "start", remark->start);
    member_count(json, "end", remark->end);
    member_text(json, "code", remark->code);
    member_label(json, "say", remark->say);
    if (remark->claim == NO_CLAIM)
        member_text(json, "figure", NULL);
    else
        member_count(json, "figure", remark->claim);
}

/* --- the whole --- */

typedef void (*PutRow)(Json *json, const Checked *checked, size_t index);

static void put_list(const Checked *checked, const char *name, size_t n, PutRow put, FILE *out) {
    (void)fprintf(out, ",\n  \"%s\": [", name);
    for (size_t i = 0; i < n; i++) {
        Json json = {.out = out};
        (void)fputs_unlocked(i ? "},\n    {" : "\n    {", out);
        put(&json, checked, i);
    }
    (void)fputs_unlocked(n ? "}\n  ]" : "]", out);
}

void check_to_json(const Checked *checked, const char *document, FILE *out) {
    flockfile(out);
    (void)fputs_unlocked("{\n  \"document\": ", out);
    put_text(out, document);
    (void)fprintf(out, ",\n  \"chars\": %" PRIu32 ",\n  \"whole\": %s", checked->reading->n_given,
                  checked->whole ? "true" : "false");
    put_list(checked, "figures", checked->n_claims, put_claim, out);
    put_list(checked, "relations", checked->n_relations, put_relation, out);
    put_list(checked, "findings", checked->n_remarks, put_remark, out);
    (void)fputs_unlocked("\n}\n", out);
    funlockfile(out);
}
