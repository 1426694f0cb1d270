/* app/user.c: kezhang user: accounts, roles, units, delegations, and who can do what.
 *
 * Whoever may write in the data folder may do all of it; each step is written down under his name. Passwords come from
 * the terminal or standard input, and first ones are made here: random, and to be changed at the first sign-in. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/secret.h"
#include "base/mem.h"
#include "base/text.h"
#include "defn/permission.h"
#include "people/journal.h"
#include "people/password.h"
#include "people/permission.h"
#include "people/unit.h"

#define LOG_MOST     200
#define LOGIN_WIDTH  20
#define STEPS_INDENT "      "

/* What stands on the command line, and the folder it is about. */
typedef struct Line {
    const char *folder, *name, *unit, *town, *under, *expires, *role, *scope, *from, *to, *day, *permission;
    bool random, remove, enable;
    char **operands; /* behind the word that says what to do; ends with NULL */
    People people;
    const char *actor;
    char now[INSTANT_SIZE];
    Diag *diag;
} Line;

/* --- reading the line --- */

/* False with a finding. NULL is DATE_NONE. */
static bool read_day(const Line *line, const char *option, const char *text, Date *ret_day) {
    *ret_day = text ? date_parse_iso(text) : DATE_NONE;
    if (!text || *ret_day != DATE_NONE) return true;
    diag_error(line->diag, PLACE_NONE, "not-a-date", "--%s asks for a day: 2020-07-05", option);
    return false;
}

/* --- accounts --- */

static int add(const void *ctx, Line *line) {
    NewAccount wanted = {.login = line->operands[0], .name = line->name ? line->name : "", .unit = line->unit};
    if (!read_day(line, "expires", line->expires, &wanted.expires)) return 1;
    wanted.password = password_random(ctx, wanted.login);
    int result = db_begin(line->people.db, DB_WRITE);
    if (result) return result;
    result = account_create(&line->people, &wanted, line->actor, line->now, line->diag);
    if (!result && line->role)
        result = role_give(&line->people, wanted.login, line->role, line->scope, line->actor, line->now, line->diag);
    result = db_settle(line->people.db, result);
    if (!result)
        (void)printf(_("%s: first password %s (to be changed at the first sign-in)\n"), wanted.login, wanted.password);
    return result;
}

static int set_password(const void *ctx, Line *line) {
    const char *login = line->operands[0];
    const char *password = line->random ? password_random(ctx, login) : secret_read(ctx, line->diag);
    if (!password) return 1;
    int result = account_give_password(&line->people, login, password, line->actor, line->now, line->diag);
    if (!result && line->random)
        (void)printf(_("%s: first password %s (to be changed at the first sign-in)\n"), login, password);
    return result;
}

static int disable(const void *ctx, Line *line) {
    (void)ctx;
    return account_disable(&line->people, line->operands[0], !line->enable, line->actor, line->now, line->diag);
}

static void print_account(const Account *account, void *data) {
    const Line *line = data;
    (void)printf("%-*s %s\t%s\t%s\t%s\n", LOGIN_WIDTH, account->login, account->name,
                 account->unit ? account->unit : "-", account_state(account, line->now),
                 account->last_sign_in ? account->last_sign_in : "-");
}

static int list(const void *ctx, Line *line) {
    (void)ctx;
    return account_each(&line->people, print_account, line);
}

/* --- roles, delegations, units --- */

/* 0, 1 with a finding when there is no such account, or a fault. */
static int load_mandate(const void *ctx, const Line *line, const char *login, Account **ret_account,
                        Mandate **ret_mandate) {
    int result = account_find(ctx, &line->people, login, ret_account);
    if (result == 1)
        diag_error(line->diag, PLACE_NONE, "no-account", "there is no account '%s'; see kezhang user list", login);
    return result ? result : mandate_load(ctx, &line->people, *ret_account, line->now, ret_mandate);
}

