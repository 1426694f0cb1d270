/* web/pages/paper-share.c: who may write a text, and its blocks shared out among them.
 *
 * Sharing out changes no word and leaves done what is done; either all of it is saved or nothing. */
#include <string.h>

#include "base/mem.h"
#include "people/unit.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/texts.h"
#include "web/words.h"

/* --- who may write --- */

typedef struct Writers {
    Visit *visit;
    PaperWriter *list;
    size_t n;
} Writers;

static void take_writer(const Mandate *mandate, const Grant *grant, void *data) {
    (void)grant;
    Writers *writers = data;
    const void *ctx = writers->visit->ctx;
    if (writers->n && !strcmp(writers->list[writers->n - 1].login, mandate->login)) return; /* by another grant */
    *mem_push(ctx, writers->list, writers->n) =
        (PaperWriter){mem_strdup(ctx, mandate->login), mem_strdup(ctx, mandate->name)};
}

int paper_writers(Visit *visit, PaperWriter **ret_list, size_t *ret_count) {
    Writers writers = {.visit = visit};
    int fault = permission_who(&visit->people, &(Ask){.word = "report:write"}, visit->now, take_writer, &writers);
    for (size_t i = 0; !fault && i < writers.n; i++) writers.list[i].unit = paper_unit(visit, writers.list[i].login);
    *ret_list = writers.list;
    *ret_count = writers.n;
    return fault;
}

const char *paper_unit(const Visit *visit, const char *login) {
    Account *account;
    Unit unit;
    bool has = !account_find(visit->ctx, &visit->people, login, &account) && account->unit &&
               !unit_find(visit->ctx, &visit->people, account->unit, &unit);
    return has ? unit.name : NULL;
}

static void add_writer(json_t *array, const PaperWriter *writer, bool chosen) {
    json_t *object = page_object();
    page_set_text(object, "login", writer->login);
    page_set_text(object, "name", writer->name);
    page_set_text(object, "unit", writer->unit);
    page_set(object, "chosen", json_boolean(chosen));
    json_array_append_new(array, object);
}

json_t *paper_writers_json(const Visit *visit, const PaperWriter *list, size_t n, const char *owner) {
    json_t *array = page_array();
    bool found = !*owner;
    for (size_t i = 0; i < n; i++) {
        bool chosen = !strcmp(owner, list[i].login);
        add_writer(array, &list[i], chosen);
        found |= chosen;
    }
    if (!found) add_writer(array, &(PaperWriter){owner, words_person(visit, owner), NULL}, true);
    return array;
}

/* --- shared out --- */

/* The field of a block: "owner-3"; NULL when it was not sent. */
static const char *field_of(const Visit *visit, const char *name, const PaperBlock *block) {
    return http_field(&visit->request->form, mem_printf(visit->ctx, "%s-%lld", name, (long long)block->block));
}

static size_t read_changes(const Visit *visit, const OpenPaper *open, PaperChange **ret_changes) {
    size_t n = 0;
    *ret_changes = NULL;
    for (size_t i = 0; i < open->n_blocks; i++) {
        const PaperBlock *block = &open->blocks[i];
        const char *owner = field_of(visit, "owner", block), *version = field_of(visit, "version", block);
        if (!owner || !version || !strcmp(owner, block->owner)) continue;
        *mem_push(visit->ctx, *ret_changes, n) =
            (PaperChange){.block = block->block, .version = visit_number(version), .owner = owner};
    }
    return n;
}

static int share_out(Visit *visit) {
    OpenPaper open;
    PaperChange *changes;
    int result = paper_open(visit, &open);
    if (result) return result;
    size_t n = read_changes(visit, &open, &changes);
    result = paper_change(visit->store, open.paper, changes, n, &visit->actor, visit->diag);
    return paper_answer(visit, &open, result, open.url, _("The blocks have been shared out"));
}

const WebRoute routes_paper_share[] = {
    {HTTP_POST, "/reports/drafts/{draft}/writers", "report:write", share_out, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true},
    {0},
};
