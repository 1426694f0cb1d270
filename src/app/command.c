/* app/command.c: what the commands share: options, opening, findings, progress. */
#include "app/command.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

#define OPTIONS_MAX 16
#define BAR_WIDTH   40

int command_usage(const Command *command) {
    (void)fprintf(stderr, "kezhang %s: %s: kezhang %s %s\n", command->name, _("the command is called like this"),
                  command->name, command->arguments);
    return EXIT_USAGE;
}

static bool read_count(const char *text, unsigned *ret_count) {
    char *end;
    if (!*text || strspn(text, "0123456789") != strlen(text)) return false;
    errno = 0;
    unsigned long count = strtoul(text, &end, 10);
    *ret_count = (unsigned)count;
    return !errno && count <= OPTION_COUNT_MAX;
}

static bool take_option(const Option *option, const char *value) {
    if (option->flag) *option->flag = true;
    if (option->text) *option->text = value;
    return !option->count || read_count(value, option->count);
}

int command_options(const Command *command, int argc, char **argv, const Option *options, char ***ret_operands) {
    struct option table[OPTIONS_MAX + 1] = {0};
    for (int i = 0; options[i].name && i < OPTIONS_MAX; i++)
        table[i] = (struct option){options[i].name, options[i].flag ? no_argument : required_argument, NULL, 0};
    opterr = 0;
    optind = 1;
    for (int which, code; (code = getopt_long(argc, argv, "", table, &which)) != -1;) {
        if (code || !take_option(&options[which], optarg)) return command_usage(command);
    }
    int n = argc - optind;
    if (ret_operands) *ret_operands = argv + optind;
    return n < command->least || n > command->most ? command_usage(command) : 0;
}

static void print_now(const Finding *finding, void *data) {
    (void)data;
    diag_print_one(finding, stderr);
}

Diag *command_diag(const void *ctx) {
    Diag *diag = diag_new(ctx);
    diag->on_add = print_now;
    return diag;
}

int command_open(const void *ctx, const char *folder, StoreFlags flags, Store **ret_store) {
    return store_open(ctx, store_folder(folder), flags, command_diag(ctx), ret_store) ? EXIT_USAGE : 0;
}

/* `say` with the word, and the known name that is most like it. */
static void say_unknown(const char *code, const char *say, const char *word, const char *const *names, size_t n) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char *near = text_nearest(word, names, n);
    diag_error(command_diag(scratch), PLACE_NONE, code, say, word, near ? _("; did you mean ") : "", near ? near : "");
}

/* A thing is asked for by its name or by its title. */
static void add_known(const char **names, size_t *n, const Name *name, Label title) {
    names[(*n)++] = name->text;
    names[(*n)++] = label_text(title);
}

const Ledger *command_ledger(const Store *store, const char *word) {
    const Catalog *catalog = store->catalog;
    const Ledger *ledger = catalog_guess_ledger(catalog, word);
    if (ledger) return ledger;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char **names = mem_array(scratch, const char *, 2 * catalog->n_ledgers);
    size_t n = 0;
    for (size_t i = 0; i < catalog->n_ledgers; i++)
        add_known(names, &n, &catalog->ledgers[i].name, catalog->ledgers[i].title);
    say_unknown("unknown-ledger", N_("there is no ledger '%s'%s%s; see kezhang defs show"), word, names, n);
    return NULL;
}

const Indicator *command_indicator(const Store *store, const char *word) {
    const Catalog *catalog = store->catalog;
    const Indicator *indicator = catalog_guess_indicator(catalog, word);
    if (indicator) return indicator;
    MEM_SCRATCH scratch = talloc_new(NULL);
    const char **names = mem_array(scratch, const char *, 2 * catalog->n_indicators);
    size_t n = 0;
    for (size_t i = 0; i < catalog->n_indicators; i++)
        add_known(names, &n, &catalog->indicators[i].name, catalog->indicators[i].title);
    say_unknown("unknown-indicator", N_("there is no indicator '%s'%s%s; see kezhang defs show"), word, names, n);
    return NULL;
}

bool command_period(const char *text, Period *ret_period) {
    if (text && period_parse(text, ret_period)) return true;
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_error(command_diag(scratch), PLACE_NONE, "not-a-period",
               "--period asks for 2020, 2020H1, 2020Q2, 2020-06 or 2020-01..2020-04");
    return false;
}

void command_progress(const char *what, double part, int64_t count) {
    if (!isatty(STDERR_FILENO)) return;
    int full = (int)(part * BAR_WIDTH);
    (void)fprintf(stderr, "\r%s [%.*s%*s] %3d%% %lld ", what, full, "########################################",
                  BAR_WIDTH - full, "", (int)(part * 100), (long long)count);
    if (part >= 1) (void)fputc('\n', stderr);
    (void)fflush(stderr);
}
