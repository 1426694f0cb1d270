/* web/pages/paper-block.c: one block of a draft: its text with the names of figures, how it reads now, what is wrong
 * with it, what others say of it, and what it was before. */
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/pages/papers.h"
#include "web/texts.h"
#include "web/words.h"

typedef struct OpenBlock {
    OpenPaper open;
    const PaperBlock *block;
    const char *url;
} OpenBlock;

static const char *url_of(const Visit *visit, const OpenPaper *open, const PaperBlock *block) {
    return mem_printf(visit->ctx, "%s/blocks/%lld", open->url, (long long)block->block);
}

static int block_open(Visit *visit, OpenBlock *ret_block) {
    const char *word = visit_segment(visit, "block");
    int result = paper_open(visit, &ret_block->open);
    if (result) return result;
    int64_t number = visit_number(word);
    ret_block->block = NULL;
    for (size_t i = 0; i < ret_block->open.n_blocks; i++)
        if (ret_block->open.blocks[i].block == number && *word) ret_block->block = &ret_block->open.blocks[i];
    if (!ret_block->block) return WEB_MISSING;
    ret_block->url = url_of(visit, &ret_block->open, ret_block->block);
    return 0;
}

/* --- how it reads --- */

/* "body", or findings in its place. */
static int add_preview(Visit *visit, const OpenPaper *open, const char *text, json_t *model) {
    const PaperBlock alone = {.body = text};
    const Report *report = paper_report(visit->ctx, open->report, &alone, 1);
    const SummaryAsk ask = {report, open->paper->period, DATE_NONE};
    Diag *diag = visit->diag;
    Summary *summary;
    int result = summary_check_report(visit->store->catalog, report, diag);
    if (!result) result = summary_compose(visit->ctx, visit->store, &ask, diag, &summary);
    page_set(model, "findings", frame_findings(visit));
    if (result) return result < 0 ? result : 0;
    TextPlace place = {visit, open->report->name.text, open->paper->period, 0};
    return text_add_draft(model, summary, &place);
}

static int preview(Visit *visit) {
    OpenBlock block;
    int result = block_open(visit, &block);
    if (result) return result;
    json_t *model = page_object();
    result = add_preview(visit, &block.open, text_form(visit, "body"), model);
    return result ? result : frame_show_part(visit, "paper-preview", model);
}

/* --- what was said of it, and what it was --- */

static json_t *comments_json(const Visit *visit, const OpenBlock *block) {
    json_t *array = page_array();
    for (size_t i = 0; i < block->open.n_comments; i++) {
        const PaperComment *comment = &block->open.comments[i];
        if (comment->block != block->block->block) continue;
        json_t *object = page_object();
        page_set_text(object, "who", words_person(visit, comment->actor));
        page_set_text(object, "when", words_moment(visit->ctx, comment->at));
        page_set_text(object, "words", comment->words);
        page_set_text(object, "resolved", comment->resolved_by ? words_person(visit, comment->resolved_by) : NULL);
        page_set_text(object, "resolve_url",
                      mem_printf(visit->ctx, "%s/comments/%lld", block->url, (long long)comment->id));
        json_array_append_new(array, object);
    }
    return array;
}

static int add_versions(Visit *visit, const OpenBlock *block, json_t *model) {
    PaperBlock *versions;
    size_t n = 0;
    int fault = paper_versions(visit->ctx, visit->store, block->open.paper->id, block->block->block, &versions, &n);
    json_t *array = page_array();
    for (size_t i = 0; !fault && i < n; i++) {
        json_t *object = page_object();
        page_set(object, "version", json_integer(versions[i].version));
        page_set_text(object, "who", words_person(visit, versions[i].actor));
        page_set_text(object, "when", words_moment(visit->ctx, versions[i].at));
        page_set_text(object, "source", versions[i].body);
        page_set(object, "earlier", json_boolean(i > 0));
        json_array_append_new(array, object);
    }
    page_set(model, "versions", array);
    return fault;
}

/* --- the page --- */

/* The one before and the one behind, or NULL. */
static const PaperBlock *neighbour(const OpenBlock *block, int step) {
    ptrdiff_t at = block->block - block->open.blocks + step;
    return at >= 0 && (size_t)at < block->open.n_blocks ? &block->open.blocks[at] : NULL;
}

static void add_neighbours(const Visit *visit, const OpenBlock *block, json_t *model) {
    const struct {
        const char *name;
        const PaperBlock *block;
    } sides[] = {{"before", neighbour(block, -1)}, {"behind", neighbour(block, +1)}};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        if (!sides[i].block) continue;
        json_t *side = page_object();
        page_set_text(side, "url", url_of(visit, &block->open, sides[i].block));
        page_set_text(side, "words", paper_block_words(visit, &block->open, sides[i].block));
        page_set(model, sides[i].name, side);
    }
    page_set(model, "place", json_integer(block->block - block->open.blocks + 1));
    page_set(model, "n_blocks", json_integer((json_int_t)block->open.n_blocks));
}

