#!/usr/bin/env python3
"""Writes the spreadsheets of the fictional county 青禾县, as such a bureau really keeps them.

    make.py [--seed WORD] [--out FOLDER]

The same seed gives the same bytes. The order in which the sheets are imported stands in manifest.tsv beside this
file (file, number of the sheet from 1, ledger). The figures the county must yield stand in test/figures.tsv; when the
rows do not yield them nothing is written. Whether the sheets fit defs/ is told by importing them.
"""

import argparse
import importlib
import pathlib
import sys

import book
import proof
from county import County

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
# In import order: what is referred to comes before what refers to it.
TOPICS = ['registers', 'policies', 'commissioners', 'enterprises', 'outreach', 'rewards', 'figures', 'achievements',
          'cooperation', 'platforms', 'talents', 'affairs', 'surveys', 'plans']


def make_sheets(seed):
    county = County(seed)
    return [sheet for topic in TOPICS for sheet in importlib.import_module(f'topics.{topic}').sheets(county)]


def by_file(sheets):
    files = {}
    for sheet in sheets:
        files.setdefault(sheet.file, []).append(sheet)
    return files


def manifest(sheets):
    files = by_file(sheets)
    lines = [f'{sheet.file}\t{files[sheet.file].index(sheet) + 1}\t{sheet.ledger}\n' for sheet in sheets]
    return ''.join(lines)


def keep(path, text):
    """Writes only what has changed: the tree may be read-only at set-up."""
    if not path.exists() or path.read_text('utf-8') != text:
        path.write_text(text, 'utf-8')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--seed', default='349901')
    parser.add_argument('--out', type=pathlib.Path, default=HERE / 'county')
    options = parser.parse_args()

    sheets = make_sheets(options.seed)
    missed = list(proof.missed(sheets, ROOT / 'test' / 'figures.tsv'))
    for line in missed:
        print(line, file=sys.stderr)
    if missed:
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for file, parts in by_file(sheets).items():
        book.write_book(options.out / file, parts)
    keep(HERE / 'manifest.tsv', manifest(sheets))
    return 0


if __name__ == '__main__':
    sys.exit(main())
