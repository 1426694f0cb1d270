"""Where the benchmarks work: the programs, data folders made and filled through the program's own import, and the same
tables without the program around them."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import measure

BENCH = pathlib.Path(__file__).resolve().parent
ROOT = BENCH.parent
PYTHON = '/usr/bin/python3'  # the one Debian's openpyxl and xlwt belong to
PERIOD = '2020H1'
# as db/sqlite.c opens a database for an import
SETTINGS = 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-18432; PRAGMA temp_store=FILE;'


def text_of(*argv):
    """What a child says."""
    done = subprocess.run([str(word) for word in argv], capture_output=True, text=True, check=False)
    if done.returncode:
        raise measure.Failed(f"{' '.join(done.args)[:200]} ended with {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


class Place:
    def __init__(self, work, build, table, rounds):
        self.work, self.build = pathlib.Path(work), pathlib.Path(build).resolve()
        self.table, self.rounds = table, rounds
        self.kezhang = self.build / 'src/app/kezhang'
        self.figure_bench = self.build / 'bench/figure-bench'

    # --- data ---

    def make(self, ledger, rows, name):
        """A spreadsheet of one ledger, made once."""
        path = self.work / name
        if not path.exists():
            measure.run(sys.executable, BENCH / 'make.py', ledger, rows, path)
        return path

    def remove(self, *names):
        for name in names:
            path = self.work / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    # --- data folders ---

    def fresh(self, name, url=None):
        """An empty data folder; on PostgreSQL with url."""
        self.remove(name)
        self.run('init', '--data', self.work / name, *(['--db', url] if url else []))
        return self.work / name

    def run(self, *argv, **how):
        return measure.run(self.kezhang, *argv, **how, cwd=self.work)

    def summary(self, folder, *more):
        return self.run('report', 'half_year_summary', '--period', PERIOD, '--out', self.work / 'out', '--data', folder,
                        *more)

    def imports(self, folder, ledger, path, *more):
        """Everything must go in: a refused row ends with 1 and so ends the benchmark."""
        return self.run('import', ledger, path, *more, '--data', folder)

    def county(self, name, records):
        """A data folder with so many records over nine ledgers; the time of its imports together."""
        folder = self.fresh(name)
        lines = text_of(sys.executable, BENCH / 'make.py', 'county', records, self.work / f'{name}-csv').splitlines()
        done = [self.imports(folder, *line.split('\t')) for line in lines]
        self.remove(f'{name}-csv')
        return folder, measure.Measured(sum(m.seconds for m in done), sum(m.cpu for m in done),
                                        max(m.mib for m in done))

    def demo(self, name):
        """The demo county, through its own spreadsheets."""
        sheets = self.work / f'{name}-sheets'
        sheets.mkdir()
        measure.run(PYTHON, ROOT / 'demo/make.py', '--out', sheets)
        folder = self.fresh(name)
        for line in (ROOT / 'demo/manifest.tsv').read_text('utf-8').splitlines():
            if line and not line.startswith('#'):
                file, sheet, ledger = line.split('\t')
                self.run('import', ledger, sheets / file, '--sheet', sheet, '--data', folder, may_end=(0, 1))
        return folder

    # --- the bare tables ---

    def stored_rows(self, folder, table):
        """What stands in a table, as csv in the order of its columns."""
        path = self.work / f'{folder.name}-{table}.csv'
        measure.run('sqlite3', '-readonly', '-csv', folder / 'kezhang.db', f'SELECT * FROM {table}', stdout=path)
        return path

    def bare_sqlite(self, folder, table):
        """An empty database with that table and its indexes. `.import` knows no NULL, so what is NULL in the folder is
        the empty text here: types are not strict and the indexes are of rows whose end is empty."""
        path = self.work / 'bare.db'
        for file in self.work.glob('bare.db*'):
            file.unlink()
        schema = text_of('sqlite3', '-readonly', folder / 'kezhang.db',
                         f"SELECT sql || ';' FROM sqlite_schema WHERE tbl_name = '{table}' AND sql IS NOT NULL")
        schema = re.sub(r'\bSTRICT\b(, )?', '', schema).replace('recorded_to IS NULL', "recorded_to = ''")
        text_of('sqlite3', path, SETTINGS + schema)
        return path

    def sqlite_import(self, folder, table, rows):
        path = self.bare_sqlite(folder, table)
        return measure.run('sqlite3', path, '-cmd', SETTINGS, f'.import --csv {rows} {table}')

    def size(self, name):
        """MiB on disk below a name."""
        files = [self.work / name, *(self.work / name).rglob('*')]
        return sum(os.lstat(file).st_size for file in files) / 2**20
