"""Imports: validation, search index and change log included, beside the bare loader of the same database."""

import subprocess

import measure
from measure import Aim
from place import ROOT, text_of

AIM = Aim(ratio=4, mib=64)
TABLE = 'l_event'
LOADER = 'sqlite3 .import, same rows, table and indexes'
COPY = r'psql \copy, same rows, table and indexes'


def imports(place, rows, suffix):
    """A spreadsheet into a fresh SQLite folder, which stays; the yardstick always reads csv."""
    sheet = place.make('event', rows, f'event-{rows}.{suffix}')
    folder = place.fresh('in')
    place.imports(folder, 'event', sheet)
    stored = place.stored_rows(folder, TABLE)
    ours, bare = measure.in_turns(
        place.rounds,
        lambda: place.imports(place.fresh('in'), 'event', sheet),
        lambda: place.sqlite_import(folder, TABLE, stored))
    place.table.add(f'import {rows:,} events from {suffix}, SQLite', ours, LOADER, bare,
                    AIM if suffix == 'csv' else Aim(mib=AIM.mib))
    place.remove(stored.name, 'bare.db')
    return folder


def import_once(place, rows, name):
    """The folder stays; what is asked for is that the peak does not grow."""
    sheet = place.make('event', rows, f'event-{rows}.csv')
    folder = place.fresh(name)
    ours = place.imports(folder, 'event', sheet)
    place.remove(sheet.name)
    stored = place.stored_rows(folder, TABLE)
    bare = place.sqlite_import(folder, TABLE, stored)
    place.remove(stored.name, 'bare.db')
    place.table.add(f'import {rows:,} events from csv, SQLite', ours, LOADER, bare, AIM)
    return folder


def load_all(place, folder):
    """The bare loader for every ledger of the folder that has rows, together."""
    tables = text_of('sqlite3', '-readonly', folder / 'kezhang.db',
                     "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'l_*'").split()
    done = []
    for table in tables:
        stored = place.stored_rows(folder, table)
        if stored.stat().st_size:
            done.append(place.sqlite_import(folder, table, stored))
        place.remove(stored.name, 'bare.db')
    return measure.Measured(sum(m.seconds for m in done), sum(m.cpu for m in done), max(m.mib for m in done))


# --- PostgreSQL ---

class Server:
    """A private PostgreSQL server without fsync; both sides write to it."""

    def __init__(self, place):
        self.folder = place.work / 'postgres'
        self.folder.mkdir()
        self.url = text_of(ROOT / 'tools/pg-temp', 'start', self.folder).strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([ROOT / 'tools/pg-temp', 'stop', self.folder], check=False, capture_output=True)

    def new_database(self, name):
        """An empty one; its URL."""
        for statement in (f'DROP DATABASE IF EXISTS {name}',
                          f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"):
            text_of('psql', '-Xqd', self.url, '-c', statement)
        return self.url.rsplit('/', 1)[0] + '/' + name


def verify_on_server(place, rows, url):
    ours, bare = measure.in_turns(
        place.rounds,
        lambda: place.run('verify', '--data', place.work / 'in'),
        lambda: measure.run('sh', '-c', f"psql -Xqd '{url}' -c 'COPY change TO STDOUT' -c 'COPY {TABLE} TO STDOUT'"
                                        ' -c "COPY state_span TO STDOUT" | openssl dgst -sm3'))
    place.table.add(f'verify, {rows:,} events, PostgreSQL', ours, r'psql \copy of the same tables into openssl dgst -sm3',
                    bare)


def imports_on_server(place, rows):
    sheet = place.make('event', rows, f'event-{rows}.csv')
    stored, schema = place.work / 'stored.csv', place.work / 'schema.sql'
    with Server(place) as server:
        url = server.new_database('ours')
        place.imports(place.fresh('in', url), 'event', sheet)
        measure.run('pg_dump', '--schema-only', f'--table={TABLE}', url, stdout=schema)
        measure.run('psql', '-Xqd', url, '-c', f'COPY {TABLE} TO STDOUT (FORMAT csv)', stdout=stored)

        def bare():
            url = server.new_database('bare')
            measure.run('psql', '-Xqd', url, '-f', schema)
            return measure.run('psql', '-Xqd', url, '-c', f'COPY {TABLE} FROM STDIN (FORMAT csv)', stdin=stored)

        ours, copied = measure.in_turns(
            place.rounds,
            lambda: place.imports(place.fresh('in', server.new_database('ours')), 'event', sheet),
            bare)
        place.table.add(f'import {rows:,} events from csv, PostgreSQL', ours, COPY, copied, AIM)
        verify_on_server(place, rows, url)
    place.remove('postgres', stored.name, schema.name, 'in')
