/* check/show/to-json.c: what was found, for programs: the contract of `kezhang check --json`.
 *
 * One line a figure, relation or finding, written as it is met without a value being built first: a long text has tens
 * of thousands of them, and they cost less than finding them did. Their bytes are gathered in one room of fixed size,
 * which goes out whenever it is full. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/check.h"

/* --- JSON --- */

#define ROOM ((size_t)1 << 14)

typedef struct Json {
    FILE *out;
    Period period; /* the last that was put, and its words: a text speaks of one for long */
    char *period_words;
    size_t size;
    char room[ROOM];
} Json;

static void send(Json *json) {
    (void)fwrite(json->room, 1, json->size, json->out);
    json->size = 0;
}

static inline void put_bytes(Json *json, const char *bytes, size_t size) {
    for (size_t left; size > (left = ROOM - json->size); bytes += left, size -= left) {
        memcpy(json->room + json->size, bytes, left);
        json->size = ROOM;
        send(json);
    }
    memcpy(json->room + json->size, bytes, size);
    json->size += size;
}

/* What stands there as it is. */
#define PUT(json, literal) put_bytes(json, literal, sizeof literal - 1)

/* A character that JSON does not take as it is. */
static void put_escaped(Json *json, unsigned char byte) {
    char text[sizeof "\\u0000"];
    int size = snprintf(text, sizeof text, byte < ' ' ? "\\u%04x" : "\\%c", byte);
    put_bytes(json, text, (size_t)size);
}

/* Valid UTF-8 goes out in runs, up to what must be escaped. */
static void put_valid(Json *json, const char *text) {
    for (size_t run; *text; text += run) {
        for (run = 0; (unsigned char)text[run] >= ' ' && text[run] != '"' && text[run] != '\\';) run++;
        put_bytes(json, text, run);
        if (text[run]) put_escaped(json, (unsigned char)text[run++]);
    }
}

static void put_cleaned(Json *json, const char *text) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf clean = BUF_INIT(scratch);
    for (const char *end = text + strlen(text); text < end;) buf_rune(&clean, text_next(&text, end));
    put_valid(json, buf_text(&clean));
}

/* NULL is null. */
static void put_text(Json *json, const char *text) {
    if (!text) {
        PUT(json, "null");
        return;
    }
    PUT(json, "\"");
    text_is_valid(text, strlen(text)) ? put_valid(json, text) : put_cleaned(json, text);
    PUT(json, "\"");
}

/* A word of the contract or a number, which holds nothing to escape. */
static void put_word(Json *json, const char *word) {
    PUT(json, "\"");
    put_bytes(json, word, strlen(word));
    PUT(json, "\"");
}

static void put_count(Json *json, size_t count) {
    char digits[DECIMAL_SIZE], *at = digits + sizeof digits;
    do *--at = (char)('0' + count % 10);
    while (count /= 10);
    put_bytes(json, at, (size_t)(digits + sizeof digits - at));
}

static void put_flag(Json *json, bool flag) { flag ? PUT(json, "true") : PUT(json, "false"); }

static void put_number(Json *json, FigureNumber number) {
    char text[DECIMAL_SIZE];
    if (number.known)
        decimal_format(number.value, text), put_word(json, text);
    else
        PUT(json, "null");
}

static void put_period(Json *json, Period period) {
    if (!json->period_words || period.start != json->period.start || period.end != json->period.end) {
        talloc_free(json->period_words);
        json->period_words = period.start == DATE_NONE ? NULL : period_format_short(NULL, period);
        json->period = period;
    }
    put_text(json, json->period_words);
}

static void put_label(Json *json, Label label) {
    if (!label.zh && !label.en) {
        PUT(json, "null");
        return;
    }
    PUT(json, "{\"zh\": "), put_text(json, label.zh ? label.zh : label.en);
    PUT(json, ", \"en\": "), put_text(json, label.en ? label.en : label.zh);
    PUT(json, "}");
}

