/* ledger/doctor.c: the checks, one row each. A check looks and says what it sees; the row has what to do about it. */
#include "ledger/doctor.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "ledger/migrate.h"

#define SPACE_LOW       ((uint64_t)2 << 30)   /* bytes: a backup may not fit any more */
#define SPACE_NONE      ((uint64_t)200 << 20) /* bytes: soon nothing can be written */
#define POSTGRES_LEAST  130000
#define CLOCK_YEAR      2024 /* no folder of this program is older */
#define NOVEMBER        11   /* when the State Council publishes the holidays of the next year */
#define OTHERS          (S_IRWXO)
#define GROUP_OR_OTHERS (S_IRWXG | S_IRWXO)

typedef struct Visit {
    const void *ctx;
    const char *folder;
    Store *store; /* NULL when it cannot be opened */
    Diag *diag;
} Visit;

/* What a check sees, in words; gives the level back, so that a check ends with it. */
__attribute__((format(printf, 4, 5))) static DiagLevel see(const Visit *visit, Label *ret_say, DiagLevel level,
                                                           const char *english, ...) {
    va_list args;
    va_start(args, english);
    *ret_say = label_vformat(visit->ctx, english, args);
    va_end(args);
    return level;
}

/* --- from outside --- */

static DiagLevel look_at_folder(const Visit *visit, Label *ret_say) {
    struct stat about;
    if (stat(visit->folder, &about) || !S_ISDIR(about.st_mode))
        return see(visit, ret_say, DIAG_ERROR, "there is no such folder");
    if (access(visit->folder, R_OK | W_OK | X_OK)) return see(visit, ret_say, DIAG_ERROR, "you may not write there");
    if (about.st_mode & OTHERS) return see(visit, ret_say, DIAG_WARN, "other users of this machine can look into it");
    return see(visit, ret_say, DIAG_NOTE, "only its owner and group can look into it");
}

static DiagLevel look_at_key(const Visit *visit, Label *ret_say) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    struct stat about;
    if (stat(mem_printf(scratch, "%s/seal.key", visit->folder), &about))
        return see(visit, ret_say, DIAG_ERROR, "the key file is missing");
    if (about.st_mode & GROUP_OR_OTHERS) return see(visit, ret_say, DIAG_ERROR, "others can read the key file");
    return see(visit, ret_say, DIAG_NOTE, "only its owner can read it");
}

static DiagLevel look_at_space(const Visit *visit, Label *ret_say) {
    struct statvfs disk;
    if (statvfs(visit->folder, &disk)) return see(visit, ret_say, DIAG_WARN, "the disk cannot be asked");
    uint64_t space = (uint64_t)disk.f_bavail * disk.f_frsize;
    DiagLevel level = space < SPACE_NONE ? DIAG_ERROR : space < SPACE_LOW ? DIAG_WARN : DIAG_NOTE;
    return see(visit, ret_say, level, "%" PRIu64 " MiB are free", space >> 20);
}

/* --- from inside --- */

/* The first column of the first row as text, owned by ctx; NULL on a fault, whose words are in db_error. */
static char *ask(const void *ctx, Db *db, const char *sql) {
    Stmt *stmt;
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (db_prepare(scratch, db, sql, &stmt) || stmt_step(stmt) != DB_ROW) return NULL;
    const char *text = stmt_text(stmt, 0);
    return mem_strdup(ctx, text ? text : "");
}

static DiagLevel look_at_server(const Visit *visit, Label *ret_say) {
    Db *db = visit->store->db;
    const char *version = ask(visit->ctx, db, "SHOW server_version_num");
    const char *encoding = ask(visit->ctx, db, "SHOW server_encoding");
    if (!version || !encoding) return see(visit, ret_say, DIAG_ERROR, "the server refused: %s", db_error(db));
    bool fine = atoi(version) >= POSTGRES_LEAST && !strcmp(encoding, "UTF8");
    return see(visit, ret_say, fine ? DIAG_NOTE : DIAG_ERROR, "PostgreSQL %s, encoding %s", version, encoding);
}

static DiagLevel look_at_database(const Visit *visit, Label *ret_say) {
    Db *db = visit->store->db;
    if (db_dialect(db)->is_server) return look_at_server(visit, ret_say);
    const char *answer = ask(visit->ctx, db, "PRAGMA integrity_check(1)");
    if (!answer) return see(visit, ret_say, DIAG_ERROR, "the database refused: %s", db_error(db));
    if (strcmp(answer, "ok")) return see(visit, ret_say, DIAG_ERROR, "the database is damaged: %s", answer);
    return see(visit, ret_say, DIAG_NOTE, "every page is sound");
}

static DiagLevel look_at_definitions(const Visit *visit, Label *ret_say) {
    MEM_SCRATCH scratch = talloc_new(NULL);
    const Catalog *catalog = visit->store->catalog;
    const Catalog *before = migrate_kept_catalog(scratch, visit->store, visit->diag);
    if (!before) return see(visit, ret_say, DIAG_ERROR, "the definitions kept in the folder cannot be read");
    DefnChange *changes;
    size_t n = defn_diff(scratch, before, catalog, &changes), lossy = 0;
    if (!n) return see(visit, ret_say, DIAG_NOTE, "the tables fit the definitions");
    for (size_t i = 0; i < n; i++) lossy += changes[i].lossy;
    return see(visit, ret_say, lossy ? DIAG_ERROR : DIAG_WARN,
               "%zu changes of definitions are not in the tables yet, %zu of them lose data", n, lossy);
}

