/* What is wrong with a file is said with its place, its reason and what to do about it; nothing of a file that cannot be read is
 * taken, and of one that can be read no wrong row. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT, countRows, databases, definitions, expectDone, kezhang, place, write } from './lib.mjs';

const PROJECT = `ledger: project
title: {zh: 项目, en: Projects}
area: 1
key: [title]
shows: title
fields:
  - {name: title, kind: text, required: true, max: 80, label: {zh: 名称, en: Title}}
  - {name: code, kind: text, max: 30, label: {zh: 编号, en: Code}}
  - {name: amount, kind: money, label: {zh: 金额, en: Amount}}
  - {name: begun_on, kind: date, label: {zh: 开始日期, en: Begun on}}
  - {name: done_on, kind: date, label: {zh: 完成日期, en: Done on}}
checks:
  - level: error
    when: done_on < begun_on
    say: {zh: 完成早于开始, en: done before it was begun}
`;
const small = () => definitions({ 'ledgers/project.yaml': PROJECT });
const made = (name) => path.join(ROOT, 'test/import/files', name);

/* A workbook of one sheet 项目; a cell {formula}, {error} or {number: 'more digits than JSON keeps'} stands for itself. */
function workbook(rows) {
    const file = place('项目.xlsx');
    const script = `
import json, sys, openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.title = '项目'
for r, row in enumerate(json.load(sys.stdin), 1):
    for c, value in enumerate(row, 1):
        cell = sheet.cell(r, c)
        if isinstance(value, dict):
            (kind, inside), = value.items()
            cell.value = float(inside) if kind == 'number' else inside
            cell.data_type = {'formula': 'f', 'error': 'e', 'number': 'n'}[kind]
        else:
            cell.value = value
book.save(sys.argv[1])`;
    execFileSync('/usr/bin/python3', ['-c', script, file], { input: JSON.stringify(rows) });
    return file;
}

/* Imports a file: the exit code, what is said of it (without the folder), and how many rows there are then. */
function importOne(store, file) {
    const { code, signal, err } = kezhang(store, 'import', 'project', file);
    assert.equal(signal, null, err);
    return { code, err: err.replaceAll(`${path.dirname(file)}/`, '').replaceAll(/^\d+-/gm, ''), rows: countRows(store, 'project') };
}

/* --- files that cannot be read: exit 2, nothing taken --- */

const REFUSED = [
    ['a csv of unknown encoding', () => write('a.csv', Buffer.concat([Buffer.from('名称,金额\n甲,1\n'), Buffer.from([0xff, 0xfe, 0xfa, 0x0a])])),
        /^a\.csv:row 3: byte \d+ is not text in \S+; save the file as csv in UTF-8 or as xlsx/],
    ['a csv with one bad byte', () => made('bad-byte.csv'), /row 3: byte 33 is not text in UTF-8; save the file/],
    ['bytes that are no text', () => made('binary.csv'), /neither a spreadsheet nor text; save the data as xlsx, xls or csv/],
    ['a quotation mark that stays open', () => made('unclosed.csv'), /row \d+: .*quot.*; /],
    ['a zip bomb', () => made('bomb.xlsx'), /unpacks to far more than a spreadsheet holds; save the data as csv/],
    ['a zip bomb that lies about its size', () => made('liar.xlsx'), /unpacks to far more than a spreadsheet holds; save the data as csv/],
    ['XML nested a hundred thousand deep', () => made('deep.xlsx'), /damaged inside; open it in Excel or WPS and save it anew/],
    ['an xlsx cut off', () => made('truncated.xlsx'), /damaged or cut off; fetch it again/],
    ['an xls cut off', () => made('truncated.xls'), /damaged or cut off; fetch it again/],
    ['a Word document', () => made('not-a-sheet.docx'), /Word document, not a spreadsheet; ask for the xlsx file/],
    ['an OpenDocument file', () => made('open-document.ods'), /OpenDocument file, which is not read; save it as xlsx/],
    ['more columns than are read', () => made('wide.xlsx'), /row 3: there is a value in column SS, at most 512 columns are read; delete/],
    ['a file with nothing in it', () => write('a.csv', ''), /the file is empty; choose the file with the data/],
    ['no file', () => place('a.csv'), /the file cannot be read; check its name/],
    ['a sheet without the key', () => write('a.csv', '姓名,金额\n甲,1\n'), /row 1:Title: the column 'Title' is missing; add it \(found: .*姓名.*\)/],
];

for (const [what, make, says] of REFUSED)
    test(`${what} is refused whole`, () => {
        const store = databases[0].make(small());
        expectDone(store, 'import', 'project', write('first.csv', '名称\n先\n'));
        const { code, err, rows } = importOne(store, make());
        assert.equal(code, 2, err);
        assert.match(err, says);
        assert.equal(rows, 1);
        assert.match(expectDone(store, 'verify'), / 0 findings\n$/);
    });

/* --- rows that are wrong: exit 1, the others taken --- */

