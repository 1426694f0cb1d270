#!/usr/bin/env python3
"""Runs clang-tidy over the C files of src/ that build/ has compiled, but for tests, and prints what it finds.

A file without findings gets a stamp below build/lint and is looked at again only when it, a header it includes or
.clang-tidy has changed since. Exit 1 when there are findings."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"


def sources():
    """Each source with the files of the house it is made of, itself first, as the compiler told them to ninja."""
    listed = subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], check=True, capture_output=True, text=True).stdout
    found = {}
    for block in listed.split("\n\n"):
        paths = [(BUILD / line.strip()).resolve() for line in block.splitlines()[1:]]
        house = [path for path in paths if path.is_relative_to(ROOT / "src")]
        if house and house[0] == paths[0] and not house[0].name.startswith("test-"):
            found[house[0]] = house
    return found


def stamp_of(source):
    return BUILD / "lint" / source.relative_to(ROOT).with_suffix(".tidy")


def is_stale(source, made_of):
    stamp = stamp_of(source)
    newest = max(path.stat().st_mtime for path in [ROOT / ".clang-tidy", *made_of])
    return not stamp.exists() or stamp.stat().st_mtime < newest


def tidy(source):
    """The findings in a file, "" when there are none."""
    run = subprocess.run(["clang-tidy", "-p", BUILD, "--quiet", source], cwd=ROOT, capture_output=True, text=True)
    if run.returncode == 0:
        stamp_of(source).parent.mkdir(parents=True, exist_ok=True)
        stamp_of(source).touch()
        return ""
    return re.sub(r"^.*?(?=src/\S+:\d+:\d+: )", "", run.stdout, flags=re.MULTILINE)


def main():
    stale = [source for source, made_of in sorted(sources().items()) if is_stale(source, made_of)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = [found for found in pool.map(tidy, stale) if found]
    print("".join(findings), end="")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
