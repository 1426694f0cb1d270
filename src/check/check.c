/* check/check.c: the stages of a check, one behind the other. */
#include "check/check.h"

#include "base/mem.h"
#include "check/work.h"

Work work_read(const void *ctx, const CheckAsk *ask, Checked *checked) {
    Work work = {.ctx = checked, .ask = ask, .checked = checked};
    checked->reading = ask->reading;
    checked->whole = true;
    work.lexicon = lexicon_new(ctx, &ask->catalog->prose);
    work.text = text_fold_reading(ctx, ask->reading);
    work_mark_ends(&work);
    work.tables = tables_find(ctx, work.text, work.lexicon);
    work.whens = whens_find(ctx, work.text, work.lexicon);
    work_mask(&work);
    work_scan(&work);
    TALLOC_FREE(work.taken);
    work_date(&work);
    return work;
}

int check_text(const void *ctx, const CheckAsk *ask, Checked **ret_checked) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Checked *checked = mem_new(ctx, Checked);
    Work work = work_read(scratch, ask, checked);
    work_name_subjects(&work);
    if (ask->store) work_bind(&work);
    work_relate(&work);
    work_infer(&work);
    int fault = ask->store ? work_judge(&work) : 0;
    if (!fault) fault = work_remark(&work);
    if (!fault) *ret_checked = checked;
    return fault;
}
