/* ledger/test-errand.c: an errand is asked once, answered once, and found by record, by taker and by asker; a record
 * takes no step while somebody has not signed. */
#include <string.h>

#include "ledger/errand.h"
#include "ledger/test-folder.h"

#define NOW   "2020-07-05T02:00:00.000Z"
#define LATER "2020-07-06T02:00:00.000Z"

static Errand errand(ErrandKind kind, int64_t record, const char *taker) {
    return (Errand){.kind = kind,
                    .ledger = "project",
                    .record = record,
                    .asker = "chen",
                    .taker = taker,
                    .asked_at = NOW,
                    .note = "请阅",
                    .due = date_make(2020, 7, 10)};
}

static int64_t add(Folder *folder, ErrandKind kind, int64_t record, const char *taker) {
    Errand wanted = errand(kind, record, taker);
    assert_int_equal(errand_add(folder->store, &wanted), 0);
    return wanted.id;
}

static Errands list(Folder *folder, ErrandAsk ask) {
    Errands errands;
    if (!ask.kinds) ask.kinds = (1u << ERRAND_KINDS) - 1;
    if (!ask.most) ask.most = 10;
    assert_int_equal(errand_list(folder, folder->store, &ask, &errands), 0);
    return errands;
}

static void test_answers_once(void **state) {
    Folder *folder = *state;
    int64_t id = add(folder, ERRAND_SIGN, 7, "wang");
    Errand kept, again = errand(ERRAND_SIGN, 7, "wang");
    assert_int_equal(errand_add(folder->store, &again), 1); /* he has not answered yet */
    assert_int_equal(errand_answer(folder->store, id, ERRAND_DISAGREED, "wang", "金额不符", LATER), 0);
    assert_int_equal(errand_answer(folder->store, id, ERRAND_AGREED, "wang", "", LATER), 1);
    assert_int_equal(errand_find(folder, folder->store, id, &kept), 0);
    assert_int_equal(kept.answer, ERRAND_DISAGREED);
    assert_string_equal(kept.opinion, "金额不符");
    assert_string_equal(kept.answered_at, LATER);
    assert_string_equal(kept.answered_by, "wang");
    assert_string_equal(kept.note, "请阅");
    assert_int_equal(kept.due, date_make(2020, 7, 10));
    assert_int_equal(errand_add(folder->store, &again), 0); /* and may be asked again then */
    assert_int_equal(errand_find(folder, folder->store, 99, &kept), 1);
}

static void test_lists(void **state) {
    Folder *folder = *state;
    int64_t first = add(folder, ERRAND_SIGN, 7, "wang"), second = add(folder, ERRAND_SIGN, 7, "li");
    int64_t copy = add(folder, ERRAND_COPY, 8, "wang");
    assert_int_equal(errand_answer(folder->store, first, ERRAND_AGREED, "wang", NULL, LATER), 0);
    Errands errands = list(folder, (ErrandAsk){.by = ERRANDS_OF_RECORD, .record = 7});
    assert_int_equal(errands.count, 2);
    assert_int_equal(errands.list[0].id, second); /* the newest first */
    assert_null(errands.list[1].opinion);
    errands = list(folder, (ErrandAsk){.by = ERRANDS_OF_TAKER, .login = "wang", .open = true});
    assert_int_equal(errands.count, 1);
    assert_int_equal(errands.list[0].id, copy);
    errands = list(folder, (ErrandAsk){.by = ERRANDS_OF_TAKER, .login = "wang", .kinds = 1u << ERRAND_SIGN});
    assert_int_equal(errands.count, 1);
    errands = list(folder, (ErrandAsk){.by = ERRANDS_OF_ASKER, .login = "chen", .after = copy, .most = 1});
    assert_int_equal(errands.count, 1);
    assert_int_equal(errands.list[0].id, second);
}

static void test_words(void **state) {
    (void)state;
    for (ErrandKind kind = 0; kind < ERRAND_KINDS; kind++) {
        assert_int_equal(errand_kind_find(errand_kind_word(kind)), kind);
        assert_false(errand_takes(kind, ERRAND_OPEN));
        assert_false(errand_takes(kind, ERRAND_TAKEN_BACK)); /* who is asked does not take back */
    }
    assert_int_equal(errand_kind_find("other"), ERRAND_KINDS);
    assert_int_equal(errand_answer_find("disagree"), ERRAND_DISAGREED);
    assert_int_equal(errand_answer_find("other"), ERRAND_ANSWERS);
    assert_true(errand_takes(ERRAND_SIGN, ERRAND_AGREED));
    assert_false(errand_takes(ERRAND_HAND_ON, ERRAND_AGREED));
}

