/* base/mem.h: memory by lifetime.
 *
 * Everything is allocated in a talloc context that has the name of its lifetime: program, catalog,
 * request, scratch. Running out of memory ends the program: every input is bounded, so it means the
 * machine is broken, not the input. Nothing here returns NULL. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <talloc.h>

/* A zeroed object, or a zeroed array of n objects, owned by ctx. */
#define mem_new(ctx, Type)      ((Type *)mem_check(talloc_zero((ctx), Type)))
#define mem_array(ctx, Type, n) ((Type *)mem_check(talloc_zero_array((ctx), Type, (unsigned)(n))))

/* Appends one zeroed element to a talloc-owned array and yields a pointer to it; n grows by one.
 * The array may move: keep indices, not pointers, while it grows. */
#define mem_push(ctx, array, n) ((array) = mem_grow((ctx), (array), (size_t)(n), sizeof *(array)), &(array)[(n)++])

/* A context whose first `size` bytes of small objects cost a pointer bump each; what does not fit comes from the heap.
 * Freeing its children makes the room anew. Under AddressSanitizer an ordinary context, so that nothing hides. */
TALLOC_CTX *mem_pool(const void *ctx, size_t size);

char *mem_strdup(const void *ctx, const char *text);
char *mem_strndup(const void *ctx, const char *text, size_t size);
char *mem_printf(const void *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *mem_vprintf(const void *ctx, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* The array with room for at least one more element behind n, which is zeroed: room beyond it stays untouched. */
void *mem_grow(const void *ctx, void *array, size_t n, size_t size);

/* The pointer itself; ends the program with one line when it is NULL. */
void *mem_check(void *pointer);

/* A scratch context that is freed at the end of the enclosing block. */
static inline void mem_drop(void *pointer) { talloc_free(*(void **)pointer); }
#define MEM_SCRATCH __attribute__((cleanup(mem_drop))) TALLOC_CTX *

#endif
