#!/usr/bin/env python3
"""What the house asks of every C file of src/ and test/, beyond what a compiler sees.

A file opens with a comment that says what it is; it has at most FILE_MOST lines, a function at most FUNCTION_MOST;
SQL stands only where SQL_ROOMS allows. Functions over FUNCTION_LONG are listed, and are no fault. Exit 1 on a fault."""
import pathlib
import re
import subprocess
import sys

FILE_MOST = 600
FUNCTION_MOST = 100
FUNCTION_LONG = 60
# The database, the two files that emit expressions, people, the ledger, and the heads that figure puts before its one query.
SQL_ROOMS = ("src/db/", "src/expr/emit.c", "src/expr/function.c", "src/people/", "src/ledger/", "src/figure/")
SQL = re.compile(r'"\s*\(?(?:SELECT|INSERT|UPDATE|DELETE|CREATE)\s')
ROOT = pathlib.Path(__file__).resolve().parent.parent


def faults_of(path):
    """The faults of one file, as (line, words)."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].startswith("/*"):
        yield 1, "the file does not open with a comment"
    if len(lines) > FILE_MOST:
        yield len(lines), f"the file has {len(lines)} lines, at most {FILE_MOST} are wanted"
    if path.startswith(SQL_ROOMS) or not path.startswith("src/") or pathlib.Path(path).name.startswith("test-"):
        return
    for number, line in enumerate(lines, 1):
        if SQL.search(line):
            yield number, "SQL stands here, outside " + ", ".join(SQL_ROOMS)


def functions(paths):
    """Each function of the files with the number of its lines."""
    listed = subprocess.run(["ctags", "-x", "--c-kinds=f", "--_xformat=%F\t%n\t%{end}\t%N", *paths],
                            cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for row in listed.splitlines():
        path, first, last, name = row.split("\t")
        yield path, int(first), name, int(last) - int(first) + 1


def main():
    paths = sorted(str(path.relative_to(ROOT)) for room in ("src", "test") for path in (ROOT / room).rglob("*.[ch]"))
    wrong = 0
    for path in paths:
        for line, words in faults_of(path):
            print(f"{path}:{line}: {words}")
            wrong += 1
    for path, line, name, length in functions(paths):
        if length > FUNCTION_LONG:
            most = f", at most {FUNCTION_MOST} are wanted" if length > FUNCTION_MOST else ""
            print(f"{path}:{line}: {name} has {length} lines{most}")
            wrong += length > FUNCTION_MOST
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
