/* web/pages/files.c: files in, and out again for whoever may see a record that names them.
 *
 * A content lies under its hash and never under a name that somebody sent. What comes out is either of a kind that
 * browsers show without running anything, or is saved; both are sandboxed, so that a page that was uploaded is no page
 * of ours. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "defn/kind.h"
#include "ledger/query.h"
#include "web/api/api.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/reach.h"
#include "web/upload.h"
#include "web/words.h"

#define UNTYPED "application/octet-stream"
#define SANDBOX "sandbox;default-src 'none';img-src 'self';style-src 'unsafe-inline'"

/* --- in --- */

static int answer(Visit *visit, json_t *object) {
    char *text = json_dumps(json_keep(visit->ctx, object), JSON_COMPACT);
    http_body_text(visit->response, HTTP_JSON, mem_strdup(visit->ctx, text));
    free(text);
    return 0;
}

static int refuse(Visit *visit, const char *say) {
    if (visit_is_api(visit->request)) {
        diag_add(visit->diag, DIAG_ERROR, (Place){.field = "file"}, "file", NULL, (Label){say, say});
        return WEB_WRONG;
    }
    json_t *object = page_object();
    page_set_text(object, "say", say);
    (void)answer(visit, object);
    return WEB_WRONG;
}

static int take(Visit *visit) {
    Attachment *kept;
    const HttpFile *file = http_file(visit->request, "file");
    if (!file || !file->size) return refuse(visit, _("there is nothing in the file"));
    int result = upload_keep(visit, file, &kept);
    if (result == WEB_WRONG && !visit_is_api(visit->request))
        return refuse(visit, label_text(visit->diag->list[0].say));
    if (result) return result;
    visit_tell(visit, "hash", json_string(kept->hash));
    visit_tell(visit, "name", json_string(kept->name));
    visit_tell(visit, "type", json_string(kept->type));
    visit_tell(visit, "size", json_integer(kept->size));
    if (visit_is_api(visit->request)) return 0;
    json_t *object = page_object();
    page_set_text(object, "text", form_file_text(visit, kept->hash));
    page_set_text(object, "name", kept->name);
    page_set_text(object, "type", kept->type);
    page_set_text(object, "size", words_size(visit->ctx, kept->size));
    return answer(visit, object);
}

/* --- who may --- */

static bool names_file(const Visit *visit, const Record *record, const char *hash) {
    for (size_t i = 0; i < record->ledger->n_fields; i++) {
        const Field *field = &record->ledger->fields[i];
        Value value = record->values[i];
        if (strcmp(field->kind->name, "file") || value.kind != VALUE_TEXT || !strstr(value.text, hash)) continue;
        if (permission_mask(visit->mandate, field) != MASK_WHOLE) return true;
    }
    return false;
}

typedef struct Naming {
    const Visit *visit;
    const char *hash;
    bool found;
} Naming;

static int take_record(const Record *record, void *data) {
    Naming *naming = data;
    naming->found = names_file(naming->visit, record, naming->hash);
    return naming->found;
}

/* evidence contains 'ab12…' or photo contains 'ab12…'; "" for a ledger without files. */
static const char *naming_condition(const Visit *visit, const Ledger *ledger, const char *hash) {
    Buf out = BUF_INIT(visit->ctx);
    for (size_t i = 0; i < ledger->n_fields; i++)
        if (!strcmp(ledger->fields[i].kind->name, "file"))
            buf_printf(&out, "%s%s contains '%s'", out.size ? " or " : "", ledger->fields[i].name.text, hash);
    return buf_text(&out);
}

static int look_through(const Visit *visit, const Ledger *ledger, Naming *naming) {
    Expr *where;
    RowScope rows;
    const char *condition = naming_condition(visit, ledger, naming->hash);
    if (!*condition || query_compile(visit->ctx, ledger, condition, visit->diag, &where)) return 0;
    int fault = reach_open(visit, "ledger:read", ledger, &rows);
    const Query query = {.ledger = ledger, .where = where, .rows = &rows};
    return fault ? fault : query_each(visit->store, &query, take_record, naming);
}

/* Any record that names it, in any ledger he may look into. */
static int find_naming(const Visit *visit, Naming *naming) {
    const Catalog *catalog = visit->store->catalog;
    int result = 0;
    for (size_t i = 0; result >= 0 && !naming->found && i < catalog->n_ledgers; i++)
        if (visit_may(visit, "ledger:read", &catalog->ledgers[i]))
            result = look_through(visit, &catalog->ledgers[i], naming);
    return result < 0 ? result : 0;
}

/* of=LEDGER/ID: the page that shows it knows the record, and nothing has to be looked for. */
static int find_in_record(const Visit *visit, const char *of, Naming *naming) {
    Record *record;
    const char *slash = strchr(of, '/');
    const char *name = slash ? mem_strndup(visit->ctx, of, (size_t)(slash - of)) : "";
    const Ask ask = {.word = "ledger:read", .ledger = catalog_find_ledger(visit->store->catalog, name)};
    if (!ask.ledger || !visit_may(visit, ask.word, ask.ledger)) return 0;
    int result = reach_record(visit, &ask, visit_number(slash + 1), &record);
    if (!result) naming->found = names_file(visit, record, naming->hash);
    return result < 0 ? result : 0;
}

/* --- out --- */

/* What a browser shows by itself; of everything else it may only keep a copy. */
static bool is_shown(const char *type) {
    static const char *const types[] = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (!strcmp(types[i], type)) return true;
    return false;
}

static int send(Visit *visit, const Attachment *attachment) {
    const Store *store = visit->store;
    bool shown = is_shown(attachment->type) && !*visit_query(visit, "save");
    const char *path = mem_printf(visit->ctx, "%s/%s", store->folder, attachment_place(visit->ctx, attachment->hash));
    if (!shown) http_attachment(visit->response, attachment->name);
    http_add_header(visit->response, "Content-Security-Policy", SANDBOX);
    return http_body_file(visit->response, shown ? attachment->type : UNTYPED, path) ? WEB_MISSING : 0;
}

static int show(Visit *visit) {
    Attachment *attachment;
    Naming naming = {.visit = visit, .hash = visit_segment(visit, "hash")};
    const char *of = visit_query(visit, "of");
    if (!attachment_place(visit->ctx, naming.hash)) return WEB_MISSING;
    int result = attachment_find(visit->ctx, visit->store, naming.hash, &attachment);
    if (result) return result < 0 ? result : WEB_MISSING;
    result = *of ? find_in_record(visit, of, &naming) : find_naming(visit, &naming);
    if (result) return result;
    return naming.found ? send(visit, attachment) : WEB_MISSING;
}

const WebRoute routes_files[] = {
    {HTTP_POST, "/files", "ledger:edit", take, HTTP_TAKES_MULTIPART, UPLOAD_BODY_MAX, .waits = true,
     .api = API(API_PREFIX "/files", {"上传附件；返回的 hash 填入文件字段", "Keep a file; its hash goes into a field of files"},
                NULL, INPUTS({"file", INPUT_FILE, {"文件", "the file"}, .required = true}), "File", .again = true)},
    {HTTP_GET, "/files/{hash}", "ledger:read", show, .waits = true,
     .api = API(API_PREFIX "/files/{hash}", {"下载附件", "A file, for who may see a record that names it"}, show,
                INPUTS({"of", INPUT_TEXT, {"LEDGER/ID，指明记录", "LEDGER/ID: a record that names it"}}), "file")},
    {0},
};
