/* app/main.c: the table of commands. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/embed.h"
#include "base/log.h"

extern const EmbeddedFile main_language[]; /* lang/zh_CN.po */

static const Command *const commands[] = {
    &command_init, &command_import,  &command_export, &command_figure, &command_report,  &command_check,
    &command_defs, &command_migrate, &command_verify, &command_backup, &command_restore, &command_doctor,
    &command_user, &command_serve,
};
#define COMMANDS (sizeof commands / sizeof commands[0])

static int help(FILE *out) {
    (void)fprintf(out, "%s\n\n",
                  _("kezhang: the ledgers, figures and summaries of a county science and technology bureau"));
    for (size_t i = 0; i < COMMANDS; i++)
        (void)fprintf(out, "  kezhang %-9s %s\n      %s\n", commands[i]->name, commands[i]->arguments,
                      label_text(commands[i]->about));
    (void)fprintf(out, "\n%s\n", _("The data folder is --data DIR, else $KEZHANG_DATA, else ./kezhang-data."));
    return out == stdout ? EXIT_DONE : EXIT_USAGE;
}

int main(int argc, char **argv) {
    lang_load_po(main_language[0].bytes, main_language[0].size);
    lang_from_environment();
    if (argc < 2) return help(stderr);
    if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help")) return help(stdout);
    if (!strcmp(argv[1], "--version")) {
        (void)puts("kezhang " KEZHANG_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (!strcmp(commands[i]->name, argv[1])) return commands[i]->run(argc - 1, argv + 1);
    (void)fprintf(stderr, _("kezhang: there is no command '%s'; see kezhang help"), argv[1]);
    (void)fputc('\n', stderr);
    return EXIT_USAGE;
}