const HEAD = ['名称', '编号', '金额'];
const WRONG = [
    ['a key that stands twice in the file', () => write('a.csv', '名称,金额\n甲,1\n乙,2\n甲,3\n'), 2, /row 4:名称: it has the same key as row 2; keep one of the two rows/],
    ['a row that a check forbids', () => write('a.csv', '名称,开始日期,完成日期\n甲,2020-05-01,2020-04-01\n乙,2020-05-01,2020-06-01\n'), 1, /row 2:完成日期: done before it was begun/],
    ['a word where a number belongs', () => write('a.csv', '名称,金额\n甲,一些\n乙,1\n'), 1, /row 2:金额: it is not a number; write digits only/],
    ['a day that is none', () => write('a.csv', '名称,完成日期\n甲,2020-02-30\n乙,2020-02-29\n'), 1, /row 2:完成日期: .*; /],
    ['a row without its key', () => write('a.csv', '名称,金额\n,1\n乙,1\n'), 1, /row 2:名称: .*; /],
    ['a number of 18 digits that was a float', () => workbook([HEAD, ['甲', { number: '349901199001010010' }, 1], ['乙', '349901199001010010', 1]]), 1,
        /项目:row 2:编号: a number of 16 or more digits has lost its last digits in the spreadsheet; format the column as text/],
    ['a cell with an error', () => workbook([HEAD, ['甲', 'a', { error: '#N/A' }], ['乙', 'b', 1]]), 1,
        /项目:row 2:金额: the spreadsheet shows the error #N\/A; correct its formula or type the value/],
    ['a formula that was never computed', () => workbook([HEAD, ['甲', 'a', { formula: '=1+2' }], ['乙', 'b', 1]]), 1,
        /项目:row 2:金额: the formula here was never computed; open the file in Excel or WPS and save it/],
];

for (const database of databases)
    for (const [what, make, taken, says] of WRONG)
        test(`${what} is refused alone, on ${database.name}`, { skip: database.skip }, () => {
            const store = database.make(small());
            const { code, err, rows } = importOne(store, make());
            assert.equal(code, 1, err);
            assert.match(err, says);
            assert.equal(err.trim().split('\n').length, 1, err);
            assert.equal(rows, taken);
            assert.match(expectDone(store, 'verify'), / 0 findings\n$/);
        });

/* --- definitions that cannot be used: exit 2, and nothing begins --- */

const indicator = (where) => `indicator: projects
title: {zh: 项目数, en: Projects}
area: 1
unit: 项
kind: flow
of: project
measure: count
where: ${where}
caliber: {zh: 当期, en: in the period}
`;
const BROKEN = [
    ['a field that there is not', { 'indicators/i.yaml': indicator('endet_on in period') }, /indicators\/i\.yaml:8:8: endet_on is not known in project/],
    ['an expression nested too deeply', { 'indicators/i.yaml': indicator(`${'('.repeat(5000)}done_on in period${')'.repeat(5000)}`) }, /indicators\/i\.yaml:8:\d+: .*; (split it|close)/],
    ['YAML nested too deeply', { 'ledgers/deep.yaml': `${'['.repeat(100_000)}` }, /ledgers\/deep\.yaml:1:\d+: .*; /],
    ['YAML that multiplies itself', { 'ledgers/bomb.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`)}]\n`).join('')}` }, /ledgers\/bomb\.yaml:\d+:\d+: .*; /],
    ['two ledgers of one name', { 'ledgers/again.yaml': PROJECT }, /ledgers\/\w+\.yaml:1:\d+: .*project.*; /],
    ['a file that is no text', { 'ledgers/bytes.yaml': Buffer.from([0xff, 0xfe, 0x00, 0x80]) }, /ledgers\/bytes\.yaml.*: .*; /],
];

for (const [what, files, says] of BROKEN)
    test(`definitions with ${what} begin nothing`, () => {
        const store = databases[0].make(small());
        expectDone(store, 'import', 'project', write('a.csv', '名称\n甲\n'));
        const whole = store.defs, before = fs.readFileSync(path.join(store.folder, 'kezhang.db'));
        store.defs = definitions({ 'ledgers/project.yaml': PROJECT, ...files });
        for (const words of [['defs', 'check'], ['import', 'project', write('b.csv', '名称\n乙\n')], ['migrate', '--lossy'], ['verify']]) {
            const { code, signal, err } = kezhang(store, ...words);
            assert.equal(code, 2, `${words[0]}: exit ${code} ${signal} ${err}`);
            assert.match(err, says, words[0]);
        }
        assert.ok(fs.readFileSync(path.join(store.folder, 'kezhang.db')).equals(before), 'the folder was written to');
        store.defs = whole;
        assert.equal(countRows(store, 'project'), 1);
    });

/* --- words that a command does not know --- */

test('a command that is asked how it is called answers, one that is called wrongly refuses', () => {
    const store = databases[0].make(small());
    for (const words of [['import', '--help'], ['help', 'import']]) {
        const { code, out, err } = kezhang(store, ...words);
        assert.deepEqual([code, err], [0, '']);
        assert.match(out, /kezhang import +LEDGER FILE .*--undo BATCH/s);
    }
    for (const words of [['import'], ['imp'], ['help', 'imp'], ['imp', '--help']]) assert.equal(kezhang(store, ...words).code, 2, words.join(' '));
});

test('a word near a known one, a batch that is no number and a value without its field are said', () => {
    const store = databases[0].make(small());
    const sheet = write('a.csv', '编号,金额\n1,5\n');
    const CALLS = [
        [['import', 'Project', sheet], 2, /there is no ledger 'Project'; did you mean project/i],
        [['import', '--undo', 'abc'], 2, /--undo asks for the number of a batch/],
        [['import', 'project', sheet, '--set', '名称'], 2, /--set asks for FIELD=VALUE/],
        [['import', 'project', sheet], 2, /the column 'Title' is missing/],
        [['import', 'project', sheet, '--set', '名称=甲;开始日期=2020年5月'], 0, /开始日期|Begun on/],
    ];
    for (const [words, wanted, says] of CALLS) {
        const { code, err } = kezhang(store, ...words);
        assert.equal(code, wanted, `${words.join(' ')}: ${err}`);
        assert.match(err, says);
    }
    assert.match(expectDone(store, 'export', 'project', place('all.csv')), /1/);
});
