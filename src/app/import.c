/* app/import.c: kezhang import: a spreadsheet into a ledger, or a batch back out. */
#include "exchange/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "base/json.h"
#include "base/mem.h"

#define GIVEN_MAX 32

typedef struct Line {
    const char *folder, *marked, *undo, *set;
    unsigned sheet; /* from 1; 0: the first that fits */
    bool dry_run, json;
} Line;

static void keep_problem(const Finding *finding, void *data) { json_array_append_new(data, json_finding(finding)); }

static void print_result(const ImportResult *result, bool dry_run) {
    (void)printf(dry_run
                     ? _("would import into %s: %lld rows read, %lld new, %lld changed, %lld unchanged, %lld refused\n")
                     : _("imported into %s: %lld rows read, %lld new, %lld changed, %lld unchanged, %lld refused\n"),
                 label_text(result->ledger->title), (long long)result->read, (long long)result->created,
                 (long long)result->updated, (long long)result->unchanged, (long long)result->refused);
    if (result->batch)
        (void)printf(_("batch %lld; take it back with: kezhang import --undo %lld\n"), (long long)result->batch,
                     (long long)result->batch);
}

static void print_json(const void *ctx, const ImportResult *result, json_t *problems) {
    json_t *object = json_keep(ctx, json_object());
    json_object_set_new(object, "batch", result->batch ? json_integer(result->batch) : json_null());
    json_object_set_new(object, "ledger", json_text_or_null(result->ledger ? result->ledger->name.text : NULL));
    json_object_set_new(object, "read", json_integer(result->read));
    json_object_set_new(object, "created", json_integer(result->created));
    json_object_set_new(object, "updated", json_integer(result->updated));
    json_object_set_new(object, "unchanged", json_integer(result->unchanged));
    json_object_set_new(object, "refused", json_integer(result->refused));
    json_object_set(object, "problems", problems);
    json_print(object, stdout);
}

static bool show_progress(double part, int64_t rows, void *data) {
    command_progress(data, part, rows);
    return true;
}

static int undo(const void *ctx, Store *store, const Line *line, Diag *diag, json_t *problems) {
    ImportResult result = {0};
    Actor actor = actor_at_command_line(ctx);
    char *end;
    int64_t batch = strtoll(line->undo, &end, 10);
    if (end == line->undo || *end) {
        diag_error(diag, PLACE_NONE, "not-a-batch", "--undo asks for the number of a batch; the import printed it");
        return EXIT_USAGE;
    }
    int refused = import_undo(store, batch, &actor, diag, &result);
    if (problems)
        print_json(ctx, &result, problems);
    else if (!refused)
        (void)printf(_("batch %lld taken back: %lld records withdrawn, %lld restored\n"), (long long)batch,
                     (long long)result.created, (long long)result.updated);
    return refused ? EXIT_USAGE : EXIT_DONE;
}

/* FIELD=VALUE;FIELD=VALUE into given. How many, or -1 with a finding. */
static int read_given(const void *ctx, const char *text, ImportGiven given[GIVEN_MAX], Diag *diag) {
    int n = 0;
    char *state = NULL;
    for (char *part = strtok_r(mem_strdup(ctx, text), ";", &state); part; part = strtok_r(NULL, ";", &state)) {
        char *sign = strchr(part, '=');
        if (!sign || sign == part || !sign[1] || n == GIVEN_MAX) {
            diag_error(diag, PLACE_NONE, "not-given", "--set asks for FIELD=VALUE, several with ; between them");
            return -1;
        }
        *sign = '\0';
        given[n++] = (ImportGiven){part, sign + 1};
    }
    return n;
}

static int import(const void *ctx, Store *store, const Line *line, char **operands, Diag *diag, json_t *problems) {
    const Ledger *ledger = command_ledger(store, operands[0]);
    ImportGiven given[GIVEN_MAX];
    int n_given = ledger && line->set ? read_given(ctx, line->set, given, diag) : 0;
    if (!ledger || n_given < 0) return EXIT_USAGE;
    ImportOptions options = {
        .mapping = {.sheet = line->sheet, .given = given, .n_given = (size_t)n_given},
        .dry_run = line->dry_run,
        .marked = line->marked,
        .actor = actor_at_command_line(ctx),
        .progress = show_progress,
        .data = (void *)(uintptr_t)operands[1],
    };
    ImportResult result = {.ledger = ledger};
    int refused = import_file(store, ledger, operands[1], &options, diag, &result);
    if (problems)
        print_json(ctx, &result, problems);
    else if (!refused)
        print_result(&result, line->dry_run);
    return refused ? EXIT_USAGE : result.refused ? EXIT_FINDINGS : EXIT_DONE;
}

static int run(int argc, char **argv) {
    Line line = {0};
    const Option options[] = {{"data", &line.folder, NULL},
                              {"sheet", .count = &line.sheet},
                              {"marked", &line.marked, NULL},
                              {"undo", &line.undo, NULL},
                              {"set", &line.set, NULL},
                              {"dry-run", NULL, &line.dry_run},
                              {"json", NULL, &line.json},
                              {0}};
    char **operands;
    if (command_options(&command_import, argc, argv, options, &operands)) return EXIT_USAGE;
    bool fits = line.undo ? !operands[0] : operands[0] && operands[1];
    if (!fits) return command_usage(&command_import);
    MEM_SCRATCH scratch = talloc_new(NULL);
    Store *store;
    int result = command_open(scratch, line.folder, STORE_BULK, &store);
    if (result) return result;
    Diag *diag = command_diag(scratch);
    json_t *problems = NULL;
    if (line.json) {
        diag->on_add = keep_problem;
        diag->data = problems = json_keep(scratch, json_array());
    }
    return line.undo ? undo(scratch, store, &line, diag, problems)
                     : import(scratch, store, &line, operands, diag, problems);
}

const Command command_import = {
    .name = "import",
    .arguments = "LEDGER FILE [--sheet N] [--set FIELD=VALUE;…] [--dry-run] [--marked FILE.xlsx] [--json] [--data DIR]"
                 "  |  --undo BATCH",
    .most = 2,
    .about = {"导入表格（可先试导），或撤销一个批次", "import a spreadsheet (or try it), or take a batch back"},
    .run = run,
};
