/* web/term.c: see term.h. */
#include "web/term.h"

#include "base/mem.h"
#include "ledger/term.h"
#include "web/words.h"

static const char *days_words(const Visit *visit, int days) {
    if (days < 0) return mem_printf(visit->ctx, _("%d days late"), -days);
    return days ? mem_printf(visit->ctx, _("%d days left"), days) : _("due today");
}

json_t *term_json(const Visit *visit, Date due_on) {
    static const char *const names[] = {
        [TERM_NONE] = "none", [TERM_GREEN] = "green", [TERM_YELLOW] = "yellow", [TERM_RED] = "red"};
    if (due_on == DATE_NONE) return json_null();
    Date today = date_today();
    json_t *object = page_object();
    page_set_text(object, "name", names[term_light(due_on, today, visit->store->calendar)]);
    page_set_text(object, "words", days_words(visit, due_on - today));
    page_set_text(object, "rule", mem_printf(visit->ctx, _("due on %s"), words_day(visit->ctx, due_on)));
    return object;
}
