/* web/pages/export.c: what a list shows, as a file: format, columns, and a reason where personal fields are wanted
 * whole. */
#include <string.h>

#include "base/mem.h"
#include "web/api/api.h"
#include "web/confirm.h"
#include "web/exporting.h"
#include "web/filter.h"
#include "web/listing.h"
#include "web/pages/pages.h"
#include "web/url.h"

/* The words of the columns that the list shows, so that one sees what "those shown" are. */
static const char *shown_columns(const Visit *visit) {
    Buf out = BUF_INIT(visit->ctx);
    ListingColumns columns = listing_columns(visit);
    for (size_t i = 0; i < columns.count; i++)
        buf_printf(&out, "%s%s", i ? "、" : "", label_text(columns.list[i]->label));
    return buf_text(&out);
}

static int show_form(Visit *visit) {
    json_t *model = page_object();
    int64_t count = 0;
    int result = visit->diag->errors ? 0 : exporting_count(visit, &count);
    if (result < 0) return result;
    const char *list = mem_printf(visit->ctx, "/ledgers/%s", visit->ledger->name.text);
    page_set(model, "findings", frame_findings(visit));
    page_set_text(model, "ledger", label_text(visit->ledger->title));
    page_set_text(model, "list", url_with(visit->ctx, list, &visit->request->query, NULL));
    page_set_text(model, "action", url_with(visit->ctx, visit->request->path, &visit->request->query, NULL));
    page_set(model, "filtered", json_boolean(filter_is_set(visit)));
    page_set_text(model, "count", mem_printf(visit->ctx, _("%lld records"), (long long)count));
    page_set(model, "is_long", json_boolean(count > EXPORTING_AT_ONCE));
    page_set_text(model, "shown", shown_columns(visit));
    page_set(model, "masked", json_boolean(exporting_is_masked(visit, true)));
    page_set(model, "may_unmask", json_boolean(exporting_may_unmask(visit)));
    confirm_add(visit, model);
    page_set_text(model, "reason", visit_form(visit, "reason"));
    return frame_show(visit, "export", mem_printf(visit->ctx, _("Export of %s"), label_text(visit->ledger->title)),
                      model);
}

static int export(Visit *visit) {
    const ExportWish wish = {.format = visit_form(visit, "format"),
                             .all_columns = strcmp(visit_form(visit, "columns"), "shown") != 0,
                             .unmasked = *visit_form(visit, "unmasked") != '\0',
                             .reason = visit_form(visit, "reason")};
    int64_t id = 0;
    int result = wish.unmasked && exporting_may_unmask(visit) ? confirm_check(visit) : 0;
    if (!result) result = exporting_start(visit, &wish, &id);
    if (result == WEB_WRONG || result == WEB_TOO_MANY) return show_form(visit) ? -1 : result;
    visit->made = id;
    return result || !id ? result : visit_go(visit, mem_printf(visit->ctx, "/jobs/%lld", (long long)id));
}

static const WebInput export_inputs[] = {
    {"format", INPUT_TEXT, {"xlsx 或 csv", "xlsx or csv"}},
    {"columns", INPUT_TEXT, {"shown 为列表所示的列，缺省为全部", "shown: those of the list; all when it is not said"}},
    {"unmasked", INPUT_YES, {"个人信息不遮盖", "personal fields whole"}},
    {"reason", INPUT_TEXT, {"不遮盖的理由", "why, where they are wanted whole"}},
    {0},
};

const WebRoute routes_export[] = {
    {HTTP_GET, "/ledgers/{ledger}/export", "ledger:export", show_form, .waits = true},
    {HTTP_POST, "/ledgers/{ledger}/export", "ledger:export", export, HTTP_TAKES_FORM, WEB_FORM_MAX, .waits = true,
     .api = API(API_PREFIX "/ledgers/{ledger}/export",
                {"按地址中的筛选导出：小的直接返回文件，大的作为任务",
                 "What the filters of the address leave, as a file at once, or a job where it is long"},
                api_job, export_inputs, "Job")},
    {0},
};
