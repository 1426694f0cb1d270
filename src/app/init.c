/* app/init.c: kezhang init: a new data folder. */
#include <stdio.h>

#include "app/command.h"
#include "base/mem.h"

static int run(int argc, char **argv) {
    const char *folder = NULL, *url = NULL, *name = "县科技局";
    const Option options[] = {{"data", &folder, NULL}, {"db", &url, NULL}, {"name", &name, NULL}, {0}};
    if (command_options(&command_init, argc, argv, options, NULL)) return EXIT_USAGE;
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store;
    if (store_create(scratch, store_folder(folder), url, name, command_diag(scratch), &store)) return EXIT_USAGE;
    (void)printf(_("made the data folder %s with %zu ledgers and %zu indicators\n"), store->folder,
                 store->catalog->n_ledgers, store->catalog->n_indicators);
    return EXIT_DONE;
}

const Command command_init = {
    .name = "init",
    .arguments = "[--data DIR] [--db URL] [--name NAME]",
    .about = {"新建数据文件夹", "make a data folder"},
    .run = run,
};
