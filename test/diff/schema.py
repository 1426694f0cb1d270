#!/usr/bin/env python3
"""create(after) = create(before) + migrate, for every pair of test/diff: the tables are compared.

usage: test/diff/schema.py [CASE…]

A folder made from `before` and migrated to `after` must have the tables, columns, types and indexes of one made from
`after`; of what `after` has no more it keeps tables and columns. Then it is migrated back, where the same must hold
again. Where migrate says no, nothing may have changed. On SQLite, and on PostgreSQL when KEZHANG_TEST_PG is its URL;
the program is that of KEZHANG.
"""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

PAIRS = Path(__file__).parent
SEARCH_SHADOWS = re.compile(r"search_(data|idx|content|docsize|config)$")
PG_COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
           || COALESCE(' ' || (SELECT collname FROM pg_collation l WHERE l.oid = a.attcollation AND l.collname <> 'default'), '')
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"""
PG_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"


class Refused(Exception):
    """The program said no."""


def kezhang(folder, definitions, *arguments):
    env = {name: value for name, value in os.environ.items() if not name.startswith("KEZHANG_")}
    env |= {"KEZHANG_LANG": "en", "KEZHANG_DATA": str(folder), "KEZHANG_DEFS": str(definitions)}
    done = subprocess.run([os.environ["KEZHANG"], *arguments], env=env, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"kezhang {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
    if done.returncode:
        raise Refused(done.stderr)


class Sqlite:
    """A data folder on SQLite."""

    def __init__(self, home, name):
        self.folder = Path(home) / name
        self.init = ["init"]

    def schema(self):
        base = sqlite3.connect(f"file:{self.folder}/kezhang.db?mode=ro", uri=True)
        tables, indexes = {}, {}
        for kind, name, table, sql in base.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
            if kind == "table" and not SEARCH_SHADOWS.match(name):
                columns = base.execute("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?)", (name,))
                tables[name] = {column[0]: column[1:] for column in columns}
            if kind == "index" and sql:
                indexes.setdefault(table, {})[name] = " ".join(sql.split())
        base.close()
        return tables, indexes

    def close(self):
        """The folder goes with its home."""


class Postgres:
    """A data folder on PostgreSQL, in a schema of its own."""

    server = os.environ.get("KEZHANG_TEST_PG")

    def __init__(self, home, name):
        self.folder = Path(home) / name
        self.name = f"diff_{os.getpid()}_{name}"
        self.ask(f"DROP SCHEMA IF EXISTS {self.name} CASCADE; CREATE SCHEMA {self.name}", self.server)
        self.url = f"{self.server}{'&' if '?' in self.server else '?'}options=-csearch_path%3D{self.name}"
        self.init = ["init", "--db", self.url]

    @staticmethod
    def ask(sql, url):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
                              capture_output=True, text=True, check=True, env=os.environ | {"PGOPTIONS": "-cclient_min_messages=error"})
        return [line.split("\t") for line in done.stdout.splitlines() if line]

    def schema(self):
        tables, indexes = {}, {}
        for table, column, kind in self.ask(PG_COLUMNS, self.url):
            tables.setdefault(table, {})[column] = kind
        for table, name, definition in self.ask(PG_INDEXES, self.url):
            indexes.setdefault(table, {})[name] = definition.replace(f"{self.name}.", "")
        return tables, indexes

    def close(self):
        self.ask(f"DROP SCHEMA {self.name} CASCADE", self.server)


def with_rest(fresh, old):
    """What a fresh schema is to become when the old one was there before: whole tables and columns stay."""
    tables, indexes = fresh
    wanted = {name: {**old[0].get(name, {}), **columns} for name, columns in tables.items()}
    gone = [name for name in old[0] if name not in tables]
    return ({**wanted, **{name: old[0][name] for name in gone}},
            {**indexes, **{name: old[1][name] for name in gone if name in old[1]}})


def differences(wanted, found):
    """Lines that say what differs."""
    for what, one, other in (("table", wanted[0], found[0]), ("indexes of", wanted[1], found[1])):
        for table in sorted(one.keys() | other.keys()):
            left, right = one.get(table, {}), other.get(table, {})
            for name in sorted(left.keys() | right.keys()):
                if left.get(name) != right.get(name):
                    yield f"  {what} {table}, {name}: wanted {left.get(name)}, found {right.get(name)}"


def check(kind, case):
    """The lines of what is wrong with one pair on one kind of database."""
    found = []
    with tempfile.TemporaryDirectory() as home:
        migrated, fresh = kind(home, "migrated"), kind(home, "fresh")
        before, after = case / "before", case / "after"
        kezhang(migrated.folder, before, *migrated.init)
        kezhang(fresh.folder, after, *fresh.init)
        first, second = migrated.schema(), fresh.schema()
        try:
            kezhang(migrated.folder, after, "migrate", "--lossy")
        except Refused:
            found += differences(first, migrated.schema())
        else:
            both = with_rest(second, first)
            found += differences(both, migrated.schema())
            kezhang(migrated.folder, before, "migrate", "--lossy")
            found += differences(with_rest(first, both), migrated.schema())
        migrated.close()
        fresh.close()
    return found


def main(names):
    os.environ["KEZHANG"] = os.path.abspath(os.environ["KEZHANG"])
    cases = [PAIRS / name for name in names] or sorted(path for path in PAIRS.iterdir() if (path / "before").is_dir())
    kinds = [Sqlite] + ([Postgres] if Postgres.server else [])
    wrong = 0
    for kind in kinds:
        for case in cases:
            found = check(kind, case)
            wrong += bool(found)
            if found:
                print(f"{case.name} on {kind.__name__}:", *found, sep="\n")
    print(f"{len(cases)} pairs on {' and '.join(kind.__name__ for kind in kinds)}: {wrong} differ")
    sys.exit(1 if wrong or not cases else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