/* --- what signatures hold --- */

/* The code of the finding that refuses it, "" when it goes. Lent from the folder. */
static const char *step(Folder *folder, int64_t project, const char *transition, const char *reason) {
    const Ledger *ledger = catalog_find_ledger(folder->store->catalog, "project");
    const WriterOptions options = {.actor = {.name = "test", .owner = true}};
    Diag *diag = diag_new(folder);
    Writer *writer;
    Record *record;
    Written written;
    assert_int_equal(writer_open(folder, folder->store, &options, diag, &writer), 0);
    assert_int_equal(record_load(writer, folder->store, ledger, project, NULL, &record), 0);
    assert_int_equal(record_load_spans(writer, folder->store, record), 0);
    const Write write = {.ledger = ledger,
                         .before = record,
                         .transition = transition ? ledger_find_transition(ledger, transition) : NULL,
                         .state = transition ? NULL : ledger_find_state(ledger, "closed"),
                         .values = record->values,
                         .effective = DATE_NONE,
                         .reason = reason};
    assert_int_equal(transition_apply(writer, &write, diag, &written), 0);
    assert_int_equal(writer_commit(writer, diag), 0);
    talloc_free(writer);
    assert_int_equal(written.outcome == WRITTEN_UPDATED, diag->errors == 0);
    return diag->count ? diag->list[0].code : "";
}

static int64_t answer_as(Folder *folder, int64_t project, const char *taker, ErrandAnswer answer) {
    char now[INSTANT_SIZE];
    instant_now(now);
    int64_t id = add(folder, ERRAND_SIGN, project, taker);
    assert_int_equal(errand_answer(folder->store, id, answer, "wang", "金额不符", now), 0);
    return id;
}

static void test_a_step_waits_for_signatures(void **state) {
    Folder *folder = *state;
    int64_t project = folder_add_project(folder, "甲", folder_add_firm(folder, "F1", "一", NULL), 100);
    int64_t first = add(folder, ERRAND_SIGN, project, "wang"), second = add(folder, ERRAND_SIGN, project, "li");
    (void)add(folder, ERRAND_COPY, project, "zhao"); /* holds nothing */
    assert_string_equal(step(folder, project, "approve", "着急"), "not-signed");
    assert_string_equal(step(folder, project, NULL, NULL), "not-signed"); /* nor by an edit */
    assert_int_equal(errand_answer(folder->store, first, ERRAND_AGREED, "wang", NULL, LATER), 0);
    assert_string_equal(step(folder, project, "approve", NULL), "not-signed");
    assert_int_equal(errand_answer(folder->store, second, ERRAND_TAKEN_BACK, "wang", NULL, LATER), 0);
    assert_string_equal(step(folder, project, "approve", NULL), "");
}

static void test_who_does_not_agree_is_passed_over_with_a_reason(void **state) {
    Folder *folder = *state;
    int64_t project = folder_add_project(folder, "甲", folder_add_firm(folder, "F1", "一", NULL), 100);
    (void)answer_as(folder, project, "wang", ERRAND_DISAGREED);
    assert_string_equal(step(folder, project, "approve", ""), "signed-against");
    (void)answer_as(folder, project, "wang",
                    ERRAND_TAKEN_BACK); /* asked again, and that taken back: he still does not */
    assert_string_equal(step(folder, project, "approve", NULL), "signed-against");
    (void)answer_as(folder, project, "li", ERRAND_AGREED); /* nor does he by what another says */
    assert_string_equal(step(folder, project, "approve", NULL), "signed-against");
    assert_string_equal(step(folder, project, "approve", "已核实"), "");
    assert_string_equal(step(folder, project, "close", NULL), ""); /* that was said before the last step */
}

static void test_who_agrees_after_all_holds_nothing(void **state) {
    Folder *folder = *state;
    int64_t project = folder_add_project(folder, "甲", folder_add_firm(folder, "F1", "一", NULL), 100);
    (void)answer_as(folder, project, "wang", ERRAND_DISAGREED);
    (void)answer_as(folder, project, "wang", ERRAND_AGREED);
    assert_string_equal(step(folder, project, "approve", NULL), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_answers_once),
        FOLDER_TEST(test_lists),
        FOLDER_TEST(test_words),
        FOLDER_TEST(test_a_step_waits_for_signatures),
        FOLDER_TEST(test_who_does_not_agree_is_passed_over_with_a_reason),
        FOLDER_TEST(test_who_agrees_after_all_holds_nothing),
    };
    return FOLDER_RUN("errand", tests);
}
