/* web/visit.h: one request of somebody: who he is, what he may, and the connection that answers. Private to web/.
 *
 * A page is a row of a table (WebRoute) and a function over a Visit. Who calls, whether he may and that the request
 * comes from our own page have been asked before it runs (site.c). */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include "base/json.h"
#include "http/response.h"
#include "people/permission.h"
#include "people/rows.h"
#include "people/session.h"
#include "people/token.h"
#include "web/pool.h"
#include "web/web.h"

typedef struct Visit {
    HttpRequest *request;
    HttpResponse *response;
    Web *web;
    const void *ctx; /* of the request */
    Store *store;    /* set while a page runs */
    People people;
    Session *session;       /* of a browser; NULL: a stranger, or a program */
    Token *token;           /* of a program; NULL: none */
    Account *account;       /* of either; NULL: a stranger */
    Mandate *mandate;       /* of whoever is in */
    Actor actor;            /* the same for the door of writes */
    const Catalog *catalog; /* that the mandate was read by */
    int64_t moment;         /* of the folder at which it was read: what is read later is as new at least */
    const Ledger *ledger;   /* that the path names, or NULL */
    Diag *diag;             /* what is wrong with what was sent */
    int64_t made;           /* the id of what a deed has made, for the program that asked for it; 0: none */
    const char *page;       /* the text of the page that was shown, its token not in place yet (frame.c), or NULL */
    json_t *told;           /* what else a deed tells such a program, or NULL (visit_tell) */
    Lang lang;
    char now[INSTANT_SIZE];
} Visit;

/* What a page answers besides 0 and a fault; site.c knows the status of each. */
enum {
    WEB_MISSING = 1, /* 404: there is none, or none for him */
    WEB_REFUSED,     /* 403 */
    WEB_WRONG,       /* 422: findings in visit->diag */
    WEB_CONFLICT,    /* 409: somebody was faster */
    WEB_BAD,         /* 400 */
    WEB_TOO_MANY,    /* 429 */
};

typedef int (*WebPage)(Visit *visit);

/* What a call for programs takes besides its path: in the query, or as members of a JSON object. Tables end with a
 * zeroed row. */
typedef enum {
    INPUT_TEXT,
    INPUT_NUMBER,
    INPUT_DAY,    /* 2020-07-05 */
    INPUT_PERIOD, /* 2020H1 */
    INPUT_YES,    /* true or false */
    INPUT_TEXTS,  /* several */
    INPUT_NUMBERS,
    INPUT_VALUES, /* of a record, by field; the call reads them itself */
    INPUT_FIELDS, /* an object of texts, each a field of the form: its prefix and the member's name */
    INPUT_FILE,   /* a part of multipart/form-data */
} InputKind;

typedef struct WebInput {
    const char *name;
    InputKind kind;
    Label about;
    bool required;
    const char *prefix; /* before its name (of INPUT_FIELDS: before each) as a field of the form */
} WebInput;

/* A page for programs: the same route once more, under an address of its own. What asks answers in JSON in the place of
 * the page. What does something is the page's own function, which then reads the members of a JSON object as the
 * fields of its form; `answer` says afterwards how it stands (NULL: what the deed told, or nothing). */
typedef struct WebApi {
    const char *pattern;
    Label about;
    WebPage answer;
    const WebInput *takes;
    const char *gives; /* schema of the answer (ui/api/schemas.json), or NULL: nothing */
    const char *scope; /* as in WebRoute */
    HttpMethod method; /* instead of the page's; GET: the page's */
    bool again;        /* may be done again without harm, so that no key is kept */
} WebApi;

#define API_PREFIX "/api/v1"
#define INPUTS(...)                                                                                                    \
    (const WebInput[]) {                                                                                               \
        __VA_ARGS__, { 0 }                                                                                             \
    }
#define API(...)                                                                                                       \
    &(const WebApi) { __VA_ARGS__ }

/* permission: a word of defn/permission.h, several with | between of which one is enough, or
 *   anyone    also strangers
 *   self      whoever is in, even while his password is due
 *   member    whoever is in
 * A path with {ledger} asks for the word on that ledger. */
typedef struct WebRoute {
    HttpMethod method;
    const char *pattern, *permission;
    WebPage show;
    unsigned takes; /* HttpTakes */
    size_t body_max;
    bool lasts;        /* the page says nothing but what is written in the bureau and stands until more is */
    bool waits;        /* for a writer, a password hash, many rows: runs beside the server's threads */
    const WebApi *api; /* the same for programs, or NULL */
    /* of routes for programs alone: */
    Label about;            /* what it does, for the description */
    const WebInput *inputs; /* what it takes, for the description and for bodies */
    const char *gives;      /* schema of its answer */
    unsigned status;        /* of its answer; 0: 200, or 204 where it gives nothing */
    const char *scope;      /* words with |, one of which a token must carry besides, or NULL */
    WebPage answer;         /* after `show`, or NULL */
    bool once_inside;       /* it keeps the keys of programs itself, within its own transaction (ledger/once.h) */
    bool basic;             /* a feed: a token may also come as the password of HTTP Basic */
} WebRoute;

/* Every route with its twin for programs laid out behind it; lent until take returns. */
typedef void (*WebRouteTake)(const WebRoute *route, void *data);
void web_routes_each(WebRouteTake take, void *data);

#define WEB_FORM_MAX ((size_t)256 << 10)

/* The tables of the pages, each ended by a zeroed row, and NULL behind the last. */
extern const WebRoute *const web_routes[];

/* --- what was asked --- */

/* A segment of the path, a parameter of the query, a field of the form; "" when it was not given. */
const char *visit_segment(const Visit *visit, const char *name);
const char *visit_query(const Visit *visit, const char *name);
const char *visit_form(const Visit *visit, const char *name);
/* A whole positive number, or 0. */
int64_t visit_number(const char *text);
/* Whether htmx asks for a part of the page. */
bool visit_wants_part(const Visit *visit);
/* Whether the path is of the API: refusals are problem+json. */
bool visit_is_api(const HttpRequest *request);

/* Whether he may, on some record at least. */
bool visit_may(const Visit *visit, const char *word, const Ledger *ledger);

/* --- answers --- */

/* What a deed tells a program besides what it made; used up. Pages do not show it. */
void visit_tell(Visit *visit, const char *name, json_t *value);
/* To another page, with words to be shown there once; nothing of it for a program. Returns 0. */
int visit_go(Visit *visit, const char *target);
int visit_go_saying(Visit *visit, const char *target, const char *words);

#endif
