#include "check/work.h"
void work_relate(Work *work) { (void)work; }
