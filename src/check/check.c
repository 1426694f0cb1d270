/* check/check.c: the stages of a check, one behind the other. */
#include "check/check.h"

#include "base/mem.h"
#include "check/work.h"

int check_text(const void *ctx, const CheckAsk *ask, Checked **ret_checked) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Checked *checked = mem_new(ctx, Checked);
    checked->reading = ask->reading;
    checked->whole = true;
    Work work = {.ctx = checked, .ask = ask, .checked = checked};
    work.lexicon = lexicon_new(scratch, &ask->catalog->prose);
    work.text = text_fold_reading(scratch, ask->reading);
    work_mark_ends(&work);
    work.whens = whens_find(scratch, work.text, work.lexicon);
    work_mask(&work);
    work_scan(&work);
    work_date(&work);
    work_name_subjects(&work);
    if (ask->store) work_bind(&work);
    work_relate(&work);
    work_bind_same(&work);
    int fault = ask->store ? work_judge(&work) : 0;
    if (!fault) fault = work_remark(&work);
    if (!fault) *ret_checked = checked;
    return fault;
}
