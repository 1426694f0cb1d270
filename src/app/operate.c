/* app/operate.c: keeping a data folder well: migrate, verify, backup, restore, doctor. */
#include <stdio.h>

#include "app/command.h"
#include "base/mem.h"
#include "ledger/backup.h"
#include "ledger/doctor.h"
#include "ledger/migrate.h"
#include "ledger/verify.h"

/* --- migrate --- */

static int run_migrate(int argc, char **argv) {
    const char *folder = NULL;
    bool lossy = false;
    const Option options[] = {{"data", &folder, NULL}, {"lossy", NULL, &lossy}, {0}};
    if (command_options(&command_migrate, argc, argv, options, NULL)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store;
    int result = command_open(scratch, folder, STORE_ANY_DEFINITIONS, &store);
    if (result) return result;
    DefnSources sources;
    Diag *diag = command_diag(scratch);
    if (defn_load(scratch, mem_printf(scratch, "%s/defs", store->folder), diag, &sources)) return EXIT_USAGE;
    DefnChange *changes;
    size_t count;
    if (migrate_run(store, &sources, lossy, diag, &changes, &count)) return EXIT_FINDINGS;
    for (size_t i = 0; i < count; i++) (void)printf("%s\n", label_text(changes[i].say));
    (void)printf(_("%zu changes; the tables fit the definitions\n"), count);
    return EXIT_DONE;
}

const Command command_migrate = {
    .name = "migrate",
    .arguments = "[--lossy] [--data DIR]",
    .about = {"使数据表与定义一致（先做核对过的备份；丢失数据的改动须加 --lossy）",
              "bring the tables to the definitions, after a checked copy"},
    .run = run_migrate,
};

/* --- verify --- */

static void show_progress(int64_t done, int64_t all, void *data) {
    command_progress(data, all ? (double)done / (double)all : 1, done);
}

static int run_verify(int argc, char **argv) {
    const char *folder = NULL;
    const Option options[] = {{"data", &folder, NULL}, {0}};
    if (command_options(&command_verify, argc, argv, options, NULL)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store;
    int result = command_open(scratch, folder, STORE_READ_ONLY | STORE_ANY_DEFINITIONS, &store);
    if (result) return result;
    Diag *diag = command_diag(scratch);
    VerifyResult found;
    int fault = verify_store(store, show_progress, argv[0], diag, &found);
    if (fault) return (void)store_fault(store, fault, diag), EXIT_FAULT;
    (void)printf(_("%lld changes, %lld versions, %lld rows of other logs, %lld attachments verified; %lld findings\n"),
                 (long long)found.changes, (long long)found.versions, (long long)found.rows,
                 (long long)found.attachments, (long long)found.bad);
    return found.bad ? EXIT_FINDINGS : EXIT_DONE;
}

const Command command_verify = {
    .name = "verify",
    .arguments = "[--data DIR]",
    .about = {"重放变更日志，核对表、状态和附件", "replay the change log; compare tables, states, attachments"},
    .run = run_verify,
};

/* --- backup and restore --- */

static int run_backup(int argc, char **argv) {
    const char *folder = NULL;
    bool with_key = false;
    const Option options[] = {{"data", &folder, NULL}, {"with-key", NULL, &with_key}, {0}};
    char **operands;
    if (command_options(&command_backup, argc, argv, options, &operands)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store;
    int result = command_open(scratch, folder, STORE_READ_ONLY | STORE_ANY_DEFINITIONS, &store);
    if (result) return result;
    if (backup_write(store, operands[0], with_key, command_diag(scratch))) return EXIT_USAGE;
    (void)printf(_("backed up %s to %s\n"), store->folder, operands[0]);
    return EXIT_DONE;
}

const Command command_backup = {
    .name = "backup",
    .arguments = "FILE [--with-key] [--data DIR]",
    .least = 1,
    .most = 1,
    .about = {"备份为一个文件（不停写入）", "back up into one file, while writing goes on"},
    .run = run_backup,
};

static int run_restore(int argc, char **argv) {
    const char *folder = NULL, *url = NULL;
    const Option options[] = {{"data", &folder, NULL}, {"db", &url, NULL}, {0}};
    char **operands;
    if (command_options(&command_restore, argc, argv, options, &operands)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (backup_restore(scratch, operands[0], store_folder(folder), url, command_diag(scratch))) return EXIT_USAGE;
    (void)printf(_("restored %s into %s and verified it\n"), operands[0], store_folder(folder));
    return EXIT_DONE;
}

const Command command_restore = {
    .name = "restore",
    .arguments = "FILE [--data DIR] [--db URL]",
    .least = 1,
    .most = 1,
    .about = {"把备份恢复到空文件夹并核对", "restore a backup into an empty folder and verify it"},
    .run = run_restore,
};

/* --- doctor --- */

static int run_doctor(int argc, char **argv) {
    const char *folder = NULL;
    const Option options[] = {{"data", &folder, NULL}, {0}};
    if (command_options(&command_doctor, argc, argv, options, NULL)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    int result = doctor_run(scratch, store_folder(folder), command_diag(scratch));
    if (!result) (void)puts(_("all is well"));
    return result ? EXIT_FINDINGS : EXIT_DONE;
}

const Command command_doctor = {
    .name = "doctor",
    .arguments = "[--data DIR]",
    .about = {"检查数据文件夹的状况并给出建议", "examine the data folder and give advice"},
    .run = run_doctor,
};
