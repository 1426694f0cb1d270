/* web/words.c: see words.h. */
#include "web/words.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"

char *words_moment(const void *ctx, const char *instant) {
    char text[INSTANT_LOCAL_SIZE] = "";
    if (instant) instant_local(instant, text);
    return mem_strdup(ctx, text);
}

const char *words_person(const Visit *visit, const char *login) {
    Account *account;
    bool found = login_is_fine(login) && !account_find(visit->ctx, &visit->people, login, &account);
    return found ? account->name : login;
}

json_t *words_sign_in(const void *ctx, const JournalRow *row) {
    json_t *object = page_object();
    page_set_text(object, "at", words_moment(ctx, row->at));
    page_set_text(object, "address", row->address);
    page_set_text(object, "outcome", journal_words(row->outcome));
    return object;
}

const char *words_action(const Ledger *ledger, const char *action) {
    static const struct {
        const char *word, *english;
    } own[] = {{"create", N_("Entered")},
               {"edit", N_("Changed")},
               {"withdraw", N_("Withdrawn")},
               {"undo", N_("Taken back to what it was")},
               {"restore", N_("Brought back")}};
    const Transition *transition = ledger_find_transition(ledger, action);
    if (transition) return label_text(transition->label);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (!strcmp(own[i].word, action)) return _(own[i].english);
    return action;
}

char *words_size(const void *ctx, int64_t bytes) {
    static const char *const units[] = {"B", "KB", "MB"};
    size_t unit = 0;
    int64_t tenths = bytes * 10;
    for (; tenths >= 10240 && unit + 1 < sizeof units / sizeof units[0]; unit++) tenths /= 1024;
    if (tenths % 10 && unit) return mem_printf(ctx, "%" PRId64 ".%d %s", tenths / 10, (int)(tenths % 10), units[unit]);
    return mem_printf(ctx, "%" PRId64 " %s", tenths / 10, units[unit]);
}
