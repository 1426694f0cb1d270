/* base/relations.c: the relationships of a part of a package. Targets and types are matched by their last word, which
 * is the same in ECMA and strict OOXML. */
#include <string.h>

#include "base/mem.h"
#include "base/package.h"
#include "base/xml.h"

#define RELATIONS_MAX 16384u

/* The part a relationship of the part `from` means: targets are relative to its folder or, with a slash, absolute. */
static char *find_target(const void *ctx, const char *from, const char *target) {
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

static void on_relation(void *data, const char *name, const XmlAttributes *attributes) {
    Relations *relations = data;
    if (strcmp(name, "Relationship") != 0 || relations->n == RELATIONS_MAX) return;
    const char *id = xml_attribute_copy(relations, attributes, "Id");
    const char *type = xml_attribute_copy(relations, attributes, "Type");
    const char *target = xml_attribute_copy(relations, attributes, "Target");
    if (!id || !type || !target) return;
    const char *slash = strrchr(type, '/');
    *mem_push(relations, relations->list, relations->n) = (Relation){
        .id = id,
        .type = slash ? slash + 1 : type,
        .part = find_target(relations, relations->from, target),
    };
}

char *relations_part(const void *ctx, const char *from) {
    const char *slash = strrchr(from, '/');
    int folder = slash ? (int)(slash + 1 - from) : 0;
    return mem_printf(ctx, "%.*s_rels/%s.rels", folder, from, from + folder);
}

int relations_read(const void *ctx, Package *package, const char *from, Diag *diag, Relations **ret_relations) {
    static const XmlEvents EVENTS = {.start = on_relation};
    Relations *relations = mem_new(ctx, Relations);
    relations->from = from;
    *ret_relations = relations;
    return xml_read_part(package, relations_part(relations, from), &EVENTS, relations, diag);
}

const char *relations_find(const Relations *relations, const char *id, const char *type) {
    for (size_t i = 0; i < relations->n; i++) {
        const Relation *relation = &relations->list[i];
        if ((!id || strcmp(relation->id, id) == 0) && strcmp(relation->type, type) == 0) return relation->part;
    }
    return NULL;
}
