"""What is done to a whole data folder: summary, verify, backup, export, search."""

import measure
from measure import Aim, Measured
from place import text_of
from rows_figure import SQL, forget_kept

SUMMARY_SECONDS = 1  # what writing the documents may take beside the statements


def database(folder):
    return folder / 'kezhang.db'


def both_years(place):
    """All statements of figures.sql, for the year and for the one before, which growth is measured from."""
    text = SQL.read_text('utf-8')
    path = place.work / 'both-years.sql'
    path.write_text(text + text.replace('2020-', '2019-'), 'utf-8')
    return path


def summary(place, folder, where):
    by_hand = both_years(place)

    def ours():
        forget_kept(folder)
        return place.summary(folder)

    def bare():
        counted = measure.run('sqlite3', '-readonly', database(folder), stdin=by_hand)
        return Measured(counted.seconds + SUMMARY_SECONDS)

    both = measure.in_turns(place.rounds, ours, bare)
    place.table.add(f'half-year summary in all formats, nothing kept, {where}', both[0],
                    'its larger figures by hand + 1 s', both[1], Aim(ratio=2))
    place.remove('out')


def verify(place, folder, where):
    ours = place.run('verify', '--data', folder)
    tables = text_of('sqlite3', '-readonly', database(folder),
                     "SELECT name FROM sqlite_schema WHERE type = 'table' AND name REGEXP '^l_|^change$'").split()
    read_all = ' '.join(f'SELECT * FROM {name};' for name in tables)
    bare = measure.run('sh', '-c', f"sqlite3 -readonly -csv '{database(folder)}' '{read_all}' | openssl dgst -sm3")
    place.table.add(f'verify, {where}', ours, 'sqlite3 -csv of log and tables into openssl dgst -sm3', bare)


def backup(place, folder, where):
    ours = place.run('backup', place.work / 'backup.zip', '--data', folder)
    size = place.size('backup.zip')
    bare = measure.run('sh', '-c', f"sqlite3 -readonly '{database(folder)}' .dump | gzip > '{place.work}/dump.gz'")
    place.table.add(f'backup, {where} ({size:.0f} MiB)', ours,
                    f"sqlite3 .dump into gzip ({place.size('dump.gz'):.0f} MiB)", bare)
    place.remove('backup.zip', 'dump.gz')


def export_xlsx(place, folder, rows, aim, rounds):
    ours, bare = measure.in_turns(
        rounds,
        lambda: place.run('export', 'event', place.work / 'out.xlsx', '--data', folder),
        lambda: measure.run(place.build / 'bench/xlsx-bench', database(folder), 'l_event', place.work / 'bare.xlsx'))
    place.table.add(f'export {rows:,} events to xlsx', ours, 'SQLite and libxlsxwriter alone, same table', bare, aim)
    place.remove('out.xlsx', 'bare.xlsx')


def search(place, folder, rows):
    """A search that finds one record, from the start of the command to its end."""
    word = str(rows - 1)
    sql = ("SELECT * FROM l_event r WHERE r.recorded_to IS NULL AND r.id IN "
           f"(SELECT rowid FROM search WHERE search MATCH '{word}*')")
    ours, bare = measure.in_turns(
        place.rounds,
        lambda: place.run('export', 'event', place.work / 'found.csv', '--search', word, '--data', folder),
        lambda: measure.run('sqlite3', '-readonly', '-csv', database(folder), sql))
    place.table.add(f'search of {word} among {rows:,} events, one hit, to csv', ours, 'sqlite3 with the query by hand',
                    bare)