/* --- rows --- */

static void put_claim(Json *json, const Checked *checked, size_t index) {
    const Claim *claim = &checked->claims[index];
    PUT(json, "\"start\": "), put_count(json, claim->start);
    PUT(json, ", \"end\": "), put_count(json, claim->end);
    PUT(json, ", \"text\": "), put_text(json, claim->text);
    PUT(json, ", \"value\": "), put_number(json, (FigureNumber){true, claim->value});
    PUT(json, ", \"unit\": "), put_text(json, claim->unit);
    PUT(json, ", \"bound\": "), put_word(json, bound_name(claim->bound));
    PUT(json, ", \"kind\": "), put_word(json, claim_kind_name(claim->kind));
    PUT(json, ", \"subject\": "), put_text(json, claim->subject ? claim->subject : "");
    PUT(json, ", \"period\": "), put_period(json, claim->period);
    PUT(json, ", \"indicator\": "), put_text(json, claim->indicator ? claim->indicator->name.text : NULL);
    PUT(json, ", \"ledger\": "), put_number(json, claim->ledger);
    PUT(json, ", \"verdict\": "), put_word(json, verdict_name(claim->verdict));
    PUT(json, ", \"face\": "), put_word(json, face_name(claim->face));
    PUT(json, ", \"confidence\": "), put_count(json, (size_t)claim->confidence);
    PUT(json, ", \"plan\": "), put_flag(json, claim->plan);
    PUT(json, ", \"why\": "), put_label(json, claim->why);
}

static void put_relation(Json *json, const Checked *checked, size_t index) {
    const Relation *relation = &checked->relations[index];
    PUT(json, "\"kind\": "), put_word(json, relation_kind_name(relation->kind));
    PUT(json, ", \"figures\": [");
    for (size_t i = 0; i < relation->n_claims; i++) {
        if (i) PUT(json, ", ");
        put_count(json, relation->claims[i]);
    }
    PUT(json, "], \"says\": "), put_text(json, relation->says);
    PUT(json, ", \"holds\": "), put_flag(json, relation->holds);
}

static void put_remark(Json *json, const Checked *checked, size_t index) {
    const Remark *remark = &checked->remarks[index];
    PUT(json, "\"start\": "), put_count(json, remark->start);
    PUT(json, ", \"end\": "), put_count(json, remark->end);
    PUT(json, ", \"code\": "), put_word(json, remark->code);
    PUT(json, ", \"say\": "), put_label(json, remark->say);
    PUT(json, ", \"figure\": ");
    if (remark->claim == NO_CLAIM)
        PUT(json, "null");
    else
        put_count(json, remark->claim);
}

/* --- the whole --- */

typedef void (*PutRow)(Json *json, const Checked *checked, size_t index);

static void put_rows(Json *json, const Checked *checked, size_t n, PutRow put_row) {
    for (size_t i = 0; i < n; i++) {
        i ? PUT(json, "},\n    {") : PUT(json, "\n    {");
        put_row(json, checked, i);
    }
    n ? PUT(json, "}\n  ]") : PUT(json, "]");
}

void check_to_json(const Checked *checked, const char *document, FILE *out) {
    Json json = {.out = out};
    PUT(&json, "{\n  \"document\": "), put_text(&json, document);
    PUT(&json, ",\n  \"chars\": "), put_count(&json, checked->reading->n_given);
    PUT(&json, ",\n  \"whole\": "), put_flag(&json, checked->whole);
    PUT(&json, ",\n  \"figures\": ["), put_rows(&json, checked, checked->n_claims, put_claim);
    PUT(&json, ",\n  \"relations\": ["), put_rows(&json, checked, checked->n_relations, put_relation);
    PUT(&json, ",\n  \"findings\": ["), put_rows(&json, checked, checked->n_remarks, put_remark);
    PUT(&json, "\n}\n");
    send(&json);
    talloc_free(json.period_words);
}
