/* web/pages/job-view.h: a job as pages show it: for {{> job-progress}} and {{> problems}}. Private to web/. */
#ifndef WEB_PAGES_JOB_VIEW_H
#define WEB_PAGES_JOB_VIEW_H

#include "web/frame.h"
#include "web/jobs.h"

/* {"id", "title", "page", "back", "state", "tone", "live", "broken", "percent", "count", "when", "files": [{"url", "name"}]} */
json_t *job_json(const Visit *visit, const JobView *view);
/* {"list": [{"sheet", "row", "column", "value", "say", "error"}], "in_rows", "how_many"}: findings of its last run; null without
 * any. */
json_t *job_problems_json(const Visit *visit, const JobView *view);
#endif
