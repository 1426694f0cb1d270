/* web/web.h: the web application: pages and API over the floors below.
 *
 * request → who is it, may he (site.c) → one call of a floor below → view (JSON) → template (ui/). All requests of a
 * process share one Web; each works on a connection to the folder of its own (pool.h). */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <stdio.h>

#include "http/http.h"
#include "ledger/store.h"

typedef struct Web Web;

#define WEB_API_RATE 600u

typedef struct WebOptions {
    const char *folder; /* the data folder */
    const char *spool;  /* for uploads on their way */
    unsigned api_rate;  /* calls of one token or address in a minute; 0: as many as they like */
} WebOptions;

/* Opens the folder and reads templates. Options outlive it. Owned by ctx. 0, or 1 with findings. */
int web_open(const void *ctx, const WebOptions *options, Diag *diag, Web **ret_web);
/* For http_server_start; lives as long as the Web. */
const HttpSite *web_site(const Web *web);
/* The server, once it runs: its counters are shown by /metrics. */
void web_set_server(Web *web, const HttpServer *server);
/* Reads the definitions again; requests that run keep those they began with. 0, or 1 with findings: nothing changed. */
int web_reload(Web *web, Diag *diag);

/* The table of routes, a line each: method, path, permission, kinds of body, the twin for
 * programs, the scope of tokens. For tests that must not forget one. */
void web_print_routes(FILE *out);

#endif
