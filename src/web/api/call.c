/* web/api/call.c: one call of a program: the members of its body as the fields that pages read, done once under the key
 * it came with, and the answer. */
#include <string.h>

#include "base/mem.h"
#include "ledger/once.h"
#include "web/api/api.h"
#include "web/write.h"

#define IN_WORK (-1) /* in the place of a version: its deed has begun, and what came of it is not known yet */

/* --- what it takes --- */

static const struct {
    InputKind kind;
    const char *form; /* words of the finding */
} forms[] = {
    {INPUT_TEXT, N_("a text")},
    {INPUT_NUMBER, N_("a whole number")},
    {INPUT_DAY, N_("a day as 2020-07-05")},
    {INPUT_PERIOD, N_("a period as 2020H1")},
    {INPUT_YES, N_("true or false")},
    {INPUT_TEXTS, N_("an array of texts")},
    {INPUT_NUMBERS, N_("an array of whole numbers")},
    {INPUT_VALUES, N_("an object")},
    {INPUT_FIELDS, N_("an object of texts")},
};

static const char *form_words(InputKind kind) {
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (forms[i].kind == kind) return _(forms[i].form);
    return "";
}

static void add_field(HttpFields *form, const void *ctx, const char *name, const char *value) {
    *mem_push(ctx, form->list, form->count) = (HttpField){mem_strdup(ctx, name), mem_strdup(ctx, value)};
}

/* Puts one value into the form; false when it is of another form. */
static bool put_one(Visit *visit, const char *name, InputKind kind, const json_t *value) {
    HttpFields *form = &visit->request->form;
    Period period;
    const char *text = json_string_value(value);
    if (form->count == HTTP_FIELDS) return false;
    switch (kind) {
    case INPUT_NUMBER:
        if (!json_is_integer(value)) return false;
        text = mem_printf(visit->ctx, "%lld", (long long)json_integer_value(value));
        break;
    case INPUT_YES:
        if (!json_is_boolean(value)) return false;
        text = json_is_true(value) ? "yes" : NULL;
        if (!text) return true; /* a tick that is not set is not sent */
        break;
    case INPUT_DAY:
        if (!text || date_parse_iso(text) == DATE_NONE) return false;
        break;
    case INPUT_PERIOD:
        if (!text || !period_parse(text, &period)) return false;
        break;
    default:
        break;
    }
    if (text) add_field(form, visit->ctx, name, text);
    return text != NULL;
}

static bool put_all(Visit *visit, const char *name, InputKind kind, const json_t *array) {
    bool fits = json_is_array(array);
    for (size_t i = 0; i < json_array_size(array); i++) fits &= put_one(visit, name, kind, json_array_get(array, i));
    return fits;
}

static bool put_fields(Visit *visit, const char *prefix, json_t *object) {
    const char *name;
    json_t *value;
    bool fits = json_is_object(object);
    json_object_foreach(object, name, value) {
        fits &= put_one(visit, mem_printf(visit->ctx, "%s%s", prefix, name), INPUT_TEXT, value);
    }
    return fits;
}

static bool put_input(Visit *visit, const WebInput *input, json_t *value) {
    const char *prefix = input->prefix ? input->prefix : "",
               *name = mem_printf(visit->ctx, "%s%s", prefix, input->name);
    switch (input->kind) {
    case INPUT_VALUES:
        return json_is_object(value);
    case INPUT_FIELDS:
        return put_fields(visit, prefix, value);
    case INPUT_TEXTS:
        return put_all(visit, name, INPUT_TEXT, value);
    case INPUT_NUMBERS:
        return put_all(visit, name, INPUT_NUMBER, value);
    default:
        return put_one(visit, name, input->kind, value);
    }
}

static const WebInput *find_input(const WebInput *inputs, const char *name) {
    while (inputs->name && strcmp(inputs->name, name)) inputs++;
    return inputs->name ? inputs : NULL;
}

static void take_members(Visit *visit, const WebInput *inputs, json_t *object) {
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value) {
        const WebInput *input = find_input(inputs, name);
        const Place at = {.field = mem_strdup(visit->ctx, name)};
        if (!input)
            diag_error(visit->diag, at, "unknown-member", "this call takes no '%s'; see the description", name);
        else if (!json_is_null(value) && !put_input(visit, input, value))
            diag_error(visit->diag, at, "wrong-form", "'%s' must be %s; see the description", name,
                       form_words(input->kind));
    }
    for (; inputs->name; inputs++)
        if (inputs->required && json_is_null(json_object_get(object, inputs->name)))
            diag_error(visit->diag, (Place){.field = inputs->name}, "missing", "'%s' is missing; send it",
                       inputs->name);
}

