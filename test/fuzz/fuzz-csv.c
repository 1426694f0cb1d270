/* test/fuzz/fuzz-csv.c: any bytes as a spreadsheet of the kind they look like; the corpus is csv. */
#include "fuzz-sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) { return fuzz_sheet(bytes, size); }
