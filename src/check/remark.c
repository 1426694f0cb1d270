#include "check/work.h"
int work_remark(Work *work) { (void)work; return 0; }