static int read_members(Visit *visit, const WebRoute *route) {
    static const WebInput none[] = {{0}};
    json_t *object = json_object();
    if (!(route->takes & HTTP_TAKES_JSON)) return 0;
    json_keep(visit->ctx, object);
    if (visit->request->body && api_body(visit, &object)) return WEB_BAD;
    take_members(visit, route->inputs ? route->inputs : none, object);
    return visit->diag->errors ? WEB_WRONG : 0;
}

/* --- done once --- */

int api_key(Visit *visit, Once *ret_once) {
    const char *key = http_header(visit->request, IDEMPOTENCY_KEY), *body = visit->request->body;
    char digest[HASH_HEX_SIZE];
    if (!key) return 0;
    if (!*key || strlen(key) > ONCE_KEY_MAX) {
        diag_error(visit->diag, (Place){.field = IDEMPOTENCY_KEY}, "bad-key",
                   "a key has at most %u characters; a random one is best", ONCE_KEY_MAX);
        return WEB_WRONG;
    }
    const char *request =
        mem_printf(visit->ctx, "%d %s\n%s", visit->request->method, visit->request->path, body ? body : "");
    people_digest(&visit->people, request, digest);
    *ret_once = (Once){visit->actor.name, key, mem_strdup(visit->ctx, digest)};
    return 0;
}

void api_refuse_key(Diag *diag) {
    diag_error(diag, (Place){.field = IDEMPOTENCY_KEY}, "key-used",
               "this key was sent with another request; use a new one for each");
}

/* A key on its way into the folder, and what was found there. */
typedef struct Claim {
    Once once;
    bool is_new;
    Written written;
} Claim;

static int do_claim(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)writer;
    Claim *claim = data;
    int result = once_find(store, &claim->once, &claim->written);
    claim->is_new = result == ONCE_NEW;
    if (result == ONCE_OTHER) api_refuse_key(diag);
    if (!claim->is_new) return result < 0 ? result : 0;
    return once_keep(store, &claim->once, &(Written){WRITTEN_UNCHANGED, 0, IN_WORK});
}

static int do_settle(Writer *writer, Store *store, Diag *diag, void *data) {
    (void)writer;
    (void)diag;
    const Claim *claim = data;
    return claim->written.version == IN_WORK ? once_drop(store, &claim->once)
                                             : once_change(store, &claim->once, &claim->written);
}

/* The deed writes in transactions of its own, so the key is claimed before and settled after: of two that come together
 * one acts, and a deed that was refused may be sent again. Where the server was killed between, the key stays claimed:
 * nobody knows whether it was done. */
static int do_once(Visit *visit, const WebRoute *route) {
    Claim claim = {0};
    int result = api_key(visit, &claim.once);
    if (result || !claim.once.key) return result ? result : route->show(visit);
    result = write_run(visit, do_claim, &claim);
    if (result) return result;
    if (!claim.is_new && claim.written.version == IN_WORK) {
        diag_error(visit->diag, (Place){.field = IDEMPOTENCY_KEY}, "in-work",
                   "this is being done, or was broken off; look how it stands before you send it with a new key");
        return WEB_CONFLICT;
    }
    visit->made = claim.written.id;
    if (!claim.is_new) return 0;
    result = route->show(visit);
    bool is_done = !result && !visit->diag->errors;
    claim.written = (Written){WRITTEN_UNCHANGED, visit->made, is_done ? 0 : IN_WORK};
    int fault = write_run(visit, do_settle, &claim);
    return result ? result : fault;
}

/* --- the answer --- */

/* {"id": what was made, and what else was told}; without anything to tell, nothing. */
static int answer(Visit *visit) {
    if (visit->made) visit_tell(visit, "id", json_integer(visit->made));
    if (visit->told) return api_answer(visit, json_incref(visit->told));
    http_status(visit->response, 204);
    return 0;
}

int api_call(Visit *visit, const WebRoute *route) {
    bool acts = route->method != HTTP_GET;
    int result = read_members(visit, route);
    if (!result) result = acts && !route->once_inside ? do_once(visit, route) : route->show(visit);
    if (!result && acts && visit->diag->errors) result = WEB_WRONG; /* said on the page */
    if (result || !acts || http_has_body(visit->response)) return result;
    return route->answer ? route->answer(visit) : answer(visit);
}
