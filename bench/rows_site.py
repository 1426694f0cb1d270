"""The application itself: start, memory, a list and a record beside the same bytes, writes, and connections held."""

import contextlib
import sqlite3
import urllib.parse

import measure
import rows_web
import serving as own
from measure import Aim, Measured

START_AIM = Aim(seconds=0.3, mib=40)
PAGE_AIM, SLOW_AIM, WRITE_AIM = Aim(ratio=2, mib=120), Aim(seconds=0.01), Aim(ratio=0.5, mib=120)
IDLE = 10000
FEW = 2  # connections: the yardstick counts anew each time
LIST = '/ledgers/event?state=archived&sort=-end_on'
# As Kezhang asks it: of very many, walked in their order.
LIST_SELECT = ("SELECT number, name, end_on, place FROM l_event WHERE org = 1 AND recorded_to IS NULL"
               " AND (state = 'archived') IS TRUE AND end_on IS NOT NULL ORDER BY end_on DESC, id DESC LIMIT 20")
FIGURE = '/api/v1/figures/event_attendees?period=2020-06'
FIGURE_SELECT = ("SELECT sum(attendees), count(*) FROM l_event WHERE org = 1 AND recorded_to IS NULL AND end_on >= '2020-06-01'"
                 " AND end_on <= '2020-06-30' AND (state IN ('held', 'counts_entered', 'verified', 'archived')) IS TRUE")
EVENT = {'name': '活动{n}', 'series': 'lecture', 'form': 'lecture', 'start_on': '2020-06-01', 'place': '文化广场',
         'count_method': 'sign_in'}
NEW = '/ledgers/event/new'


def middle_record(database):
    with contextlib.closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as db:
        return db.execute('SELECT max(id) / 2 FROM l_event').fetchone()[0]


def starts(place, folder):
    """Medians of the seconds and of the memory once it has answered."""
    seconds, mib = [], []
    for _ in range(place.rounds):
        site, took = own.begin(place, folder)
        seconds.append(took)
        mib.append(site.server('/').mib('VmRSS'))
        site.process.terminate()
        site.process.wait()
    middle = place.rounds // 2
    place.table.add('start of the server until its first answer', Measured(sorted(seconds)[middle], mib=sorted(mib)[middle]),
                    aim=START_AIM)


def created(site):
    """The body of a new event: the token of forms is good for the whole session."""
    fields = urllib.parse.urlencode({**EVENT, 'csrf': site.csrf(NEW)}, safe='{}')
    return own.FORM, fields


def site(place, folder, rows):
    database = folder / 'kezhang.db'
    starts(place, folder)
    with own.serving(place, folder) as served:
        record = middle_record(database)
        rows_web.page(place, served.server(LIST), database, LIST_SELECT,
                      f'list page, filtered and sorted, of {rows:,} records', PAGE_AIM, SLOW_AIM)
        rows_web.page(place, served.server(f'/ledgers/event/{record}'), database,
                      f'SELECT name FROM l_event WHERE org = 1 AND id = {record} AND recorded_to IS NULL',
                      f'page of one of {rows:,} records', PAGE_AIM, SLOW_AIM)
        rows_web.page(place, served.server(FIGURE), database, FIGURE_SELECT, f'a figure over {rows:,} records, by the API',
                      PAGE_AIM, SLOW_AIM, FEW)
        rows_web.creates(place, served.server(NEW), *created(served), WRITE_AIM)
        rows_web.idle(place, served.server('/healthz'), IDLE)
