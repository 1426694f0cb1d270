/* exchange/idset.c: a bitmap in pages. */
#include "exchange/idset.h"

#include "base/mem.h"

#define PAGE_SIZE 4096u
#define PAGE_IDS  (PAGE_SIZE * 8u)

struct IdSet {
    uint8_t **pages;
    uint64_t end;
};

IdSet *idset_new(const void *ctx, int64_t end) {
    IdSet *set = mem_new(ctx, IdSet);
    set->end = (uint64_t)end;
    set->pages = mem_array(set, uint8_t *, set->end / PAGE_IDS + 1);
    return set;
}

bool idset_add(IdSet *set, int64_t id) {
    uint64_t at = (uint64_t)id;
    if (at >= set->end) return true;
    uint8_t **page = &set->pages[at / PAGE_IDS];
    if (!*page) *page = mem_array(set, uint8_t, PAGE_SIZE);
    uint8_t *byte = &(*page)[at % PAGE_IDS / 8], bit = (uint8_t)(1u << at % 8);
    bool is_new = !(*byte & bit);
    *byte |= bit;
    return is_new;
}
