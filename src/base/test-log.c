/* base/test-log.c: what reaches stderr. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/log.h"

static char captured[8192];

static void write_all_levels(void) {
    log_debug("one n=%d", 1);
    log_info("two");
    log_warn("three\nfour");
    log_error("five");
}

/* Runs with stderr in a file and keeps what was written. */
static void capture(void (*run)(void)) {
    fflush(stderr);
    int kept = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    dup2(fileno(file), STDERR_FILENO);
    run();
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    captured[fread(captured, 1, sizeof captured - 1, file)] = '\0';
    fclose(file);
}

/* The lines without their times, which must all be there. */
static const char *events(void) {
    static char text[sizeof captured];
    text[0] = '\0';
    for (char *line = strtok(captured, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(strlen(line) > INSTANT_SIZE);
        assert_true(line[10] == 'T' && line[INSTANT_SIZE - 2] == 'Z' && line[INSTANT_SIZE - 1] == ' ');
        strcat(strcat(text, line + INSTANT_SIZE), "\n");
    }
    return text;
}

static void test_level_of_environment(void **state) {
    (void)state;
    setenv("KEZHANG_LOG", "info", 1); /* read by the first event of the program */
    capture(write_all_levels);
    assert_string_equal(events(), "info two\nwarn three four\nerror five\n");
}

static void test_level_is_set(void **state) {
    (void)state;
    log_set_level(LOG_DEBUG);
    capture(write_all_levels);
    assert_string_equal(events(), "debug one n=1\ninfo two\nwarn three four\nerror five\n");
    log_set_level(LOG_ERROR);
    capture(write_all_levels);
    assert_string_equal(events(), "error five\n");
}

static void write_long(void) { log_error("%06000d", 1); }

static void test_long_event_is_cut(void **state) {
    (void)state;
    capture(write_long);
    assert_in_range(strlen(captured), 4000, 4200);
    assert_int_equal(captured[strlen(captured) - 1], '\n');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_level_of_environment),
        cmocka_unit_test(test_level_is_set),
        cmocka_unit_test(test_long_event_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
