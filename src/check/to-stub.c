#include "check/check.h"
void check_to_terminal(const Checked *c, bool colours, FILE *out) { (void)c, (void)colours, (void)out; }
void check_totals_to_terminal(const Checked *c, bool colours, FILE *out) { (void)c, (void)colours, (void)out; }
int check_to_html(const Checked *c, Store *s, const char *d, const char *p, Diag *g) { (void)c, (void)s, (void)d, (void)p, (void)g; return 1; }
int check_to_docx(const Checked *c, const char *d, const char *p, Diag *g) { (void)c, (void)d, (void)p, (void)g; return 1; }
bool check_finds(const Checked *c) { return c->n_remarks > 0; }
