/* sheet/package.c: parts of a zip file over libzip. */
#include "sheet/package.h"

#include <string.h>
#include <zip.h>

#define PARTS_MAX  20000
#define RATIO_FROM ((uint64_t)64 << 20) /* unpacked bytes below which any ratio will do */
#define DAMAGED    "the file is damaged or cut off; fetch it again, or open it in Excel or WPS and save it anew"

struct Package {
    const SheetFile *file;
    zip_t *zip;
};

struct Part {
    const SheetFile *file;
    zip_file_t *stream;
    uint64_t size, packed; /* as the directory says */
    uint64_t done;
};

static int package_end(Package *package) {
    if (package->zip) zip_discard(package->zip);
    return 0;
}

static int part_end(Part *part) {
    if (part->stream) zip_fclose(part->stream);
    return 0;
}

const SheetFile *package_file(const Package *package) { return package->file; }

static bool is_bomb(uint64_t unpacked, uint64_t packed) {
    return unpacked > SHEET_UNPACKED_MAX || (unpacked > RATIO_FROM && unpacked / SHEET_RATIO_MAX > packed);
}

static int refuse_bomb(const SheetFile *file, Diag *diag) {
    return sheet_refuse_file(file, diag, "sheet-bomb",
                             "the file unpacks to far more than a spreadsheet holds; save the data as csv");
}

/* What the directory says about every part. 0, 1 with findings. */
static int check_directory(Package *package, Diag *diag) {
    zip_int64_t n = zip_get_num_entries(package->zip, 0);
    if (n > PARTS_MAX) return refuse_bomb(package->file, diag);
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t about;
        if (zip_stat_index(package->zip, (zip_uint64_t)i, 0, &about) < 0) continue;
        if ((about.valid & ZIP_STAT_SIZE) && is_bomb(about.size, about.comp_size))
            return refuse_bomb(package->file, diag);
        if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE) {
            return sheet_refuse_file(package->file, diag, "sheet-encrypted",
                                     "the file is encrypted; remove the password and save it again");
        }
    }
    return 0;
}

int package_open(const SheetFile *file, Diag *diag, Package **ret_package) {
    Package *package = mem_new(file, Package);
    package->file = file;
    talloc_set_destructor(package, package_end);
    int error;
    package->zip = zip_open(file->path, ZIP_RDONLY, &error);
    if (!package->zip) return sheet_refuse_file(file, diag, "sheet-damaged", DAMAGED);
    *ret_package = package;
    return check_directory(package, diag);
}

/* Some programs do not keep to the case of names. */
static zip_int64_t find(const Package *package, const char *name) {
    zip_int64_t index = zip_name_locate(package->zip, name, 0);
    return index >= 0 ? index : zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
}

bool package_has(const Package *package, const char *name) { return find(package, name) >= 0; }

char *package_target(const void *ctx, const char *from, const char *target) {
    if (target[0] == '/') return mem_strdup(ctx, target + 1);
    const char *slash = strrchr(from, '/');
    size_t folder = slash ? (size_t)(slash - from) : 0;
    for (;;) {
        if (strncmp(target, "./", 2) == 0) {
            target += 2;
        } else if (strncmp(target, "../", 3) == 0) {
            target += 3;
            while (folder > 0 && from[--folder] != '/') continue;
        } else {
            return mem_printf(ctx, "%.*s%s%s", (int)folder, from, folder ? "/" : "", target);
        }
    }
}

int part_open(const void *ctx, Package *package, const char *name, Diag *diag, Part **ret_part) {
    zip_int64_t index = find(package, name);
    zip_stat_t about;
    Part *part = mem_new(ctx, Part);
    part->file = package->file;
    talloc_set_destructor(part, part_end);
    if (index >= 0 && zip_stat_index(package->zip, (zip_uint64_t)index, 0, &about) == 0) {
        part->size = about.size;
        part->packed = about.comp_size;
        part->stream = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    }
    if (!part->stream) {
        talloc_free(part);
        return sheet_refuse_file(package->file, diag, "sheet-damaged", DAMAGED);
    }
    *ret_part = part;
    return 0;
}

int part_read(Part *part, char *bytes, size_t room, Diag *diag, size_t *ret_size) {
    zip_int64_t n = zip_fread(part->stream, bytes, room);
    if (n < 0) {
        sheet_refuse_file(part->file, diag, "sheet-damaged", DAMAGED);
        return -1;
    }
    part->done += (uint64_t)n;
    if (part->done > part->size || is_bomb(part->done, part->packed)) {
        refuse_bomb(part->file, diag);
        return -1;
    }
    *ret_size = (size_t)n;
    return n > 0;
}

uint64_t part_size(const Part *part) { return part->size; }

double part_progress(const Part *part) { return part->size ? (double)part->done / (double)part->size : 1; }
