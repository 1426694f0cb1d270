/* web/write.c: see write.h. */
#include "web/write.h"

#include "web/site.h"

int write_run(Visit *visit, ShareWork work, void *data) {
    const WriterOptions options = {.actor = visit->actor};
    int result = share_write(pool_share(visit->web->pool, visit->store), &options, work, data, visit->diag);
    return result == SHARE_E_REFUSED ? WEB_WRONG : result;
}