static DiagLevel look_at_calendar(const Visit *visit, Label *ret_say) {
    int year, month, day;
    date_split(date_today(), &year, &month, &day);
    const Calendar *calendar = visit->store->calendar;
    bool this = calendar && calendar_covers(calendar, date_make(year, 12, 31));
    bool next = calendar && calendar_covers(calendar, date_make(year + 1, 12, 31));
    if (this && next) return see(visit, ret_say, DIAG_NOTE, "it has %d and %d", year, year + 1);
    if (!this)
        return see(visit, ret_say, DIAG_WARN, "it does not have %d: terms in working days are provisional", year);
    return see(visit, ret_say, month > NOVEMBER ? DIAG_WARN : DIAG_NOTE,
               "it does not have %d yet, published in November", year + 1);
}

/* The cheap part of verify: the bureau's head is the last row of the log. */
static DiagLevel look_at_log(const Visit *visit, Label *ret_say) {
    Stmt *stmt;
    Db *db = visit->store->db;
    MEM_SCRATCH scratch = talloc_new(NULL);
    if (db_prepare(scratch, db,
                   "SELECT o.seq, (SELECT max(c.seq) FROM change c WHERE c.org = o.org),"
                   " (SELECT count(*) FROM change c WHERE c.org = o.org AND c.seq = o.seq AND c.hash = o.hash)"
                   " FROM org o WHERE o.org = ?1",
                   &stmt))
        return see(visit, ret_say, DIAG_ERROR, "the database refused: %s", db_error(db));
    stmt_bind_int(stmt, 1, visit->store->org);
    if (stmt_step(stmt) != DB_ROW) return see(visit, ret_say, DIAG_ERROR, "the bureau has no row");
    int64_t head = stmt_int(stmt, 0), last = stmt_int(stmt, 1);
    if (last != head)
        return see(visit, ret_say, DIAG_ERROR, "it ends with change %" PRId64 ", the bureau's head is change %" PRId64,
                   last, head);
    if (head && !stmt_int(stmt, 2))
        return see(visit, ret_say, DIAG_ERROR, "its last change has not the hash of the bureau's head");
    return see(visit, ret_say, DIAG_NOTE, "it ends with change %" PRId64, last);
}

static DiagLevel look_at_clock(const Visit *visit, Label *ret_say) {
    char now[INSTANT_SIZE];
    instant_now(now);
    if (atoi(now) < CLOCK_YEAR) return see(visit, ret_say, DIAG_ERROR, "it says %s", now);
    const char *last = visit->store ? ask(visit->ctx, visit->store->db, "SELECT max(at) FROM change") : NULL;
    if (last && strcmp(last, now) > 0)
        return see(visit, ret_say, DIAG_ERROR, "it says %s, but the last change was made at %s", now, last);
    return see(visit, ret_say, DIAG_NOTE, "it says %s", now);
}

/* --- the list --- */

static const struct DoctorCheck {
    const char *name; /* stable word for programs */
    DiagLevel (*look)(const Visit *visit, Label *ret_say);
    bool inside; /* needs an open folder */
    const char *title, *advice;
} checks[] = {
    {"folder", look_at_folder, false, N_("the data folder"), N_("see to its owner and run: chmod 750 on it")},
    {"key", look_at_key, false, N_("the key of personal numbers"),
     N_("put back your copy of seal.key and run: chmod 600 on it")},
    {"space", look_at_space, false, N_("the disk"), N_("make room or move the folder to a larger disk")},
    {"database", look_at_database, true, N_("the database"),
     N_("restore a backup; a server must be PostgreSQL 13 or newer with encoding UTF8")},
    {"definitions", look_at_definitions, true, N_("the definitions"),
     N_("see kezhang defs diff, then run kezhang migrate")},
    {"calendar", look_at_calendar, true, N_("the working-day calendar"), N_("install a newer version of the program")},
    {"log", look_at_log, true, N_("the change log"), N_("run kezhang verify")},
    {"clock", look_at_clock, false, N_("the clock"),
     N_("set the clock of this machine, then find out how it went wrong")},
};

static void report(const Visit *visit, const struct DoctorCheck *check, DiagLevel level, Label say) {
    const char *format = level == DIAG_NOTE ? N_("%s: %s") : N_("%s: %s; %s");
    Label line;
    line.en = mem_printf(visit->ctx, format, check->title, say.en, check->advice);
    line.zh = mem_printf(visit->ctx, lang_tr(LANG_ZH, format), lang_tr(LANG_ZH, check->title), say.zh,
                         lang_tr(LANG_ZH, check->advice));
    diag_add(visit->diag, level, PLACE_FILE(visit->folder), check->name, NULL, line);
}

int doctor_run(const void *ctx, const char *folder, Diag *diag) {
    TALLOC_CTX *scratch = talloc_new(ctx);
    size_t before = diag->errors + diag->warnings;
    Visit visit = {.ctx = scratch, .folder = folder, .diag = diag};
    (void)store_open(scratch, folder, STORE_READ_ONLY | STORE_ANY_DEFINITIONS, diag, &visit.store);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (checks[i].inside && !visit.store) continue;
        Label say;
        DiagLevel level = checks[i].look(&visit, &say);
        report(&visit, &checks[i], level, say);
    }
    talloc_free(scratch);
    return diag->errors + diag->warnings > before;
}
