/* defn/permission.c: the words of permission.h, one row each. */
#include "defn/permission.h"

#include <string.h>

#include "base/text.h"

const Permission permission_all[] = {
    /* business */
    {"ledger:read", {"查看台账记录", "see records"}, true, true},
    {"ledger:edit", {"登记和修改记录", "enter and change records"}, true, true},
    {"ledger:import", {"导入表格", "import spreadsheets"}, true, true},
    {"ledger:export", {"导出表格", "export spreadsheets"}, true, true},
    {"personal:masked", {"查看遮盖后的个人信息", "see personal fields masked"}, true, true},
    {"personal:unmask", {"说明理由后查看个人信息", "see personal fields after giving a reason"}, true, true},
    {"figure:read", {"查看指标数值", "see figures"}, true, true},
    {"report:read", {"查看总结", "see summaries"}, true, true},
    {"report:write", {"起草总结", "write summaries"}, true, true},
    {"report:issue", {"印发总结", "issue summaries"}, true, true},
    {"check:run", {"核对文稿", "check texts"}, true, true},
    {"errand:ask", {"转办、请人会签和抄送", "hand records on, have them signed, send copies"}, true, true},
    {"delegation:give", {"外出时委托他人代办", "have others act while away"}, true, true},
    /* the house */
    {"account:manage", {"管理账号和单位", "manage accounts and units"}, false, false},
    {"role:grant", {"授予和收回角色", "give and take roles"}, false, false},
    {"definitions:manage", {"管理台账和指标的定义", "manage definitions"}, false, true},
    {"system:operate", {"备份、恢复和检查", "back up, restore and examine"}, false, true},
    {"audit:read", {"查看变更、登录和授权日志", "read the logs"}, false, true},
    {0},
};

const Permission *permission_find(const char *word) {
    for (const Permission *permission = permission_all; permission->word; permission++)
        if (!strcmp(permission->word, word)) return permission;
    return NULL;
}

const char *permission_nearest(const char *word) {
    enum { N = sizeof permission_all / sizeof permission_all[0] - 1 };
    const char *words[N];
    for (size_t i = 0; i < N; i++) words[i] = permission_all[i].word;
    return text_nearest(word, words, N);
}

bool scope_is_word(const char *word) {
    static const char *const words[] = {"own", "unit", "town", "subtree", "county"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strcmp(words[i], word)) return true;
    return false;
}
