/* test/fuzz/fuzz-reading.c: any bytes read as text or HTML, whichever they are, and as Markdown. */
#include "fuzz-reading.h"

#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    fuzz_read(scratch, "a", bytes, size);
    fuzz_read(scratch, "a.md", bytes, size);
    return 0;
}
