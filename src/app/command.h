/* app/command.h: what every command of the program is: one const row, one file.
 *
 * Exit codes: 0 done, 1 findings (a row refused, a figure that differs), 2 bad usage or input, 3 fault. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "ledger/store.h"

enum { EXIT_DONE = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_FAULT = 3 };

typedef struct Command {
    const char *name;
    const char *arguments; /* behind the name, as help shows them */
    int least, most;       /* operands */
    Label about;
    int (*run)(int argc, char **argv); /* argv[0] is the command's name */
} Command;

extern const Command command_init, command_import, command_export, command_figure, command_report, command_defs,
    command_migrate, command_verify, command_backup, command_restore, command_doctor, command_check, command_user,
    command_serve;

/* --- options --- */

#define OPTION_COUNT_MAX 1000000u

/* One option of a command: --name VALUE into *text, --name alone into *flag, or --name N into *count. The list ends
 * with a zeroed row. */
typedef struct Option {
    const char *name;
    const char **text;
    bool *flag;
    unsigned *count; /* at most OPTION_COUNT_MAX */
} Option;

/* Reads options anywhere on the line; what is left are the operands, as many as the command takes and then NULL.
 * ret_operands is NULL where it takes none. 0, or EXIT_USAGE after command_usage(). */
int command_options(const Command *command, int argc, char **argv, const Option *options, char ***ret_operands);
/* Says on stderr how the command is called. EXIT_USAGE. */
int command_usage(const Command *command);

/* --- shared by the commands --- */

/* Opens the data folder; findings go to stderr. 0, or an exit code. */
int command_open(const void *ctx, const char *folder, StoreFlags flags, Store **ret_store);
/* A diag that prints findings as they come. */
Diag *command_diag(const void *ctx);
const Ledger *command_ledger(const Store *store, const char *word);
const Indicator *command_indicator(const Store *store, const char *word);
/* --period: a finding and false when it cannot be read. */
bool command_period(const char *text, Period *ret_period);

/* A progress bar on a terminal, nothing in a pipe. part 0…1; done with part 1. */
void command_progress(const char *what, double part, int64_t count);

#endif
