#!/usr/bin/env python3
"""The floor plan of src/, kept true: a file includes its own folder or a lower floor, never a neighbour.

Reads every #include "…" below src/ (tests, which may look anywhere below, excepted) and names each one
that climbs or crosses. Exit 1 when there is one."""
import pathlib
import re
import sys

FLOORS = [
    {"base"},
    {"db", "expr", "tmpl", "doc", "sheet", "http"},
    {"defn"},
    {"people"},
    {"ledger"},
    {"figure", "exchange"},
    {"summary", "check", "procedure"},
    {"web"},
    {"app"},
]
FLOOR_OF = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}


def main():
    src = pathlib.Path(__file__).resolve().parent.parent / "src"
    wrong = 0
    for path in sorted(src.rglob("*.[ch]")):
        if path.name.startswith("test-"):
            continue
        room = path.relative_to(src).parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+"([^"/]+)/', line)
            if not match or match[1] == room:
                continue
            other = match[1]
            if other not in FLOOR_OF:
                reason = f"no floor is called {other}"
            elif FLOOR_OF[other] > FLOOR_OF[room]:
                reason = f"{other} is a floor above {room}"
            elif FLOOR_OF[other] == FLOOR_OF[room]:
                reason = f"{other} is a neighbour of {room}"
            else:
                continue
            print(f"{path.relative_to(src.parent)}:{number}: {reason}")
            wrong += 1
    print(f"floors: {'all includes lead down' if not wrong else f'{wrong} includes are wrong'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
