/* kinds/file.c: attachments, by the hash of their content: |hash|hash|. The files lie in the data folder. */
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "defn/kinds/kinds.h"

static FieldProblem parse_file(const void *ctx, const Field *field, const FieldInput *input, Value *ret_value) {
    (void)field;
    Buf out = BUF_INIT(ctx);
    char *state = NULL;
    for (char *word = strtok_r(mem_strdup(ctx, input->text), "| \n", &state); word;
         word = strtok_r(NULL, "| \n", &state)) {
        if (strlen(word) != HASH_HEX_SIZE - 1 || strspn(word, "0123456789abcdef") != HASH_HEX_SIZE - 1)
            return field_wrong(ctx, "not-a-file", "files are attached to the record itself; leave the cell empty");
        buf_printf(&out, "%s%s|", out.size ? "" : "|", word);
    }
    *ret_value = VALUE_OF_TEXT(buf_text(&out));
    return FIELD_FINE;
}

const FieldKind kind_file = {
    .name = "file",
    .label = {"附件", "Attachments"},
    .type = TYPE_TEXT,
    .storage = STORE_TEXT,
    .parse = parse_file,
    .show = text_show,
};
