/* What an office suite reads in the files the program writes is what the program wrote: the demo county's summary as docx, and every
 * ledger as xlsx. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT, countySheets, databases, expectDone, importSheet, place } from './lib.mjs';

const DEFS = path.join(ROOT, 'defs');
const skip = spawnSync('soffice', ['--version']).status === 0 ? false : 'LibreOffice is not installed';

/* Converts files in one start of the office suite; the folder with what it made. */
function convert(form, ...files) {
    const out = place('converted');
    const said = execFileSync('soffice', [`-env:UserInstallation=file://${place('profile')}`, '--headless', '--convert-to', form, '--outdir', out,
        ...files], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    assert.ok(fs.existsSync(out), said);
    return out;
}

const textOf = (file) => fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '').replaceAll('\r\n', '\n');

let store;
function county() {
    if (store) return store;
    store = databases[0].make(DEFS);
    for (const sheet of countySheets()) assert.equal(importSheet(store, sheet).refused, 0);
    return store;
}

/* --- docx --- */

const NUMBERING = /^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])/;

/* What a document says before its signature when something is annexed. */
const ANNEXED = '附件：数据来源表';

/* The lines of a Markdown summary as they are read: {heading, signature, text}. */
const linesOf = (markdown) => markdown.split('\n').filter((line) => line.trim()).map((line) => ({
    heading: line.startsWith('#'),
    signature: line.startsWith('^ '),
    text: line.replace(/^(#+|>|\^) /, '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('**', '').replaceAll(/\\(.)/g, '$1'),
}));

test('the summary as docx reads as it was written', { skip }, () => {
    const out = place('out'), name = 'half_year_summary-2020H1';
    expectDone(county(), 'report', 'half_year_summary', '--period', '2020H1', '--out', out);
    const folder = convert('txt:Text:UTF8', path.join(out, `${name}.docx`));
    let rest = textOf(path.join(folder, `${name}.txt`)).replaceAll(/[\n\t]/g, '');
    const lines = linesOf(textOf(path.join(out, `${name}.md`)));
    assert.ok(lines.length > 20);
    const signed = lines.find((line) => line.signature);
    for (const { heading, text } of lines) {
        if (heading) rest = rest.replace(NUMBERING, '');
        if (text === signed.text && rest.startsWith(ANNEXED)) rest = rest.slice(ANNEXED.length);
        assert.equal(rest.slice(0, text.length), text);
        rest = rest.slice(text.length);
    }
    /* what is left is the annex: every figure with its title, value and caliber */
    const { figures } = JSON.parse(textOf(path.join(out, `${name}.json`)));
    assert.ok(figures.length > 100);
    for (const { printed } of figures) {
        const row = [printed.title, printed.value, printed.caliber].join('');
        assert.ok(rest.includes(row), row);
    }
});

/* --- xlsx --- */

/* The cells of a csv that is quoted by the rules of RFC 4180. */
function cellsOf(csv) {
    const rows = [[]];
    for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/gy)) {
        rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
        if (end === '\n') rows.push([]);
        if (end === '') break;
    }
    return rows.filter((row) => row.some((cell) => cell !== ''));
}

test('every ledger as xlsx reads as it does as csv', { skip }, () => {
    const folder = place('exported');
    fs.mkdirSync(folder);
    const ledgers = fs.readdirSync(path.join(DEFS, 'ledgers')).flatMap((file) =>
        [...fs.readFileSync(path.join(DEFS, 'ledgers', file), 'utf8').matchAll(/^ledger: (\w+)/gm)].map((found) => found[1]));
    for (const ledger of ledgers)
        for (const form of ['csv', 'xlsx']) expectDone(county(), 'export', ledger, path.join(folder, `${ledger}.${form}`));
    /* comma, quotation mark, UTF-8, from line 1, no column formats, quote what needs it, numbers as they are kept, the first sheet */
    const out = convert('csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1',
        ...ledgers.map((ledger) => path.join(folder, `${ledger}.xlsx`)));
    let cells = 0;
    for (const ledger of ledgers) {
        const made = fs.readdirSync(out).filter((name) => name.startsWith(`${ledger}.`) || name.startsWith(`${ledger}-`));
        assert.equal(made.length, 1, `${ledger}: ${made}`);
        const wanted = cellsOf(textOf(path.join(folder, `${ledger}.csv`))), read = cellsOf(textOf(path.join(out, made[0])));
        assert.equal(read.length, wanted.length, ledger);
        for (const [i, row] of wanted.entries()) assert.deepEqual(read[i], row, `${ledger}, row ${i + 1}`);
        cells += wanted.flat().length;
    }
    assert.ok(cells > 10_000);
});
