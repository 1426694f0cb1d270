/* base/package.c: parts of a zip file over libzip. */
#include "base/package.h"

#include <string.h>
#include <zip.h>

#include "base/mem.h"

#define PARTS_MAX  20000
#define RATIO_FROM ((uint64_t)64 << 20) /* unpacked bytes below which any ratio will do */

struct Package {
    const char *name;
    const PackageTerms *terms;
    zip_t *zip;
};

struct PackagePart {
    const Package *package;
    zip_file_t *stream;
    uint64_t size, packed; /* as the directory says */
    uint64_t done;
};

static int package_end(Package *package) {
    if (package->zip) zip_discard(package->zip);
    return 0;
}

static int part_end(PackagePart *part) {
    if (part->stream) zip_fclose(part->stream);
    return 0;
}

const PackageTerms *package_terms(const Package *package) { return package->terms; }

int package_refuse(const Package *package, Diag *diag, PackageSay say) {
    diag_add(diag, DIAG_ERROR, PLACE_FILE(package->name), say.code, NULL,
             (Label){.zh = lang_tr(LANG_ZH, say.english), .en = say.english});
    return 1;
}

static bool is_bomb(const PackageTerms *terms, uint64_t unpacked, uint64_t packed) {
    return unpacked > terms->unpacked_max || (unpacked > RATIO_FROM && unpacked / terms->ratio_max > packed);
}

/* What the directory says about every part. 0, 1 with findings. */
static int check_directory(Package *package, Diag *diag) {
    zip_int64_t n = zip_get_num_entries(package->zip, 0);
    const PackageTerms *terms = package->terms;
    if (n > PARTS_MAX) return package_refuse(package, diag, terms->bomb);
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t about;
        if (zip_stat_index(package->zip, (zip_uint64_t)i, 0, &about) < 0) continue;
        if ((about.valid & ZIP_STAT_SIZE) && is_bomb(terms, about.size, about.comp_size))
            return package_refuse(package, diag, terms->bomb);
        if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
            return package_refuse(package, diag, terms->encrypted);
    }
    return 0;
}

static Package *package_new(const void *ctx, const char *name, const PackageTerms *terms) {
    Package *package = mem_new(ctx, Package);
    package->name = mem_strdup(package, name);
    package->terms = terms;
    talloc_set_destructor(package, package_end);
    return package;
}

static int check_open(Package *package, Diag *diag, Package **ret_package) {
    if (!package->zip) return package_refuse(package, diag, package->terms->damaged);
    *ret_package = package;
    return check_directory(package, diag);
}

int package_open(const void *ctx, const char *path, const PackageTerms *terms, Diag *diag, Package **ret_package) {
    Package *package = package_new(ctx, path, terms);
    int error;
    package->zip = zip_open(path, ZIP_RDONLY, &error);
    return check_open(package, diag, ret_package);
}

int package_open_bytes(const void *ctx, const char *name, const char *bytes, size_t size, const PackageTerms *terms,
                       Diag *diag, Package **ret_package) {
    Package *package = package_new(ctx, name, terms);
    zip_source_t *source = mem_check(zip_source_buffer_create(bytes, size, 0, NULL));
    package->zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (!package->zip) zip_source_free(source);
    return check_open(package, diag, ret_package);
}

/* Some programs do not keep to the case of names. */
static zip_int64_t find(const Package *package, const char *name) {
    zip_int64_t index = zip_name_locate(package->zip, name, 0);
    return index >= 0 ? index : zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
}

bool package_has(const Package *package, const char *name) { return find(package, name) >= 0; }

int part_open(const void *ctx, Package *package, const char *name, Diag *diag, PackagePart **ret_part) {
    zip_int64_t index = find(package, name);
    zip_stat_t about;
    PackagePart *part = mem_new(ctx, PackagePart);
    part->package = package;
    talloc_set_destructor(part, part_end);
    if (index >= 0 && zip_stat_index(package->zip, (zip_uint64_t)index, 0, &about) == 0) {
        part->size = about.size;
        part->packed = about.comp_size;
        part->stream = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    }
    if (!part->stream) {
        talloc_free(part);
        return package_refuse(package, diag, package->terms->damaged);
    }
    *ret_part = part;
    return 0;
}

int part_read(PackagePart *part, char *bytes, size_t room, Diag *diag, size_t *ret_size) {
    zip_int64_t n = zip_fread(part->stream, bytes, room);
    if (n < 0) {
        package_refuse(part->package, diag, part->package->terms->damaged);
        return -1;
    }
    part->done += (uint64_t)n;
    const PackageTerms *terms = part->package->terms;
    if (part->done > part->size || is_bomb(terms, part->done, part->packed)) {
        package_refuse(part->package, diag, terms->bomb);
        return -1;
    }
    *ret_size = (size_t)n;
    return n > 0;
}

const Package *part_package(const PackagePart *part) { return part->package; }

uint64_t part_size(const PackagePart *part) { return part->size; }

double part_progress(const PackagePart *part) { return part->size ? (double)part->done / (double)part->size : 1; }
