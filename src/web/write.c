/* web/write.c: see write.h. */
#include "web/write.h"

#include "base/mem.h"

int write_run_with(Visit *visit, const WriterOptions *options, WriteWork work, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Writer *writer;
    int result = writer_open(scratch, visit->store, options, visit->diag, &writer);
    if (!result) result = work(writer, visit->store, visit->diag, data);
    if (result) return result;
    return visit->diag->errors ? WEB_WRONG : writer_commit(writer, visit->diag);
}

int write_run(Visit *visit, WriteWork work, void *data) {
    const WriterOptions options = {.actor = visit->actor};
    return write_run_with(visit, &options, work, data);
}
