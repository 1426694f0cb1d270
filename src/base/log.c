/* base/log.c: one line to stderr for each event, in one write so that threads do not mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#define LOG_LINE_MAX 4096u /* longer events are cut */

static const char *const LEVELS[] = {
    [LOG_DEBUG] = "debug", [LOG_INFO] = "info", [LOG_WARN] = "warn", [LOG_ERROR] = "error"};
#define LEVEL_COUNT (sizeof LEVELS / sizeof *LEVELS)
#define LEVEL_UNSET (-1)

static atomic_int least_level = LEVEL_UNSET;

void log_set_level(LogLevel least) { atomic_store(&least_level, (int)least); }

static int level_from_environment(void) {
    const char *name = getenv("KEZHANG_LOG");
    for (size_t i = 0; name && i < LEVEL_COUNT; i++)
        if (strcmp(name, LEVELS[i]) == 0) return (int)i;
    return LOG_WARN;
}

static int current_level(void) {
    int level = atomic_load(&least_level);
    if (level == LEVEL_UNSET) {
        level = level_from_environment();
        atomic_store(&least_level, level);
    }
    return level;
}

/* What an event quotes must not look like a second event. */
static void flatten(char *line) {
    for (; *line; line++)
        if ((unsigned char)*line < ' ') *line = ' ';
}

void log_write(LogLevel level, const char *format, ...) {
    if ((int)level < current_level()) return;
    char event[LOG_LINE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(event, sizeof event, format, args);
    va_end(args);
    flatten(event);
    char now[INSTANT_SIZE];
    instant_now(now);
    fprintf(stderr, "%s %s %s\n", now, LEVELS[level], event);
}
