/* base/log.h: the program's own log on stderr, one line an event: time, level, words, key=value pairs.
 * For operators; what is wrong with a user's input goes to a Diag instead. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

typedef enum { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

void log_set_level(LogLevel least); /* default LOG_WARN; KEZHANG_LOG=debug|info|warn|error */
void log_write(LogLevel level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)
#define log_info(...)  log_write(LOG_INFO, __VA_ARGS__)
#define log_warn(...)  log_write(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)

#endif
