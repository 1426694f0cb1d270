#!/usr/bin/env python3
"""How well `kezhang check` reads what `kezhang report` wrote: in its Markdown every number is a link to its figure.

usage: own.py [--errors] [FILE…]

$KEZHANG is the program. Without FILE the demo county is made and imported, and the summaries below are written from
it; with FILE, $KEZHANG_DATA is the data folder that they are of. A number in `[170件](figure:achievements_registered)`
is to be bound to that indicator; notes on coverage (应报62家、已报48家) open another figure than they tell and are left
out. A line a text: how many numbers are linked, bound right, wrong, nowhere; --errors names every miss. Exit 1 when a
bound below is missed."""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

DEMO = pathlib.Path(__file__).resolve().parent.parent.parent / "demo"
SUMMARIES = [("half_year_summary", "2020H1"), ("annual_summary", "2019"), ("annual_summary", "2020")]

RIGHT = 0.90  # of the numbers linked
WRONG = 0.02  # of the numbers that the program binds

LINK = re.compile(r"\[([^\]]+)\]\(figure:(\w+)\)")
COVERAGE = re.compile(r"^应.*已")
SHOWN = 16  # code points before a miss


def quietly(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def make_demo(program, folder):
    """A data folder of the demo county, which the program uses from here on."""
    sheets = folder / "sheets"
    os.environ["KEZHANG_DATA"] = str(folder / "data")
    quietly("/usr/bin/python3", DEMO / "make.py", "--out", sheets)
    quietly(program, "init", "--name", "青禾县科技局")
    for line in (DEMO / "manifest.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            file, sheet, ledger = line.split("\t")
            quietly(program, "import", ledger, sheets / file, "--sheet", sheet)


def write_summaries(program, folder):
    """The paths of the summaries of the demo county."""
    make_demo(program, folder)
    for report, period in SUMMARIES:
        quietly(program, "report", report, "--period", period, "--out", folder, "--format", "md")
    return sorted(folder.glob("*.md"))


def numbers_of(program, path):
    done = subprocess.run([program, "check", path, "--json"], capture_output=True, timeout=60, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{path.name}: exit {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return json.loads(done.stdout)["figures"]


def pairs_of(text, numbers):
    """(link, the first number that stands in it or None) of each link that is no note on coverage."""
    for link in LINK.finditer(text):
        if not COVERAGE.match(link[1]):
            yield link, next((n for n in numbers if link.start(1) <= n["start"] < link.end(1)), None)


def score(program, path, errors):
    """How many numbers are linked, right and wrong."""
    text = path.read_text(encoding="utf-8")
    linked = right = wrong = 0
    for link, number in pairs_of(text, numbers_of(program, path)):
        said = number["indicator"] if number else None
        linked, right, wrong = linked + 1, right + (said == link[2]), wrong + (said not in (None, link[2]))
        if errors and said != link[2]:
            before = LINK.sub(r"\1", text[:link.start()])[-SHOWN:].replace("\n", "⏎")
            print(f"{path.name}: {said or 'nowhere'}, not {link[2]}: {before}⟦{link[1]}⟧")
    print(f"{path.name:36}{linked:5} linked{right:5} right{wrong:4} wrong{linked - right - wrong:5} nowhere")
    return linked, right, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--errors", action="store_true", help="name every miss")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    asked = parser.parse_args()
    program = os.environ.get("KEZHANG") or sys.exit("own.py: $KEZHANG is not set; let it name the program")
    with tempfile.TemporaryDirectory() as folder:
        paths = asked.files or write_summaries(program, pathlib.Path(folder))
        scores = [score(program, path, asked.errors) for path in paths]
    linked, right, wrong = (sum(column) for column in zip(*scores))
    missed = [line for line in (f"right {right / linked:.3f}, under {RIGHT}" if right < RIGHT * linked else "",
                                f"wrong {wrong} of {right + wrong} bound, not under {WRONG}"
                                if wrong and wrong >= WRONG * (right + wrong) else "") if line]
    print(f"all: right {right / linked:.3f}, wrong {wrong / max(right + wrong, 1):.3f}", *missed, sep="\n")
    return not missed


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
