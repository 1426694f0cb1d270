"""Measuring: a child process with its time and peak memory, works in turns, and the one table.

Peak memory is what the system counted for the child; it cannot be below that of the measuring program itself
(floor_mib), because the child begins as a copy of it.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field


class Failed(Exception):
    """A child that did not end as it should."""


@dataclass
class Measured:
    seconds: float
    cpu: float = 0
    mib: float = 0
    runs: int = 1


def floor_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(*argv, stdin=None, stdout=None, may_end=(0,), **more):
    """Runs a child to its end. stdin and stdout name files; without stdout what it says is thrown away."""
    argv = [str(word) for word in argv]
    with open(stdin or os.devnull, 'rb') as source, open(stdout or os.devnull, 'wb') as sink:
        begun = time.perf_counter()
        child = subprocess.Popen(argv, stdin=source, stdout=sink, stderr=subprocess.PIPE, **more)
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode not in may_end:
        raise Failed(f"{' '.join(argv)[:200]} ended with {child.returncode}\n{said[-2000:].decode(errors='replace')}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(measured):
    return Measured(statistics.median(m.seconds for m in measured), statistics.median(m.cpu for m in measured),
                    max(m.mib for m in measured), len(measured))


def in_turns(rounds, *works):
    """Does the works A B A B …; the median of each, with its highest peak."""
    kept = [[work() for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*kept)]


# --- the table ---

@dataclass
class Aim:
    """What was asked for; None is not asked."""
    ratio: float | None = None
    seconds: float | None = None
    mib: float | None = None

    def missed(self, ours, ratio):
        return (self.ratio is not None and ratio is not None and ratio > self.ratio
                or self.seconds is not None and ours.seconds > self.seconds
                or self.mib is not None and ours.mib > self.mib)

    def __str__(self):
        parts = [f'≤ {self.ratio:g}×' if self.ratio is not None else '',
                 f'≤ {in_words(self.seconds)}' if self.seconds is not None else '',
                 f'≤ {self.mib:g} MiB' if self.mib is not None else '']
        return ', '.join(part for part in parts if part)


@dataclass
class Table:
    """Rows in the order they were measured; each is also told as it comes."""
    rows: list = field(default_factory=list)
    failed: list = field(default_factory=list)
    heading = ['what', 'Kezhang', 'beside it', '', 'ratio', 'of CPU', 'aim', 'peak MiB', 'runs']
    rule = ['---', '--:', '--:', '---', '--:', '--:', '---', '--:', '--:']

    def add(self, what, ours, beside=None, measured=None, aim=None):
        """One row: what is measured, our figure, the name of the yardstick and its figure, what was aimed at."""
        ratio = ours.seconds / measured.seconds if measured else None
        of_cpu = ours.cpu / measured.cpu if measured and ours.cpu and measured.cpu else None
        verdict = '' if aim is None else f"{aim} {'missed' if aim.missed(ours, ratio) else 'held'}"
        self.rows.append([what, in_words(ours.seconds), in_words(measured.seconds) if measured else '', beside or '',
                          times(ratio), times(of_cpu), verdict, f'{ours.mib:.0f}' if ours.mib else '', str(ours.runs)])
        print(' | '.join(self.rows[-1]), file=sys.stderr, flush=True)

    def fail(self, part, failed):
        """A part that could not be measured to its end."""
        self.failed.append(f'Not measured to its end: {part}: {failed}')
        print(self.failed[-1], file=sys.stderr, flush=True)

    def markdown(self):
        lines = ['| ' + ' | '.join(row) + ' |' for row in [self.heading, self.rule, *self.rows]]
        return '\n'.join(lines) + '\n' + ''.join(f'\n{text}\n' for text in self.failed)


def times(ratio):
    return f'{ratio:.2f}×' if ratio is not None else ''


def in_words(seconds):
    if seconds >= 1:
        return f'{seconds:.3g} s'
    return f'{seconds * 1e3:.3g} ms' if seconds >= 1e-3 else f'{seconds * 1e6:.3g} µs'
