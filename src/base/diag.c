/* base/diag.c: the list of findings. Everything a finding shows is copied, so it outlives the input it speaks of. */
#include "base/diag.h"

#include <inttypes.h>

#include "base/buf.h"

Diag *diag_new(const void *ctx) { return mem_new(ctx, Diag); }

static const char *copy(const void *ctx, const char *text) { return text ? mem_strdup(ctx, text) : NULL; }

static Finding finding_copy(const void *ctx, Finding finding) {
    finding.at.file = copy(ctx, finding.at.file);
    finding.at.sheet = copy(ctx, finding.at.sheet);
    finding.at.field = copy(ctx, finding.at.field);
    finding.code = copy(ctx, finding.code);
    finding.value = copy(ctx, finding.value);
    finding.say = (Label){.zh = copy(ctx, finding.say.zh), .en = copy(ctx, finding.say.en)};
    return finding;
}

void diag_add(Diag *diag, DiagLevel level, Place at, const char *code, const char *value, Label say) {
    Finding finding = {.level = level, .at = at, .code = code, .value = value, .say = say};
    if (level == DIAG_ERROR) diag->errors++;
    if (level == DIAG_WARN) diag->warnings++;
    if (diag->on_add) {
        diag->on_add(&finding, diag->data);
    } else if (diag->count >= DIAG_MAX) {
        diag->dropped++;
    } else {
        *mem_push(diag, diag->list, diag->count) = finding_copy(diag, finding);
    }
}

__attribute__((format(printf, 5, 0))) static void add_formatted(Diag *diag, DiagLevel level, Place at, const char *code,
                                                                const char *english, va_list args) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    diag_add(diag, level, at, code, NULL, label_vformat(scratch, english, args));
}

void diag_error(Diag *diag, Place at, const char *code, const char *english, ...) {
    va_list args;
    va_start(args, english);
    add_formatted(diag, DIAG_ERROR, at, code, english, args);
    va_end(args);
}

void diag_warn(Diag *diag, Place at, const char *code, const char *english, ...) {
    va_list args;
    va_start(args, english);
    add_formatted(diag, DIAG_WARN, at, code, english, args);
    va_end(args);
}

void diag_note(Diag *diag, Place at, const char *code, const char *english, ...) {
    va_list args;
    va_start(args, english);
    add_formatted(diag, DIAG_NOTE, at, code, english, args);
    va_end(args);
}

/* `file:line:column: ` in text, `file:sheet:row 12:field: ` in a sheet, nothing without a file. */
static void add_place(Buf *buf, Place at) {
    if (!at.file) return;
    buf_add(buf, at.file);
    if (at.line) {
        buf_printf(buf, ":%u", at.line);
        if (at.column) buf_printf(buf, ":%u", at.column);
    } else {
        if (at.sheet) buf_printf(buf, ":%s", at.sheet);
        if (at.row) buf_printf(buf, ":row %" PRIu64, at.row);
        if (at.field) buf_printf(buf, ":%s", at.field);
    }
    buf_add(buf, ": ");
}

char *diag_line(const void *ctx, const Finding *finding) {
    static const Label LEVELS[] = {
        [DIAG_NOTE] = {.zh = "提示：", .en = "note: "},
        [DIAG_WARN] = {.zh = "警告：", .en = "warning: "},
        [DIAG_ERROR] = {.zh = "", .en = ""},
    };
    Buf line = BUF_INIT(ctx);
    add_place(&line, finding->at);
    buf_add(&line, label_text(LEVELS[finding->level]));
    buf_add(&line, label_text(finding->say));
    return line.data;
}

void diag_print_one(const Finding *finding, FILE *out) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    fprintf(out, "%s\n", diag_line(scratch, finding));
}

void diag_print(const Diag *diag, FILE *out) {
    for (size_t i = 0; i < diag->count; i++) diag_print_one(&diag->list[i], out);
    if (diag->dropped) {
        MEM_SCRATCH scratch = talloc_new(NULL);
        fprintf(out, "%s\n", label_text(label_format(scratch, "%zu more findings are not shown", diag->dropped)));
    }
}