/* Says afterwards what is held: scopes add up, a narrow one does not replace a wide one. */
static int role(const void *ctx, Line *line) {
    const char *login = line->operands[0], *name = line->operands[1];
    Account *account;
    Mandate *mandate;
    int result = line->remove ? role_take(&line->people, login, name, line->actor, line->now, line->diag)
                              : role_give(&line->people, login, name, line->scope, line->actor, line->now, line->diag);
    if (!result) result = load_mandate(ctx, line, login, &account, &mandate);
    for (size_t i = 0; !result && i < mandate->n_grants; i++)
        (void)printf("%s\n", grant_words(ctx, &mandate->grants[i]));
    return result;
}

static int delegate(const void *ctx, Line *line) {
    (void)ctx;
    Delegation delegation = {
        .giver = line->operands[0], .taker = line->operands[1], .role = line->role ? line->role : ""};
    if (line->remove) return delegation_end(&line->people, delegation.giver, delegation.taker, line->actor, line->now);
    if (!read_day(line, "from", line->from, &delegation.from) || !read_day(line, "to", line->to, &delegation.to))
        return 1;
    return delegation_give(&line->people, &delegation, line->actor, line->now, line->diag);
}

static int unit(const void *ctx, Line *line) {
    if (line->operands[0]) {
        const Unit wanted = {line->operands[0], line->under, line->name ? line->name : "", line->town};
        return unit_put(&line->people, &wanted, line->actor, line->now, line->diag);
    }
    Units units;
    int fault = unit_list(ctx, &line->people, &units);
    for (size_t i = 0; !fault && i < units.count; i++)
        (void)printf("%-*s %s\t%s\t%s\n", LOGIN_WIDTH, units.list[i].code, units.list[i].name,
                     units.list[i].parent ? units.list[i].parent : "-", units.list[i].town ? units.list[i].town : "-");
    return fault;
}

/* --- who can do what, and why --- */

static void print_words(const Role *role_of) {
    for (size_t i = 0; i < role_of->may.count; i++) {
        const Permission *permission = permission_find(role_of->may.list[i].text);
        if (permission) (void)printf("    %-20s %s\n", permission->word, label_text(permission->label));
    }
}

/* The steps of one ledger that a role may take, on one line; nothing for none. */
static void print_steps(const Ledger *ledger, const Role *role_of) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    Buf steps = BUF_INIT(scratch);
    if (role_gives(role_of, &(Ask){.word = PERMISSION_EDIT, .ledger = ledger})) buf_add(&steps, _("enter and change"));
    for (size_t i = 0; i < ledger->n_transitions; i++) {
        const Transition *transition = &ledger->transitions[i];
        if (!role_gives(role_of, &(Ask){.ledger = ledger, .transition = transition})) continue;
        buf_printf(&steps, "%s%s", steps.size ? _(", ") : "", label_text(transition->label));
    }
    if (steps.size) (void)printf(STEPS_INDENT "%s: %s\n", label_text(ledger->title), buf_text(&steps));
}

static int who_is(const void *ctx, Line *line, const char *login) {
    Account *account;
    Mandate *mandate;
    int result = load_mandate(ctx, line, login, &account, &mandate);
    if (result) return result;
    (void)printf("%s %s: %s\n", mandate->login, mandate->name, account_state(account, line->now));
    for (size_t i = 0; i < mandate->n_grants; i++) {
        const Grant *grant = &mandate->grants[i];
        (void)printf("  %s\n", grant_words(ctx, grant));
        print_words(grant->role);
        for (size_t k = 0; k < line->people.catalog->n_ledgers; k++)
            print_steps(&line->people.catalog->ledgers[k], grant->role);
    }
    return 0;
}

static void print_holder(const Mandate *mandate, const Grant *grant, void *data) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    size_t *count = data;
    (void)printf("%-*s %s\t%s\n", LOGIN_WIDTH, mandate->login, mandate->name, grant_words(scratch, grant));
    ++*count;
}

