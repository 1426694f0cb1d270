#!/usr/bin/env python3
"""Runs folders of golden cases.

usage: test/golden.py [--update] SUITE [CASE…]

SUITE holds a file `commands` and one folder a case. In each case's folder the commands are run one after the other, and
what they say must be what stands in its file `expected`: the command behind `$ `, its output (errors with it), and
`[exit N]` where it is not 0. --update writes `expected` anew; read the difference before you commit it.

A command is a line `[NAME=VALUE …] kezhang ARGUMENTS`; the program is that of the environment's KEZHANG. It speaks
English, reads the definitions of its folder (KEZHANG_DEFS=.), and has an empty data folder for each case, shown as
DATA. A line `? COMMAND` is run only when the one before said no. A command that takes longer than SECONDS fails.
"""
import difflib
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS = 60


def environment(data):
    keep = {name: value for name, value in os.environ.items() if not name.startswith("KEZHANG_") or name == "KEZHANG_TEST_PG"}
    return keep | {"KEZHANG_LANG": "en", "KEZHANG_DEFS": ".", "KEZHANG_DATA": data, "LC_ALL": "C.UTF-8"}


def run(line, folder, data):
    """Runs one command; its part of the transcript, and its exit code."""
    words = shlex.split(line)
    settings = {}
    while "=" in words[0]:
        name, value = words.pop(0).split("=", 1)
        settings[name] = value
    program = os.environ["KEZHANG"] if words[0] == "kezhang" else words[0]
    done = subprocess.run([program, *words[1:]], cwd=folder, env=environment(data) | settings, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False)
    said = done.stdout.decode("utf-8", "backslashreplace").replace(data, "DATA")
    ending = f"[exit {done.returncode}]\n" if done.returncode else ""
    return f"$ {line}\n{said}{ending}", done.returncode


def transcript(commands, folder):
    said, code = "", 0
    with tempfile.TemporaryDirectory() as home:
        data = os.path.join(home, "data")
        for line in commands:
            only_after_no = line.startswith("? ")
            if only_after_no and code == 0:
                continue
            part, code = run(line.removeprefix("? "), folder, data)
            said += part
    return said


def check(case, commands, update):
    """Whether the case says what is expected; prints the difference when it does not."""
    expected = case / "expected"
    wanted = expected.read_text(encoding="utf-8") if expected.exists() else ""
    said = transcript(commands, case)
    if update and said != wanted:
        expected.write_text(said, encoding="utf-8")
    if said == wanted or update:
        return True
    sys.stdout.writelines(difflib.unified_diff(wanted.splitlines(True), said.splitlines(True), f"{case}/expected", "what it says"))
    return False


def main(arguments):
    update = "--update" in arguments
    names = [argument for argument in arguments if argument != "--update"]
    if not names or "KEZHANG" not in os.environ:
        sys.exit(__doc__)
    os.environ["KEZHANG"] = os.path.abspath(os.environ["KEZHANG"])
    suite = Path(names[0])
    commands = [line for line in (suite / "commands").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    cases = [suite / name for name in names[1:]] or sorted(path for path in suite.iterdir() if path.is_dir())
    failed = [case.name for case in cases if not check(case, commands, update)]
    print(f"{suite}: {len(cases) - len(failed)} of {len(cases)} cases as expected")
    sys.exit(1 if failed or not cases else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
