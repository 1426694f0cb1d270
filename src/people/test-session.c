/* Tests of sessions: tokens and their rotation, time-outs, forged requests. */
#include <string.h>

#include "people/session.h"
#include "people/test-people.h"

static const SessionFrom here = {"192.0.2.7", "Mozilla/5.0"};

static Session *open_session(Bureau *bureau, const char *old_token, int64_t seconds) {
    Session *session = NULL;
    fixture_ok(bureau->people.db, session_open(bureau, &bureau->people, bureau_account(bureau, "wang"), &here,
                                               old_token, bureau_later(bureau, seconds), &session));
    return session;
}

static Session *find_from(Bureau *bureau, const char *token, const SessionFrom *from, int64_t seconds) {
    Session *session = NULL;
    int result = session_find(bureau, &bureau->people, token, from, bureau_later(bureau, seconds), &session);
    fixture_ok(bureau->people.db, result);
    assert_int_equal(result, session ? 0 : 1);
    return session;
}

static Session *find(Bureau *bureau, const char *token, int64_t seconds) {
    return find_from(bureau, token, &here, seconds);
}

static void only_the_hash_of_a_token_is_kept(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *session = open_session(bureau, NULL, 0);
    assert_int_equal(strlen(session->token), 64);
    const char *kept = fixture_text(bureau->fixture, bureau->people.db, "SELECT token FROM session");
    assert_string_not_equal(kept, session->token);
    assert_string_not_equal(fixture_text(bureau->fixture, bureau->people.db, "SELECT csrf FROM session"),
                            session->csrf);
    assert_null(find(bureau, kept, 0)); /* what is stolen from the database opens nothing */
    assert_null(find(bureau, "", 0));
    assert_string_equal(find(bureau, session->token, 0)->account->login, "wang");
}

static void signing_in_again_ends_the_old_token(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *old = open_session(bureau, NULL, 0), *fresh = open_session(bureau, old->token, 1);
    assert_string_not_equal(old->token, fresh->token);
    assert_null(find(bureau, old->token, 2));
    assert_non_null(find(bureau, fresh->token, 2));
}

static void idle_sessions_end(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *session = open_session(bureau, NULL, 0);
    assert_non_null(find(bureau, session->token, SESSION_IDLE_SECONDS - 1));
    assert_non_null(find(bureau, session->token, 2 * SESSION_IDLE_SECONDS - 2));
    assert_null(find(bureau, session->token, 3 * SESSION_IDLE_SECONDS - 2));
    assert_int_equal(fixture_int(bureau->people.db, "SELECT count(*) FROM session"), 0);
}

static void busy_sessions_end_as_well(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *session = open_session(bureau, NULL, 0);
    for (int64_t at = 0; at < SESSION_WHOLE_SECONDS; at += SESSION_IDLE_SECONDS / 2)
        assert_non_null(find(bureau, session->token, at));
    assert_null(find(bureau, session->token, SESSION_WHOLE_SECONDS));
}

static void sessions_end_with_their_account(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *one = open_session(bureau, NULL, 0), *other = open_session(bureau, NULL, 0);
    assert_non_null(find(bureau, one->token, 0));
    bureau_fine(bureau, account_disable(&bureau->people, "wang", true, "boss", NOON, bureau->diag));
    assert_null(find(bureau, one->token, 0));
    bureau_fine(bureau, account_disable(&bureau->people, "wang", false, "boss", NOON, bureau->diag));
    assert_null(find(bureau, other->token, 0));
    Session *third = open_session(bureau, NULL, 0);
    bureau_fine(bureau, account_change_password(&bureau->people, "wang", "Lotus-2021-pond", NOON, bureau->diag));
    assert_null(find(bureau, third->token, 0));
}

static void another_browser_cannot_use_the_token(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *session = open_session(bureau, NULL, 0);
    assert_null(find_from(bureau, session->token, &(SessionFrom){"192.0.2.7", "curl/8"}, 1));
    assert_null(find(bureau, session->token, 1));
}

static void forms_carry_the_token_of_their_session(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *session = open_session(bureau, NULL, 0), *other = open_session(bureau, NULL, 0);
    Session *found = find(bureau, session->token, 1);
    assert_string_equal(found->csrf, session->csrf); /* every page can be given it again */
    assert_true(session_csrf_is_right(found, session->csrf));
    assert_false(session_csrf_is_right(found, other->csrf));
    assert_false(session_csrf_is_right(found, session->token));
    assert_false(session_csrf_is_right(found, ""));
    assert_false(session_csrf_is_right(found, NULL));
}

static void the_password_once_more_lasts_a_while(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *session = open_session(bureau, NULL, 0);
    assert_false(session_is_elevated(session, NOON));
    fixture_ok(bureau->people.db, session_elevate(&bureau->people, session, NOON));
    Session *found = find(bureau, session->token, 1);
    assert_true(session_is_elevated(found, bureau_later(bureau, SESSION_ELEVATED_SECONDS - 1)));
    assert_false(session_is_elevated(found, bureau_later(bureau, SESSION_ELEVATED_SECONDS)));
}

static void leaving_ends_one_session(void **state) {
    Bureau *bureau = *state;
    bureau_add(bureau, "wang", NULL);
    Session *one = open_session(bureau, NULL, 0), *other = open_session(bureau, NULL, 0);
    fixture_ok(bureau->people.db, session_end(&bureau->people, one->token));
    assert_null(find(bureau, one->token, 1));
    assert_non_null(find(bureau, other->token, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BUREAU_TEST(only_the_hash_of_a_token_is_kept),
        BUREAU_TEST(signing_in_again_ends_the_old_token),
        BUREAU_TEST(idle_sessions_end),
        BUREAU_TEST(busy_sessions_end_as_well),
        BUREAU_TEST(sessions_end_with_their_account),
        BUREAU_TEST(another_browser_cannot_use_the_token),
        BUREAU_TEST(forms_carry_the_token_of_their_session),
        BUREAU_TEST(the_password_once_more_lasts_a_while),
        BUREAU_TEST(leaving_ends_one_session),
    };
    return FIXTURE_RUN("session", tests);
}
