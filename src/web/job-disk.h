/* web/job-disk.h: what of a job stands on the disk: its head and its files. Private to web/. */
#ifndef WEB_JOB_DISK_H
#define WEB_JOB_DISK_H

#include "web/jobs.h"

/* DIR/jobs/ID. Owned by ctx. */
char *job_disk_path(const void *ctx, const char *jobs_folder, int64_t id);
/* Makes the folder of a new job; *id is raised until no other has it. 0, or 1 with findings. */
int job_disk_make(const char *jobs_folder, int64_t *id, Diag *diag);
/* 0, or 1 with findings. */
int job_disk_save(const char *jobs_folder, const JobView *view, Diag *diag);
/* 0, or 1 when there is no whole head. Owned by ctx. */
int job_disk_load(const void *ctx, const char *jobs_folder, int64_t id, JobView *ret_view);
/* The ids found, unordered. Owned by ctx. */
int64_t *job_disk_list(const void *ctx, const char *jobs_folder, size_t *ret_count);
int64_t job_disk_bytes(const char *job_folder);
void job_disk_remove(const char *jobs_folder, int64_t id);
/* What job_findings reads. 0, or 1 with findings. */
int job_disk_save_findings(const char *job_folder, const Diag *findings, Diag *diag);

#endif
