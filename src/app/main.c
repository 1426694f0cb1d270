/* app/main.c: the table of commands. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/embed.h"
#include "base/log.h"

extern const EmbeddedFile main_language[]; /* lang/zh_CN.po */

static const Command *const commands[] = {
    &command_init,    &command_import, &command_export,  &command_figure, &command_report,
    &command_check,   &command_defs,   &command_migrate, &command_verify, &command_backup,
    &command_restore, &command_doctor, &command_user,    &command_serve,
};
#define COMMANDS (sizeof commands / sizeof commands[0])

static const Command *find_command(const char *name) {
    for (size_t i = 0; i < COMMANDS; i++)
        if (!strcmp(commands[i]->name, name)) return commands[i];
    return NULL;
}

static void describe(FILE *out, const Command *command) {
    (void)fprintf(out, "  kezhang %-9s %s\n      %s\n", command->name, command->arguments, label_text(command->about));
}

static int help(FILE *out) {
    (void)fprintf(out, "%s\n\n",
                  _("kezhang: the ledgers, figures and summaries of a county science and technology bureau"));
    for (size_t i = 0; i < COMMANDS; i++) describe(out, commands[i]);
    (void)fprintf(out, "\n%s\n", _("The data folder is --data DIR, else $KEZHANG_DATA, else ./kezhang-data."));
    return out == stdout ? EXIT_DONE : EXIT_USAGE;
}

int main(int argc, char **argv) {
    lang_load_po(main_language[0].bytes, main_language[0].size);
    lang_from_environment();
    if (argc < 2) return help(stderr);
    bool asks = !strcmp(argv[1], "help") || !strcmp(argv[1], "--help");
    if (asks && argc < 3) return help(stdout);
    if (!strcmp(argv[1], "--version")) {
        (void)puts("kezhang " KEZHANG_VERSION);
        return EXIT_DONE;
    }
    const char *name = argv[asks ? 2 : 1]; /* help import, import --help */
    const Command *command = find_command(name);
    if (!command) {
        (void)fprintf(stderr, _("kezhang: there is no command '%s'; see kezhang help"), name);
        (void)fputc('\n', stderr);
        return EXIT_USAGE;
    }
    if (!asks && (argc < 3 || strcmp(argv[2], "--help") != 0)) return command->run(argc - 1, argv + 1);
    describe(stdout, command);
    return EXIT_DONE;
}
