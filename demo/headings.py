"""Holds the sheets against the shipped definitions: every heading means one field, every row can be taken.

Only for `make.py --check`; making the sheets needs no definitions.
"""

import re
import unicodedata

import yaml

STATE_HEADING = '状态'
IGNORED = {'序号'}


def read_definitions(folder):
    """All ledgers and code lists under defs/ by name."""
    ledgers, lists = {}, {}
    for path in sorted(folder.glob('ledgers/*.yaml')):
        for item in yaml.safe_load_all(path.read_text('utf-8')):
            ledgers[item['ledger']] = item
    for path in sorted(folder.glob('codes/*.yaml')):
        for item in filter(None, yaml.safe_load_all(path.read_text('utf-8'))):
            lists[item['codes']] = item['values']
    lists['indicators'] = [
        {'code': item['indicator'], 'zh': item['title']['zh'], 'aliases': item.get('aliases', [])}
        for path in sorted(folder.glob('indicators/*.yaml'))
        for item in filter(None, yaml.safe_load_all(path.read_text('utf-8')))]
    return ledgers, lists


def clean(heading):
    """A heading as the importer compares it: no width, no space, no star, no trailing bracket."""
    text = re.sub(r'[\s*]', '', unicodedata.normalize('NFKC', heading))
    return re.sub(r'\([^()]*\)$', '', text)


def words_of(value):
    """Every way a code value may be written."""
    return {str(value['code']), value['zh'], *map(str, value.get('aliases', []))}


def problems(sheets, folder):
    """What is wrong, one line each."""
    ledgers, lists = read_definitions(folder)
    known = names_by_ledger(sheets, ledgers)
    for ledger in sorted(set(ledgers) - {sheet.ledger for sheet in sheets}):
        yield f'no sheet for ledger {ledger}'
    for sheet in sheets:
        where = f'{sheet.file} {sheet.name}'
        if sheet.ledger not in ledgers:
            yield f'{where}: no ledger {sheet.ledger}'
            continue
        for line in sorted(set(sheet_problems(sheet, ledgers[sheet.ledger], lists, known))):
            yield f'{where}: {line}'


def sheet_problems(sheet, ledger, lists, known):
    fields = {field['name']: field for field in ledger['fields']}
    yield from heading_problems(sheet, fields)
    needed = {name for name, field in fields.items() if field.get('required')} | set(ledger.get('key', []))
    states = {state['label']['zh'] for state in ledger.get('states', [])}
    for number, row in enumerate(sheet.rows, 1):
        for name in needed:
            if row.get(name) is None:
                yield f'row lacks {name}, first at {first_without(sheet, name)}'
        if states and 'state' in row and row['state'] not in states:
            yield f'no state {row["state"]}'
        for name in set(row) & set(fields):
            yield from value_problems(name, fields[name], row[name], lists, known)
    yield from key_problems(sheet, ledger)
    written = {name for _, name, _ in sheet.columns}
    for name in sorted({name for row in sheet.rows for name in row if name in fields} - written):
        yield f'field {name} is in rows but not written'


def first_without(sheet, name):
    return next(number for number, row in enumerate(sheet.rows, 1) if row.get(name) is None)


def heading_problems(sheet, fields):
    for heading, name, _ in sheet.columns:
        word = clean(heading.split('|')[-1])
        if word in IGNORED or (word == STATE_HEADING and name == 'state'):
            continue
        found = [field for field, spec in fields.items()
                 if word in {clean(text) for text in [spec['label']['zh'], *spec.get('aliases', [])]}]
        if found != [name]:
            hint = fields[name]['label']['zh'] if name in fields else 'no such field'
            yield f'heading {heading} ({name}: {hint}) means {found}'


def value_problems(name, field, value, lists, known):
    if value is None:
        return
    if field['kind'] in ('code', 'codes'):
        allowed = set().union(*map(words_of, lists.get(field['list'], [])))
        for word in re.split('[、,;；]', str(value)) if field['kind'] == 'codes' else [value]:
            if word not in allowed:
                yield f'{name}: no code {word} in {field["list"]}'
    if field['kind'] == 'ref' and value not in known.get(field['to'], {}):
        yield f'{name}: no {field["to"]} called {value}'
    elif field['kind'] == 'ref' and known[field['to']][value] > 1:
        yield f'{name}: more than one {field["to"]} called {value}'
    if field['kind'] == 'text' and len(str(value)) > field.get('max', 500):
        yield f'{name}: longer than {field["max"]}: {value}'


def key_problems(sheet, ledger):
    key = ledger.get('key', [])
    seen = set()
    for row in sheet.rows:
        this = tuple(row.get(name) for name in key)
        if key and this in seen:
            yield f'key {key} twice: {this}'
        seen.add(this)


def names_by_ledger(sheets, ledgers):
    """How often each name stands for a record, by ledger: what a reference may say."""
    known = {}
    for sheet in sheets:
        ledger = ledgers.get(sheet.ledger, {})
        key = ledger.get('key', [])
        ways = ledger.get('names') or [*(key if len(key) == 1 else []), ledger.get('shows')]
        counts = known.setdefault(sheet.ledger, {})
        for row in sheet.rows:
            for value in {row.get(way) for way in ways} - {None}:
                counts[value] = counts.get(value, 0) + 1
    return known
