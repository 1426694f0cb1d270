#!/usr/bin/env python3
"""How many ways of telling each indicator `kezhang check` understands.

usage: ways.py [--errors] [--reached] [FILE…]

A line of ways/seen or ways/held is a sentence of a summary with one number marked by what it is of,
`[[88名|commissioners_on_duty]]`, or `[[12家|-]]` where it is no value of an indicator: it only looks like something known,
or is the target, growth or share of it. Each sentence is read as a text of its own, for together they contradict each
other, and equal numbers of two of them would be taken for one. Prints how many of the numbers that have an indicator are
bound rightly, and which part of all bindings is wrong; --errors names each miss of ways/seen, never of ways/held.
$KEZHANG is the program. Exit 1 when an aim is missed (with --reached: what was reached before)."""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MARK = re.compile(r"\[\[([^|\]]*)\|([^\]]*)\]\]")
TITLE = "枫林县科学技术局2023年工作总结\n\n今年以来，我县科技工作有序推进，现将有关情况总结如下。\n\n一、工作开展情况\n\n"

RIGHT, WRONG = 0.90, 0.05
REACHED = {"seen": (0.925, 0.015), "held": (0.845, 0.06)}


def read(path):
    """(text without its mark, start, end, indicator) of each sentence of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark = MARK.search(line)
        if mark:
            start = len(TITLE) + mark.start()
            yield TITLE + line[:mark.start()] + mark[1] + line[mark.end():] + "\n", start, start + len(mark[1]), mark[2]


def check(program, text):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([program, "check", file.name, "--json"], capture_output=True, timeout=60, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"ways.py: exit {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return json.loads(done.stdout)["figures"]


def bound_to(program, sentence):
    """The indicator that a number is bound to, "-" for none; where none is wanted, only one whose value it would be."""
    text, start, end, wanted = sentence
    here = [figure for figure in check(program, text) if figure["start"] < end and figure["end"] > start][:1]
    if wanted == "-":
        here = [figure for figure in here if figure["face"] == "value" and not figure["plan"]]
    return here[0]["indicator"] or "-" if here else "-"


def score(program, path, errors):
    n, sentences = collections.Counter(), list(read(path))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        bound = list(pool.map(lambda sentence: bound_to(program, sentence), sentences))
    for (text, _, _, wanted), got in zip(sentences, bound):
        n["told"] += wanted != "-"
        n["bound"] += got != "-"
        n["right"] += got == wanted != "-"
        if errors and got != wanted:
            print(f"{path.stem}: {got}, not {wanted}: {text[len(TITLE):-1]}")
    return n


def score_folder(program, paths, errors):
    total = collections.Counter()
    for path in paths:
        total += score(program, path, errors)
    return total["right"] / max(1, total["told"]), (total["bound"] - total["right"]) / max(1, total["bound"])


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--reached", action="store_true")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    program = os.environ.get("KEZHANG") or sys.exit("ways.py: $KEZHANG is not set; let it name the program")
    sets = [("files", args.files)] if args.files else \
        [(name, sorted((HERE / "ways" / name).glob("*.txt"))) for name in REACHED]
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        if "KEZHANG_DATA" not in os.environ:
            os.environ["KEZHANG_DATA"] = f"{folder}/data"
            subprocess.run([program, "init"], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        for name, paths in sets:
            right, wrong = score_folder(program, paths, args.errors and name != "held")
            aims = REACHED[name] if args.reached and name in REACHED else (RIGHT, WRONG)
            missed |= right < aims[0] or wrong > aims[1]
            print(f"{name}: right {right:.3f} (at least {aims[0]}), wrong {wrong:.3f} (at most {aims[1]})")
    return missed


if __name__ == "__main__":
    sys.exit(main())
