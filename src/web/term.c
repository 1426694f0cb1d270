/* web/term.c: see term.h. */
#include "web/term.h"

#include "base/mem.h"
#include "ledger/term.h"
#include "web/words.h"

static const char *days_words(const Visit *visit, int days) {
    if (days < 0) return mem_printf(visit->ctx, _("%d days late"), -days);
    return days ? mem_printf(visit->ctx, _("%d days left"), days) : _("due today");
}

const char *term_name(const Visit *visit, Date due_on) {
    static const char *const names[] = {
        [TERM_NONE] = NULL, [TERM_GREEN] = "green", [TERM_YELLOW] = "yellow", [TERM_RED] = "red"};
    return names[term_light(due_on, date_today(), visit->store->calendar)];
}

json_t *term_json(const Visit *visit, Date due_on) {
    if (due_on == DATE_NONE) return json_null();
    json_t *object = page_object();
    page_set_text(object, "name", term_name(visit, due_on));
    page_set_text(object, "words", days_words(visit, due_on - date_today()));
    page_set_text(object, "rule", mem_printf(visit->ctx, _("due on %s"), date_iso(visit->ctx, due_on)));
    return object;
}
