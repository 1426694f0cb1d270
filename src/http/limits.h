/* http/limits.h: every bound of the server. Body sizes stand in the routes. */
#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H

#define HTTP_THREADS             4u
#define HTTP_WORKERS             16u  /* threads for handlers of routes that wait */
#define HTTP_WAITING             512u /* requests that stand before them; who comes then is answered with 503 */
#define HTTP_RETRY_SECONDS       2    /* what the 503 asks the sender to wait */
#define HTTP_CONNECTIONS         12000u
#define HTTP_CONNECTIONS_ADDRESS 256u /* from one address; not counted behind a trusted proxy */
#define HTTP_HEADER_SECONDS      15u  /* from the request line to the end of the headers */
#define HTTP_BODY_SECONDS        30u  /* for a body, and a second more for every HTTP_SECOND_BYTES of it */
#define HTTP_SECOND_BYTES        8192u
#define HTTP_IDLE_SECONDS        75u /* between requests, and until the first request line is whole */
#define HTTP_STOP_SECONDS        30u

#define HTTP_CONNECTION_BYTES 12288u /* for headers in and out; what does not fit is answered with 431 or 414 */
#define HTTP_SEGMENTS         16u    /* of a path */
#define HTTP_FIELDS           4096u  /* of a query or form */
#define HTTP_COOKIES          64u
#define HTTP_FILES            64u
#define HTTP_MEMORY_BYTES     ((size_t)4 << 20) /* of forms and JSON, whatever the route allows */
#define HTTP_SWALLOW_BYTES                                                                                             \
    ((size_t)1 << 20)              /* read and dropped of a refused body, so that the sender sees the answer */
#define HTTP_PART_HEAD_BYTES 4096u /* headers of one part of a multipart body */
#define HTTP_BOUNDARY_BYTES  70u   /* RFC 2046 */
#define HTTP_GZIP_BYTES      2048u /* smaller texts are not worth the work */
#define HTTP_GZIP_LEVEL      4

/* What a site may set otherwise; 0 takes the value above. */
typedef struct HttpLimits {
    unsigned connections, connections_address;
    unsigned workers, waiting;
    unsigned header_seconds, body_seconds, idle_seconds, stop_seconds;
} HttpLimits;

HttpLimits http_limits(HttpLimits given); /* with nothing left open */
/* Each connection is an open file, and a program may open few until it asks; a warning in the log when it may not ask
 * for that many. */
void http_allow_connections(unsigned connections);

#endif