/* With the text that was sent, where it could not be saved. */
static int show_page(Visit *visit, OpenBlock *block, const char *text) {
    json_t *model = page_object();
    const char *title = paper_block_words(visit, &block->open, block->block);
    PaperWriter *writers;
    size_t n_writers = 0;
    paper_add_head(visit, &block->open, model);
    page_set_text(model, "block_url", block->url);
    page_set_text(model, "block_title", title);
    page_set_text(model, "text", text);
    page_set(model, "current", json_integer(block->block->version));
    page_set(model, "done", json_boolean(block->block->done));
    page_set(model, "comments", comments_json(visit, block));
    add_neighbours(visit, block, model);
    int result = paper_writers(visit, &writers, &n_writers);
    page_set(model, "writers", paper_writers_json(visit, writers, n_writers, block->block->owner));
    if (!result) result = add_versions(visit, block, model);
    if (!result) result = add_preview(visit, &block->open, text, model);
    return result ? result : frame_show(visit, "paper-block", title, model);
}

static int show_block(Visit *visit) {
    OpenBlock block;
    int result = block_open(visit, &block);
    return result ? result : show_page(visit, &block, block.block->body);
}

/* --- writing --- */

static int save(Visit *visit) {
    OpenBlock block;
    int result = block_open(visit, &block);
    if (result) return result;
    const char *text = text_form(visit, "body");
    const PaperChange change = {.block = block.block->block,
                                .version = visit_number(visit_form(visit, "version")),
                                .owner = http_field(&visit->request->form, "owner"),
                                .body = text,
                                .done = *visit_form(visit, "done") != '\0'};
    result = paper_change(visit->store, block.open.paper, &change, 1, &visit->actor, visit->diag);
    if (result < 0) return result;
    const PaperBlock *next = *visit_form(visit, "next") ? neighbour(&block, +1) : block.block;
    if (!result && !next) return visit_go_saying(visit, block.open.url, _("Saved as a new version"));
    if (!result) return visit_go_saying(visit, url_of(visit, &block.open, next), _("Saved as a new version"));
    result = show_page(visit, &block, text);
    return result ? result : WEB_CONFLICT;
}

static int comment(Visit *visit) {
    OpenBlock block;
    int result = block_open(visit, &block);
    if (result) return result;
    result = paper_say(visit->store, block.open.paper, block.block->block, text_form(visit, "words"), &visit->actor,
                       visit->diag);
    if (result < 0) return result;
    if (!result) return visit_go(visit, mem_printf(visit->ctx, "%s#comments", block.url));
    result = show_page(visit, &block, block.block->body);
    return result ? result : WEB_WRONG;
}

static int resolve(Visit *visit) {
    OpenBlock block;
    int result = block_open(visit, &block);
    if (result) return result;
    result = paper_resolve(visit->store, block.open.paper, visit_number(visit_segment(visit, "comment")), &visit->actor,
                           visit->diag);
    if (result) return result < 0 ? result : WEB_CONFLICT;
    return visit_go(visit, mem_printf(visit->ctx, "%s#comments", block.url));
}

#define BLOCK API_PREFIX "/reports/drafts/{draft}/blocks/{block}"
#define BODY  {"body", INPUT_TEXT, {"Markdown，数字写指标名", "Markdown with the names of figures"}, .required = true}

static const WebInput save_inputs[] = {
    {"version", INPUT_NUMBER, {"读到的版本", "the version that was read"}, .required = true},
    BODY,
    {"owner", INPUT_TEXT, {"由谁写，账号", "login of who writes it"}},
    {"done", INPUT_YES, {"写完了", "it is done"}},
    {0},
};

const WebRoute routes_paper_block[] = {
    {HTTP_GET, "/reports/drafts/{draft}/blocks/{block}", "report:read", show_block, .waits = true,
     .api = API(BLOCK, {"一段的各个版本", "The versions of a block, the last first"}, api_block, .gives = "Block")},
    {HTTP_POST, "/reports/drafts/{draft}/blocks/{block}", "report:write", save, HTTP_TAKES_FORM, WEB_FORM_MAX,
     .waits = true,
     .api = API(BLOCK, {"保存一段为新版本", "Save a block as a new version"}, api_block, save_inputs, "Block",
                .method = HTTP_PUT)},
    {HTTP_POST, "/reports/drafts/{draft}/blocks/{block}/preview", "report:write", preview, HTTP_TAKES_FORM,
     WEB_FORM_MAX, .waits = true},
    {HTTP_POST, "/reports/drafts/{draft}/blocks/{block}/comments", "report:read", comment, HTTP_TAKES_FORM,
     WEB_FORM_MAX, .waits = true,
     .api = API(BLOCK "/comments", {"批注", "Say something of it"}, api_draft,
                INPUTS({"words", INPUT_TEXT, {"批注", "what is said"}, .required = true}), "Draft",
                .scope = "report:write|report:issue")},
    {HTTP_POST, "/reports/drafts/{draft}/blocks/{block}/comments/{comment}", "report:write", resolve, HTTP_TAKES_FORM,
     WEB_FORM_MAX, .waits = true,
     .api = API(BLOCK "/comments/{comment}", {"批注已处理", "Mark a comment as seen to"}, api_draft, .gives = "Draft")},
    {0},
};
