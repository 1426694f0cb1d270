/* web/site.h: what all requests share. Private to web/. */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "web/jobs.h"
#include "web/kept.h"
#include "web/rate.h"
#include "web/templates.h"
#include "web/visit.h"

struct Web {
    WebOptions options;
    Pool *pool;
    Jobs *jobs;
    Templates *templates;
    Rates *rates;
    Kept *kept;
    HttpSite site;
    HttpRoute *routes;    /* made of all routes, in their order */
    WebRoute *web_routes; /* beside them */
    const HttpServer *server;
};

/* The route that a request has come by. */
const WebRoute *site_route(const HttpRequest *request);

#endif
