/* web/pages/pages.h: the tables of the pages, one for each file of this folder. Private to web/. */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "web/frame.h"

extern const WebRoute routes_assets[];
extern const WebRoute routes_audit[];
extern const WebRoute routes_batch[];
extern const WebRoute routes_boards[];
extern const WebRoute routes_check[];
extern const WebRoute routes_draft[];
extern const WebRoute routes_errands[];
extern const WebRoute routes_export[];
extern const WebRoute routes_figure[];
extern const WebRoute routes_figure_rows[];
extern const WebRoute routes_figures[];
extern const WebRoute routes_files[];
extern const WebRoute routes_form[];
extern const WebRoute routes_home[];
extern const WebRoute routes_import[];
extern const WebRoute routes_imports[];
extern const WebRoute routes_issues[];
extern const WebRoute routes_jobs[];
extern const WebRoute routes_list[];
extern const WebRoute routes_me[];
extern const WebRoute routes_paper_block[];
extern const WebRoute routes_paper_figures[];
extern const WebRoute routes_paper_proof[];
extern const WebRoute routes_paper_share[];
extern const WebRoute routes_papers[];
extern const WebRoute routes_people[];
extern const WebRoute routes_record[];
extern const WebRoute routes_report_compare[];
extern const WebRoute routes_reports[];
extern const WebRoute routes_search[];
extern const WebRoute routes_sign_in[];
extern const WebRoute routes_step[];
extern const WebRoute routes_system[];
extern const WebRoute routes_targets[];
extern const WebRoute routes_version[];
extern const WebRoute routes_views[];
extern const WebRoute routes_withdrawn[];

#endif
