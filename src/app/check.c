/* app/check.c: kezhang check: the numbers of a finished text against the ledger and against each other. */
#include "check/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command.h"
#include "base/file.h"
#include "base/mem.h"

typedef struct Line {
    const char *document, *folder, *period, *html, *docx;
    bool json, colours;
} Line;

/* --- what is asked --- */

/* A folder that somebody named must open; without one the words of the shipped definitions are enough. */
static int open_ledger(const void *ctx, const Line *line, Diag *diag, CheckAsk *ask) {
    const char *folder = store_folder(line->folder);
    if (!line->folder && !getenv("KEZHANG_DATA") && !file_is_folder(folder)) {
        DefnSources sources;
        bool wrong = defn_load(ctx, NULL, diag, &sources) || defn_read(ctx, &sources, diag, &ask->catalog);
        return wrong ? EXIT_USAGE : EXIT_DONE;
    }
    int result = command_open(ctx, line->folder, STORE_READ_ONLY, &ask->store);
    if (!result) ask->catalog = ask->store->catalog;
    return result;
}

static bool is_same_file(const char *path, const char *other) {
    struct stat about, about_other;
    return path && !stat(path, &about) && !stat(other, &about_other) && about.st_dev == about_other.st_dev &&
           about.st_ino == about_other.st_ino;
}

static int read_document(const void *ctx, const Line *line, Diag *diag, const Reading **ret_reading) {
    if (is_same_file(line->html, line->document) || is_same_file(line->docx, line->document)) {
        diag_error(diag, PLACE_FILE(line->document), "would-overwrite",
                   "this is the text that is checked; name another file to write");
        return EXIT_USAGE;
    }
    Reading *reading;
    if (reading_open(ctx, line->document, diag, &reading)) return EXIT_USAGE;
    *ret_reading = reading;
    return EXIT_DONE;
}

/* --- what is answered --- */

static int write_files(const Checked *checked, Store *store, const Line *line, Diag *diag) {
    int result = 0;
    if (line->html) result = check_to_html(checked, store, line->document, line->html, diag);
    if (result < 0) return (void)store_fault(store, result, diag), EXIT_FAULT;
    if (!result && line->docx) result = check_to_docx(checked, line->document, line->docx, diag);
    return result ? EXIT_USAGE : EXIT_DONE;
}

static bool wants_colours(const Line *line) {
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (line->colours) return true;
    return isatty(STDOUT_FILENO) && !(none && *none) && terminal && strcmp(terminal, "dumb") != 0;
}

/* The whole text, unless it was written into a file: then what came of it. */
static void print(const Checked *checked, const Store *store, const Line *line) {
    if (line->json) {
        check_to_json(checked, line->document, stdout);
        return;
    }
    if (!line->html && !line->docx) check_to_terminal(checked, wants_colours(line), stdout);
    if (line->html) (void)puts(line->html);
    if (line->docx) (void)puts(line->docx);
    if (!store)
        (void)printf("\n%s\n", _("no data folder: the text is held against itself only; name one with --data DIR"));
    check_totals_to_terminal(checked, wants_colours(line), stdout);
}

static int answer(const void *ctx, const CheckAsk *ask, const Line *line, Diag *diag) {
    Checked *checked;
    int fault = check_text(ctx, ask, &checked);
    if (fault) return (void)store_fault(ask->store, fault, diag), EXIT_FAULT;
    if (!checked->whole)
        diag_warn(diag, PLACE_FILE(line->document), "too-many-figures",
                  "only the first %u figures were looked at; check the rest as a document of its own",
                  CHECK_CLAIMS_MAX);
    int result = write_files(checked, ask->store, line, diag);
    if (result) return result;
    print(checked, ask->store, line);
    return check_finds(checked) ? EXIT_FINDINGS : EXIT_DONE;
}

static int run(int argc, char **argv) {
    Line line = {0};
    const Option options[] = {{"data", &line.folder, NULL},
                              {"period", &line.period, NULL},
                              {"json", NULL, &line.json},
                              {"html", &line.html, NULL},
                              {"docx", &line.docx, NULL},
                              {"colours", NULL, &line.colours},
                              {0}};
    char **operands;
    if (command_options(&command_check, argc, argv, options, &operands)) return EXIT_USAGE;
    line.document = operands[0];
    MEM_SCRATCH scratch = talloc_new(NULL);
    Diag *diag = command_diag(scratch);
    CheckAsk ask = {.period = {DATE_NONE, DATE_NONE}};
    if (line.period && !command_period(line.period, &ask.period)) return EXIT_USAGE;
    int result = read_document(scratch, &line, diag, &ask.reading);
    if (!result) result = open_ledger(scratch, &line, diag, &ask);
    return result ? result : answer(scratch, &ask, &line, diag);
}

const Command command_check = {
    .name = "check",
    .arguments = "FILE [--period 2020H1] [--json] [--html FILE] [--docx FILE] [--colours] [--data DIR]",
    .least = 1,
    .most = 1,
    .about = {"核对一份文稿：每个数与台账是否相符，数与数之间是否算得通",
              "check a finished text: every number against the ledger, and the arithmetic between them"},
    .run = run,
};