static int who(const void *ctx, Line *line) {
    Ask ask;
    Date day;
    size_t count = 0;
    if (!read_day(line, "day", line->day, &day)) return 1;
    if (day != DATE_NONE) instant_end_of(day, line->now);
    if (line->operands[0]) return who_is(ctx, line, line->operands[0]);
    if (!line->permission) {
        diag_error(line->diag, PLACE_NONE, "who", "who asks for a login, or for --permission report:issue; name one");
        return 1;
    }
    if (permission_parse(line->people.catalog, line->permission, line->diag, &ask)) return 1;
    int fault = permission_who(&line->people, &ask, line->now, print_holder, &count);
    if (!fault && !count) (void)puts(_("nobody"));
    return fault;
}

static void print_sign_in(const JournalRow *row, void *data) {
    (void)data;
    (void)printf("%s %-*s %-16s %s\n", row->at, LOGIN_WIDTH, row->login, row->outcome, row->address);
}

static int sign_ins(const void *ctx, Line *line) {
    (void)ctx;
    return journal_each_sign_in(&line->people, line->operands[0], LOG_MOST, print_sign_in, NULL);
}

/* --- the command --- */

static const struct {
    const char *word;
    int least, most;                         /* operands */
    int (*run)(const void *ctx, Line *line); /* 0, 1 with findings, or a fault */
} actions[] = {
    {"add", 1, 1, add},           {"list", 0, 0, list}, {"password", 1, 1, set_password},
    {"role", 2, 2, role},         {"who", 0, 1, who},   {"disable", 1, 1, disable},
    {"delegate", 2, 2, delegate}, {"unit", 0, 1, unit}, {"log", 0, 1, sign_ins},
};
#define ACTIONS (sizeof actions / sizeof actions[0])

static int act(const void *ctx, Store *store, Line *line, size_t action) {
    line->people = store_people(store);
    line->actor = actor_at_command_line(ctx).name;
    instant_now(line->now);
    int result = actions[action].run(ctx, line);
    if (result < 0) return (void)store_fault(store, result, line->diag), EXIT_FAULT;
    return result ? EXIT_USAGE : EXIT_DONE;
}

static int run(int argc, char **argv) {
    Line line = {0};
    const Option options[] = {{"data", &line.folder, NULL},   {"name", &line.name, NULL},
                              {"unit", &line.unit, NULL},     {"town", &line.town, NULL},
                              {"under", &line.under, NULL},   {"expires", &line.expires, NULL},
                              {"role", &line.role, NULL},     {"scope", &line.scope, NULL},
                              {"from", &line.from, NULL},     {"to", &line.to, NULL},
                              {"day", &line.day, NULL},       {"permission", &line.permission, NULL},
                              {"random", NULL, &line.random}, {"remove", NULL, &line.remove},
                              {"enable", NULL, &line.enable}, {0}};
    char **operands;
    if (command_options(&command_user, argc, argv, options, &operands)) return EXIT_USAGE;
    size_t action = 0;
    while (action < ACTIONS && strcmp(actions[action].word, operands[0]) != 0) action++;
    line.operands = operands + 1;
    int n = 0;
    while (line.operands[n]) n++;
    if (action == ACTIONS || n < actions[action].least || n > actions[action].most) return command_usage(&command_user);
    MEM_SCRATCH scratch = talloc_new(NULL);
    line.diag = command_diag(scratch);
    Store *store;
    int result = command_open(scratch, line.folder, 0, &store);
    return result ? result : act(scratch, store, &line, action);
}

const Command command_user = {
    .name = "user",
    .arguments = "WHAT … [--data DIR]\n"
                 "          add LOGIN --name NAME [--unit CODE] [--role ROLE [--scope SCOPE]] [--expires DAY]\n"
                 "          list · log [LOGIN] · who LOGIN [--day DAY] · who --permission report:issue [--day DAY]\n"
                 "          password LOGIN [--random] · disable LOGIN [--enable]\n"
                 "          role LOGIN ROLE [--scope SCOPE | --remove]\n"
                 "          delegate GIVER TAKER --role ROLE --from DAY --to DAY · delegate GIVER TAKER --remove\n"
                 "          unit [CODE --name NAME [--under CODE] [--town CODE]]",
    .least = 1,
    .most = 3,
    .about = {"账号、角色、单位和委托；谁能做什么，为什么",
              "accounts, roles, units, delegations; who can do what, and why"},
    .run = run,
};
