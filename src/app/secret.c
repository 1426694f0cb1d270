/* app/secret.c: see secret.h. Leaves the terminal as it found it. */
#include "app/secret.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"

#define LINE_MAX_SIZE 512

static char *read_line(const void *ctx) {
    char line[LINE_MAX_SIZE];
    if (!fgets(line, sizeof line, stdin)) return NULL;
    line[strcspn(line, "\r\n")] = '\0';
    char *copy = mem_strdup(ctx, line);
    explicit_bzero(line, sizeof line);
    return copy;
}

static char *ask(const void *ctx, const char *question) {
    (void)fprintf(stderr, "%s", question);
    (void)fflush(stderr);
    char *answer = read_line(ctx);
    (void)fputc('\n', stderr);
    return answer;
}

static char *ask_twice(const void *ctx, Diag *diag) {
    struct termios as_before, silent;
    if (tcgetattr(STDIN_FILENO, &as_before)) return NULL;
    silent = as_before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    char *one = ask(ctx, _("new password: "));
    char *other = one ? ask(ctx, _("once more: ")) : NULL;
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &as_before);
    if (other && !strcmp(one, other)) return one;
    if (other) diag_error(diag, PLACE_NONE, "not-same", "the two passwords differ; nothing was changed; try again");
    return NULL;
}

char *secret_read(const void *ctx, Diag *diag) {
    size_t before = diag->errors;
    char *password = isatty(STDIN_FILENO) ? ask_twice(ctx, diag) : read_line(ctx);
    if (!password && diag->errors == before)
        diag_error(diag, PLACE_NONE, "no-password",
                   "there was no password; write it on the first line of standard input");
    return password;
}
