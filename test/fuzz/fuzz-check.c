/* test/fuzz/fuzz-check.c: any bytes as a text to be checked, by the words that are shipped and without a store. Every
 * claim, relation and remark must stand where it says. */
#include <stdlib.h>

#include "base/mem.h"
#include "check/check.h"
#include "defn/defn.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const Catalog *shipped(void) {
    static const Catalog *catalog;
    if (catalog) return catalog;
    TALLOC_CTX *ctx = talloc_new(NULL); /* for ever */
    DefnSources sources;
    if (defn_load(ctx, NULL, diag_new(ctx), &sources) || defn_read(ctx, &sources, diag_new(ctx), &catalog)) abort();
    return catalog;
}

static void must(bool holds) {
    if (!holds) abort();
}

static void look_at(const Checked *checked, uint32_t end) {
    for (size_t i = 0; i < checked->n_claims; i++) {
        const Claim *claim = &checked->claims[i];
        must(claim->start <= claim->end && claim->end <= end && claim->text && claim->unit && claim->subject);
        must(!i || checked->claims[i - 1].start <= claim->start);
    }
    for (size_t i = 0; i < checked->n_relations; i++)
        for (size_t k = 0; k < checked->relations[i].n_claims; k++)
            must(checked->relations[i].claims[k] < checked->n_claims);
    for (size_t i = 0; i < checked->n_remarks; i++)
        must(checked->remarks[i].start <= checked->remarks[i].end && checked->remarks[i].end <= end);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Reading *reading;
    Checked *checked;
    if (reading_from_bytes(scratch, "a", (const char *)bytes, size, diag_new(scratch), &reading)) return 0;
    const CheckAsk ask = {.reading = reading, .catalog = shipped(), .period = {DATE_NONE, DATE_NONE}};
    must(check_text(scratch, &ask, &checked) == 0);
    look_at(checked, reading->n_given);
    return 0;
}
